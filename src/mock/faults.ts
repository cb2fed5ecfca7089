/**
 * Delays and breaks answers in the same way for `fetch`, MSW and HTTP.
 *
 * @module
 */
/**
 * How an answer is broken.
 *
 * - `hang`: no answer until the caller gives up, the mock is reset or the server closes.
 * - `reset`: the connection breaks before the answer.
 * - `truncate`: status, headers and half of the body, then the connection breaks.
 * - `garbage`: HTTP 200 with HTML in place of JSON.
 */
export type Fault = 'hang' | 'reset' | 'truncate' | 'garbage'

/** The names of the faults. */
export const FAULTS: readonly Fault[] = ['hang', 'reset', 'truncate', 'garbage']

type AnswerHeaders = Readonly<Record<string, string>>

/** What of an answer says that it is late or broken. */
interface Faulty {
  readonly body: string
  readonly delay?: number
  readonly fault?: Fault
  /** Ends an answer that hangs. */
  readonly ended?: AbortSignal
}

/** An error page such as a proxy in front of the API would send. */
export const GARBAGE: { readonly status: number; readonly headers: AnswerHeaders } & Faulty = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>',
  fault: 'garbage',
}

/** The first half of a body: the part of a truncated answer that arrives. */
export const halfOf = (body: string): string => body.slice(0, Math.ceil(body.length / 2))

/** The length in bytes that a truncated answer announces. It is longer than what arrives, also for a body of one character or none. */
export const announcedLength = (body: string): number =>
  new TextEncoder().encode(body).length + (halfOf(body) === body ? 1 : 0)

/**
 * Waits for the delay of an answer. An answer that hangs is waited for until the caller gives up or the mock is reset.
 *
 * @throws the reason of the signal; an error of the connection after a reset
 */
export function waitFor(
  { delay = 0, fault, ended }: Faulty,
  signal: AbortSignal | null | undefined,
): Promise<void> | void {
  if (delay === 0 && fault !== 'hang') return
  return new Promise((resolve, reject) => {
    const timer = fault === 'hang' ? undefined : setTimeout(end, delay)
    function end(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      ended?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else if (ended?.aborted) reject(connectionLost())
      else resolve()
    }
    if (signal?.aborted || ended?.aborted) return end()
    signal?.addEventListener('abort', end)
    ended?.addEventListener('abort', end)
  })
}

/** The error that `fetch` rejects with when a connection breaks. */
export function connectionLost(): TypeError {
  const cause = Object.assign(new Error('the mock broke the connection'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

/** The body for a `Response`. For a truncated answer, it is a stream that fails after the first half. */
export function bodyOf({ body, fault }: Faulty): string | ReadableStream<Uint8Array> | null {
  if (fault !== 'truncate') return body || null
  const start = new TextEncoder().encode(halfOf(body))
  let isSent = false
  return new ReadableStream({
    async pull(controller) {
      if (!isSent) {
        isSent = true
        return controller.enqueue(start)
      }
      // MSW 3 drops status and headers when the stream fails at once.
      await new Promise((resolve) => setTimeout(resolve, 0))
      controller.error(connectionLost())
    },
  })
}

/** The headers for a `Response`. A truncated answer announces its whole length, as on a real connection. */
export const headersOf = ({ headers, body, fault }: Faulty & { readonly headers: AnswerHeaders }): AnswerHeaders =>
  fault === 'truncate' ? { ...headers, 'content-length': String(announcedLength(body)) } : headers
