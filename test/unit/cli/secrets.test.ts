/** No output of any command holds a secret of its user: each is run with a canary in every place where one may end up. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { CANARIES, found } from '../../support/canary.js'
import { cli, startMock } from '../../support/cli.js'
import { programs, send } from '../../support/in-process.js'
import { PATH, sha1, signedHeaders } from '../../support/raw-request.js'

vi.mock('../../../src/server.js', () => import('../../support/in-process.js'))
vi.mock('../../../src/cli/run-command.js', () => import('../../support/in-process.js'))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-secrets-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const MESSAGE = ['--from', '1', '--group', '2', '--type', 'RC:TxtMsg', '--content', '{"content":"hi"}']
const HERE = ['--base-url', 'http://127.0.0.1:1']

describe.each(CANARIES)('a secret like %s', (secret) => {
  const env = { RONGCLOUD_APP_KEY: 'key', RONGCLOUD_APP_SECRET: secret }
  const given = ['--app-key', 'key', '--app-secret', secret]
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test.each<[string, string[], NodeJS.ProcessEnv, string?]>([
    ['sign', ['sign'], env],
    ['sign, as JSON, by a flag', ['sign', '--json', ...given], {}],
    ['sign, with the secret as the key', ['sign', '--app-key', secret], env],
    ['sign, with the secret as the nonce', ['sign', '--nonce', secret], env],
    ['sign, with the secret as the prefix', ['sign', '--header-prefix', secret], env],
    ['sign, with the secret as the time', ['sign', '--timestamp', secret], env],
    ['sign, with the secret as the file', ['sign', '--app-secret-file', secret], {}],
    ['sign, with the secret as an argument', ['sign', secret], {}],
    ['sign, with the secret behind a flag that takes none', ['sign', `--json=${secret}`], {}],
    ['sign, with the secret behind an unknown flag', ['sign', `--app-secert=${secret}`], {}],
    ['sign, with the secret behind an unknown flag, apart', ['sign', '--app-secert', secret], {}],
    ['sign, with the secret twice', ['sign', '--app-secret', secret, '--app-secret', secret], {}],
    ['the secret as the command', [secret], {}],
    [
      'verify-signature',
      ['verify-signature', '--app-key', 'k', '--nonce', '1', '--timestamp', '2', '--signature', 'ff'],
      env,
    ],
    [
      'verify-signature, with the secret in each header',
      [
        'verify-signature',
        '--strict',
        '--app-key',
        secret,
        '--nonce',
        secret,
        '--timestamp',
        secret,
        '--signature',
        secret,
      ],
      env,
    ],
    [
      'verify-signature, with the secret as a nonce that is signed',
      ['verify-signature', '--strict', '--json'],
      env,
      `App-Key: k\nNonce: ${secret}${secret}\nTimestamp: 1\nSignature: ${sha1(`${secret}${secret}${secret}1`)}\n`,
    ],
    ['send, shown', ['send', ...MESSAGE, ...HERE, '--dry-run'], env],
    ['send, shown as JSON', ['send', ...MESSAGE, ...HERE, '--dry-run', '--json', ...given], {}],
    ['send, to nobody', ['send', ...MESSAGE, ...HERE, '--json'], env],
    ['send, with the secret as a user', ['send', ...MESSAGE.slice(2), ...HERE, '--from', secret, '--dry-run'], env],
    ['send, with the secret on standard input', ['send', ...MESSAGE.slice(0, 6), ...HERE, '--dry-run'], env, secret],
    ['send, with the secret as the type', ['send', ...HERE, '--type', `RC:${secret}`], env],
    ['send, with the secret as the region', ['send', ...MESSAGE, '--region', secret], env],
    ['send, with the secret in the URL', ['send', ...MESSAGE, '--base-url', `http://u:${secret}@h`], env],
    ['send, with the secret as a header', ['send', ...MESSAGE, ...HERE, '--header', secret], env],
    [
      'send, with the secret as the request id',
      ['send', ...MESSAGE, ...HERE, '--dry-run', '--header', `X-Request-ID: ${secret}`],
      env,
    ],
    ['send, with the secret as the operation', ['send', '--operation', secret], env],
    ['mock, with the secret as the port', ['mock', '--port', secret], env],
    ['mock, with the secret as the host', ['mock', '--port', '0', '--host', secret], env],
    ['test, with the secret as the command', ['test', '--', secret], env],
    ['test, with the secret as a number', ['test', '--min-calls', secret, '--', 'true'], env],
    ['test, with the secret as a file', ['test', '--json', `/dev/null/${secret}`, '--', 'true'], env],
    ['check, with the secret as a file', ['check', secret], env],
    ['check, with the secret as a URL', ['check', '--base-url', secret, 'x'], env],
  ])('is in no output of %s', async (_name, args, environment, stdin) => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause: new Error(`no ${secret}`) })))
    const { stdout, stderr, code } = await cli(args, { env: environment, stdin: stdin ?? '' })
    expect([0, 1, 2, 127]).toContain(code)
    expect(stdout + stderr).not.toBe('')
    expect(found(stdout + stderr, secret)).toEqual([])
  })

  test('is in no output of check, wherever the traffic has it', async () => {
    const headers = Object.entries({ ...signedHeaders(), Nonce: secret, 'App-Key': secret })
    const request = (body: string) =>
      `POST ${PATH}?${encodeURIComponent(secret)}\n${headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}\n`
    const file = join(folder, 'traffic.http')
    const [raw, coded] = [secret.replaceAll('&', '%26'), encodeURIComponent(secret)]
    await writeFile(file, `${request(`isIncludeSender=${raw}`)}###\n${request(`objectName=RC:${coded}&${coded}=%zz`)}`)
    for (const args of [[], ['--json'], ['--strict']]) {
      const { code, stdout, stderr } = await cli(['check', file, ...args], { env })
      expect(code).toBe(1)
      // The text that is no escape of a form is decoded to another one, which begins as the secret does.
      expect(found(stdout + stderr, secret).filter((spelling) => spelling !== 'beginning')).toEqual([])
    }
  })

  test('is in no output of check on a HAR file: URL, headers, cookies, body, and what a cut leaves of it', async () => {
    const coded = encodeURIComponent(secret)
    const pairs = Object.entries({ ...signedHeaders({ secret }), Authorization: `Bearer ${secret}`, Cookie: secret })
    const entry = (url: string, text: string, more: Record<string, string> = {}) => ({
      request: {
        method: 'POST',
        url: `http://127.0.0.1${url}`,
        headers: [...pairs, ...Object.entries(more)].map(([name, value]) => ({ name, value })),
        cookies: [{ name: 'c', value: secret }],
        queryString: [{ name: 'q', value: secret }],
        postData: { mimeType: 'application/x-www-form-urlencoded', text },
      },
      response: { content: { text: secret } },
      comment: secret,
    })
    const entries = [
      entry(`${PATH}?${coded}`, `content=${coded}`),
      entry(PATH, `isIncludeSender=${coded}&objectName=RC:${'x'.repeat(30)}${coded}`),
      entry(PATH, 'x', { 'Content-Type': `${'x'.repeat(92)}${secret}` }),
      entry(`/proxy/${'x'.repeat(160)}/${coded}${PATH}`, `${'y'.repeat(30)}${coded}=%zz`),
    ]
    const file = join(folder, 'traffic.har')
    await writeFile(file, JSON.stringify({ log: { version: '1.2', comment: secret, entries } }))
    for (const args of [
      [],
      ['--json'],
      ['--strict'],
      ['--base-url', `http://127.0.0.1/proxy/${'x'.repeat(160)}/${coded}`],
    ]) {
      const { code, stdout, stderr } = await cli(['check', file, ...args], { env })
      expect([code, stderr]).toEqual([1, ''])
      expect(stdout).toMatch(/checked/)
      expect(found(stdout, secret)).toEqual([])
      expect(stdout).not.toContain(secret.slice(0, 6))
    }
  })

  test('is in no output of mock, wherever the calls have it', async () => {
    for (const args of [[], ['--json']]) {
      const mock = await startMock(['--strict', ...args], { env })
      const call = (headers: Record<string, string>, path = PATH, body = '') =>
        send(mock.url + path, { method: 'POST', headers, body })
      const right = { ...signedHeaders({ secret }), 'App-Key': 'key' }
      await call(right, PATH, `isIncludeSender=${encodeURIComponent(secret)}`)
      await call(right, `/${encodeURIComponent(secret)}`)
      await call({ ...right, 'App-Key': secret })
      await call({ ...right, Signature: secret })
      await call({ ...right, 'Content-Type': secret })
      mock.signal('SIGTERM')
      const { stdout, stderr } = await mock.ended
      expect(stdout.trimEnd().split('\n').length).toBeGreaterThanOrEqual(6)
      expect(found(stdout + stderr, secret)).toEqual([])
    }
  })

  test('is in no report of test, although a call has it', async () => {
    const reports = await mkdtemp(join(folder, 'reports-'))
    programs.set('leak', async (_, { RONGCLOUD_BASE_URL: url }) => {
      await send(`${url}/x`, { headers: { 'App-Key': secret } })
      await send(`${url}${PATH}`, { method: 'POST', headers: { 'Content-Type': `${'x'.repeat(92)}${secret}` } })
      return { code: 0 }
    })
    const args = ['--junit', join(reports, 'a.xml'), '--json', join(reports, 'a.json'), '--', 'leak']
    const { code, stdout, stderr } = await cli(['test', ...args], { env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('2 called')
    const files = await Promise.all((await readdir(reports)).map((name) => readFile(join(reports, name), 'utf8')))
    expect(files).toHaveLength(2)
    expect([stderr, ...files].join('\n')).not.toContain(secret.slice(0, 6))
    expect(found([stderr, ...files].join('\n'), secret)).toEqual([])
  })

  test('does not come with an error that nobody foresaw', async () => {
    // A library that fails with the secret in its message: what is thrown is printed with its stack.
    vi.spyOn(Object, 'fromEntries').mockImplementation(() => {
      throw new Error(secret)
    })
    const { code, stdout, stderr } = await cli(['sign'], { env })
    vi.restoreAllMocks()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Error: \[App Secret\]\n {4}at /)
    expect(found(stdout + stderr, secret)).toEqual([])
  })
})
