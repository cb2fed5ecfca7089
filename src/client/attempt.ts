/**
 * One attempt: sign, send, and wait at most so long for the whole answer.
 *
 * @module
 */
import { FORM, type Operation } from '../core/contract.js'
import { type ErrorFacts, messageOf, RongCloudError } from '../core/error.js'
import type { SignedHeaders } from '../core/signature.js'
import { hostOf } from './failover.js'
import { judge, neverSent, type Outcome } from './response.js'

/** One call of an operation, ready to be sent. */
export interface Call {
  readonly name: string
  readonly operation: Operation
  readonly fields: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** Header parameters, the request id among them, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
}

/** What openapi-fetch gives its `fetch`: without `Request`, which costs as much as the rest of the call. */
export class LightRequest {
  readonly url: string
  readonly init: RequestInit
  readonly method: string

  constructor(url: string, init: RequestInit) {
    this.url = url
    this.init = init
    // openapi-fetch always names it.
    this.method = init.method as string
  }
}

/** The way out of the client. */
export interface Wire {
  /** Makes the headers that sign a call, by lower-case name. */
  readonly sign: () => SignedHeaders | Promise<SignedHeaders>
  readonly fetch: typeof globalThis.fetch
  /** openapi-fetch: makes URL and body, reads the answer's text. */
  readonly request: (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>
}

/** Where and for how long an attempt goes. */
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

/** How far an attempt has come. */
interface Progress {
  /** It was handed to `fetch`. */
  dispatched: boolean
  /** Its time was up. */
  late: boolean
}

const factsOf = ({ requestId }: Call, { baseUrl, attempts }: Aim, { dispatched }: Progress) => ({
  requestId,
  host: hostOf(baseUrl),
  attempts: dispatched ? attempts : attempts - 1,
})

/** Signs the request and hands it to `fetch`. */
async function dispatch(
  { url, init }: LightRequest,
  call: Call,
  wire: Wire,
  close: boolean,
  progress: Progress,
): Promise<Response> {
  const signing = wire.sign()
  // Awaited only where it must be: a turn of the event loop less.
  const signed = typeof signing.then === 'function' ? await signing : (signing as SignedHeaders)
  init.signal?.throwIfAborted()
  const headers: Record<string, string> = { ...signed, 'content-type': FORM }
  for (const name in call.headers) {
    if (!Object.hasOwn(headers, name)) headers[name] = call.headers[name] as string
  }
  progress.dispatched = true
  if (close) headers['connection'] = 'close'
  return wire.fetch(url, Object.assign(init, { headers }))
}

/** What became of an attempt without an answer. */
function failure(cause: unknown, call: Call, aim: Aim, progress: Progress): RongCloudError {
  const { signal, name } = call
  const facts = { ...factsOf(call, aim, progress), sent: progress.dispatched ? 'unknown' : 'no' } as const
  const failed = (words: string, kind: RongCloudError['kind'], more: Partial<ErrorFacts>, why: unknown = cause) =>
    new RongCloudError(`${name}: ${words}`, { kind, ...facts, ...more }, why)
  if (signal?.aborted) return failed('aborted by the caller', 'aborted', {}, signal.reason)
  if (progress.late)
    return failed(`no whole answer within ${Math.round(aim.timeout)} ms`, 'timeout', { retryable: true })
  if (!progress.dispatched) return failed(messageOf(cause), 'contract', {})
  if (neverSent(cause)) return failed(`no connection to ${facts.host}`, 'network', { sent: 'no', retryable: true })
  return failed(`connection lost to ${facts.host}`, 'network', { retryable: true })
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, wire: Wire, aim: Aim): Promise<Outcome> {
  const { name, operation, signal } = call
  const controller = new AbortController()
  const end = () => controller.abort()
  const progress: Progress = { dispatched: false, late: false }
  const timer = setTimeout(() => {
    progress.late = true
    end()
  }, aim.timeout)
  signal?.addEventListener('abort', end)
  try {
    signal?.throwIfAborted()
    const { data, error, response } = await wire.request(operation.method, operation.path, {
      baseUrl: aim.baseUrl,
      body: call.fields,
      signal: controller.signal,
      parseAs: 'text',
      Request: LightRequest,
      fetch: (request: LightRequest) => dispatch(request, call, wire, aim.close, progress),
    })
    return judge(name, operation, response, data ?? error, factsOf(call, aim, progress))
  } catch (cause) {
    return { error: failure(cause, call, aim, progress) }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}
