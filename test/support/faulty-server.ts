/**
 * Servers that fail in every way that a test needs. They use raw sockets, so that no library corrects their mistakes.
 * Each counts the requests that it has read completely.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

/** A request that was read completely. */
export interface WholeRequest {
  readonly head: string
  readonly body: string
}

/** What a server does with its nth request, from 0. */
export type Behaviour = (socket: Socket, n: number, request: WholeRequest) => void

export interface FaultyServer {
  readonly port: number
  /** Requests that were read whole, by the server's own count. */
  readonly requests: readonly WholeRequest[]
  readonly stop: () => Promise<void>
}

/** Reads requests with a `Content-Length`, one after another, from one connection. */
function readRequests(socket: Socket, onRequest: (request: WholeRequest) => void): void {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    for (;;) {
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/^content-length: *(\d+)\r?$/im.exec(text.slice(0, end + 2))?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) throw new Error(`a request without a length: ${text.slice(0, end)}`)
      if (text.length < end + 4 + length) return
      const request = { head: text.slice(0, end), body: text.slice(end + 4, end + 4 + length) }
      text = text.slice(end + 4 + length)
      onRequest(request)
    }
  })
}

/** Has the server listen, and remembers its connections, so that it can be stopped at once. */
async function listening(server: Server, requests: readonly WholeRequest[]): Promise<FaultyServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  return { port: address.port, requests, stop }
}

/** A server that speaks HTTP, on TLS where it gets a certificate. */
export function startFaultyServer(behaviour: Behaviour, tls?: TlsOptions): Promise<FaultyServer> {
  const requests: WholeRequest[] = []
  const serve = (socket: Socket) => {
    socket.on('error', () => {})
    readRequests(socket, (request) => {
      requests.push(request)
      behaviour(socket, requests.length - 1, request)
    })
  }
  const server = tls ? createTlsServer(tls, serve).on('tlsClientError', () => {}) : createServer(serve)
  return listening(server, requests)
}

/** A server that does something with each connection and never reads a request: closes it, resets it, answers without being asked. */
export const startRawServer = (onConnection: (socket: Socket) => void): Promise<FaultyServer> =>
  listening(createServer(onConnection), [])

/** A port without a server. One end of an open connection uses it, so that no server gets it while this process runs. */
export async function closedPort(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => {}).unref()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  server.unref()
  socket.on('error', () => {}).unref()
  return socket.localPort as number
}

/** Listens with the shortest queue of new connections, and blocks its thread before it could accept one. */
const NEVER_ACCEPTS = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })`

/** Connections that fill that queue. */
const QUEUE = 8

/** A server whose queue of new connections is full, so that the system drops the packets of one more. */
export async function startSilentServer(): Promise<FaultyServer> {
  const worker = new Worker(NEVER_ACCEPTS, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const sockets = Array.from({ length: QUEUE }, () => connect(port, '127.0.0.1').on('error', () => {}))
  // The system has queued those that fit by then; the others stay without an answer.
  await new Promise((done) => setTimeout(done, 100))
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    await worker.terminate()
  }
  return { port, requests: [], stop }
}

/** Bytes of an answer with a body. */
export function answer(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body)
  const all = { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`), bytes])
}

/** Always gives this answer. */
export const answers =
  (status: number, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Behaviour =>
  (socket) =>
    void socket.write(answer(status, body, headers))

/** Gives these answers one after the other, and then repeats the last one. */
export const inTurn =
  (...all: readonly Behaviour[]): Behaviour =>
  (socket, n, request) =>
    all[Math.min(n, all.length - 1)]?.(socket, n, request)

export const OK = '{"code":200,"messageUIDs":[{"groupId":"2","messageUID":"U"}]}'
const TOO_LONG = 2 ** 20 + 1
const HALF = `HTTP/1.1 200 OK\r\nContent-Length: ${OK.length}\r\n\r\n${OK.slice(0, 9)}`
const reset = (socket: Socket) => void socket.resetAndDestroy()
const soon = (run: () => void) => void setTimeout(run, 20)

/** What a behaviour does to a message: it is processed, or refused before. */
type Fate = 'processed' | 'refused'

/** All behaviours by name, and what becomes of the message. One that breaks counts as processed: the worst case. */
export const BEHAVIOURS: Readonly<Record<string, readonly [Fate, Behaviour]>> = {
  'a success': ['processed', answers(200, OK)],
  'a success that closes the connection': [
    'processed',
    (socket) => socket.end(answer(200, OK, { Connection: 'close' })),
  ],
  // The client may use the connection again at the same moment.
  'a success, and the connection closes unannounced': [
    'processed',
    (socket) => {
      socket.write(answer(200, OK))
      setTimeout(() => socket.destroy(), 1)
    },
  ],
  'a success after a while': ['processed', (socket) => soon(() => socket.write(answer(200, OK)))],
  'a success in pieces': [
    'processed',
    (socket) => {
      const bytes = answer(200, OK)
      for (let at = 0; at < bytes.length; at += 40) setTimeout(() => socket.write(bytes.subarray(at, at + 40)), at / 40)
    },
  ],
  'a reset before the answer': ['processed', reset],
  'a close before the answer': ['processed', (socket) => socket.end()],
  'a reset inside the headers': [
    'processed',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-')
      soon(() => reset(socket))
    },
  ],
  'a reset inside the body': [
    'processed',
    (socket) => {
      socket.write(HALF)
      soon(() => reset(socket))
    },
  ],
  'a close inside the body': [
    'processed',
    (socket) => {
      socket.write(HALF)
      soon(() => socket.end())
    },
  ],
  'no answer at all': ['processed', () => {}],
  'half an answer': ['processed', (socket) => void socket.write(HALF)],
  'no HTTP': ['processed', (socket) => socket.end('220 ready\r\n')],
  'an error of the server': ['processed', answers(500, '{"code":1000}')],
  'a busy server': ['processed', answers(503, '', { 'Retry-After': '1' })],
  'a proxy without its server': ['processed', answers(502, '<html>')],
  'an empty success': ['processed', answers(200, '')],
  'half of the JSON': ['processed', answers(200, OK.slice(0, 9))],
  'a success that is too long': ['processed', answers(200, JSON.stringify({ code: 200, x: 'x'.repeat(TOO_LONG) }))],
  'a success that inflates': [
    'processed',
    answers(200, gzipSync(JSON.stringify({ code: 200, x: 'x'.repeat(TOO_LONG) })), { 'Content-Encoding': 'gzip' }),
  ],
  'a redirect': ['processed', answers(307, '', { Location: 'http://127.0.0.1:9/' })],
  'a page of a gateway that refuses': ['processed', answers(403, '<html>')],
  'a refusal': ['refused', answers(401, '{"code":1004}')],
  'a refusal with HTTP 200': ['refused', answers(200, '{"code":1004}')],
  'the rate limit': ['refused', answers(429, '{"code":1008}')],
}

/** Statuses for which the fetch standard has a rule of its own; some runtimes follow it. */
export const RULED: Readonly<Record<string, Behaviour>> = {
  'a 407 without a tunnel': answers(407, ''),
  'a 421': answers(421, ''),
}
