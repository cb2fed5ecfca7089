/**
 * The mock behind `node:http`, for clients in any language.
 *
 * @module
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkOptions, type OptionNames } from '../core/options.js'
import { createAdminRoutes } from './admin-routes.js'
import { announcedLength, halfOf, waitFor } from './faults.js'
import type { MockApi } from './mock-api.js'
import { mustBeMock, textOf } from './request.js'
import { BODYLESS_STATUSES, type PlainAnswer } from './response.js'

/** Settings of the server. */
export interface ServerOptions {
  /** Port; 0 selects a free one. Default 0. */
  readonly port?: number | undefined
  /** Address to listen on. Default `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined
  /** Longest body in bytes; a longer one is refused. Default 1 MiB, more than twice a content of 128 KiB with every byte escaped. */
  readonly maxBody?: number | undefined
  /** Milliseconds in which the headers of a request must arrive, at most `requestTimeout`. Default 5 000, or `requestTimeout` if that is shorter. */
  readonly headersTimeout?: number | undefined
  /** Milliseconds in which a whole request must arrive. Default 10 000. */
  readonly requestTimeout?: number | undefined
  /** Also serves the paths for tests, such as `/__calls` and `/__respond`. Default `true`. */
  readonly control?: boolean | undefined
}

/** Every option of the server. */
const SERVER_OPTIONS: OptionNames<ServerOptions> = {
  port: true,
  host: true,
  maxBody: true,
  headersTimeout: true,
  requestTimeout: true,
  control: 'boolean',
}

/** A running server. */
export interface RunningServer {
  /** `http://127.0.0.1:8700`, without a slash at the end. */
  readonly url: string
  /** The port that the server listens on. */
  readonly port: number
  /** Stops listening and ends all connections. May be called more than once. */
  readonly close: () => Promise<void>
}

/** Reads the body as text, or `undefined` when it is longer than the limit. A body over the limit is not held in memory. */
function receive(request: IncomingMessage, limit: number, done: (body: string | undefined) => void): void {
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
  })
  request.on('end', () => done(size <= limit ? textOf(Buffer.concat(chunks)) : undefined))
  // A client that closes the connection needs no answer.
  request.on('error', () => {})
}

/** Path and query of a request target, which is a whole URL in requests to a proxy. */
function pathOfTarget(target: string): string {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

/** Headers by lower-case name. The values of a repeated header are joined by commas, as in `fetch` and MSW. */
function joinedHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase()
    const value = rawHeaders[i + 1] ?? ''
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value
  }
  return headers
}

type AdminRoutes = ReturnType<typeof createAdminRoutes>

/** The part of a mock that the server uses; `createMockApi` makes one. */
export type ServedApi = Pick<MockApi, 'handle' | 'calls' | 'reset' | 'verify' | 'respondOnce' | 'expectViolation'>

/** Sends an answer, broken off if it is truncated. Node itself leaves out the body of an answer to HEAD. */
function sendAnswer({ status, headers, body, fault }: PlainAnswer, response: ServerResponse): void {
  if (fault === 'reset') {
    const { socket } = response
    // A stream in place of a TCP connection, as a test may have it, can only be destroyed.
    if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy()
    else response.destroy()
    return
  }
  const length = fault === 'truncate' ? announcedLength(body) : Buffer.byteLength(body)
  const framed = BODYLESS_STATUSES.has(status) ? headers : { ...headers, 'content-length': length }
  response.writeHead(status, framed)
  if (fault === 'truncate') return void response.write(halfOf(body), () => response.destroy())
  response.end(body)
}

/** Sends an answer after its delay, or closes the connection if the answer hangs or the client leaves first. */
async function sendLate(answer: PlainAnswer, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    await waitFor(answer, gone.signal)
  } catch {
    response.destroy()
    return
  }
  sendAnswer(answer, response)
}

/** Makes the function that answers requests. It never throws: an error in the mock is answered with 500. */
function createListener(api: ServedApi, maxBody: number, admin: AdminRoutes | undefined): RequestListener {
  const respond = (request: IncomingMessage, response: ServerResponse, body: string | undefined) => {
    const { method = 'GET', url = '/' } = request
    const plain = { method, path: pathOfTarget(url), headers: joinedHeaders(request), body, maxBody }
    const answer = admin?.(plain) ?? api.handle(plain)
    if (answer.delay === undefined && answer.fault === undefined) sendAnswer(answer, response)
    else sendLate(answer, response).catch(() => response.destroy())
  }
  return (request, response) => {
    receive(request, maxBody, (body) => {
      try {
        respond(request, response, body)
      } catch {
        if (!response.headersSent) response.writeHead(500)
        response.end()
      }
    })
  }
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      done(server.address() as AddressInfo)
    })
  })
}

/** @throws TypeError for a wrong or unknown option */
function checkServerOptions(options: ServerOptions): void {
  checkOptions(options, SERVER_OPTIONS, 'a server')
  const { port = 0, host, ...numbers } = options
  if (host === '') throw new TypeError('"host" must be an address or a name. Received ""')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`"port" must be a whole number from 0 to 65535. Received ${String(port)}`)
  }
  for (const name of ['maxBody', 'headersTimeout', 'requestTimeout'] as const) {
    const { [name]: value = 1 } = numbers
    if (!(Number.isInteger(value) && value > 0))
      throw new TypeError(`"${name}" must be a whole number above 0. Received ${value}`)
  }
}

/**
 * Makes the server without listening. It answers on any connection that it gets, so a test needs no port:
 * `server.emit('connection', stream)`.
 *
 * @throws TypeError for a wrong option, or when the contract has an operation at one of the paths of `control`
 */
export function createHttpServer(api: ServedApi, options: ServerOptions = {}): Server {
  mustBeMock(api)
  checkServerOptions(options)
  const { maxBody = 1_048_576, control = true, requestTimeout = 10_000 } = options
  // Node refuses a longer one.
  const { headersTimeout = Math.min(5_000, requestTimeout) } = options
  const admin = control ? createAdminRoutes(api, options.host) : undefined
  const timeouts = { headersTimeout, requestTimeout, keepAliveTimeout: 55_000, connectionsCheckingInterval: 1_000 }
  return createServer(timeouts, createListener(api, maxBody, admin))
}

/**
 * Starts the mock as an HTTP server.
 *
 * @throws the system's error when the port is taken; TypeError for a wrong option, or when the contract has an operation
 * at one of the paths of `control`
 */
export async function startServer(api: ServedApi, options: ServerOptions = {}): Promise<RunningServer> {
  const server = createHttpServer(api, options)
  const { port = 0, host = '127.0.0.1' } = options
  const address = await listen(server, port, host)
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  let closing: Promise<void> | undefined
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close: () => {
      closing ??= new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
      return closing
    },
  }
}
