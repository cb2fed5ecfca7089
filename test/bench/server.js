/** A server in a process of its own, so that it and the load do not share a core. Says its port, lives until its parent ends. */
import { createServer } from 'node:http'
import { startServer } from '../../dist/src/server.js'
import { createMockApi } from '../../dist/src/testing.js'

const ANSWER = JSON.stringify({
  code: 200,
  messageUIDs: [
    { groupId: '2193', messageUID: '5FGT-7VA9-G4DD-4V5P' },
    { groupId: '2192', messageUID: '5FGT-7VA9-H4DD-4V5P' },
  ],
})

/**
 * What `node:http` can do at best: read the body, write a fixed answer.
 *
 * @param maxRequests the server closes a connection after this many; 0 for never
 */
function raw(maxRequests) {
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      Buffer.concat(chunks).toString()
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': ANSWER.length })
      response.end(ANSWER)
    })
  })
  // A process that stood still for a while finds its connections open.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  server.maxRequestsPerSocket = maxRequests
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)))
}

async function mock() {
  const api = createMockApi({ appKey: 'bench-key', appSecret: 'bench-secret', rateLimit: false, maxCalls: 100 })
  return (await startServer(api)).port
}

// The vendor closes a connection after 80 requests, so every client makes new ones; ours does just before.
const kinds = { raw: () => raw(0), vendor: () => raw(80), mock }
process.send(await kinds[process.argv[2]]())
process.on('disconnect', () => process.exit())
