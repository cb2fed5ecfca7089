/**
 * Rebuilds the request of a vector for the user's app: their keys, a fresh nonce, the time of now, a signature of these,
 * and random ids. What the vector is about stays as it is. Nothing of a vector is replayed.
 *
 * @module
 */
import file from '#vectors' with { type: 'json' }
import { commandLine, mockTables, type OperationId, operations, probeTables, security } from '../../core/contract.js'
import { decodeForm } from '../../core/form.js'
import { MIN_SECRET_LENGTH } from '../../core/redact.js'
import { signatureOf } from '../../core/signature.js'
import { check } from '../../core/validate.js'
import { type RandomBelow, randomAlike, randomId, randomText } from './random.js'

/** A vector of the contract. */
export type Vector = (typeof file)['vectors'][number]

/** The keys that sign. */
export interface Keys {
  readonly appKey: string
  readonly appSecret: string
}

/** What a request is made with. */
export interface Making {
  readonly keys: Keys
  readonly now: () => number
  readonly random: RandomBelow
}

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

/** One part of a form body as it is written: `name=value`, both encoded. */
interface Pair {
  readonly name: string
  readonly value: string
}

/** What of the request of a vector is changed on purpose. */
export interface Change {
  /** A required field that is left out, so that the request is refused for sure. */
  readonly without?: string | undefined
  /** Keeps these fields alone. */
  readonly only?: readonly string[] | undefined
  /** Replaces every item of this list by the first one. */
  readonly sameItems?: string | undefined
  /** The ids of the user, by field: the only ones of an acceptable request. */
  readonly ids?: Readonly<Record<string, readonly string[]>> | undefined
  /** Texts of signing headers, by the name of the part. */
  readonly parts?: Readonly<Record<string, string>> | undefined
  /** Sends these signing headers again. */
  readonly signed?: Readonly<Record<string, string>> | undefined
  /** Milliseconds that are added to the time of now. */
  readonly skew?: number | undefined
}

/** Characters of a nonce of the probe: short, so that a server with a stricter limit takes it. */
const NONCE_LENGTH = 14

const { credentials } = file
const NONCE = 'nonce'
const TIMESTAMP = 'timestamp'

/** The first vector of an operation: its fields are good, and all others differ from it in one thing. */
export const baseOf = (operation: OperationId): Vector | undefined =>
  file.vectors.find((one) => one.operation === operation)

/** The vectors of an operation. */
export const vectorsOf = (operation: OperationId): Vector[] => file.vectors.filter((one) => one.operation === operation)

/** The body of a vector as one text. */
export const bodyOf = ({ request }: Vector): string =>
  request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')

const pairsOf = (body: string): Pair[] =>
  body.split('&').flatMap((text) => {
    if (text === '') return []
    const equals = text.indexOf('=')
    return [equals < 0 ? { name: text, value: '' } : { name: text.slice(0, equals), value: text.slice(equals + 1) }]
  })

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** The field that a pair is meant to be: `list[]` and `list[0]` mean `list`. */
const fieldOf = ({ name }: Pair): string => (decoded(name) ?? name).replace(/\[\d*\]$/, '')

/** The list whose items receive something: the one that the price of a call counts, or that a batch splits. */
export const receiverOf = (operation: OperationId): string | undefined =>
  operations[operation].rateLimit?.cost ?? operations[operation].batch?.field

/** The required fields, in the order of the spec. */
export const requiredOf = (operation: OperationId): string[] =>
  Object.entries(commandLine[operation].fields).flatMap(([name, { required }]) => (required ? name : []))

/** Rules that are about the text of an id. For all others any id will do. */
const TEXT_RULES = ['type', 'minLength', 'maxLength', 'x-max-bytes', 'pattern', 'encoding', 'x-suspicious']

/** Why a request is not made. */
export class NotAsked extends Error {}

type ReplaceId = (field: string, value: string) => string

/** Makes the function that replaces the ids of one request: equal ones by equal ones. */
function createReplaceId(operation: OperationId, vector: Vector, { ids }: Change, random: RandomBelow): ReplaceId {
  const base = baseOf(operation)
  const known = new Set(base ? pairsOf(bodyOf(base)).map(({ name, value }) => `${name}=${value}`) : [])
  const made = new Map<string, string>()
  const isOnText = (field: string, value: string) =>
    TEXT_RULES.includes(vector.rule.keyword) &&
    vector.rule.field.replace(/\[\d+\]$/, '') === field &&
    !known.has(`${field}=${value}`)
  return (field, value) => {
    const given = ids?.[field]
    const before = made.get(`${field}=${value}`)
    if (before !== undefined) return before
    const text = decoded(value)
    let id: string
    if (isOnText(field, value)) {
      if (given && field === receiverOf(operation)) throw new NotAsked('it would reach somebody else than you named')
      if (given && receiverOf(operation) === undefined) throw new NotAsked('it would name somebody else than you did')
      if (text === undefined) id = randomId(random) + value
      else {
        const alike = randomAlike(text, random)
        if (alike === undefined) throw new NotAsked('an id of that form is too short to be random, and might exist')
        id = value.includes('+') ? encodeURIComponent(alike).replaceAll('%20', '+') : encodeURIComponent(alike)
      }
    } else id = encodeURIComponent(given ? (given[0] ?? '') : text === '' ? '' : randomId(random))
    made.set(`${field}=${value}`, id)
    return id
  }
}

/** The pairs of a body with its ids replaced, and without what is to be left out. */
function changedPairs(operation: OperationId, vector: Vector, change: Change, random: RandomBelow): Pair[] {
  const { without, only, sameItems } = change
  const replaceId = createReplaceId(operation, vector, change, random)
  const first = pairsOf(bodyOf(vector)).find((pair) => fieldOf(pair) === sameItems)
  return pairsOf(bodyOf(vector)).flatMap((pair) => {
    const field = fieldOf(pair)
    if (field === without || (only && !only.includes(field))) return []
    const value = field === sameItems ? (first?.value ?? pair.value) : pair.value
    const isId = probeTables[operation].ids.includes(field)
    return [{ name: pair.name, value: isId ? replaceId(field, value) : value }]
  })
}

type Parts = Readonly<Record<string, string>>

const withParts = (parts: Parts, change: Parts) => signatureOf({ ...parts, ...change })

/** The ways to sign of the vectors: by these a vector's signature is recognised, and made again with other keys. */
function* signatures(parts: Parts): Generator<string> {
  const right = signatureOf(parts)
  const { signs } = security
  const join = (order: readonly string[]) =>
    // A hash of these texts in this order: the first part holds all of it.
    withParts(Object.fromEntries(signs.map((part) => [part, ''])), {
      [signs[0] ?? '']: order.map((part) => parts[part] ?? '').join(''),
    })
  yield right
  yield right.toUpperCase()
  yield withParts(parts, { appSecret: parts['appKey'] ?? '' })
  yield withParts(parts, { appSecret: 'another' })
  yield withParts(parts, { [TIMESTAMP]: (parts[TIMESTAMP] ?? '').slice(0, -3) })
  for (const [i, part] of signs.entries()) {
    yield join(signs.filter((one) => one !== part))
    if (i > 0) yield join(signs.toSpliced(i - 1, 2, part, signs[i - 1] ?? ''))
  }
  yield right.slice(0, 38)
  yield Buffer.from(right, 'hex').toString('base64')
  yield `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`
}

/** The part that a header carries under any of its names, and the vector's text of it. */
const partsIn = (headers: Vector['request']['headers']): { part: string; name: string; text: string }[] =>
  Object.entries(headers).flatMap(([name, text]) => {
    const lower = name.toLowerCase()
    const [part] =
      Object.entries(security.headers).find(([one, header]) =>
        [header, ...(security.aliases[one] ?? [])].some((known) => known.toLowerCase() === lower),
      ) ?? []
    return part === undefined ? [] : [{ part, name, text }]
  })

/** Texts of the vector's signing headers for the user's app and for now. The sample of a part is replaced; other texts stay. */
function freshPart(part: string, text: string, sample: Parts, { keys, now, random }: Making, skew: number): string {
  const milliseconds = String(now() + skew)
  if (text === '') return ''
  if (part === 'appKey') return text === sample['appKey'] ? keys.appKey : randomText(keys.appKey.length, random)
  if (part === NONCE) {
    if (text === sample[NONCE]) return randomText(NONCE_LENGTH, random)
    return Array.from(text, (letter) => (/\d/.test(letter) ? String(random(10)) : letter)).join('')
  }
  const before = sample[TIMESTAMP] ?? ''
  if (part !== TIMESTAMP) return text
  if (text === before) return milliseconds
  if (text === before.slice(0, -3)) return milliseconds.slice(0, -3)
  return text.startsWith(before) ? milliseconds + text.slice(before.length) : text
}

/** The parts of the vectors' good request, by name. */
function sampleParts(operation: OperationId): Parts {
  const found = partsIn(baseOf(operation)?.request.headers ?? {}).map(({ part, text }) => [part, text] as const)
  return { ...Object.fromEntries(found), ...credentials }
}

interface Signed {
  readonly headers: Record<string, string>
  readonly parts: Parts
}

/** The signing headers of a vector, made again. */
function signedHeaders(operation: OperationId, vector: Vector, change: Change, making: Making): Signed {
  const sample = sampleParts(operation)
  const found = partsIn(vector.request.headers)
  const present = Object.fromEntries(found.map(({ part, text }) => [part, text]))
  // A header that is left out was there when the request was signed.
  const texts: Parts = { ...sample, ...present, appSecret: credentials.appSecret }
  const isSample = (part: string) => present[part] === undefined || present[part] === ''
  const signedTexts = Object.fromEntries(
    Object.entries(texts).map(([part, text]) => [part, isSample(part) ? (sample[part] ?? '') : text]),
  )
  const fresh: Record<string, string> = {}
  for (const [part, text] of Object.entries(signedTexts)) {
    fresh[part] = change.parts?.[part] ?? freshPart(part, text, sample, making, change.skew ?? 0)
  }
  fresh['appSecret'] = change.parts?.['appSecret'] ?? making.keys.appSecret
  const wanted = present[security.signature]
  const signature = wanted === undefined || wanted === '' ? wanted : signatureLike(wanted, signedTexts, fresh)
  const headers: Record<string, string> = {}
  for (const { part, name, text } of found) {
    if (part === security.signature) headers[name] = signature ?? ''
    else headers[name] = text === '' ? '' : (fresh[part] ?? '')
  }
  return { headers: change.signed ? { ...headers, ...change.signed } : headers, parts: fresh }
}

/** The signature of the user that is made as the vector's one is. */
function signatureLike(wanted: string, texts: Parts, fresh: Parts): string {
  // A header that is off may stand in the text that was signed, or the good one.
  const ways = [...signatures(texts)]
  const at = ways.indexOf(wanted)
  if (at < 0) throw new NotAsked('it is not known how its signature is made')
  return [...signatures(fresh)][at] ?? ''
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
  const signed = [NONCE, TIMESTAMP, security.signature].flatMap((part) => {
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
