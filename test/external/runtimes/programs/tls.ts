/** Failover over TLS: two servers with one self-signed certificate; the primary is killed while calls go on. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createClient } from '../../../../src/index.js'

const [key = '', cert = ''] = process.argv.slice(2)
const counted = { primary: 0, backup: 0 }

async function host(name: keyof typeof counted): Promise<Server> {
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    request.resume().on('end', () => {
      counted[name]++
      response.end('{"code":200}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}

const [primary, backup] = [await host('primary'), await host('backup')]
const urls = [primary, backup].map((server) => `https://localhost:${(server.address() as AddressInfo).port}`)
const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: urls, limiter: false })
const outcomes: string[] = []
for (let i = 0; i < 40; i++) {
  if (i === 15) {
    primary.closeAllConnections()
    await new Promise((done) => primary.close(done))
  }
  const { error } = await client.safe.sendGroupStatusMessage({
    fromUserId: '1',
    toGroupId: ['2'],
    objectName: 'app:x',
    content: 'x',
  })
  outcomes.push(error ? `${error.kind} ${error.processed}` : 'ok')
}
backup.closeAllConnections()
backup.close()
console.log(JSON.stringify({ counted, outcomes }))
