/**
 * Entry point `./server`: the mock as an HTTP server, for clients in any language.
 *
 * @module
 */
export { type RunningServer, type ServedApi, type ServerOptions, startServer } from './mock/http-server.js'
