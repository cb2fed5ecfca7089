/** One attempt: what is sent, and what its end means for the request. */
import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type AttemptTarget, attempt, type Call, createSend, type Transport } from '../../../src/client/attempt.js'
import { operations } from '../../../src/core/contract.js'
import { VERSION } from '../../../src/core/version.js'

const CALL: Call = {
  name: 'send',
  operation: operations.sendGroupStatusMessage,
  body: 'a=1',
  requestId: 'r',
  headers: { 'x-request-id': 'r', 'content-type': 'application/x-www-form-urlencoded' },
  signal: undefined,
}
const AIM: AttemptTarget = { baseUrl: 'http://host:8080', timeout: 1_000, attempts: 2, close: false }
const URL_OF_CALL = `http://host:8080${operations.sendGroupStatusMessage.path}`
const ok = async () => new Response('{"code":200}')
const sign = () => ({ signature: 'x' })
const sendBy = (fetch: unknown, signer: Transport['sign'] = sign) =>
  createSend({ sign: signer, fetch: fetch as Transport['fetch'] })

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('createSend', () => {
  test('signs, names the package, and follows no redirect', async () => {
    const fetch = vi.fn(ok)
    const { signal } = new AbortController()
    await sendBy(fetch)(URL_OF_CALL, { method: 'POST', headers: { a: 'b' }, body: 'a=1', signal }).response
    expect(fetch.mock.calls).toEqual([
      [
        URL_OF_CALL,
        {
          method: 'POST',
          redirect: 'manual',
          headers: { 'user-agent': `rongcloud-status-message/${VERSION}`, a: 'b', signature: 'x' },
          body: 'a=1',
          signal,
        },
      ],
    ])
  })

  const { signal } = new AbortController()
  const request = { method: 'POST', body: 'a=1', signal }

  test("the signature wins over the caller's headers, and the caller's User-Agent over the package's", async () => {
    const fetch = vi.fn(ok)
    await sendBy(fetch)(URL_OF_CALL, { ...request, headers: { 'user-agent': 'mine', signature: 'forged' } }).response
    expect(fetch.mock.calls[0]).toMatchObject([URL_OF_CALL, { headers: { 'user-agent': 'mine', signature: 'x' } }])
  })

  test('sends no User-Agent from a page, because pages may not set it', async () => {
    vi.stubGlobal('window', { document: {} })
    const fetch = vi.fn(ok)
    await sendBy(fetch)(URL_OF_CALL, { ...request, headers: {} }).response
    expect(fetch.mock.calls[0]).toMatchObject([URL_OF_CALL, { headers: { signature: 'x' } }])
    expect(Object.keys((fetch.mock.calls as unknown as [string, RequestInit][])[0]?.[1].headers ?? {})).toEqual([
      'signature',
    ])
  })

  // Chromium and Workers refuse their `fetch` with any other receiver.
  test.each([
    ['an option', (fetch: unknown) => sendBy(fetch)],
    [
      "the runtime's",
      (fetch: unknown) => {
        vi.stubGlobal('fetch', fetch)
        return sendBy(undefined)
      },
    ],
  ])('calls fetch without a receiver: %s', async (_name, sendOf) => {
    const receivers: unknown[] = []
    function strict(this: unknown) {
      receivers.push(this)
      return ok()
    }
    await sendOf(strict)(URL_OF_CALL, { ...request, headers: {} }).response
    expect(receivers).toEqual([undefined])
  })

  test("looks the runtime's fetch up for each request", async () => {
    const send = sendBy(undefined)
    const seen: string[] = []
    for (const name of ['first', 'second']) {
      vi.stubGlobal('fetch', async () => {
        seen.push(name)
        return ok()
      })
      await send(URL_OF_CALL, { ...request, headers: {} }).response
    }
    expect(seen).toEqual(['first', 'second'])
  })

  test.each([
    ['Deno, whose fetch would send a text again', {}, Blob],
    ['any other runtime', undefined, String],
  ])('gives the body to %s', async (_name, deno, kind) => {
    vi.stubGlobal('Deno', deno)
    if (deno === undefined) Reflect.deleteProperty(globalThis, 'Deno')
    const fetch = vi.fn(ok)
    await sendBy(fetch)(URL_OF_CALL, { ...request, headers: {} }).response
    const { body } = (fetch.mock.calls as unknown as [string, { body: string | Blob }][])[0]?.[1] ?? {}
    expect(Object(body)).toBeInstanceOf(kind)
    expect(await new Response(body).text()).toBe('a=1')
  })

  test('gives Deno no body when the request has none', async () => {
    vi.stubGlobal('Deno', {})
    const fetch = vi.fn(ok)
    await sendBy(fetch)(URL_OF_CALL, { ...request, headers: {}, body: undefined }).response
    expect(fetch.mock.calls[0]).toMatchObject([URL_OF_CALL, { body: null }])
  })

  test('throws at once without any fetch, and sends nothing', () => {
    vi.stubGlobal('fetch', undefined)
    expect(() => sendBy(undefined)(URL_OF_CALL, { ...request, headers: {} })).toThrow('this runtime has no "fetch"')
  })
})

/** A fetch that honours the signal. */
const hangs = (_url: string, { signal }: RequestInit) =>
  new Promise<Response>((_, fail) => signal?.addEventListener('abort', () => fail(signal.reason)))
const fails = (error: unknown) => () => Promise.reject(error)
const raises = (error: unknown) => () => {
  throw error
}
const refused = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) })
const bodyThat = (fill: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => async () =>
  new Response(new ReadableStream({ pull: fill }))

const selfContaining = new AggregateError([], '')
selfContaining.errors.push(selfContaining)

describe('a failed attempt says whether the request was processed', () => {
  test.each([
    [
      'the connection was lost',
      fails(new Error('reset')),
      { message: 'send: connection lost to host:8080: reset', kind: 'network', processed: 'unknown', attempts: 2 },
    ],
    [
      'there was no connection',
      fails(refused),
      {
        message: 'send: no connection to host:8080: no (ECONNREFUSED)',
        kind: 'network',
        processed: 'no',
        retryable: true,
        attempts: 2,
      },
    ],
    [
      'fetch throws at once, which proves nothing',
      raises(new ReferenceError('x is not defined')),
      {
        message: 'send: "fetch" failed: x is not defined',
        kind: 'usage',
        processed: 'unknown',
        retryable: false,
        attempts: 2,
      },
    ],
    [
      'fetch gives no answer at all',
      async () => undefined,
      {
        message: 'send: "fetch" failed: must resolve to a Response. Received undefined',
        kind: 'usage',
        processed: 'unknown',
        retryable: false,
        attempts: 2,
      },
    ],
    [
      'fetch gives something else',
      async () => ({ ok: true }) as Response,
      {
        message: 'send: "fetch" failed: must resolve to a Response. Received object',
        kind: 'usage',
        processed: 'unknown',
      },
    ],
    [
      'the body breaks',
      bodyThat((controller) => controller.error(new Error('broken'))),
      { message: 'send: connection lost to host:8080: broken', kind: 'network', processed: 'unknown' },
    ],
    [
      'the body breaks with an error of a connection that could not be made',
      bodyThat((controller) => controller.error(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))),
      { message: 'send: connection lost to host:8080: no (ECONNREFUSED)', kind: 'network', processed: 'unknown' },
    ],
    [
      'the body was read before',
      async () => {
        const response = await ok()
        await response.text()
        return response
      },
      { kind: 'usage', processed: 'unknown' },
    ],
    [
      'no answer came',
      hangs,
      { message: 'send: no complete answer within 20 ms', kind: 'timeout', processed: 'unknown', retryable: true },
    ],
    [
      'no end of the body came',
      async (_url: string, { signal }: RequestInit) =>
        new Response(new ReadableStream({ start: (it) => signal?.addEventListener('abort', () => it.error('over')) })),
      { message: 'send: no complete answer within 20 ms', kind: 'timeout', processed: 'unknown' },
    ],
    [
      'no answer came, and fetch does not heed the signal',
      () => new Promise(() => {}),
      { message: 'send: no complete answer within 20 ms', kind: 'timeout', processed: 'unknown' },
    ],
  ])('%s', async (_name, fetch, facts) => {
    const { error } = await attempt(CALL, sendBy(fetch), { ...AIM, timeout: 20.4 })
    expect(error).toMatchObject({ ...facts, host: 'host:8080', requestId: 'r' })
  })

  test.each<readonly [shape: string, error: unknown]>([
    ['whose message throws', Object.defineProperty(new Error(), 'message', { get: raises(new Error('no')) })],
    ['whose cause throws', Object.defineProperty(new Error('x'), 'cause', { get: raises(new Error('no')) })],
    ['each property of which throws', new Proxy({}, { get: raises(new Error('no')) })],
    ['that contains itself', selfContaining],
  ])('fetch threw an error %s', async (_shape, cause) => {
    const { error } = await attempt(CALL, sendBy(fails(cause as Error)), AIM)
    expect(error).toMatchObject({
      message: 'send: connection lost to host:8080: an error that cannot be read',
      kind: 'network',
      processed: 'unknown',
      retryable: true,
      attempts: 2,
    })
  })

  test.each([
    ['it could not be signed', () => raises(new TypeError('no nonce'))() as never, ok, 'contract', 'send: no nonce'],
    ['there is no fetch', sign, undefined, 'usage', /^send: this runtime has no "fetch"/],
  ])('%s: nothing was sent, and it does not count as an attempt', async (_name, signer, fetch, kind, message) => {
    vi.stubGlobal('fetch', undefined)
    const { error } = await attempt(CALL, sendBy(fetch, signer), AIM)
    expect(error).toMatchObject({ kind, processed: 'no', retryable: false, attempts: 1, host: 'host:8080' })
    expect(error?.message).toMatch(message)
  })

  test('an abort by the caller ends it at once, with the reason', async () => {
    const controller = new AbortController()
    const pending = attempt({ ...CALL, signal: controller.signal }, sendBy(hangs), AIM)
    const reason = new Error('user left')
    controller.abort(reason)
    const { error } = await pending
    expect(error).toMatchObject({ message: 'send: aborted by the caller', kind: 'aborted', processed: 'unknown' })
    expect(error?.cause).toBe(reason)
  })

  test('after an earlier abort by the caller nothing is sent', async () => {
    const fetch = vi.fn(ok)
    const { error } = await attempt({ ...CALL, signal: AbortSignal.abort('left') }, sendBy(fetch), AIM)
    const message = 'send: aborted by the caller'
    expect(error).toMatchObject({ message, kind: 'aborted', processed: 'no', attempts: 1, cause: 'left' })
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('an error never contains the signature of its request', () => {
  const signature = '0123456789abcdef0123456789abcdef01234567'
  const headers = { 'rc-signature': signature }
  const request = () => new Request('http://host', { headers })
  test.each<readonly [where: string, fetch: unknown]>([
    ['the settings of axios', fails(Object.assign(new Error('reset'), { config: { headers } }))],
    ['the Request of ky', fails(Object.assign(new Error('reset'), { request: request() }))],
    ['a cause', fails(new Error('reset', { cause: Object.assign(new Error('x'), { options: [{ headers }] }) }))],
    ['a message', fails(new Error(`curl -H 'RC-Signature: ${signature}' failed`))],
    ['a message that is cut off', fails(new Error('x'.repeat(180) + signature))],
    ['the message of the server', async () => Response.json({ errorMessage: `bad: ${signature}` }, { status: 401 })],
    ['a header of the server', async () => new Response('', { status: 500, headers: { echo: signature } })],
    ['an abort', fails(new DOMException(signature, 'AbortError'))],
  ])('in %s', async (_where, fetch) => {
    const { error } = await attempt(
      CALL,
      sendBy(fetch, () => ({ 'rc-nonce': 'n', ...headers })),
      AIM,
    )
    expect(error).toBeDefined()
    const shown = inspect([error, error?.stack, error?.headers, JSON.stringify(error)], { depth: 20, showHidden: true })
    expect(shown).not.toContain(signature.slice(0, 12))
  })

  test('and says what is masked', async () => {
    const { error } = await attempt(
      CALL,
      sendBy(fails(new Error(`the signature ${signature}`)), () => headers),
      AIM,
    )
    expect(error?.message).toBe('send: connection lost to host:8080: the signature [signature]')
  })
})

test('an attempt that ends early also aborts its request', async () => {
  const ended: boolean[] = []
  const fetch = (url: string, init: RequestInit) => {
    init.signal?.addEventListener('abort', () => ended.push(true))
    return hangs(url, init)
  }
  const controller = new AbortController()
  const pending = attempt({ ...CALL, signal: controller.signal }, sendBy(fetch), AIM)
  controller.abort()
  await pending
  await attempt(CALL, sendBy(fetch), { ...AIM, timeout: 1 })
  expect(ended).toEqual([true, true])
})

test('asks the server to close the connection when it must be closed', async () => {
  const fetch = vi.fn(ok)
  await attempt(CALL, sendBy(fetch), AIM)
  await attempt(CALL, sendBy(fetch), { ...AIM, close: true })
  const sent = (fetch.mock.calls as unknown as [string, { headers: Record<string, string> }][]).map(
    ([, { headers }]) => headers['connection'],
  )
  expect(sent).toEqual([undefined, 'close'])
})

test.each([
  ['succeeds', ok],
  ['fails', fails(new Error('reset'))],
])('an attempt that %s leaves neither a timer nor a listener behind', async (_name, fetch) => {
  vi.useFakeTimers()
  const { signal } = new AbortController()
  const pending = attempt({ ...CALL, signal }, sendBy(fetch), AIM)
  expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([1, 1])
  await pending
  expect([vi.getTimerCount(), getEventListeners(signal, 'abort').length]).toEqual([0, 0])
})
