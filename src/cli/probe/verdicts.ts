/**
 * What an answer says about a rule of the contract.
 *
 * A refusal proves a rule only when the rule is its reason. That is known when the answer differs from the one to the
 * incomplete call, which is the same request without the one thing that is asked; or when its words name the field. A code
 * that no other refusal has proves nothing: it may say that the random ids are unknown.
 *
 * @module
 */
import { mockTables, type OperationId } from '../../core/contract.js'
import { isSameAnswer, isSuccess, type Outcome } from './exchange.js'
import type { Question, Refusal } from './questions.js'
import { requiredOf } from './vectors.js'
import { rootOf, type Way } from './ways.js'

/** What is known of a claim. */
export type Verdict = 'confirmed' | 'consistent' | 'contradicted' | 'inconclusive' | 'not asked'

/** In which way the server differs from the contract. */
export type Direction = 'the contract is stricter' | 'the contract is laxer' | 'the contract names another answer'

/** What a claim is about: that the request is taken or refused, and with which status and code. */
export type Aspect = 'accepted' | 'refused' | 'status' | 'code'

/** A verdict on one claim. */
export interface Finding {
  readonly aspect: Aspect
  readonly verdict: Verdict
  readonly direction?: Direction
  readonly expected: string
  readonly got: string
  /** Why it is no more than this. */
  readonly reason?: string
}

/** What is known of the server when a question is judged. */
export interface Known {
  readonly operation: OperationId
  /** The answer to the incomplete call that leaves out the same field as the question does. */
  readonly incomplete: Outcome | undefined
  /** Answers to a wrong secret and to an unknown key. */
  readonly wrong: readonly Outcome[]
  /** The answer to the call without any field. */
  readonly emptyAnswer: Outcome | undefined
}

/** Undefined: the answer tells nothing about the rule; ask in another way. */
export type Judgement = readonly Finding[] | undefined

/** Status and code in words. */
const shown = ({ status, code }: Refusal): string =>
  `HTTP ${status ?? '?'}${code === undefined ? '' : `, code ${code}`}`

/** What came back, in words. */
export const outcomeText = (outcome: Outcome): string => (outcome.kind === 'failure' ? outcome.text : shown(outcome))

/** The aspects of a question, all with one verdict. */
export function allFindings(question: Question, verdict: Verdict, got: string, reason?: string): Finding[] {
  const rest = { verdict, got, ...(reason !== undefined && { reason }) }
  if (question.expected === 'accepted') return [{ aspect: 'accepted', expected: 'accepted', ...rest }]
  const { status, code } = question.expected
  return [
    { aspect: 'refused', expected: 'refused', ...rest },
    ...(status === undefined ? [] : [{ aspect: 'status' as const, expected: String(status), ...rest }]),
    ...(code === undefined ? [] : [{ aspect: 'code' as const, expected: String(code), ...rest }]),
  ]
}

/** The words of a camel-case name behind the first one: `fromUserId` is called `userId` by some servers. */
const shortName = (field: string): string | undefined => /^[a-z]+([A-Z][a-z0-9]*[A-Z]\w*)$/.exec(field)?.[1]

/** Finds a name in words. `name=` and `"name":` are left out: a server may repeat the whole call. */
const nameIn = (name: string): RegExp =>
  new RegExp(`(?<![a-z0-9])${name.replaceAll(/[^\w-]/g, '\\$&')}(?![a-z0-9=]|["']\\s*:)`, 'gi')

/** True when words name a field of the operation, and no other one. */
export function isNamed(operation: OperationId, words: string, field: string): boolean {
  const root = rootOf(field)
  if (root === '') return false
  const others = Object.keys(mockTables[operation].fields).filter((name) => name !== root)
  const rest = words.replaceAll(nameIn(root), '')
  if (others.some((name) => nameIn(name).test(rest))) return false
  const short = shortName(root)
  const isUnique = short !== undefined && !others.some((name) => shortName(name)?.toLowerCase() === short.toLowerCase())
  return rest !== words || (isUnique && nameIn(short).test(words))
}

/** True for a refusal that names a required field, or that a call with some fields does not get. */
const isAboutEmptyBody = (outcome: Outcome & { kind: 'answer' }, { incomplete, operation }: Known): boolean =>
  requiredOf(operation).some((field) => isNamed(operation, outcome.message, field)) ||
  (incomplete !== undefined && !isSameAnswer(outcome, incomplete))

/** True when the rule is the reason of the refusal. */
function isAttributed(question: Question, way: Way, outcome: Outcome, known: Known): boolean {
  if (outcome.kind !== 'answer') return false
  if (way === 'missing-field') return !isSameAnswer(outcome, known.incomplete)
  const isLikeWrongKeys = known.wrong.some((one) => isSameAnswer(one, outcome))
  if (question.keyword === 'body') {
    // Of an operation with one field, the incomplete call is this same call.
    const isIncompleteCall = Object.keys(mockTables[known.operation].fields).length === 1
    return !isLikeWrongKeys && (isIncompleteCall || isAboutEmptyBody(outcome, known))
  }
  // No field is missing, and the server misses one: it has not read the body.
  if (question.keyword === 'media-type' && isSameAnswer(outcome, known.emptyAnswer)) {
    return !isLikeWrongKeys && isAboutEmptyBody(outcome, known)
  }
  return isNamed(known.operation, outcome.message, question.field)
}

/** The findings of a refusal that the contract predicts. */
function refusalFindings(expected: Refusal, outcome: Outcome & { kind: 'answer' }, attributed: boolean): Finding[] {
  const isPredicted =
    (expected.status === undefined || expected.status === outcome.status) &&
    (expected.code === undefined || expected.code === outcome.code)
  const got = shown(outcome)
  const reason = 'refused, but the answer does not show that this rule is the reason'
  const unproven: { verdict: Verdict; reason?: string } = isPredicted
    ? { verdict: 'consistent', reason }
    : { verdict: 'inconclusive', reason }
  const one = (aspect: Aspect, wanted: number | undefined, received: number | undefined): Finding[] => {
    if (wanted === undefined) return []
    const facts = { aspect, expected: String(wanted), got: String(received ?? 'none') }
    if (!attributed) return [{ ...facts, ...unproven }]
    if (wanted === received) return [{ ...facts, verdict: 'confirmed' }]
    return [{ ...facts, verdict: 'contradicted', direction: 'the contract names another answer' }]
  }
  const refused = { aspect: 'refused' as const, expected: 'refused', got }
  return [
    attributed ? { ...refused, verdict: 'confirmed' } : { ...refused, ...unproven },
    ...one('status', expected.status, outcome.status),
    ...one('code', expected.code, outcome.code),
  ]
}

/** Status and code of a refusal are no matter where nothing was refused. */
const notRefused = (got: string): Finding[] => [
  {
    aspect: 'refused',
    verdict: 'contradicted',
    direction: 'the contract is stricter',
    expected: 'refused',
    got,
  },
]

/** True for an answer with the status of a success, and without what the contract has in a success or in an error. */
const isNeither = (operation: OperationId, outcome: Outcome & { kind: 'answer' }): boolean =>
  outcome.status < 300 && outcome.code === undefined && !isSuccess(operation, outcome)

/** What an answer to a question says. */
export function judge(question: Question, way: Way, outcome: Outcome, known: Known): Judgement {
  if (outcome.kind === 'failure') return allFindings(question, 'inconclusive', outcome.text, outcome.text)
  if (isNeither(known.operation, outcome)) {
    return allFindings(
      question,
      'inconclusive',
      shown(outcome),
      'the answer is neither a success nor an error of this API',
    )
  }
  const { expected } = question
  if (expected === 'accepted') return judgeAccepted(question, way, outcome, known)
  if (isSuccess(known.operation, outcome)) return notRefused(shown(outcome))
  const isLikeIncomplete = way === 'missing-field' && isSameAnswer(outcome, known.incomplete)
  // The rule may stand behind the field that is missing: only the complete call can tell.
  if (isLikeIncomplete && question.ways.includes('complete')) return undefined
  if (isLikeIncomplete) return notRefused('taken')
  return refusalFindings(expected, outcome, isAttributed(question, way, outcome, known))
}

function judgeAccepted(question: Question, way: Way, outcome: Outcome & { kind: 'answer' }, known: Known): Finding[] {
  const isTaken =
    way === 'missing-field' ? isSameAnswer(outcome, known.incomplete) : isSuccess(known.operation, outcome)
  if (isTaken) return allFindings(question, 'confirmed', way === 'missing-field' ? 'taken' : shown(outcome))
  if (way === 'missing-field' && isSuccess(known.operation, outcome)) {
    return allFindings(question, 'inconclusive', shown(outcome), 'a request without a required field was accepted')
  }
  const [first] = allFindings(question, 'contradicted', shown(outcome))
  return first ? [{ ...first, direction: 'the contract is laxer' }] : []
}

/** True when two judgements agree in what they contradict. */
export const agrees = (one: readonly Finding[], other: readonly Finding[]): boolean =>
  one.every(
    ({ aspect, verdict, got }) =>
      verdict !== 'contradicted' ||
      other.some((second) => second.aspect === aspect && second.verdict === verdict && second.got === got),
  )
