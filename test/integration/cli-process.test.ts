/** The command line as a process of its own: the built program, its streams, its signals, its exit code. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CANARIES, found } from '../support/canary.js'
import { MAIN, program, startMock, startTool, tool } from '../support/cli-process.js'
import { ROOT } from '../support/project-copy.js'
import { KEYS } from '../support/raw-request.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
const MESSAGE = ['--from', '2191', '--group', '2193', '--type', 'RC:TxtMsg']
const CONTENT = ['--content', '{"content":"hello"}']

test('is a program that the system can run as it was built', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(await program(MAIN, ['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
})

test.each([
  ['0 where all is well', ['sign'], 0],
  ['1 where a call is off the contract', ['check', 'test/support/captured/php.http', '--app-key', 'another'], 1],
  ['2 for a wrong use', ['sign', '--nope'], 2],
])('ends with %s', async (_name, args, code) => {
  const ended = await tool(args, { env: ENV })
  expect([ended.code, ended.stdout === '', ended.stderr === '']).toEqual([code, code === 2, code !== 2])
})

test.each([
  ['none into a pipe', {}, false],
  ['some where they are forced', { FORCE_COLOR: '1' }, true],
])('writes colours: %s', async (_name, env, colours) => {
  expect((await tool(['sign', '--nope'], { env })).stderr.includes('\x1b[31m')).toBe(colours)
})

test('reads what is piped into it, as it comes', async () => {
  const { stdout } = await tool(['sign'], { env: ENV })
  const { child, ended } = startTool(['verify-signature', '--strict'], { env: ENV, stdin: null })
  for (const line of stdout.split(/(?<=\n)/)) {
    child.stdin?.write(line)
    await new Promise((done) => setTimeout(done, 20))
  }
  child.stdin?.end()
  expect(await ended).toMatchObject({ code: 0, stdout: 'The signature fits.\n', stderr: '' })
})

test('does not wait for standard input that it does not need', async () => {
  const { ended } = startTool(['send', ...MESSAGE, ...CONTENT, '--base-url', 'http://x', '--dry-run'], {
    env: ENV,
    stdin: null,
  })
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
})

test('ends with 141 when nobody reads its output any more, and says nothing of it', async () => {
  const { child, ended } = startTool(['--help'])
  child.stdout?.destroy()
  expect(await ended).toMatchObject({ code: 141, stderr: '' })
})

describe('send', () => {
  test('sends over a connection, and tells when there is none', async () => {
    const mock = await startMock(['--strict'], { env: ENV })
    const args = ['send', ...MESSAGE, ...CONTENT, '--base-url', mock.url]
    const sent = await tool(args, { env: ENV })
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Sent\.\n\{/), stderr: '' })
    mock.child.kill()
    await mock.ended
    const line = `no connection to ${new URL(mock.url).host}`
    expect(await tool(args, { env: ENV })).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(line) })
  })

  test('takes the content from standard input', async () => {
    const args = ['send', ...MESSAGE, '--base-url', 'http://x', '--dry-run', '--json']
    const { code, stdout } = await tool(args, { env: ENV, stdin: '{"content":"你好"}\n' })
    expect(code).toBe(0)
    const { request } = JSON.parse(stdout) as { request: { body: string } }
    expect(new URLSearchParams(request.body).get('content')).toBe('{"content":"你好"}')
  })
})

describe.each(CANARIES)('a secret like %s', (secret) => {
  const env = { RONGCLOUD_APP_KEY: 'key', RONGCLOUD_APP_SECRET: secret }
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-process-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each([
    ['sign', ['sign', '--app-key', 'key', '--app-secret', secret], ''],
    ['verify-signature', ['verify-signature', '--strict'], `App-Key: ${secret}\nNonce: ${secret}\n`],
    ['send', ['send', ...MESSAGE, '--base-url', 'http://127.0.0.1:1', '--dry-run'], secret],
  ])('is in no output of %s', async (_name, args, stdin) => {
    const { stdout, stderr } = await tool(args, { env, stdin })
    expect(stdout + stderr).not.toBe('')
    expect(found(stdout + stderr, secret)).toEqual([])
  })

  test('is in no output of test, nor in its reports, although a call has it', async () => {
    const reports = [join(folder, 'a.xml'), join(folder, 'a.json')] as const
    const call = `fetch(process.env.RONGCLOUD_BASE_URL + '/x?' + encodeURIComponent(process.env.CANARY), { headers: { 'App-Key': process.env.CANARY } })`
    const args = ['test', '--junit', reports[0], '--json', reports[1], '--', process.execPath, '-e', call]
    const { code, stdout, stderr } = await tool(args, { env: { ...env, CANARY: secret } })
    expect([code, stderr]).toEqual([1, expect.stringContaining('1 called')])
    const files = await Promise.all(reports.map((file) => readFile(file, 'utf8')))
    expect(found([stdout, stderr, ...files].join('\n'), secret)).toEqual([])
  })

  test('does not come with an error that nobody foresaw', async () => {
    // A library that fails with the secret in its message: what is thrown is printed with its stack.
    const hook = join(folder, 'hook.mjs')
    await writeFile(hook, `Object.fromEntries = () => { throw new Error(process.env.RONGCLOUD_APP_SECRET) }`)
    const { code, stdout, stderr } = await program(process.execPath, ['--import', hook, MAIN, 'sign'], { env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).not.toBe('')
    expect(found(stderr, secret)).toEqual([])
  })
})
