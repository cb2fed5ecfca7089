/**
 * Sends one request and reads its answer. No retries, no failover, no redirects.
 *
 * @module
 */
import { readText } from '../../client/response.js'
import { errorFields, isSuccess as isContractSuccess, type OperationId, operations } from '../../core/contract.js'
import { parseJson } from '../../core/json.js'
import { isRecord } from '../../core/record.js'
import { createRedact, truncate } from '../../core/redact.js'
import { createMask } from './mask.js'
import type { ReadyRequest } from './requests.js'

/** An answer of the server that is JSON. */
export interface Answer {
  readonly kind: 'answer'
  readonly status: number
  readonly code: number | undefined
  /** The server's words, without ids, keys and signatures of the request. */
  readonly message: string
  /** Headers that tell something, and no secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** Status, code and words: equal for two answers that say the same. */
  readonly fingerprint: string
}

/** Why there is no such answer. */
export interface Failure {
  readonly kind: 'failure'
  readonly what: 'timeout' | 'network' | 'tls' | 'redirect' | 'html' | 'not-json' | 'server-error' | 'rate-limit'
  /** One sentence. */
  readonly text: string
  readonly status: number | undefined
}

/** What came of a request. */
export type Outcome = Answer | Failure

/** Headers that a report may show. */
const SHOWN = ['content-type', 'retry-after', 'server', 'x-request-id']

/** Characters of the server's words that are kept. */
const MAX_WORDS = 300

/** What differs in the words of two answers that say the same: long numbers, and ids that a server gives to a call. */
const UNIQUE = /\b[\da-f-]{16,}\b|\d{5,}/gi

type Mask = (text: string) => string

/** Codes of errors that Node throws for a certificate or a handshake. */
const TLS = /CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|EPROTO/

/** What an answer says: its words, or its status where it has none. */
export const answerText = ({ message, status }: Answer): string => (message === '' ? `HTTP ${status}` : `"${message}"`)

/** True for two answers that say the same. */
export const isSameAnswer = (one: Outcome | undefined, other: Outcome | undefined): boolean =>
  one?.kind === 'answer' && other?.kind === 'answer' && one.fingerprint === other.fingerprint

/** True for an answer that the contract calls a success. */
export function isSuccess(operation: OperationId, outcome: Outcome): outcome is Answer {
  return outcome.kind === 'answer' && isContractSuccess(operations[operation], outcome.status, outcome.body)
}

const failure = (what: Failure['what'], text: string, status?: number): Failure => ({
  kind: 'failure',
  what,
  text,
  status,
})

/** The code of the error that `fetch` rejected with. */
function codeOf(error: unknown): string {
  const causes = [error, isRecord(error) ? error['cause'] : undefined]
  const codes = causes.flatMap((one) => (isRecord(one) && typeof one['code'] === 'string' ? one['code'] : []))
  return codes[0] ?? ''
}

function failureOf(error: unknown, timeout: number): Failure {
  const name = isRecord(error) ? error['name'] : undefined
  if (name === 'TimeoutError' || name === 'AbortError') {
    return failure('timeout', `The server did not answer within ${timeout / 1_000} seconds.`)
  }
  const code = codeOf(error)
  if (TLS.test(code)) return failure('tls', `The certificate or the encryption of the host is wrong (${code}).`)
  return failure('network', `The connection failed${code ? ` (${code})` : ''}.`)
}

const shownHeaders = (headers: Headers, mask: Mask): Record<string, string> =>
  Object.fromEntries(
    SHOWN.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, truncate(mask(value), 100)]]
    }),
  )

function readAnswer(response: Response, text: string, mask: Mask, withoutId: Mask): Outcome {
  const { status } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return failure('redirect', 'The server sent the call to another address, which is not followed.', status)
  }
  // Whoever says it and in which form: no more calls.
  if (status === 429) return failure('rate-limit', 'The rate limit of the app is used up (HTTP 429).', status)
  const isHtml = /html/i.test(response.headers.get('content-type') ?? '') || /^\s*</.test(text)
  if (isHtml) return failure('html', 'A web page came back: a proxy or another host answered.', status)
  if (status >= 500) return failure('server-error', `The server had an error of its own (HTTP ${status}).`, status)
  // An answer without a body says what its status says.
  const body = text === '' ? {} : parseJson(text)
  if (!isRecord(body)) return failure('not-json', `The answer is not a JSON object (HTTP ${status}).`, status)
  const { [errorFields.code]: sent, [errorFields.message]: words } = body
  const code = typeof sent === 'number' ? sent : undefined
  const message = mask(typeof words === 'string' ? words : '')
  const fingerprint = `${status} ${code} ${truncate(withoutId(message).replaceAll(UNIQUE, ''), MAX_WORDS)}`
  const headers = shownHeaders(response.headers, mask)
  return { kind: 'answer', status, code, message: truncate(message, MAX_WORDS), headers, body, fingerprint }
}

/** What a sender of requests needs. */
export interface Exchange {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds. */
  readonly timeout: number
  readonly appSecret: string
}

/** Sends one request. Never throws. */
export async function exchange(
  request: ReadyRequest,
  { baseUrl, fetch, timeout, appSecret }: Exchange,
): Promise<Outcome> {
  const redact = createRedact(appSecret)
  // The id of the call stays as it is, also where it begins as the App Key does.
  const maskTexts = createMask([[request.requestId, request.requestId], ...request.texts])
  // The secret first: a part of it may be an id as well.
  const mask = (text: string) => maskTexts(redact(text))
  const { method, path, headers, body } = request
  try {
    const response = await fetch(baseUrl + path, {
      method,
      headers,
      // As bytes: for a text, `fetch` would add a media type of its own.
      ...(method !== 'GET' && method !== 'HEAD' && { body: new TextEncoder().encode(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    const text = await readText(response)
    if (text === undefined) return failure('not-json', 'The answer is longer than a megabyte.', response.status)
    return readAnswer(response, text, mask, createMask([[request.requestId, '']]))
  } catch (error) {
    return failureOf(error, timeout)
  }
}
