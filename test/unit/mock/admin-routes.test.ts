/** The mock server's own paths, for tests in other languages. */
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createAdminRoutes } from '../../../src/mock/admin-routes.js'
import { createHttpServer, type ServerOptions } from '../../../src/mock/http-server.js'
import * as router from '../../../src/mock/router.js'
import { ContractViolationError, createMockApi } from '../../../src/testing.js'
import { createInMemoryFetch } from '../../support/in-memory-http.js'
import { form, KEYS, PAIRS, PATH, raw, signedHeaders, withPairs } from '../../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })
afterEach(() => api.reset())

/** Reaches a new server, by path. */
const start = (options: ServerOptions = {}) => {
  const fetch = createInMemoryFetch(createHttpServer(api, options))
  return (path: string, init: RequestInit = {}) => fetch(`http://mock${path}`, init)
}
type Reach = ReturnType<typeof start>

const send = (reach: Reach, body = form(PAIRS), headers = {}) =>
  reach(PATH, { method: 'POST', headers: { ...signedHeaders(), ...headers }, body })

describe('GET /__calls and POST /__reset', () => {
  test('list the calls and clear them', async () => {
    const reach = start()
    await send(reach)
    await send(reach, withPairs(['fromUserId']))
    const calls = await reach('/__calls')
    expect([calls.status, calls.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await calls.json()).toMatchObject([
      { operation: 'sendGroupStatusMessage', body: { toGroupId: ['2193', '2192'] }, violations: [], status: 200 },
      { violations: [{ message: 'fromUserId: required, got nothing' }] },
    ])
    const reset = await reach('/__reset', { method: 'POST' })
    expect([reset.status, await reset.text()]).toEqual([204, ''])
    expect(await (await reach('/__calls')).json()).toEqual([])
    expect(() => api.verify()).not.toThrow()
  })

  test.each([
    ['POST', '/__calls', [405, 'GET, HEAD', expect.stringMatching(/^\d+$/)]],
    ['GET', '/__reset', [405, 'POST', expect.stringMatching(/^\d+$/)]],
    ['HEAD', '/__calls', [200, null, '2']],
    // RFC 9110, 8.6: no Content-Length with 204.
    ['POST', '/__reset?x=1', [204, null, null]],
  ])('are not recorded, and accept no other method: %s %s', async (method, path, expected) => {
    const { status, headers } = await start()(path, { method })
    expect([status, headers.get('allow'), headers.get('content-length')]).toEqual(expected)
    expect(api.calls).toEqual([])
  })

  test('are ordinary paths when they are switched off, and when they are only similar', async () => {
    const withoutControl = start({ control: false })
    for (const path of ['/__calls', '/__reset']) expect((await withoutControl(path)).status).toBe(404)
    const reach = start()
    for (const path of ['/__calls/', '/x/__calls', '/__Calls', '/constructor', '/__proto__'])
      expect((await reach(path)).status).toBe(404)
    expect(api.violations.map(({ keyword }) => keyword)).toEqual(Array(7).fill('path'))
  })
})

test.each(['/__respond', '/__expect'])('%s refuses a body that is too long, and says so', async (path) => {
  const answer = await start({ maxBody: 10 })(path, { method: 'POST', body: '{"example":"sent"}' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ errorMessage: 'the body must be at most 10 bytes' })
})

test.each([
  ['CI.corp.example', 'ci.corp.example', 200],
  ['ci.corp.example', 'CI.Corp.Example', 200],
  ['CI.corp.example', 'cd.corp.example', 403],
  [undefined, 'ci.corp.example', 403],
])('a server that listens on %s serves the paths for tests under the host %s: %i', (ownHost, host, status) => {
  const routes = createAdminRoutes(api, ownHost)
  const request = { method: 'GET', path: '/__calls', headers: { host: `${host}:8700` }, body: '' }
  expect(routes(request)?.status).toBe(status)
})

describe('who may use these paths', () => {
  const routes = createAdminRoutes(api)
  const REFUSED = 'this path is for tests only, not for pages of other origins'
  const ask = (headers: Record<string, string>) => routes({ method: 'GET', path: '/__health', headers, body: '' })

  test.each([
    '127.0.0.1:8700',
    '10.0.0.7',
    '[::1]:8700',
    '[fe80::1]',
    'localhost:8700',
    'LOCALHOST',
    'mock',
    'localtest',
    'app.localhost:80',
    'host.docker.internal',
    'mock.local',
    'mock.TEST:1',
    '',
  ])('a host that no web page has: %j', (host) => {
    expect(ask({ host })?.status).toBe(200)
    expect(ask({ host, origin: `http://${host}` })?.status).toBe(200)
    for (const origin of ['null', 'https://evil.example', `https://${host}`, `http://${host}0`]) {
      expect(ask({ host, origin })?.status).toBe(403)
    }
  })

  test.each(['evil.example:8700', 'test.evil.example', 'evil.test.', '127.0.0.1.evil.example', 'a1.2', 'x.test1'])(
    'no other host: %s',
    (host) => {
      expect(ask({ host })?.status).toBe(403)
    },
  )

  test('a refusal says why, with the path and as an error of the contract', () => {
    const { status, body, headers } = ask({ host: 'evil.example' }) ?? {}
    expect([status, headers?.['content-type']]).toEqual([403, 'application/json; charset=utf-8'])
    expect(JSON.parse(body ?? '')).toMatchObject({ url: '/__health', errorMessage: REFUSED })
  })

  test('a request without a host, and one without headers of a page', () => {
    expect(ask({})?.status).toBe(200)
  })
})

describe('the answers', () => {
  const routes = createAdminRoutes(api)
  const ask = (path: string, body: string | undefined = '', method = 'POST') => {
    const answered = routes({ method, path, headers: { host: 'localhost' }, body })
    return (
      answered && { status: answered.status, json: answered.body === '' ? '' : (JSON.parse(answered.body) as object) }
    )
  }
  const call = (change: Partial<ReturnType<typeof raw>> = {}) => {
    const { headers, ...rest } = raw(change)
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    return api.handle({ ...rest, headers: lower }).status
  }

  test('/__health', () => {
    expect(ask('/__health', '', 'GET')).toEqual({ status: 200, json: { status: 'ok' } })
    expect(ask('/__health', '', 'HEAD')?.status).toBe(200)
    expect(ask('/__health')).toMatchObject({ status: 405, json: { errorMessage: 'method: GET, HEAD, got POST' } })
  })

  test('/__respond sets an answer of the first operation, or of the one that is named, once or several times', () => {
    const set = (value: object) => ask('/__respond', JSON.stringify(value))
    expect(set({ example: 'rateLimited' })).toEqual({ status: 204, json: '' })
    expect(set({ operation: 'sendGroupStatusMessage', status: 503, body: 'busy', times: 2 })).toEqual({
      status: 204,
      json: '',
    })
    expect([call(), call(), call(), call()]).toEqual([429, 503, 503, 200])
    expect(set({ operation: 'none', status: 503 })).toMatchObject({
      status: 400,
      json: {
        url: '/__respond',
        errorMessage: expect.stringMatching(/^"operation" must be one of .* Received "none"$/),
      },
    })
    expect(set({ times: 0 })).toMatchObject({
      json: { errorMessage: expect.stringMatching(/^"times" must be a whole/) },
    })
  })

  test('/__expect sets an expected violation, /__verify reports and clears', () => {
    const OK = { status: 200, json: { status: 'ok' } }
    expect(ask('/__verify')).toEqual(OK)
    expect(ask('/__expect', '{"violation":"required","field":"fromUserId","times":2}')).toEqual({
      status: 204,
      json: '',
    })
    for (let i = 0; i < 2; i++) call({ body: withPairs(['fromUserId']) })
    expect(ask('/__verify')).toEqual(OK)
    call({ body: withPairs(['fromUserId']) })
    expect(ask('/__verify')).toEqual({
      status: 409,
      json: { status: 'failed', report: expect.stringMatching(/^1 of 1 calls off the contract:/) },
    })
    expect(ask('/__verify')).toEqual(OK)
    expect(ask('/__expect', '{"violation":"required","feild":"x"}')).toMatchObject({ status: 400 })
  })

  test('/__verify answers an error of another kind with its message', () => {
    const broken = createAdminRoutes({
      ...api,
      verify: () => {
        throw new Error('broken')
      },
    })
    const answered = broken({ method: 'POST', path: '/__verify', headers: {}, body: '' })
    expect(answered).toMatchObject({ status: 400, body: expect.stringContaining('"errorMessage":"broken"') })
  })

  test.each([
    ['', 'the body must be JSON'],
    ['{', 'the body must be JSON'],
    ['null', 'the body must be a JSON object'],
    ['[]', 'the body must be a JSON object'],
    ['"x"', 'the body must be a JSON object'],
  ])('the body %j is refused', (body, errorMessage) => {
    for (const path of ['/__respond', '/__expect']) {
      expect(ask(path, body)).toMatchObject({ status: 400, json: { url: path, errorMessage } })
    }
  })

  test.each(['/__calls/', '/__', '/__proto__', '/__other', '/_calls', '/x/__calls', PATH])(
    '%s is no such path',
    (path) => {
      expect(ask(path)).toBeUndefined()
    },
  )

  test('a query is no part of the path, also in a message', () => {
    expect(ask('/__health?a=/__calls', '', 'GET')?.status).toBe(200)
    expect(ask('/__calls?x')).toMatchObject({ json: { url: '/__calls' } })
  })
})

test('a contract with an operation at such a path refuses them by name', () => {
  const spy = vi.spyOn(router, 'isTaken').mockImplementation((path) => path === '/__verify')
  expect(() => createAdminRoutes(api)).toThrow(
    new TypeError('"control" must be false: the contract has an operation at /__verify'),
  )
  spy.mockRestore()
})

describe('the App Secret', () => {
  const { appSecret } = KEYS

  test('is shown by no path, report or record, wherever a caller has put it', async () => {
    const reach = start()
    await send(reach, form(PAIRS), { 'App-Key': appSecret })
    await send(reach, form(PAIRS), { Signature: `${appSecret}14314` })
    await send(reach, form(PAIRS), { 'X-Debug': `secret=${appSecret}` })
    const everywhere = [
      ...PAIRS,
      ['appSecret', appSecret],
      [appSecret, '1'],
      ['more', appSecret],
      ['more', '2'],
    ] as const
    await send(reach, form(everywhere))
    const wrong = await send(reach, withPairs(['isIncludeSender'], [['isIncludeSender', appSecret]]))
    await reach(`/${appSecret}.json`)
    const answers = (await wrong.text()) + JSON.stringify([...wrong.headers])
    const calls = await (await reach('/__calls')).text()
    const report = (() => {
      try {
        return api.verify()
      } catch (error) {
        expect(error).toBeInstanceOf(ContractViolationError)
        return inspect(error, { depth: 20 })
      }
    })()
    expect(answers).toContain('isIncludeSender: an integer, got \\"[App Secret]')
    expect(JSON.parse(calls)).toHaveLength(6)
    expect(calls).toContain('"appSecret":"[App Secret]"')
    expect(inspect([api.calls, api.violations], { depth: 20 }) + calls + report + answers).not.toContain(appSecret)
  })

  test('of a few letters is not a real secret, and is not masked in ordinary words', async () => {
    const toy = createMockApi({ appKey: 'test', appSecret: 'test' })
    toy.handle({ ...raw(), headers: { 'app-key': 'test', 'content-type': 'application/x-www-form-urlencoded' } })
    expect(toy.calls[0]?.headers['app-key']).toBe('test')
  })

  test('cannot be guessed from the listed calls: signatures are hidden', async () => {
    const reach = start()
    await send(reach)
    await reach(PATH, { method: 'POST', headers: signedHeaders({ prefix: 'RC-' }), body: form(PAIRS) })
    const text = await (await reach('/__calls')).text()
    for (const { headers } of api.calls) expect(text).not.toContain(headers['signature'] ?? headers['rc-signature'])
    const [plain, prefixed] = JSON.parse(text) as { headers: Record<string, string> }[]
    expect([plain?.headers['signature'], prefixed?.headers['rc-signature']]).toEqual(['[hidden]', '[hidden]'])
    expect(plain?.headers['nonce']).toBe('14314')
    const names = ({ headers }: { headers: object } = { headers: {} }) => Object.keys(headers).toSorted()
    expect([names(plain), names(prefixed)]).toEqual(api.calls.map(names))
  })
})

describe('the record of a body', () => {
  test('is complete when the body is valid, and shortened when it is not', () => {
    const headers = Object.fromEntries(Object.entries(signedHeaders()).map(([k, v]) => [k.toLowerCase(), v]))
    const many = Array.from({ length: 5_000 }, (_, i) => `f${i}=${i}`).join('&')
    const content = 'x'.repeat(131_072)
    const own = [
      ['objectName', 'app:note'],
      ['content', content],
    ] as const
    const fits = withPairs(['objectName', 'content'], own)
    api.handle({ ...raw(), headers, body: fits })
    api.handle({ ...raw(), headers, body: `${fits}&${many}&long=${'y'.repeat(100_000)}` })
    api.handle({ ...raw(), headers, body: `${fits}y&${'toGroupId=g&'.repeat(5_000)}` })
    const [whole, padded, wrong] = api.calls.map(({ body }) => body as unknown as Record<string, string>)
    expect(whole?.['content']).toBe(content)
    expect(padded?.['content']).toBe(content)
    expect(Object.keys(padded ?? {})).toHaveLength(105)
    expect(wrong?.['content']).toBe(`${'x'.repeat(1_000)}…`)
    expect(wrong?.['toGroupId']).toHaveLength(100)
    expect(api.violations.map(({ message }) => message)).toContain('toGroupId: at most 3 groups in one call, got 5002')
  })
})
