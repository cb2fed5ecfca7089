/** The mock server in a process of its own. Says its port, then each second how much memory it holds; lives until its parent ends. */
import { startServer } from '../../dist/src/server.js'
import { createMockApi } from '../../dist/src/testing.js'

const [appKey, appSecret] = process.argv.slice(2)
// A limit that nobody reaches: the log of the last period is kept all the same.
const api = createMockApi({ appKey, appSecret, rateLimit: { limit: 1e9, period: 1_000 } })
const server = await startServer(api)

setInterval(() => {
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  // The parent may have gone meanwhile.
  process.send({ heap: heapUsed / 1e6, rss: rss / 1e6, calls: api.calls.length }, () => {})
}, 1_000)
process.on('disconnect', () => process.exit())
process.send({ port: server.port })
