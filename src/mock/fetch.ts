/**
 * The mock as a `fetch`: no interception, no network, whatever the host.
 *
 * @module
 */

import { isRecord } from '../core/record.js'
import { bodyOf, connectionLost, waitFor } from './faults.js'
import { type PlainRequest, textOf } from './request.js'
import type { PlainAnswer } from './response.js'

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/
const VALUE = /^[\t\x20-\x7e]*$/

/** Headers of the request in plain form, by lower-case name. */
function plainHeaders(given: HeadersInit | undefined): Record<string, string> {
  if (!isRecord(given) || Symbol.iterator in given) return Object.fromEntries(new Headers(given))
  const plain: Record<string, string> = {}
  for (const name of Object.keys(given)) {
    const value = String(given[name]).trim()
    // The runtime refuses what no header may hold.
    if (!NAME.test(name) || !VALUE.test(value)) return Object.fromEntries(new Headers(given))
    plain[name.toLowerCase()] = value
  }
  return plain
}

/** Path and query of an absolute URL. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** A `Request`, also one of another copy of undici. */
const isRequest = (input: unknown): input is Request =>
  typeof input === 'object' && input !== null && 'url' in input && 'arrayBuffer' in input

/** A request of this runtime. */
async function ownRequest(input: string | URL | Request, init: RequestInit | undefined): Promise<Request> {
  const isOwn: boolean = input instanceof Request
  if (isOwn || !isRequest(input)) return new Request(input, init)
  const { url, method, signal } = input
  const body = input.body ? await input.arrayBuffer() : null
  return new Request(url, { method, signal, headers: [...input.headers], body, ...init })
}

/** The mock in the shape of the runtime's `fetch`. Honours `signal`. */
export function createFetch(handle: (request: PlainRequest) => PlainAnswer): typeof globalThis.fetch {
  return async (input, init) => {
    // A URL and a text need no `Request`, which would cost more than the answer.
    const plain = !isRequest(input) && init?.method?.toUpperCase() === 'POST' && typeof (init.body ?? '') === 'string'
    const request = plain ? undefined : await ownRequest(input, init)
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
    return new Response(bodyOf(out), { status: out.status, headers: out.headers })
  }
}
