/**
 * The mock as MSW handlers, for MSW 2 and 3, in Node and in browsers.
 *
 * @module
 */
import { HttpResponse, http, type RequestHandler } from 'msw'
import { servers } from '../core/contract.js'
import type { MockApi } from './mock-api.js'
import { textOf } from './request.js'

/** Where the handlers listen. */
export interface HandlersOptions {
  /** Base URLs besides the vendor's hosts, such as your proxy's; of those hosts, what is below the URL. Default: none. */
  readonly baseUrl?: string | readonly string[]
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Any URL on the host, by either protocol and on any port, also with the dot that ends a full name. */
function everythingOn(url: string): RegExp {
  const { hostname } = new URL(url)
  return new RegExp(`^https?://${escaped(hostname)}\\.?(:\\d+)?(/|$)`, 'i')
}

/** Any URL below a base URL: what else is on that host is not the mock's. */
function everythingBelow(url: string): RegExp {
  const { origin, pathname } = new URL(url)
  return new RegExp(`^${escaped(origin + pathname.replace(/\/+$/, ''))}([/?]|$)`, 'i')
}

/**
 * Handlers for all hosts of the contract.
 *
 * They take whatever goes to such a host, known path or not, so that no request leaves the machine: MSW itself lets an
 * unmatched path that ends in `.json` through to the network, even under `'error'`. Handlers that you want to come
 * before must stand in front, or be added with `use()`.
 *
 * @throws TypeError for a base URL that is none
 */
export function handlers(api: Pick<MockApi, 'handle'>, options: HandlersOptions = {}): RequestHandler[] {
  const own = [options.baseUrl ?? []].flat()
  for (const url of own) {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) continue
    throw new TypeError(`"baseUrl" must be an absolute http or https URL. Received ${JSON.stringify(url)}`)
  }
  const hosts = servers.map(({ url }) => url)
  return [...new Set([...hosts, ...own])].map((url) => {
    const base = new URL(url).pathname.replace(/\/$/, '')
    return http.all(hosts.includes(url) ? everythingOn(url) : everythingBelow(url), async ({ request }) => {
      const { pathname, search } = new URL(request.url)
      const path = (pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname) + search
      const headers = Object.fromEntries(request.headers)
      const body = textOf(new Uint8Array(await request.arrayBuffer()))
      const out = api.handle({ method: request.method, path, headers, body })
      return new HttpResponse(out.body || null, { status: out.status, headers: out.headers })
    })
  })
}

/**
 * For `listen()` and `start()`: whatever no handler takes is an error. One object for MSW 2 (`onUnhandledRequest`) and
 * MSW 3 (`onUnhandledFrame`).
 */
export const listenOptions: {
  /** For MSW 2. */
  readonly onUnhandledRequest: 'error'
  /** For MSW 3. */
  readonly onUnhandledFrame: 'error'
} = {
  onUnhandledRequest: 'error',
  onUnhandledFrame: 'error',
}
