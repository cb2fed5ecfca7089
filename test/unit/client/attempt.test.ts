/** What one attempt says by itself, before the delivery tells it for the whole call. */
import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Aim, attempt, type Call, LightRequest, type Wire } from '../../../src/client/attempt.js'
import { operations } from '../../../src/core/contract.js'

const CALL: Call = {
  name: 'send',
  operation: operations.sendGroupStatusMessage,
  fields: {},
  requestId: 'r',
  headers: { 'x-request-id': 'r' },
  signal: undefined,
}
const AIM: Aim = { baseUrl: 'http://host:8080', timeout: 1_000, attempts: 2, close: false }
const SUCCESS = '{"code":200}'

/** A way out that ends as told. */
const wire = (fetch: Wire['fetch'], sign: Wire['sign'] = () => ({ signature: 'x' })): Wire => ({
  sign,
  fetch,
  request: async (method, path, init) => {
    const { fetch: send } = init as { fetch: (request: LightRequest) => Promise<Response> }
    const response = await send(new LightRequest(`http://host:8080${path}`, { method }))
    return { data: await response.text(), response }
  },
})
const fails = (cause: Error) => wire(() => Promise.reject(cause))
/** Ends when the signal of the attempt fires. */
const hangs: Wire = {
  ...fails(new Error('unused')),
  request: async (_method, _path, init) => {
    const { fetch: send, signal } = init as {
      fetch: (request: LightRequest) => Promise<Response>
      signal: AbortSignal
    }
    await send(new LightRequest('http://host:8080/', { method: 'POST' })).catch(() => {})
    return new Promise((_, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason))
    })
  },
}

afterEach(() => vi.useRealTimers())

describe('an attempt that fails says what became of the request', () => {
  test.each([
    [
      'the connection was lost',
      fails(new Error('reset')),
      { message: 'send: connection lost to host:8080', kind: 'network', sent: 'unknown', retryable: true, attempts: 2 },
    ],
    [
      'there was no connection',
      fails(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
      { message: 'send: no connection to host:8080', kind: 'network', sent: 'no', retryable: true, attempts: 2 },
    ],
    [
      'it could not be signed',
      wire(fetch, () => {
        throw new TypeError('no nonce')
      }),
      { message: 'send: no nonce', kind: 'contract', sent: 'no', retryable: false, attempts: 1 },
    ],
    [
      'no answer came',
      hangs,
      { message: 'send: no whole answer within 20 ms', kind: 'timeout', sent: 'unknown', retryable: true, attempts: 2 },
    ],
  ])('%s', async (_name, way, facts) => {
    const { error } = await attempt(CALL, way, { ...AIM, timeout: 20.4 })
    expect(error).toMatchObject({ ...facts, host: 'host:8080', requestId: 'r' })
  })

  test('the caller gave it up: at once, with the reason', async () => {
    const controller = new AbortController()
    const pending = attempt({ ...CALL, signal: controller.signal }, hangs, { ...AIM, timeout: 60_000 })
    const reason = new Error('user left')
    setTimeout(() => controller.abort(reason), 10)
    const { error } = await pending
    expect(error).toMatchObject({ message: 'send: aborted by the caller', kind: 'aborted', sent: 'unknown' })
    expect(error?.cause).toBe(reason)
  })
})

test.each([
  ['at once', () => ({ signature: 'x' })],
  ['later, as WebCrypto does', async () => ({ signature: 'x' })],
])('a signer that gives its headers %s signs the request', async (_name, sign) => {
  const seen: unknown[] = []
  const way = wire(async (_url, init) => {
    seen.push(init?.headers)
    return new Response(SUCCESS)
  }, sign)
  expect((await attempt(CALL, way, AIM)).error).toBeUndefined()
  expect(seen).toEqual([{ 'x-request-id': 'r', 'content-type': 'application/x-www-form-urlencoded', signature: 'x' }])
})

test.each([
  ['succeeds', wire(async () => new Response(SUCCESS))],
  ['fails', fails(new Error('reset'))],
])('an attempt that %s leaves neither a timer nor a listener behind', async (_name, way) => {
  vi.useFakeTimers()
  const { signal } = new AbortController()
  const pending = attempt({ ...CALL, signal }, way, AIM)
  expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([1, 1])
  await pending
  expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([0, 0])
})
