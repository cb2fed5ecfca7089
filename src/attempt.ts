/**
 * One attempt: sign, send, and wait at most so long for the whole answer.
 *
 * @module
 */
import { FORM, type Operation } from './contract.js'
import { RongCloudError } from './errors.js'
import { hostOf } from './hosts.js'
import { judge, neverSent, type Outcome } from './judge.js'
import type { SignedHeaders } from './signature.js'

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

/** Sends a call once. Never throws. */
export async function attempt(call: Call, wire: Wire, { baseUrl, timeout, attempts, close }: Aim): Promise<Outcome> {
  const { name, operation, signal, requestId } = call
  const controller = new AbortController()
  const end = () => controller.abort()
  let late = false
  let dispatched = false
  const timer = setTimeout(() => {
    late = true
    end()
  }, timeout)
  signal?.addEventListener('abort', end)
  const host = hostOf(baseUrl)
  const facts = () => ({ requestId, host, attempts: dispatched ? attempts : attempts - 1 })
  const send = async ({ url, init }: LightRequest): Promise<Response> => {
    const signing = wire.sign()
    // Awaited only where it must be: a turn of the event loop less.
    const signed = typeof signing.then === 'function' ? await signing : (signing as SignedHeaders)
    controller.signal.throwIfAborted()
    const headers: Record<string, string> = { ...call.headers, 'content-type': FORM }
    for (const header of Object.keys(signed)) headers[header.toLowerCase()] = signed[header] as string
    dispatched = true
    if (close) headers['connection'] = 'close'
    return wire.fetch(url, { ...init, headers })
  }
  try {
    signal?.throwIfAborted()
    const { data, error, response } = await wire.request(operation.method, operation.path, {
      baseUrl,
      body: call.fields,
      signal: controller.signal,
      parseAs: 'text',
      Request: LightRequest,
      fetch: send,
    })
    return judge(name, operation, response, data ?? error, facts())
  } catch (cause) {
    const sent = dispatched ? 'unknown' : 'no'
    const failed = (words: string, kind: RongCloudError['kind'], more: object, why: unknown = cause) => ({
      error: new RongCloudError(`${name}: ${words}`, { ...facts(), kind, sent, ...more }, why),
    })
    if (signal?.aborted) return failed('aborted by the caller', 'aborted', {}, signal.reason)
    if (late) return failed(`no whole answer within ${Math.round(timeout)} ms`, 'timeout', { retryable: true })
    if (!dispatched) return failed((cause as Error).message, 'contract', {})
    if (neverSent(cause)) return failed(`no connection to ${host}`, 'network', { sent: 'no', retryable: true })
    return failed(`connection lost to ${host}`, 'network', { retryable: true })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}
