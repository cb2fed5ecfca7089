/**
 * HAR 1.2, as browsers and proxies save it.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 * @module
 */
import { textOf } from '../../mock/request.js'
import { type CapturedRequest, headersOf, TrafficError } from './read.js'

interface Pair {
  readonly name: string
  readonly value: string
}

interface PostData {
  readonly mimeType?: unknown
  readonly text?: unknown
  readonly encoding?: unknown
  readonly params?: unknown
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const pairsOf = (value: unknown): Pair[] =>
  (Array.isArray(value) ? value : []).filter(
    (one): one is Pair => isObject(one) && typeof one['name'] === 'string' && typeof one['value'] === 'string',
  )

/** The body: as text, or made of its parameters where there is no text. */
function bodyOf({ text, params, encoding }: PostData): string {
  if (typeof text === 'string' && (text !== '' || !Array.isArray(params))) {
    return encoding === 'base64' ? textOf(Buffer.from(text, 'base64')) : text
  }
  return new URLSearchParams(pairsOf(params).map(({ name, value }): [string, string] => [name, value])).toString()
}

function requestOf(entry: unknown, at: number): CapturedRequest {
  const request = isObject(entry) ? entry['request'] : undefined
  if (!isObject(request) || typeof request['method'] !== 'string' || typeof request['url'] !== 'string') {
    throw new TrafficError(`entry ${at}: "request" must have method and url`)
  }
  const post: PostData = isObject(request['postData']) ? request['postData'] : {}
  const headers = headersOf(pairsOf(request['headers']).map(({ name, value }) => [name, value] as const))
  if (typeof post.mimeType === 'string' && post.mimeType !== '') headers['content-type'] ??= post.mimeType
  return { at, method: request['method'], url: request['url'], headers, body: bodyOf(post) }
}

/**
 * The requests of a HAR file, numbered from 1.
 *
 * @throws TrafficError when it is none
 */
export function readHar(text: string): CapturedRequest[] {
  let har: unknown
  try {
    har = JSON.parse(text)
  } catch {
    throw new TrafficError('must be HAR or raw HTTP. Received something like JSON that cannot be read')
  }
  const log = isObject(har) ? har['log'] : undefined
  const entries = isObject(log) ? log['entries'] : undefined
  if (!Array.isArray(entries)) throw new TrafficError('must be HAR, with "log.entries". Received other JSON')
  return entries.map((entry, i) => requestOf(entry, i + 1))
}
