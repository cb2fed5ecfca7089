/** Needs python3, bash, curl and coreutils: the command line between programs of other languages. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAIN, program, startMock, tool } from '../../support/cli-process.js'
import { KEYS, PATH } from '../../support/raw-request.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-languages-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('writes colours on a terminal, and none there under NO_COLOR', async () => {
  const script = `import pty, sys
pty.spawn(sys.argv[1:])`
  const args = ['-c', script, process.execPath, MAIN, 'sign', '--nope']
  expect((await program('python3', args, { env: { TERM: 'xterm' } })).stdout).toContain('\x1b[31merror:\x1b[39m')
  expect((await program('python3', args, { env: { TERM: 'xterm', NO_COLOR: '1' } })).stdout).not.toContain('\x1b')
})

describe('the curl that a dry run prints', () => {
  const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
  const MESSAGE = ['--group', '2193', '--group', '2192', '--type', 'RC:TxtMsg']
  let mock: Awaited<ReturnType<typeof startMock>>
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    mock = await startMock(['--strict', '--no-rate-limit'], { env: ENV })
    env = { ...ENV, RONGCLOUD_BASE_URL: mock.url }
  })
  afterAll(async () => {
    mock.child.kill()
    await mock.ended
  })

  const nasty = `it's "$HOME" \`id\` \\ ! * ? & | ; < > ( ) # % ~ 你好 🙂\ttab`
  test.each([
    ['a plain one', '{"content":"hello"}'],
    ['one full of what shells read', JSON.stringify({ content: nasty })],
    ['one longer than a system takes as an argument', JSON.stringify({ content: '龍'.repeat(43_000) })],
  ])('is run by bash and sh as it stands: %s', async (_name, content) => {
    const args = ['send', '--from', nasty.slice(0, 30), ...MESSAGE, '--dry-run']
    const { code, stdout } = await tool(args, { env, stdin: content })
    expect(code).toBe(0)
    const curl = stdout.slice(stdout.indexOf('### curl'))
    expect(curl).toMatch(/'signature: [0-9a-f]{40}'/)
    for (const shell of ['bash', 'sh']) {
      const signedAnew = (await tool(args, { env, stdin: content })).stdout
      const script = shell === 'bash' ? curl : signedAnew.slice(signedAnew.indexOf('### curl'))
      const ran = await program(shell, [], { stdin: script })
      expect([ran.code, ran.stderr]).toEqual([0, ''])
      expect(JSON.parse(ran.stdout)).toMatchObject({
        code: 200,
        messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }],
      })
    }
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
  test('checks the calls of a program in another language', async () => {
    const { code, stdout, stderr } = await tool(['test', ...python('1', '1,2')])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain(`2 x POST ${PATH}\n`)
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
curl -s -o /dev/null -d x -H "Content-Type: \u{1f642}<x> & ]]>" $RONGCLOUD_BASE_URL${PATH}
curl -s -o /dev/null $H --data-raw '<b>%08%EF%BF%BF]]>=%zz' $RONGCLOUD_BASE_URL${PATH}`
    expect((await tool(['test', '--junit', file, '--', 'bash', '-c', ugly])).code).toBe(1)
    const { suite, cases } = await junit(file)
    expect(suite).toMatchObject({ tests: '4', failures: '3' })
    expect(cases[1]?.[0]).toContain(`GET /<&%22'>]]> -> 404`)
    expect(cases[3]?.[1]).toContain('<b>??]]>: ')
    expect(cases[2]?.[1]).toContain('Content-Type: application/x-www-form-urlencoded, got')
  })
})
