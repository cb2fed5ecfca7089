/** The hosts that the suite calls: one that answers like the API, and those that fail, each in its own way. */
import { createReadStream } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { FAULTS, type Fault } from '../../../src/mock/faults.js'
import { createHttpServer, type ServedApi } from '../../../src/mock/http-server.js'
import { createMockApi } from '../../../src/testing.js'
import { closedPort } from '../../support/faulty-server.js'

/** Those of the suite's `world.mjs`. */
export const KEYS = { appKey: 'matrix-app-key', appSecret: 'matrix-app-secret' }

export interface Hosts {
  /** Base URLs by what becomes of a call. */
  readonly urls: Readonly<Record<string, string>>
  /** Serves a folder for pages; gives its URL, with a slash at the end. */
  readonly serve: (name: string, folder: string) => string
  readonly stop: () => Promise<void>
}

const FAILING: Readonly<Record<string, RequestListener>> = {
  reset: (request) => request.socket.resetAndDestroy(),
  resetInside: (request, response) => {
    response.writeHead(200, { 'content-length': '99' }).write('{"code"')
    setTimeout(() => request.socket.resetAndDestroy(), 50)
  },
  hang: () => {},
  hangInside: (_, response) => void response.writeHead(200).write('{'),
  redirect: (_, response) => response.writeHead(307, { location: '/good/' }).end(),
  limited: (_, response) => response.writeHead(429).end('{"code":1008}'),
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers like a mock of its own, so that a page finds it on its own origin. With a fault, each answer has it. */
function mockListener(fault?: Fault): RequestListener {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  const { handle } = api
  const faulty: ServedApi['handle'] = (request) => {
    if (fault !== undefined) api.respondOnce('sendGroupStatusMessage', { fault })
    return handle(request)
  }
  const server = createHttpServer({ ...api, handle: faulty })
  return (request, response) => void server.emit('request', request, response)
}

/** Starts them, all on one origin: the first part of the path says which. */
export async function startHosts(): Promise<Hosts> {
  const listeners = new Map<string, RequestListener>([
    ['good', mockListener()],
    ...FAULTS.map((fault): [string, RequestListener] => [`mock-${fault}`, mockListener(fault)]),
  ])
  for (const [name, fail] of Object.entries(FAILING)) {
    listeners.set(name, (request, response) => {
      request.on('error', () => {})
      request.resume().on('end', () => fail(request, response))
    })
  }
  const server = createServer((request, response) => {
    const [, name = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(request.url ?? '') ?? []
    request.url = path
    const listener = listeners.get(name)
    if (listener) listener(request, response)
    else response.writeHead(404).end()
  })
  const origin = await listen(server)
  const urls = Object.fromEntries([...listeners.keys()].map((name) => [name, `${origin}/${name}`]))
  return {
    urls: { ...urls, closed: `http://127.0.0.1:${await closedPort()}` },
    serve: (name, folder) => {
      listeners.set(name, ({ url = '/' }, response) => {
        const path = join(folder, normalize(url === '/' ? '/index.html' : url))
        const file = createReadStream(path)
        file.on('open', () => response.setHeader('content-type', TYPES[extname(path)] ?? 'application/json'))
        file.on('error', () => response.writeHead(404).end())
        file.pipe(response)
      })
      return `${origin}/${name}/`
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
