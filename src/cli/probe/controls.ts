/**
 * Controls: a call that is right but for a missing field, the same with another secret, and with an unknown App Key.
 * They show whether the keys count, and whether the server is still the same.
 *
 * @module
 */

import { isSameAnswer, isSuccess } from './exchange.js'
import { randomText } from './random.js'
import { type Controls, requestOf, type Session } from './session.js'
import { appRefusal, Stop } from './stops.js'
import { outcomeText } from './verdicts.js'

/** Requests after which the controls are asked again. */
const CONTROL_EVERY = 20

/** Requests that the controls take. */
export const CONTROLS = 3

async function askControls(session: Session): Promise<Controls> {
  const { base, plan, sender, settings } = session
  const { keys, random } = settings
  const ask = (parts: Readonly<Record<string, string>>) =>
    sender.send(requestOf(session, base, { without: plan.missing, parts }))
  const good = await ask({})
  const wrongSecret = await ask({ appSecret: randomText(keys.appSecret.length + 1, random) })
  const unknownKey = await ask({ appKey: randomText(Math.max(12, keys.appKey.length), random) })
  session.controlledAt = sender.requests
  return { good, wrongSecret, unknownKey }
}

/** Why nothing can be judged by a server that answers the controls so. */
function whyUnusable({ settings, plan }: Session, controls: Controls): string | undefined {
  const { good, wrongSecret, unknownKey } = controls
  const { operation } = settings
  const failed = Object.values(controls).find((one) => one.kind === 'failure')
  if (failed) return outcomeText(failed)
  if (isSuccess(operation, good)) {
    return `The server accepted a call without the required field ${plan.missing}, so nothing can be asked safely.`
  }
  const refusal = appRefusal(operation, good)
  if (refusal !== undefined) return `The server refuses every call of this app: ${refusal}`
  if (isSameAnswer(good, unknownKey)) {
    return 'A call with your App Key and one with an unknown App Key get the same answer: the App Key or the region is wrong, or the server gives this answer to everything.'
  }
  if (isSameAnswer(good, wrongSecret)) {
    return 'A call signed with your App Secret and one signed with another get the same answer: the App Secret is wrong.'
  }
  return undefined
}

/** @throws Stop when the keys are wrong, or when the server refuses everything */
export async function firstControls(session: Session): Promise<void> {
  const controls = await askControls(session)
  const why = whyUnusable(session, controls)
  if (why !== undefined) throw new Stop(why)
  session.controls = controls
  session.carriers.set(session.plan.missing ?? '', controls.good)
}

/** Asks the controls again, once enough was asked since. @throws Stop as `repeatControls` does */
export async function controlsWhenDue(session: Session): Promise<void> {
  if (session.sender.requests - session.controlledAt >= CONTROL_EVERY) await repeatControls(session)
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
