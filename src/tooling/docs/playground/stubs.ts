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
  // The report of `verify()`, which the page never asks for: it shows each breach at its field.
  [/\/src\/mock\/report\.[jt]s$/, 'export class ContractBreachError extends Error {}'],
  [/\/src\/mock\/caller\.[jt]s$/, 'export const callerFrames = () => []'],
  // The page looks at its answers, not at what the stand-in keeps of its calls, and sends text.
  [
    /\/src\/mock\/keep\.[jt]s$/,
    'const same = (value) => value; export { same as keptHeaders, same as keptBreaches, same as keptFields }',
  ],
  [/\/src\/mock\/body\.[jt]s$/, 'export const textOf = (body) => new TextDecoder().decode(body)'],
  // The page signs with the client: the one mistake that it can make is another secret.
  [
    /\/src\/mock\/signature-diagnosis\.[jt]s$/,
    `export const explainSignature = () => 'one made with another App Secret'`,
  ],
  // The page chooses its answers by `next`, and sends one call at a time.
  [/\/src\/mock\/prefer-header\.[jt]s$/, 'export const preferred = () => undefined'],
  // The page gives all options, and has no environment.
  [
    /\/src\/client\/environment\.[jt]s$/,
    'export const withEnvironment = (options) => ({ options, nameOf: (name) => JSON.stringify(name) }), namingVariables = (_, work) => work()',
  ],
  [/\/src\/client\/batch\.[jt]s$/, 'export const createBatch = () => undefined, concurrencyOf = () => 1'],
  // The App Secret of the page is made up, and printed on it.
  [
    /\/src\/core\/redact\.[jt]s$/,
    `const same = (value) => value
    export const createGuard = () => ({ redact: same, refuse: same })
    export const createRefuse = () => same
    export const materializeStack = same
    export const truncate = (text, length) => (text.length > length ? text.slice(0, length) + '…' : text)`,
  ],
]
