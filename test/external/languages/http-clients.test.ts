/**
 * Needs: curl and Python 3. The mock's HTTP server as HTTP clients see it that share no code with Node: answers, the header
 * `Prefer`, the server's own paths, and a good request after malformed ones.
 */
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'
import { form, KEYS, PAIRS, PATH, signedHeaders, withPairs } from '../../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })
let server: RunningServer
beforeAll(async () => {
  server = await startServer(api, { headersTimeout: 700, requestTimeout: 1_500 })
})
afterAll(() => server.close())
beforeEach(() => api.reset())

const curl = (...args: string[]) => shell('curl', ['-sS', '--max-time', '5', ...args], ROOT)
const python = (script: string, ...args: string[]) => shell('python3', ['-c', script, ...args], ROOT)

/** Arguments of curl for the example, with headers of one's own. */
const post = (...headers: string[]) => {
  const signed = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}`)
  return [...[...signed, ...headers].flatMap((line) => ['-H', line]), '--data', form(PAIRS), server.url + PATH]
}

const BY_PYTHON = `
import http.client, json, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
connection.request("POST", sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
print(connection.getresponse().read().decode())`

const clients: Record<string, () => Promise<string>> = {
  curl: () => curl(...post()),
  Python: () => python(BY_PYTHON, String(server.port), PATH, form(PAIRS), JSON.stringify(signedHeaders())),
}

/** Writes bytes to a socket of its own and waits until the server closes it. */
const write = (bytes: string) =>
  new Promise((done) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.resume().on('error', () => {})
    socket.on('close', done)
  })

describe.each(Object.entries(clients))('%s', (_name, send) => {
  test.each([
    ['nothing', ''],
    ['what is no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a body that ends too early', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nabc`],
    ['headers that are too long', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`],
  ])('gets an answer after somebody has sent %s', async (_what, bytes) => {
    await write(bytes)
    expect(JSON.parse(await send())).toMatchObject({
      code: 200,
      messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }],
    })
  })
})

test('Python reads the calls and forgets them', async () => {
  for (const body of [form(PAIRS), withPairs(['fromUserId'])]) {
    await fetch(server.url + PATH, { method: 'POST', headers: signedHeaders(), body })
  }
  const script = `
import json, sys
from urllib.request import Request, urlopen
base = sys.argv[1]
first, second = json.load(urlopen(base + "/__calls"))
assert first["operation"] == "sendGroupStatusMessage", first
assert first["body"]["toGroupId"] == ["2193", "2192"], first
assert first["violations"] == [] and first["status"] == 200, first
assert second["violations"][0]["message"] == "fromUserId: required, got nothing", second
reset = urlopen(Request(base + "/__reset", method="POST"))
assert reset.status == 204 and reset.read() == b"", reset
assert json.load(urlopen(base + "/__calls")) == []
print("ok")
`
  expect(await python(script, server.url)).toBe('ok\n')
  expect(() => api.verify()).not.toThrow()
})

test('curl gets from the paths of the server what HTTP asks for', async () => {
  const url = `${server.url}/__calls`
  const status = ['-o', '/dev/null', '-w', '%{http_code} %header{allow} %header{content-length}']
  expect(await curl(...status, '-X', 'POST', '-d', 'x=1', url)).toMatch(/^405 GET, HEAD \d+$/)
  expect(await curl(...status, `${server.url}/__reset`)).toMatch(/^405 POST \d+$/)
  expect(await curl(...status, '--head', url)).toBe('200  2')
  // RFC 9110, 8.6: no Content-Length with 204.
  expect(await curl(...status, '-X', 'POST', `${server.url}/__reset?x=1`)).toBe('204  ')
})

test.each([
  [['example=rateLimited'], { status: 429, code: 1008, applied: 'example=rateLimited' }],
  [['wait=5', 'code="500"'], { status: 500, code: 1000, applied: 'code=500' }],
  [['code=418'], { status: 400, code: 1002, applied: '' }],
])('curl chooses an answer by Prefer: %j', async (prefer, expected) => {
  const headers = prefer.map((one) => `Prefer: ${one}`)
  const printed = await curl('-w', '\n%{http_code}\n%header{preference-applied}', ...post(...headers))
  const [json = '', status, applied] = printed.split('\n')
  const { code } = JSON.parse(json) as { code: number }
  expect({ status: Number(status), code, applied }).toEqual(expected)
})
