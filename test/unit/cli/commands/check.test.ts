/** `check`: captured traffic, checked from the command line. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mockTables } from '../../../../src/core/contract.js'
import { cli, type Ended } from '../../../support/cli.js'
import { NO_BODY } from '../../../support/contract-cases.js'
import { ROOT } from '../../../support/project-copy.js'
import { form, KEYS, PAIRS, PATH, PATHS, signedHeaders, withPairs } from '../../../support/raw-request.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
const UNVERIFIED = 'warning: signatures were not verified: there is no RONGCLOUD_APP_SECRET or --app-secret-file\n'
const WIRE = ['go-sdk', 'java', 'node-status', 'php'].map((name) => `test/support/captured/${name}.http`)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-check-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Writes a file and checks it. */
async function checked(
  name: string,
  text: string | Buffer | object,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended & { file: string }> {
  const file = join(folder, name)
  await writeFile(file, typeof text === 'string' || Buffer.isBuffer(text) ? text : JSON.stringify(text))
  return { ...(await cli(['check', file, ...args], { env })), file }
}

const fourGroups = withPairs(
  ['toGroupId'],
  ['1', '2', '3', '4'].map((id) => ['toGroupId', id] as const),
)

/** An entry of a HAR file, written by hand. */
const entry = (url: string, change: { body?: string; headers?: Record<string, string>; postData?: object } = {}) => ({
  startedDateTime: '2026-11-24T00:00:00.000Z',
  time: 5,
  request: {
    method: 'POST',
    url,
    httpVersion: 'h2',
    headers: Object.entries({ ':method': 'POST', ...(change.headers ?? signedHeaders()) }).map(([name, value]) => ({
      name,
      value,
    })),
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    postData: change.postData ?? {
      mimeType: 'application/x-www-form-urlencoded',
      params: [],
      text: change.body ?? form(PAIRS),
    },
  },
  response: { status: 200 },
})
const har = (...entries: object[]) => ({ log: { version: '1.2', creator: { name: 'hand', version: '1' }, entries } })
const asked = entry(`https://api.sg-light-api.com${PATH}`, { headers: { 'Access-Control-Request-Method': 'POST' } })
/** What a browser asks of another host before it calls it. */
const preflight = { ...asked, request: { ...asked.request, method: 'OPTIONS' } }
const VENDOR = `https://api.sg-light-api.com${PATH}`

describe('raw HTTP', () => {
  test("accepts what the vendor's own clients sent, byte for byte, signatures too", async () => {
    const { code, stdout, stderr } = await cli(['check', ...WIRE], { env: ENV })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(
      `${WIRE.map((file) => `${file}:1: ok  POST ${PATH}\n`).join('')}4 requests checked, 0 off the contract\n`,
    )
  })

  test('leaves signatures unverified without a secret, and says so once', async () => {
    expect(await cli(['check', ...WIRE])).toMatchObject({ code: 0, stderr: UNVERIFIED })
  })

  test('checks the key without a secret, and the secret without a key', async () => {
    const otherKey = await cli(['check', ...WIRE, '--app-key', 'another'])
    const message = 'App-Key: the App Key of --app-key, "another", got '
    expect([otherKey.code, otherKey.stdout]).toEqual([1, expect.stringContaining(message)])
    const otherVariable = await cli(['check', ...WIRE], { env: { RONGCLOUD_APP_KEY: 'another' } })
    expect(otherVariable.stdout).toContain(message.replace('--app-key', 'RONGCLOUD_APP_KEY'))
    const otherSecret = await cli(['check', ...WIRE], { env: { RONGCLOUD_APP_SECRET: 'another' } })
    expect([otherSecret.code, otherSecret.stdout]).toEqual([1, expect.stringContaining('Signature: does not fit')])
  })

  test('requires the headers that sign, verified or not', async () => {
    const text = (await readFile(join(ROOT, WIRE[3] ?? ''), 'latin1')).replace(/^Signature:.*\r\n/m, '')
    const { code, stdout } = await checked('unsigned.http', Buffer.from(text, 'latin1'))
    expect([code, stdout]).toEqual([1, expect.stringContaining('Signature: the header Signature or RC-Signature')])
  })

  test('enforces their documented format and new nonces with --strict', async () => {
    const { code, stdout } = await cli(['check', '--strict', ...WIRE])
    expect(code).toBe(1)
    expect(stdout).toContain('go-sdk.http:1: off the contract')
    expect(stdout).toContain('Nonce: at most 18 characters, got 19 (signature)')
    const headers = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}\n`)
    const one = `POST ${PATH} HTTP/1.1\n${headers.join('')}\n${form(PAIRS)}\n`
    const twice = await checked('twice.http', `${one}###\n${one}`, ['--strict'], ENV)
    expect(twice.stdout).toContain('Nonce: a new nonce for each call, got one from an earlier call')
    expect((await checked('twice.http', `${one}###\n${one}`, [], ENV)).code).toBe(0)
  })

  test('names a wrong caller and a wrong field of the same request', async () => {
    const headers = Object.entries(signedHeaders({ secret: 'wrong' })).map(([name, value]) => `${name}: ${value}\n`)
    const { stdout } = await checked('both.http', `POST ${PATH}\n${headers.join('')}\n${fourGroups}`, [], ENV)
    expect(stdout).toContain('  Signature: does not fit')
    expect(stdout).toContain('  toGroupId: at most 3 groups in one call, got 4 (maxItems)')
  })

  const headers = `Content-Type: application/x-www-form-urlencoded\nApp-Key: k\nNonce: 1\nTimestamp: 1408710653000\nSignature: ${'a'.repeat(40)}\n`

  test('reads files as editors write them: ###, comments, variables, whole URLs, line breaks before &', async () => {
    const text = `@host = api.example
# a comment
### the first
POST ${PATH} HTTP/1.1
${headers}
${form(PAIRS)}

### the second
// another comment
POST https://api.rong-api.com${PATH}
${headers}
${form(PAIRS).replaceAll('&', '\n&')}
###

POST /statusmessage/group/publish
${headers}
${form(PAIRS)}
`
    for (const [name, ends] of [
      ['lf.http', text],
      ['crlf.http', text.replaceAll('\n', '\r\n')],
    ] as const) {
      const { code, stdout, file } = await checked(name, ends)
      expect(code).toBe(1)
      expect(stdout).toBe(`${file}:4: ok  POST ${PATH}
${file}:15: ok  POST https://api.rong-api.com${PATH}
${file}:${15 + 8 + PAIRS.length + 1 + 0}: off the contract  POST /statusmessage/group/publish
  path: one of ${PATHS.join(', ')}, got /statusmessage/group/publish (path)
3 requests checked, 1 off the contract
`)
    }
  })

  test('reads requests of one connection, one behind the other, and chunked ones', async () => {
    const body = form(PAIRS)
    const [one, two] = [body.slice(0, 20), body.slice(20)]
    const chunked = `${one.length.toString(16)}\r\n${one}\r\n${two.length.toString(16)}\r\n${two}\r\n0\r\n\r\n`
    const lines = headers.replaceAll('\n', '\r\n')
    const text = `POST ${PATH} HTTP/1.1\r\n${lines}Content-Length: ${body.length}\r\n\r\n${body}POST ${PATH} HTTP/1.1\r\n${lines}Transfer-Encoding: chunked\r\n\r\n${chunked}POST ${PATH} HTTP/1.1\r\n${lines}Content-Length: ${fourGroups.length}\r\n\r\n${fourGroups}`
    const { code, stdout } = await checked('pipelined.http', text)
    expect(code).toBe(1)
    expect(stdout.match(/: ok {2}POST/g)).toHaveLength(2)
    expect(stdout).toContain('toGroupId: at most 3 groups in one call, got 4')
    expect(stdout).toContain('3 requests checked, 1 off the contract')
  })

  test.each(['-5', 'five', '', '5 5', '0x5'])('refuses chunks whose length is "%s"', async (length) => {
    const head = `POST ${PATH} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`
    const { code, stderr } = await checked('chunk.http', `${head}${length}\r\nhello\r\n0\r\n\r\n`)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/line 4: must be the length of a chunk, hexadecimal\n/)])
  })

  test('reads past headers behind the last chunk, and past a byte order mark', async () => {
    const head = Object.entries({ ...signedHeaders(), 'Transfer-Encoding': 'chunked' }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    const body = form(PAIRS)
    const chunks = [`${body.length.toString(16)} ; name=value`, body, '0', 'X-Trailer: 1', '', '']
    const one = [`POST ${PATH} HTTP/1.1`, ...head, '', ...chunks].join('\r\n')
    const { code, stdout } = await checked('trailer.http', `\ufeff${one}${one}`, [], ENV)
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 requests checked, 0 off the contract')])
  })

  test('checks what `send --dry-run` prints, and skips its curl', async () => {
    const args = [
      '--base-url',
      'http://127.0.0.1:1',
      '--from',
      '1',
      '--group',
      '2',
      '--type',
      'app:x',
      '--content',
      'y',
    ]
    const { stdout: printed } = await cli(['send', '--dry-run', ...args], { env: ENV })
    const { code, stdout } = await checked('dry.http', printed, [], ENV)
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 request checked, 0 off the contract')])
  })

  test('counts a length in bytes, and names a body that is too short', async () => {
    const body = 'fromUserId=你&toGroupId=1&objectName=x&content=é'
    const lines = `POST ${PATH} HTTP/1.1\r\n${headers.replaceAll('\n', '\r\n')}`
    const whole = await checked('bytes.http', `${lines}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('1 request checked, 0 off')])
    const cut = await checked('cut.http', `${lines}Content-Length: 400\r\n\r\n${body}`)
    expect([cut.code, cut.stdout]).toEqual([
      1,
      expect.stringContaining(`Content-Length: a body of 400 bytes, got ${Buffer.byteLength(body)}`),
    ])
  })

  test('reads a body that is no UTF-8 as such', async () => {
    const body = Buffer.concat([Buffer.from('fromUserId=1&toGroupId=1&objectName=x&content='), Buffer.from([0xff])])
    const { stdout } = await checked('latin.http', Buffer.concat([Buffer.from(`POST ${PATH}\n${headers}\n`), body]))
    expect(stdout).toContain('content: percent escapes of UTF-8, got')
  })
})

describe('a media type that is sent twice is refused, as by the mock', () => {
  const TWICE = [...Object.entries(signedHeaders()), ['content-type', 'application/x-www-form-urlencoded']] as const
  const lines = TWICE.map(([name, value]) => `${name}: ${value}`)
  const { request } = entry(VENDOR)
  const headers = TWICE.map(([name, value]) => ({ name, value }))
  test.each<[kind: string, text: string | object]>([
    ['HTTP as text', `POST ${PATH} HTTP/1.1\n${lines.join('\n')}\n\n${form(PAIRS)}`],
    ['a curl command', `curl ${VENDOR} ${lines.map((line) => `-H '${line}'`).join(' ')} -d '${form(PAIRS)}'`],
    ['HAR', har({ ...entry(VENDOR), request: { ...request, headers } })],
  ])('%s', async (_kind, text) => {
    const { code, stdout } = await checked('twice', text, [], ENV)
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/got application\/x-www-form-urlencoded, app\S+ \(media-type\)/),
    ])
  })
})

test.each([
  ['a whole URL', `http://p/im${PATH}`, ['http://p/im'], 0],
  ['a whole URL on another host', `http://other/im${PATH}`, ['http://p/im'], 0],
  ['a path', `/im${PATH}`, ['http://p/im/'], 0],
  ['a path, below one of several', `/im${PATH}`, ['http://p', 'http://p/im'], 0],
  ['a path that only begins alike', `/imx${PATH}`, ['http://p/im'], 1],
  ['a path, and no base URL', `/im${PATH}`, [], 1],
])('the path of --base-url is removed from requests as text: %s', async (_what, target, bases, code) => {
  const lines = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}\n`)
  const text = `POST ${target} HTTP/1.1\n${lines.join('')}\n${form(PAIRS)}\n`
  const args = bases.flatMap((base) => ['--base-url', base])
  expect((await checked('below.http', text, args, ENV)).code).toBe(code)
})

test('a request of 40 MB is checked as any other', async () => {
  const lines = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}\n`)
  const request = (more: string, body: string) => `POST ${PATH} HTTP/1.1\n${lines.join('')}${more}\n${body}\n\n`
  const text = `${request('', form(PAIRS))}${request(`X: ${'a'.repeat(4e7)}\n`, fourGroups)}${request('', fourGroups)}`
  const { code, stdout, stderr } = await checked('large', text, [], ENV)
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(/: ok [\s\S]*: off [\s\S]*: off [\s\S]*\n3 requests checked, 2 off the contract\n$/)
})

test.each([
  [[], 0, 'suspicious'],
  [['--suspicious', 'fail'], 1, 'suspicious'],
  [['--suspicious', 'ignore'], 0, 'ok'],
  [['--allow-suspicious', 'joined-list'], 0, 'ok'],
])('a list joined into one id: %j', async (flags, expected, mark) => {
  const lines = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}`)
  const body = withPairs(['toGroupId'], [['toGroupId', '2193,2192']])
  const text = [`POST ${PATH} HTTP/1.1`, ...lines, '', body].join('\n')
  const { code, stdout } = await cli(['check', ...flags, '-'], { stdin: text })
  expect(code).toBe(expected)
  expect(stdout).toContain(`-:1: ${mark}  POST ${PATH}`)
  expect(stdout.includes('several groups in one id; repeat the field, got "2193,2192" (joined-list)')).toBe(
    mark === 'suspicious',
  )
})

describe('HAR', () => {
  test('checks requests to the API, and counts the rest as skipped', async () => {
    const { code, stdout, stderr, file } = await checked(
      'mixed.har',
      har(
        entry('https://example.com/index.html'),
        entry(VENDOR.replace('.com/', '.com./')),
        entry('https://example.com/main.js'),
        entry('https://api.sg-light-api.com/not/of/the/contract.json'),
        entry(`http://127.0.0.1:8700${PATH}`, { body: fourGroups }),
        entry('data:text/plain,x'),
        preflight,
      ),
      [],
      ENV,
    )
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toBe(`${file}: entry 2: ok  POST ${VENDOR.replace('.com/', '.com./')} -> 200
${file}: entry 4: off the contract  POST https://api.sg-light-api.com/not/of/the/contract.json -> 200
  path: one of ${PATHS.join(', ')}, got /not/of/the/contract.json (path)
${file}: entry 5: off the contract  POST http://127.0.0.1:8700${PATH} -> 200
  toGroupId: at most 3 groups in one call, got 4 (maxItems)
${file}: 1 preflight of a browser skipped
${file}: 3 requests skipped, to other hosts (--base-url names a host of yours): example.com, data:
3 requests, 3 answers checked, 2 off the contract
`)
  })

  test('checks requests below a base URL of the user too', async () => {
    const traffic = har(entry('https://proxy.example/im/x.json'), entry('https://proxy.example/image.png'))
    expect((await checked('proxy.har', traffic)).stderr).toContain('there was no request to check')
    const { code, stdout } = await checked('proxy.har', traffic, ['--base-url', 'https://proxy.example/im/'])
    expect([code, stdout]).toEqual([1, expect.stringContaining(`path: one of ${PATHS.join(', ')}, got /x.json (path)`)])
    expect(stdout).toContain('1 request skipped, to other hosts (--base-url names a host of yours): proxy.example\n')
  })

  test('reads headers of any case, a media type from the body, parameters in place of a text', async () => {
    const headers = Object.fromEntries(
      Object.entries(signedHeaders())
        .filter(([name]) => name !== 'Content-Type')
        .map(([name, value]) => [name.toLowerCase(), value]),
    )
    const params = [...PAIRS].map(([name, value]) => ({ name, value }))
    const postData = { mimeType: 'application/x-www-form-urlencoded', params }
    expect(await checked('params.har', har(entry(VENDOR, { headers, postData })), [], ENV)).toMatchObject({
      code: 0,
      stderr: '',
    })
    const text = Buffer.from(fourGroups).toString('base64')
    const coded = { mimeType: 'application/x-www-form-urlencoded', text, encoding: 'base64' }
    const { stdout } = await checked('coded.har', har(entry(VENDOR, { headers, postData: coded })), [], ENV)
    expect(stdout).toContain('at most 3 groups in one call, got 4')
  })

  test('writes JSON', async () => {
    const traffic = har(entry('https://example.com/'), entry(VENDOR, { body: fourGroups }))
    const { code, stdout, stderr, file } = await checked('json.har', traffic, ['--json'])
    expect([code, stderr]).toEqual([1, UNVERIFIED])
    expect(JSON.parse(stdout)).toEqual({
      checked: 1,
      offContract: 1,
      suspicious: 0,
      answersChecked: 1,
      notRead: 0,
      signaturesVerified: false,
      files: [
        {
          file,
          kind: 'har',
          requests: [
            {
              at: 2,
              method: 'POST',
              url: VENDOR,
              operation: 'sendGroupStatusMessage',
              hasBody: true,
              answer: { status: 200, violations: [] },
              violations: [expect.objectContaining({ field: 'toGroupId', keyword: 'maxItems', received: '4' })],
              suspicions: [],
            },
          ],
          skipped: { others: ['example.com'], preflights: 0 },
          notSent: [],
          unreadable: [],
        },
      ],
    })
  })

  test.each([
    [['http://p/api', 'http://p/apix'], `http://p/apix${PATH}`, 'checked'],
    [['http://p/apix', 'http://p/api'], `http://p/apix${PATH}`, 'checked'],
    [['http://p', 'http://p/api'], `http://p/api${PATH}`, 'checked'],
    [['http://p/api/', 'http://p'], `http://p${PATH}`, 'checked'],
    [['http://p/api'], `http://p./api${PATH}?x=1`, 'checked'],
    [['http://p/api'], 'http://p/apix/other', 'to other hosts'],
    [['http://p/api'], 'http://p/other', 'to other hosts'],
    [['http://p/api'], 'http://q/api/other', 'to other hosts'],
    [['http://p/api'], 'http://p/api/other', '1 off the contract'],
  ])('takes a base URL by whole parts of its path: %j, %s: %s', async (bases, url, words) => {
    const args = bases.flatMap((base) => ['--base-url', base])
    expect((await checked('bases.har', har(entry(url)), args, ENV)).stdout).toContain(words)
  })

  test('prints control characters of a capture as escapes, in JSON too', async () => {
    const traffic = har(entry(VENDOR, { body: withPairs(['isIncludeSender'], [['isIncludeSender', '\x9b2J']]) }))
    const plain = await checked('\u202econtrols.har', traffic, [], ENV)
    const json = await checked('\u202econtrols.har', traffic, ['--json'], ENV)
    for (const { stdout } of [plain, json]) {
      expect(stdout).toContain('\\u009b2J')
      expect(stdout).toContain('\\u202econtrols.har')
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
    }
    expect(JSON.parse(json.stdout)).toMatchObject({ files: [{ file: expect.stringContaining('\u202econtrols.har') }] })
  })

  test('names the files and requests that it did not understand, and checks the others', async () => {
    const wrong = join(folder, 'some.gz')
    await writeFile(wrong, Buffer.from([0x1f, 0x8b, 8, 0]))
    const { code, stdout, stderr, file } = await checked('right.har', har(entry(VENDOR), {}), [wrong, '--json'], ENV)
    expect(code).toBe(2)
    expect(stderr).toBe(
      `error: ${file}: entry 2: "request" must have method and url\nerror: ${wrong}: must be HAR, HTTP, curl commands or the output of curl -v or --trace. Received gzip; unpack it first\n`,
    )
    expect(JSON.parse(stdout)).toMatchObject({
      checked: 1,
      offContract: 0,
      files: [
        { kind: 'har', unreadable: [{ at: 2, reason: '"request" must have method and url' }] },
        { file: wrong, error: expect.stringContaining('Received gzip'), requests: [] },
      ],
    })
  })

  test('fails when there was nothing to check', async () => {
    const { code, stderr } = await checked('none.har', har(entry('https://example.com/')), [], ENV)
    expect([code, stderr]).toEqual([1, 'rongcloud-status-message: there was no request to check\n'])
  })

  test('accepts new reserved types with --allow-unknown-types', async () => {
    const traffic = har(entry(VENDOR, { body: withPairs(['objectName'], [['objectName', 'RC:BrandNew']]) }))
    expect((await checked('new.har', traffic, [], ENV)).code).toBe(1)
    expect((await checked('new.har', traffic, ['--allow-unknown-types'], ENV)).code).toBe(0)
  })
})

describe('a refusal', () => {
  const answered = (status: number, body: string) =>
    `POST ${PATH} HTTP/1.1\r\n${Object.entries(signedHeaders())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join(
        '',
      )}Content-Length: ${form(PAIRS).length}\r\n\r\n${form(PAIRS)}HTTP/1.1 ${status} X\r\nContent-Length: ${body.length}\r\n\r\n${body}`

  test.each([
    [429, '{"code":1008}', 0, ''],
    [429, '', 0, ''],
    [429, '{"code":1004}', 1, 'answer.code: one of 1008 with HTTP 429, got 1004 (code)'],
    [429, '{"code":"1008"}', 1, 'answer.code: one of 1008 with HTTP 429, got "1008" (code)'],
    [429, '{"error":"x"}', 1, 'answer.code: one of 1008 with HTTP 429, got none (code)'],
    [429, '[]', 1, 'answer.code: one of 1008 with HTTP 429, got none (code)'],
    [429, '"slow down"', 1, 'answer.code: one of 1008 with HTTP 429, got none (code)'],
    [429, 'null', 1, 'answer.code: one of 1008 with HTTP 429, got none (code)'],
    [429, '<html>', 1, 'answer: JSON, got text that is not JSON (json)'],
    [200, '{"code":1008}', 1, 'answer.code: one of 200 with HTTP 200, got 1008 (code)'],
    [418, '{"code":1008}', 1, 'answer status: one of 200, 400,'],
  ])('HTTP %i with %s', async (status, body, code, line) => {
    const ended = await checked('refusal.http', answered(status, body), [], ENV)
    expect([ended.code, ended.stderr]).toEqual([code, ''])
    expect(ended.stdout).toContain(line)
    expect(ended.stdout).not.toContain('not judged')
  })

  test('of which the contract has no code is said not to be judged', async () => {
    const { examples } = mockTables.sendGroupStatusMessage
    Object.assign(examples, { teapot: { status: 418, body: { error: 'short and stout' } } })
    try {
      const text = await checked('teapot.http', answered(418, '{"error":"x"}'), [], ENV)
      expect(text).toMatchObject({ code: 0, stderr: '' })
      expect(text.stdout).toContain(
        ' -> 418  (the body of its answer is not judged: the contract has no code for each answer with HTTP 418)',
      )
      const { stdout } = await checked('teapot.http', answered(418, '{"error":"x"}'), ['--json'], ENV)
      expect(stdout).toContain('"notJudged": "the contract has no code for each answer with HTTP 418"')
    } finally {
      Reflect.deleteProperty(examples, 'teapot')
    }
  })
})

describe('one rule for captures of all kinds says which requests are to the API', () => {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const KINDS: Record<string, (url: string, method: string, headers: Readonly<Record<string, string>>) => string> = {
    'an .http file': (url, method, headers) => [`${method} ${url}`, ...lines(headers), '', form(PAIRS)].join('\n'),
    'HTTP as text': (url, method, headers) => {
      const { host, pathname } = new URL(url)
      const all = lines({ Host: host, ...headers, 'Content-Length': String(form(PAIRS).length) })
      return [`${method} ${pathname} HTTP/1.1`, ...all, '', form(PAIRS)].join('\r\n')
    },
    'a curl command': (url, method, headers) =>
      `curl -X ${method} '${url}' ${lines(headers)
        .map((line) => `-H '${line}'`)
        .join(' ')} -d '${form(PAIRS)}'`,
    'curl -v': (url, method, headers) => {
      const { host, pathname } = new URL(url)
      return [`${method} ${pathname} HTTP/1.1`, ...lines({ Host: host, ...headers }), '']
        .map((line) => `> ${line}\n`)
        .join('')
    },
    HAR: (url, method, headers) => {
      const one = entry(url, { headers: { ...headers } })
      return JSON.stringify(har({ ...one, request: { ...one.request, method } }))
    },
  }
  const OTHER = /1 request skipped, to other hosts \(--base-url names a host of yours\): /
  const ROWS = [
    ['a path of the contract on its host', VENDOR, 'ok'],
    ['a path of the contract on a host with a dot at its end', VENDOR.replace('.com/', '.com./'), 'ok'],
    ['another path on a host of the contract', 'https://api.sg-light-api.com/user/getToken.json', 'off'],
    ['a base path on a host of the contract', VENDOR.replace('.com/', '.com/im/'), 'off'],
    ['a path of the contract on another host', `https://other.test${PATH}`, 'ok'],
    ['a path of the contract below another one, on another host', `https://other.test/im${PATH}`, 'ok'],
    ['a path of the contract on this machine', `http://localhost:8700${PATH}`, 'ok'],
    ['another path on another host', 'https://other.test/v1/users', 'skipped'],
    ['another path on this machine', 'http://127.0.0.1:8700/v1/users', 'skipped'],
    ['a path that only has one of the contract in it', `https://other.test${PATH}/x`, 'skipped'],
    ['a path below a base URL', `https://mine.test/im${PATH}`, 'ok'],
    ['another path below a base URL', 'https://mine.test/im/v1/users', 'off'],
    ['a path that only begins as a base URL', 'https://mine.test/image.png', 'skipped'],
    ['the longest of the base URLs', `https://mine.test/im/sg${PATH}`, 'ok'],
  ] as const

  test.each(ROWS.flatMap((row) => Object.keys(KINDS).map((kind) => [kind, ...row] as const)))(
    '%s: %s, %s, is %s',
    async (kind, _name, url, expected) => {
      const text = KINDS[kind]?.(url, 'POST', signedHeaders()) ?? ''
      const bases = ['https://mine.test/im', 'https://mine.test/im/sg'].flatMap((base) => ['--base-url', base])
      const { code, stdout, stderr } = await checked('rule', text, bases, ENV)
      if (expected === 'skipped') {
        expect([code, stderr]).toEqual([1, 'rongcloud-status-message: there was no request to check\n'])
        expect(stdout).toMatch(OTHER)
        expect(stdout).toContain(`: ${new URL(url).host}\n`)
        expect(stdout).not.toContain('off the contract')
      } else {
        const found = stdout.includes('1 off the contract') ? 'off' : 'ok'
        expect([found, code, stderr]).toEqual([expected, expected === 'ok' ? 0 : 1, ''])
      }
    },
  )

  test.each(Object.entries(KINDS))('%s: a preflight is no call', async (_kind, write) => {
    const text = write(VENDOR, 'OPTIONS', { 'Access-Control-Request-Method': 'POST' })
    const { code, stdout, stderr } = await checked('preflight', text, [], ENV)
    expect([code, stderr]).toEqual([1, 'rongcloud-status-message: there was no request to check\n'])
    expect(stdout).toMatch(/: 1 preflight of a browser skipped\n$/)
  })

  test('names at most five of the other hosts', async () => {
    const hosts = Array.from({ length: 7 }, (_, i) => `h${i}.test`)
    const { stdout } = await checked(
      'hosts.har',
      har(entry(VENDOR), ...hosts.map((host) => entry(`https://${host}/`))),
      [],
      ENV,
    )
    expect(stdout).toContain(
      '7 requests skipped, to other hosts (--base-url names a host of yours): h0.test, h1.test, h2.test, h3.test, h4.test and 2 more\n',
    )
  })
})

test('the summary also counts what was not read', async () => {
  const ok = `curl ${VENDOR} ${Object.entries(signedHeaders())
    .map(([name, value]) => `-H '${name}: ${value}'`)
    .join(' ')} -d '${form(PAIRS)}'\n`
  const text = `${ok}curl ${VENDOR} -d @body.txt\ncurl ${VENDOR} -H "$HEADER"\n`
  const { code, stdout } = await checked('unread.sh', text, [], ENV)
  expect([code, stdout]).toEqual([2, expect.stringMatching(/\n1 request checked, 0 off the contract, 2 not read\n$/)])
})

describe('a file that cannot be read ends with 2, named:', () => {
  test.each([
    ['no HTTP', 'x.http', 'hello\n', /x\.http: line 1: must be a request line, "POST \/path HTTP\/1\.1"/],
    ['a header that is none', 'x.http', 'POST /x\nhello\n\n', /x\.http: line 2: must be a header, "Name: value"/],
    ['an answer', 'x.http', '\nHTTP/1.1 200 OK\n\n', /line 2: is an answer without its request/],
    [
      'nothing in it',
      'x.http',
      '\n',
      /must be HAR, HTTP, curl commands or the output of curl -v or --trace\. Received no request/,
    ],
    ['JSON that is broken', 'x.har', '{"log":', /JSON that cannot be parsed/],
    ['other JSON', 'x.har', '{"log":{}}', /must be HAR, with "log\.entries"\. Received other JSON/],
    ['an entry without a request', 'x.har', '{"log":{"entries":[{}]}}', /entry 1: "request" must have method and url/],
  ])('%s', async (_name, name, text, line) => {
    const { code, stdout, stderr } = await checked(name, text)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(line)
  })

  test('no file at all, and one that is not there', async () => {
    expect(await cli(['check'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"FILE" must be at least one capture'),
    })
    const gone = await cli(['check', 'nowhere.har'])
    expect(gone).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"nowhere.har" must be a file that can be read (ENOENT)'),
    })
    expect((await cli(['check', ...WIRE, '--base-url', 'x'])).code).toBe(2)
  })
})

describe('a request without a body is told so, as by the mock', () => {
  const lines = (headers: Readonly<Record<string, string>>, prefix = '') =>
    Object.entries(headers).map(([name, value]) => `${prefix}${name}: ${value}`)
  const forms: Record<string, (headers: Readonly<Record<string, string>>) => string> = {
    'HTTP as text': (headers) => [`POST ${PATH} HTTP/1.1`, ...lines(headers), 'Content-Length: 0', '', ''].join('\r\n'),
    'a curl command': (headers) =>
      [`curl -X POST https://api.sg-light-api.com${PATH}`, ...lines(headers).map((line) => `-H '${line}'`)].join(' '),
    'curl -v': (headers) =>
      [
        `> POST ${PATH} HTTP/1.1`,
        ...lines(headers, '> '),
        '> Content-Length: 0',
        '>',
        '< HTTP/1.1 400 Bad Request',
        '<',
        '',
      ].join('\n'),
    HAR: (headers) => {
      const { request, ...rest } = entry(`https://api.sg-light-api.com${PATH}`, { headers })
      const { postData: _, ...bodiless } = request
      return JSON.stringify({ log: { entries: [{ ...rest, request: { ...bodiless, bodySize: 0 } }] } })
    },
  }

  test.each(Object.entries(forms).flatMap(([kind, write]) => NO_BODY.map((one) => ({ ...one, kind, write }))))(
    '$kind: $name',
    async ({ request, violation, write }) => {
      const { code, stdout } = await checked('no-body', write(request.headers), [], ENV)
      expect(code).toBe(1)
      expect(stdout).toContain(`${String(violation?.message)} (body)`)
    },
  )
})
