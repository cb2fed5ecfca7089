/** `mock` and `test -- <command>`: the stand-in behind the command line, used by programs that know nothing of us. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watched } from '../../src/cli/stand-in.js'
import { createMockApi } from '../../src/mock/testing.js'
import { MAIN, program, startMock, startTool, tool } from '../support/cli-process.js'
import { ROOT } from '../support/project-copy.js'
import { form, PAIRS, PATH, sha1, withPairs } from '../support/raw-request.js'

const MADE_UP = { key: 'mock-app-key', secret: 'mock-app-secret' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-stand-in-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Sending {
  readonly key?: string
  readonly secret?: string
  readonly body?: string
  readonly path?: string
  readonly nonce?: string
}

/** One request, made by hand. */
function post(url: string, { key, secret, body, path = PATH, nonce }: Sending = {}): Promise<Response> {
  const [once, timestamp] = [nonce ?? Math.random().toString(36).slice(2, 14), String(Date.now())]
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'App-Key': key ?? MADE_UP.key,
    Nonce: once,
    Timestamp: timestamp,
    Signature: sha1(`${secret ?? MADE_UP.secret}${once}${timestamp}`),
  }
  return fetch(url + path, { method: 'POST', headers, body: body ?? form(PAIRS) })
}

const fourGroups = withPairs(
  ['toGroupId'],
  ['1', '2', '3', '4'].map((id) => ['toGroupId', id] as const),
)

describe('mock', () => {
  test('prints its URL and made-up keys, then a line with the verdict for each call', async () => {
    const mock = await startMock()
    expect((await post(mock.url)).status).toBe(200)
    expect((await post(mock.url, { body: fourGroups })).status).toBe(400)
    expect((await post(mock.url, { secret: 'another' })).status).toBe(401)
    mock.child.kill('SIGTERM')
    const { code, stdout, stderr } = await mock.ended
    expect([code, stderr]).toEqual([0, ''])
    const [url, key, secret, ...calls] = stdout.trimEnd().split('\n')
    expect(url).toBe(`Stand-in at  ${mock.url}`)
    expect(key).toBe('App Key      mock-app-key')
    expect(secret).toBe('App Secret   mock-app-secret (made up for the stand-in, so no secret)')
    expect(calls).toEqual([
      expect.stringMatching(/^ok {3}200 {2}POST \S+ {2}\{"fromUserId":"2191","toGroupId":\["2193","2192"\],.*\}$/),
      `off  400  POST ${PATH}  toGroupId: at most 3 groups in one call, got 4 (maxItems)`,
      expect.stringMatching(/^off {2}401 {2}POST \S+ {2}Signature: the SHA-1 of .* \(signature\)$/),
    ])
  })

  test('knows the keys of its user, by flags and by environment, and prints no secret of theirs', async () => {
    const env = { RONGCLOUD_APP_KEY: 'own-key', RONGCLOUD_APP_SECRET: 'own-secret-text' }
    const byEnv = await startMock([], { env })
    const byFlags = await startMock(['--app-key', 'own-key', '--app-secret', 'own-secret-text'])
    for (const mock of [byEnv, byFlags]) {
      expect((await post(mock.url, { key: 'own-key', secret: 'own-secret-text' })).status).toBe(200)
      expect((await post(mock.url)).status).toBe(400)
      mock.child.kill()
      const { stdout, stderr } = await mock.ended
      expect(stdout).toContain('App Key      own-key\nApp Secret   (yours, not printed)\n')
      expect(stdout + stderr).not.toContain('own-secret')
    }
    expect((await byFlags.ended).stderr).toContain('warning: --app-secret can be read with ps')
  })

  test('writes JSON, a line for the start and for each call', async () => {
    const mock = await startMock(['--json'])
    await post(mock.url, { body: fourGroups })
    mock.child.kill()
    const [start, call, ...more] = (await mock.ended).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(start).toEqual({
      event: 'listening',
      url: mock.url,
      appKey: 'mock-app-key',
      appSecret: 'mock-app-secret',
    })
    expect(call).toMatchObject({
      event: 'call',
      operation: 'sendGroupStatusMessage',
      status: 400,
      path: PATH,
      breaches: [{ field: 'toGroupId', keyword: 'maxItems' }],
    })
    expect(more).toEqual([])
  })

  test('is as strict, and as free of limits, as it is told', async () => {
    const [plain, strict, free] = await Promise.all([
      startMock(),
      startMock(['--strict']),
      startMock(['--no-rate-limit']),
    ])
    const twice = async (url: string) => [
      (await post(url, { nonce: 'same' })).status,
      (await post(url, { nonce: 'same' })).status,
    ]
    expect(await twice(plain.url)).toEqual([200, 200])
    expect(await twice(strict.url)).toEqual([200, 401])
    // Two groups each; the limit of twenty is reached, whenever the window slides.
    const many = async (url: string) =>
      new Set((await Promise.all(Array.from({ length: 40 }, () => post(url)))).map(({ status }) => status))
    expect([...(await many(plain.url))].toSorted()).toContain(429)
    expect([...(await many(free.url))]).toEqual([200])
    for (const { child } of [plain, strict, free]) child.kill()
    await Promise.all([plain, strict, free].map(({ ended }) => ended))
  })

  test('takes new reserved types when told to', async () => {
    const body = withPairs(['objectName'], [['objectName', 'RC:BrandNew']])
    const [plain, lenient] = await Promise.all([startMock(), startMock(['--allow-unknown-types'])])
    expect((await post(plain.url, { body })).status).toBe(400)
    expect((await post(lenient.url, { body })).status).toBe(200)
    for (const { child, ended } of [plain, lenient]) {
      child.kill()
      await ended
    }
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 0 on %s, with a connection open and one half sent',
    async (signal) => {
      const mock = await startMock()
      await post(mock.url)
      const half = program('bash', [
        '-c',
        `exec 3<>/dev/tcp/127.0.0.1/${new URL(mock.url).port}; printf 'POST / HT' >&3; cat <&3`,
      ])
      await new Promise((done) => setTimeout(done, 100))
      mock.child.kill(signal)
      expect(await mock.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
      await half
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
    ['a port that is none', ['--port', '70000'], '"--port" must be a whole number from 0 to 65535'],
    [
      'a host that is not here',
      ['--host', '203.0.113.1', '--port', '0'],
      '"--host" must be an address of this machine',
    ],
  ])('ends with 2 for %s', async (_name, args, line) => {
    const { code, stderr } = await tool(['mock', ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)])
  })

  test('lets no caller write to the terminal: control characters come as escapes', async () => {
    const mock = await startMock()
    const request = `POST ${PATH} HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: \\x9b31mred\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n`
    const script = `exec 3<>/dev/tcp/127.0.0.1/${new URL(mock.url).port}; printf '${request}' >&3; cat <&3`
    expect((await program('bash', ['-c', script])).stdout).toContain('400')
    mock.child.kill()
    const { stdout } = await mock.ended
    expect(stdout).toContain('got \\u009b31mred')
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u)
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

/** A sender in the standard library of another language. */
const PYTHON = `
import hashlib, os, sys, time, urllib.error, urllib.parse, urllib.request
def send(groups):
    nonce, timestamp = os.urandom(8).hex(), str(int(time.time() * 1000))
    secret = os.environ['RONGCLOUD_APP_SECRET']
    headers = {'App-Key': os.environ['RONGCLOUD_APP_KEY'], 'Nonce': nonce, 'Timestamp': timestamp,
               'Signature': hashlib.sha1((secret + nonce + timestamp).encode()).hexdigest()}
    fields = [('fromUserId', '1'), ('objectName', 'RC:TxtMsg'), ('content', '{"content":"hi"}')]
    body = urllib.parse.urlencode(fields + [('toGroupId', g) for g in groups]).encode()
    url = os.environ['RONGCLOUD_BASE_URL'] + '${PATH}'
    try:
        urllib.request.urlopen(urllib.request.Request(url, body, headers))
    except urllib.error.HTTPError:
        pass
for call in sys.argv[1:]:
    send(call.split(','))
`
const python = (...calls: string[]) => ['--', 'python3', '-c', PYTHON, ...calls]

/** What Python's own parser reads in a JUnit file. */
async function junit(file: string): Promise<{ suite: Record<string, string>; cases: [string, string | null][] }> {
  const script = `
import json, sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
suite = root.find('testsuite')
failure = lambda case: None if case.find('failure') is None else case.find('failure').get('message')
print(json.dumps({'root': root.tag, 'suite': suite.attrib, 'cases': [[c.get('name'), failure(c)] for c in suite.findall('testcase')]}))`
  const { stdout, stderr } = await program('python3', ['-c', script, file])
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('test', () => {
  test('passes when every call was on the contract', async () => {
    const { code, stdout, stderr } = await tool(['test', ...python('1', '1,2')])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toBe(
      `rongcloud-status-message: 2 called\n  2 x POST ${PATH}\nrongcloud-status-message: every call was on the contract\n`,
    )
  })

  test('fails when one was not, although the command is content, and names field and limit', async () => {
    const { code, stderr } = await tool(['test', ...python('1', '1,2,3,4')])
    expect(code).toBe(1)
    expect(stderr).toContain('1 of 2 calls off the contract')
    expect(stderr).toContain('toGroupId: at most 3 groups in one call, got 4')
    expect(stderr).not.toContain('every call was on the contract')
  })

  test('fails when there was no call at all, and says so', async () => {
    const { code, stderr } = await tool(['test', '--', 'true'])
    expect([code, stderr]).toEqual([
      1,
      'rongcloud-status-message: no call reached the stand-in; the command must send to RONGCLOUD_BASE_URL\n',
    ])
    expect((await tool(['test', '--min-calls', '0', '--', 'true'])).code).toBe(0)
  })

  test('fails when there were fewer calls than asked for', async () => {
    const { code, stderr } = await tool(['test', '--min-calls', '3', ...python('1', '2')])
    expect([code, stderr]).toEqual([1, expect.stringContaining('2 calls were made, and at least 3 must be')])
    expect((await tool(['test', '--min-calls', '2', ...python('1', '2')])).code).toBe(0)
  })

  test("passes the command's arguments, input and output through", async () => {
    const { code, stdout, stderr } = await tool(
      ['test', '--min-calls', '0', '--', 'sh', '-c', 'cat; echo "$1" >&2; echo $0', 'a b', '--json'],
      {
        stdin: 'typed\n',
      },
    )
    expect([code, stdout]).toEqual([0, 'typed\na b\n'])
    expect(stderr).toMatch(/^--json\n/)
  })

  test('gives the command made-up keys in place of real ones', async () => {
    const env = { RONGCLOUD_APP_KEY: 'real', RONGCLOUD_APP_SECRET: 'real-secret', OTHER: 'stays' }
    const print = 'echo $RONGCLOUD_APP_KEY $RONGCLOUD_APP_SECRET $OTHER'
    const { stdout } = await tool(['test', '--min-calls', '0', '--', 'sh', '-c', print], { env })
    expect(stdout).toBe('mock-app-key mock-app-secret stays\n')
  })

  test.each([
    ["the command's own code", ['sh', '-c', 'exit 7'], 7],
    ['128 and the signal that ended it', ['sh', '-c', 'kill -KILL $$'], 137],
    ['127 for a command that is not there', ['no-such-program-here'], 127],
    ['126 for one that is no program', ['./package.json'], 126],
  ])('ends with %s', async (_name, command, code) => {
    expect((await tool(['test', '--', ...command])).code).toBe(code)
  })

  test("ends with the command's own code, breach or not, and still reports", async () => {
    const [, ...command] = python('1,2,3,4')
    const ended = await tool(['test', '--', 'sh', '-c', '"$@"; exit 9', 'sh', ...command])
    expect([ended.code, ended.stderr]).toEqual([9, expect.stringContaining('toGroupId: at most 3 groups')])
  })

  test('says in one line that a command cannot be found', async () => {
    const { stderr } = await tool(['test', '--', 'no-such-program-here'])
    expect(stderr).toBe('rongcloud-status-message: no-such-program-here cannot be found\n')
  })

  test.each([
    ['no-such-program-here', 127, 'no-such-program-here cannot be found'],
    // Node tells of some reasons at once, and not as of others later.
    ['/etc/passwd/x', 126, '/etc/passwd/x cannot be started (ENOTDIR)'],
  ])('writes into the reports that %s was not started', async (program, code, line) => {
    const [xml, json] = [join(folder, 'unstarted.xml'), join(folder, 'unstarted.json')]
    const ended = await tool(['test', '--junit', xml, '--json', json, '--', program])
    expect([ended.code, ended.stderr]).toEqual([code, `rongcloud-status-message: ${line}\n`])
    expect((await junit(xml)).cases).toEqual([['enough calls were made', expect.stringContaining(line)]])
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ verdict: 'not-started', exitCode: code, total: 0 })
  })

  test.each([
    ['an empty command', ['test', '--', ''], 'npm test. Received nothing'],
    ['no command', ['test'], 'must stand behind "--": rongcloud-status-message test -- npm test. Received nothing'],
    [
      'a command without --',
      ['test', 'npm', 'test'],
      'must stand behind "--": rongcloud-status-message test -- npm test. Received arguments in front of it',
    ],
    ['a number of calls that is none', ['test', '--min-calls', 'some', '--', 'true'], '"--min-calls" must be'],
  ])('ends with 2 for %s', async (_name, args, line) => {
    const { code, stderr } = await tool(args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(line)])
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on, and ends as the command does', async (signal) => {
    const name = signal.slice(3)
    const trap = `trap 'echo caught; exit 5' ${name}; echo ready; while :; do sleep 0.05; done`
    const caught = startTool(['test', '--', 'sh', '-c', trap])
    await caught.printed('ready')
    caught.child.kill(signal)
    expect(await caught.ended).toMatchObject({ code: 5, signal: null, stdout: 'ready\ncaught\n' })

    const ended = startTool(['test', '--', 'sh', '-c', `trap - ${name}; echo ready; exec sleep 60`])
    await ended.printed('ready')
    await new Promise((done) => setTimeout(done, 100))
    ended.child.kill(signal)
    expect((await ended.ended).code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal])
  })

  test('leaves no server behind', async () => {
    const { stdout } = await tool(['test', '--min-calls', '0', '--', 'sh', '-c', 'echo $RONGCLOUD_BASE_URL'])
    await expect(fetch(stdout.trim())).rejects.toThrow()
  })

  test('loses no breach when the stand-in is reset, as programs do between their tests', () => {
    const core = createMockApi({ appKey: 'k', appSecret: 's' })
    const { api, report } = watched(core, () => {})
    expect(report()).toBeUndefined()
    const call = (path: string) => api.handle({ method: 'GET', path, headers: {}, body: '' })
    call('/wrong')
    api.reset()
    expect(api.calls).toEqual([])
    call(PATH)
    api.reset()
    call('/other')
    const heads = report()
      ?.split('\n')
      .filter((line) => /^\d/.test(line))
    expect(heads).toEqual([
      '3 of 3 calls off the contract:',
      '1) GET /wrong -> 404',
      `2) GET ${PATH} -> 405`,
      '3) GET /other -> 404',
    ])
  })

  test('tells a thousand calls off the contract in words, and counts the rest', () => {
    const { api, report } = watched(createMockApi({ appKey: 'k', appSecret: 's' }), () => {})
    for (let i = 0; i < 1_003; i++) api.handle({ method: 'GET', path: `/${i}`, headers: {}, body: '' })
    expect(report()).toMatch(/^1003 of 1003 [\s\S]*\n1000\) GET \/999 [\s\S]*\n\nand 3 more\n$/)
  })

  test('writes a JUnit report that another parser reads, a case for each call', async () => {
    const file = join(folder, 'new/folder/report.xml')
    expect((await tool(['test', '--junit', file, ...python('1', '1,2,3,4')])).code).toBe(1)
    const { suite, cases } = await junit(file)
    expect(suite).toMatchObject({ name: 'contract', tests: '3', failures: '1', errors: '0', skipped: '0' })
    expect(cases).toEqual([
      ['enough calls were made', null],
      [`1 sendGroupStatusMessage: POST ${PATH} -> 200`, null],
      [`2 sendGroupStatusMessage: POST ${PATH} -> 400`, 'toGroupId: at most 3 groups in one call, got 4 (maxItems)'],
    ])
  })

  test('writes a JUnit report of what XML can hardly carry', async () => {
    const file = join(folder, 'hostile.xml')
    const sign = `T=1700000000; S=$(printf %s "\${RONGCLOUD_APP_SECRET}1$T" | sha1sum | cut -c1-40); H="-H App-Key:$RONGCLOUD_APP_KEY -H Nonce:1 -H Timestamp:$T -H Signature:$S"`
    const ugly = `${sign}
curl -s -g -o /dev/null "$RONGCLOUD_BASE_URL/<&%22'>]]>"
curl -s -o /dev/null -X POST -H "Content-Type: \u{1f642}<x> & ]]>" $RONGCLOUD_BASE_URL${PATH}
curl -s -o /dev/null $H --data-raw '<b>%08%EF%BF%BF]]>=%zz' $RONGCLOUD_BASE_URL${PATH}`
    expect((await tool(['test', '--junit', file, '--', 'bash', '-c', ugly])).code).toBe(1)
    const { suite, cases } = await junit(file)
    expect(suite).toMatchObject({ tests: '4', failures: '3' })
    expect(cases[1]?.[0]).toContain(`GET /<&%22'>]]> -> 404`)
    expect(cases[3]?.[1]).toContain('<b>??]]>: ')
    expect(cases[2]?.[1]).toContain('Content-Type: application/x-www-form-urlencoded, got')
  })

  test('writes a failure into the reports when there was no call', async () => {
    const [xml, json] = [join(folder, 'none.xml'), join(folder, 'none.json')]
    expect((await tool(['test', '--junit', xml, '--json', json, '--', 'true'])).code).toBe(1)
    expect((await junit(xml)).cases).toEqual([['enough calls were made', expect.stringContaining('no call reached')]])
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
      verdict: 'too-few-calls',
      exitCode: 1,
      total: 0,
      calls: [],
    })
  })

  test('writes the same as JSON', async () => {
    const file = join(folder, 'report.json')
    await tool(['test', '--json', file, ...python('1', '1,2,3,4')])
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      verdict: 'off-contract',
      exitCode: 1,
      command: { exitCode: 0, signal: null },
      total: 2,
      offContract: 1,
      report: expect.stringContaining('1 of 2 calls off the contract'),
      calls: [
        { operation: 'sendGroupStatusMessage', status: 200, breaches: [] },
        { status: 400, breaches: [{ field: 'toGroupId', keyword: 'maxItems' }] },
      ],
    })
  })

  test('fails when a report cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    const { code, stderr } = await tool(['test', '--json', join(folder, 'file/report.json'), ...python('1')])
    expect([code, stderr]).toEqual([1, expect.stringContaining('the file of --json could not be written (')])
  })

  test('counts what it cannot list: far more calls than a report holds', async () => {
    const file = join(folder, 'many.json')
    const script = `const { request, Agent } = require('node:http'), agent = new Agent({ keepAlive: true, maxSockets: 20 })
let left = 12000
const next = () => left-- > 0 && request(process.env.RONGCLOUD_BASE_URL + '/x' + left, { agent }, (r) => r.resume().on('end', next)).end()
for (let i = 0; i < 20; i++) next()`
    const { code, stderr } = await tool(['test', '--json', file, '--', process.execPath, '-e', script])
    expect(code).toBe(1)
    expect(stderr).toContain('12000 called')
    expect(stderr).toContain('x (others)')
    const { total, offContract } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    expect([total, offContract]).toEqual([12_000, 12_000])
  })
})

test('the way of the README to start it from a program ends it, too', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const [, block = ''] = /```python\n(tool = [\s\S]*?)```/.exec(readme) ?? []
  const home = join(folder, 'popen')
  await mkdir(join(home, 'node_modules/.bin'), { recursive: true })
  const bin = join(home, 'node_modules/.bin/rongcloud-status-message')
  await writeFile(bin, `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`, { mode: 0o755 })
  const body = 'print(urlopen(url + "/__calls").read().decode())'
  const script = `import json, subprocess\nfrom urllib.request import urlopen\n${block.replace('...', body)}\nprint(stand_in.returncode)\n`
  const { code, stdout, stderr } = await program('python3', ['-c', script], { cwd: home })
  expect([code, stdout, stderr]).toEqual([0, '[]\n0\n', ''])
})

test('the examples of the README run as they stand', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const section = readme.slice(readme.indexOf('## Command line'))
  const [, examples = ''] = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '')
  const lines = examples.split('\n').filter((line) => /^(export|npx)/.test(line))
  expect(lines).toHaveLength(6)
  const mock = await startMock()
  const [unittest, , keys, send, sign, check] = lines.map((line) => line.replace('http://127.0.0.1:8700', mock.url))
  await writeFile(
    join(folder, 'test_send.py'),
    `import unittest\n${PYTHON.replace('sys.argv[1:]', "['1', '1,2']")}\nclass Send(unittest.TestCase):\n    def test_nothing(self): pass\n`,
  )
  await mkdir(join(folder, 'captured'))
  const har = { log: { entries: [] } }
  await writeFile(join(folder, 'traffic.har'), JSON.stringify(har))
  await copyFile(join(ROOT, 'test/support/captured/php.http'), join(folder, 'captured/php.http'))
  const tool = `npx() { shift; ${process.execPath} ${MAIN} "$@"; }; set -eo pipefail`
  const own = 'unset RONGCLOUD_APP_KEY RONGCLOUD_APP_SECRET'
  const script = [tool, keys, unittest, send, send?.replace(' --dry-run', ''), sign, own, check].join('\n')
  const { code, stdout, stderr } = await program('bash', ['-c', script], { cwd: folder })
  mock.child.kill()
  expect([code, stderr]).toEqual([0, expect.stringContaining('every call was on the contract')])
  expect(stdout).toMatch(/^### HTTP\n[\s\S]+\nSent\.\n[\s\S]+The signature fits\.\n[\s\S]+1 request judged, 0 off/)
  expect((await mock.ended).stdout).toContain('ok   200')
})
