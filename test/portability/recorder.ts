/** The mock behind a server that keeps the bytes of each call, and hands out the published file. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createMockApi } from '../../src/testing.js'

export const KEYS = { appKey: 'uwd1c0sxdlx2', appSecret: 'Y1W2MeFwwwRxa0' }

/** A call as it came, and how the mock answered it. */
export interface Call {
  readonly body: string
  readonly status: number
  readonly code: unknown
}

export interface Recorder {
  readonly url: string
  /** The calls since the last time. */
  readonly take: () => readonly Call[]
  readonly close: () => Promise<void>
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** @param file the published file, which `GET /openapi.yaml` gives */
export async function startRecorder(file: string): Promise<Recorder> {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '' } = request
    if (method === 'GET' && path === '/openapi.yaml') {
      response.setHeader('content-type', 'application/yaml').end(await readFile(file))
      return
    }
    const body = await text(request)
    const answer = api.handle({ method, path, headers: headersOf(request), body })
    calls.push({ body, status: answer.status, code: JSON.parse(answer.body).code })
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => calls.splice(0),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
