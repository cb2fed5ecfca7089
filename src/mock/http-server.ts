/**
 * The mock behind `node:http`, for clients in any language.
 *
 * @module
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createControl } from './admin-routes.js'
import type { MockApi } from './mock-api.js'
import { textOf } from './request.js'
import { EMPTY } from './response.js'

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
  /** The port that was taken. */
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
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

/** What the server needs of a mock; `createMockApi` makes one. */
export type ServedApi = Pick<MockApi, 'handle' | 'calls' | 'reset'>

/** Answers a request from beginning to end. */
function createListener(api: ServedApi, maxBody: number, hasControl: boolean): RequestListener {
  const control = hasControl ? createControl(api) : undefined
  return (request, response) => {
    if (request.headers.upgrade !== undefined) endCutOff(request)
    receive(request, maxBody, (body) => {
      const { method = 'GET', url = '/', headers } = request
      const path = pathOf(url)
      const out = control?.(method, path) ?? api.handle({ method, path, headers, body, maxBody })
      const isEmpty = EMPTY.has(out.status)
      const whole = isEmpty ? out.headers : { ...out.headers, 'content-length': Buffer.byteLength(out.body) }
      response.writeHead(out.status, whole)
      response.end(method === 'HEAD' ? undefined : out.body)
    })
  }
}

const REFUSED = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'

/** A request that asks for an upgrade and is cut off: Node, which reads no further, would leave it without an answer. */
function endCutOff(request: IncomingMessage): void {
  const { socket } = request
  const end = () => {
    if (!request.complete && socket.writable) socket.end(REFUSED)
  }
  socket.prependOnceListener('end', end)
  request.once('close', () => socket.off('end', end))
}

/** `CONNECT`, which Node hands over with its bare socket, is refused like any other method. */
function refuseTunnels(server: Server, listener: RequestListener): void {
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.on('finish', () => socket.end())
    socket.on('error', () => {})
    listener(request, response)
    // Its body would be the tunnel's.
    request.push(null)
  })
}

/** Statuses for what is no HTTP, by Node's name of the error; else 400. */
const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** For so long, in milliseconds, what still comes on a connection that was refused is read. */
const LINGER = 1_000

/**
 * Says a last word and closes, behind a while of reading and dropping: a socket that is closed upon bytes nobody has read is
 * reset, and the word would be lost on its way.
 */
function dismiss(socket: Socket, text: string): void {
  // Node's parser would refuse each further piece anew.
  socket.removeAllListeners('data').on('data', () => {})
  const timer = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => clearTimeout(timer)).end(text)
}

/**
 * Ends connections that send what is no HTTP. A whole request in front of it, such as one that did not tell the length
 * of its body, gets its answer first, which says more than the status for the rest could.
 */
function endUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const before = socket.bytesWritten
    setImmediate(() => {
      if (!socket.writable) return socket.destroy()
      const status = UNREADABLE[error.code ?? ''] ?? '400 Bad Request'
      const isAnswered = socket.bytesWritten > before
      return dismiss(socket, isAnswered ? '' : `HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
    })
  })
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

/** @throws TypeError for a wrong option */
function checkOptions({ port = 0, control = true, host: _, ...numbers }: ServerOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`"port" must be a whole number from 0 to 65535. Received ${String(port)}`)
  }
  if (typeof control !== 'boolean') throw new TypeError(`"control" must be true or false. Received ${String(control)}`)
  for (const name of ['maxBody', 'headersTimeout', 'requestTimeout'] as const) {
    const { [name]: value = 1 } = numbers
    if (!(Number.isInteger(value) && value > 0))
      throw new TypeError(`"${name}" must be a whole number above 0. Received ${value}`)
  }
}

/**
 * The server before it listens. It answers on any connection it is given, so a test needs no port:
 * `server.emit('connection', stream)`.
 *
 * @throws TypeError for a wrong option, or when the contract has an operation at one of the paths of `control`
 */
export function createHttpServer(api: ServedApi, options: ServerOptions = {}): Server {
  checkOptions(options)
  const { maxBody = 1_048_576, control = true, headersTimeout = 5_000, requestTimeout = 10_000 } = options
  const listener = createListener(api, maxBody, control)
  const timeouts = { headersTimeout, requestTimeout, keepAliveTimeout: 55_000, connectionsCheckingInterval: 1_000 }
  const server = createServer(timeouts, listener)
  refuseTunnels(server, listener)
  endUnreadable(server)
  return server
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
