/** The built mock in a process of its own: says its port, and on each message how it is. Lives until its parent ends. */
import { startServer } from '../../../dist/src/server.js'
import { createMockApi } from '../../../dist/src/testing.js'

const [appKey, appSecret] = process.argv.slice(2)
const api = createMockApi({ appKey, appSecret, rateLimit: false })
const server = await startServer(api, { headersTimeout: 700, requestTimeout: 1_500 })

process.on('message', async () => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc()
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap')
  const violations = api.violations.map(({ message }) => message)
  process.send({ megabytes: (heapUsed + external) / 1e6, sockets: resources.length, violations })
  api.reset()
})
process.on('disconnect', () => process.exit())
process.send({ port: server.port })
