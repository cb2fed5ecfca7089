/** `mock` and `test -- <command>`, without a port and without another program. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Env } from '../../../src/cli/io.js'
import { CallSummary, createReportedMock } from '../../../src/cli/mock-options.js'
import type { Ended as ProgramEnded } from '../../../src/cli/run-command.js'
import { violation } from '../../../src/core/error.js'
import type { MockApi, RecordedCall } from '../../../src/testing.js'
import { cli, startCli, startMock } from '../../support/cli.js'
import { programs, send } from '../../support/in-process.js'
import { form, KEYS, PAIRS, PATH, raw, sha1, withPairs } from '../../support/raw-request.js'

vi.mock('../../../src/server.js', () => import('../../support/in-process.js'))
vi.mock('../../../src/cli/run-command.js', () => import('../../support/in-process.js'))

const MADE_UP = { key: 'mock-app-key', secret: 'mock-app-secret' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-mock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Sending {
  readonly key?: string | undefined
  readonly secret?: string | undefined
  readonly body?: string
  readonly nonce?: string
  readonly type?: string
}

/** One request, made by hand. */
function post(url: string, { key, secret, body, nonce, type }: Sending = {}): Promise<Response> {
  const once = nonce ?? Math.random().toString(36).slice(2, 14)
  const timestamp = String(Date.now())
  const headers = {
    'Content-Type': type ?? 'application/x-www-form-urlencoded',
    'App-Key': key ?? MADE_UP.key,
    Nonce: once,
    Timestamp: timestamp,
    Signature: sha1(`${secret ?? MADE_UP.secret}${once}${timestamp}`),
  }
  return send(url + PATH, { method: 'POST', headers, body: body ?? form(PAIRS) })
}

const toGroups = (...groups: string[]) =>
  withPairs(
    ['toGroupId'],
    groups.map((id) => ['toGroupId', id] as const),
  )
const fourGroups = toGroups('1', '2', '3', '4')
const newType = withPairs(['objectName'], [['objectName', 'RC:BrandNew']])

describe('mock', () => {
  test('prints its URL and made-up keys, then a line for each call', async () => {
    const mock = await startMock()
    expect((await post(mock.url)).status).toBe(200)
    expect((await post(mock.url, { body: fourGroups })).status).toBe(400)
    expect((await post(mock.url, { secret: 'another' })).status).toBe(401)
    mock.signal('SIGTERM')
    const { code, stdout, stderr } = await mock.ended
    expect([code, stderr]).toEqual([0, ''])
    const [url, key, secret, ...calls] = stdout.trimEnd().split('\n')
    expect(url).toBe(`Mock at      ${mock.url}`)
    expect(key).toBe('App Key      mock-app-key')
    expect(secret).toBe('App Secret   mock-app-secret (made up for the mock, so no secret)')
    expect(calls).toEqual([
      expect.stringMatching(/^ok {3}200 {2}POST \S+ {2}\{"fromUserId":"2191","toGroupId":\["2193","2192"\],.*\}$/),
      `off  400  POST ${PATH}  toGroupId: at most 3 groups in one call, got 4 (maxItems)`,
      expect.stringMatching(
        /^off {2}401 {2}POST \S+ {2}Signature: does not fit: .*; it must be the SHA-1 of .* \(signature\)$/,
      ),
    ])
  })

  test('colours URL and results on a terminal', async () => {
    const mock = await startMock([], { terminals: ['stdout'] })
    const url = mock.url.replace('\x1b[22m', '')
    await post(url)
    await post(url, { body: fourGroups })
    mock.signal('SIGINT')
    const { stdout } = await mock.ended
    expect(stdout).toContain(`Mock at      \x1b[1m${url}\x1b[22m\n`)
    expect(stdout).toContain('\n\x1b[32mok \x1b[39m  200  ')
    expect(stdout).toContain('\n\x1b[31moff\x1b[39m  400  ')
  })

  test('accepts the keys of its user, from flags and environment, and never prints their secret', async () => {
    const env = { RONGCLOUD_APP_KEY: 'own-key', RONGCLOUD_APP_SECRET: 'own-secret-text' }
    const byEnv = await startMock([], { env })
    const byFlags = await startMock(['--app-key', 'own-key', '--app-secret', 'own-secret-text'])
    for (const mock of [byEnv, byFlags]) {
      expect((await post(mock.url, { key: 'own-key', secret: 'own-secret-text' })).status).toBe(200)
      expect((await post(mock.url)).status).toBe(400)
      mock.signal('SIGTERM')
      const { stdout, stderr } = await mock.ended
      expect(stdout).toContain('App Key      own-key\nApp Secret   (yours, not printed)\n')
      expect(stdout + stderr).not.toContain('own-secret')
    }
    expect((await byFlags.ended).stderr).toContain('warning: --app-secret can be read with ps')
  })

  test.each<[string, { RONGCLOUD_APP_KEY?: string; RONGCLOUD_APP_SECRET?: string }, object]>([
    ['made up', {}, { appSecret: 'mock-app-secret' }],
    ['empty', { RONGCLOUD_APP_KEY: '', RONGCLOUD_APP_SECRET: '' }, { appSecret: 'mock-app-secret' }],
    ['of its user', { RONGCLOUD_APP_SECRET: 'own-secret-text' }, {}],
  ])('writes JSON, a line for the start and for each call, with a secret that is %s', async (_name, env, more) => {
    const mock = await startMock(['--json'], { env })
    await post(mock.url, { body: fourGroups, secret: env.RONGCLOUD_APP_SECRET || undefined })
    mock.signal('SIGTERM')
    const [start, call, ...rest] = (await mock.ended).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(start).toEqual({ event: 'listening', url: mock.url, appKey: 'mock-app-key', ...more })
    expect(call).toMatchObject({
      event: 'call',
      operation: 'sendGroupStatusMessage',
      at: expect.any(Number),
      method: 'POST',
      path: PATH,
      body: { fromUserId: '2191' },
      status: 400,
      violations: [{ field: 'toGroupId', keyword: 'maxItems' }],
    })
    expect(rest).toEqual([])
  })

  /** Starts the mock, calls it once in each way, and ends it. */
  async function statuses(args: readonly string[], ...calls: Sending[]): Promise<number[]> {
    const mock = await startMock(args)
    const answers = []
    for (const call of calls) answers.push((await post(mock.url, call)).status)
    mock.signal('SIGTERM')
    await mock.ended
    return answers
  }

  test('accepts a nonce again, unless it is strict', async () => {
    const same = { nonce: 'same' }
    expect(await statuses([], same, same)).toEqual([200, 200])
    expect(await statuses(['--strict'], same, same)).toEqual([200, 401])
  })

  test('limits the rate, unless --no-rate-limit is given', async () => {
    const calls = Array.from({ length: 11 }, () => ({}))
    expect((await statuses([], ...calls)).slice(-2)).toEqual([200, 429])
    expect(new Set(await statuses(['--no-rate-limit'], ...calls))).toEqual(new Set([200]))
  })

  test('accepts new reserved types with --allow-unknown-types', async () => {
    expect(await statuses([], { body: newType })).toEqual([400])
    expect(await statuses(['--allow-unknown-types'], { body: newType })).toEqual([200])
  })

  test('serves its control paths, unless --no-control is given', async () => {
    const [open, closed] = await Promise.all([startMock(), startMock(['--no-control'])])
    const control = async ({ url }: { url: string }) => (await send(`${url}/__calls`)).status
    expect([await control(open), await control(closed)]).toEqual([200, 404])
    for (const { signal, ended } of [open, closed]) {
      signal('SIGTERM')
      await ended
    }
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with 0 on the first %s, and serves no more',
    async (name) => {
      const mock = await startMock()
      expect([mock.signal(name), mock.signal(name)]).toEqual([1, 0])
      expect(await mock.ended).toMatchObject({ code: 0, stderr: '' })
      await expect(post(mock.url)).rejects.toThrow('fetch failed')
    },
  )

  test('writes a JUnit report of all calls when a signal ends it', async () => {
    const file = join(folder, 'mock/report.xml')
    const mock = await startMock(['--junit', file])
    await post(mock.url)
    await post(mock.url, { body: fourGroups })
    mock.signal('SIGTERM')
    expect(await mock.ended).toMatchObject({ code: 0, stderr: '' })
    const { suite, cases } = await junit(file)
    expect(suite).toMatchObject({ tests: '2', failures: '1' })
    expect(cases).toEqual([
      [`1 sendGroupStatusMessage: POST ${PATH} -> 200`, null],
      [`2 sendGroupStatusMessage: POST ${PATH} -> 400`, 'toGroupId: at most 3 groups in one call, got 4 (maxItems)'],
    ])
  })

  test.each([
    [
      'fails',
      fourGroups,
      1,
      expect.stringMatching(/^1 of 1 calls off the contract:\n(?:.*\n)* {3}toGroupId: at most 3/),
    ],
    ['does not fail', form(PAIRS), 0, ''],
  ])('with --fail-on-violation it %s after such a call', async (_name, body, code, stderr) => {
    const mock = await startMock(['--fail-on-violation'])
    await post(mock.url, { body })
    mock.signal('SIGTERM')
    expect(await mock.ended).toMatchObject({ code, stderr })
  })

  test('fails when its report cannot be written', async () => {
    await writeFile(join(folder, 'no-folder'), '')
    const mock = await startMock(['--junit', join(folder, 'no-folder/report.xml')])
    mock.signal('SIGTERM')
    expect(await mock.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the file of --junit could not'),
    })
  })

  test('listens on the port and host of its flags', async () => {
    const mock = startCli(['mock', '--port', '8123', '--host', 'localhost'])
    await mock.printed('http://localhost:8123')
    const second = await cli(['mock', '--port', '8123', '--host', 'localhost'])
    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toContain('Port 8123 is taken; choose another --port, or 0 for a free one')
    mock.signal('SIGTERM')
    expect(await mock.ended).toMatchObject({ code: 0, stderr: '' })
    const usual = startCli(['mock'])
    await usual.printed('http://127.0.0.1:8700')
    usual.signal('SIGTERM')
    await usual.ended
  })

  test.each([
    ['0.0.0.0', true],
    ['127.0.0.2', false],
    ['LOCALHOST', false],
    ['::1', false],
  ])('warns where others can reach it: %s', async (host, warns) => {
    const mock = startCli(['mock', '--port', '0', '--host', host])
    await mock.printed('App Secret')
    mock.signal('SIGTERM')
    const warning = `warning: ${host} lets other machines in; whoever reaches it can read and control the mock\n`
    expect((await mock.ended).stderr).toBe(warns ? warning : '')
  })

  test.each([
    ['a port that is none', ['--port', '70000'], '"--port" must be a whole number from 0 to 65535'],
    ['a port that it may not have', ['--host', 'forbidden.here', '--port', '80'], '"--port" must be one that you may'],
    ['a name that is none', ['--host', 'not.here'], '"--host" must be an address of this machine. Received "not.here"'],
    ['a host that is not here', ['--host', '203.0.113.1'], '"--host" must be an address of this machine'],
    ['a key that is empty', ['--app-key', ''], '"--app-key" must be a string that is not empty. Received an empty one'],
    ['a host that is empty', ['--host', ''], '"--host" must be an address or a name. Received an empty one'],
  ])('ends with 2 for %s', async (_name, args, line) => {
    const { code, stderr } = await cli(['mock', ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)])
  })

  test('ends with 1 for an unexpected error of the system', async () => {
    const { code, stderr } = await cli(['mock', '--host', 'broken.here'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/\nError: EIO\n {4}at /)])
  })

  test('prints control characters of callers as escapes', async () => {
    const mock = await startMock()
    expect((await post(mock.url, { type: '\x9b31mred' })).status).toBe(400)
    mock.signal('SIGTERM')
    const { stdout } = await mock.ended
    expect(stdout).toContain('got \\u009b31mred')
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u)
  })
})

/** A program that sends one message per argument, to the groups that it names, with the keys of its environment. */
async function call(args: readonly string[], env: Env, ended: ProgramEnded = { code: 0 }): Promise<ProgramEnded> {
  for (const groups of args) {
    await post(env['RONGCLOUD_BASE_URL'] ?? '', {
      key: env['RONGCLOUD_APP_KEY'],
      secret: env['RONGCLOUD_APP_SECRET'],
      body: toGroups(...groups.split(',')),
    })
  }
  return ended
}

const UNESCAPED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** What a JUnit file holds. Refuses what is not written as this package writes it. */
function parseJunit(xml: string): { suite: Record<string, string>; cases: [string, string | null][] } {
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites [^<>]*>\n {2}<testsuite [^<>]*>\n/)
  expect(xml).toMatch(/\n {2}<\/testsuite>\n<\/testsuites>\n$/)
  expect(xml).not.toMatch(/&(?!(?:lt|gt|amp|quot|#\d+);)|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  const text = (escaped = '') => escaped.replaceAll(/&(\w+);/g, (_, name: string) => UNESCAPED[name] ?? `&${name};`)
  const attributes = (tag = '') =>
    Object.fromEntries([...tag.matchAll(/ (\w+)="([^"<>]*)"/g)].map(([, name, value]) => [name ?? '', text(value)]))
  const found = xml.matchAll(
    /<testcase([^<>]*)(?:\/>|>\s*<failure message="([^"<>]*)">[^<>]*<\/failure>\s*<\/testcase>)/g,
  )
  return {
    suite: attributes(/<testsuite ([^<>]*)>/.exec(xml)?.[0]),
    cases: [...found].map(([, tag, failure]) => [
      attributes(tag)['name'] ?? '',
      failure === undefined ? null : text(failure),
    ]),
  }
}
const junit = async (file: string) => parseJunit(await readFile(file, 'utf8'))

describe('test', () => {
  beforeEach(() => {
    programs.set('call', call)
  })
  afterEach(() => {
    for (const name of programs.keys()) if (name !== 'true') programs.delete(name)
  })

  test('passes when every call was on the contract', async () => {
    const { code, stdout, stderr } = await cli(['test', '--', 'call', '1', '1,2'])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toBe(
      `rongcloud-status-message: 2 called\n  2 x POST ${PATH}\n  reached toGroupId 1 (2 calls), 2\nrongcloud-status-message: every call was on the contract\n`,
    )
  })

  test('fails when one was not, although the command passed, and names field and limit', async () => {
    const { code, stderr } = await cli(['test', '--', 'call', '1', '1,2,3,4'])
    expect(code).toBe(1)
    expect(stderr).toContain('1 of 2 calls off the contract')
    expect(stderr).toContain('toGroupId: at most 3 groups in one call, got 4')
    expect(stderr).not.toContain('every call was on the contract')
  })

  test('colours the result on a terminal', async () => {
    const terminals = ['stderr'] as const
    const [wrong, well] = await Promise.all([
      cli(['test', '--', 'call', '1,2,3,4'], { terminals }),
      cli(['test', '--', 'call', '1'], { terminals }),
    ])
    expect(wrong.stderr).toContain('\x1b[31m1 of 1 calls off the contract:\x1b[39m\n')
    expect(well.stderr).toContain('\x1b[32mrongcloud-status-message: every call was on the contract\x1b[39m\n')
  })

  test('fails when there was no call at all, and says so', async () => {
    const { code, stderr } = await cli(['test', '--', 'true'])
    expect([code, stderr]).toEqual([
      1,
      'rongcloud-status-message: no call reached the mock; the command must send to RONGCLOUD_BASE_URL\n',
    ])
    expect(await cli(['test', '--min-calls', '0', '--', 'true'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test.each([
    [{ code: 2 }, ', and the command ended with code 2'],
    [{ code: 143, signal: 'SIGTERM' }, ', and the command was ended by SIGTERM'],
    [{ code: 0 }, ''],
  ] as const)('without a call, says how the command ended: %j', async (ended, text) => {
    programs.set('end', () => ended)
    const { code, stderr } = await cli(['test', '--', 'end'])
    expect([code, stderr]).toEqual([
      ended.code || 1,
      `rongcloud-status-message: no call reached the mock${text}; the command must send to RONGCLOUD_BASE_URL\n`,
    ])
  })

  test('fails when there were fewer calls than asked for', async () => {
    const { code, stderr } = await cli(['test', '--min-calls', '3', '--', 'call', '1', '2'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('2 calls were made, and at least 3 must be')])
    expect((await cli(['test', '--min-calls', '2', '--', 'call', '1', '2'])).code).toBe(0)
    const one = await cli(['test', '--min-calls', '2', '--', 'call', '1'])
    expect(one.stderr).toContain('1 call was made, and at least 2 must be')
  })

  test('gives the command its environment, and made-up keys in place of real ones', async () => {
    const seen = vi.fn(() => ({ code: 0 }))
    programs.set('see', seen)
    const env = { RONGCLOUD_APP_KEY: 'real', RONGCLOUD_APP_SECRET: 'real-secret', OTHER: 'stays' }
    await cli(['test', '--min-calls', '0', '--', 'see', 'a b', '--json', '--'], { env })
    expect(seen.mock.calls).toEqual([
      [
        ['a b', '--json', '--'],
        {
          NO_PROXY: '127.0.0.1,localhost',
          no_proxy: '127.0.0.1,localhost',
          RONGCLOUD_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
          RONGCLOUD_APP_KEY: 'mock-app-key',
          RONGCLOUD_APP_SECRET: 'mock-app-secret',
          OTHER: 'stays',
        },
      ],
    ])
  })

  test('gives the command no region, and keeps its calls to the mock from a proxy', async () => {
    const seen = vi.fn((_args: readonly string[], _env: Env) => ({ code: 0 }))
    programs.set('see', seen)
    const env = { RONGCLOUD_REGION: 'singapore', HTTP_PROXY: 'http://proxy:8080', NO_PROXY: 'internal.example' }
    await cli(['test', '--min-calls', '0', '--', 'see'], { env })
    const [, given] = seen.mock.calls[0] ?? []
    expect(given).not.toHaveProperty('RONGCLOUD_REGION')
    expect(given).toMatchObject({
      HTTP_PROXY: 'http://proxy:8080',
      NO_PROXY: 'internal.example,127.0.0.1,localhost',
      no_proxy: 'internal.example,127.0.0.1,localhost',
    })
  })

  test.each(['HTTP_PROXY', 'https_proxy', 'ALL_PROXY'])('names %s where no call arrived', async (name) => {
    const { stderr } = await cli(['test', '--', 'true'], { env: { [name]: 'http://user:password@proxy' } })
    expect(stderr).toContain(`${name} is set, and a program that ignores NO_PROXY sends its calls there`)
    expect(stderr).not.toContain('password')
    const other = await cli(['test', '--', 'call', '1'], { env: { [name]: 'http://proxy' } })
    expect(other.stderr).not.toContain(name)
  })

  test.each([
    ['on the contract', '1', 'every call was on the contract'],
    ['off the contract', '1,2,3,4', 'toGroupId: at most 3 groups'],
  ])("ends with the command's own code, its calls %s, and still reports", async (_name, groups, line) => {
    programs.set('fail', (args, env) => call(args, env, { code: 9 }))
    const { code, stderr } = await cli(['test', '--', 'fail', groups])
    expect([code, stderr]).toEqual([9, expect.stringContaining(line)])
  })

  test('passes its flags on to the mock', async () => {
    programs.set('twice', async (_, env) => {
      const url = env['RONGCLOUD_BASE_URL'] ?? ''
      await post(url, { nonce: 'same' })
      await post(url, { nonce: 'same' })
      await post(url, { body: newType })
      await send(`${url}/__calls`)
      return { code: 0 }
    })
    const report = async (...flags: string[]) =>
      [...(await cli(['test', ...flags, '--', 'twice'])).stderr.matchAll(/^\d\) .*/gm)].map(([line]) => line)
    expect(await report()).toEqual([`1) POST ${PATH} -> 400`])
    expect(await report('--strict', '--allow-unknown-types')).toEqual([`1) POST ${PATH} -> 401`])
    expect(await report('--no-control', '--allow-unknown-types')).toEqual(['1) GET /__calls -> 404'])
  })

  test('names the flag that turns the rate limit off when it was reached', async () => {
    const calls = Array.from({ length: 21 }, () => '1')
    const hint = 'rongcloud-status-message: --no-rate-limit turns the limit off'
    const limited = await cli(['test', '--', 'call', ...calls])
    expect([limited.code, limited.stderr]).toEqual([1, expect.stringContaining(hint)])
    expect((await cli(['test', '--no-rate-limit', '--', 'call', ...calls])).code).toBe(0)
    expect((await cli(['test', '--', 'call', '1,2,3,4'])).stderr).not.toContain(hint)
  })

  test.each([
    ['cannot be found', 127],
    ['cannot be started (ENOTDIR)', 126],
  ])('says in one line, and in the reports, that a command %s', async (failure, code) => {
    programs.set('gone', () => ({ code, failure }))
    const xml = join(folder, 'unstarted.xml')
    const json = join(folder, 'unstarted.json')
    const ended = await cli(['test', '--junit', xml, '--json', json, '--', 'gone'])
    expect(ended).toEqual({ code, stdout: '', stderr: `rongcloud-status-message: gone ${failure}\n` })
    expect((await junit(xml)).cases).toEqual([['enough calls were made', `gone ${failure}`]])
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ result: 'not-started', exitCode: code, total: 0 })
  })

  test.each([
    ['an empty command', ['test', '--', ''], 'npm test. Received nothing'],
    ['no command', ['test'], 'must follow "--": rongcloud-status-message test -- npm test. Received nothing'],
    [
      'a command without --',
      ['test', 'npm', 'test'],
      'must follow "--": rongcloud-status-message test -- npm test. Received arguments in front of it',
    ],
    ['a number of calls that is none', ['test', '--min-calls', 'some', '--', 'true'], '"--min-calls" must be'],
  ])('ends with 2 for %s', async (_name, args, line) => {
    const { code, stderr } = await cli(args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)])
  })

  test('leaves no server behind, also when the command could not be run', async () => {
    const urls: string[] = []
    programs.set('end', (_, env) => {
      urls.push(env['RONGCLOUD_BASE_URL'] ?? '')
      return { code: 0 }
    })
    programs.set('throw', (_, env) => {
      urls.push(env['RONGCLOUD_BASE_URL'] ?? '')
      throw new Error('unforeseen')
    })
    await cli(['test', '--', 'end'])
    expect((await cli(['test', '--', 'throw'])).stderr).toMatch(/^Error: unforeseen\n/)
    expect(urls).toHaveLength(2)
    for (const url of urls) await expect(post(url)).rejects.toThrow('fetch failed')
  })

  test('writes a JUnit report into a folder that it makes, a case for each call', async () => {
    const file = join(folder, 'new/folder/report.xml')
    expect((await cli(['test', '--junit', file, '--', 'call', '1', '1,2,3,4'])).code).toBe(1)
    const { suite, cases } = await junit(file)
    expect(suite).toEqual({
      name: 'contract',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '0',
      time: expect.stringMatching(/^\d+\.\d{3}$/),
    })
    expect(cases).toEqual([
      ['enough calls were made', null],
      [`1 sendGroupStatusMessage: POST ${PATH} -> 200`, null],
      [`2 sendGroupStatusMessage: POST ${PATH} -> 400`, 'toGroupId: at most 3 groups in one call, got 4 (maxItems)'],
    ])
  })

  test('writes a JUnit report of text that XML cannot carry', async () => {
    programs.set('ugly', async (_, env) => {
      const url = env['RONGCLOUD_BASE_URL'] ?? ''
      await send(`${url}/<&%22'>]]>`)
      await post(url, { type: '\xff<x> & ]]>' })
      await post(url, { body: '<b>%08%EF%BF%BF]]>=%zz' })
      return { code: 0 }
    })
    const file = join(folder, 'hostile.xml')
    expect((await cli(['test', '--junit', file, '--', 'ugly'])).code).toBe(1)
    const { suite, cases } = await junit(file)
    expect(suite).toMatchObject({ tests: '4', failures: '3' })
    expect(cases[1]?.[0]).toBe(`1 no operation: GET /%3C&%22'%3E]]%3E -> 404`)
    expect(cases[2]?.[1]).toContain('Content-Type: application/x-www-form-urlencoded, got \xff<x> & ]]> (media-type)')
    expect(cases[3]?.[1]).toContain('<b>??]]>: ')
  })

  test('writes a failure into the reports when there was no call', async () => {
    const xml = join(folder, 'none.xml')
    const json = join(folder, 'none.json')
    expect((await cli(['test', '--junit', xml, '--json', json, '--', 'true'])).code).toBe(1)
    const { suite, cases } = await junit(xml)
    expect(suite).toMatchObject({ tests: '1', failures: '1' })
    expect(cases).toEqual([['enough calls were made', expect.stringContaining('no call reached')]])
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
      result: 'too-few-calls',
      exitCode: 1,
      total: 0,
      calls: [],
    })
  })

  test('writes the same as JSON', async () => {
    const file = join(folder, 'report.json')
    const report = async () => JSON.parse(await readFile(file, 'utf8'))
    await cli(['test', '--json', file, '--', 'call', '1', '1,2,3,4'])
    expect(await report()).toMatchObject({
      result: 'off-contract',
      exitCode: 1,
      command: { exitCode: 0, signal: null },
      total: 2,
      offContract: 1,
      report: expect.stringContaining('1 of 2 calls off the contract'),
      calls: [
        { operation: 'sendGroupStatusMessage', status: 200, violations: [] },
        { status: 400, violations: [{ field: 'toGroupId', keyword: 'maxItems' }] },
      ],
    })
    programs.set('killed', (args, env) => call(args, env, { code: 137, signal: 'SIGKILL' }))
    await cli(['test', '--json', file, '--', 'killed', '1'])
    expect(await report()).toMatchObject({
      result: 'on-contract',
      exitCode: 137,
      command: { exitCode: 137, signal: 'SIGKILL' },
    })
  })

  test.each(['junit', 'json'])('fails when the report of --%s cannot be written', async (flag) => {
    await writeFile(join(folder, 'file'), '')
    const { code, stderr } = await cli(['test', `--${flag}`, join(folder, 'file/report'), '--', 'call', '1'])
    expect([code, stderr]).toEqual([1, expect.stringContaining(`the file of --${flag} could not be written (`)])
  })

  test('counts the calls of each path, and those of further paths together', async () => {
    programs.set('wander', async (_, env) => {
      for (let i = 0; i < 60; i++) await send(`${env['RONGCLOUD_BASE_URL']}/x${Math.floor(i / 1.15)}`)
      return { code: 0 }
    })
    const { code, stderr } = await cli(['test', '--', 'wander'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^rongcloud-status-message: 60 called\n {2}2 x GET \/x0\n {2}1 x GET \/x1\n/)
    expect(stderr).toContain('  1 x GET /x49\n  2 x (others)\n')
  })
})

describe('the summary of calls', () => {
  const call = (keyword?: string): RecordedCall => ({
    operation: undefined,
    at: 0,
    method: 'GET',
    path: '/x',
    headers: {},
    body: undefined,
    status: 404,
    answer: '',
    violations: keyword === undefined ? [] : [{ ...violation('path', keyword, 'another', '/x'), keyword }],
    suspicions: [],
    from: [],
  })

  test('lists ten thousand calls, and as many more of those off the contract, and counts the rest', () => {
    const summary = new CallSummary()
    const add = (times: number, keyword?: string) => {
      for (let i = 0; i < times; i++) summary.add(call(keyword))
      return summary.listed.length
    }
    expect(add(10_001)).toBe(10_000)
    expect(add(9_999, 'path')).toBe(19_999)
    expect(add(2)).toBe(19_999)
    expect(add(2, 'path')).toBe(20_000)
    expect([summary.total, summary.violating, [...summary.byTarget]]).toEqual([20_004, 10_001, [['GET /x', 20_004]]])
  })

  test.each<[string, Partial<RecordedCall>]>([
    ['off the contract', { violations: call('path').violations }],
    ['suspicious', { suspicions: [{ name: 'joined-list', field: 'x', text: 'several', received: '1,2' }] }],
  ])('lists a call that is %s also behind thousands that pass or were expected', (_what, wrong) => {
    const summary = new CallSummary()
    for (let i = 0; i < 20_001; i++) {
      const expected = call('path')
      summary.add(expected)
      summary.expect(expected)
    }
    for (let i = 0; i < 10_001; i++) summary.add(call())
    summary.add({ ...call(), ...wrong } as RecordedCall)
    expect(summary.listed).toHaveLength(10_001)
    expect(summary.listed.at(-1)).toMatchObject(wrong)
    expect(summary.listed.slice(0, -1).every(({ violations }) => violations.length === 0)).toBe(true)
  })

  test('shortens long paths, and escapes control characters', () => {
    const summary = new CallSummary()
    summary.add({ ...call(), path: `/\x1b[2J${'x'.repeat(200)}` })
    expect([...summary.byTarget.keys()]).toEqual([`GET /\\u001b[2J${'x'.repeat(86)}…`])
  })
})

describe('a call that is suspicious', () => {
  const joined = toGroups('2193,2192')
  const sends = (...bodies: string[]) =>
    programs.set('send', async (_args, { RONGCLOUD_BASE_URL: url = '' }) => {
      for (const body of bodies) await post(url, { body })
      return { code: 0 }
    })
  const WORDS = 'toGroupId[0]: several groups in one id; repeat the field, got "2193,2192" (joined-list'

  test('fails `test`, in the JUnit report too, with words that say what was meant', async () => {
    sends(joined)
    const file = join(folder, 'suspicious.xml')
    const { code, stderr } = await cli(['test', '--junit', file, '--', 'send'])
    expect(code).toBe(1)
    // The flag, for those who have not made the mock themselves.
    expect(stderr).toContain(`${WORDS}; if it is intended, name it with --allow-suspicious)`)
    expect(stderr).toContain('  reached toGroupId 2193,2192\n')
    expect(stderr).not.toContain('every call was on the contract')
    expect(await readFile(file, 'utf8')).toMatch(/failures="1".*\n[\s\S]*several groups in one id/)
  })

  test.each([
    [['--suspicious', 'report'], true],
    [['--suspicious', 'ignore'], false],
    [['--allow-suspicious', 'joined-list'], false],
  ])('does not fail `test` with %j', async (flags, isPrinted) => {
    sends(joined)
    const { code, stderr } = await cli(['test', ...flags, '--', 'send'])
    expect([code, stderr.includes(WORDS)]).toEqual([0, isPrinted])
  })

  test('is in the report of `mock`, which a test asks for, with the flag', async () => {
    const mock = await startMock(['--suspicious', 'fail'])
    await post(mock.url, { body: joined })
    const answer = await send(`${mock.url}/__verify`, { method: 'POST' })
    expect(await answer.text()).toContain('if it is intended, name it with --allow-suspicious)')
    mock.signal('SIGTERM')
    await mock.ended
  })

  test('is marked by `mock`, which does not fail for it unless told to', async () => {
    for (const [flags, expected] of [
      [['--fail-on-violation'], 0],
      [['--fail-on-violation', '--suspicious', 'fail'], 1],
    ] as const) {
      const mock = await startMock(flags)
      await post(mock.url, { body: joined })
      mock.signal('SIGTERM')
      const { code, stdout } = await mock.ended
      expect(code).toBe(expected)
      expect(stdout).toContain(`suspicious  200  POST ${PATH}  ${WORDS})`)
    }
  })

  test.each([
    [['--suspicious', 'warn'], '"--suspicious" must be fail, report or ignore. Received "warn"'],
    [['--allow-suspicious', 'joined'], '"--allow-suspicious" must'],
  ])('wrong flags are refused by name: %j', async (flags, message) => {
    const { code, stderr } = await cli(['test', ...flags, '--', 'send'])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('a violation that a test expects', () => {
  test('fails neither `test` nor its reports', async () => {
    programs.set('expects', async (_args, { RONGCLOUD_BASE_URL: url = '' }) => {
      await send(`${url}/__expect`, { method: 'POST', body: '{"violation":"maxItems","field":"toGroupId"}' })
      await post(url, { body: fourGroups })
      await post(url)
      return { code: 0 }
    })
    const xml = join(folder, 'expected.xml')
    const json = join(folder, 'expected.json')
    const { code } = await cli(['test', '--junit', xml, '--json', json, '--', 'expects'])
    expect(code).toBe(0)
    expect(await readFile(xml, 'utf8')).toContain('tests="3" failures="0"')
    const facts: object = JSON.parse(await readFile(json, 'utf8'))
    expect(facts).toMatchObject({ result: 'on-contract', total: 2, offContract: 0, calls: [{ violations: [] }, {}] })
  })

  test('fails neither `test` nor its reports when it is the rate limit', async () => {
    programs.set('expects', async (_args, { RONGCLOUD_BASE_URL: url = '' }) => {
      await send(`${url}/__expect`, { method: 'POST', body: '{"violation":"rate-limit"}' })
      const groups = toGroups('1')
      for (let i = 0; i < 21; i++) await post(url, { body: groups })
      return { code: 0 }
    })
    const json = join(folder, 'expected-limit.json')
    const { code, stderr } = await cli(['test', '--json', json, '--', 'expects'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('every call was on the contract')])
    expect(stderr).not.toContain('--no-rate-limit')
    const facts: object = JSON.parse(await readFile(json, 'utf8'))
    expect(facts).toMatchObject({ result: 'on-contract', exitCode: 0, total: 21, offContract: 0 })
  })

  test('does not fail `mock --fail-on-violation`', async () => {
    const mock = await startMock(['--fail-on-violation'])
    await send(`${mock.url}/__expect`, { method: 'POST', body: '{"violation":"maxItems"}' })
    await post(mock.url, { body: fourGroups })
    mock.signal('SIGTERM')
    expect((await mock.ended).code).toBe(0)
  })

  test.each([
    ['/__expect', '{"violation":"maxItems"}', 'expected 1 call with the violation maxItems, got 0'],
    ['/__respond', '{"fault":"hang"}', 'sendGroupStatusMessage: the answer {"fault":"hang"} was set and never used'],
  ])('fails `mock --fail-on-violation` and its report when it does not occur: %s', async (path, body, words) => {
    const xml = join(folder, 'unmet.xml')
    const mock = await startMock(['--fail-on-violation', '--junit', xml])
    await send(mock.url + path, { method: 'POST', body })
    mock.signal('SIGTERM')
    expect(await mock.ended).toMatchObject({ code: 1, stderr: `${words}\n` })
    expect((await junit(xml)).cases).toEqual([
      ['every set answer was used and every expected violation occurred', words],
    ])
  })
})

describe('answers that are set by flags', () => {
  test('--respond, --fault and --delay', async () => {
    const mock = await startMock(['--respond', 'rateLimited,2', '--fault', 'garbage', '--delay', '30'])
    const start = performance.now()
    const statuses = []
    for (let i = 0; i < 4; i++) {
      const answer = await post(mock.url)
      statuses.push([answer.status, answer.headers.get('content-type')?.split(';')[0]])
    }
    expect(performance.now() - start).toBeGreaterThan(100)
    mock.signal('SIGTERM')
    await mock.ended
    expect(statuses).toEqual([
      [429, 'application/json'],
      [429, 'application/json'],
      [200, 'text/html'],
      [200, 'application/json'],
    ])
  })

  test('an answer that was not used fails `test`', async () => {
    programs.set('once', async (_args, { RONGCLOUD_BASE_URL: url = '' }) => {
      await post(url)
      return { code: 0 }
    })
    const { code, stderr } = await cli(['test', '--respond', 'sent,2', '--', 'once'])
    expect(code).toBe(1)
    expect(stderr).toContain('\nthe answer {"example":"sent"} was set for 2 calls; 1 of them was not made\n')
  })

  test.each([
    [['--respond', 'rateLimitted'], /"--respond" must be one of sent, .*Did you mean "rateLimited"\?/],
    [['--respond', 'sent,0'], /"--respond" must be a name, or a name and a number: sent,2/],
    [['--fault', 'hang,x'], /"--fault" must be a name, or a name and a number: hang,2/],
    [['--fault', 'explode'], /"--fault" must be one of hang, reset, truncate, garbage/],
    [['--delay', 'soon'], /"--delay" must be a whole number/],
  ])('refuses %j by name', async (flags, message) => {
    const { code, stderr } = await cli(['test', ...flags, '--', 'once'])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

describe('the report of a mock', () => {
  const get = (path: string) => ({ method: 'GET', path, headers: {}, body: '' })
  const valid = () => {
    const { headers, ...rest } = raw()
    return { ...rest, headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v])) }
  }
  const verifyQuietly = (api: MockApi) => {
    try {
      api.verify()
    } catch {}
  }

  test.each<[string, (api: MockApi) => void]>([
    ['reset', (api) => api.reset()],
    ['verified', verifyQuietly],
  ])('has all calls of a run in which programs have %s the mock between their tests', (_how, end) => {
    const { api, report } = createReportedMock({ ...KEYS, rateLimit: false })
    expect(report()).toBeUndefined()
    api.handle(get('/wrong'))
    end(api)
    api.handle(valid())
    api.handle(valid())
    end(api)
    api.handle(get(PATH))
    end(api)
    api.handle(get('/other'))
    const lines = report()
      ?.split('\n')
      .filter((line) => /^\d|^Reached/.test(line))
    expect(lines).toEqual([
      '3 of 5 calls off the contract:',
      '1) GET /wrong -> 404',
      `2) GET ${PATH} -> 405`,
      '3) GET /other -> 404',
      'Reached: toGroupId 2193 (2 calls), 2192 (2 calls)',
    ])
  })

  test('is missing when every interval was clean', () => {
    const { api, report } = createReportedMock({ ...KEYS, rateLimit: false })
    api.handle(valid())
    api.reset()
    api.handle(valid())
    expect(report()).toBeUndefined()
  })

  test('describes the last thousand calls off the contract, and counts the rest', () => {
    const { api, report } = createReportedMock(KEYS)
    for (let i = 0; i < 1_003; i++) {
      api.handle(get(`/${i}`))
      if (i % 300 === 0) api.reset()
    }
    expect(report()).toMatch(/^1003 of 1003 [\s\S]*\n1000\) GET \/1002 [\s\S]*\n\nand 3 more\n$/)
  })
})
