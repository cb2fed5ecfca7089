/**
 * Modules that the playground's script leaves out.
 *
 * @module
 */

/** A module of a package, and the code in its place. */
export interface ModuleStub {
  readonly path: RegExp
  readonly contents: string
}

/**
 * Modules of MSW and its dependencies that the page never uses: cookies, path patterns, status texts, logs, and the
 * patching of `fetch` and `XMLHttpRequest`.
 */
export const MODULE_STUBS: readonly ModuleStub[] = [
  {
    path: /\/msw\/lib\/core\/utils\/cookieStore\.mjs$/,
    contents: 'export const cookieStore = { getCookies: () => [] }',
  },
  { path: /\/msw\/lib\/shims\/cookie\.mjs$/, contents: 'export const parse = () => ({}), serialize = () => ""' },
  { path: /\/msw\/lib\/shims\/statuses\.mjs$/, contents: 'export default { message: {} }' },
  {
    path: /\/msw\/lib\/core\/utils\/logging\/.*\.mjs$/,
    contents:
      'export const getStatusCodeColor = String, getTimestamp = String, serializeRequest = String, serializeResponse = String',
  },
  {
    path: /\/path-to-regexp\/.*\.js$/,
    contents: 'export const match = (pattern) => (url) => pattern.test(url) && { params: {} }',
  },
  // MSW uses one class of the interceptors, that of its answers; here it knows the statuses that a contract may have.
  {
    path: /\/@mswjs\/interceptors\/lib\/browser\/index\.mjs$/,
    contents: `export class FetchResponse extends Response {
      constructor(body, init) {
        super([204, 205, 304].includes(init.status) ? null : body, init)
      }
    }
    export class BatchInterceptor {}
    export const createRequestId = () => crypto.randomUUID(), getCleanUrl = String, resolveWebSocketUrl = String`,
  },
  {
    path: /\/headers-polyfill\/.*\.mjs$/,
    contents: 'export const Headers = globalThis.Headers, stringToHeaders = () => new Headers()',
  },
  { path: /\/strict-event-emitter\/.*\.mjs$/, contents: 'export class Emitter {}' },
  { path: /\/outvariant\/.*\.mjs$/, contents: 'export const invariant = () => {}, format = String' },
  { path: /\/deferred-promise\/.*\.mjs$/, contents: 'export class DeferredPromise {}' },
]
