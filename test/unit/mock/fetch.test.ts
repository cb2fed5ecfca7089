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

test.each<[name: string, given: Parameters<typeof fetch>, method: string]>([
  ['a URL alone', [URL_OF_CALL], 'GET'],
  ['no method', [URL_OF_CALL, {}], 'GET'],
  ['no body', [URL_OF_CALL, { method: 'POST' }], 'POST'],
  ['a body that is null', [URL_OF_CALL, { method: 'post', body: null }], 'POST'],
  ['an empty body', [URL_OF_CALL, { method: 'POST', body: '' }], 'POST'],
  ['a request without a body', [new Request(URL_OF_CALL, { method: 'POST' })], 'POST'],
  ['a request with an empty body', [new Request(URL_OF_CALL, { method: 'POST', body: '' })], 'POST'],
  ['another method with a text', [URL_OF_CALL, { method: 'PUT', body: 'a=1' }], 'PUT'],
])('%s has the method and the media type that the runtime gives it', async (_name, given, method) => {
  const api = createMockApi(KEYS)
  const native = given[0] instanceof Request ? given[0].clone() : new Request(...given)
  await api.fetch(...given)
  expect(api.calls).toMatchObject([{ method, path: PATH }])
  expect(api.calls[0]?.headers['content-type'] ?? null).toBe(native.headers.get('content-type'))
})

test('a signal that has ended, of a request or beside it, ends the call before it is recorded', async () => {
  const api = createMockApi(KEYS)
  const reason = new Error('enough')
  const signal = AbortSignal.abort(reason)
  await expect(api.fetch(URL_OF_CALL, { ...init(), signal })).rejects.toBe(reason)
  await expect(api.fetch(new Request(URL_OF_CALL, { ...init(), signal }))).rejects.toBe(reason)
  await expect(api.fetch(new Request(URL_OF_CALL, init()), { signal })).rejects.toBe(reason)
  expect(api.calls).toEqual([])
})

test('a signal that ends while the body of a request is read ends the call, too', async () => {
  const api = createMockApi(KEYS)
  const leaving = new AbortController()
  const reason = new Error('enough')
  const body = new ReadableStream({
    pull(stream) {
      leaving.abort(reason)
      stream.close()
    },
  })
  const request = { ...init(), body, duplex: 'half', signal: leaving.signal } as RequestInit
  await expect(api.fetch(URL_OF_CALL, request)).rejects.toBe(reason)
  expect(api.calls).toEqual([])
})

test('a broken answer is a network error, and a late one comes late', async () => {
  const api = createMockApi(KEYS)
  api.respondOnce('sendGroupStatusMessage', { fault: 'reset' })
  await expect(api.fetch(URL_OF_CALL, init())).rejects.toThrow(new TypeError('fetch failed'))
  expect(api.calls).toHaveLength(1)
})
