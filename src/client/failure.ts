/**
 * What a rejected `fetch` means for the request: it never left, it may have arrived, or the caller's own code failed.
 *
 * A request counts as not processed only by shapes that were measured at the server: for each, no request had arrived there.
 * Any other shape counts as "it may have been". Codes alone prove little: Bun says `EPROTO` and node-fetch
 * `ERR_SSL_WRONG_VERSION_NUMBER` also of a connection that broke after the request.
 *
 * @module
 */

import type { ErrorFacts } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'

/** What may have been thrown; undici and Deno put what happened into `cause`. */
interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly syscall?: unknown
  readonly reason?: unknown
  /** What the server sent, where it was no HTTP. */
  readonly data?: unknown
  /** One for each address of a host. */
  readonly errors?: unknown
  readonly cause?: unknown
}

/** The error, its cause, and so on: outermost first. */
function chainOf(error: unknown): readonly Thrown[] {
  const chain: Thrown[] = []
  for (let one = error; isRecord(one) && chain.length < 10; one = one['cause']) {
    chain.push(one)
  }
  return chain
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Codes that come before anything is sent: a connection that was never made (Node, undici, node-fetch, Bun), a tunnel that a
 * proxy refused, a certificate that the client refused.
 */
const NOT_SENT =
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+|ERR_PROXY_TUNNEL|ERR_TLS_CERT_\w+|CERT_\w+|CRL_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/

/**
 * Words that say so where no code does. In turn: Node's TLS, a proxy of undici, a blocked port on Node and on Deno, Deno's
 * connections of every kind, and node-fetch, which drops `syscall` but keeps the words.
 */
const NOT_SENT_WORDS =
  /before secure TLS connection was established|\) !== 200 when HTTP Tunneling$|^bad port$|^Fetch failed: Requests to port|client error \(Connect\)|^request to \S+ failed, reason: ((connect|getaddrinfo) E[A-Z]|write EPROTO .*SSL routines)/s

/** Bun's words for a connection that was never made: its codes alone may come of one that was. */
const BUN_NOT_SENT = /^E(HOST|NET)UNREACH: (Unable to connect\.|Was there a typo)/

/** undici's codes for a TLS handshake that failed: no TLS on that port, or no version or cipher in common. */
const HANDSHAKE =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|\S*ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE|UNRECOGNIZED_NAME))$/

/** Whether it came while a name was looked up or a connection was made, at every address of the host. */
function isConnecting({ syscall, errors }: Thrown): boolean {
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isConnecting)
  return syscall === 'connect' || syscall === 'getaddrinfo'
}

function saysNotSent(one: Thrown): boolean {
  const words = text(one.message)
  // A TLS alert in place of HTTP: the port speaks TLS alone, and read the request as a broken handshake.
  const isAlert = one.name === 'HTTPParserError' && text(one.data).startsWith('\x15\x03')
  return (
    isAlert ||
    isConnecting(one) ||
    NOT_SENT.test(text(one.code)) ||
    NOT_SENT_WORDS.test(words) ||
    BUN_NOT_SENT.test(words)
  )
}

/** A dispatcher of another undici than the `fetch` that it is given to, or no dispatcher: refused before anything is sent. */
const FOREIGN_DISPATCHER = /^invalid on\w+ method$|\bdispatch is not a function$/

/** What V8 and JavaScriptCore say of mistakes in code, and the platform of a wrong use of `fetch`. */
const MISTAKE =
  /is not (a |an |iterable|defined)|^Cannot |^Body |(Invalid|parse) URL|Illegal invocation|Failed to execute|circular structure|constant variable|readonly property|is locked/

/** An error of the language, or a dispatcher that was closed: a mistake of the caller's, made at nobody knows which point. */
const isMistake = ({ name, message, code }: Thrown): boolean =>
  /^(Reference|Range|Syntax|URI)Error$/.test(text(name)) ||
  (name === 'TypeError' && MISTAKE.test(text(message))) ||
  /^UND_ERR_(DESTROYED|CLOSED)$/.test(text(code))

/** The innermost cause in a line. */
export function causeInWords(error: unknown): string {
  const inner = chainOf(error).findLast((one) => one.reason || one.message || one.errors) ?? {}
  const [first]: readonly unknown[] = Array.isArray(inner.errors) ? inner.errors : []
  if (!inner.message && first !== undefined) return causeInWords(first)
  const words = (text(inner.reason) || text(inner.message) || String(error))
    .replace(/.*?(client error \(\w+\): |, reason: )/s, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const code = text(inner.code)
  return truncate(words, 200) + (words.includes(code) ? '' : ` (${code})`)
}

/** What became of the request, and why. */
export interface Failure extends Pick<ErrorFacts, 'kind' | 'processed' | 'retryable'> {
  readonly words: string
}

/** @param host for the words */
export function failureOf(error: unknown, host: string): Failure {
  const chain = chainOf(error)
  const [outer, cause] = chain
  const why = causeInWords(error)
  if (chain.some(({ message }) => FOREIGN_DISPATCHER.test(text(message)))) {
    const words = `"fetch" refuses its dispatcher, which belongs to another version of undici: ${why}`
    return { kind: 'usage', processed: 'no', retryable: false, words }
  }
  // undici never says these of a connection that was used; others do.
  const isHandshake = outer?.message === 'fetch failed' && HANDSHAKE.test(text(cause?.code))
  if (isHandshake || chain.some(saysNotSent)) {
    return { kind: 'network', processed: 'no', retryable: true, words: `no connection to ${host}: ${why}` }
  }
  if (chain.some(isMistake)) {
    return { kind: 'usage', processed: 'unknown', retryable: false, words: `"fetch" failed: ${why}` }
  }
  return { kind: 'network', processed: 'unknown', retryable: true, words: `connection lost to ${host}: ${why}` }
}
