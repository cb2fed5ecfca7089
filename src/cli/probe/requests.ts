/**
 * Rebuilds the request of a vector for the user's app: their keys, a fresh nonce, the time of now, a signature of these,
 * and random ids. What the vector is about stays as it is. Nothing of a vector is replayed.
 *
 * @module
 */
import { mockTables, type OperationId, operations, security } from '../../core/contract.js'
import { probeTables } from '../../core/contract-cli.js'
import { decodeForm } from '../../core/form.js'
import { MIN_SECRET_LENGTH } from '../../core/redact.js'
import type { Parts } from '../../core/signature.js'
import { signatureOf } from '../../core/signature.js'
import { check } from '../../core/validate.js'
import { type Change, changedPairs, SkipError } from './bodies.js'
import type { RequestTexts } from './mask.js'
import { randomText } from './random.js'
import { type Keys, partsIn, type RequestInputs, signedHeaders } from './signing.js'
import { baseOf, bodyOf, credentials, decoded, fieldOf, type Pair, type Vector } from './vectors.js'

/** A request that is ready to be sent. */
export interface ReadyRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What it costs of the rate limit. */
  readonly cost: number
  /** Texts of this request that an answer may repeat, with what a report writes in their place. */
  readonly texts: RequestTexts
  /** True for another method or path than the operation has. */
  readonly isOtherAddress: boolean
  /** The id of the call that it sends; empty where it sends none. */
  readonly requestId: string
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

/** True for a body that is no form, on purpose. */
const isOtherMediaType = ({ rule, expect }: Vector): boolean =>
  rule.keyword === 'media-type' && expect.verdict === 'refused'

/** The vector whose fields a request has: the good ones where its own body is no form. */
const fieldsOf = (operation: OperationId, vector: Vector): Vector =>
  isOtherMediaType(vector) ? (baseOf(operation) ?? vector) : vector

/** What a call costs: the items of the list that is counted, and at least 1. */
const costOf = (operation: OperationId, pairs: readonly Pair[]): number =>
  Math.max(1, pairs.filter((pair) => fieldOf(pair) === operations[operation].rateLimit?.cost).length)

/** Header that names a request for the vendor's support. */
const REQUEST_ID = 'x-request-id'

/** What a report writes in place of the texts of a request. */
function masksOf(
  operation: OperationId,
  pairs: readonly Pair[],
  headers: Parts,
  { appKey, appSecret }: Keys,
): RequestTexts {
  const ids = pairs.flatMap((pair) => {
    if (!probeTables[operation].ids.includes(fieldOf(pair))) return []
    const text = decoded(pair.value) ?? pair.value
    const mask = `<id:${Array.from(text).length}>`
    return [[text, mask] as const, [pair.value, mask] as const]
  })
  const sent = partsIn(headers)
  // A server may also say which signature it had expected.
  const right = signatureOf({ ...Object.fromEntries(sent.map(({ part, text }) => [part, text])), appSecret })
  return [
    ...ids,
    ...sent.map(({ part, text }) => [text, `<${part}>`] as const),
    [right, `<${security.signature}>`],
    [Buffer.from(right, 'hex').toString('base64'), `<${security.signature}>`],
    [appKey, '<appKey>'],
    // In another case too, or cut off, which `createRedact` does not look for.
    ...(appSecret.length >= MIN_SECRET_LENGTH ? [[appSecret, '<appSecret>'] as const] : []),
  ]
}

/**
 * Makes the request of a vector, with a change.
 *
 * @throws SkipError when no harmless request says what the vector says
 */
export function rebuild(operation: OperationId, vector: Vector, change: Change, inputs: RequestInputs): ReadyRequest {
  const { method, path, headers } = vector.request
  if (Object.values(headers).includes(credentials.appSecret)) {
    throw new SkipError('it would send the App Secret in a header')
  }
  const pairs = changedPairs(operation, fieldsOf(operation, vector), change, inputs.random)
  const partial = change.without !== undefined || change.only !== undefined || change.sameItems !== undefined
  const form = pairs.map(({ name, value }) => `${name}=${value}`).join('&')
  const isJson = isOtherMediaType(vector) && bodyOf(vector).startsWith('{')
  const written = isJson ? JSON.stringify(decodeForm(form, mockTables[operation].fields).fields) : form
  if (vector.rule.keyword === 'media-type' && pairs.length === 0) {
    throw new SkipError('without its only field the call has no body, and so no media type')
  }
  const signed = signedHeaders(operation, vector, change, inputs)
  const unsigned = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !partsIn({ [name]: '' }).some((one) => one.name === name)),
  )
  const isOwnRequestId = vector.rule.field === REQUEST_ID
  const requestId: Record<string, string> = isOwnRequestId
    ? {}
    : { 'X-Request-ID': `probe-${randomText(20, inputs.random)}` }
  const all: Record<string, string> = { ...unsigned, ...requestId, ...signed }
  if (!partial && !isAsPredicted(operation, vector, written, all)) {
    throw new SkipError('no random ids fit what it is about')
  }
  const { appSecret } = inputs.keys
  // A shorter secret is none, and stands in ordinary words.
  const isReal = appSecret.length >= MIN_SECRET_LENGTH
  const isHoldingSecret = isReal && [written, path, ...Object.values(all)].some((text) => text.includes(appSecret))
  if (isHoldingSecret) throw new SkipError('it would hold the App Secret')
  return {
    method,
    path,
    headers: all,
    body: written,
    cost: costOf(operation, pairs),
    texts: masksOf(operation, pairs, all, inputs.keys),
    isOtherAddress: ['method', 'path'].includes(vector.rule.keyword),
    requestId: new Headers(all).get(REQUEST_ID) ?? '',
  }
}
