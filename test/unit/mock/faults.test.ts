/** Answers with a delay or a fault: what a plain `fetch` and the client get through `fetch` and MSW. HTTP has the same in test/integration. */
import { setupServer } from 'msw/node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/index.js'
import { handlers, listenOptions } from '../../../src/msw.js'
import { type CustomAnswer, createMockApi } from '../../../src/testing.js'
import { KEYS, PATH, raw } from '../../support/raw-request.js'

const OPERATION = 'sendGroupStatusMessage'
const FIELDS = { fromUserId: '2191', toGroupId: ['2193'], objectName: 'app:note', content: 'hello' } as const
const api = createMockApi({ ...KEYS, rateLimit: false })
const server = setupServer(...handlers(api))
afterEach(() => {
  server.close()
  api.reset()
})

/** Both entry points that need no port, as a `fetch`. */
const ENTRY_POINTS: readonly (readonly [string, () => typeof fetch])[] = [
  ['fetch', () => api.fetch],
  [
    'MSW',
    () => {
      server.listen(listenOptions)
      return (...all) => globalThis.fetch(...all)
    },
  ],
]

const send = (fetch: typeof globalThis.fetch, signal?: AbortSignal) =>
  fetch(`https://api.rong-api.com${PATH}`, { ...raw(), ...(signal && { signal }) })

describe.each(ENTRY_POINTS)('through %s', (_name, open) => {
  test('hang: no answer until the caller aborts, then the reason of the caller', async () => {
    api.respondOnce(OPERATION, { fault: 'hang' })
    const controller = new AbortController()
    const sent = send(open(), controller.signal)
    const outcome = vi.fn()
    sent.then(outcome, outcome)
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(outcome).not.toHaveBeenCalled()
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(sent).rejects.toBe(reason)
  })

  test('hang: a reset of the mock breaks the connection', async () => {
    api.respondOnce(OPERATION, { fault: 'hang' })
    const fetch = open()
    const sent = send(fetch)
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    api.reset()
    await expect(sent).rejects.toThrow(TypeError)
    // Only calls from before the reset end.
    api.respondOnce(OPERATION, { fault: 'hang' })
    await expect(send(fetch, AbortSignal.timeout(30))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('reset: the TypeError of a broken connection', async () => {
    api.respondOnce(OPERATION, { fault: 'reset' })
    await expect(send(open())).rejects.toThrow(TypeError)
    expect(api.calls).toHaveLength(1)
  })

  test('truncate: status, headers and half of the body', async () => {
    api.respondOnce(OPERATION, { fault: 'truncate' })
    const answer = await send(open())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(answer.headers.get('content-length')).toBe(String(api.calls[0]?.answer.length))
    await expect(answer.text()).rejects.toThrow()
  })

  test.each(['', 'a', 'ab', '汉'])('truncate: the body %j does not end', async (body) => {
    api.respondOnce(OPERATION, { body, fault: 'truncate' })
    const answer = await send(open())
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(Math.ceil(body.length / 2))
    await expect(answer.text()).rejects.toThrow()
  })

  test('garbage: HTTP 200 with HTML', async () => {
    api.respondOnce(OPERATION, { fault: 'garbage' })
    const answer = await send(open())
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>/)
  })

  test.each([
    ['the usual success', {}, 200],
    ['an example', { example: 'rateLimited' }, 429],
    ['the usual success, where the example is undefined', { example: undefined }, 200],
    ['an answer of your own', { status: 503, body: 'busy' }, 503],
  ])('delay: %s comes late', async (_what, answer, status) => {
    api.respondOnce(OPERATION, { ...answer, delay: 60 } as CustomAnswer)
    const start = performance.now()
    expect((await send(open())).status).toBe(status)
    expect(performance.now() - start).toBeGreaterThan(50)
  })

  test('delay: the caller may abort during it', async () => {
    api.respondOnce(OPERATION, { delay: 60_000 })
    await expect(send(open(), AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test.each([
    ['hang', { kind: 'timeout', processed: 'unknown' }],
    ['reset', { kind: 'network', processed: 'unknown' }],
    ['truncate', { kind: 'network', processed: 'unknown' }],
    ['garbage', { kind: 'api', processed: 'unknown', status: 200 }],
  ] as const)('the client reports %s with the right kind, and sends once', async (fault, expected) => {
    api.respondOnce(OPERATION, { fault })
    const timeout = fault === 'hang' ? 100 : 5_000
    const client = createClient({ ...KEYS, region: 'beijing', fetch: open(), timeout })
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
    expect(error).toMatchObject({ ...expected, attempts: 1 })
    expect(api.calls).toHaveLength(1)
  })
})

test('only valid calls use an answer, and `times` limits their number', () => {
  api.respondOnce(OPERATION, 'rateLimited', { times: 2 })
  const call = (change = {}) => {
    const { headers, ...rest } = raw(change)
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    return api.handle({ ...rest, headers: lower }).status
  }
  expect([call({ body: '' }), call(), call({ body: '' }), call(), call()]).toEqual([400, 429, 400, 429, 200])
})

test.each([
  [{ delay: 200, code: 429 }, 'an answer has no "code". It may have example, status, body, headers, fault, delay'],
  [{ fault: 'explode' }, '"fault" must be one of hang, reset, truncate, garbage. Received "explode"'],
  ...[204, 205, 304].map((status) => [
    { status, fault: 'truncate' },
    `"fault" must not be "truncate" with the status ${status}, which allows no body`,
  ]),
  ...['Trailer', 'Keep-Alive', 'Upgrade', 'Connection', 'Transfer-Encoding', 'Content-Length'].map((name) => [
    { headers: { [name]: 'x' } },
    `"headers" must not contain "${name.toLowerCase()}", which the server sets`,
  ]),
  [{ headers: { 'x-a': 'é' } }, 'the header "x-a" must be ASCII. Received "é"'],
  [{ delay: -1 }, '"delay" must be milliseconds, from 0 to 2147483647. Received -1'],
  [{ delay: '5' }, '"delay" must be milliseconds, from 0 to 2147483647. Received "5"'],
  [{ delay: 2 ** 31 }, '"delay" must be milliseconds, from 0 to 2147483647. Received 2147483648'],
  [{ example: 'sent', status: 500 }, '"example" must not be combined with "status", "body" or "headers"'],
  [{ example: 'nothing' }, /^"example" must be one of sent, [\w, ]+\. Received "nothing"$/],
] as [unknown, string | RegExp][])('refuses the answer %j by name', (answer, message) => {
  expect(() => api.respondOnce(OPERATION, answer as never)).toThrow(message)
})

test.each([0, 1.5, '2'])('refuses %j times', (times) => {
  expect(() => api.respondOnce(OPERATION, 'sent', { times: times as number })).toThrow(
    `"times" must be a whole number above 0. Received ${JSON.stringify(times)}`,
  )
})
