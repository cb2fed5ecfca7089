/**
 * The mock as MSW handlers, for MSW 2 and 3, in Node and in browsers.
 *
 * @module
 */
import { HttpResponse, http, type RequestHandler } from 'msw'
import { servers } from '../core/contract.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { bodyOf, headersOf, waitFor } from './faults.js'
import type { MockApi } from './mock-api.js'
import { pathBelowLongest, withoutDot } from './path-below.js'
import { mustBeMock, textOf } from './request.js'

/** Options of `handlers`. */
export interface HandlersOptions {
  /** More base URLs to handle besides the vendor's hosts, such as your proxy's. Only requests below such a URL are handled. Default: none. */
  readonly baseUrl?: string | readonly string[] | undefined
}

const HANDLERS_OPTIONS: OptionNames<HandlersOptions> = { baseUrl: true }

const VENDOR_HOSTS: ReadonlySet<string> = new Set(servers.map(({ url }) => new URL(url).hostname))

/** @throws TypeError for a wrong base URL */
function parseBaseUrls(baseUrl: HandlersOptions['baseUrl']): URL[] {
  return [baseUrl ?? []].flat().map((url) => {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url)
    throw new TypeError(`"baseUrl" must be an absolute http or https URL. Received ${JSON.stringify(url)}`)
  })
}

/**
 * Where a request may go: to its URL, or to the host of its `Host` header. For a path that begins with `//`, MSW takes the
 * first part of the path as the host.
 */
function targetsOf({ url, headers }: Request): URL[] {
  const given = new URL(url)
  const { protocol, host, pathname, search } = given
  const named = `${protocol}//${headers.get('host')}`
  if (!URL.canParse(named) || new URL(named).host === host) return [given]
  return [given, new URL(`${named}//${host}${pathname}${search}`)]
}

/** The path of a URL on a host of the contract, or below the longest of the base URLs; undefined for others. */
function pathOn({ origin, hostname, pathname }: URL, bases: readonly URL[]): string | undefined {
  const onHost = bases.filter((base) => withoutDot(base.origin) === withoutDot(origin))
  return pathBelowLongest(onHost, pathname) ?? (VENDOR_HOSTS.has(withoutDot(hostname)) ? pathname : undefined)
}

/** Path and query of a request, without the base path; undefined when it goes elsewhere. */
function requestPath(request: Request, bases: readonly URL[]): string | undefined {
  for (const target of targetsOf(request)) {
    const path = pathOn(target, bases)
    if (path !== undefined) return path + target.search
  }
  return undefined
}

/**
 * Makes the handlers for all hosts of the contract.
 *
 * They answer every request to such a host, also for unknown paths, so that no request leaves the machine. MSW itself sends
 * an unmatched path that ends in `.json` to the network, even under `'error'`. Your own handlers take precedence if they come
 * first in the list, or if you add them with `use()`.
 *
 * @throws TypeError for a wrong base URL
 */
export function handlers(api: Pick<MockApi, 'handle'>, options: HandlersOptions = {}): RequestHandler[] {
  mustBeMock(api)
  checkOptions(options, HANDLERS_OPTIONS, 'the handlers')
  const bases = parseBaseUrls(options.baseUrl)
  const handler = http.all(/^https?:/, async ({ request }) => {
    const headers = Object.fromEntries(request.headers)
    const body = textOf(new Uint8Array(await request.arrayBuffer()))
    const path = requestPath(request, bases) ?? request.url
    const out = api.handle({ method: request.method, path, headers, body })
    const isGone = await Promise.resolve(waitFor(out, request.signal)).then(
      () => false,
      () => true,
    )
    // MSW itself gives the reason to a caller that has aborted.
    if (isGone || out.fault === 'reset') return HttpResponse.error()
    return new HttpResponse(bodyOf(out), { status: out.status, headers: headersOf(out) })
  })
  // A URL pattern cannot see the `Host` header.
  handler.predicate = async ({ request }) => requestPath(request, bases) !== undefined
  return [handler]
}

/**
 * For `listen()` and `start()`: a request without a handler is an error. One object for MSW 2 (`onUnhandledRequest`) and
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
