/** A proxy for a browser: writes down and refuses what would leave this machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RefusingProxy {
  /** As Playwright takes it: all but loopback goes through the proxy. */
  readonly settings: { readonly server: string; readonly bypass: string }
  /** Requests to any host but this machine's loopback, those of service workers included. */
  readonly elsewhere: readonly string[]
  readonly close: () => Promise<void>
}

/** What Chromium itself asks for, whatever the page. */
const OWN_REQUESTS = /\b(update|content-autofill|optimizationguide-pa)\.googleapis\.com\b|\baccounts\.google\.com\b/

export async function startRefusingProxy(): Promise<RefusingProxy> {
  const elsewhere: string[] = []
  const note = (request: string) => OWN_REQUESTS.test(request) || elsewhere.push(request)
  const proxy = createServer((request, response) => {
    note(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    note(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  const server = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return {
    settings: { server, bypass: '127.0.0.1' },
    elsewhere,
    close: () => new Promise((done) => proxy.close(() => done())),
  }
}
