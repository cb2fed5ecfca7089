/**
 * The signing headers of a vector for the user's app and for now: their keys, a fresh nonce, and a signature that is
 * right or wrong in the same way as the vector's.
 *
 * @module
 */
import { type OperationId, security, signingHeaders } from '../../core/contract.js'
import type { Parts } from '../../core/signature.js'
import { type Change, SkipError } from './bodies.js'
import { type RandomBelow, randomText } from './random.js'
import { signaturesOf } from './signatures.js'
import { baseOf, credentials, type Vector } from './vectors.js'

/** The keys that sign. */
export interface Keys {
  readonly appKey: string
  readonly appSecret: string
}

/** What a request is made with. */
export interface RequestInputs {
  readonly keys: Keys
  readonly now: () => number
  readonly random: RandomBelow
}

/** Characters of a nonce of the probe: short, so that a server with a stricter limit takes it. */
const NONCE_LENGTH = 14

const NONCE = 'nonce'
const TIMESTAMP = 'timestamp'

/** The part that a header carries under any of its names, and the vector's text of it. */
export const partsIn = (headers: Vector['request']['headers']): { part: string; name: string; text: string }[] =>
  Object.entries(headers).flatMap(([name, text]) => {
    const found = signingHeaders.find(({ names }) => names.includes(name.toLowerCase()))
    return found ? [{ part: found.part, name, text }] : []
  })

/** Texts of the vector's signing headers for the user's app and for now. The sample of a part is replaced; other texts stay. */
function freshPart(
  part: string,
  text: string,
  sample: Parts,
  { keys, now, random }: RequestInputs,
  skew: number,
): string {
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

/** The signing headers of a vector, made again. */
export function signedHeaders(
  operation: OperationId,
  vector: Vector,
  change: Change,
  inputs: RequestInputs,
): Readonly<Record<string, string>> {
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
    fresh[part] = change.parts?.[part] ?? freshPart(part, text, sample, inputs, change.skew ?? 0)
  }
  fresh['appSecret'] = change.parts?.['appSecret'] ?? inputs.keys.appSecret
  const wanted = present[security.signature]
  const signature = wanted === undefined || wanted === '' ? wanted : signatureLike(wanted, signedTexts, fresh)
  const headers: Record<string, string> = {}
  for (const { part, name, text } of found) {
    if (part === security.signature) headers[name] = signature ?? ''
    else headers[name] = text === '' ? '' : (fresh[part] ?? '')
  }
  return { ...headers, ...change.signed }
}

/** The signature of the user that is made as the vector's one is. */
function signatureLike(wanted: string, texts: Parts, fresh: Parts): string {
  // A header that is off may stand in the text that was signed, or the good one.
  const at = signaturesOf(texts, security.signs).findIndex(({ signature }) => signature === wanted)
  if (at < 0) throw new SkipError('it is not known how its signature is made')
  return signaturesOf(fresh, security.signs)[at]?.signature ?? ''
}
