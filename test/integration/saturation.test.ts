/** The client's limit against the mock's, over real sockets and for as long as it takes to see a drift. */
import { expect, test } from 'vitest'
import { createClient } from '../../src/index.js'
import { startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'

test("the mock's own limiter agrees: ten seconds of saturation over HTTP, not one 429", {
  timeout: 20_000,
}, async () => {
  const api = createMockApi({ appKey: 'k', appSecret: 's' })
  const server = await startServer(api)
  const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: server.url, deadline: 60_000 })
  // First calls are slow by their connections and by code that runs for the first time.
  const warm = { fromUserId: '1', toGroupId: ['0'], objectName: 'app:x', content: 'x' } as const
  await Promise.all(Array.from({ length: 9 }, () => client.sendGroupStatusMessage(warm)))
  await new Promise((done) => setTimeout(done, 1_100))
  const until = performance.now() + 10_000
  const controller = new AbortController()
  const saturate = async (groups: number) => {
    const toGroupId = Array.from({ length: groups }, (_, i) => String(i)) as [string]
    while (performance.now() < until) {
      await client.safe.sendGroupStatusMessage(
        { fromUserId: '1', toGroupId, objectName: 'app:x', content: 'x' },
        { signal: controller.signal },
      )
    }
  }
  setTimeout(() => controller.abort(), 10_000)
  await Promise.all([1, 2, 3, 1, 2, 3, 1, 2, 3].map(saturate))
  const messages = api.calls
    .map((call) => (call.operation === 'sendGroupStatusMessage' ? call.body.toGroupId.length : 0))
    .reduce<number>((sum, one) => sum + one, 0)
  await server.close()
  expect(api.calls.filter(({ status }) => status === 429)).toEqual([])
  expect(() => api.verify()).not.toThrow()
  expect(messages).toBeGreaterThanOrEqual(170)
})
