/**
 * The stand-in behind `node:http`, for clients in any language.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EMPTY } from './answer.js'
import type { MockCore } from './api.js'
import { textOf } from './body.js'
import { createControl } from './control.js'

/** Settings of the server. */
export interface ServerOptions {
  /** Port; 0 takes a free one. Default 0. */
  readonly port?: number
  /** Address to listen on. Default `127.0.0.1`: only this machine. */
  readonly host?: string
  /** Longest body in bytes; a longer one is refused, and not kept. Default 1 MiB: 128 KiB of content, each byte escaped, fit twice. */
  readonly maxBody?: number
  /** Milliseconds for the headers of a request to arrive. Default 5 000. */
  readonly headersTimeout?: number
  /** Milliseconds for a whole request to arrive. Default 10 000. */
  readonly requestTimeout?: number
  /** Answers `GET /__calls` and `POST /__reset`, beside the contract. Default `true`. */
  readonly control?: boolean
}

/** A running server. */
export interface RunningServer {
  /** `http://127.0.0.1:8700`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening and ends all connections. Calling it again does no harm. */
  readonly close: () => Promise<void>
}

/** Collects a body up to a limit and hands it on; `undefined` when it is longer. What is over the limit is not kept. */
function receive(request: IncomingMessage, limit: number, done: (body: string | undefined) => void): void {
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
  })
  request.on('end', () => done(size <= limit ? textOf(Buffer.concat(chunks)) : undefined))
  // A client that goes away takes its request with it.
  request.on('error', () => {})
}

/** Path and query, also where the request names a whole URL, as it does to a proxy. */
function pathOf(target: string): string {
  if (target.startsWith('/') || !URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

/**
 * Starts the stand-in as an HTTP server.
 *
 * @throws the system's error when the port is taken; TypeError for a wrong option
 */
export async function startServer(
  api: Pick<MockCore, 'handle' | 'calls' | 'reset'>,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', maxBody = 1_048_576 } = options
  const { headersTimeout = 5_000, requestTimeout = 10_000 } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`"port" must be a whole number from 0 to 65535. Received ${String(port)}`)
  }
  for (const [name, value] of Object.entries({ maxBody, headersTimeout, requestTimeout })) {
    if (!(Number.isInteger(value) && value > 0))
      throw new TypeError(`"${name}" must be a whole number above 0. Received ${value}`)
  }
  if (typeof options.control !== 'boolean' && options.control !== undefined) {
    throw new TypeError(`"control" must be true or false. Received ${String(options.control)}`)
  }
  const control = options.control === false ? undefined : createControl(api)

  const server = createServer({
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: 55_000,
    connectionsCheckingInterval: 1_000,
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    receive(request, maxBody, (body) => {
      const { method = 'GET', url = '/', headers } = request
      const path = pathOf(url)
      const out = control?.(method, path) ?? api.handle({ method, path, headers, body })
      const length = EMPTY.has(out.status) ? {} : { 'content-length': Buffer.byteLength(out.body) }
      response.writeHead(out.status, { ...out.headers, ...length })
      response.end(method === 'HEAD' ? undefined : out.body)
    })
  })

  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      done()
    })
  })
  const address = server.address() as AddressInfo
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
