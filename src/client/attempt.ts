/**
 * One attempt: sign, send, and wait no longer than its time limit for the whole answer.
 *
 * @module
 */
import type { Operation } from '../core/contract.js'
import { type ErrorFacts, isRongCloudError, messageOf, RongCloudError } from '../core/error.js'
import { inBrowser, type SignedHeaders } from '../core/signature.js'
import { VERSION } from '../core/version.js'
import { withTimeout } from '../rate-limit/wait.js'
import { hostOf } from './failover.js'
import { failureOf } from './failure.js'
import { type Outcome, outcomeOf, readText } from './response.js'

/** How requests leave a client. */
export interface Transport {
  /** Makes the headers that sign a request, by lower-case name. */
  readonly sign: () => SignedHeaders
  /** Default: the runtime's, looked up for each request. */
  readonly fetch: typeof globalThis.fetch | undefined
}

/** A request before it is signed. Headers are by lower-case name. */
export interface Unsigned {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/**
 * Signs a request and sends it.
 *
 * @throws at once when the request cannot be signed, or when there is no `fetch`: then nothing was sent
 */
export type Send = (url: string, request: Unsigned) => Promise<Response>

/**
 * Deno's `fetch` sends a text again by itself when the connection breaks after the server has read the request. It does
 * not do so with a `Blob`, which it cannot be sure to read twice.
 */
const sendable = (body: string | undefined): string | Blob | undefined =>
  body !== undefined && 'Deno' in globalThis ? new Blob([body]) : body

/** `fetch` of the runtime must have no receiver but its own; what it throws at once counts as rejected. */
const dispatch = async (fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init)

/** The one way out of a client, used by its methods and by `client.api`. Redirects are never followed. */
export function createSend({ sign, fetch: given }: Transport): Send {
  const own: Record<string, string> = inBrowser() ? {} : { 'user-agent': `rongcloud-status-message/${VERSION}` }
  return (url, { headers, body, ...init }) => {
    const signed = { ...own, ...headers, ...sign() }
    const fetch = given ?? globalThis.fetch
    if (typeof fetch !== 'function') {
      throw new RongCloudError('there is no "fetch" on this runtime: give one as an option', { kind: 'usage' })
    }
    return dispatch(fetch, url, { ...init, redirect: 'manual', headers: signed, body: sendable(body) ?? null })
  }
}

/** One call of an operation, ready to be sent as often as it must be. */
export interface Call {
  readonly name: string
  readonly operation: Operation
  /** The fields, encoded. */
  readonly body: string
  readonly requestId: string
  /** All headers but those of the signature, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
}

/** Where an attempt goes, and for how long. */
export interface Aim {
  readonly baseUrl: string
  /** Milliseconds, the answer's body included. */
  readonly timeout: number
  /** Number of this attempt, from 1. */
  readonly attempts: number
  /** Asks for the connection to be closed behind it. */
  readonly close: boolean
}

/** One attempt, as plain data for logs and metrics. It never holds a secret or a signature. */
export interface AttemptReport {
  /** Name of the operation. */
  readonly operation: string
  /** The call's `X-Request-ID`; all its attempts have the same. */
  readonly requestId: string
  /** Host that was called, with the port where the URL has one. */
  readonly host: string
  /** From 1. */
  readonly attempt: number
  /** Milliseconds in line for the rate limit before it. */
  readonly wait: number
  /** Milliseconds from sending to the whole answer. */
  readonly duration: number
  /** `ok`, or the kind of the error. */
  readonly outcome: 'ok' | RongCloudError['kind']
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** The vendor's code, where the answer had one. */
  readonly code: number | undefined
}

/** The error of a call that ended before anything was sent. */
function notSent(cause: unknown, { name, signal }: Call, facts: Partial<ErrorFacts>): RongCloudError {
  if (signal?.aborted)
    return new RongCloudError(`${name}: aborted by the caller`, { ...facts, kind: 'aborted' }, signal.reason)
  const kind = isRongCloudError(cause) ? cause.kind : 'contract'
  return new RongCloudError(`${name}: ${messageOf(cause)}`, { ...facts, kind }, cause)
}

async function exchange(sending: Promise<Response>): Promise<readonly [Response, string | undefined]> {
  const response = await sending
  return [response, await readText(response)]
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, send: Send, aim: Aim): Promise<Outcome> {
  const { name, operation, requestId, signal, body } = call
  const facts = { requestId, host: hostOf(aim.baseUrl), attempts: aim.attempts }
  const controller = new AbortController()
  const headers = aim.close ? { ...call.headers, connection: 'close' } : call.headers
  let sending: Promise<Response>
  try {
    signal?.throwIfAborted()
    const request = { method: operation.method, headers, body, signal: controller.signal }
    sending = send(aim.baseUrl + operation.path, request)
  } catch (cause) {
    return { error: notSent(cause, call, { ...facts, attempts: aim.attempts - 1 }) }
  }
  let isLate = false
  const late = () => {
    isLate = true
    return new Error('late')
  }
  try {
    const [response, text] = await withTimeout(exchange(sending), aim.timeout, late, signal)
    return outcomeOf(name, operation, response, text, facts)
  } catch (cause) {
    controller.abort()
    const sent = { ...facts, processed: 'unknown' } as const
    if (signal?.aborted)
      return {
        error: new RongCloudError(`${name}: aborted by the caller`, { ...sent, kind: 'aborted' }, signal.reason),
      }
    if (isLate) {
      const words = `${name}: no whole answer within ${Math.round(aim.timeout)} ms`
      return { error: new RongCloudError(words, { ...sent, kind: 'timeout', retryable: true }) }
    }
    const { words, ...failure } = failureOf(cause, facts.host)
    return { error: new RongCloudError(`${name}: ${words}`, { ...facts, ...failure }, cause) }
  }
}
