/** Late and broken answers of the mock over real HTTP, set from outside: what a bare `fetch` sees, on this Node. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'
import { KEYS, PATH, raw, withPairs } from '../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })
let server: RunningServer
beforeAll(async () => {
  server = await startServer(api)
})
afterAll(() => server.close())
afterEach(() => api.reset())

const send = (init: RequestInit = {}) => fetch(server.url + PATH, { ...raw(), ...init })
const admin = (path: string, body?: unknown, headers = {}) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : (JSON.stringify(body) ?? null),
  })

describe('POST /__respond', () => {
  test('hang: no answer until the caller gives up', async () => {
    expect((await admin('/__respond', { fault: 'hang' })).status).toBe(204)
    await expect(send({ signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ name: 'TimeoutError' })
    expect((await send()).status).toBe(200)
  })

  test('hang: POST /__reset breaks the connection', async () => {
    await admin('/__respond', { fault: 'hang' })
    const sent = send().catch((one: unknown) => one)
    while (api.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await admin('/__reset')
    expect(await sent).toBeInstanceOf(TypeError)
  })

  test('reset: the connection breaks', async () => {
    await admin('/__respond', { fault: 'reset' })
    const error = (await send().catch((one: unknown) => one)) as Error & { cause: { code: string } }
    expect(error).toBeInstanceOf(TypeError)
    expect(error.cause.code).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/)
    expect((await send()).status).toBe(200)
  })

  test('truncate: half of a body, and a broken connection', async () => {
    await admin('/__respond', { fault: 'truncate' })
    const answer = await send()
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(TypeError)
    expect((await send()).status).toBe(200)
  })

  test.each(['', 'a', '汉'])('truncate: the body %j does not end', async (body) => {
    await admin('/__respond', { body, fault: 'truncate' })
    const answer = await send()
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(TypeError)
  })

  test('garbage, an example, an answer of your own, late and several times', async () => {
    await admin('/__respond', { fault: 'garbage' })
    await admin('/__respond', { operation: 'sendGroupStatusMessage', example: 'rateLimited', times: 2 })
    await admin('/__respond', { status: 503, body: { busy: true }, headers: { 'retry-after': '1' }, delay: 50 })
    const answers = []
    for (let i = 0; i < 5; i++) {
      const answer = await send()
      answers.push([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')])
    }
    const json = 'application/json; charset=utf-8'
    expect(answers).toEqual([
      [200, 'text/html; charset=utf-8', null],
      [429, json, null],
      [429, json, null],
      [503, json, '1'],
      [200, json, null],
    ])
  })

  test('a server that closes leaves no hanging request behind', async () => {
    const own = await startServer(api)
    api.respondOnce('sendGroupStatusMessage', { fault: 'hang' })
    const sent = fetch(own.url + PATH, raw()).catch((error: unknown) => error)
    await expect.poll(() => api.calls.length).toBe(1)
    await own.close()
    expect(await sent).toBeInstanceOf(TypeError)
  })
})

describe('the other paths for tests', () => {
  test('an expected violation, and one that was not', async () => {
    expect((await admin('/__expect', { violation: 'required', field: 'fromUserId' })).status).toBe(204)
    await send({ body: withPairs(['fromUserId']) })
    const fine = await admin('/__verify')
    expect([fine.status, await fine.json()]).toEqual([200, { status: 'ok' }])
    await send({ body: withPairs(['fromUserId']) })
    const failed = await admin('/__verify')
    const report = expect.stringContaining('fromUserId: required, got nothing (required)')
    expect([failed.status, await failed.json()]).toEqual([409, { status: 'failed', report }])
  })

  test('/__health says that the mock is ready, and is no call', async () => {
    const answer = await fetch(`${server.url}/__health`)
    expect([answer.status, await answer.json(), api.calls]).toEqual([200, { status: 'ok' }, []])
  })

  test.each([
    ['/__respond', { fault: 'explode' }, /"fault" must be one of/],
    ['/__respond', { exmaple: 'sent' }, /an answer has no "exmaple"/],
    ['/__respond', { operation: 'nothing' }, /"operation" must be one of/],
    ['/__respond', '{', /the body must be JSON/],
    ['/__respond', '[]', /the body must be a JSON object/],
    ['/__expect', { keyword: 'maxItems' }, /"violation" must be a keyword/],
    [
      '/__expect',
      { violation: 'maxItems', feild: 'x' },
      /"feild" is not an option of an expected violation\. Did you mean "field"/,
    ],
  ])('POST %s %j is refused by name', async (path, body, message) => {
    const answer = await admin(path, body)
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { url: path, code: 400, errorMessage: expect.stringMatching(message) },
    ])
  })

  test.each([
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['the page of another port', { origin: 'http://127.0.0.1:1' }, 403],
  ])('refuse %s', async (_who, headers, status) => {
    expect((await admin('/__reset', undefined, headers)).status).toBe(status)
    expect((await fetch(`${server.url}/__calls`, { headers })).status).toBe(status)
  })

  test.each([
    ['evil.example', 403],
    ['evil.example:8700', 403],
    ['localhost:8700', 200],
    ['127.0.0.1:8700', 200],
    ['[::1]:8700', 200],
    ['mock:8700', 200],
    ['host.docker.internal:8700', 200],
  ])('with the host %s answer %i: a name on the internet may lead to this machine', async (host, status) => {
    const { request } = await import('node:http')
    const got = await new Promise((resolve, reject) => {
      const sent = request(`${server.url}/__calls`, { headers: { host } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject).end()
    })
    expect(got).toBe(status)
  })
})

test('GET /__calls answers after 800 calls with large bodies', async () => {
  const body = withPairs(
    ['objectName', 'content'],
    [
      ['objectName', 'app:x'],
      ['content', '\u0001'.repeat(131_072)],
    ],
  )
  for (let i = 0; i < 800; i++) {
    const { headers, ...rest } = raw({ body })
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    api.handle({ ...rest, headers: lower })
  }
  const answer = await fetch(`${server.url}/__calls`)
  expect(answer.status).toBe(200)
  expect(((await answer.json()) as unknown[]).length).toBeGreaterThan(100)
})
