/** `mock` and `test -- <command>` as processes: real ports, real programs, real signals. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAIN, start, startMock, startTool, tool } from '../support/cli-process.js'
import { form, PAIRS, PATH, sha1, withPairs } from '../support/raw-request.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-mock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** One request, made by hand. */
function post(url: string, body = form(PAIRS)): Promise<Response> {
  const nonce = Math.random().toString(36).slice(2, 14)
  const timestamp = String(Date.now())
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'App-Key': 'mock-app-key',
    Nonce: nonce,
    Timestamp: timestamp,
    Signature: sha1(`mock-app-secret${nonce}${timestamp}`),
  }
  return fetch(url + PATH, { method: 'POST', headers, body })
}

const fourGroups = withPairs(
  ['toGroupId'],
  ['1', '2', '3', '4'].map((id) => ['toGroupId', id] as const),
)

/** Writes bytes to the server, without a word of HTTP around them. */
function write(url: string, bytes: string): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(bytes, 'latin1', () => done(socket))
    })
    socket.on('error', fail)
  })
}

/** All that comes back on a connection until the server closes it. */
async function readAll(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}

describe('mock', () => {
  test('prints where it listens, then a line with the verdict for each call', async () => {
    const mock = await startMock()
    expect((await post(mock.url)).status).toBe(200)
    expect((await post(mock.url, fourGroups)).status).toBe(400)
    mock.child.kill('SIGTERM')
    const { code, stdout, stderr } = await mock.ended
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines[0]).toBe(`Mock at      ${mock.url}`)
    expect(lines[3]).toMatch(/^ok {3}200 {2}POST /)
    expect(lines[4]).toBe(`off  400  POST ${PATH}  toGroupId: at most 3 groups in one call, got 4 (maxItems)`)
  })

  test('writes a line of JSON as soon as it listens, for a program that starts it', async () => {
    const { child, printed, ended } = startTool(['mock', '--port', '0', '--json', '--no-control'])
    const { url } = JSON.parse(await printed('\n')) as { url: string }
    expect((await fetch(`${url}/__calls`)).status).toBe(404)
    child.kill()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 0 on %s, with a connection open and one half sent',
    async (signal) => {
      const mock = await startMock()
      await post(mock.url)
      const half = readAll(await write(mock.url, 'POST / HT'))
      await new Promise((done) => setTimeout(done, 100))
      mock.child.kill(signal)
      expect(await mock.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
      await half.catch(() => {})
      await expect(fetch(mock.url)).rejects.toThrow()
    },
  )

  test('listens where it is told, and warns where others can reach it', async () => {
    const port = await new Promise<number>((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0))
      })
    })
    const mock = startTool(['mock', '--port', String(port), '--host', '0.0.0.0'])
    await mock.printed(`http://0.0.0.0:${port}`)
    expect((await post(`http://127.0.0.1:${port}`)).status).toBe(200)
    const second = await tool(['mock', '--port', String(port), '--host', '0.0.0.0'])
    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toContain(`Port ${port} is taken; choose another --port, or 0 for a free one`)
    mock.child.kill()
    expect((await mock.ended).stderr).toContain('warning: 0.0.0.0 lets other machines in')
    const local = await startMock(['--host', '127.0.0.1'])
    local.child.kill()
    expect((await local.ended).stderr).toBe('')
  })

  test.each([
    ['an address of another machine', ['--host', '203.0.113.1', '--port', '0'], '"--host" must be an address of this'],
    ['a name of nobody', ['--host', 'nobody.invalid', '--port', '0'], '"--host" must be an address of this'],
  ])('ends with 2 for %s', async (_name, args, line) => {
    const { code, stderr } = await tool(['mock', ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)])
  })

  test('lets no caller write to the terminal: control characters come as escapes', async () => {
    const mock = await startMock()
    const head = ['Host: x', 'Content-Type: \x9b31mred', 'Content-Length: 3', 'Connection: close']
    const socket = await write(mock.url, [`POST ${PATH} HTTP/1.1`, ...head, '', 'x=1'].join('\r\n'))
    expect(await readAll(socket)).toContain('400')
    mock.child.kill()
    const { stdout } = await mock.ended
    expect(stdout).toContain('got \\u009b31mred')
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u)
  })

  // npx starts a shell, which starts the program; a signal ends npx, and sometimes the shell.
  test.each([
    ['with its shell', ['-c', '"$0" "$1" mock --port 0; true']],
    ['and leaves its shell', ['-c', `/bin/sh -c '"$0" "$1" mock --port 0; true' "$0" "$1"; true`]],
  ])('ends when npx ends, which does not pass signals on: %s', async (_name, args) => {
    const npx = start('/bin/sh', [...args, process.execPath, MAIN], { env: { npm_command: 'exec' } })
    const url = /http:\/\/\S+:\d+/.exec(await npx.printed(/:\d+\n/))?.[0] ?? ''
    expect((await post(url)).status).toBe(200)
    npx.child.kill('SIGTERM')
    // The mock holds standard output open until it ends.
    expect(await npx.ended).toMatchObject({ signal: 'SIGTERM', stderr: '' })
    await expect(post(url)).rejects.toThrow('fetch failed')
  })

  test('answers within a second of its start', async () => {
    const before = performance.now()
    const mock = await startMock()
    await post(mock.url)
    expect(performance.now() - before).toBeLessThan(1_000)
    mock.child.kill()
    await mock.ended
  })
})

/** A program that sends a message for each argument, to the groups that the argument names. */
const SENDER = `
const { createHash } = require('node:crypto')
const { RONGCLOUD_APP_KEY: key, RONGCLOUD_APP_SECRET: secret, RONGCLOUD_BASE_URL: url } = process.env
async function send(groups) {
  const nonce = Math.random().toString(36).slice(2, 14)
  const timestamp = String(Date.now())
  const signature = createHash('sha1').update(secret + nonce + timestamp).digest('hex')
  const headers = { 'App-Key': key, Nonce: nonce, Timestamp: timestamp, Signature: signature }
  const body = new URLSearchParams({ fromUserId: '1', objectName: 'RC:TxtMsg', content: '{"content":"hi"}' })
  for (const group of groups) body.append('toGroupId', group)
  await fetch(url + '${PATH}', { method: 'POST', headers, body })
}
(async () => {
  for (const groups of process.argv.slice(1)) await send(groups.split(','))
})()`
const node = (script: string, ...args: string[]) => ['--', process.execPath, '-e', script, ...args]

describe('test', () => {
  test('passes when every call of the program was on the contract, and fails when one was not', async () => {
    const { code, stdout, stderr } = await tool(['test', ...node(SENDER, '1', '1,2')])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toBe(
      `rongcloud-status-message: 2 called\n  2 x POST ${PATH}\n  reached toGroupId 1 (2 calls), 2\nrongcloud-status-message: every call was on the contract\n`,
    )
    const wrong = await tool(['test', ...node(SENDER, '1', '1,2,3,4')])
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('toGroupId: at most 3 groups')])
  })

  test("passes the command's arguments, input and output through", async () => {
    const script =
      'process.stdin.pipe(process.stdout); process.stdin.on("end", () => console.log(process.argv[1])); console.error(process.argv[2])'
    const { code, stdout, stderr } = await tool(['test', '--min-calls', '0', ...node(script, 'a b', '--json')], {
      stdin: 'typed\n',
    })
    expect([code, stdout]).toEqual([0, 'typed\na b\n'])
    expect(stderr).toMatch(/^--json\n/)
  })

  test('gives the command made-up keys in place of real ones', async () => {
    const env = { RONGCLOUD_APP_KEY: 'real', RONGCLOUD_APP_SECRET: 'real-secret', OTHER: 'stays' }
    const print = 'const e = process.env; console.log(e.RONGCLOUD_APP_KEY, e.RONGCLOUD_APP_SECRET, e.OTHER)'
    const { stdout } = await tool(['test', '--min-calls', '0', ...node(print)], { env })
    expect(stdout).toBe('mock-app-key mock-app-secret stays\n')
  })

  test.each([
    ["the command's own code", node('process.exit(7)'), 7],
    ['128 and the signal that ended it', node('process.kill(process.pid, "SIGKILL")'), 137],
  ])('ends with %s', async (_name, command, code) => {
    expect((await tool(['test', ...command])).code).toBe(code)
  })

  test.each([
    ['no-such-program-here', 127, 'no-such-program-here cannot be found'],
    ['./package.json', 126, './package.json cannot be started (EACCES)'],
    // Node tells of some reasons at once, and not as of others later.
    ['/etc/passwd/x', 126, '/etc/passwd/x cannot be started (ENOTDIR)'],
  ])('says in one line, and in the reports, that %s was not started', async (program, code, line) => {
    const xml = join(folder, 'unstarted.xml')
    const json = join(folder, 'unstarted.json')
    const ended = await tool(['test', '--junit', xml, '--json', json, '--', program])
    expect([ended.code, ended.stderr]).toEqual([code, `rongcloud-status-message: ${line}\n`])
    expect(await readFile(xml, 'utf8')).toContain(`<failure message="${line}">`)
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ result: 'not-started', exitCode: code, total: 0 })
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on, and ends as the command does', async (signal) => {
    const wait = 'console.log("ready"); setInterval(() => {}, 60_000)'
    const caught = startTool([
      'test',
      ...node(`process.on("${signal}", () => { console.log("caught"); process.exit(5) }); ${wait}`),
    ])
    await caught.printed('ready')
    caught.child.kill(signal)
    expect(await caught.ended).toMatchObject({ code: 5, signal: null, stdout: 'ready\ncaught\n' })

    const ended = startTool(['test', ...node(wait)])
    await ended.printed('ready')
    ended.child.kill(signal)
    expect((await ended.ended).code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal])
  })

  test('leaves no server behind', async () => {
    const print = 'console.log(process.env.RONGCLOUD_BASE_URL)'
    const { stdout } = await tool(['test', '--min-calls', '0', ...node(print)])
    await expect(fetch(stdout.trim())).rejects.toThrow()
  })
})
