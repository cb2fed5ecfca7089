/**
 * What the probe asks, and in which order: vectors of the contract, and what no vector says (replays, clocks, lengths of
 * nonces, a list that repeats one item).
 *
 * A question is asked by the *carrier*: a request that is right but for one required field, and so is refused for sure.
 * Rules of fields that hide behind "required" are asked again by the plain request of their vector.
 *
 * @module
 */
import { assumptions, mockTables, type OperationId, operations, probeTables, security } from '../../core/contract.js'
import { randomBelow } from './random.js'
import {
  baseOf,
  bodyOf,
  type Change,
  NotAsked,
  rebuild,
  receiverOf,
  requiredOf,
  type Vector,
  vectorsOf,
} from './requests.js'

/** A status and a code of the vendor's. */
export interface Refusal {
  readonly status: number | undefined
  readonly code: number | undefined
}

/** One thing that is asked. */
export interface Question {
  /** Stable across versions: the pointer of the rule, and the label. */
  readonly id: string
  /** Name of the vector, or of the question that an assumption names. */
  readonly name: string
  /** What it is, without the operation: `toGroupId: 4 items`. */
  readonly label: string
  /** The field, header or part of the request that it is about. */
  readonly field: string
  readonly keyword: string
  readonly vector: Vector
  /** What the contract says: taken, or refused with these. */
  readonly expected: 'accepted' | Refusal
  /** The ways to ask, the safest first: the next one is used when the answer of one tells nothing. */
  readonly ways: readonly ('carrier' | 'plain')[]
  readonly change: Change
  /** Needs the ids of the user, since the contract says that it is accepted. */
  readonly isGroup: boolean
  /** Replays the headers of the question before; `later` a minute after it. */
  readonly replay?: 'first' | 'again' | 'later'
  /** Milliseconds by which the clock is wrong. */
  readonly skew?: number
  /** Part of the plan that it belongs to. */
  readonly stage: Stage
}

/** Parts of the plan, in their order. */
export type Stage = 'headers' | 'fields' | 'contents' | 'group' | 'signatures'

/** Something that is not asked, and why. */
export interface Unasked {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly field: string
  readonly reason: string
}

/** The whole plan. */
export interface Plan {
  readonly questions: readonly Question[]
  readonly unasked: readonly Unasked[]
  /** The required field that the carrier leaves out; undefined when no field is required. */
  readonly missing: string | undefined
}

/** Most requests with a signature that is wrong on purpose: too many look like an attack. */
const MAX_BAD_SIGNATURES = 12

const YEAR = 365 * 86_400_000
const DAY = 86_400_000

/** What a command-line user must give to have acceptable requests sent. */
const NEEDS_IDS = 'needs the ids of your own group and user'

const placeName = (field: string) => field.replaceAll(/\[\d+\]/g, '[]')

/** JSON pointer of the rule of a vector: its field or header, else the operation. */
function pointerOf(operation: OperationId, field: string): string {
  const { places, pointer } = probeTables[operation]
  return places[placeName(field)] ?? places[placeName(field).replace(/[.[].*$/, '')] ?? pointer
}

const labelOf = (operation: OperationId, name: string) => name.replace(`${operation}: `, '')

const rootOf = (field: string) => field.replace(/[.[].*$/, '')

/** Names of the questions that an assumption waits for. */
const AWAITED: ReadonlySet<string> = new Set(Object.values(assumptions).flatMap(({ questions = [] }) => questions))

/** The message type that a request names, as it is written. */
const typeOf = (vector: Vector, field: string): string | undefined =>
  new RegExp(`(?:^|&)${field}=([^&]*)`).exec(bodyOf(vector).slice(0, MAX_HEAD))?.[1]

/** Characters of a body in which the message type is looked for: what is long behind it is content. */
const MAX_HEAD = 2_000

/** True for a vector about the JSON inside a message of a predefined type. */
function isContent(operation: OperationId, vector: Vector): boolean {
  const { message } = operations[operation]
  if (!message || rootOf(vector.rule.field) !== message.content) return false
  const base = baseOf(operation)
  const type = typeOf(vector, message.type)
  return base !== undefined && type !== undefined && type !== typeOf(base, message.type)
}

/** True for a rule of the signed headers, of method, path and media type: the server looks at them before the fields. */
const isAroundFields = (operation: OperationId, { layer, rule }: Vector): boolean =>
  (layer === 'headers' || layer === 'request') && !isParameter(operation, rule.field)

const isParameter = (operation: OperationId, field: string): boolean =>
  mockTables[operation].headers.some((name) => name.toLowerCase() === field.toLowerCase())

/** The field that a carrier for a question about this field leaves out. */
export function missingFor(operation: OperationId, field: string): string | undefined {
  const required = requiredOf(operation)
  const receiver = receiverOf(operation)
  const order = [
    ...required.filter((name) => name === receiver),
    ...required.filter((name) => name !== receiver).reverse(),
  ]
  return order.find((name) => name !== rootOf(field))
}

const expectedOf = ({ expect }: Vector): Question['expected'] =>
  expect.verdict === 'accepted' ? 'accepted' : { status: expect.status, code: expect.code }

/** True for a broken escape in another field than the first. */
function isLaterEscape(operation: OperationId, { rule, expect }: Vector): boolean {
  const [first] = Object.keys(mockTables[operation].fields)
  return rule.keyword === 'encoding' && expect.verdict === 'refused' && rule.field !== first
}

/** How a vector is asked; a reason where it is not. */
function waysOf(operation: OperationId, vector: Vector, hasIds: boolean): Question['ways'] | string {
  const { layer, rule, expect, times } = vector
  const isAccepted = expect.verdict === 'accepted'
  if (times > 1) return 'it would use up the limit of the live app'
  if (missingFor(operation, '') === undefined) return 'no field is required, so no request is refused for sure'
  if (isLaterEscape(operation, vector))
    return 'a server reads the escapes of all fields alike, so those of one field are asked'
  if (isContent(operation, vector) && (isAccepted || !AWAITED.has(vector.name)))
    return 'of the contents of messages, only texts that are no JSON are asked'
  if (rule.keyword === 'x-suspicious') return 'it is probably a mistake, and the contract allows it'
  if (isAccepted && (layer === 'headers' || rule.keyword === 'media-type')) return ['carrier']
  if (isAccepted) return hasIds ? ['plain'] : NEEDS_IDS
  if (isAroundFields(operation, vector)) return ['carrier']
  const isHidden = layer === 'form' || rule.keyword === 'required' || isContent(operation, vector)
  const hasCarrier = !isHidden && missingFor(operation, rule.field) !== undefined
  return hasCarrier ? ['carrier', 'plain'] : ['plain']
}

function stageOf(operation: OperationId, vector: Vector): Stage {
  const { layer, rule, expect } = vector
  if (rule.keyword === 'signature' && expect.verdict === 'refused') return 'signatures'
  if (layer === 'headers' || layer === 'request') return 'headers'
  if (expect.verdict === 'accepted') return 'group'
  return isContent(operation, vector) ? 'contents' : 'fields'
}

function vectorQuestion(operation: OperationId, vector: Vector, ways: Question['ways']): Question {
  const label = labelOf(operation, vector.name)
  return {
    id: `${pointerOf(operation, vector.rule.field)}: ${label}`,
    name: vector.name,
    label,
    field: vector.rule.field,
    keyword: vector.rule.keyword,
    vector,
    expected: expectedOf(vector),
    ways,
    change: {},
    isGroup: ways[0] === 'plain' && vector.expect.verdict === 'accepted',
    stage: stageOf(operation, vector),
  }
}

/** A question that no vector asks: the good request, asked by the carrier, which must be answered as ever. */
function carrierQuestion(operation: OperationId, vector: Vector, part: string, topic: string, about: string): Question {
  const field = security.headers[part] ?? part
  const label = `${field}: ${about}`
  return {
    id: `${pointerOf(operation, field)}: ${label}`,
    name: `${operation}: ${field}: ${topic}`,
    label,
    field,
    keyword: topic,
    vector,
    expected: 'accepted',
    ways: ['carrier'],
    change: {},
    isGroup: false,
    stage: 'headers',
  }
}

/** Nonces as long as documented, and much longer. That of one character more is a vector. */
function lengthQuestions(operation: OperationId, vector: Vector): Question[] {
  const { nonceLength } = security
  if (nonceLength === undefined) return []
  return [nonceLength, 36, 64].map((length) => ({
    ...carrierQuestion(operation, vector, 'nonce', 'length', `${length} characters`),
    // Random digits: they are replaced for each request.
    change: { parts: { nonce: '7'.repeat(length) } },
  }))
}

const replayQuestions = (operation: OperationId, vector: Vector): Question[] =>
  (['first', 'again', 'later'] as const).map((replay) => {
    const about = { first: 'new headers', again: 'the same headers again', later: 'the same headers after a minute' }
    return { ...carrierQuestion(operation, vector, 'nonce', 'replay', about[replay]), replay }
  })

/** Clocks that are wrong by these; later ones are asked only where an earlier one is refused. */
export const SKEWS: readonly (readonly [about: string, skew: number, ifRefused: readonly [string, number][]])[] = [
  [
    'a year ago',
    -YEAR,
    [
      ['a day ago', -DAY],
      ['an hour ago', -3_600_000],
      ['10 minutes ago', -600_000],
    ],
  ],
  [
    'a day ahead',
    DAY,
    [
      ['an hour ahead', 3_600_000],
      ['10 minutes ahead', 600_000],
    ],
  ],
]

/** A question about a clock that is wrong. */
export const skewQuestion = (operation: OperationId, vector: Vector, about: string, skew: number): Question => ({
  ...carrierQuestion(operation, vector, 'timestamp', 'skew', about),
  change: { skew },
  skew,
})

/** One item named as often as there may not be items, and, with the ids of the user, named twice. */
function repeatedItemQuestions(operation: OperationId, hasIds: boolean): Question[] {
  const receiver = receiverOf(operation)
  const own = vectorsOf(operation).filter(({ rule }) => rule.field === receiver && rule.keyword === 'maxItems')
  const items = (vector: Vector) => new URLSearchParams(bodyOf(vector)).getAll(receiver ?? '').length
  return own.flatMap((vector): Question[] => {
    const isAccepted = vector.expect.verdict === 'accepted'
    if (isAccepted && (!hasIds || items(vector) < 2)) return []
    const label = `${receiver}: the same ${items(vector)} times`
    const question = vectorQuestion(operation, vector, ['plain'])
    return [
      {
        ...question,
        id: `${pointerOf(operation, vector.rule.field)}: ${label}`,
        name: `${operation}: ${receiver}: repeated-item`,
        label,
        keyword: 'repeated-item',
        change: { sameItems: receiver },
      },
    ]
  })
}

/** The wrong signatures that are sent: first those that an assumption waits for. */
function sentSignatures(operation: OperationId): ReadonlySet<Vector> {
  const all = vectorsOf(operation).filter((one) => stageOf(operation, one) === 'signatures')
  const awaited = all.filter(({ name }) => AWAITED.has(name))
  const others = all.filter((one) => !awaited.includes(one))
  return new Set([...awaited, ...others].slice(0, MAX_BAD_SIGNATURES))
}

/** Why no harmless request asks a question; undefined when one does. */
function impossible(operation: OperationId, { vector, change, isGroup }: Question): string | undefined {
  const ids = Object.fromEntries(probeTables[operation].ids.map((field) => [field, ['x']]))
  const keys = { appKey: 'app-key', appSecret: 'app-secret' }
  try {
    rebuild(operation, vector, { ...change, ...(isGroup && { ids }) }, { keys, now: Date.now, random: randomBelow })
    return undefined
  } catch (error) {
    if (error instanceof NotAsked) return error.message
    throw error
  }
}

/** What is asked of an operation. `hasIds`: the user names ids that may receive something. */
export function planOf(operation: OperationId, hasIds: boolean): Plan {
  const base = baseOf(operation)
  const missing = missingFor(operation, '')
  const unasked: Unasked[] = []
  const questions: Question[] = []
  const sent = sentSignatures(operation)
  for (const vector of vectorsOf(operation)) {
    const ways = waysOf(operation, vector, hasIds)
    const isTooMany = stageOf(operation, vector) === 'signatures' && !sent.has(vector)
    const reason = isTooMany ? `of wrong signatures, at most ${MAX_BAD_SIGNATURES} are sent` : ways
    if (typeof reason === 'string') {
      const { id, name, label, field } = vectorQuestion(operation, vector, [])
      unasked.push({ id, name, label, field, reason })
    } else questions.push(vectorQuestion(operation, vector, reason))
  }
  const isAskable = base !== undefined && missing !== undefined
  const extra = isAskable
    ? [
        ...lengthQuestions(operation, base),
        ...replayQuestions(operation, base),
        ...SKEWS.map(([about, skew]) => skewQuestion(operation, base, about, skew)),
        ...repeatedItemQuestions(operation, hasIds),
      ]
    : []
  const all: Question[] = []
  for (const question of [...questions, ...extra]) {
    const { id, name, label, field } = question
    const reason = impossible(operation, question)
    if (reason === undefined) all.push(question)
    else unasked.push({ id, name, label, field, reason })
  }
  const stages: readonly Stage[] = ['headers', 'fields', 'contents', 'group', 'signatures']
  // The last replay waits for its minute behind the questions about fields.
  const isLate = ({ replay }: Question) => replay === 'later'
  const byStage = stages.flatMap((stage) => [
    ...all.filter((one) => one.stage === stage && !isLate(one)),
    ...(stage === 'fields' ? all.filter(isLate) : []),
  ])
  return { questions: byStage, unasked, missing }
}
