/**
 * The mock as MSW handlers, for MSW 2 and 3, in Node and in browsers.
 *
 * @module
 */
import { HttpResponse, http, type RequestHandler } from 'msw'
import { servers } from '../core/contract.js'
import { bodyOf, waitFor } from './faults.js'
import type { MockApi } from './mock-api.js'
import { textOf } from './request.js'

/** Where the handlers listen. */
export interface HandlersOptions {
  /** Base URLs besides the vendor's hosts, such as your proxy's; of those hosts, what is below the URL. Default: none. */
  readonly baseUrl?: string | readonly string[]
}

/** Name of a host, without the dot that may end a full name. */
const nameOf = (hostname: string) => hostname.toLowerCase().replace(/\.$/, '')

const VENDOR_HOSTS: ReadonlySet<string> = new Set(servers.map(({ url }) => new URL(url).hostname))

/** Path of a base URL, without the slash at its end. */
const basePathOf = (url: URL) => url.pathname.replace(/\/+$/, '')

/** @throws TypeError for a base URL that is none */
function baseUrlsOf(baseUrl: HandlersOptions['baseUrl']): URL[] {
  return [baseUrl ?? []].flat().map((url) => {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url)
    throw new TypeError(`"baseUrl" must be an absolute http or https URL. Received ${JSON.stringify(url)}`)
  })
}

/**
 * The host that a request goes to. Of a path that begins with `//`, MSW takes the first part for the host: the header has
 * the right one.
 */
const hostOf = (url: URL, headers: Headers) => nameOf((headers.get('host') ?? url.host).replace(/:\d+$/, ''))

/** The path of a request, below the base path. */
function pathOf(url: URL, headers: Headers, bases: readonly URL[]): string {
  const { pathname, search, host, hostname } = url
  if (hostOf(url, headers) !== nameOf(hostname)) return `//${host}${pathname}${search}`
  const base = bases.find((one) => isBelow(url, one))
  return (base ? pathname.slice(basePathOf(base).length) : pathname) + search
}

function isBelow({ origin, pathname }: URL, base: URL): boolean {
  const path = basePathOf(base)
  return origin === base.origin && (pathname === path || pathname.startsWith(`${path}/`))
}

/**
 * A handler for all hosts of the contract.
 *
 * It takes whatever goes to such a host, known path or not, so that no request leaves the machine: MSW itself lets an
 * unmatched path that ends in `.json` through to the network, even under `'error'`. Handlers that you want to come
 * before must stand in front, or be added with `use()`.
 *
 * @throws TypeError for a base URL that is none
 */
export function handlers(api: Pick<MockApi, 'handle'>, options: HandlersOptions = {}): RequestHandler[] {
  const bases = baseUrlsOf(options.baseUrl)
  const handler = http.all(/^https?:/, async ({ request }) => {
    const headers = Object.fromEntries(request.headers)
    const body = textOf(new Uint8Array(await request.arrayBuffer()))
    const path = pathOf(new URL(request.url), request.headers, bases)
    const out = api.handle({ method: request.method, path, headers, body })
    const isGone = await Promise.resolve(waitFor(out, request.signal)).then(
      () => false,
      () => true,
    )
    // Of a caller that has given up, MSW itself tells the reason.
    if (isGone || out.fault === 'reset') return HttpResponse.error()
    return new HttpResponse(bodyOf(out), { status: out.status, headers: out.headers })
  })
  // A pattern for URLs cannot see the header `host`.
  handler.predicate = async ({ request }) => {
    const url = new URL(request.url)
    return VENDOR_HOSTS.has(hostOf(url, request.headers)) || bases.some((base) => isBelow(url, base))
  }
  return [handler]
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
