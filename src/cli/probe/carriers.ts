/**
 * Carriers: the good request without a required field. Their answers are what other answers are compared with.
 *
 * @module
 */
import { isSameAnswer, type Outcome } from './exchange.js'
import { requestOf, type Session } from './session.js'
import { Stop } from './stops.js'
import { requiredOf } from './vectors.js'
import { isNamed } from './verdicts.js'
import { missingFor } from './ways.js'

/** A call that lacks some of the required fields. */
interface Rung {
  readonly missing: readonly string[]
  readonly outcome: Outcome
}

/**
 * Asks with no field, and with one required field more each time. It shows in which order the server looks at the fields,
 * and what it makes of made-up ids.
 *
 * @throws Stop when the server refuses made-up ids before it looks at the other fields
 */
export async function climbLadder(session: Session): Promise<void> {
  const { base, carriers, sender, settings } = session
  const required = requiredOf(settings.operation)
  const rungs: Rung[] = []
  for (let i = 0; i < required.length; i++) {
    const missing = required.slice(i)
    const outcome = await sender.send(requestOf(session, base, { only: required.slice(0, i) }))
    rungs.push({ missing, outcome })
    if (missing.length === 1) carriers.set(missing[0] ?? '', outcome)
  }
  session.order = orderOf(session, rungs)
  if (isRefusingIds(session, rungs)) {
    throw new Stop(
      'The server refuses made-up ids before it looks at anything else, so its refusals say nothing about the contract.',
    )
  }
}

/** The required fields in the order in which the server asks for them. */
function orderOf({ settings: { operation } }: Session, rungs: readonly Rung[]): string[] {
  const named = rungs.flatMap(({ outcome }) => {
    if (outcome.kind !== 'answer') return []
    return requiredOf(operation).find((field) => isNamed(operation, outcome.message, field)) ?? []
  })
  return [...new Set(named)]
}

/** True when two steps get the same refusal, which is not the one of the first step and names no missing field. */
function isRefusingIds({ settings: { operation } }: Session, [empty, ...others]: readonly Rung[]): boolean {
  const suspicious = others.filter(
    ({ outcome, missing }) =>
      empty !== undefined &&
      outcome.kind === 'answer' &&
      !isSameAnswer(outcome, empty.outcome) &&
      !missing.some((field) => isNamed(operation, outcome.message, field)),
  )
  return suspicious.some((one, i) => suspicious.slice(i + 1).some((other) => isSameAnswer(one.outcome, other.outcome)))
}

/** Asks the carriers that questions need, and that neither the controls nor the ladder have asked. */
export async function askCarriers(session: Session): Promise<void> {
  const { base, carriers, plan, sender, settings } = session
  const needed = new Set(plan.questions.map(({ field }) => missingFor(settings.operation, field)))
  for (const without of needed) {
    if (without === undefined || carriers.has(without)) continue
    carriers.set(without, await sender.send(requestOf(session, base, { without })))
  }
  session.safeRows = session.rows.length
}
