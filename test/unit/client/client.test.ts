/** The client with a scripted `fetch`: no port, no waiting. `test/integration/client.test.ts` has the same on real sockets. */
import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Server, servers } from '../../../src/core/contract.js'
import { type ClientOptions, createClient, isRongCloudError, message, RongCloudError } from '../../../src/index.js'
import { createMockApi } from '../../../src/testing.js'
import { sha1 } from '../../support/raw-request.js'

const KEYS = { appKey: 'the-app-key', appSecret: 'canary-app-secret' }
const FIELDS = { fromUserId: '2191', toGroupId: ['2193', '2192'], objectName: 'app:note', content: 'hello' } as const

afterEach(() => vi.unstubAllGlobals())

/** A client whose `fetch` gives this answer. */
const answered = (status: number, body: unknown, options: Partial<ClientOptions> = {}) =>
  createClient({
    ...KEYS,
    baseUrl: 'http://mock',
    fetch: async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
    retry: false,
    ...options,
  })

const errorOf = async (client: ReturnType<typeof createClient>, ...rest: unknown[]): Promise<RongCloudError> => {
  const send = client.safe.sendGroupStatusMessage as (...all: unknown[]) => Promise<{ error?: RongCloudError }>
  const { error } = await send(...(rest.length > 0 ? rest : [FIELDS]))
  if (!error) throw new Error('expected an error, got an answer')
  return error
}

describe('a call', () => {
  test('is sent as one signed form post, decoded here without any code of the package', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response('{"code":200}'))
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: fetch as typeof globalThis.fetch })
    const before = Date.now()
    await client.sendGroupStatusMessage({ ...FIELDS, content: 'a b+c&中', isIncludeSender: 1 }, { requestId: 'my-id' })
    const [url, { method, headers: sent, body } = {}] = fetch.mock.calls[0] ?? []
    const headers = sent as Record<string, string>
    expect([method, url]).toEqual(['POST', 'http://mock/statusmessage/group/publish.json'])
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(headers['x-request-id']).toBe('my-id')
    expect(headers['app-key']).toBe('the-app-key')
    expect(headers['signature']).toBe(sha1(`canary-app-secret${headers['nonce']}${headers['timestamp']}`))
    expect(String(headers['nonce']).length).toBeLessThanOrEqual(18)
    expect(Number(headers['timestamp'])).toBeGreaterThanOrEqual(before)
    expect(body).toBe(
      'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=app%3Anote&content=a%20b%2Bc%26%E4%B8%AD&isIncludeSender=1',
    )
  })

  test("returns the answer's data and the request id, and also status and headers", async () => {
    const client = answered(200, { code: 200, messageUIDs: [{ groupId: '2193', messageUID: 'U' }], more: 1 })
    const result = await client.sendGroupStatusMessage(FIELDS, { requestId: 'r' })
    expect(result).toEqual({ messageUIDs: [{ groupId: '2193', messageUID: 'U' }], more: 1, requestId: 'r' })
    expect(result.response.status).toBe(200)
    expect(result.response.headers.get('content-type')).toBe('text/plain;charset=UTF-8')
  })

  test('has a UUID as its request id by default', async () => {
    const { requestId } = await answered(200, { code: 200 }).sendGroupStatusMessage(FIELDS)
    expect(requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  test('is not broken by an answer without messageUIDs', async () => {
    const { data, error } = await answered(200, { code: 200 }).safe.sendGroupStatusMessage(FIELDS)
    expect(error).toBeUndefined()
    expect(data?.messageUIDs).toBeUndefined()
  })

  test('has its own signature', async () => {
    const api = createMockApi({ ...KEYS, strict: true })
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    await Promise.all([1, 2, 3].map(() => client.sendGroupStatusMessage(FIELDS)))
    expect(() => api.verify()).not.toThrow()
    expect(new Set(api.calls.map(({ headers }) => headers['nonce'])).size).toBe(3)
  })

  test('calls the primary host of its region', async () => {
    const urls: string[] = []
    const fetch = async (url: unknown) => {
      urls.push(String(url))
      return new Response('{"code":200}')
    }
    await createClient({ ...KEYS, region: 'singapore', fetch }).sendGroupStatusMessage(FIELDS)
    expect(urls).toEqual(['https://api.sg-light-api.com/statusmessage/group/publish.json'])
  })

  test('calls the primary host first, for any order of the hosts in the contract', async () => {
    const hosts: string[] = []
    const fetch = (url: unknown) => {
      hosts.push(new URL(String(url)).host)
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    }
    const reverse = () => (servers as Server[]).reverse()
    for (const turn of [() => servers, reverse]) {
      turn()
      await createClient({ ...KEYS, region: 'beijing', fetch }).safe.sendGroupStatusMessage(FIELDS)
    }
    reverse()
    const [primary, backup] = servers.filter(({ region }) => region === 'beijing').map(({ url }) => new URL(url).host)
    expect(hosts).toEqual([primary, backup, primary, backup])
  })

  test('uses the keys of its own client when there are two clients', async () => {
    const one = createMockApi({ appKey: 'one', appSecret: 'first' })
    const two = createMockApi({ appKey: 'two', appSecret: 'second' })
    const first = createClient({ appKey: 'one', appSecret: 'first', baseUrl: 'http://mock', fetch: one.fetch })
    const second = createClient({ appKey: 'two', appSecret: 'second', baseUrl: 'http://mock', fetch: two.fetch })
    await Promise.all([first.sendGroupStatusMessage(FIELDS), second.sendGroupStatusMessage(FIELDS)])
    expect(() => one.verify()).not.toThrow()
    expect(() => two.verify()).not.toThrow()
    expect([one.calls.length, two.calls.length]).toEqual([1, 1])
  })
})

describe('the check before sending', () => {
  const refused = (fields: unknown, options: Partial<ClientOptions> = {}) =>
    errorOf(
      createClient({
        ...KEYS,
        baseUrl: 'http://mock',
        fetch: () => {
          throw new Error('must not be called')
        },
        ...options,
      }),
      fields,
    )

  test.each([
    [{ ...FIELDS, toGroupId: [] }, 'toGroupId: at least 1 group in one call, got 0'],
    [{ ...FIELDS, toGroupId: '2193' }, 'toGroupId: a list, got "2193"'],
    [{ ...FIELDS, toGroupId: ['1', 2] }, 'toGroupId[1]: a string, got 2'],
    [{ ...FIELDS, fromUserId: 2191 }, 'fromUserId: a string, got 2191'],
    [{ ...FIELDS, objectName: 7 }, 'objectName: a string, got 7'],
    [{ ...FIELDS, fromUserId: undefined }, 'fromUserId: required, got nothing'],
    [{ ...FIELDS, isIncludeSender: true }, 'isIncludeSender: an integer, got true'],
    [{ ...FIELDS, content: { a: 1 } }, 'content: a string, got an object'],
    [{ ...FIELDS, content: '' }, 'content: at least 1 character, got 0'],
    [{ ...FIELDS, ...{ objectName: 'RC:TypSts', content: '{}' } }, 'content.typingContentType: required, got nothing'],
    [null, 'body: an object, got null'],
    ['text', 'body: an object, got "text"'],
  ])('refuses %j', async (fields, expected) => {
    const error = await refused(fields)
    expect(error.message).toBe(`sendGroupStatusMessage: ${expected}`)
    expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0, retryable: false })
    expect(error.violations.map((one) => one.message)).toEqual([expected])
  })

  test('reports all violations at once', async () => {
    const { message, violations } = await refused({ toGroupId: ['1', '2', '3', '4'], objectName: 'a'.repeat(33) })
    expect(message).toBe(`sendGroupStatusMessage: ${violations.map((one) => one.message).join('; ')}`)
    expect(violations.map(({ field, keyword }) => [field, keyword])).toEqual([
      ['fromUserId', 'required'],
      ['content', 'required'],
      ['toGroupId', 'maxItems'],
      ['objectName', 'maxLength'],
    ])
  })

  test('treats missing fields as an empty object, and reports each required field', async () => {
    const { violations } = await refused(undefined)
    expect(violations.map(({ field }) => field)).toEqual(['fromUserId', 'toGroupId', 'objectName', 'content'])
  })

  test('refuses half of a surrogate pair, which no rule about lengths finds', async () => {
    const error = await refused({ ...FIELDS, content: '\ud83d' })
    expect(error.message).toContain('"content" must be well-formed Unicode')
    expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0 })
  })

  test('refuses an unknown reserved type, unless allowUnknownTypes is set', async () => {
    const fields = { ...FIELDS, objectName: 'RC:Newer' }
    expect((await refused(fields)).violations).toMatchObject([{ keyword: 'x-reserved-prefix', received: '"RC:Newer"' }])
    const client = answered(200, { code: 200 }, { allowUnknownTypes: true })
    expect((await client.safe.sendGroupStatusMessage(fields)).error).toBeUndefined()
  })

  test('can be switched off, so that only the server checks', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, validate: false })
    const error = await errorOf(client, { ...FIELDS, toGroupId: ['1', '2', '3', '4'] })
    expect(error).toMatchObject({ kind: 'api', status: 400, code: 1002, attempts: 1 })
    expect(error.message).toBe(
      'sendGroupStatusMessage: HTTP 400, code 1002: toGroupId: at most 3 groups in one call, got 4',
    )
  })
})

describe('an answer that is not a success', () => {
  test.each([
    [
      '401 and 1004',
      401,
      { code: 1004, errorMessage: 'Signature error.' },
      { kind: 'api', code: 1004, processed: 'no', retryable: false },
    ],
    [
      'HTTP 200 and 1004',
      200,
      { code: 1004, errorMessage: 'Signature error.' },
      { kind: 'api', code: 1004, processed: 'no', retryable: false },
    ],
    [
      'HTTP 200 and a code nobody knows',
      200,
      { code: 7 },
      { kind: 'api', code: 7, processed: 'unknown', retryable: true },
    ],
    ['HTTP 200 without a code', 200, {}, { kind: 'api', code: undefined, processed: 'unknown' }],
    ['429 and 1008', 429, { code: 1008 }, { kind: 'rate-limit', code: 1008, processed: 'no', retryable: true }],
    ['HTTP 200 and 1008', 200, { code: 1008 }, { kind: 'rate-limit', processed: 'no', retryable: true }],
    ['429 in HTML', 429, '<html>', { kind: 'rate-limit', code: undefined, processed: 'no', retryable: true }],
    ['500 and 1000', 500, { code: 1000 }, { kind: 'api', code: 1000, processed: 'unknown', retryable: true }],
    [
      '502 in HTML',
      502,
      '<html>Bad Gateway</html>',
      { kind: 'api', status: 502, processed: 'unknown', retryable: true },
    ],
    ['an empty 200', 200, '', { kind: 'api', status: 200, processed: 'unknown' }],
    ['a 200 with half of its JSON', 200, '{"code":20', { kind: 'api', status: 200, processed: 'unknown' }],
    ['a 200 with a list', 200, '[200]', { kind: 'api', status: 200, processed: 'unknown' }],
    ['403 without JSON', 403, 'no', { kind: 'api', status: 403, processed: 'unknown', retryable: false }],
    ['a 200 whose body is too long', 200, 'x'.repeat(2 ** 20 + 1), { kind: 'api', status: 200, processed: 'unknown' }],
  ])('%s', async (_name, status, body, facts) => {
    const error = await errorOf(answered(status, body))
    expect(error).toMatchObject({ status, attempts: 1, host: 'mock', ...facts })
    expect(error.message).toMatch(/^sendGroupStatusMessage: HTTP \d+/)
  })
})

describe('a call that is cut short', () => {
  test('a signal that has fired before sends nothing', async () => {
    let calls = 0
    const fetch = async () => {
      calls++
      return new Response('{}')
    }
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch })
    expect(await errorOf(client, FIELDS, { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'aborted',
      processed: 'no',
      attempts: 0,
    })
    expect(calls).toBe(0)
  })
})

describe('the escape hatch', () => {
  test('is openapi-fetch, signed and form-encoded, and takes middleware', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    client.api.use({ onRequest: ({ request }) => void request.headers.set('X-Request-ID', 'from-middleware') })
    const { data, response } = await client.api.POST('/statusmessage/group/publish.json', { body: FIELDS })
    expect(response.status).toBe(200)
    expect(data?.code).toBe(200)
    expect(data?.messageUIDs?.map(({ groupId }) => groupId)).toEqual(['2193', '2192'])
    expect(api.calls[0]?.headers['x-request-id']).toBe('from-middleware')
    expect(() => api.verify()).not.toThrow()
  })

  test('hands real requests to its middleware, which never sees a call of a method', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    const seen: unknown[] = []
    client.api.use({ onRequest: ({ request }) => void seen.push(request) })
    await client.sendGroupStatusMessage(FIELDS)
    await client.api.POST('/statusmessage/group/publish.json', { body: FIELDS })
    expect(seen).toEqual([expect.any(Request)])
    expect(() => api.verify()).not.toThrow()
  })

  test('does not validate, wait for the rate limit or retry', async () => {
    const fetch = vi.fn(async () => new Response('{"code":1008}', { status: 429 }))
    const limiter = { acquire: vi.fn(), pauseFor: vi.fn() }
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch, limiter })
    const body = { ...FIELDS, toGroupId: ['1', '2', '3', '4'] } as never
    const { response, error } = await client.api.POST('/statusmessage/group/publish.json', { body })
    expect([response.status, error]).toEqual([429, { code: 1008 }])
    expect(fetch).toHaveBeenCalledOnce()
    expect(limiter.acquire).not.toHaveBeenCalled()
    expect(limiter.pauseFor).not.toHaveBeenCalled()
  })

  test('calls fetch with URL and options, without a receiver, and never follows redirects', async () => {
    const seen: unknown[] = []
    function fetch(this: unknown, url: unknown, init: RequestInit = {}) {
      seen.push(this, url, init.method, init.redirect, init.body, init.signal instanceof AbortSignal)
      return Promise.resolve(new Response('{"code":200}'))
    }
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: fetch as typeof globalThis.fetch })
    await client.api.POST('/statusmessage/group/publish.json', { body: FIELDS, redirect: 'follow' })
    const body = 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=app%3Anote&content=hello'
    expect(seen).toEqual([undefined, 'http://mock/statusmessage/group/publish.json', 'POST', 'manual', body, true])
  })

  test('rejects without any fetch', async () => {
    vi.stubGlobal('fetch', undefined)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock' })
    const sent = client.api.POST('/statusmessage/group/publish.json', { body: FIELDS })
    await expect(sent).rejects.toThrow('this runtime has no "fetch"')
    expect(await errorOf(client)).toMatchObject({ kind: 'usage', processed: 'no', attempts: 0, retryable: false })
  })
})

describe('what the caller passes in', () => {
  test('is copied before validation, so that the validated values are sent', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    const toGroupId = ['a', 'b']
    const pending = client.sendGroupStatusMessage({ ...FIELDS, toGroupId: toGroupId as unknown as ['a', 'b'] })
    toGroupId.push('c', 'd', 'e')
    await pending
    expect(() => api.verify()).not.toThrow()
    expect(api.calls[0]?.body).toMatchObject({ toGroupId: ['a', 'b'] })
  })

  test('only counts with its own properties, in validation and on the wire', async () => {
    const error = await errorOf(answered(200, { code: 200 }), Object.create(FIELDS))
    expect(error.violations.map(({ field }) => field)).toEqual(['fromUserId', 'toGroupId', 'objectName', 'content'])
  })

  test('cannot replace the headers of the signature', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({
      ...KEYS,
      baseUrl: 'http://mock',
      fetch: (url, init) => api.fetch(new Request(url as string, init)),
    })
    await client.sendGroupStatusMessage(FIELDS, {
      headers: { 'App-Key': 'evil', SIGNATURE: 'evil', 'Content-Type': 'text/plain' },
    })
    expect(() => api.verify()).not.toThrow()
  })

  test('cannot replace the headers of the signature under their other names either', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', headerPrefix: 'RC-', fetch: api.fetch })
    await client.sendGroupStatusMessage(FIELDS, { headers: { 'App-Key': 'other', 'RC-Nonce': 'other' } })
    expect(() => api.verify()).not.toThrow()
  })

  test('cannot be text instead of headers', async () => {
    const error = await errorOf(answered(200, { code: 200 }), FIELDS, { headers: 'x-a: 1' as never })
    expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0 })
    expect(error.message).toBe('sendGroupStatusMessage: "headers" must be an object. Received string')
  })

  test('may be headers of any kind that fetch takes, a header that is undefined, and a signal that is null', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    for (const headers of [new Headers({ 'X-Trace': 't' }), new Map([['X-Trace', 't']]), [['X-Trace', 't']]]) {
      await client.sendGroupStatusMessage(FIELDS, { headers: headers as never, signal: null as never })
    }
    await client.sendGroupStatusMessage(FIELDS, null as never)
    await client.sendGroupStatusMessage(FIELDS, { headers: { 'X-Trace': undefined as never } })
    expect(api.calls.map(({ headers }) => headers['x-trace'])).toEqual(['t', 't', 't', undefined, undefined])
  })

  test('may throw anything when it is read: `safe` never throws', async () => {
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: async () => new Response() })
    const raise = (thrown: unknown) => {
      throw thrown
    }
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    for (const call of [
      { requestId: circular },
      {
        get requestId() {
          return raise(Symbol('no'))
        },
      },
    ]) {
      const { error } = await client.safe.sendGroupStatusMessage(FIELDS, call as never)
      expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0 })
    }
    const fields = {
      get content() {
        return raise(Object.create(null))
      },
    }
    expect((await client.safe.sendGroupStatusMessage(fields as never)).error).toMatchObject({ kind: 'contract' })
  })

  test.each([
    [{ headers: { 'bad name': 'x' } }, {}],
    [{ headers: { 'x-a': 'a\nb' } }, {}],
    [{ signal: new AbortController() }, {}],
    [{}, { nonce: () => '汉字' }],
    [{}, { nonce: (async () => 'x') as never }],
    [{ requestId: 'a\nb' }, { validate: false }],
  ])('that cannot be sent is an error of kind contract: %j %j', async (call, options) => {
    const error = await errorOf(answered(200, { code: 200 }, options), FIELDS, call)
    expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0, retryable: false })
  })

  test.each(['Transfer-Encoding', 'Content-Length', 'Expect', 'Connection', 'Keep-Alive', 'Upgrade', 'TE', 'Trailer'])(
    'cannot hold %s, which would break the connection',
    async (name) => {
      const error = await errorOf(answered(200, { code: 200 }), FIELDS, { headers: { [name]: '5' } })
      expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0 })
      expect(error.message).toContain(`"headers" must not contain "${name.toLowerCase()}"`)
    },
  )

  test('may contain headers with similar names', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch })
    const headers = { 'x-te': '1', 'te-x': '2' }
    await client.sendGroupStatusMessage(FIELDS, { headers })
    expect(api.calls[0]?.headers).toMatchObject(headers)
  })

  test('may be a signal on runtimes that cannot derive one', async () => {
    const any = Object.getOwnPropertyDescriptor(AbortSignal, 'any') as PropertyDescriptor
    Object.defineProperty(AbortSignal, 'any', { ...any, value: undefined })
    const error = await errorOf(answered(200, { code: 200 }), FIELDS, { signal: AbortSignal.abort('left') })
    Object.defineProperty(AbortSignal, 'any', any)
    expect(error).toMatchObject({ kind: 'aborted', cause: 'left' })
  })

  test('may be one signal for many calls: nothing of a call stays on it', async () => {
    const ends: (() => void)[] = []
    const fetch = (_url: unknown, { signal }: RequestInit = {}) =>
      new Promise<Response>((done, fail) => {
        ends.push(() => done(new Response('{"code":200}')))
        signal?.addEventListener('abort', () => fail(signal.reason))
      })
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', limiter: false, fetch })
    const controller = new AbortController()
    const { signal } = controller
    /** What Node keeps on a signal for the signals that were derived from it. */
    const dependants = () =>
      Object.getOwnPropertySymbols(signal)
        .map((name) => Reflect.get(signal, name))
        .filter((value) => value instanceof Set)
    const listeners = () => getEventListeners(signal, 'abort').length
    const calls = Array.from({ length: 20 }, () => client.safe.sendGroupStatusMessage(FIELDS, { signal }))
    await vi.waitFor(() => expect(ends).toHaveLength(20))
    expect(listeners()).toBe(1)
    for (const end of ends.slice(0, 10)) end()
    await Promise.all(calls.slice(0, 10))
    expect(listeners()).toBe(1)
    controller.abort('left')
    const errors = (await Promise.all(calls)).flatMap(({ error }) => error ?? [])
    expect(errors.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual(Array(10).fill('aborted left'))
    expect([listeners(), dependants()]).toEqual([0, []])
  })

  test.each([
    ['a call that is refused', { toGroupId: [] }],
    ['a call that cannot be sent', { toGroupId: ['2'] }],
  ])('%s leaves nothing on its signal', async (_what, fields) => {
    const { signal } = new AbortController()
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: async () => Promise.reject(new Error('x')) })
    const { error } = await client.safe.sendGroupStatusMessage({ ...FIELDS, ...fields } as never, { signal })
    expect(error).toBeDefined()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test.each([0, 0.5, Number.POSITIVE_INFINITY])('may have a maxWait of %s', async (maxWait) => {
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: async () => new Response('{"code":200}') })
    expect((await client.safe.sendGroupStatusMessage(FIELDS, { maxWait })).error?.kind).not.toBe('contract')
  })

  test('with a maxWait of 0 starts now or never', async () => {
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, maxWait: 0 })
    const send = () => client.safe.sendGroupStatusMessage(FIELDS)
    const [first, second] = await Promise.all([send(), send()])
    expect([first.error, second.error?.kind]).toEqual([undefined, 'rate-limit'])
  })

  test('may be one signal for many calls at once, without a warning', async () => {
    const warnings: unknown[] = []
    const keep = (warning: unknown) => void warnings.push(warning)
    process.on('warning', keep)
    const fetch = () => new Promise<Response>((done) => setTimeout(() => done(new Response('{"code":200}')), 20))
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', limiter: false, fetch })
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 50 }, () => client.sendGroupStatusMessage(FIELDS, { signal })))
    await new Promise((done) => setTimeout(done, 20))
    process.off('warning', keep)
    expect(warnings).toEqual([])
  })
})

describe('options', () => {
  test.each([
    [{ region: 'singapore', baseUrl: 'http://x' }, /Received both$/],
    [{ region: 'mars' }, /^"region" must be one of beijing, singapore, .*\. Received "mars"$/],
    [{ baseUrl: 'api.example.com' }, /^"baseUrl" must be an http or https URL .*\. Received "api\.example\.com"$/],
    [
      { baseUrl: 'https://user:password@x/' },
      /^"baseUrl" must be an http or https URL without .* credentials\. Received "https:\/\/x…"$/,
    ],
    [
      { baseUrl: 'http://x', limiter: true as never },
      /^"limiter" must have the methods acquire and pauseFor, or be false\. Received boolean$/,
    ],
    [
      { baseUrl: 'http://x', limiter: { acquire: 1 } as never },
      /^"limiter" must have the methods acquire and pauseFor, or be false\. Received object$/,
    ],
    [
      { baseUrl: 'http://x', limiter: { acquire: () => {} } as never },
      /^"limiter" must have the methods acquire and pauseFor, or be false\. Received object$/,
    ],
    [{ baseUrl: 'http://x', limiter: { acquire: 1, pauseFor: () => {} } as never }, /Received object$/],
    [{ baseUrl: 'http://x', limiter: null as never }, /^"limiter" must have .* Received object$/],
    [
      { baseUrl: 'http://x', deadline: 0 },
      /^"deadline" must be milliseconds, more than 0 and at most 2147483647\. Received 0$/,
    ],
    [{ baseUrl: new URL('http://x') }, /^"baseUrl" must be .*\. Received "http:\/\/x\/"$/],
    [{ baseUrl: 'xhttp://x' }, /^"baseUrl" must be .*\. Received "xhttp:\/\/x"$/],
    [{ baseUrl: 'http://x', timeout: 2 ** 31 }, /^"timeout" must be .*\. Received 2147483648$/],
    [
      { baseUrl: 'http://x', timeout: 0 },
      /^"timeout" must be milliseconds, more than 0 and at most 2147483647\. Received 0$/,
    ],
    [{ baseUrl: 'http://x', timeout: Number.POSITIVE_INFINITY }, /Received Infinity$/],
    [{ baseUrl: 'http://x', timeout: '5' }, /Received 5$/],
    [{ baseUrl: 'http://x?' }, /without query/],
    [{ baseUrl: [] }, /^"baseUrl" must be at least one URL\. Received \[\]$/],
    [{ baseUrl: 5 }, /^"baseUrl" must be an http or https URL/],
    [{ baseUrl: 'http://x', fetch: 5 }, /^"fetch" must be a function\. Received number$/],
    [{ baseUrl: 'http://x', onAttempt: 'log' }, /^"onAttempt" must be a function\. Received string$/],
    [{ baseUrl: 'http://x', now: 5 }, /^"now" must be a function\. Received number$/],
    [{ baseUrl: 'http://x', nonce: 'n' }, /^"nonce" must be a function\. Received string$/],
    [
      { baseUrl: 'http://x', retry: true },
      /^"retry" must be "not-processed", "at-least-once" or false\. Received true$/,
    ],
  ])('refuses %j', (options, expected) => {
    expect(() => createClient({ ...KEYS, ...options } as never)).toThrow(expected)
  })

  test.each([
    [{ timeout: -1 }, /"timeout" must be milliseconds, .*Received -1$/],
    [{ maxWait: -1 }, /"maxWait" must be milliseconds, 0 or more\. Received -1$/],
    [{ maxWait: Number.NaN }, /"maxWait" must be milliseconds, 0 or more\. Received NaN$/],
    [{ deadline: 0 }, /"deadline" must be milliseconds, .*Received 0$/],
    [{ signal: new AbortController() }, /"signal" must be an AbortSignal\. Received AbortController$/],
    [{ requestId: 'r'.repeat(37) }, /x-request-id: at most 36 characters, got 37$/],
    [{ requestId: 'a\nb' }, /x-request-id: visible ASCII only/],
  ])('refuses %j of one call, without throwing from `safe`', async (call, expected) => {
    const error = await errorOf(answered(200, { code: 200 }), FIELDS, call)
    expect(error.kind).toBe('contract')
    expect(error.message).toMatch(expected)
  })

  test('a call with wrong options still has its request id', async () => {
    const error = await errorOf(answered(200, { code: 200 }), FIELDS, { timeout: -1, requestId: 'mine' } as never)
    expect(error).toMatchObject({ kind: 'contract', processed: 'no', requestId: 'mine' })
  })

  test('removes the slash at the end of a base URL, and not its path', async () => {
    const urls: string[] = []
    const fetch = async (url: unknown) => {
      urls.push(String(url))
      return new Response('{"code":200}')
    }
    for (const baseUrl of ['http://proxy/rongcloud/', 'http://proxy/rongcloud//', ' HTTP://Proxy/rongcloud ']) {
      await createClient({ ...KEYS, baseUrl, fetch }).sendGroupStatusMessage(FIELDS)
    }
    expect(urls).toEqual(Array(3).fill('http://proxy/rongcloud/statusmessage/group/publish.json'))
  })
})

describe('an error', () => {
  test('is thrown by the method and returned by `safe`', async () => {
    const client = answered(401, { code: 1004, errorMessage: 'Signature error.' })
    const thrown = await client.sendGroupStatusMessage(FIELDS).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(RongCloudError)
    expect(isRongCloudError(thrown)).toBe(true)
    expect(isRongCloudError(new Error('other'))).toBe(false)
    expect(await errorOf(client)).toMatchObject({ code: 1004, status: 401 })
  })

  test('is plain data as JSON', async () => {
    const error = await errorOf(answered(401, { code: 1004, errorMessage: 'Signature error.' }), FIELDS, {
      requestId: 'r',
    })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'RongCloudError',
      message: 'sendGroupStatusMessage: HTTP 401, code 1004: Signature error.',
      kind: 'api',
      code: 1004,
      status: 401,
      requestId: 'r',
      host: 'mock',
      attempts: 1,
      processed: 'no',
      retryable: false,
      violations: [],
    })
  })

  test('never contains the secret, and neither does the client', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
    const refused = createClient({ ...KEYS, baseUrl: 'http://mock', fetch })
    const errors = [
      await errorOf(refused),
      await errorOf(answered(500, '')),
      await errorOf(answered(200, { code: 200 }), { ...FIELDS, toGroupId: [] }),
    ]
    const printed = [...errors, refused]
      .map((one) => inspect(one, { depth: 20, showHidden: true }) + JSON.stringify(one))
      .join()
    expect(printed).not.toContain('canary')
  })
})

test('the client accepts what message() makes for each predefined type', async () => {
  const client = answered(200, { code: 200 })
  const made = [
    message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }),
    message('RC:CmdMsg', { name: 'mute', data: '' }),
    message('RC:IWStatusMsg', { msgType: 'cursor', msgFields: { x: '1' } }),
    message('app:note', 'any text'),
    message('app:note', { any: ['json', 1, null] }),
    message('RC:RL', { anything: 1 }),
  ]
  for (const fields of made) await client.sendGroupStatusMessage({ fromUserId: '1', toGroupId: ['2'], ...fields })
  expect(made[0]).toEqual({ objectName: 'RC:TypSts', content: '{"typingContentType":"RC:TxtMsg"}' })
  expect(made[3]).toEqual({ objectName: 'app:note', content: 'any text' })
  expect(made[4]).toEqual({ objectName: 'app:note', content: '{"any":["json",1,null]}' })
})

test.each([
  [
    ['RC:Newer', {}],
    '"objectName" must be a known type when it starts with "RC:"; allowUnknownTypes lets newer ones through. Received "RC:Newer"',
  ],
  [[5, {}], '"objectName" must be the name of a message type. Received 5'],
  [['', {}], '"objectName" must be the name of a message type. Received ""'],
  [['app:x', undefined], '"content" must be a string or JSON. Received undefined'],
  [['RC:toString', {}], /must be a known type/],
  [
    ['app:x', {}, { allowUnknown: true }],
    /^"allowUnknown" is not an option of a message\. Did you mean "allowUnknownTypes"\?$/,
  ],
])('message() refuses %j', (args, expected) => {
  expect(() => (message as (...all: unknown[]) => unknown)(...args)).toThrow(expected)
})

test('message() accepts an unknown reserved type with allowUnknownTypes', () => {
  expect(message('RC:Newer', { a: 1 }, { allowUnknownTypes: true })).toEqual({
    objectName: 'RC:Newer',
    content: '{"a":1}',
  })
})
