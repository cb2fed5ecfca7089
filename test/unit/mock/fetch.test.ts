/** The mock as a `fetch`: every form of request that a caller may pass. */
import { setupServer } from 'msw/node'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMockApi } from '../../../src/testing.js'
import { form, PAIRS, PATH, signedHeaders } from '../../support/raw-request.js'

const KEYS = { appKey: 'uwd1c0sxdlx2', appSecret: 'Y1W2MeFwwwRxa0' }
const FORM = 'application/x-www-form-urlencoded'
const URL_OF_CALL = `http://mock${PATH}`
const init = () => ({ method: 'POST', headers: signedHeaders(), body: form(PAIRS) })

/** Without a media type, which the body brings. */
function signedAlone(): Record<string, string> {
  const { 'Content-Type': _, ...headers } = signedHeaders()
  return headers
}

/** A request of another copy of undici: it has the same shape, but its class is unknown to this runtime. */
function foreign(): Request {
  const { url, method, headers, signal, body } = new Request(URL_OF_CALL, init())
  const arrayBuffer = () => new Response(form(PAIRS)).arrayBuffer()
  return { url, method, headers, signal, body, arrayBuffer } as Request
}

const FORMS: [string, () => Parameters<typeof fetch>][] = [
  ['a URL and its parts', () => [URL_OF_CALL, init()]],
  ['a URL object', () => [new URL(URL_OF_CALL), init()]],
  ['headers as `Headers`', () => [URL_OF_CALL, { ...init(), headers: new Headers(signedHeaders()) }]],
  ['headers as pairs', () => [URL_OF_CALL, { ...init(), headers: Object.entries(signedHeaders()) }]],
  [
    'a body as `URLSearchParams`',
    () => [URL_OF_CALL, { method: 'POST', headers: signedAlone(), body: new URLSearchParams(form(PAIRS)) }],
  ],
  ['a body as bytes', () => [URL_OF_CALL, { ...init(), body: new TextEncoder().encode(form(PAIRS)) }]],
  [
    'a body as a `Blob`',
    () => [URL_OF_CALL, { method: 'POST', headers: signedAlone(), body: new Blob([form(PAIRS)], { type: FORM }) }],
  ],
  ['a request', () => [new Request(URL_OF_CALL, init())]],
  ['a request of another copy of undici', () => [foreign()]],
  ['that, with other headers', () => [foreign(), { headers: signedHeaders() }]],
]

async function expectTaken(given: () => Parameters<typeof fetch>): Promise<void> {
  const api = createMockApi(KEYS)
  const response = await api.fetch(...given())
  expect(response.status).toBe(200)
  expect(() => api.verify()).not.toThrow()
}

test.each(FORMS)('takes %s', (_name, given) => expectTaken(given))

test.each(FORMS)('takes %s where MSW listens', async (_name, given) => {
  const server = setupServer()
  server.listen()
  onTestFinished(() => server.close())
  await expectTaken(given)
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
