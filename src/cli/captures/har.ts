/**
 * HAR 1.2, as browsers and proxies save it.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 * @module
 */
import { parseJson } from '../../core/json.js'
import { isRecord } from '../../core/record.js'
import { textOf } from '../../mock/request.js'
import {
  type Capture,
  type CapturedAnswer,
  type CapturedRequest,
  CaptureError,
  headersByName,
  refuseCompressed,
  type Unchecked,
  type Unreadable,
  unreadableBy,
  withHeaders,
} from './capture.js'

type Json = Readonly<Record<string, unknown>>

const objectAt = (value: unknown, name: string): Json => {
  const found = isRecord(value) ? value[name] : undefined
  return isRecord(found) ? found : {}
}

/** Names and values of a list; an entry without a value has an empty one. */
function readPairs(list: unknown): (readonly [name: string, value: string])[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one['name'] !== 'string') return []
    return [[one['name'], typeof one['value'] === 'string' ? one['value'] : ''] as const]
  })
}

/** Characters that percent-encoding always replaces, so a text that has one is not encoded. */
const UNENCODED = /[^\w\-.~%+!'()*:/,;@$?[\]]/

/** A form body from its parameters. Some tools write them as they were sent, percent-encoded; others decode them. */
function encodeParams(params: readonly (readonly [string, string])[]): string {
  const isDecoded = params.some(([name, value]) => UNENCODED.test(name) || UNENCODED.test(value))
  const hasEscapes = params.some(([, value]) => /%[0-9a-f]{2}/i.test(value))
  if (!isDecoded && hasEscapes) return params.map(([name, value]) => `${name}=${value}`).join('&')
  return new URLSearchParams(params.map(([name, value]): [string, string] => [name, value])).toString()
}

/** A text, which may be in Base64. */
const decodeText = (text: string, encoding: unknown): string =>
  encoding === 'base64' ? textOf(Buffer.from(text, 'base64')) : text

/**
 * The body; undefined where the file does not say whether there was one.
 *
 * @throws CaptureError when the file holds none of it, only a part, or a compressed one
 */
function readBody(request: Json, headers: Readonly<Record<string, string>>): string | undefined {
  refuseCompressed(headers)
  const { text, encoding, params } = objectAt(request, 'postData')
  const size = Number(headers['content-length'] ?? request['bodySize'] ?? -1)
  const isUnknown = size < 0 || Number.isNaN(size)
  if (text === '' && isUnknown && !(Array.isArray(params) && params.length > 0)) return undefined
  if (typeof text === 'string' && (text !== '' || !Array.isArray(params) || params.length === 0)) {
    const body = decodeText(text, encoding)
    const bytes = Buffer.byteLength(body)
    if (size > bytes) throw new CaptureError(`has ${bytes} of the ${size} bytes of its body`)
    return body
  }
  if (Array.isArray(params)) return encodeParams(readPairs(params))
  if (size > 0) throw new CaptureError(`has none of the ${size} bytes of its body`)
  return isUnknown ? undefined : ''
}

function readAnswer(entry: Json): CapturedAnswer | undefined {
  const response = objectAt(entry, 'response')
  const status = Number(response['status'])
  if (!(status >= 100)) return undefined
  const { text, encoding, size } = objectAt(response, 'content')
  const body = typeof text === 'string' && text !== '' ? decodeText(text, encoding) : undefined
  // A browser keeps the beginning of a long answer.
  const isCut = body !== undefined && Number(size) > Buffer.byteLength(body) && parseJson(body) === undefined
  return { status, body: isCut ? undefined : body }
}

/** Why a request was never sent, or never answered; undefined when it was. */
function failureOf(entry: Json): string | undefined {
  const response = objectAt(entry, 'response')
  const { status } = response
  // Browsers write 0, Playwright writes -1.
  if (typeof status !== 'number' || status > 0) return undefined
  const { _error: error, _failureText: failure, statusText } = response
  const found = [error, failure, entry['_error'], entry['_blockedReason'], statusText].find(
    (one) => typeof one === 'string' && one !== '',
  )
  return typeof found === 'string' ? found : 'no answer'
}

function readRequest(entry: unknown, at: number): CapturedRequest {
  const request = objectAt(entry, 'request')
  const { method, url } = request
  if (!isRecord(entry) || typeof method !== 'string' || typeof url !== 'string') {
    throw new CaptureError('"request" must have method and url', 'syntax')
  }
  const headers = headersByName(readPairs(request['headers']))
  const { mimeType } = objectAt(request, 'postData')
  if (typeof mimeType === 'string' && mimeType !== '') headers['content-type'] ??= mimeType
  const body = withHeaders(headers, () => readBody(request, headers))
  return { at, method, url, headers, body, answer: readAnswer(entry) }
}

/** Reads the entries of a parsed HAR file, numbered from 1; undefined when it is other JSON. */
export function readHar(har: unknown): Capture | undefined {
  const { entries } = objectAt(har, 'log')
  if (!Array.isArray(entries)) return undefined
  const requests: CapturedRequest[] = []
  const unreadable: Unreadable[] = []
  const notSent: Unchecked[] = []
  for (const [i, entry] of entries.entries()) {
    const at = i + 1
    const failure = isRecord(entry) ? failureOf(entry) : undefined
    try {
      if (failure === undefined) requests.push(readRequest(entry, at))
      else notSent.push({ at, reason: failure })
    } catch (error) {
      unreadable.push(unreadableBy(error, at))
    }
  }
  return { kind: 'har', requests, unreadable, notSent }
}
