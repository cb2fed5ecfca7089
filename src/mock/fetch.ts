/**
 * The mock as a `fetch` function: no network, no interception, any host.
 *
 * @module
 */

import { isRecord } from '../core/record.js'
import { bodyOf, connectionLost, headersOf, waitFor } from './faults.js'
import { type PlainRequest, textOf } from './request.js'
import type { PlainAnswer } from './response.js'

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
const VALUE = /^[\t\x20-\x7e]*$/

/** Whether a value is a `Headers`, possibly of another copy of undici, and not an object with a header of that name. */
const isHeaders = (headers: HeadersInit | undefined): headers is Headers =>
  isRecord(headers) && typeof headers['append'] === 'function'

/** The headers of a request as an object, by lower-case name. `Headers` takes longer, so plain names and values do without. */
function plainHeaders(headers: HeadersInit | undefined): Record<string, string> {
  // Read as it is: where MSW listens, a copy of the headers of a `Request` lacks all that the caller gave.
  if (isHeaders(headers)) return Object.fromEntries(headers)
  if (!isRecord(headers) || Symbol.iterator in headers) return Object.fromEntries(new Headers(headers))
  const plain: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const value = String(headers[name])
    const key = name.toLowerCase()
    // `Headers` joins a header that comes twice, and throws the runtime's own error for invalid names and values.
    const isPlain = NAME.test(name) && VALUE.test(value) && !(key in plain)
    if (!isPlain) return Object.fromEntries(new Headers(headers))
    plain[key] = value.trim()
  }
  return plain
}

/** Path and query of an absolute URL. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** Whether a value is a `Request`, possibly of another copy of undici. */
const isRequest = (input: unknown): input is Request => isRecord(input) && 'url' in input && 'arrayBuffer' in input

/** Makes a `Request` of this runtime, also from one of another copy of undici. */
async function toRequest(input: string | URL | Request, init: RequestInit | undefined): Promise<Request> {
  const isNative: boolean = input instanceof Request
  if (isNative || !isRequest(input)) return new Request(input, init)
  const { url, method, signal } = input
  const body = input.body ? await input.arrayBuffer() : null
  return new Request(url, { method, signal, headers: [...input.headers], body, ...init })
}

/** Makes a `fetch` function that the mock answers. It honours `signal`. */
export function createFetch(handle: (request: PlainRequest) => PlainAnswer): typeof globalThis.fetch {
  return async (input, init) => {
    // For a POST with a text body, no `Request` is made, because it would take longer than the answer.
    const plain = !isRequest(input) && init?.method?.toUpperCase() === 'POST' && typeof (init.body ?? '') === 'string'
    const request = plain ? undefined : await toRequest(input, init)
    const signal = request?.signal ?? init?.signal
    signal?.throwIfAborted()
    const headers = request ? plainHeaders(request.headers) : plainHeaders(init?.headers)
    if (plain && typeof init?.body === 'string') headers['content-type'] ??= 'text/plain;charset=UTF-8'
    const body = request
      ? textOf(new Uint8Array(await request.arrayBuffer()))
      : ((init?.body as string | null | undefined) ?? '')
    signal?.throwIfAborted()
    const url = request?.url ?? String(input)
    const out = handle({ method: request?.method ?? 'POST', path: pathOf(url), headers, body })
    await waitFor(out, signal)
    if (out.fault === 'reset') throw connectionLost()
    return new Response(bodyOf(out), { status: out.status, headers: headersOf(out) })
  }
}
