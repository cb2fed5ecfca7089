/** A canary App Secret goes through every path of the library, and must not come out anywhere. */
import { runInNewContext } from 'node:vm'
import { getResponse } from 'msw'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createHosts } from '../../../src/client/failover.js'
import {
  createGuard,
  createRedact,
  createRefuse,
  MIN_SECRET_LENGTH,
  oneLine,
  truncate,
} from '../../../src/core/redact.js'
import { constantTimeEqual } from '../../../src/core/signature.js'
import {
  type AttemptReport,
  type Client,
  type ClientOptions,
  createClient,
  createLimiter,
  createSigner,
  message,
  type SigningOptions,
} from '../../../src/index.js'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { handlers } from '../../../src/mock/msw-handlers.js'
import { createMockApi, type MockApi } from '../../../src/testing.js'
import { CANARIES, found, leaks, OUTLETS, spellings } from '../../support/canary.js'
import { createInMemoryFetch } from '../../support/in-memory-http.js'
import { form, PAIRS, PATH, type RawRequest, signedHeaders, withPairs } from '../../support/raw-request.js'

const FIELDS = { fromUserId: '1', toGroupId: ['2'] as const, ...message('RC:TxtMsg', { content: 'hi' }) }
const APP_KEY = 'an-app-key'

const errorOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

afterEach(() => vi.restoreAllMocks())

describe.each(CANARIES)('the net, for %s,', (secret) => {
  test.each(Object.keys(spellings(secret)))('finds the secret written as: %s', (spelling) => {
    const text = `before${spellings(secret)[spelling]}after`
    const value = { text, deep: { list: [{ text }] }, error: new Error(text, { cause: new Error(text) }) }
    for (const [outlet, write] of Object.entries(OUTLETS)) {
      expect([outlet, found(write(value), secret)]).not.toEqual([outlet, []])
    }
  })

  test('finds it in a cause, a getter, a symbol and a property that is not enumerable', () => {
    const cause = new Error('one', { cause: new Error('two', { cause: secret }) })
    const hidden = Object.defineProperty({}, 'secret', { value: secret })
    const getter = {
      get secret() {
        return secret
      },
    }
    for (const value of [cause, hidden, getter, { [Symbol('s')]: secret }, new Map([[secret, 1]])]) {
      expect(leaks(value, secret)).not.toEqual([])
    }
    expect(leaks({ nothing: 'here' }, secret)).toEqual([])
  })
})

/** Where a caller, or who answers, may put the secret: options, fields of the call, settings of the call. */
interface Placement {
  readonly options?: object
  readonly fields?: object
  readonly call?: object
}

const answers = (status: number, body: string, headers: Record<string, string> = {}) => ({
  fetch: async () => new Response(status === 302 ? null : body, { status, headers }),
})
const rejects = (error: unknown) => ({
  fetch: async () => {
    throw error
  },
})
const throwing = (error: unknown) => () => {
  throw error
}
const never = (_: unknown, { signal }: RequestInit) =>
  new Promise((_, fail) => signal?.addEventListener('abort', () => fail(signal.reason)))
const circular = (error: Error) => Object.assign(error, { cause: error, own: error })
const chain = (secret: string) => new TypeError('lost', { cause: new Error(`one ${secret}`, { cause: secret }) })

const CALLS: readonly (readonly [name: string, place: (secret: string) => Placement])[] = [
  ['a call that succeeds', () => ({})],
  ['a call off the contract', () => ({ fields: { toGroupId: [] } })],
  ['the secret as a sender', (secret) => ({ fields: { fromUserId: secret } })],
  ['the secret as a group', (secret) => ({ fields: { toGroupId: ['1', secret] } })],
  ['the secret in a type', (secret) => ({ fields: { objectName: `RC:${secret}` } })],
  ['the secret in a type, cut off', (secret) => ({ fields: { objectName: `RC:${'x'.repeat(25)}${secret}` } })],
  ['the secret in JSON', (secret) => ({ fields: message('RC:TxtMsg', { content: secret }) })],
  ['the secret where an integer belongs', (secret) => ({ fields: { isIncludeSender: secret } })],
  ['the secret in a field of another kind', (secret) => ({ fields: { content: { secret } } })],
  ['the secret as the name of a field', (secret) => ({ fields: { [secret]: '1' } })],
  ['the secret as the request id', (secret) => ({ call: { requestId: secret } })],
  ['the secret in a header', (secret) => ({ call: { headers: { 'x-request-id': secret } } })],
  ['the secret in a header that no header may hold', (secret) => ({ call: { headers: { 'x-a': `${secret}\n` } } })],
  ['the secret as the name of a header', (secret) => ({ call: { headers: { [secret]: '1' } } })],
  ['the secret as a time limit of the call', (secret) => ({ call: { timeout: secret } })],
  ['the secret as the name of an option of the call', (secret) => ({ call: { [secret]: 1 } })],
  ['the secret as the name of an option', (secret) => ({ options: { [secret]: 1 } })],
  ['the secret as a signal', (secret) => ({ call: { signal: secret } })],
  ['the secret without the check', (secret) => ({ options: { validate: false }, fields: { fromUserId: secret } })],
  ['a refusal', () => ({ options: answers(401, '{"code":1004,"errorMessage":"Signature error."}') })],
  [
    'a refusal that tells the secret',
    (secret) => ({ options: answers(400, JSON.stringify({ code: 1002, errorMessage: `x ${secret}` })) }),
  ],
  [
    'a refusal that tells the secret, cut off',
    (secret) => ({
      options: answers(400, JSON.stringify({ code: 1002, errorMessage: 'x'.repeat(200 - 9) + secret })),
    }),
  ],
  [
    'an error with HTTP 200 that tells the secret',
    (secret) => ({ options: answers(200, JSON.stringify({ code: 1004, errorMessage: `x ${secret}` })) }),
  ],
  [
    'a refusal by the rate limit that tells the secret',
    (secret) => ({ options: answers(429, JSON.stringify({ code: 1008, errorMessage: secret })) }),
  ],
  ['an answer that is none and tells the secret', (secret) => ({ options: answers(502, `<p>${secret}</p>`) })],
  ['an answer whose headers tell the secret', (secret) => ({ options: answers(500, '', { 'x-echo': `a ${secret}` }) })],
  ['a redirect that tells the secret', (secret) => ({ options: answers(302, '', { location: `/${secret}` }) })],
  [
    'a lost connection with an error for each address, which contain the secret',
    (secret) => ({
      options: rejects(
        new TypeError('lost', { cause: new AggregateError([new Error(secret), new Error('two')], 'all') }),
      ),
    }),
  ],
  ['a lost connection whose causes contain the secret', (secret) => ({ options: rejects(chain(secret)) })],
  ['a connection never made', () => ({ options: rejects(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })) })],
  ['a connection lost with a text', (secret) => ({ options: rejects(secret) })],
  ['a connection lost with an object', (secret) => ({ options: rejects({ message: 'x', inner: [{ a: secret }] }) })],
  [
    'a connection lost with an error that has the secret in a property',
    (secret) => ({ options: rejects(Object.assign(new Error('x'), { config: { headers: [secret] } })) }),
  ],
  [
    'a connection lost with an error that has the secret where it cannot be searched',
    (secret) => ({
      options: rejects(
        Object.assign(new Error('x'), {
          map: new Map([[secret, secret]]),
          set: new Set([secret]),
          url: new URLSearchParams({ secret }),
          request: new Request('http://x', { method: 'POST', body: secret }),
          bytes: new TextEncoder().encode(secret),
          handler: Object.assign(() => {}, { secret }),
          [Symbol('s')]: secret,
          deep: { a: { b: { c: { d: { e: { f: secret } } } } } },
        }),
      ),
    }),
  ],
  [
    'a connection lost with an error that contains itself, and the secret',
    (secret) => ({ options: rejects(circular(new Error(secret))) }),
  ],
  [
    'a connection lost with an error of another realm',
    (secret) => ({ options: rejects(runInNewContext('new Error(text)', { text: secret })) }),
  ],
  [
    'a connection lost with an error that cannot be read',
    (secret) => ({ options: rejects(Object.defineProperty(new Error(secret), 'cause', { get: throwing(secret) })) }),
  ],
  [
    'a call that its caller ended, for a reason that is an object',
    (secret) => ({ call: { signal: AbortSignal.abort({ secret }) } }),
  ],
  ['no answer in time', () => ({ options: { fetch: never, timeout: 5 } })],
  ['a call that its caller ended, for a reason', (secret) => ({ call: { signal: AbortSignal.abort(chain(secret)) } })],
  ['a call that its caller ended, with a text', (secret) => ({ call: { signal: AbortSignal.abort(secret) } })],
  [
    'a limiter that fails',
    (secret) => ({ options: { limiter: { acquire: throwing(chain(`${secret} ${secret}`)), pauseFor() {} } } }),
  ],
  ['a nonce that is the secret', (secret) => ({ options: { nonce: () => secret } })],
  ['a nonce that fails', (secret) => ({ options: { nonce: throwing(new Error(secret)) } })],
  ['a time that is the secret', (secret) => ({ options: { now: () => secret } })],
  ['the secret in the base URL, as a host', (secret) => ({ options: { baseUrl: `http://${secret}/` } })],
  ['the secret in the base URL, as a path', (secret) => ({ options: { baseUrl: `http://x/${secret}` } })],
  ['the secret in the base URL, escaped', (secret) => ({ options: { baseUrl: `http://x/${encodeURI(secret)}` } })],
  ['the secret in the base URL, as a password', (secret) => ({ options: { baseUrl: `http://a:${secret}@x/` } })],
  ['the secret as one of the base URLs', (secret) => ({ options: { baseUrl: ['http://x', secret] } })],
  ['the secret as the region', (secret) => ({ options: { baseUrl: undefined, region: secret } })],
  ['the secret as the prefix', (secret) => ({ options: { headerPrefix: secret } })],
  ['the secret as the retry policy', (secret) => ({ options: { retry: secret } })],
  ['the secret as a time limit', (secret) => ({ options: { timeout: secret } })],
  ['the secret as the clock', (secret) => ({ options: { now: secret } })],
  ['the secret as fetch', (secret) => ({ options: { fetch: secret } })],
  ['the secret as an unknown option', (secret) => ({ options: { [secret]: secret } })],
  ['the secret as the App Key too', (secret) => ({ options: { appKey: secret } })],
  ['keys that are swapped', (secret) => ({ options: { appKey: secret, appSecret: 'another-app-key' } })],
  ['a secret that no header may hold', (secret) => ({ options: { appSecret: `${secret}\n` } })],
  ['no secret, and one in its place', (secret) => ({ options: { appSecret: [secret] } })],
]

/** Calls in each form, and gives all that came of it. */
async function outcomes({ options, fields, call }: Placement, secret: string): Promise<unknown[]> {
  const reports: AttemptReport[] = []
  const onAttempt = (report: AttemptReport) => reports.push(report)
  const api = createMockApi({ appKey: APP_KEY, appSecret: secret })
  const keys = { appKey: APP_KEY, appSecret: secret, limiter: false, retry: false } as const
  const given = { ...keys, baseUrl: 'http://mock', fetch: api.fetch, onAttempt, ...options } as ClientOptions &
    SigningOptions
  const client = errorOf(() => createClient(given)) as Client
  if (client instanceof Error) return [client, errorOf(() => createSigner(given))]
  const sent = { ...FIELDS, ...fields } as typeof FIELDS
  const batched = []
  try {
    for await (const outcome of client.batch.sendGroupStatusMessage(sent, call as never)) batched.push(outcome.error)
  } catch (error) {
    batched.push(error)
  }
  return [
    client,
    createSigner(given),
    await client.sendGroupStatusMessage(sent, call as never).catch((error: unknown) => error),
    await client.safe.sendGroupStatusMessage(sent, call as never),
    batched,
    reports,
    api.calls,
    errorOf(() => api.verify()),
  ]
}

describe.each(CANARIES)('a client whose secret is %s', (secret) => {
  test.each(CALLS)('shows it nowhere: %s', async (_, place) => {
    const all = await outcomes(place(secret), secret)
    for (const value of all) expect(leaks(value, secret)).toEqual([])
    expect(all.flat().some((one) => typeof one === 'object')).toBe(true)
  })

  test('never sends it: a call that contains it is refused with the name of the place', async () => {
    const fetch = vi.fn(async () => new Response('{"code":200}'))
    const client = createClient({ appKey: APP_KEY, appSecret: secret, baseUrl: 'http://x', validate: false, fetch })
    for (const [fields, name] of [
      [{ ...FIELDS, content: `{"content":${JSON.stringify(secret)}}` }, 'content'],
      [{ ...FIELDS, toGroupId: ['1', `x${secret}`] }, 'toGroupId'],
      [{ ...FIELDS, [secret]: '1' }, '[App Secret]'],
    ] as const) {
      const { error } = await client.safe.sendGroupStatusMessage(fields as typeof FIELDS)
      expect(error).toMatchObject({ kind: 'contract', processed: 'no', attempts: 0 })
      expect(error?.message).toContain(`"${name}" must not contain the App Secret`)
    }
    const nonce = () => secret
    const other = createClient({ appKey: APP_KEY, appSecret: secret, baseUrl: 'http://x', nonce, fetch })
    expect((await other.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({ kind: 'contract', processed: 'no' })
    expect(fetch).not.toHaveBeenCalled()
    await client.sendGroupStatusMessage(FIELDS)
    expect(fetch).toHaveBeenCalledOnce()
    expect(leaks(fetch.mock.calls, secret)).toEqual([])
  })

  test('leaves it in no property of RegExp', async () => {
    const client = createClient({ appKey: APP_KEY, appSecret: secret, baseUrl: 'http://x', fetch: rejects(1).fetch })
    const statics = () => Object.values(Object.getOwnPropertyDescriptors(RegExp)).map((one) => one.get?.call(RegExp))
    const after = [statics()]
    const sign = createSigner({ appKey: APP_KEY, appSecret: secret })
    after.push(statics())
    await sign()
    after.push(statics())
    await client.safe.sendGroupStatusMessage(FIELDS)
    after.push(statics())
    createMockApi({ appKey: APP_KEY, appSecret: secret })
    after.push(statics())
    expect(leaks(after, secret)).toEqual([])
    // The net sees what a pattern has read.
    expect(/a/.test(`a${secret}`)).toBe(true)
    expect(leaks(statics(), secret)).not.toEqual([])
  })

  test('shows it in no object besides the client', () => {
    const api = createMockApi({ appKey: APP_KEY, appSecret: secret })
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    const all = { api, limiter, hosts: createHosts(['http://x']), handlers: handlers(api) }
    expect(leaks(all, secret)).toEqual([])
  })
})

test('an App Key that is the App Secret is refused, however short', () => {
  expect(() => createSigner({ appKey: 'same', appSecret: 'same' })).toThrow(
    new TypeError('"appKey" must differ from "appSecret"'),
  )
})

const signed = (secret: string, more: Record<string, string> = {}) => ({
  ...signedHeaders({ secret }),
  'App-Key': APP_KEY,
  ...more,
})
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** Requests that contain the secret, in every place and every spelling that the test can find. */
const REQUESTS: readonly (readonly [name: string, request: (secret: string) => Partial<RawRequest>])[] = [
  ['as the App Key', (secret) => ({ headers: signed(secret, { 'App-Key': secret }) })],
  ['in the App Key, cut off', (secret) => ({ headers: signed(secret, { 'App-Key': 'x'.repeat(31) + secret }) })],
  ['as the nonce', (secret) => ({ headers: signed(secret, { Nonce: secret }) })],
  ['as the signature', (secret) => ({ headers: signed(secret, { Signature: `${secret}14314` }) })],
  ['as the media type', (secret) => ({ headers: signed(secret, { 'Content-Type': secret }) })],
  [
    'in the media type, cut off',
    (secret) => ({ headers: signed(secret, { 'Content-Type': 'x'.repeat(91) + secret }) }),
  ],
  ['in Prefer', (secret) => ({ headers: signed(secret, { Prefer: `example=${secret}` }) })],
  ['in Prefer, cut off', (secret) => ({ headers: signed(secret, { Prefer: `example=${'x'.repeat(31)}${secret}` }) })],
  ['as the request id', (secret) => ({ headers: signed(secret, { 'X-Request-ID': secret }) })],
  ['in a header of their own', (secret) => ({ headers: signed(secret, { 'X-Debug': `a=${secret}` }) })],
  ['in Authorization', (secret) => ({ headers: signed(secret, { Authorization: `Bearer ${secret}` }) })],
  ['in basic Authorization', (secret) => ({ headers: signed(secret, { Authorization: basic(`key:${secret}`) }) })],
  ['in a cookie', (secret) => ({ headers: signed(secret, { Cookie: `s=${basic(secret)}` }) })],
  ['in the path', (secret) => ({ path: `/${encodeURIComponent(secret)}.json` })],
  ['in the path, cut off', (secret) => ({ path: `/${'x'.repeat(91)}${encodeURIComponent(secret)}` })],
  ['in the query', (secret) => ({ path: `${PATH}?s=${encodeURIComponent(secret)}` })],
  ['as the method', (secret) => ({ method: secret })],
  ['where an integer belongs', (secret) => ({ body: withPairs(['isIncludeSender'], [['isIncludeSender', secret]]) })],
  ['as a group', (secret) => ({ body: withPairs(['toGroupId'], [['toGroupId', secret]]) })],
  ['in a type', (secret) => ({ body: withPairs(['objectName'], [['objectName', `RC:${secret}`]]) })],
  [
    'in a type, cut off',
    (secret) => ({ body: withPairs(['objectName'], [['objectName', `RC:${'x'.repeat(29)}${secret}`]]) }),
  ],
  [
    'in a name inside of the message',
    (secret) => ({ body: withPairs(['content'], [['content', JSON.stringify({ content: { [secret]: secret } })]]) }),
  ],
  ['as another field', (secret) => ({ body: withPairs([], [['appSecret', secret]]) })],
  ['as the name of another field', (secret) => ({ body: withPairs([], [[secret, '1']]) })],
  [
    'in another field, cut off',
    (secret) => ({ body: withPairs([], [['more', `${'x'.repeat(1_000 - 9)}${secret}${'y'.repeat(5_000)}`]]) }),
  ],
  ['in a pair that cannot be read', (secret) => ({ body: `${form(PAIRS)}&${encodeURIComponent(secret)}=%ff` })],
  [
    'in a pair that cannot be read, cut off',
    (secret) => ({ body: `${'x'.repeat(25)}${encodeURIComponent(secret)}=%ff` }),
  ],
  ['as a name that is long', (secret) => ({ body: `${'x'.repeat(55)}${encodeURIComponent(secret)}=%ff` })],
  [
    'instead of a form',
    (secret) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(secret) }),
  ],
]

const lowerCase = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const unescaped = (text: string) =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** Everything that a mock shows about its calls. */
const shownBy = (api: MockApi): Readonly<Record<string, unknown>> => ({
  api,
  calls: api.calls,
  violations: api.violations,
  report: errorOf(() => api.verify()),
})

describe.each(CANARIES)('a mock whose secret is %s', (secret) => {
  const mock = (strict = false) => createMockApi({ appKey: APP_KEY, appSecret: secret, strict })

  test.each(REQUESTS)('shows it nowhere when a call has it %s', async (_, request) => {
    for (const api of [mock(), mock(true)]) {
      const whole = { method: 'POST', path: PATH, headers: signed(secret), body: form(PAIRS), ...request(secret) }
      // The canary was there.
      const text = Object.values(whole.headers).join('\n') + whole.path + whole.method + whole.body
      expect([text, unescaped(text)].flatMap((one) => found(one, secret))).not.toEqual([])
      const answer = api.handle({ ...whole, headers: lowerCase(whole.headers) })
      expect(api.calls).toHaveLength(1)
      for (const value of [answer, ...Object.values(shownBy(api))]) expect(leaks(value, secret)).toEqual([])
    }
  })

  test('shows it through no entry point: fetch, MSW, HTTP and the list of calls of the server', async () => {
    const api = mock()
    const overHttp = createInMemoryFetch(createHttpServer(api))
    const said: unknown[] = []
    const url = `http://mock${PATH}?${encodeURIComponent(secret)}`
    const init = { method: 'POST', headers: signed(secret), body: withPairs(['toGroupId'], [['toGroupId', secret]]) }
    const wrong = { ...init, headers: { ...init.headers, 'App-Key': secret } }
    for (const one of [init, wrong]) {
      const responses = [
        await api.fetch(url, one),
        await getResponse(handlers(api, { baseUrl: 'http://mock' }), new Request(url, one)),
        await overHttp(url, one),
      ]
      for (const response of responses) said.push([...(response?.headers ?? [])], await response?.text())
    }
    expect(api.calls.map(({ status }) => status)).toEqual(
      [200, 200, 200, 401, 401, 401].map((one) => (one === 401 ? api.calls[3]?.status : one)),
    )
    said.push(await (await overHttp('http://mock/__calls')).text())
    for (const value of [...said, ...Object.values(shownBy(api))]) expect(leaks(value, secret)).toEqual([])
  })

  test.each([
    ['an option', () => createMockApi({ appKey: 'k', appSecret: secret, maxCalls: secret as never })],
    ['freshness', () => createMockApi({ appKey: 'k', appSecret: secret, strict: secret as never })],
    ['a rule', () => createMockApi({ appKey: 'k', appSecret: secret, strict: { [secret]: 1 } as never })],
    ['the rate limit', () => createMockApi({ appKey: 'k', appSecret: secret, rateLimit: { limit: secret } as never })],
    ['an operation', () => mock().respondOnce(secret as never, 'rateLimited')],
    ['a scenario', () => mock().respondOnce('sendGroupStatusMessage', secret as never)],
  ])('is not quoted in a mistake: %s', (_, run) => {
    const error = errorOf(run)
    expect(error).toBeInstanceOf(TypeError)
    expect(leaks(error, secret)).toEqual([])
  })

  test('masks it in the record of an answer that a test has set', () => {
    const api = mock()
    api.respondOnce('sendGroupStatusMessage', { status: 500, body: { secret } })
    api.handle({ method: 'POST', path: PATH, headers: lowerCase(signed(secret)), body: form(PAIRS) })
    expect(api.calls[0]?.status).toBe(500)
    expect(leaks(shownBy(api), secret)).toEqual([])
  })
})

const SECRET = 'top"secret'

describe('a text', () => {
  const redact = (text: string) => createRedact(SECRET)(text)
  test.each([
    ['the secret as it is', 'a top"secret b top"secret', 'a [App Secret] b [App Secret]'],
    ['the secret in JSON', JSON.stringify({ a: 'x top"secret' }), '{"a":"x [App Secret]"}'],
    ['the secret in JSON of JSON', JSON.stringify(JSON.stringify('x top"secret')), '"\\"x [App Secret]\\""'],
    ['what is left of it in JSON of JSON', 'a top\\\\\\"s…', 'a [App Secret]…'],
    ['what is left of it, but for one character', 'a top"secre…', 'a [App Secret]…'],
    ['what is left of it', 'a top"sec… b', 'a [App Secret]… b'],
    ['what is left of it in JSON', 'a top\\"s…', 'a [App Secret]…'],
    ['the least that counts', 'a top"…', 'a [App Secret]…'],
    ['too little that is left', 'a top…', 'a top…'],
    ['a part that was not truncated', 'top"secre', 'top"secre'],
    ['nothing of it', 'a b', 'a b'],
  ])('loses the secret and is otherwise unchanged: %s', (_, text, redacted) => {
    expect(redact(text)).toBe(redacted)
  })

  test('is unchanged when the secret is too short to be real', () => {
    const short = 'x'.repeat(MIN_SECRET_LENGTH - 1)
    expect([createRedact(short)(short), createRedact(`${short}y`)(`${short}y`)]).toEqual([short, '[App Secret]'])
  })
})

describe('a value', () => {
  const redact = <T>(value: T): T => createGuard(SECRET).redact(value)

  test.each([
    [`a ${SECRET}`, 'a [App Secret]'],
    [
      ['a', { b: SECRET }],
      ['a', { b: '[App Secret]' }],
    ],
    [{ [SECRET]: 1 }, { '[App Secret]': 1 }],
    [{ a: { b: [{ c: { d: `${SECRET} x` } }] } }, { a: { b: [{ c: { d: '[App Secret] x' } }] } }],
    [
      { a: SECRET, b: null, c: 1 },
      { a: '[App Secret]', b: null, c: 1 },
    ],
  ])('is copied with the secret masked, however deep: %j', (value, masked) => {
    expect(redact<unknown>(value)).toEqual(masked)
  })

  test.each([[{ a: [1, null, 'b'] }], ['text'], [null], [undefined], [5]])('without it is not copied: %j', (value) => {
    expect(redact<unknown>(value)).toBe(value)
  })

  const refuse = (entries: object) => createRefuse(SECRET)(entries)
  test.each([
    [{ a: 1, b: SECRET }, 'b'],
    [{ a: 1, [SECRET]: 1 }, '[App Secret]'],
    [{ a: { b: { c: SECRET } } }, 'a'],
    [{ a: { b: { [SECRET]: 1 } } }, 'a'],
  ])('is refused with the name of its entry: %j', (entries, name) => {
    expect(() => refuse(entries)).toThrow(new TypeError(`"${name}" must not contain the App Secret`))
  })

  test('is searched only as deep as an option or a field, because it may be circular', () => {
    const circular: Record<string, unknown> = { a: { b: { c: { d: SECRET } } } }
    circular['self'] = circular
    expect(() => refuse(circular)).not.toThrow()
  })

  test.each([
    [3, 'abc'],
    [2, 'ab…'],
  ])('that is longer than %i characters is truncated, and says so', (length, text) => {
    expect(truncate('abc', length)).toBe(text)
  })
})

describe('the comparison with a secret', () => {
  /** A text that counts which of its characters are read. */
  function counting(text: string) {
    const read: number[] = []
    const charCodeAt = (i: number) => {
      read.push(i)
      return text.charCodeAt(i)
    }
    return { read, text: { length: text.length, charCodeAt } as unknown as string }
  }

  test.each([
    ['nothing', 'abcdefgh', true],
    ['the first character', 'Xbcdefgh', false],
    ['the last character', 'abcdefgX', false],
    ['every character', 'XXXXXXXX', false],
    ['its length, shorter', 'abc', false],
    ['its length, longer', 'abcdefghi', false],
    ['its length, none', '', false],
  ])('reads each character of the first text once, when it differs in %s', (_, given, equal) => {
    const [left, right] = [counting(given), counting('abcdefgh')]
    const whole = Array.from(given, (_, i) => i)
    expect([constantTimeEqual(left.text, right.text), left.read, right.read]).toEqual([equal, whole, whole])
  })
})

test.each([
  ['a\r\n\tb', 'a b'],
  ['  a  b  ', 'a b'],
  ['a\u001b[31mb', 'a [31mb'],
  ['a\u202e\u2066b\u200f', 'a b'],
  ['plain text, as it is', 'plain text, as it is'],
  ['x'.repeat(200), 'x'.repeat(200)],
  [`${' '.repeat(300)}${'x'.repeat(201)}`, `${'x'.repeat(200)}…`],
])('the text %j in a message is %j', (text, line) => {
  expect(oneLine(text)).toBe(line)
})
