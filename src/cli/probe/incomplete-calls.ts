/**
 * Incomplete calls: the good request without a required field. Their answers are what other answers are compared with.
 *
 * @module
 */
import { CONTROLS } from './controls.js'
import { type Answer, answerText, isSameAnswer, isSuccess } from './exchange.js'
import type { Plan } from './plan.js'
import { askTwice, type Session } from './session.js'
import { Stop } from './stops.js'
import { requiredOf, vectorsOf } from './vectors.js'
import { isNamed } from './verdicts.js'

/** A call that lacks some of the required fields. */
interface Step {
  readonly missing: readonly string[]
  readonly answer: Answer
}

/**
 * Asks with no field, and with one required field more each time. It shows in which order the server looks at the fields,
 * and what it makes of made-up ids.
 *
 * @throws Stop when the server refuses made-up ids before it looks at the other fields
 */
export async function askFieldByField(session: Session): Promise<void> {
  const required = requiredOf(session.settings.operation)
  const steps: Step[] = []
  for (let i = 0; i < required.length; i++) {
    const missing = required.slice(i)
    const answer = await askTwice(session, { only: required.slice(0, i) })
    if (answer.kind === 'failure') continue
    steps.push({ missing, answer })
    // After each step: the next one may end the run.
    session.order = orderOf(session, steps)
    if (i === 0) session.emptyAnswer = answer
    if (missing.length === 1) session.incompleteAnswers.set(missing[0] ?? '', answer)
    countAccepted(session, missing, answer)
  }
  if (isRefusingIds(session, steps)) {
    throw new Stop(
      'The server refuses made-up ids before it looks at anything else, so its refusals say nothing about the contract.',
    )
  }
  const [first] = steps
  if (first && isRefusingAll(session, steps)) {
    throw new Stop(
      `The server refuses every call of this app in the same way, whatever is missing (${answerText(first.answer)}): its reason may be the clock or the address of this machine, or the app.`,
    )
  }
}

/** True when all steps get the refusal of the good control, and it is not the one that the contract has for a missing field. */
function isRefusingAll({ controls, settings: { operation } }: Session, steps: readonly Step[]): boolean {
  const [{ expect } = {}] = vectorsOf(operation).filter(({ rule }) => rule.keyword === 'required')
  return steps.every(
    ({ answer }) =>
      isSameAnswer(answer, controls?.good) && (answer.status !== expect?.status || answer.code !== expect.code),
  )
}

/** @throws Stop after the fifth rule that the server does not keep */
function countAccepted({ countBrokenRule, settings }: Session, missing: readonly string[], answer: Answer): void {
  if (!isSuccess(settings.operation, answer)) return
  for (const field of missing) countBrokenRule(`${field} required`)
}

/** The required fields in the order in which the server asks for them. */
function orderOf({ settings: { operation } }: Session, steps: readonly Step[]): string[] {
  const named = steps.flatMap(
    ({ answer }) => requiredOf(operation).find((field) => isNamed(operation, answer.message, field)) ?? [],
  )
  return [...new Set(named)]
}

/** True when two steps get the same refusal, which is not the one of the first step and names no missing field. */
function isRefusingIds({ settings: { operation } }: Session, steps: readonly Step[]): boolean {
  const required = requiredOf(operation)
  const empty = steps.find(({ missing }) => missing.length === required.length)
  if (!empty) return false
  const suspicious = steps.filter(
    ({ answer, missing }) =>
      !isSameAnswer(answer, empty.answer) && !missing.some((field) => isNamed(operation, answer.message, field)),
  )
  return suspicious.some((one, i) => suspicious.slice(i + 1).some((other) => isSameAnswer(one.answer, other.answer)))
}

/** The fields that the incomplete calls of a plan leave out. */
export const fieldsToLeaveOut = ({ questions }: Plan): string[] => [
  ...new Set(questions.flatMap(({ missing }) => missing ?? [])),
]

/** Asks the incomplete calls that questions need and that have no answer yet: a failure is none. */
export async function askIncompleteCalls(session: Session): Promise<void> {
  const { incompleteAnswers, sender } = session
  for (const without of fieldsToLeaveOut(session.plan)) {
    if (incompleteAnswers.has(without) || !sender.hasRoom(CONTROLS + 2)) continue
    const answer = await askTwice(session, { without })
    if (answer.kind === 'failure') continue
    incompleteAnswers.set(without, answer)
    countAccepted(session, [without], answer)
  }
}
