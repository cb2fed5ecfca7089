/**
 * Controls: a call that is right but for a missing field, the same with another secret, and with an unknown App Key.
 * They show whether the keys count, and whether the server is still the same.
 *
 * @module
 */

import { answerText, isSameAnswer, isSuccess } from './exchange.js'
import { randomText } from './random.js'
import { askTwice, type Controls, type Session } from './session.js'
import { appRefusal, Stop } from './stops.js'

/** Requests after which the controls are asked again. */
export const CONTROL_EVERY = 20

/** Requests that the controls take. */
export const CONTROLS = 3

/** @throws Stop when one of them gets no answer, twice */
async function askControls(session: Session): Promise<Controls> {
  const { plan, sender, settings } = session
  const { keys, random } = settings
  const ask = async (parts: Readonly<Record<string, string>>) => {
    const outcome = await askTwice(session, { without: plan.missing, parts })
    if (outcome.kind === 'failure') throw new Stop(outcome.text)
    return outcome
  }
  const good = await ask({})
  const refusal = appRefusal(settings.operation, good)
  if (refusal !== undefined) throw new Stop(`The server refuses every call of this app: ${refusal}`)
  const wrongSecret = await ask({ appSecret: randomText(keys.appSecret.length + 1, random) })
  const unknownKey = await ask({ appKey: randomText(Math.max(12, keys.appKey.length), random) })
  session.controlledAt = sender.requests
  return { good, wrongSecret, unknownKey }
}

/** Why nothing can be judged by a server that answers the controls so. */
function whyUnusable({ settings, plan }: Session, { good, wrongSecret, unknownKey }: Controls): string | undefined {
  if (isSuccess(settings.operation, good)) {
    return `The server accepted a call without the required field ${plan.missing}, so nothing can be asked safely.`
  }
  if (isSameAnswer(good, unknownKey)) {
    return 'A call with your App Key and one with an unknown App Key get the same answer: the App Key or the region is wrong, or the server gives this answer to everything.'
  }
  if (isSameAnswer(good, wrongSecret)) {
    return `A call signed with your App Secret and one signed with another get the same answer (${answerText(good)}): the App Secret or the clock of this machine is wrong.`
  }
  return undefined
}

/** @throws Stop when the keys are wrong, or when the server refuses everything */
export async function firstControls(session: Session): Promise<void> {
  const controls = await askControls(session)
  const why = whyUnusable(session, controls)
  if (why !== undefined) throw new Stop(why)
  session.controls = controls
  session.incompleteAnswers.set(session.plan.missing ?? '', controls.good)
}

/** Asks the controls again, once enough was asked since. @throws Stop as `repeatControls` does */
export async function controlsWhenDue(session: Session): Promise<void> {
  const { controlledAt, sender } = session
  // These, the last ones, and a question between them.
  if (sender.requests - controlledAt >= CONTROL_EVERY && sender.hasRoom(2 * CONTROLS + 2)) await repeatControls(session)
}

/** @throws Stop when the server does not answer as it did at first */
export async function repeatControls(session: Session): Promise<void> {
  const before = session.controls
  const after = await askControls(session)
  const isGood =
    before !== undefined &&
    isSameAnswer(before.good, after.good) &&
    isSameAnswer(before.wrongSecret, after.wrongSecret) &&
    isSameAnswer(before.unknownKey, after.unknownKey)
  if (!isGood) throw new Stop('The server answers the same control calls differently than at the beginning.')
  session.safeRows = session.rows.length
}
