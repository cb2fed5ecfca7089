/**
 * HTTP without a port. Node's server takes one end of a pair of streams as a connection, and a client writes to the other end:
 * Node's own HTTP client, or raw bytes.
 */
import { request as httpRequest, type OutgoingHttpHeaders, type Server } from 'node:http'
import { type Duplex, duplexPair } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** A request as Node's client sends it. A header with several values is sent as several lines. */
export interface InMemoryRequest {
  readonly method?: string | undefined
  readonly path: string
  readonly headers?: OutgoingHttpHeaders | undefined
  readonly body?: string | Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens a connection to a server, whether it listens or not.
 *
 * @returns the client's end
 */
export function connectInMemory(server: Server): Duplex {
  const [client, connection] = duplexPair()
  // The two ends of a pair do not close each other.
  connection.once('close', () => client.destroy())
  server.emit('connection', connection)
  return client
}

/** Sends one request by Node's HTTP client, over a new connection. */
export function sendInMemory(
  server: Server,
  { method = 'GET', path, headers, body, signal }: InMemoryRequest,
): Promise<Response> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const options = { method, path, headers: { ...headers, ...length }, createConnection: () => connectInMemory(server) }
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...options, ...(signal && { signal }) }, (answer) => {
      const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      )
      const status = answer.statusCode ?? 0
      buffer(answer).then((bytes) => {
        resolve(new Response(bytes.length > 0 ? new Uint8Array(bytes) : null, { status, headers: pairs }))
      }, reject)
    })
    request.on('error', reject).end(body)
  })
}

/** A `fetch` that sends every request to this server, for any host. */
export function createInMemoryFetch(server: Server): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search, host } = new URL(request.url)
    const bytes = new Uint8Array(await request.arrayBuffer())
    return sendInMemory(server, {
      method: request.method,
      path: pathname + search,
      headers: { ...Object.fromEntries(request.headers), host },
      body: request.body === null ? undefined : bytes,
      signal: request.signal,
    })
  }
}

/** Writes raw bytes, text as Latin-1, and gives all that comes back until the server ends the connection. */
export function writeInMemory(server: Server, ...chunks: readonly (string | Uint8Array)[]): Promise<string> {
  const client = connectInMemory(server)
  for (const chunk of chunks) client.write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk)
  return buffer(client).then((bytes) => bytes.toString('latin1'))
}
