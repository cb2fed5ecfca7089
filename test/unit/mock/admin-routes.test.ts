/** The mock server's own paths, for tests in other languages. */
import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { createAdminRoutes } from '../../../src/mock/admin-routes.js'
import { createHttpServer, type ServerOptions } from '../../../src/mock/http-server.js'
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
