/**
 * Modules that the playground's script leaves out.
 *
 * @module
 */

/**
 * Parts, most of them of MSW, that the page never comes to, each with what stands for it: cookies, paths in place of patterns, words
 * for a status, a log, and the patching of `fetch` and `XMLHttpRequest`.
 */
export const STUBS: readonly (readonly [path: RegExp, stub: string])[] = [
  [/\/msw\/lib\/core\/utils\/cookieStore\.mjs$/, 'export const cookieStore = { getCookies: () => [] }'],
  [/\/msw\/lib\/shims\/cookie\.mjs$/, 'export const parse = () => ({}), serialize = () => ""'],
  [/\/msw\/lib\/shims\/statuses\.mjs$/, 'export default { message: {} }'],
  [
    /\/msw\/lib\/core\/utils\/logging\/.*\.mjs$/,
    'export const getStatusCodeColor = String, getTimestamp = String, serializeRequest = String, serializeResponse = String',
  ],
  [/\/path-to-regexp\/.*\.js$/, 'export const match = (pattern) => (url) => pattern.test(url) && { params: {} }'],
  // Of the interceptors MSW takes the class of its answers alone, here for the statuses that a contract may have.
  [
    /\/@mswjs\/interceptors\/lib\/browser\/index\.mjs$/,
    `export class FetchResponse extends Response {
      constructor(body, init) {
        super([204, 205, 304].includes(init.status) ? null : body, init)
      }
    }
    export class BatchInterceptor {}
    export const createRequestId = () => crypto.randomUUID(), getCleanUrl = String, resolveWebSocketUrl = String`,
  ],
  [/\/headers-polyfill\/.*\.mjs$/, 'export const Headers = globalThis.Headers, stringToHeaders = () => new Headers()'],
  [/\/strict-event-emitter\/.*\.mjs$/, 'export class Emitter {}'],
  [/\/outvariant\/.*\.mjs$/, 'export const invariant = () => {}, format = String'],
  [/\/deferred-promise\/.*\.mjs$/, 'export class DeferredPromise {}'],
]
