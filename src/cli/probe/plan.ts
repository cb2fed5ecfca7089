/**
 * What the probe asks of an operation, in which order, and what it leaves out.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import { probeTables } from '../../core/contract-cli.js'
import { SkipError } from './bodies.js'
import { lengthQuestions, repeatedItemQuestions, replayQuestions, SKEWS, skewQuestion } from './extra-questions.js'
import { type Question, type Skipped, skippedOf, vectorQuestion } from './questions.js'
import { randomBelow } from './random.js'
import { rebuild } from './requests.js'
import { MIN_REQUESTS, paceOf } from './sender.js'
import { baseOf, type Vector, vectorsOf } from './vectors.js'
import { AWAITED, fieldToLeaveOut, NEEDS_IDS, type Stage, stageOf, waysOf } from './ways.js'

/** The whole plan. */
export interface Plan {
  readonly operation: OperationId
  readonly questions: readonly Question[]
  readonly skipped: readonly Skipped[]
  /** The required field that the incomplete call leaves out; undefined when no field is required. */
  readonly missing: string | undefined
  /** The most that one request costs of the rate limit. */
  readonly highestCost: number
}

/** Most requests with a signature that is wrong on purpose: too many look like an attack. */
const MAX_BAD_SIGNATURES = 12

/** The wrong signatures that are sent: first those that an assumption waits for. */
function sentSignatures(operation: OperationId): ReadonlySet<Vector> {
  const all = vectorsOf(operation).filter((one) => stageOf(operation, one) === 'signatures')
  const awaited = all.filter(({ name }) => AWAITED.has(name))
  const others = all.filter((one) => !awaited.includes(one))
  return new Set([...awaited, ...others].slice(0, MAX_BAD_SIGNATURES))
}

/** What the request of a question costs, or why no harmless one asks it. */
function costOrReason(operation: OperationId, { vector, change, isGroup }: Question): number | string {
  const ids = Object.fromEntries(probeTables[operation].ids.map((field) => [field, ['x']]))
  const keys = { appKey: 'app-key', appSecret: 'app-secret' }
  try {
    const inputs = { keys, now: Date.now, random: randomBelow }
    return rebuild(operation, vector, { ...change, ...(isGroup && { ids }) }, inputs).cost
  } catch (error) {
    if (error instanceof SkipError) return error.message
    throw error
  }
}

/** Why nothing at all is asked of an operation; undefined when something is. */
export function whyNothing({ operation, missing }: Plan): string | undefined {
  if (missing === undefined) {
    return 'No request of this operation is refused for sure, so nothing can be asked safely.'
  }
  return paceOf(operation).maxRequests < MIN_REQUESTS
    ? 'The limit of this operation is so low that a probe would use it up for the app.'
    : undefined
}

/** What is asked of an operation. `hasIds`: the user names ids that may receive something. */
export function planOf(operation: OperationId, hasIds: boolean): Plan {
  const base = baseOf(operation)
  const missing = fieldToLeaveOut(operation)
  const skipped: Skipped[] = []
  const questions: Question[] = []
  const sent = sentSignatures(operation)
  for (const vector of vectorsOf(operation)) {
    const ways = waysOf(operation, vector, hasIds)
    const isTooMany = stageOf(operation, vector) === 'signatures' && !sent.has(vector)
    const reason = isTooMany ? `of wrong signatures, at most ${MAX_BAD_SIGNATURES} are sent` : ways
    if (typeof reason === 'string') skipped.push(skippedOf(vectorQuestion(operation, vector, []), reason))
    else questions.push(vectorQuestion(operation, vector, reason))
  }
  const isAskable = base !== undefined && missing !== undefined
  const extra = isAskable
    ? [
        ...lengthQuestions(operation, base),
        ...replayQuestions(operation, base),
        ...SKEWS.map(([about, skew]) => skewQuestion(operation, base, about, skew)),
        ...repeatedItemQuestions(operation),
      ]
    : []
  const all: Question[] = []
  let highestCost = 1
  for (const question of [...questions, ...extra]) {
    const cost = question.isGroup && !hasIds ? NEEDS_IDS : costOrReason(operation, question)
    if (typeof cost === 'string') skipped.push(skippedOf(question, cost))
    else {
      all.push(question)
      highestCost = Math.max(highestCost, cost)
    }
  }
  const stages: readonly Stage[] = ['headers', 'fields', 'contents', 'group', 'signatures']
  // The last replay waits for its minute behind the questions about fields.
  const isLate = ({ replay }: Question) => replay === 'later'
  const byStage = stages.flatMap((stage) => [
    ...all.filter((one) => one.stage === stage && !isLate(one)),
    ...(stage === 'fields' ? all.filter(isLate) : []),
  ])
  return { operation, questions: byStage, skipped, missing, highestCost }
}
