/** Sends to the vendor's hosts what no handler knows, under MSW in the mode given, and prints what was seen of it. */
import http from 'node:http'
import https from 'node:https'
import { createServer } from 'node:net'
import { setupServer } from 'msw/node'
import { handlers } from 'rongcloud-status-message/msw'
import contract from 'rongcloud-status-message/openapi.json' with { type: 'json' }
import { createMockApi } from 'rongcloud-status-message/testing'

const [mode] = process.argv.slice(2)
const PATH = '/statusmessage/group/publsh.json'

/** Where connections on its port end, if there are any. */
let bytes = 0
const listener = createServer((socket) => {
  socket
    .on('error', () => {})
    .on('data', (data) => {
      bytes += data.length
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    })
}).listen(0, '127.0.0.1')
await new Promise((done) => listener.on('listening', done))
const { port } = listener.address()

const clients = {
  fetch: (url) =>
    fetch(url, { method: 'POST', body: 'x=1' }).then(
      ({ status }) => status,
      (error) => String(error.cause ?? error),
    ),
  'node:http': (url) =>
    new Promise((done) => {
      const { request } = /^https/i.test(url) ? https : http
      const sent = request(
        url,
        { method: 'POST', auth: 'user:password' },
        (answer) => answer.resume() && done(answer.statusCode),
      )
      sent.on('error', ({ message }) => done(message)).end('x=1')
    }),
}

const hosts = contract.servers.map(({ url }) => url)
const [first] = hosts
const plain = first.replace('https', 'http')
const urls = [
  ...hosts.flatMap((host) => [host, host.replace('https', 'http')]).map((host) => host + PATH),
  first + PATH.toUpperCase(),
  first.toUpperCase() + PATH,
  `${first}:8443${PATH}`,
  `${first}.${PATH}`,
  `${plain}:${port}${PATH}`,
  `${first}/logo.png`,
  first,
]

const api = createMockApi({ appKey: 'k', appSecret: 's' })
const server = setupServer(...handlers(api))
server.listen({ onUnhandledRequest: mode, onUnhandledFrame: mode })
const results = {}
for (const [name, send] of Object.entries(clients)) {
  api.reset()
  globalThis.seen()
  const statuses = new Set()
  for (const url of urls) statuses.add(await send(url))
  const violations = api.violations.map(({ keyword }) => keyword)
  results[name] = { statuses: [...statuses], violations, bytes, ...globalThis.seen() }
}

// What the watch sees where nothing guards.
server.close()
const status = await clients.fetch(`${plain}:${port}${PATH}`)
results.unguarded = { status, bytes: bytes > 0, ...globalThis.seen() }
listener.close()
console.log(JSON.stringify({ requests: urls.length, ...results }))
process.exit()
