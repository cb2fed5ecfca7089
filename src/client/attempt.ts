/**
 * One attempt: sign, send, and wait for the complete answer within a time limit.
 *
 * @module
 */
import { type Operation, signatureNames } from '../core/contract.js'
import { type ErrorFacts, isRongCloudError, messageOf, RongCloudError, redacted } from '../core/error.js'
import { createGuard } from '../core/redact.js'
import { inBrowser, type SignedHeaders } from '../core/signature.js'
import { VERSION } from '../core/version.js'
import { withTimeout } from '../core/wait.js'
import { hostOf } from './failover.js'
import { failureOf } from './failure.js'
import { type Outcome, outcomeOf, readText } from './response.js'

/** What a client needs to send requests. */
export interface Transport {
  /** Makes the headers that sign a request. Keys are lower-case names. */
  readonly sign: () => SignedHeaders
  /** Default: the runtime's `fetch`, looked up for each request. */
  readonly fetch: typeof globalThis.fetch | undefined
}

/** A request before it is signed. Headers are by lower-case name. */
export interface Unsigned {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** A request that is under way. */
export interface Sent {
  /** The headers that sign it. */
  readonly signed: SignedHeaders
  readonly response: Promise<Response>
}

/**
 * Signs a request and sends it.
 *
 * @throws synchronously when the request cannot be signed, or when there is no `fetch`; then nothing was sent
 */
export type Send = (url: string, request: Unsigned) => Sent

/**
 * A body that Deno does not send twice. Deno's `fetch` repeats a request with a text body when the connection breaks after
 * the server has read it. It does not repeat a `Blob`, which it may not be able to read again.
 */
const sendable = (body: string | undefined): string | Blob | undefined =>
  body !== undefined && 'Deno' in globalThis ? new Blob([body]) : body

/** Calls `fetch` without a receiver, as the runtime's requires. An error that it throws becomes a rejection. */
const dispatch = async (fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init)

/** Makes the function that sends all requests of a client, also those of `client.api`. It never follows redirects. */
export function createSend({ sign, fetch: configuredFetch }: Transport): Send {
  const userAgent: Record<string, string> = inBrowser() ? {} : { 'user-agent': `rongcloud-status-message/${VERSION}` }
  return (url, { method, headers, body, signal }) => {
    const signed = sign()
    const fetch = configuredFetch ?? globalThis.fetch
    if (typeof fetch !== 'function') {
      throw new RongCloudError('this runtime has no "fetch": pass one as an option', { kind: 'usage' })
    }
    const all = { ...userAgent, ...headers, ...signed }
    const init: RequestInit = { method, headers: all, body: sendable(body) ?? null, signal, redirect: 'manual' }
    return { signed, response: dispatch(fetch, url, init) }
  }
}

/** One call of an operation, ready to be sent once or several times. */
export interface Call {
  readonly name: string
  readonly operation: Operation
  /** The fields, encoded. */
  readonly body: string
  readonly requestId: string
  /** All headers except the signature's. Keys are lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
}

/** The target of one attempt, and its time limit. */
export interface AttemptTarget {
  readonly baseUrl: string
  /** Milliseconds, the answer's body included. */
  readonly timeout: number
  /** Number of this attempt, from 1. */
  readonly attempts: number
  /** Asks the server to close the connection after the answer. */
  readonly close: boolean
}

/** One attempt, as plain data for logs and metrics. It never contains a secret or a signature. */
export interface AttemptReport {
  /** Name of the operation. */
  readonly operation: string
  /** The call's `X-Request-ID`; all its attempts have the same. */
  readonly requestId: string
  /** Host that was called, with the port if the URL has one. */
  readonly host: string
  /** From 1. */
  readonly attempt: number
  /** Milliseconds that the attempt waited for the rate limit. */
  readonly wait: number
  /** Milliseconds from sending to the complete answer. */
  readonly duration: number
  /** `ok`, or the kind of the error. */
  readonly outcome: 'ok' | RongCloudError['kind']
  /** HTTP status; undefined without an answer. */
  readonly status: number | undefined
  /** The vendor's error code; undefined if the answer had none. */
  readonly code: number | undefined
}

/** The error of an attempt that ended before anything was sent. */
function notSent(cause: unknown, { name, signal }: Call, facts: Partial<ErrorFacts>): RongCloudError {
  if (signal?.aborted)
    return new RongCloudError(`${name}: aborted by the caller`, { ...facts, kind: 'aborted' }, signal.reason)
  const kind = isRongCloudError(cause) ? cause.kind : 'contract'
  return new RongCloudError(`${name}: ${messageOf(cause)}`, { ...facts, kind }, cause)
}

/** The error with the signature masked: a server may echo it, and an error of `fetch` may hold the request. */
function withoutSignature(error: RongCloudError, signed: SignedHeaders): RongCloudError {
  const name = signatureNames.find((name) => name in signed) ?? ''
  return redacted(error, createGuard(signed[name] ?? '', '[signature]').redact)
}

async function exchange(
  sending: Promise<Response>,
  onHead: () => void,
): Promise<readonly [Response, string | undefined]> {
  const response = await sending
  onHead()
  if (typeof response?.status !== 'number')
    throw new TypeError(`must resolve to a Response. Received ${typeof response}`)
  return [response, await readText(response)]
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, send: Send, target: AttemptTarget): Promise<Outcome> {
  const { name, operation, requestId, signal, body } = call
  const facts = { requestId, host: hostOf(target.baseUrl), attempts: target.attempts }
  const controller = new AbortController()
  const headers = target.close ? { ...call.headers, connection: 'close' } : call.headers
  let sent: Sent
  try {
    signal?.throwIfAborted()
    const request = { method: operation.method, headers, body, signal: controller.signal }
    sent = send(target.baseUrl + operation.path, request)
  } catch (cause) {
    return { error: notSent(cause, call, { ...facts, attempts: target.attempts - 1 }) }
  }
  const failed = (error: RongCloudError): Outcome => ({ error: withoutSignature(error, sent.signed) })
  let hasAnswer = false
  const onHead = () => {
    hasAnswer = true
  }
  let isLate = false
  const late = () => {
    isLate = true
    return new Error('late')
  }
  try {
    const [response, text] = await withTimeout(exchange(sent.response, onHead), target.timeout, late, signal)
    const outcome = outcomeOf(name, operation, response, text, facts)
    return outcome.error ? failed(outcome.error) : outcome
  } catch (cause) {
    controller.abort()
    const unknown = { ...facts, processed: 'unknown' } as const
    if (signal?.aborted)
      return failed(
        new RongCloudError(`${name}: aborted by the caller`, { ...unknown, kind: 'aborted' }, signal.reason),
      )
    if (isLate) {
      const message = `${name}: no complete answer within ${Math.round(target.timeout)} ms`
      return failed(new RongCloudError(message, { ...unknown, kind: 'timeout', retryable: true }))
    }
    const { message, ...failure } = failureOf(cause, facts.host, hasAnswer)
    return failed(new RongCloudError(`${name}: ${message}`, { ...facts, ...failure }, cause))
  }
}
