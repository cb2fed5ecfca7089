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
import { pathBelow } from './path-below.js'
import { mustBeMock, textOf } from './request.js'

/** Options of `handlers`. */
export interface HandlersOptions {
  /** More base URLs to handle besides the vendor's hosts, such as your proxy's. Only requests below such a URL are handled. Default: none. */
  readonly baseUrl?: string | readonly string[] | undefined
}

const HANDLERS_OPTIONS: OptionNames<HandlersOptions> = { baseUrl: true }

/** A host name in lower case, without a dot at its end. */
const normalizedHost = (hostname: string) => hostname.toLowerCase().replace(/\.$/, '')

const VENDOR_HOSTS: ReadonlySet<string> = new Set(servers.map(({ url }) => new URL(url).hostname))

/** @throws TypeError for a wrong base URL */
function parseBaseUrls(baseUrl: HandlersOptions['baseUrl']): URL[] {
  return [baseUrl ?? []].flat().map((url) => {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url)
    throw new TypeError(`"baseUrl" must be an absolute http or https URL. Received ${JSON.stringify(url)}`)
  })
}

/**
 * The host that a request goes to. For a path that begins with `//`, MSW takes the first part of the path as the host, so
 * the `Host` header is used.
 */
const requestHost = (url: URL, headers: Headers) =>
  normalizedHost((headers.get('host') ?? url.host).replace(/:\d+$/, ''))

/** Path and query of a request, without the base path. */
function requestPath(url: URL, headers: Headers, bases: readonly URL[]): string {
  const { pathname, search, host, hostname } = url
  if (requestHost(url, headers) !== normalizedHost(hostname)) return `//${host}${pathname}${search}`
  return (pathBelowBases(url, bases) ?? pathname) + search
}

/** The path of a URL below the longest of the base URLs that it is below; undefined when it is below none. */
function pathBelowBases({ origin, pathname }: URL, bases: readonly URL[]): string | undefined {
  const onHost = bases.filter((base) => base.origin === origin)
  const paths = onHost.flatMap((base) => pathBelow(base.pathname, pathname) ?? [])
  return paths.sort((a, b) => a.length - b.length)[0]
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
    const path = requestPath(new URL(request.url), request.headers, bases)
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
  handler.predicate = async ({ request }) => {
    const url = new URL(request.url)
    return VENDOR_HOSTS.has(requestHost(url, request.headers)) || pathBelowBases(url, bases) !== undefined
  }
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
