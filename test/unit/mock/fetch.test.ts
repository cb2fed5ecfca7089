/** The mock as a `fetch`: every form of request that a caller may pass. */
import { expect, test, vi } from 'vitest'
import { createMockApi } from '../../../src/testing.js'
import { form, PAIRS, PATH, signedHeaders } from '../../support/raw-request.js'

const KEYS = { appKey: 'uwd1c0sxdlx2', appSecret: 'Y1W2MeFwwwRxa0' }
const URL_OF_CALL = `http://mock${PATH}`
const init = () => ({ method: 'POST', headers: signedHeaders(), body: form(PAIRS) })

/** A request of another copy of undici: it has the same shape, but its class is unknown to this runtime. */
function foreign(): Request {
  const { url, method, headers, signal, body } = new Request(URL_OF_CALL, init())
  const arrayBuffer = () => new Response(form(PAIRS)).arrayBuffer()
  return { url, method, headers, signal, body, arrayBuffer } as Request
}

test.each([
  ['a URL and its parts', () => [URL_OF_CALL, init()]],
  ['a URL object', () => [new URL(URL_OF_CALL), init()]],
  ['a request', () => [new Request(URL_OF_CALL, init())]],
  ['a request of another copy of undici', () => [foreign()]],
  ['that, with other headers', () => [foreign(), { headers: signedHeaders() }]],
] as [string, () => Parameters<typeof fetch>][])('takes %s', async (_name, given) => {
  const api = createMockApi(KEYS)
  const response = await api.fetch(...given())
  expect(response.status).toBe(200)
  expect(() => api.verify()).not.toThrow()
})

test('looks up the clock at each call, so that it does not hold on to fakes of a test', async () => {
  vi.useFakeTimers({ now: 1_000 })
  const api = createMockApi(KEYS)
  await api.fetch(URL_OF_CALL, init())
  vi.useRealTimers()
  await api.fetch(URL_OF_CALL, init())
  const [frozen, free] = api.calls.map(({ at }) => at)
  expect(frozen).toBe(1_000)
  expect(free).toBeGreaterThan(1_000)
})
