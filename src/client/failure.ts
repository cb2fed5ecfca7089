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
  for (let one = error; typeof one === 'object' && one !== null && chain.length < 10; one = (one as Thrown).cause) {
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
  /before secure TLS connection was established|^Proxy response \(\d+\) !== 200 when HTTP Tunneling$|^bad port$|^Fetch failed: Requests to port \d+ are blocked|client error \(Connect\)|^request to \S+ failed, reason: ((connect|getaddrinfo) E[A-Z]|write EPROTO .*SSL routines)/s

/** Bun: words for what is no longer there after the connection was made. */
const BUN_NO_ROUTE = /Unable to connect\.|Was there a typo in the url or port/

/** The TLS handshake failed: no TLS on that port, or no version or cipher in common. */
const HANDSHAKE =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|\S*ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE|UNRECOGNIZED_NAME))$/

/** Whether it came while a name was looked up or a connection was made. */
function isConnecting({ syscall, errors }: Thrown): boolean {
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isConnecting)
  return syscall === 'connect' || syscall === 'getaddrinfo'
}

function saysNoConnection(one: Thrown): boolean {
  const code = text(one.code)
  const words = text(one.message)
  if (NOT_SENT.test(code) || isConnecting(one)) return true
  if (/^E(HOST|NET)UNREACH$/.test(code) && BUN_NO_ROUTE.test(words)) return true
  // A TLS alert in place of HTTP: the port speaks TLS alone, and read the request as a broken handshake.
  if (one.name === 'HTTPParserError' && text(one.data).startsWith('\x15\x03')) return true
  return NOT_SENT_WORDS.test(words)
}

/** undici alone: it says this of a handshake, and never of a connection that was used. */
const isHandshake = ([outer, inner]: readonly Thrown[]): boolean =>
  outer?.message === 'fetch failed' && HANDSHAKE.test(text(inner?.code))

/** A dispatcher of another undici than the `fetch` that it is given to, or no dispatcher: refused before anything is sent. */
const isForeignDispatcher = ({ code, message }: Thrown): boolean =>
  (code === 'UND_ERR_INVALID_ARG' && /^invalid on\w+ method$/.test(text(message))) ||
  /\bdispatch is not a function$/.test(text(message))

/** What engines say of mistakes in code: V8, then JavaScriptCore. */
const LANGUAGE =
  /is not (a function|a constructor|iterable|defined|an object)|^Cannot (read|set|destructure|convert|access)|circular structure|constant variable|Illegal invocation|Failed to execute|Invalid URL|Failed to parse URL|Body (is unusable|has already|already)|is locked|^undefined is not|readonly property/

/** An error of the language, or a dispatcher that was closed: a mistake of the caller's, made at nobody knows which point. */
function isMistake({ name, message, code }: Thrown): boolean {
  if (/^UND_ERR_(DESTROYED|CLOSED)$/.test(text(code)) || /^(Reference|Range|Syntax|URI)Error$/.test(text(name)))
    return true
  return name === 'TypeError' && LANGUAGE.test(text(message))
}

/** The innermost cause in a line. */
export function causeInWords(error: unknown): string {
  const chain = chainOf(error)
  const inner = chain.findLast((one) => text(one.reason) || text(one.message) || one.errors) ?? {}
  const [first] = Array.isArray(inner.errors) ? (inner.errors as readonly unknown[]) : []
  if (!text(inner.message) && first !== undefined) return causeInWords(first)
  const words = (text(inner.reason) || text(inner.message) || String(error))
    .replace(/^.*client error \(\w+\): /s, '')
    .replace(/^request to \S+ failed, reason: /, '')
    .replace(/ For more information, pass `verbose.*$/s, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const code = text(inner.code)
  return truncate(words, 200) + (code === '' || words.includes(code) ? '' : ` (${code})`)
}

/** What became of the request, and why. */
export interface Failure extends Pick<ErrorFacts, 'kind' | 'processed' | 'retryable'> {
  readonly words: string
}

/** @param host for the words */
export function failureOf(error: unknown, host: string): Failure {
  const chain = chainOf(error)
  const why = causeInWords(error)
  if (chain.some(isForeignDispatcher)) {
    const words = `"fetch" refuses its dispatcher, which belongs to another version of undici: ${why}`
    return { kind: 'usage', processed: 'no', retryable: false, words }
  }
  if (chain.some(saysNoConnection) || isHandshake(chain))
    return { kind: 'network', processed: 'no', retryable: true, words: `no connection to ${host}: ${why}` }
  if (chain.some(isMistake))
    return { kind: 'usage', processed: 'unknown', retryable: false, words: `"fetch" failed: ${why}` }
  return { kind: 'network', processed: 'unknown', retryable: true, words: `connection lost to ${host}: ${why}` }
}
