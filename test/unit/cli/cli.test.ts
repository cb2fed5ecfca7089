/** The command line itself, and its commands that end at once: `sign`, `verify-signature`, `send`. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockApi } from '../../../src/mock/testing.js'
import { MAIN, program, startMock, tool } from '../../support/cli-process.js'
import { ROOT } from '../../support/project-copy.js'
import { KEYS, sha1 } from '../../support/raw-request.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
const COMMANDS = ['mock', 'test', 'send', 'sign', 'verify-signature', 'check']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the tool', () => {
  test('is a program that a shell can run', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    await chmod(MAIN, 0o755)
    expect(await program(MAIN, ['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('tells its commands, its exit codes and examples', async () => {
    const { code, stdout, stderr } = await tool(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} +[A-Z]`, 'm'))
    expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}128 \+ n .*/)
    expect(stdout).toContain('Examples:\n  rongcloud-status-message mock')
    expect((await tool(['help'])).stdout).toBe(stdout)
  })

  test.each(COMMANDS)('tells the flags, exit codes and examples of %s', async (command) => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await tool([command, flag])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(new RegExp(`^Usage: rongcloud-status-message ${command} `))
      expect(stdout).toMatch(/Flags:\n[\s\S]+Exit codes:\n[\s\S]+Examples:\n {2}\S/)
      expect(stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  rongcloud'))).toEqual([])
    }
  })

  test.each([
    ['no command', [], '"command" must be one of mock,'],
    ['an unknown command', ['mok'], 'did you mean "mock"?'],
    [
      'an unknown flag',
      ['sign', '--aap-key', 'k'],
      '"--aap-key" is no flag of this command. Did you mean "--app-key"?',
    ],
    ['an unknown short flag', ['sign', '-x'], '"-x" is no flag of this command'],
    ['a flag without its value', ['sign', '--nonce'], '"--nonce" must have a value. Received nothing'],
    ['a flag in place of a value', ['sign', '--nonce', '--json'], '"--nonce" must have a value. Received a flag'],
    ['a value where none belongs', ['sign', '--json=1'], '"--json" must stand alone. Received a value'],
    ['a flag given twice', ['sign', '--nonce', '1', '--nonce', '2'], '"--nonce" must be given once. Received 2'],
    ['an argument too many', ['sign', 'more'], 'The command takes flags alone. Received 1 more'],
    ['a number that is none', ['sign', '--timestamp', '1e3'], '"--timestamp" must be a whole number from 0'],
    ['a nonce too long', ['sign', '--nonce', '1234567890123456789'], '"nonce" must give 1 to 18 visible ASCII'],
    ['a prefix that the contract lacks', ['sign', '--header-prefix', 'X-'], '"headerPrefix" must be "" or "RC-"'],
  ])('ends with 2 and a line of words for %s', async (_name, args, line) => {
    const { code, stdout, stderr } = await tool(args, { env: ENV })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: .+\nSee rongcloud-status-message (sign )?--help\.\n$/)
    expect(stderr.includes('sign --help')).toBe(args[0] === 'sign')
    expect(stderr).toContain(line)
  })

  test.each([
    ['none into a pipe', {}, false],
    ['some where they are forced', { FORCE_COLOR: '1' }, true],
    ['none where NO_COLOR stands, forced or not', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['none where FORCE_COLOR is 0', { FORCE_COLOR: '0' }, false],
  ])('writes colours: %s', async (_name, env, colours) => {
    const { stderr } = await tool(['sign', '--nope'], { env })
    expect(stderr.includes('\x1b[31m')).toBe(colours)
  })

  test('writes colours on a terminal, and none there under NO_COLOR', async () => {
    const script = `import pty, sys
pty.spawn(sys.argv[1:])`
    const args = ['-c', script, process.execPath, MAIN, 'sign', '--nope']
    expect((await program('python3', args, { env: { TERM: 'xterm' } })).stdout).toContain('\x1b[31merror:\x1b[0m')
    expect((await program('python3', args, { env: { TERM: 'xterm', NO_COLOR: '1' } })).stdout).not.toContain('\x1b')
  })
})

describe('sign', () => {
  const VECTOR = ['--nonce', '14314', '--timestamp', '1408710653000']
  const SIGNATURE = '30be0bbca9c9b2e27578701e9fda2358a814c88f'

  test('makes the signature that the vendor has published', async () => {
    const { code, stdout, stderr } = await tool(['sign', ...VECTOR], { env: ENV })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(`App-Key: ${KEYS.appKey}\nNonce: 14314\nTimestamp: 1408710653000\nSignature: ${SIGNATURE}\n`)
  })

  test('writes JSON, with the prefix that was asked for', async () => {
    const { stdout } = await tool(['sign', '--json', '--header-prefix', 'RC-', ...VECTOR], { env: ENV })
    expect(JSON.parse(stdout)).toEqual({
      'RC-App-Key': KEYS.appKey,
      'RC-Nonce': '14314',
      'RC-Timestamp': '1408710653000',
      'RC-Signature': SIGNATURE,
    })
  })

  test('signs for now, with a new nonce each time', async () => {
    const before = Date.now()
    const [one, two] = await Promise.all([
      tool(['sign', '--json'], { env: ENV }),
      tool(['sign', '--json'], { env: ENV }),
    ])
    const headers = JSON.parse(one.stdout) as Record<string, string>
    expect(Number(headers['Timestamp'])).toBeGreaterThanOrEqual(before)
    expect(headers['Signature']).toBe(sha1(`${KEYS.appSecret}${headers['Nonce']}${headers['Timestamp']}`))
    expect(JSON.parse(two.stdout)).not.toMatchObject({ Nonce: headers['Nonce'] })
  })

  test('takes the secret from a file, and from a flag with a warning', async () => {
    const file = join(folder, 'secret.txt')
    await writeFile(file, `${KEYS.appSecret}\n`)
    const args = ['sign', '--app-key', KEYS.appKey, ...VECTOR]
    const fromFile = await tool([...args, '--app-secret-file', file])
    expect(fromFile).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(SIGNATURE) })
    const fromFlag = await tool([...args, '--app-secret', KEYS.appSecret])
    expect(fromFlag).toMatchObject({ code: 0, stdout: expect.stringContaining(SIGNATURE) })
    expect(fromFlag.stderr).toMatch(/^warning: --app-secret can be read with ps by every user of this machine/)
  })

  test.each([
    ['no secret', {}, ['--app-key', 'k'], 'RONGCLOUD_APP_SECRET or "--app-secret-file" must hold the App Secret'],
    ['no key', { RONGCLOUD_APP_SECRET: 's' }, [], 'RONGCLOUD_APP_KEY or "--app-key" must be the App Key'],
    ['one text for both', { RONGCLOUD_APP_KEY: 'same', RONGCLOUD_APP_SECRET: 'same' }, [], 'must be another text'],
    ['a file that is not there', ENV, ['--app-secret-file', '/nowhere'], 'Received one that gives ENOENT'],
    ['an empty file', ENV, ['--app-secret-file', '/dev/null'], 'Received an empty file'],
    ['two secrets', ENV, ['--app-secret-file', '/dev/null', '--app-secret', 'x'], 'Received both'],
  ])('ends with 2 for %s', async (_name, env, args, line) => {
    const { code, stdout, stderr } = await tool(['sign', ...args], { env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(line)
  })
})

describe('verify-signature', () => {
  const flags = (headers: Record<string, string>) =>
    Object.entries(headers).flatMap(([name, value]) => [`--${name}`, value])
  const right = {
    'app-key': KEYS.appKey,
    nonce: '14314',
    timestamp: '1408710653000',
    signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f',
  }

  test("accepts the vendor's vector, as flags and as lines", async () => {
    const byFlags = await tool(['verify-signature', ...flags(right)], { env: ENV })
    expect(byFlags).toMatchObject({ code: 0, stdout: 'The signature fits.\n', stderr: '' })
    const stdin = `POST /x HTTP/1.1\r\nHost: h\r\nRC-App-Key: ${right['app-key']}\r\nrc-nonce:${right.nonce}\r\nRC-Timestamp: ${right.timestamp}\r\nRC-Signature: ${right.signature.toUpperCase()}\r\n`
    expect((await tool(['verify-signature'], { env: ENV, stdin })).code).toBe(0)
  })

  test('accepts what sign prints', async () => {
    const { stdout } = await tool(['sign'], { env: ENV })
    expect((await tool(['verify-signature', '--strict'], { env: ENV, stdin: stdout })).code).toBe(0)
  })

  test.each([
    [
      "the vendor's own example, signed with the App Key",
      { timestamp: '1408706337', signature: '45beb7cc7307889a8e711219a47b7cf6a5b000e8' },
      'got one signed with the App Key in place of the App Secret',
    ],
    [
      'nonce and timestamp swapped',
      { signature: sha1(`${KEYS.appSecret}140871065300014314`) },
      'got one signed with nonce and timestamp swapped',
    ],
    [
      'seconds signed, milliseconds sent',
      { signature: sha1(`${KEYS.appSecret}143141408710653`) },
      'got one signed with the timestamp in seconds, while the header has milliseconds',
    ],
    ['another secret', { signature: sha1('other143141408710653000') }, 'got another one: the App Secret, the nonce,'],
    ['too few digits', { signature: 'abc' }, 'got 3 hexadecimal digits'],
    ['the secret in place of the key', { 'app-key': KEYS.appSecret }, 'App-Key: an App Key, got the App Secret'],
  ])('says what is wrong: %s', async (_name, change, line) => {
    const { code, stdout, stderr } = await tool(['verify-signature', ...flags({ ...right, ...change })], { env: ENV })
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain(line)
  })

  test('names each header that is missing, in JSON too', async () => {
    const { code, stdout } = await tool(['verify-signature', '--nonce', '1', '--json'], { env: ENV })
    expect(code).toBe(1)
    const { valid, breaches } = JSON.parse(stdout) as { valid: boolean; breaches: { field: string }[] }
    expect([valid, breaches.map(({ field }) => field)]).toEqual([false, ['App-Key', 'Timestamp', 'Signature']])
  })

  test('holds the headers to their documented form when told to', async () => {
    const seconds = { timestamp: '1408710653', signature: sha1(`${KEYS.appSecret}143141408710653`) }
    const args = ['verify-signature', ...flags({ ...right, ...seconds })]
    expect((await tool(args, { env: ENV })).code).toBe(0)
    const { code, stdout } = await tool([...args, '--strict'], { env: ENV })
    expect([code, stdout]).toEqual([1, expect.stringContaining('Timestamp: text like')])
  })

  test('ends with 2 without a secret to judge by', async () => {
    expect((await tool(['verify-signature', ...flags(right)])).code).toBe(2)
  })
})

const MESSAGE = ['--from', '2191', '--group', '2193', '--group', '2192', '--type', 'RC:TxtMsg']
const CONTENT = ['--content', '{"content":"hello"}']

describe('send', () => {
  let mock: Awaited<ReturnType<typeof startMock>>
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    mock = await startMock(['--strict', '--no-rate-limit', '--json'], { env: ENV })
    env = { ...ENV, RONGCLOUD_BASE_URL: mock.url }
  })
  afterAll(async () => {
    mock.child.kill()
    await mock.ended
  })

  test('sends one message, and tells what came back', async () => {
    const { code, stdout, stderr } = await tool(['send', ...MESSAGE, ...CONTENT], { env })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Sent\.\n\{/)
    expect(JSON.parse(stdout.slice(6))).toMatchObject({ messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }] })
  })

  test('tells it as JSON, under the request id that was asked for', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--json', '--header', 'X-Request-ID: mine', '--base-url', mock.url]
    const { code, stdout } = await tool(args, { env: ENV })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ data: { requestId: 'mine', messageUIDs: [{}, {}] } })
  })

  test('takes the content from standard input, without the line break at its end', async () => {
    const api = createMockApi(KEYS)
    const args = ['send', ...MESSAGE, '--json', '--dry-run']
    const { code, stdout } = await tool(args, { env, stdin: '{"content":"你好"}\n' })
    expect(code).toBe(0)
    const { request } = JSON.parse(stdout) as { request: { url: string } & RequestInit }
    await api.fetch(request.url, request)
    api.verify()
    expect(api.calls[0]?.body).toMatchObject({ content: '{"content":"你好"}' })
  })

  test.each([
    ['alone', ['--include-sender'], 1],
    ['with a value', ['--include-sender', '0'], 0],
    ['with a value behind =', ['--include-sender=1'], 1],
    ['not at all', [], undefined],
  ])('takes a flag that is on or off: %s', async (_name, more, value) => {
    const { stdout } = await tool(['send', ...more, ...MESSAGE, ...CONTENT, '--dry-run', '--json'], { env })
    const { request } = JSON.parse(stdout) as { request: { body: string } }
    expect(new URLSearchParams(request.body).get('isIncludeSender')).toBe(value === undefined ? null : String(value))
  })

  test.each([
    ['four groups', ['--group', '1', '--group', '2'], 'toGroupId: at most 3 groups in one call, got 4'],
    ['a value that is no number', ['--include-sender=yes'], 'isIncludeSender: an integer, got "yes"'],
  ])('ends with 1 for what is off the contract, and sends nothing: %s', async (_name, more, line) => {
    const { code, stdout, stderr } = await tool(['send', ...MESSAGE, ...CONTENT, ...more], { env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(line)
    expect(stderr).toContain('kind contract, processed: no')
  })

  test('ends with 1 where there is no content, and where nothing was given at all', async () => {
    expect((await tool(['send', ...MESSAGE], { env })).stderr).toContain('content: required, got nothing')
    expect((await tool(['send'], { env })).stderr).toContain('toGroupId: required, got nothing')
  })

  test('ends with 1 for an answer that is no success, and for none', async () => {
    const wrong = { ...env, RONGCLOUD_APP_SECRET: 'another-secret' }
    const refused = await tool(['send', ...MESSAGE, ...CONTENT, '--json'], { env: wrong })
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { kind: 'api', code: 1004, status: 401, sent: 'no' } })
    const gone = await startMock()
    gone.child.kill()
    await gone.ended
    const nobody = await tool(['send', ...MESSAGE, ...CONTENT, '--base-url', gone.url], { env: ENV })
    const line = `no connection to ${new URL(gone.url).host}`
    expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(line) })
  })

  test.each([
    ['no place', [], { ...ENV }, '"--region" (beijing, singapore,'],
    ['a region that is none', ['--region', 'moon'], ENV, '"region" must be one of beijing,'],
    ['two places', ['--region', 'beijing', '--base-url', 'http://x'], ENV, 'only one of them. Received both'],
    ['a URL that is none', ['--base-url', 'x'], ENV, '"baseUrl" must be an http or https URL'],
    ['an unknown operation', ['--operation', 'x'], ENV, '"--operation" must be one of sendGroupStatusMessage'],
    ['a header without a name', ['--region', 'beijing', '--header', 'x'], ENV, `"--header" must be 'Name: value'`],
  ])('ends with 2 for %s', async (_name, args, environment, line) => {
    const { code, stdout, stderr } = await tool(['send', ...MESSAGE, ...CONTENT, ...args], { env: environment })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(line)
  })

  test('goes to the region that was named, when it is only shown', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--dry-run', '--region', 'singapore']
    const { code, stdout } = await tool(args, { env: ENV })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^### HTTP\nPOST \/statusmessage\/group\/publish\.json HTTP\/1\.1\nhost: api\.sg-light-api\.com\n/,
    )
    expect(stdout).toContain("'https://api.sg-light-api.com/statusmessage/group/publish.json'")
  })

  const nasty = `it's "$HOME" \`id\` \\ ! * ? & | ; < > ( ) # % ~ 你好 🙂\ttab`
  test.each([
    ['a plain one', '{"content":"hello"}'],
    ['one full of what shells read', JSON.stringify({ content: nasty })],
    ['one longer than a system takes as an argument', JSON.stringify({ content: '龍'.repeat(43_000) })],
  ])('prints curl that bash runs as it stands: %s', async (_name, content) => {
    const args = ['send', '--from', nasty.slice(0, 30), ...MESSAGE.slice(2), '--dry-run']
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

  test('prints HTTP that a stand-in takes byte for byte', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--dry-run', '--json']
    const { http } = JSON.parse((await tool(args, { env })).stdout) as { http: string }
    const file = join(folder, 'dry-run.http')
    await writeFile(file, http)
    const judged = await tool(['check', '--strict', file], { env: ENV })
    expect(judged).toMatchObject({ code: 0, stderr: '' })
  })

  test('prints a dry run that check can read as it stands', async () => {
    const file = join(folder, 'dry-run-text.http')
    const { stdout } = await tool(['send', ...MESSAGE, ...CONTENT, '--dry-run'], { env })
    await writeFile(file, stdout.slice(0, stdout.indexOf('### curl')))
    expect(await tool(['check', '--strict', file], { env: ENV })).toMatchObject({ code: 0, stderr: '' })
  })
})
