/**
 * Entry point `./msw`: the mock as MSW handlers, for MSW 2 and 3, in Node and in browsers.
 *
 * @module
 */
export { type HandlersOptions, handlers, listenOptions } from './mock/msw-handlers.js'
