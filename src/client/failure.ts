/**
 * What a rejected `fetch` means: the request was not sent, it may have arrived, or the caller's code failed.
 *
 * A request counts as not processed only for errors that were measured at a server: for each of them, no request had
 * arrived. After any other error it may have been processed. A code alone proves little: Bun also reports `EPROTO`, and
 * node-fetch `ERR_SSL_WRONG_VERSION_NUMBER`, for connections that broke after the request.
 *
 * @module
 */

import type { ErrorFacts } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { oneLine } from '../core/redact.js'

/** A thrown value. undici and Deno put the reason into `cause`. */
interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly syscall?: unknown
  readonly reason?: unknown
  /** What the server sent, if it was not HTTP. */
  readonly data?: unknown
  /** One error for each address of a host. */
  readonly errors?: unknown
  readonly cause?: unknown
}

/** The error, its cause, and so on: outermost first. */
function chainOf(error: unknown): readonly Thrown[] {
  const chain: Thrown[] = []
  for (let next = error; isRecord(next) && chain.length < 10; next = next['cause']) {
    chain.push(next)
  }
  return chain
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Codes of errors before the request is sent: no connection (Node, undici, node-fetch, Bun), a tunnel that a proxy refused,
 * or a certificate that the client refused.
 */
const NOT_SENT =
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+|ERR_PROXY_TUNNEL|ERR_TLS_CERT_\w+|CERT_\w+|CRL_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/

/**
 * Messages with the same meaning, for errors without such a code. In this order: Node's TLS, a proxy of undici, a blocked
 * port on Node and on Deno, all connection errors of Deno, and node-fetch, which drops `syscall` but not the message.
 */
const NOT_SENT_MESSAGE =
  /before secure TLS connection was established|\) !== 200 when HTTP Tunneling$|^bad port$|^Fetch failed: Requests to port|client error \(Connect\)|^request to \S+ failed, reason: ((connect|getaddrinfo) E[A-Z]|write EPROTO .*SSL routines)/s

/** Bun's messages for a connection that was never made. Bun uses the same codes for connections that broke later. */
const BUN_NOT_SENT = /^E(HOST|NET)UNREACH: (Unable to connect\.|Was there a typo)/

/** undici's codes for a failed TLS handshake: no TLS on that port, or no common version or cipher. */
const HANDSHAKE =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|\S*ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE|UNRECOGNIZED_NAME))$/

/** Whether the error came from the DNS lookup or from connecting, for every address of the host. */
function isConnecting({ syscall, errors }: Thrown): boolean {
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isConnecting)
  return syscall === 'connect' || syscall === 'getaddrinfo'
}

function saysNotSent(error: Thrown): boolean {
  const message = text(error.message)
  // A TLS alert instead of HTTP: the port accepts only TLS, and took the request for a broken handshake.
  const isAlert = error.name === 'HTTPParserError' && text(error.data).startsWith('\x15\x03')
  return (
    isAlert ||
    isConnecting(error) ||
    NOT_SENT.test(text(error.code)) ||
    NOT_SENT_MESSAGE.test(message) ||
    BUN_NOT_SENT.test(message)
  )
}

/** `fetch` refuses a dispatcher from another version of undici, or a value that is not a dispatcher. Nothing is sent. */
const FOREIGN_DISPATCHER = /^invalid on\w+ method$|\bdispatch is not a function$/

/** Messages of V8 and JavaScriptCore for mistakes in code, of runtimes for a wrong use of `fetch`, and ours for a wrong `fetch`. */
const MISTAKE =
  /^must resolve|is not (a |an |iterable|defined)|^Cannot |^Body |(Invalid|parse) URL|Illegal invocation|Failed to execute|circular structure|constant variable|readonly property|is locked/

/** Words of every runtime's `TypeError` for a connection that failed. With other words, and without a code, it is a mistake. */
const NETWORK =
  /^$|fetch failed|failed to fetch|terminated|network|connect|socket|load failed|error (sending|reading)|(input|body) stream|timed out|offline|hostname|cancelled/i

/** Codes for a wrong use of `fetch`, for a dispatcher that was closed, for an assertion, and for a mock without an answer. */
const MISTAKE_CODE =
  /^(ERR_(INVALID|HTTP_INVALID|UNESCAPED|ASSERTION|ACCESS_DENIED|NOCK)|UND_MOCK|UND_ERR_(INVALID_ARG|NOT_SUPPORTED|DESTROYED|CLOSED)$)/

/**
 * A programming error, or a closed dispatcher: a mistake in the caller's code. It may have happened before or after sending.
 * Once there is an answer, only words that prove a mistake count: the rest of the answer comes from the runtime.
 */
function isMistake({ name, message, code }: Thrown, hasAnswer: boolean): boolean {
  const words = text(message)
  if (/^(Reference|Range|Syntax|URI)Error$/.test(text(name)) || /^unknown scheme$/.test(words)) return true
  // undici uses the code of a wrong argument for a proxy that answers 407, too.
  if (MISTAKE_CODE.test(text(code)) && !words.startsWith('Proxy ')) return true
  return name === 'TypeError' && (MISTAKE.test(words) || !(hasAnswer || text(code) || NETWORK.test(words)))
}

/** A time limit of the caller's own `fetch`, or of its dispatcher. */
const isTimeout = ({ name, code }: Thrown): boolean =>
  name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(text(code))

/** The innermost cause, as one line. */
export function causeMessage(error: unknown): string {
  const inner = chainOf(error).findLast(({ reason, message, errors }) => reason || message || errors) ?? {}
  const [first]: readonly unknown[] = Array.isArray(inner.errors) ? inner.errors : []
  if (!inner.message && first !== undefined) return causeMessage(first)
  const message = (text(inner.reason) || text(inner.message) || String(error)).replace(
    /.*?(client error \(\w+\): |, reason: )/s,
    '',
  )
  const code = text(inner.code)
  return oneLine(message) + (message.includes(code) ? '' : ` (${code})`)
}

/** The facts about a failed request, and a message. */
export interface Failure extends Pick<ErrorFacts, 'kind' | 'processed' | 'retryable'> {
  readonly message: string
}

/**
 * Never throws, whatever was thrown.
 *
 * @param host for the message
 * @param hasAnswer whether the head of an answer had arrived; then the request was certainly sent
 */
export function failureOf(error: unknown, host: string, hasAnswer = false): Failure {
  try {
    return explainFailure(error, host, hasAnswer)
  } catch {
    // A property of the error throws, or the error contains itself.
    const message = `connection lost to ${host}: an error that cannot be read`
    return { kind: 'network', processed: 'unknown', retryable: true, message }
  }
}

function explainFailure(error: unknown, host: string, hasAnswer: boolean): Failure {
  const chain = chainOf(error)
  const [outer, cause] = chain
  const why = causeMessage(error)
  if (!hasAnswer && chain.some(({ message }) => FOREIGN_DISPATCHER.test(text(message)))) {
    const message = `"fetch" refuses its dispatcher, which belongs to another version of undici: ${why}`
    return { kind: 'usage', processed: 'no', retryable: false, message }
  }
  // undici uses these codes only before a request is sent; other clients also use them later. This message means undici.
  const isHandshake = outer?.message === 'fetch failed' && HANDSHAKE.test(text(cause?.code))
  if (!hasAnswer && (isHandshake || chain.some(saysNotSent))) {
    return { kind: 'network', processed: 'no', retryable: true, message: `no connection to ${host}: ${why}` }
  }
  const unknown = { processed: 'unknown', retryable: true } as const
  if (chain.some(isTimeout)) return { ...unknown, kind: 'timeout', message: `no complete answer: ${why}` }
  if (chain.some(({ name }) => name === 'AbortError')) {
    return { ...unknown, kind: 'aborted', retryable: false, message: `aborted by "fetch": ${why}` }
  }
  // A text, or nothing, is thrown by code of the caller. What a stream breaks with may be anything.
  if (chain.some((thrown) => isMistake(thrown, hasAnswer)) || !(outer || hasAnswer)) {
    return { ...unknown, kind: 'usage', retryable: false, message: `"fetch" failed: ${why}` }
  }
  return { ...unknown, kind: 'network', message: `connection lost to ${host}: ${why}` }
}
