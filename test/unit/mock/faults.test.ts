/** Answers with a delay or a fault: what a plain `fetch` and the client get through `fetch` and MSW. HTTP has the same in test/integration. */
import { getEventListeners } from 'node:events'
import { setupServer } from 'msw/node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/index.js'
import {
  announcedLength,
  bodyOf,
  connectionLost,
  GARBAGE,
  halfOf,
  headersOf,
  waitFor,
} from '../../../src/mock/faults.js'
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

describe('a truncated answer', () => {
  test.each([
    ['', '', 1],
    ['a', 'a', 2],
    ['ab', 'a', 2],
    ['abc', 'ab', 3],
    ['é', 'é', 3],
    ['éé', 'é', 4],
  ])('of %j arrives as %j, of %i bytes that were announced', (body, half, bytes) => {
    expect([halfOf(body), announcedLength(body)]).toEqual([half, bytes])
    const headers = { 'x-a': '1' }
    expect(headersOf({ headers, body, fault: 'truncate' })).toEqual({ 'x-a': '1', 'content-length': String(bytes) })
    expect(headersOf({ headers, body })).toBe(headers)
  })

  test('gives its first half once, then the error of a broken connection', async () => {
    const reader = (bodyOf({ body: 'abc', fault: 'truncate' }) as ReadableStream<Uint8Array>).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('ab')
    await expect(reader.read()).rejects.toEqual(connectionLost())
  })

  test('is a stream alone: other bodies are as they are, an empty one is none', () => {
    expect([bodyOf({ body: 'abc' }), bodyOf({ body: '' }), bodyOf(GARBAGE)]).toEqual(['abc', null, GARBAGE.body])
  })
})

test('a broken connection has the error that fetch has', () => {
  const error = connectionLost()
  expect([error.name, error.message]).toEqual(['TypeError', 'fetch failed'])
  expect(error.cause).toMatchObject({ message: 'the mock broke the connection', code: 'ECONNRESET' })
})

describe('the wait for an answer', () => {
  /** A signal, and how many listeners are on it. */
  function counted() {
    const controller = new AbortController()
    const { signal } = controller
    return {
      signal,
      abort: (reason?: unknown) => controller.abort(reason),
      listeners: () => getEventListeners(signal, 'abort').length,
    }
  }

  test('is none without a delay', () => {
    expect(waitFor({ body: '' }, undefined)).toBeUndefined()
    expect(waitFor({ body: '', delay: 0, fault: 'reset' }, AbortSignal.abort())).toBeUndefined()
  })

  test('ends after the delay, with no signal at all', async () => {
    await expect(waitFor({ body: '', delay: 1 }, null)).resolves.toBeUndefined()
  })

  test.each([
    ['its time', {}, () => {}, undefined],
    ['the caller', { delay: 60_000 }, ({ abort }: ReturnType<typeof counted>) => abort('caller'), 'caller'],
    [
      'the caller, where it hangs',
      { fault: 'hang' },
      ({ abort }: ReturnType<typeof counted>) => abort('caller'),
      'caller',
    ],
    ['a reset', { delay: 60_000 }, (_: unknown, { abort }: ReturnType<typeof counted>) => abort(), connectionLost()],
    [
      'a reset, where it hangs',
      { fault: 'hang' },
      (_: unknown, { abort }: ReturnType<typeof counted>) => abort(),
      connectionLost(),
    ],
  ] as const)('that %s ends leaves no listener and no timer behind', async (_what, given, end, reason) => {
    const [caller, mock] = [counted(), counted()]
    vi.useFakeTimers()
    try {
      const waiting = waitFor({ body: '', delay: 5, ...given, ended: mock.signal }, caller.signal)
      expect([caller.listeners(), mock.listeners()]).toEqual([1, 1])
      const outcome = Promise.resolve(waiting).then(
        () => undefined,
        (error: unknown) => error,
      )
      end(caller, mock)
      if (reason === undefined) vi.advanceTimersByTime(5)
      expect(await outcome).toEqual(reason)
      expect([caller.listeners(), mock.listeners(), vi.getTimerCount()]).toEqual([0, 0, 0])
    } finally {
      vi.useRealTimers()
    }
  })

  test('that hangs has no timer', () => {
    vi.useFakeTimers()
    waitFor({ body: '', fault: 'hang', delay: 5 }, undefined)
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  test('of a caller who has given up rejects at once with the reason, and so does one after a reset', async () => {
    const [caller, mock] = [counted(), counted()]
    caller.abort('before')
    mock.abort()
    vi.useFakeTimers()
    const slow = { body: '', delay: 5, ended: mock.signal }
    await expect(waitFor({ body: '', fault: 'hang' }, caller.signal)).rejects.toBe('before')
    await expect(waitFor({ body: '', fault: 'hang', ended: mock.signal }, undefined)).rejects.toEqual(connectionLost())
    await expect(waitFor(slow, undefined)).rejects.toEqual(connectionLost())
    await expect(waitFor(slow, caller.signal)).rejects.toBe('before')
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
