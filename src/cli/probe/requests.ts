/**
 * Rebuilds the request of a vector for the user's app: their keys, a fresh nonce, the time of now, a signature of these,
 * and random ids. What the vector is about stays as it is. Nothing of a vector is replayed.
 *
 * @module
 */
import { mockTables, type OperationId, probeTables, security } from '../../core/contract.js'
import { decodeForm } from '../../core/form.js'
import { MIN_SECRET_LENGTH } from '../../core/redact.js'
import { check } from '../../core/validate.js'
import { type Change, changedPairs, NotAsked } from './bodies.js'
import { randomText } from './random.js'
import { type Making, type Parts, partsIn, signedHeaders } from './signing.js'
import { baseOf, bodyOf, credentials, decoded, fieldOf, type Pair, receiverOf, type Vector } from './vectors.js'

/** A request that is ready to be sent. */
export interface ReadyRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What it costs of the rate limit. */
  readonly cost: number
  /** Texts of this request that an answer may repeat, with what a report writes in their place. */
  readonly own: readonly (readonly [text: string, mask: string])[]
}

/** True when the contract says of the rebuilt request what it says of the vector. */
function isAsPredicted(operation: OperationId, vector: Vector, body: string, headers: Parts): boolean {
  if (vector.layer !== 'fields' && vector.layer !== 'form') return true
  const { fields, violations } = decodeForm(body, mockTables[operation].fields)
  const byName = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]))
  const [first] = violations.length > 0 ? violations : check(operation, fields, byName)
  const { violation } = vector.expect
  if (!violation) return first === undefined
  if (violation.keyword === 'body') return body === ''
  return first?.keyword === violation.keyword && first.field === violation.field
}

/** What a call costs: the items of the list that is counted, and at least 1. */
const costOf = (operation: OperationId, pairs: readonly Pair[]): number =>
  Math.max(1, pairs.filter((pair) => fieldOf(pair) === receiverOf(operation)).length)

/** Header that names a request for the vendor's support. */
const REQUEST_ID = 'x-request-id'

/** What a report writes in place of the texts of a request. */
function masksOf(operation: OperationId, pairs: readonly Pair[], parts: Parts): ReadyRequest['own'] {
  const ids = pairs.flatMap((pair) => {
    const text = decoded(pair.value) ?? pair.value
    const isId = probeTables[operation].ids.includes(fieldOf(pair)) && text.length > 3
    return isId ? [[text, `<id:${Array.from(text).length}>`] as const] : []
  })
  const signed = ['nonce', 'timestamp', security.signature].flatMap((part) => {
    const text = parts[part] ?? ''
    return text.length > 3 ? [[text, `<${part}>`] as const] : []
  })
  const appKey = parts['appKey'] ?? ''
  return [...ids, ...signed, ...(appKey.length > 3 ? [[appKey, '<appKey>'] as const] : [])]
}

/**
 * Makes the request of a vector, with a change.
 *
 * @throws NotAsked when no harmless request says what the vector says
 */
export function rebuild(operation: OperationId, vector: Vector, change: Change, making: Making): ReadyRequest {
  const { method, path, headers } = vector.request
  if (Object.values(headers).includes(credentials.appSecret)) {
    throw new NotAsked('it would send the App Secret in a header')
  }
  const isForm = vector.rule.keyword !== 'media-type' || vector.expect.verdict === 'accepted'
  const pairs = isForm ? changedPairs(operation, vector, change, making.random) : []
  const partial = change.without !== undefined || change.only !== undefined || change.sameItems !== undefined
  const body = pairs.map(({ name, value }) => `${name}=${value}`).join('&')
  const written = isForm ? body : otherBody(operation, vector, change, making)
  if (vector.rule.keyword === 'media-type' && written === '') {
    throw new NotAsked('without its only field the call has no body, and so no media type')
  }
  const signed = signedHeaders(operation, vector, change, making)
  const unsigned = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !partsIn({ [name]: '' }).some((one) => one.name === name)),
  )
  const isOwnRequestId = vector.rule.field === REQUEST_ID
  const requestId: Record<string, string> = isOwnRequestId
    ? {}
    : { 'X-Request-ID': `probe-${randomText(20, making.random)}` }
  const all: Record<string, string> = { ...unsigned, ...requestId, ...signed.headers }
  if (!partial && !isAsPredicted(operation, vector, written, all)) {
    throw new NotAsked('no random ids fit what it is about')
  }
  const { appSecret } = making.keys
  // A shorter secret is none, and stands in ordinary words.
  const isReal = appSecret.length >= MIN_SECRET_LENGTH
  const isHoldingSecret = isReal && [written, path, ...Object.values(all)].some((text) => text.includes(appSecret))
  if (isHoldingSecret) throw new NotAsked('it would hold the App Secret')
  return {
    method,
    path,
    headers: all,
    body: written,
    cost: costOf(operation, pairs),
    own: masksOf(operation, pairs, {
      ...signed.parts,
      [security.signature]: all[security.headers[security.signature] ?? ''] ?? '',
    }),
  }
}

/** The same fields in another media type: JSON where the vector's body is JSON, else the form. */
function otherBody(operation: OperationId, vector: Vector, change: Change, { random }: Making): string {
  const base = baseOf(operation)
  const pairs = base ? changedPairs(operation, base, change, random) : []
  const body = pairs.map(({ name, value }) => `${name}=${value}`).join('&')
  if (!bodyOf(vector).startsWith('{')) return body
  return JSON.stringify(decodeForm(body, mockTables[operation].fields).fields)
}
