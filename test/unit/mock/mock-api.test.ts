import { deepStrictEqual } from 'node:assert/strict'
import nodeHttp from 'node:http'
import nodeHttps from 'node:https'
import { inspect } from 'node:util'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { requests, type Validate } from '#validators'
import { createClient } from '../../../src/client/client.js'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { handlers, listenOptions } from '../../../src/mock/msw-handlers.js'
import { startServer } from '../../../src/server.js'
import { ContractViolationError, createMockApi, type MockApiOptions } from '../../../src/testing.js'
import { createInMemoryFetch, writeInMemory } from '../../support/in-memory-http.js'
import { form, KEYS, PATH, PATHS, raw, sha1, signedHeaders, withPairs } from '../../support/raw-request.js'

const FORM = 'application/x-www-form-urlencoded'

let now = 1_700_000_000_000
beforeEach(() => {
  now = 1_700_000_000_000
})

const mock = (options: Partial<MockApiOptions> = {}) => createMockApi({ ...KEYS, now: () => now, ...options })
const groups = (count: number) =>
  raw({
    body: withPairs(
      ['toGroupId'],
      Array.from({ length: count }, (_, i) => ['toGroupId', String(i)] as const),
    ),
  })
const lower = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
const call = (api: ReturnType<typeof mock>, request = raw()) => {
  const { status, body } = api.handle({ ...request, headers: lower(request.headers) })
  return { status, ...(JSON.parse(body) as { code: number; errorMessage?: string }) }
}
/** A `fetch` through each entry point: injected, over HTTP, and intercepted by MSW. */
function entryPoints(api: ReturnType<typeof mock>): readonly (typeof fetch)[] {
  const msw = setupServer(...handlers(api))
  const overMsw: typeof fetch = async (...all) => {
    msw.listen(listenOptions)
    try {
      return await fetch(...all)
    } finally {
      msw.close()
    }
  }
  return [api.fetch, createInMemoryFetch(createHttpServer(api)), overMsw]
}
const timestamp = (value: string) => raw({ headers: signedHeaders({ timestamp: value }) })

describe('recorded traffic', () => {
  const wrong = (change: Record<string, string>) => raw({ headers: { ...signedHeaders(), ...change } })

  test('is checked without App Key or App Secret only when these options are false', () => {
    const [key, signature] = [wrong({ 'App-Key': 'theirs' }), wrong({ Signature: 'a'.repeat(40) })]
    expect([call(mock(), key).code, call(mock(), signature).code]).toEqual([1002, 1004])
    expect(call(mock({ appKey: false }), key).code).toBe(200)
    expect(call(mock({ appKey: false }), signature).code).toBe(1004)
    expect(call(mock({ appSecret: false }), signature).code).toBe(200)
    expect(call(mock({ appSecret: false }), key).code).toBe(1002)
  })

  test('still needs the signed headers, and under strict in the documented format', () => {
    const api = mock({ appKey: false, appSecret: false, strict: { documentedFormat: true } })
    const { Signature: _, ...unsigned } = signedHeaders()
    expect(call(api, raw({ headers: unsigned })).code).toBe(1004)
    expect(call(api, wrong({ Signature: 'x' })).code).toBe(1004)
    expect(call(api, wrong({ Signature: 'a'.repeat(40) })).code).toBe(200)
  })
})

describe('a header that is a list, as Node has it of some', () => {
  test.each([
    ['of one value is that value', { 'content-type': [FORM] }, 200],
    ['of two values is refused like one with a comma', { 'content-type': [FORM, FORM] }, 1003],
    ['of no value is an empty one', { nonce: [] }, 1004],
    ['of two values is joined by a comma and a space', { 'content-type': [FORM, 'x'] }, 1003],
  ])('%s', (_name, headers: object, code) => {
    const request = raw()
    const api = mock()
    const { body } = api.handle({ ...request, headers: { ...lower(request.headers), ...headers } })
    expect(JSON.parse(body)).toMatchObject({ code })
    const texts = Object.entries(headers).map(([name, values]: [string, string[]]) => [name, values.join(', ')])
    expect(api.calls[0]?.headers).toEqual({ ...lower(request.headers), ...Object.fromEntries(texts) })
  })
})

describe('an answer', () => {
  test('has one entry for each group, in order, with different ids in the format of the contract', () => {
    const api = mock({ rateLimit: false })
    const ids = new Set<string>()
    for (let i = 0; i < 100; i++) {
      const { messageUIDs } = call(api, groups(3)) as unknown as {
        messageUIDs: { groupId: string; messageUID: string }[]
      }
      expect(messageUIDs.map(({ groupId }) => groupId)).toEqual(['0', '1', '2'])
      for (const { messageUID } of messageUIDs) {
        expect(messageUID).toMatch(/^[0-9A-V]{4}(-[0-9A-V]{4}){3}$/)
        ids.add(messageUID)
      }
    }
    expect(ids.size).toBe(300)
  })
})

describe('the rate limit', () => {
  test('counts groups, not calls: 20 in a second, and a call beyond that is refused completely', () => {
    const api = mock()
    for (let i = 0; i < 6; i++) expect(call(api, groups(3)).status).toBe(200)
    expect(call(api, groups(3))).toMatchObject({
      status: 429,
      code: 1008,
      errorMessage: 'rate: at most 20 messages a second, got 21',
    })
    expect(call(api, groups(2)).status).toBe(200)
    expect(call(api, groups(1)).status).toBe(429)
    expect(api.violations.map(({ keyword }) => keyword)).toEqual(['rate-limit', 'rate-limit'])
  })

  test('slides: a message counts for exactly one period', () => {
    const api = mock()
    for (let i = 0; i < 20; i++) {
      expect(call(api, groups(1)).status).toBe(200)
      now += 10
    }
    now += 799
    expect(call(api, groups(1)).status).toBe(429)
    now += 1
    expect(call(api, groups(1)).status).toBe(200)
    expect(call(api, groups(1)).status).toBe(429)
  })

  test('is kept exactly after thousands of calls', () => {
    const api = mock({ rateLimit: { limit: 2, period: 10 }, maxCalls: 1 })
    for (let i = 0; i < 3_000; i++) {
      expect(call(api, groups(1)).status).toBe(200)
      now += 7
    }
    expect([1, 2, 3].map(() => call(api, groups(1)).status)).toEqual([200, 429, 429])
    now += 10
    expect([1, 2, 3].map(() => call(api, groups(1)).status)).toEqual([200, 200, 429])
  })

  test('does not count calls that are refused for another reason', () => {
    const api = mock()
    for (let i = 0; i < 50; i++) expect(call(api, groups(4)).status).toBe(400)
    expect(call(api, groups(3)).status).toBe(200)
  })

  test('is that of the contract where an option is undefined', () => {
    const own = mock({ rateLimit: { limit: 2, period: undefined } })
    expect([1, 2, 3].map(() => call(own, groups(1)).status)).toEqual([200, 200, 429])
    now += 1_000
    expect(call(own, groups(1)).status).toBe(200)
    const contract = mock({ rateLimit: { limit: undefined, period: undefined } })
    expect(Array.from({ length: 7 }, () => call(contract, groups(3)).status)).toEqual([...Array(6).fill(200), 429])
  })

  test.each([
    [null, /^"rateLimit" must be false or \{ limit, period \}\. Received null$/],
    [true, /^"rateLimit" must be false or \{ limit, period \}\. Received true$/],
    [{ limit: 0 }, /^"rateLimit\.limit" must be a number above 0\. Received 0$/],
    [{ period: '5' }, /^"rateLimit\.period" must be a number above 0\. Received 5$/],
    [{ perSecond: 5 }, /perSecond/],
  ])('must not be %j', (rateLimit, message) => {
    expect(() => mock({ rateLimit: rateLimit as false })).toThrow(message)
  })

  test('can be set, and switched off', () => {
    const two = mock({ rateLimit: { limit: 2, period: 50 } })
    expect([1, 2, 3].map(() => call(two, groups(1)).status)).toEqual([200, 200, 429])
    now += 50
    expect(call(two, groups(1)).status).toBe(200)
    // A test sets its clock back.
    now -= 3_600_000
    expect([1, 2, 3].map(() => call(two, groups(1)).status)).toEqual([200, 200, 429])
    now += 3_600_000
    const one = mock({ rateLimit: { limit: 2, period: 1_000 } })
    expect(call(one, groups(1)).status).toBe(200)
    now += 100
    expect(call(one, groups(1)).status).toBe(200)
    // Back between the two: the second has not been made yet.
    now -= 50
    expect([1, 2].map(() => call(one, groups(1)).status)).toEqual([200, 429])
    const free = mock({ rateLimit: false })
    expect(Array.from({ length: 30 }, () => call(free, groups(3)).status)).toEqual(Array(30).fill(200))
  })
})

describe('freshness', () => {
  test('by default accepts any time and any nonce, also repeatedly', () => {
    const api = mock()
    const request = timestamp('1408710653')
    expect([1, 2].map(() => call(api, request).status)).toEqual([200, 200])
  })

  test.each([
    ['seconds', signedHeaders({ timestamp: '1700000000' }), /^Timestamp: 13 digits, got "1700000000"$/],
    [
      'a nonce of 19',
      signedHeaders({ timestamp: '1700000000000', nonce: '5577006791947779410' }),
      /^Nonce: at most 18 characters, got 19$/,
    ],
    [
      'upper-case digits',
      {
        ...signedHeaders({ timestamp: '1700000000000' }),
        Signature: sha1(`${KEYS.appSecret}143141700000000000`).toUpperCase(),
      },
      'Signature: lower-case digits, got upper-case ones',
    ],
    [
      'a clock six minutes off',
      signedHeaders({ timestamp: '1700000360000' }),
      'Timestamp: within 300000 ms of the clock, got 360000 ms off',
    ],
  ])('strict refuses %s', (_name, headers, message) => {
    const api = mock({ strict: true })
    expect(call(api, raw({ headers }))).toMatchObject({ status: 401, code: 1004 })
    expect(api.violations[0]?.message).toMatch(message)
  })

  test.each(['undefined', 'NaN', '-1', 'yesterday', '2026-11-26T00:00:00Z', '1408710653000000', '1408710653.5'])(
    'takes no %s for a time, however lenient, though it was signed as it was sent',
    (value) => {
      const api = mock()
      expect(call(api, timestamp(value))).toMatchObject({ status: 401, code: 1004 })
      expect(api.violations).toMatchObject([{ field: 'Timestamp', received: JSON.stringify(value) }])
    },
  )

  test('strict refuses a nonce that was used before, until reset', () => {
    const api = mock({ strict: true })
    const request = timestamp('1700000000000')
    expect([1, 2].map(() => call(api, request).status)).toEqual([200, 401])
    expect(api.violations[0]?.message).toBe('Nonce: a new nonce for each call, got one from an earlier call')
    api.reset()
    expect(call(api, request).status).toBe(200)
  })

  test('accepts single rules: clockSkew also understands seconds', () => {
    const api = mock({ strict: { clockSkew: 1_000 } })
    expect(call(api, timestamp('1700000000')).status).toBe(200)
    expect(call(api, timestamp('1700000002')).status).toBe(401)
    expect(call(api, timestamp('soon')).status).toBe(401)
  })
})

describe('scenarios', () => {
  test('are the named examples of the spec, one call each, in the order they were asked for', () => {
    const api = mock()
    api.respondOnce('sendGroupStatusMessage', 'rateLimited')
    api.respondOnce('sendGroupStatusMessage', 'internalError')
    api.respondOnce('sendGroupStatusMessage', 'sentWithoutIds')
    expect(call(api)).toMatchObject({ status: 429, code: 1008 })
    expect(call(api)).toMatchObject({ status: 500, code: 1000 })
    expect(call(api)).toEqual({ status: 200, code: 200 })
    expect(call(api)).toMatchObject({ status: 200, messageUIDs: [{}, {}] })
    expect(() => api.verify()).not.toThrow()
  })

  test.each<[way: string, set: (api: ReturnType<typeof mock>) => void, headers: Record<string, string>]>([
    ['by name', (api) => api.respondOnce('sendGroupStatusMessage', 'sent'), {}],
    ['with a delay', (api) => api.respondOnce('sendGroupStatusMessage', { example: 'sent', delay: 1 }), {}],
    ['by Prefer', () => {}, { Prefer: 'example=sent' }],
    ['by a status in Prefer', () => {}, { Prefer: 'code=200' }],
  ])('that are a success have the groups of the call: %s', (_, set, headers) => {
    const api = mock()
    set(api)
    const request = groups(3)
    const answers = call(api, { ...request, headers: { ...request.headers, ...headers } })
    expect(answers).toMatchObject({ messageUIDs: [{ groupId: '0' }, { groupId: '1' }, { groupId: '2' }] })
    expect(Object.keys(answers)).toEqual(['status', 'code', 'messageUIDs'])
  })

  test('wait for a valid call', () => {
    const api = mock()
    api.respondOnce('sendGroupStatusMessage', 'internalError')
    expect(call(api, groups(4)).status).toBe(400)
    expect(call(api).status).toBe(500)
  })

  test.each([
    [undefined, '{}'],
    [null, 'null'],
    [false, 'false'],
    [0, '0'],
    [[], '[]'],
    ['', ''],
  ])('may have the body %j', (given, sent) => {
    const api = mock()
    api.respondOnce('sendGroupStatusMessage', { status: 200, body: given })
    expect(api.handle({ ...raw(), headers: lower(raw().headers) }).body).toBe(sent)
  })

  test('may be custom answers', () => {
    const api = mock()
    api.respondOnce('sendGroupStatusMessage', { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } })
    api.respondOnce('sendGroupStatusMessage', { body: { code: 200 } })
    api.respondOnce('sendGroupStatusMessage', { body: 'no form', headers: { 'Content-Type': 'text/plain' } })
    const { status, headers, body } = api.handle({ ...raw(), headers: lower(raw().headers) })
    expect([status, headers['content-type'], body]).toEqual([502, 'text/html', '<html>'])
    expect(call(api)).toEqual({ status: 200, code: 200 })
    expect(api.handle({ ...raw(), headers: lower(raw().headers) }).headers).toMatchObject({
      'content-type': 'text/plain',
    })
  })

  test('must exist', () => {
    const next = mock().respondOnce as (...all: unknown[]) => void
    for (const none of [null, 5, undefined]) {
      expect(() => next('sendGroupStatusMessage', none)).toThrow(
        new RegExp(`^"answer" must be one of sent, .*, or an object\\. Received ${none}$`),
      )
    }
    expect(() => next('sendGroupStatusMessage', 'rateLimit')).toThrow(
      /^"answer" must be one of sent, .*rateLimited.*\. Received "rateLimit"$/,
    )
    expect(() => next('send', 'sent')).toThrow(
      /^"operation" must be one of (\w+, )*sendGroupStatusMessage(, \w+)*\. Received "send"$/,
    )
  })
})

describe('the record', () => {
  test('has the decoded calls, typed by operation', () => {
    const api = mock()
    call(api)
    const [first] = api.calls
    if (first?.operation !== 'sendGroupStatusMessage') throw new Error('no such call')
    expect(first.body.toGroupId).toEqual(['2193', '2192'])
    expect(first.body.isIncludeSender).toBe(0)
    expect(first).toMatchObject({ at: now, method: 'POST', path: PATH, status: 200, violations: [] })
    expect(JSON.parse(first.answer)).toMatchObject({ code: 200 })
  })

  test('has the fields as an ordinary object, which a strict comparison accepts', () => {
    const api = mock()
    call(api, groups(2))
    deepStrictEqual(api.calls[0]?.body, {
      fromUserId: '2191',
      objectName: 'RC:TxtMsg',
      content: '{"content":"hello","extra":"helloExtra"}',
      isIncludeSender: 0,
      toGroupId: ['0', '1'],
    })
  })

  test('verify() reports each call and each violation once', () => {
    const api = mock()
    call(api)
    call(api, groups(4))
    call(api, raw({ path: '/other.json' }))
    const thrown = (() => {
      try {
        return api.verify()
      } catch (error) {
        return error
      }
    })()
    // Where there is one operation alone, that one was meant.
    const MEANT =
      '     contract: Send a status message to up to three groups\n     see https://docs.rongcloud.io/platform-chat-api/message/send-status-group\n'
    expect(thrown).toBeInstanceOf(ContractViolationError)
    // The place where the test's own helper called.
    const frames = /called from (.*)\n {15}(.*)\n/.exec((thrown as Error).message)
    expect(frames?.[1]).toMatch(/^call \(.*api\.test\.ts:\d+:\d+\)$/)
    expect(
      (thrown as Error).message.replaceAll(/\n {3}(called from| {11}) .*/g, ''),
    ).toBe(`2 of 3 calls off the contract:

1) POST ${PATH} -> 400
   toGroupId: at most 3 groups in one call, got 4 (maxItems)
     contract: The receiving groups, one to three of them.
     see https://docs.rongcloud.io/platform-chat-api/message/send-status-group

2) POST /other.json -> 404
   path: one of ${PATHS.join(', ')}, got /other.json (path)
${PATHS.length === 1 ? MEANT : ''}
Reached: toGroupId 2193, 2192
`)
    expect(() => api.verify()).not.toThrow()
    expect(api.violations).toHaveLength(2)
  })

  test('a report names the caller, through the client and across awaits', async () => {
    const api = mock()
    const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, validate: false })
    const toGroupId = ['1', '2', '3', '4']
    async function sendTyping() {
      await Promise.resolve()
      return await client.safe.sendGroupStatusMessage({
        fromUserId: '1',
        toGroupId: toGroupId as never,
        objectName: 'app:x',
        content: 'x',
      })
    }
    await sendTyping()
    expect(api.calls[0]?.from[0]).toMatch(/^sendTyping \(.*api\.test\.ts:\d+:\d+\)$/)
    expect(() => api.verify()).toThrow(/X-Request-ID [-0-9a-f]{36}\n {3}called from sendTyping /)
  })

  test('names the caller of a fetch, injected or intercepted by MSW in this process, and none over HTTP', async () => {
    const api = mock()
    const found: boolean[] = []
    for (const send of entryPoints(api)) {
      async function sendWrong() {
        return await send('https://api.rong-api.com/wrong', { method: 'POST', body: 'x' })
      }
      await sendWrong()
      found.push(api.calls.at(-1)?.from.some((frame) => frame.includes('mock-api.test.ts')) ?? false)
    }
    const [injected, overHttp, overMsw] = found
    expect({ injected, overHttp, overMsw }).toEqual({ injected: true, overHttp: false, overMsw: true })
  })

  test('is limited, but loses no violation that verify() must report', () => {
    const api = mock({ maxCalls: 3, rateLimit: false })
    call(api, groups(4))
    for (let i = 0; i < 20; i++) call(api)
    expect(api.calls).toHaveLength(3)
    expect(() => api.verify()).toThrow('1 of 21 calls off the contract')
  })

  test('is limited, but also counts the violations that it no longer has', () => {
    const api = mock({ maxCalls: 3, rateLimit: false })
    for (let i = 0; i < 20; i++) call(api, groups(4))
    const shown = { message: expect.stringMatching(/^20 of 20 calls off the contract/), calls: [{}, {}, {}] }
    expect(() => api.verify()).toThrow(
      expect.toSatisfy((error) => {
        expect(error).toMatchObject(shown)
        return true
      }),
    )
    expect(() => api.verify()).not.toThrow()
    call(api, groups(4))
    expect(() => api.verify()).toThrow('1 of 1 calls off the contract')
  })

  test('reset() clears everything', () => {
    const api = mock()
    for (let i = 0; i < 7; i++) call(api, groups(3))
    api.respondOnce('sendGroupStatusMessage', 'internalError')
    api.reset()
    expect([api.calls, api.violations]).toEqual([[], []])
    expect(() => api.verify()).not.toThrow()
    expect(call(api)).toMatchObject({ status: 200, messageUIDs: [{ messageUID: '0000-0000-0000-0001' }, {}] })
  })

  test('shows the fields that could be decoded: none with another media type or a body that is too long', () => {
    const api = mock()
    call(api, raw({ headers: { ...signedHeaders(), 'Content-Type': `text/${'x'.repeat(200)}` } }))
    api.handle({ ...raw(), headers: lower(signedHeaders()), body: undefined })
    expect(api.calls.map(({ body }) => ({ ...(body as object) }))).toEqual([{}, {}])
    expect(api.violations.map(({ message }) => message)).toEqual([
      `Content-Type: application/x-www-form-urlencoded, got text/${'x'.repeat(95)}…`,
      'body: a body that the server takes, got a longer one',
    ])
  })

  test('has a large valid body completely, and shortens an invalid one and shows its caller', () => {
    const api = mock()
    const large = (type: string) =>
      raw({
        body: withPairs(
          ['objectName', 'content'],
          [
            ['objectName', type],
            ['content', 'x'.repeat(10_000)],
          ],
        ),
      })
    call(api, large('app:note'))
    call(api, large('RC:Mine'))
    const [fits, invalid] = api.calls as readonly { body: { content: string }; from: readonly string[] }[]
    expect([fits?.body.content.length, invalid?.body.content]).toEqual([10_000, `${'x'.repeat(1_000)}…`])
    expect([fits?.from, invalid?.from.length]).toEqual([[], expect.any(Number)])
    expect(invalid?.from.length).toBeGreaterThan(0)
  })

  test('may have a limit of one call', () => {
    const api = mock({ maxCalls: 1 })
    for (let i = 0; i < 3; i++) call(api)
    expect(api.calls).toHaveLength(1)
  })

  test('two mocks share no state', () => {
    const [one, two] = [mock(), mock()]
    call(one, groups(4))
    expect(two.calls).toEqual([])
    expect(() => two.verify()).not.toThrow()
  })

  test.each([
    ['a field', raw({ body: `${withPairs(['fromUserId'])}&fromUserId=${KEYS.appSecret}&toGroupId=` })],
    ['a header', raw({ headers: { ...signedHeaders(), 'X-Request-ID': KEYS.appSecret, 'Content-Type': 'x' } })],
    ['the path', raw({ path: `${PATH}/${KEYS.appSecret}` })],
  ])('masks the App Secret that a caller sends in %s, and nothing else', (_name, request) => {
    const api = mock()
    const { errorMessage } = call(api, request)
    expect(api.calls).toHaveLength(1)
    expect(JSON.stringify([api.calls, errorMessage])).not.toContain(KEYS.appSecret)
    expect(JSON.stringify(api.calls)).toContain('[App Secret]')
    const open = mock({ appSecret: false })
    call(open, request)
    expect(JSON.stringify(open.calls)).toContain(KEYS.appSecret)
  })

  test('never contains or prints the App Secret', () => {
    const api = mock()
    call(api)
    call(api, raw({ headers: signedHeaders({ secret: KEYS.appKey }) }))
    call(api, raw({ headers: signedHeaders({ secret: 'wrong' }) }))
    const report = (() => {
      try {
        return api.verify()
      } catch (error) {
        return inspect(error, { depth: 20 })
      }
    })()
    expect(inspect([api, api.calls, api.violations], { depth: 20, showHidden: true }) + report).not.toContain(
      KEYS.appSecret,
    )
  })
})

describe('options', () => {
  test.each([undefined, null])('refuses %j in their place', (options) => {
    const message = '"appKey" must be a string that is not empty. Received undefined'
    expect(() => createMockApi(options as never)).toThrow(new TypeError(message))
  })

  test.each([
    [{ appKey: '' }, '"appKey" must be a string that is not empty. Received an empty one'],
    [{ appSecret: undefined }, '"appSecret" must be a string that is not empty. Received undefined'],
    [{ appSecret: null as never }, '"appSecret" must be a string that is not empty. Received object'],
    [
      { appSecret: 'a-secret-of-real-length', basePath: '/a-secret-of-real-length' },
      '"basePath" must not contain the App Secret',
    ],
    [{ appKey: 0 as never }, '"appKey" must be a string that is not empty. Received number'],
    [{ maxcalls: 1 }, '"maxcalls" is not an option of a mock. Did you mean "maxCalls"?'],
    [{ allowUnknownTypes: 'no' }, '"allowUnknownTypes" must be true or false. Received no'],
    [{ maxCalls: 0 }, '"maxCalls" must be a whole number above 0. Received 0'],
    [{ rateLimit: true }, '"rateLimit" must be false or { limit, period }. Received true'],
    [{ rateLimit: { limt: 1 } }, '"limt" is not an option of "rateLimit". Did you mean "limit"?'],
    [{ strict: { clockskew: 1 } }, '"clockskew" is not an option of "strict". Did you mean "clockSkew"?'],
    [{ strict: { uniqueNonce: 'no' } }, '"uniqueNonce" must be true or false. Received no'],
    [{ strict: { documentedFormat: 0 } }, '"documentedFormat" must be true or false. Received 0'],
    [{ rateLimit: { limit: -1 } }, '"rateLimit.limit" must be a number above 0. Received -1'],
    [{ strict: { clockSkew: -1 } }, '"strict.clockSkew" must be milliseconds, 0 or more. Received -1'],
    [{ now: 0 as never }, '"now" must be a function. Received number'],
    [
      { basePath: 5 as never },
      '"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received 5',
    ],
    [
      { basePath: null },
      '"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received null',
    ],
    [
      { basePath: ['/a'] },
      '"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received ["/a"]',
    ],
    [
      { basePath: 'proxy' },
      '"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received "proxy"',
    ],
    [
      { basePath: 'http://x/proxy' },
      '"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received "http://x/proxy"',
    ],
    [{ strict: 'stern' }, '"strict" must be true, false or an object of rules. Received "stern"'],
  ])('refuses %j', (options, message) => {
    expect(() => mock(options as never)).toThrow(new TypeError(message))
  })

  test.each(['/rc?x', '/rc?', '/rc#x', '/rc#', '/a/../b', '/..', '/a/.', '/./a', '/a/%2e%2E/b', '/a\\b'])(
    'refuses a basePath that no request can have: %s',
    (basePath) => {
      const message = `"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received ${JSON.stringify(basePath)}`
      expect(() => mock({ basePath })).toThrow(new TypeError(message))
    },
  )

  test('accepts newer reserved types with allowUnknownTypes', () => {
    const request = raw({ body: withPairs(['objectName'], [['objectName', 'RC:Newer']]) })
    expect(call(mock(), request).status).toBe(400)
    expect(call(mock({ allowUnknownTypes: true }), request).status).toBe(200)
  })
})

test('an empty body is a form without fields, if the contract requires none', () => {
  const lenient = vi.spyOn(requests as Record<string, Validate>, 'sendGroupStatusMessage').mockReturnValue(true)
  expect(call(mock(), raw({ body: '' })).status).toBe(200)
  lenient.mockRestore()
  expect(call(mock(), raw({ body: '' })).status).toBe(400)
})

describe('hostile or clumsy callers', () => {
  test('a field named __proto__, once or twice, is an ordinary field', async () => {
    const api = mock()
    const send = createInMemoryFetch(createHttpServer(api))
    for (const body of ['__proto__=1&__proto__=2', '__proto__=x', 'constructor=1&toString=2']) {
      const response = await send(`http://mock${PATH}`, { method: 'POST', headers: signedHeaders(), body })
      expect(response.status).toBe(400)
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test('the App Secret sent as the App Key is reported but not quoted', () => {
    const api = mock()
    const headers = { ...signedHeaders(), 'App-Key': KEYS.appSecret }
    expect(call(api, raw({ headers })).errorMessage).toBe('App-Key: the App Key of the mock, got the App Secret')
    expect(() => api.verify()).toThrow(expect.not.stringContaining(KEYS.appSecret) as never)
  })

  test('a wrong App Key is reported with the one that the mock has', () => {
    const headers = { ...signedHeaders(), 'App-Key': 'unknown' }
    const { errorMessage } = call(mock({ appKey: 'of-the-mock' }), raw({ headers }))
    expect(errorMessage).toBe('App-Key: the App Key of the mock, "of-the-mock", got "unknown"')
  })

  test('every entry point decodes the same bytes: invalid UTF-8, and a byte order mark', async () => {
    const api = mock()
    const bodies = [
      [...Buffer.from('fromUserId=1&toGroupId=1&objectName=x&content='), 0xc4, 0xe3],
      [0xef, 0xbb, 0xbf, ...Buffer.from(raw().body)],
    ].map((bytes) => new Uint8Array(bytes))
    const messages: string[][] = []
    for (const send of entryPoints(api)) {
      api.reset()
      for (const body of bodies) {
        const response = await send(`https://api.rong-api.com${PATH}`, {
          method: 'POST',
          headers: signedHeaders(),
          body,
        })
        expect(response.status).toBe(400)
      }
      messages.push(api.violations.map(({ message }) => message))
    }
    expect(messages[0]).toEqual([
      expect.stringMatching(/^content: percent escapes of UTF-8/),
      'fromUserId: required, got nothing',
    ])
    expect([messages[1], messages[2]]).toEqual([messages[0], messages[0]])
  })

  test('bytes that are not UTF-8 are refused as such', async () => {
    const api = mock()
    const send = createInMemoryFetch(createHttpServer(api))
    const body = Buffer.concat([Buffer.from(`${withPairs(['fromUserId'])}&fromUserId=a`), Buffer.from([0xff, 0xfe])])
    const response = await send(`http://mock${PATH}`, { method: 'POST', headers: signedHeaders(), body })
    expect(response.status).toBe(400)
    expect(api.violations).toMatchObject([{ field: 'fromUserId', keyword: 'encoding' }])
  })

  test('a whole URL as the target of a request is its path', async () => {
    const head = Object.entries(signedHeaders())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    const { body } = raw()
    const bytes = `POST http://api.rong-api.com${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`
    expect(await writeInMemory(createHttpServer(mock()), bytes)).toMatch(/^HTTP\/1\.1 200 /)
  })

  test.each(['/a b', '/ü', '/a%20b', '/%C3%BC/', '/%c3%bc', '/..a', '/a..', '//x', '/a"b', '/a|b', '/', '/a:b@c'])(
    'a basePath is written as in the base URL of the client: %s',
    async (basePath) => {
      const api = mock({ basePath })
      const client = createClient({ ...KEYS, baseUrl: `http://mock${basePath}`, fetch: api.fetch })
      await client.sendGroupStatusMessage({ fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' })
      expect(api.violations).toEqual([])
    },
  )

  test('a basePath in front of the path is removed', async () => {
    const api = mock({ basePath: '/proxy' })
    expect(call(api, raw({ path: `/proxy${PATH}` })).status).toBe(200)
    expect(call(api, raw({ path: `/other${PATH}` })).status).toBe(404)
  })

  test.each([
    [{ status: 99 }, '"status" must be a whole number from 200 to 599. Received 99'],
    [{ body: () => {} }, '"body" must be a string or JSON. Received function'],
    [{ headers: { 'Content-Length': '3' } }, '"headers" must not contain "content-length", which the server sets'],
  ])('an answer that cannot be sent is refused: %j', (scenario, message) => {
    expect(() => mock().respondOnce('sendGroupStatusMessage', scenario as never)).toThrow(message)
    expect(() => mock().respondOnce('sendGroupStatusMessage', { headers: { 'x-a': '汉' } })).toThrow(TypeError)
  })

  test('an answer without a body goes through every entry point', async () => {
    const api = mock()
    const init = { method: 'post', headers: signedHeaders(), body: raw().body }
    for (const send of entryPoints(api)) {
      api.respondOnce('sendGroupStatusMessage', { status: 204 })
      const response = await send(`https://api.rong-api.com${PATH}`, init)
      expect([response.status, await response.text()]).toEqual([204, ''])
    }
  })
})

describe('the entry point fetch', () => {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  beforeEach(() => api.reset())
  const init = { method: 'POST', headers: signedHeaders(), body: form([]) }

  test.each([
    ['a string and a plain object', () => api.fetch(`http://x${PATH}`, { ...init, body: raw().body })],
    [
      'a URL and Headers',
      () => api.fetch(new URL(`http://x${PATH}`), { ...init, headers: new Headers(init.headers), body: raw().body }),
    ],
    ['a Request', () => api.fetch(new Request(`http://x${PATH}`, { ...init, body: raw().body }))],
    ['URLSearchParams', () => api.fetch(`http://x${PATH}`, { ...init, body: new URLSearchParams(raw().body) })],
    [
      'numbers as header values, and spaces around them',
      () =>
        api.fetch(`http://x${PATH}`, {
          ...init,
          headers: { ...init.headers, Nonce: 14314 as never, 'App-Key': ` ${KEYS.appKey} ` },
          body: raw().body,
        }),
    ],
    ['a method in lower case', () => api.fetch(`http://x${PATH}`, { ...init, method: 'post', body: raw().body })],
    ['bytes', () => api.fetch(`http://x${PATH}`, { ...init, body: new TextEncoder().encode(raw().body) })],
  ])('takes %s', async (_name, send) => {
    expect((await send()).status).toBe(200)
    expect(() => api.verify()).not.toThrow()
  })

  test('sets the media type that fetch would set, which is wrong for a text body', async () => {
    const { 'Content-Type': _, ...headers } = signedHeaders()
    const response = await api.fetch(`http://x${PATH}`, { method: 'POST', headers, body: raw().body })
    expect([response.status, api.violations[0]?.message]).toEqual([
      400,
      'Content-Type: application/x-www-form-urlencoded, got text/plain;charset=UTF-8',
    ])
  })

  test.each([
    ['a map', new Map(Object.entries(signedHeaders()))],
    ['pairs', Object.entries(signedHeaders())],
    [
      'a generator',
      (function* () {
        yield* Object.entries(signedHeaders())
      })(),
    ],
  ])('takes headers as %s, as the runtime does', async (_name, headers) => {
    const response = await api.fetch(`http://x${PATH}`, { ...init, headers: headers as never, body: raw().body })
    expect(response.status).toBe(200)
  })

  test.each([[{ 'X Foo': '1' }], [{ 'x-a': 'a\r\nb' }], [{ 'x-a': '€' }], [{ '': '1' }]])(
    'refuses %j, as the runtime does',
    async (headers) => {
      const all = { ...init, headers: { ...init.headers, ...headers }, body: raw().body }
      expect(() => new Request(`http://x${PATH}`, all)).toThrow(TypeError)
      await expect(api.fetch(`http://x${PATH}`, all)).rejects.toThrow(TypeError)
      // Also as the first of all headers.
      const first = { ...all, headers: { ...headers, ...init.headers } }
      await expect(api.fetch(`http://x${PATH}`, first)).rejects.toThrow(TypeError)
      expect(api.calls).toEqual([])
    },
  )

  test.each([
    ['a header twice, in two cases', { 'x-a': '1', 'X-A': '2' }],
    ['a media type twice', { 'content-type': 'text/plain', 'Content-Type': FORM }],
    ['blanks and tabs around a value', { 'x-a': ' \t1 \t' }],
    ['other spaces around a value', { 'x-a': '\u00a01\u00a0' }],
    ['line breaks around a value', { 'x-a': '\r\n1\n' }],
    ['a value that is undefined', { 'x-a': undefined }],
  ])('reads %s as the runtime does', async (_name, more) => {
    const { 'Content-Type': type, ...signed } = signedHeaders()
    const headers = { ...signed, ...(!('content-type' in more) && { 'Content-Type': type }), ...more } as never
    const all = { ...init, headers, body: raw().body }
    await api.fetch(`http://x${PATH}`, all)
    await api.fetch(new Request(`http://x${PATH}`, all))
    const [plain, request] = api.calls
    expect(plain?.status).toBe(request?.status)
    expect(plain?.headers).toEqual(request?.headers)
  })

  test('honours a signal', async () => {
    const reason = new Error('enough')
    await expect(api.fetch(`http://x${PATH}`, { ...init, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(api.calls).toEqual([])
  })
})

describe('the entry point MSW', () => {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  const server = setupServer()
  afterEach(() => {
    server.close()
    server.resetHandlers()
    api.reset()
  })
  const listen = (...all: Parameters<typeof server.use>) => {
    server.use(...all)
    server.listen(listenOptions)
  }

  test.each([
    ['a misspelt path that ends in .json', 'https://api.rong-api.com/statusmessage/group/publsh.json'],
    ['any other path', 'https://api-b.us-light-api.com/user/getToken'],
    ['the root', 'https://api.rong-api.com'],
    ['http in place of https, and a port', 'http://api.sg-light-api.com:8080/x.json'],
    ['a path in another case', `https://api.rong-api.com${PATH.toUpperCase()}`],
  ])('keeps %s on the machine, as a violation', async (_name, url) => {
    listen(...handlers(api))
    const response = await fetch(url, { method: 'POST', body: 'x=1' })
    expect(response.status).toBe(404)
    expect(api.violations).toMatchObject([{ keyword: 'path' }])
  })

  test.each([
    ['http', '//statusmessage/group/publish.json', '//statusmessage/group/publish.json'],
    ['https', '//statusmessage/group/publish.json', '//statusmessage/group/publish.json'],
    ['http', '//unknown.example/x.json', '//unknown.example/x.json'],
    ['https', '/x.json', '/x.json'],
  ] as const)('keeps a request of node:%s for %s on the machine', async (protocol, path, recorded) => {
    listen(...handlers(api))
    // MSW patches the modules, not the names that were imported from them.
    const node = protocol === 'http' ? nodeHttp : nodeHttps
    const status = await new Promise((resolve, reject) => {
      const sent = node.request({ host: 'api.rong-api.com', path, method: 'POST' }, (answer) =>
        resolve(answer.statusCode),
      )
      sent.on('error', reject)
      sent.end('x=1')
    })
    expect(status).toBe(404)
    expect(api.calls).toMatchObject([{ path: recorded }])
  })

  test.each([
    ['a host of the contract', 'http://api.rong-api.com/x.json', 'other.test', '/x.json'],
    ['a host of the contract, with a port', 'http://api.rong-api.com:81/x.json', 'other.test', '/x.json'],
    ['a host of the contract with a dot', 'http://api.rong-api.com./x.json', 'other.test', '/x.json'],
    ['another host', 'http://127.0.0.1:1/x.json', 'API.rong-api.com', '//127.0.0.1:1/x.json'],
    ['another host', 'http://127.0.0.1:1/x.json', 'api.rong-api.com.:80', '//127.0.0.1:1/x.json'],
    ['a base URL', 'http://proxy.test:9/rc/x.json', 'other.test', '/x.json'],
    ['a base URL with a dot', 'http://proxy.test.:9/rc/x.json', 'proxy.test.:9', '/x.json'],
    ['a base URL that was given with a dot', 'http://dot.test/rc/x.json', 'dot.test', '/x.json'],
    ['a base URL', 'http://proxy.test:9/rc/x.json', 'api.rong-api.com', '/x.json'],
    ['a base URL in front of a nested one', 'http://proxy.test:9/rc/in/x.json', 'other.test', '/x.json'],
    ['another host', 'http://127.0.0.1:1/x.json', 'all.test', '//127.0.0.1:1/x.json'],
    ['a host of the contract', 'http://api.rong-api.com/x.json', 'not a host', '/x.json'],
  ])('keeps a request to %s, %s, with the Host header %s on the machine', async (_name, url, host, path) => {
    const baseUrl = ['http://proxy.test:9/rc', 'http://proxy.test:9/rc/in', 'http://dot.test./rc', 'http://all.test']
    listen(...handlers(api, { baseUrl }))
    const status = await new Promise((resolve, reject) => {
      const sent = nodeHttp.request(url, { method: 'POST', headers: { Host: host } }, (answer) =>
        resolve(answer.statusCode),
      )
      sent.on('error', reject)
      sent.end('x=1')
    })
    expect(status).toBe(404)
    expect(api.calls).toMatchObject([{ path }])
  })

  test('ignores requests that are not below one of your base URLs', async () => {
    const mine = http.all(/^http:\/\/proxy\.test/, () => HttpResponse.json({ mine: true }))
    listen(...handlers(api, { baseUrl: 'http://proxy.test:81/rongcloud/' }), mine)
    for (const url of [
      'http://proxy.test/rongcloud/x',
      'http://proxy.test:81/health',
      'http://proxy.test:81/rongcloud2/x',
    ]) {
      expect(await (await fetch(url)).json()).toEqual({ mine: true })
    }
    for (const path of ['', '/', '?x=1', '/x.json']) {
      expect((await fetch(`http://proxy.test:81/rongcloud${path}`)).status).toBe(404)
    }
    expect(api.violations).toHaveLength(4)
  })

  test.each([
    ['http://proxy.test', 'http://proxy.test'],
    [['http://proxy.test', 'http://proxy.test/api'], 'http://proxy.test/api'],
    [['http://proxy.test/api', 'http://proxy.test'], 'http://proxy.test/api'],
    [['http://proxy.test/api', 'http://proxy.test/apis'], 'http://proxy.test/apis'],
    [['http://proxy.test/api/', 'http://proxy.test/'], 'http://proxy.test'],
  ])('also handles your own base URLs: %j, sent to %s', async (baseUrl, base) => {
    listen(...handlers(api, { baseUrl }))
    const response = await fetch(`${base}${PATH}`, {
      method: 'POST',
      headers: signedHeaders(),
      body: raw().body,
    })
    expect(response.status).toBe(200)
  })

  test('lets a handler that comes first take precedence', async () => {
    listen(
      http.post(`https://api.rong-api.com${PATH}`, () => HttpResponse.json({ mine: true })),
      ...handlers(api),
    )
    expect(await (await fetch(`https://api.rong-api.com${PATH}`, { method: 'POST' })).json()).toEqual({ mine: true })
  })

  test.each(['proxy', 'xhttp://proxy.test', 'ws://proxy.test', 'http://'])('refuses the base URL %s', (baseUrl) => {
    const message = `"baseUrl" must be an absolute http or https URL. Received ${JSON.stringify(baseUrl)}`
    expect(() => handlers(api, { baseUrl })).toThrow(new TypeError(message))
    expect(() => handlers(api, { baseUrl: ['http://fine.test', baseUrl] })).toThrow(new TypeError(message))
  })

  test('refuses an option that it does not have', () => {
    expect(() => handlers(api, { baseURL: 'http://x' } as never)).toThrow(
      new TypeError('"baseURL" is not an option of the handlers. Did you mean "baseUrl"?'),
    )
  })

  test('has one pair of options for MSW 2 and 3', () => {
    expect(listenOptions).toEqual({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' })
  })
})

describe('HTTP', () => {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  afterEach(() => api.reset())

  test('refuses a body over its limit without storing it, and continues', async () => {
    const server = createHttpServer(api, { maxBody: 1_000 })
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n`
    const signed = Object.entries(signedHeaders())
      .slice(1)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    const answer = await writeInMemory(
      server,
      `${head}${signed}Connection: close\r\nContent-Length: 9000\r\n\r\n`,
      'x'.repeat(9_000),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('"code":1005')
    expect(api.violations).toMatchObject([
      { keyword: 'body-size', message: 'body: a body of at most 1000 bytes, got a longer one' },
    ])
    const next = await createInMemoryFetch(server)(`http://mock${PATH}`, {
      method: 'POST',
      headers: signedHeaders(),
      body: raw().body,
    })
    expect(next.status).toBe(200)
  })

  test.each([
    [{ maxBody: 0 }, '"maxBody" must be a whole number above 0. Received 0'],
    [{ port: 'x' as never }, '"port" must be a whole number from 0 to 65535. Received x'],
    [{ headersTimeout: 1.5 }, '"headersTimeout" must be a whole number above 0. Received 1.5'],
  ])('refuses %j', async (options, message) => {
    await expect(startServer(api, options)).rejects.toThrow(new TypeError(message))
  })

  test.each([
    [{}, [5_000, 10_000]],
    [{ requestTimeout: 2_000 }, [2_000, 2_000]],
    [{ requestTimeout: 20_000 }, [5_000, 20_000]],
    [{ headersTimeout: 9_000 }, [9_000, 10_000]],
  ])('times out as %j says, and leaves the headers no longer than the request', (options, timeouts) => {
    const { headersTimeout, requestTimeout } = createHttpServer(api, options)
    expect([headersTimeout, requestTimeout]).toEqual(timeouts)
  })
})
