/**
 * One send of a request: sign, send, wait at most so long, and judge the answer.
 *
 * @module
 */
import { FORM, type Operation, type Retry } from './contract.js'
import { type ErrorFacts, RongCloudError } from './errors.js'
import type { SignedHeaders } from './signature.js'

/** One call of an operation, ready to be sent. */
export interface Call {
  readonly name: string
  readonly operation: Operation
  readonly fields: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** Header parameters, the request id among them, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds for the attempt, the answer's body included. */
  readonly timeout: number
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
    this.method = init.method ?? 'GET'
  }
}

/** The ways out of the client. */
export interface Wire {
  readonly host: string
  readonly sign: () => SignedHeaders | Promise<SignedHeaders>
  readonly fetch: typeof globalThis.fetch
  /** openapi-fetch: makes URL and body, reads the answer's text. */
  readonly request: (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>
}

/** The answer of a call that succeeded, or why it did not. */
export type Outcome =
  | { readonly data: object; readonly error?: never }
  | { readonly data?: never; readonly error: RongCloudError }

/** Codes of connections that were never made: Node (also inside `cause`) and Bun. */
const NEVER_MADE =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/

/** True only when the request surely never left: a shape that nobody knows counts as "it may have". */
function neverSent(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown; message?: unknown } }
  return (
    NEVER_MADE.test(String(code ?? cause?.code ?? '')) ||
    // Deno
    String(cause?.message ?? '').includes('client error (Connect)')
  )
}

interface ErrorBody {
  readonly code?: unknown
  readonly errorMessage?: unknown
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What an HTTP status says by itself, where the answer has no code that the contract knows. */
function retryOf(status: number): Retry {
  if (status === 429) return 'after-wait'
  return status >= 400 && status < 500 ? 'never' : 'unknown'
}

/** Success is the HTTP status of the contract and each value that marks a success; all else is an error. */
function judge(call: Call, response: Response, text: unknown, facts: Partial<ErrorFacts>): Outcome {
  const { success, retry: table } = call.operation
  const body = parsed(text)
  const object = (typeof body === 'object' && body !== null ? body : {}) as ErrorBody & Record<string, unknown>
  const { status } = response
  const marks = Object.keys(success.marks)
  const code = typeof object.code === 'number' ? object.code : undefined
  const refused = code !== undefined && table[code] !== undefined
  if (
    status === success.status &&
    body === object &&
    !refused &&
    marks.every((name) => object[name] === success.marks[name])
  ) {
    for (const name of marks) delete object[name]
    return { data: object }
  }
  const retry = (code === undefined ? undefined : table[code]) ?? retryOf(status)
  const redirected = response.type === 'opaqueredirect' || (status >= 300 && status < 400)
  const said = redirected
    ? 'a redirect, which is not followed'
    : typeof object.errorMessage === 'string'
      ? object.errorMessage.slice(0, 200)
      : body === object
        ? 'no error message'
        : text
          ? 'a body that is not a JSON object'
          : 'an empty body'
  const error = new RongCloudError(
    `${call.name}: HTTP ${status}${code === undefined ? '' : `, code ${code}`}: ${said}`,
    {
      ...facts,
      kind: retry === 'after-wait' ? 'rate-limit' : 'api',
      code,
      status,
      sent: retry === 'unknown' ? 'unknown' : 'no',
      retryable: retry !== 'never' && !redirected,
    },
  )
  return { error }
}

/** Sends a call once. Never throws. */
export async function attempt(call: Call, wire: Wire): Promise<Outcome> {
  const { name, operation, signal, timeout, requestId } = call
  const controller = new AbortController()
  const end = () => controller.abort()
  let [late, dispatched] = [false, false]
  const timer = setTimeout(() => {
    late = true
    end()
  }, timeout)
  signal?.addEventListener('abort', end, { once: true })
  const facts = () => ({ requestId, host: wire.host, attempts: dispatched ? 1 : 0 })
  const send = async ({ url, init }: LightRequest): Promise<Response> => {
    const signing = wire.sign()
    // Awaited only where it must be: a turn of the event loop less.
    const signed = typeof signing.then === 'function' ? await signing : (signing as SignedHeaders)
    if (signal?.aborted) throw signal.reason
    dispatched = true
    return wire.fetch(url, { ...init, headers: { ...call.headers, 'content-type': FORM, ...signed } })
  }
  try {
    if (signal?.aborted) throw signal.reason
    const { data, error, response } = await wire.request(operation.method, operation.path, {
      body: call.fields,
      signal: controller.signal,
      parseAs: 'text',
      Request: LightRequest,
      fetch: send,
    })
    return judge(call, response, data ?? error, facts())
  } catch (cause) {
    if (signal?.aborted) {
      const sent = dispatched ? 'unknown' : 'no'
      return {
        error: new RongCloudError(
          `${name}: aborted by the caller`,
          { ...facts(), kind: 'aborted', sent },
          signal.reason,
        ),
      }
    }
    if (late) {
      const message = `${name}: no whole answer within ${timeout} ms`
      return {
        error: new RongCloudError(message, { ...facts(), kind: 'timeout', sent: 'unknown', retryable: true }, cause),
      }
    }
    if (!dispatched) {
      return {
        error: new RongCloudError(`${name}: ${(cause as Error).message}`, { ...facts(), kind: 'contract' }, cause),
      }
    }
    const sent = neverSent(cause) ? 'no' : 'unknown'
    const message = `${name}: ${sent === 'no' ? 'no connection to' : 'connection lost to'} ${wire.host}`
    return { error: new RongCloudError(message, { ...facts(), kind: 'network', sent, retryable: true }, cause) }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}
