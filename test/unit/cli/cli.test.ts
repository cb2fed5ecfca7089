/** The command line itself, and its commands that end at once: `sign`, `verify-signature`, `send`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMockApi } from '../../../src/testing.js'
import { cli } from '../../support/cli.js'
import { ROOT } from '../../support/project-copy.js'
import { KEYS, PATH, sha1 } from '../../support/raw-request.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
const COMMANDS = ['mock', 'test', 'send', 'sign', 'verify-signature', 'check', 'probe']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the tool', () => {
  test('prints its version', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('prints its commands, exit codes and examples', async () => {
    const { code, stdout, stderr } = await cli(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} +[A-Z]`, 'm'))
    expect(stdout).toContain('Examples:\n  rongcloud-status-message mock')
    expect((await cli(['help'])).stdout).toBe(stdout)
  })

  test.each(COMMANDS)('prints the flags, exit codes and examples of %s', async (command) => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await cli([command, flag])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(new RegExp(`^Usage: rongcloud-status-message ${command} `))
      expect(stdout).toMatch(/Flags:\n[\s\S]+Exit codes:\n[\s\S]+Examples:\n {2}\S/)
      expect(stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  rongcloud'))).toEqual([])
    }
  })

  test('the help of send shows the message type that is made for status messages', async () => {
    const { stdout } = await cli(['send', '--help'])
    const types = [...stdout.matchAll(/--type (RC:\w+)/g)].map(([, type]) => type)
    expect(types).toEqual(['RC:TypSts', 'RC:TypSts'])
  })

  test('its help and the page about it have every exit code that the help of a command has', async () => {
    const page = await readFile(join(ROOT, 'src/tooling/docs/pages/command-line.md'), 'utf8')
    const codesIn = (text: string) =>
      [...text.matchAll(/^(?: {2}|\| )(\d+(?: \+ n)?(?:, \d+)*) /gm)].flatMap(([, codes = '']) => codes.split(', '))
    const exitsOf = (help: string) => codesIn(help.split('Exit codes:\n')[1]?.split('\n\n')[0] ?? '')
    const helps = await Promise.all(COMMANDS.map(async (command) => (await cli([command, '--help'])).stdout))
    const expected = new Set(helps.flatMap(exitsOf))
    expect([...expected].toSorted()).toEqual(['0', '1', '126', '127', '128 + n', '2', '3'])
    expect(new Set(exitsOf((await cli(['--help'])).stdout))).toEqual(expected)
    expect(new Set(codesIn(page.split('## Exit codes')[1] ?? ''))).toEqual(expected)
  })

  test('prints its help on standard error, and ends with 2, when it is called without a command', async () => {
    const { stdout } = await cli(['--help'])
    expect(await cli([])).toEqual({ code: 2, stdout: '', stderr: stdout })
  })

  test.each([
    ['a command', ['verify'], 'Did you mean "verify-signature"?'],
    ['a command, with letters swapped', ['sned'], 'Did you mean "send"?'],
    ['a flag', ['send', '--app-secrt', 'x'], 'Did you mean "--app-secret"?'],
    ['a flag, by its end', ['sign', '--key', 'x'], 'Did you mean "--app-key"?'],
    ['a flag, by the field that it sets', ['send', '--toGroupId', '1'], 'Did you mean "--group"?'],
    ['a flag, by the beginning of that', ['send', '--to', '1'], 'Did you mean "--group"?'],
    ['an operation', ['send', '--operation', 'sendGroupStatusMesage'], 'Did you mean "sendGroupStatusMessage"?'],
    ['a region', ['send', '--region', 'singapur'], 'Did you mean "singapore"?'],
  ])('suggests what was meant: %s', async (_name, args, line) => {
    expect(await cli(args, { env: ENV })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(line) })
  })

  test('suggests nothing where nothing is near', async () => {
    expect((await cli(['xyzzy'])).stderr).not.toContain('Did you mean')
    expect((await cli(['sign', '--xyzzy'])).stderr).not.toContain('Did you mean')
  })

  test.each([
    ['sign', '--json'],
    ['mock', 'junk'],
    ['send', 'junk'],
    ['verify-signature', '--nonce=1'],
    ['probe', 'junk'],
  ])('passes over nothing behind --: %s -- %s', async (command, argument) => {
    const { code, stdout, stderr } = await cli([command, '--', argument], { env: ENV })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('This command takes only flags. Received 1 argument without a flag.')
  })

  test('takes a file behind --, whatever its name begins with', async () => {
    const { code, stderr } = await cli(['check', '--', '--gone.har'], { env: ENV })
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('"--gone.har" must be a file that can be read (ENOENT)'),
    ])
  })

  test.each([
    ['an unknown command', ['mok'], 'Did you mean "mock"?'],
    [
      'an unknown flag',
      ['sign', '--aap-key', 'k'],
      '"--aap-key" is not a flag of this command. Did you mean "--app-key"?',
    ],
    ['an unknown short flag', ['sign', '-x'], '"-x" is not a flag of this command.'],
    [
      'a flag without its value',
      ['sign', '--nonce'],
      '"--nonce" needs a value. If the value starts with "-", write --nonce=-…',
    ],
    ['a flag in place of a value', ['sign', '--nonce', '--json'], '"--nonce" needs a value.'],
    ['a value where none belongs', ['sign', '--json=1'], '"--json" takes no value'],
    ['a value of help', ['sign', '--help=x'], '"--help" takes no value'],
    ['a value of help, with others', ['sign', '--json', '--help='], '"--help" takes no value'],
    ['a flag given twice', ['sign', '--nonce', '1', '--nonce', '2'], '"--nonce" must be given once. Received 2'],
    [
      'an argument too many',
      ['sign', 'more'],
      'This command takes only flags. Received 1 argument without a flag. A list repeats its flag (--flag a --flag b); a file is standard input (< FILE)',
    ],
    ['a number that is none', ['sign', '--timestamp', '1e3'], '"--timestamp" must be a whole number from 0'],
    ['a nonce too long', ['sign', '--nonce', '1234567890123456789'], '"--nonce" must be 1 to 18 visible ASCII'],
    [
      'a prefix that the contract lacks',
      ['sign', '--header-prefix', 'X-'],
      '"--header-prefix" must be one of ["","RC-"]',
    ],
  ])('ends with 2 and one line for %s', async (_name, args, line) => {
    const { code, stdout, stderr } = await cli(args, { env: ENV })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: .+\nSee rongcloud-status-message (sign )?--help\.\n$/)
    expect(stderr.includes('sign --help')).toBe(args[0] === 'sign')
    expect(stderr).toContain(line)
  })

  test.each([
    ['none into a pipe', {}, false, false],
    ['some on a terminal', {}, true, true],
    ['none on a terminal without colours', { TERM: 'dumb' }, true, false],
    ['none on a terminal with NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['some where they are forced', { FORCE_COLOR: '1' }, false, true],
    ['some where FORCE_COLOR is empty', { FORCE_COLOR: '' }, false, true],
    ['none with NO_COLOR, forced or not', { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
    ['none where FORCE_COLOR is 0', { FORCE_COLOR: '0' }, true, false],
  ])('writes colours: %s', async (_name, env, terminal, colours) => {
    const { stderr } = await cli(['sign', '-x'], { env, terminals: terminal ? ['stderr'] : ['stdout'] })
    const word = colours ? '\x1b[31merror:\x1b[39m' : 'error:'
    expect(stderr.split('\n')[0]).toBe(`${word} "-x" is not a flag of this command.`)
  })

  test('prints an unexpected error with its stack, and ends with 1', async () => {
    const env = {
      get RONGCLOUD_APP_KEY(): string {
        throw new Error('unforeseen')
      },
      RONGCLOUD_APP_SECRET: 'secret',
    }
    const { code, stdout, stderr } = await cli(['sign'], { env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Error: unforeseen\n {4}at /)
  })
})

describe('standard input', () => {
  const args = ['send', '--from', '1', '--group', '2', '--type', 'RC:TxtMsg', '--base-url', 'http://mock', '--dry-run']
  const contentOf = async (stdin: string | Uint8Array) => {
    const { stdout } = await cli([...args, '--json'], { env: ENV, stdin })
    const { request } = JSON.parse(stdout) as { request: { body: string } }
    return new URLSearchParams(request.body).get('content')
  }

  test.each([
    ['a line break at its end', '{"content":"你好"}\n', '{"content":"你好"}'],
    ['the line break of Windows', '{"content":"a"}\r\n', '{"content":"a"}'],
    ['a byte order mark', '\ufeff{"content":"a"}', '{"content":"a"}'],
  ])('is taken without %s', async (_name, stdin, content) => {
    expect(await contentOf(stdin)).toBe(content)
  })

  test('loses one line break, and no other space', async () => {
    expect(await contentOf(' {"content":"a"} \n\n')).toBe(' {"content":"a"} \n')
  })

  test('ends with 2 when it is no UTF-8', async () => {
    const { code, stderr } = await cli(args, { env: ENV, stdin: Uint8Array.of(0x7b, 0xff, 0x7d) })
    expect([code, stderr]).toEqual([2, expect.stringContaining('Standard input must be UTF-8. Received other bytes')])
  })

  test('is not read from a terminal', async () => {
    const here = { env: ENV, stdin: '{"content":"typed"}', terminals: ['stdin'] } as const
    expect((await cli(args, here)).stderr).toContain('content: required, got nothing')
    const { code, stderr } = await cli(['verify-signature'], here)
    expect([code, stderr]).toEqual([2, expect.stringContaining('The headers must come as --app-key, --nonce,')])
  })
})

describe('sign', () => {
  const VECTOR = ['--nonce', '14314', '--timestamp', '1408710653000']
  const SIGNATURE = '30be0bbca9c9b2e27578701e9fda2358a814c88f'

  test('prints the signature that the vendor has published', async () => {
    const { code, stdout, stderr } = await cli(['sign', ...VECTOR], { env: ENV })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(`App-Key: ${KEYS.appKey}\nNonce: 14314\nTimestamp: 1408710653000\nSignature: ${SIGNATURE}\n`)
  })

  test('writes JSON, with the prefix that was asked for', async () => {
    const { stdout } = await cli(['sign', '--json', '--header-prefix', 'RC-', ...VECTOR], { env: ENV })
    expect(JSON.parse(stdout)).toEqual({
      'RC-App-Key': KEYS.appKey,
      'RC-Nonce': '14314',
      'RC-Timestamp': '1408710653000',
      'RC-Signature': SIGNATURE,
    })
  })

  test.each([
    ['0', 0],
    ['1700000000000000', 0],
    ['9007199254740991', 0],
    ['9007199254740992', 2],
    ['10000000000000000', 2],
  ])('takes a time of %s: ends with %i', async (timestamp, code) => {
    const ended = await cli(['sign', '--json', '--timestamp', timestamp], { env: ENV })
    expect(ended.code).toBe(code)
    if (code === 0) expect(JSON.parse(ended.stdout)).toMatchObject({ Timestamp: timestamp })
    else expect(ended.stderr).toContain('"--timestamp" must be a whole number from 0 to 9007199254740991')
  })

  test('signs for the current time, with a new nonce each time', async () => {
    const before = Date.now()
    const [one, two] = await Promise.all([cli(['sign', '--json'], { env: ENV }), cli(['sign', '--json'], { env: ENV })])
    const headers = JSON.parse(one.stdout) as Record<string, string>
    expect(Number(headers['Timestamp'])).toBeGreaterThanOrEqual(before)
    expect(headers['Signature']).toBe(sha1(`${KEYS.appSecret}${headers['Nonce']}${headers['Timestamp']}`))
    expect(JSON.parse(two.stdout)).not.toMatchObject({ Nonce: headers['Nonce'] })
  })

  test('reads the secret from a file, or from a flag with a warning', async () => {
    const file = join(folder, 'secret.txt')
    await writeFile(file, `${KEYS.appSecret}\n`)
    const args = ['sign', '--app-key', KEYS.appKey, ...VECTOR]
    const fromFile = await cli([...args, '--app-secret-file', file])
    expect(fromFile).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(SIGNATURE) })
    const fromFlag = await cli([...args, '--app-secret', KEYS.appSecret])
    expect(fromFlag).toMatchObject({ code: 0, stdout: expect.stringContaining(SIGNATURE) })
    expect(fromFlag.stderr).toMatch(/^warning: --app-secret can be read with ps by every user of this machine/)
  })

  test.each([
    ['no secret', {}, ['--app-key', 'k'], 'RONGCLOUD_APP_SECRET or "--app-secret-file" must hold the App Secret'],
    ['no key', { RONGCLOUD_APP_SECRET: 's' }, [], 'RONGCLOUD_APP_KEY or "--app-key" must be the App Key'],
    [
      'one text for both',
      { RONGCLOUD_APP_KEY: 'same', RONGCLOUD_APP_SECRET: 'same' },
      [],
      'must be two different texts',
    ],
    ['a file that is not there', ENV, ['--app-secret-file', '/nowhere'], 'must be a file that can be read (ENOENT)'],
    ['an empty file', ENV, ['--app-secret-file', '/dev/null'], 'Received an empty file'],
    ['two secrets', ENV, ['--app-secret-file', '/dev/null', '--app-secret', 'x'], 'Received both'],
  ])('ends with 2 for %s', async (_name, env, args, line) => {
    const { code, stdout, stderr } = await cli(['sign', ...args], { env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(line)
  })
})

describe('quotes around a value, which tools keep that read an env file without a shell,', () => {
  const HEADERS = ['--app-key', 'k', '--nonce', '1', '--timestamp', '2', '--signature', 'ff']
  const CALL = ['send', '--from', '1', '--group', '2', '--type', 'RC:TypSts', '--content', '{}', '--dry-run']
  const PROBE = ['probe', '--region', 'singapore', '--yes']
  const quoted = (name: keyof typeof ENV) => ({ ...ENV, [name]: `"${ENV[name]}"` })
  const readers: [string, string[]][] = [
    ['sign', ['sign']],
    ['send', [...CALL, '--region', 'singapore']],
    ['probe', PROBE],
    ['verify-signature', ['verify-signature', ...HEADERS]],
    ['check', ['check', 'package.json']],
    ['mock', ['mock', '--port', '0']],
  ]

  test.each(readers)('are refused in RONGCLOUD_APP_SECRET by %s', async (_name, args) => {
    const { code, stdout, stderr } = await cli(args, { env: quoted('RONGCLOUD_APP_SECRET') })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: RONGCLOUD_APP_SECRET has quotes around it\n/)
  })

  test.each(readers)('are refused in the file of the secret by %s', async (_name, args) => {
    const file = join(folder, 'quoted.txt')
    await writeFile(file, `'${KEYS.appSecret}'\n`)
    const { code, stdout, stderr } = await cli([...args, '--app-secret-file', file], { env: ENV })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: The App Secret in the file of "--app-secret-file" has quotes around it\n/)
  })

  test.each<[string, string[], Record<string, string>]>([
    ...readers
      .filter(([name]) => name !== 'verify-signature')
      .map(([, args]): [string, string[], Record<string, string>] => [
        'RONGCLOUD_APP_KEY',
        args,
        quoted('RONGCLOUD_APP_KEY'),
      ]),
    ['RONGCLOUD_BASE_URL', CALL, { ...ENV, RONGCLOUD_BASE_URL: "'http://mock'" }],
    ['RONGCLOUD_REGION', CALL, { ...ENV, RONGCLOUD_REGION: '"singapore"' }],
  ])('are refused in %s: %s', async (name, args, env) => {
    const { code, stdout, stderr } = await cli(args, { env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^error: ${name} has quotes around it\\n`))
  })

  test.each([
    ['a variable that is not used', ['sign', '--app-key', 'k'], quoted('RONGCLOUD_APP_KEY')],
    ['one quote', ['sign'], { ...ENV, RONGCLOUD_APP_SECRET: '"' }],
    ['a quote at the end', ['sign'], { ...ENV, RONGCLOUD_APP_SECRET: `${KEYS.appSecret}"` }],
    ['two quotes', ['sign'], { ...ENV, RONGCLOUD_APP_SECRET: `'${KEYS.appSecret}"` }],
  ])('are nothing else: %s', async (_name, args, env) => {
    expect(await cli(args, { env })).toMatchObject({ code: 0, stderr: '' })
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
    const byFlags = await cli(['verify-signature', ...flags(right)], { env: ENV })
    expect(byFlags).toMatchObject({ code: 0, stdout: 'The signature fits.\n', stderr: '' })
    const stdin = `POST /x HTTP/1.1\r\nHost: h\r\nRC-App-Key: ${right['app-key']}\r\nrc-nonce:${right.nonce}\r\nRC-Timestamp: ${right.timestamp}\r\nRC-Signature: ${right.signature.toUpperCase()}\r\n`
    expect((await cli(['verify-signature'], { env: ENV, stdin })).code).toBe(0)
  })

  test('accepts what sign prints', async () => {
    const { stdout } = await cli(['sign'], { env: ENV })
    expect((await cli(['verify-signature', '--strict'], { env: ENV, stdin: stdout })).code).toBe(0)
  })

  test.each([
    [
      "the vendor's own example, signed with the App Key",
      { timestamp: '1408706337', signature: '45beb7cc7307889a8e711219a47b7cf6a5b000e8' },
      'Signature: signed with the App Key in place of the App Secret; it must be',
    ],
    [
      'nonce and timestamp swapped',
      { signature: sha1(`${KEYS.appSecret}140871065300014314`) },
      'Signature: signed in the order App Secret, Timestamp, Nonce; it must be',
    ],
    [
      'seconds signed, milliseconds sent',
      { signature: sha1(`${KEYS.appSecret}143141408710653`) },
      'Signature: signed with the timestamp in seconds, while the header has milliseconds; ',
    ],
    [
      'another secret',
      { signature: sha1('other143141408710653000') },
      'Signature: does not fit: the App Secret, the Nonce,',
    ],
    ['too few digits', { signature: 'abc' }, 'Signature: has 3 hexadecimal digits; it must be'],
    ['the secret in place of the key', { 'app-key': KEYS.appSecret }, 'App-Key: an App Key, got the App Secret'],
  ])('says what is wrong: %s', async (_name, change, line) => {
    const { code, stdout, stderr } = await cli(['verify-signature', ...flags({ ...right, ...change })], { env: ENV })
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain(line)
  })

  test('names each header that is missing, in JSON too', async () => {
    const { code, stdout } = await cli(['verify-signature', '--nonce', '1', '--json'], { env: ENV })
    expect(code).toBe(1)
    const { valid, violations } = JSON.parse(stdout) as { valid: boolean; violations: { field: string }[] }
    expect([valid, violations.map(({ field }) => field)]).toEqual([false, ['App-Key', 'Timestamp', 'Signature']])
  })

  test('enforces the documented format with --strict', async () => {
    const seconds = { timestamp: '1408710653', signature: sha1(`${KEYS.appSecret}143141408710653`) }
    const args = ['verify-signature', ...flags({ ...right, ...seconds })]
    expect((await cli(args, { env: ENV })).code).toBe(0)
    const { code, stdout } = await cli([...args, '--strict'], { env: ENV })
    expect([code, stdout]).toEqual([1, expect.stringContaining('Timestamp: 13 digits')])
  })

  test.each([
    ['text', 'hello\n', ''],
    ['a request with a broken header', 'POST /x HTTP/1.1\nnot a header\n\n', ''],
    ['HAR with a broken entry', '{"log":{"entries":[{"request":{}}]}}', ''],
    ['an answer', 'HTTP/1.1 200 OK\n\n{}\n', 'an answer without its request'],
    [
      'a curl command with a variable',
      'curl "$URL"\n',
      'a request that uses the variable $URL, which only the shell knows',
    ],
    ['a page', '<html>\n', 'XML or HTML'],
    ['other JSON', '{"a":1}', 'other JSON'],
  ])('says what came in place of headers, where that is known: %s', async (_name, stdin, received) => {
    const { code, stdout, stderr } = await cli(['verify-signature'], { env: ENV, stdin })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: No header found\. /)
    const [, end] = /or give --app-key, --nonce, --timestamp, --signature(.*)\n/.exec(stderr) ?? []
    expect(end).toBe(received && `. Received ${received}`)
  })

  test('names the line that is wrong, or the first one of a request', async () => {
    const signed = Object.entries(right)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')
    const stdin = `POST /a HTTP/1.1\n${signed}\n###\nPOST /b HTTP/1.1\nnot a header\n\n###\nPOST /c HTTP/1.1\nContent-Length: 5\n\n###\n`
    const { code, stderr } = await cli(['verify-signature'], { env: ENV, stdin })
    expect(code).toBe(2)
    expect(stderr.split('\n')).toEqual(['error: not verified: line 9: must be a header, "Name: value"', ''])
  })

  test('ends with 2 without an App Secret', async () => {
    expect((await cli(['verify-signature', ...flags(right)])).code).toBe(2)
  })
})

/** The words of a command line, as a POSIX shell reads quotes, backslashes and line breaks behind one. */
function shellWords(line: string): string[] {
  const pieces = line.trimEnd().matchAll(/\\\n *|( +)|'([^']*)'|\\(.)|([^\s'"`$&;|<>()\\*?~#!]+)/gsy)
  const words = ['']
  let read = 0
  for (const { 0: whole, 1: space, 2: quoted, 3: escaped, 4: bare } of pieces) {
    read += whole.length
    if (space !== undefined) words.push('')
    else words.push(`${words.pop()}${quoted ?? escaped ?? bare ?? ''}`)
  }
  expect(line.slice(read).trimEnd()).toBe('')
  return words
}

const MESSAGE = ['--from', '2191', '--group', '2193', '--group', '2192', '--type', 'RC:TxtMsg']
const CONTENT = ['--content', '{"content":"hello"}']

describe('send', () => {
  const api = createMockApi({ ...KEYS, strict: true, rateLimit: false })
  const env = { ...ENV, RONGCLOUD_BASE_URL: 'http://mock' }
  beforeEach(() => {
    api.reset()
    vi.stubGlobal('fetch', api.fetch)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('sends one message, and prints the answer', async () => {
    const { code, stdout, stderr } = await cli(['send', ...MESSAGE, ...CONTENT], { env })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Sent\.\n\{/)
    expect(JSON.parse(stdout.slice(6))).toMatchObject({ messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }] })
  })

  test('prints it as JSON, with the given request id', async () => {
    const args = [
      'send',
      ...MESSAGE,
      ...CONTENT,
      '--json',
      '--header',
      'X-Request-ID: mine',
      '--base-url',
      'http://mock',
    ]
    const { code, stdout } = await cli(args, { env: ENV })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ data: { requestId: 'mine', messageUIDs: [{}, {}] } })
  })

  test('reads the content from standard input, unless a flag has it', async () => {
    const send = (more: string[] = []) => cli(['send', ...MESSAGE, ...more], { env, stdin: '{"content":"piped"}' })
    expect([(await send()).code, (await send(CONTENT)).code]).toEqual([0, 0])
    api.verify()
    expect(api.calls.map(({ body }) => body)).toMatchObject([
      { content: '{"content":"piped"}' },
      { content: '{"content":"hello"}' },
    ])
  })

  test.each([
    ['alone', ['--include-sender'], 1],
    ['with a value', ['--include-sender', '0'], 0],
    ['with a value behind =', ['--include-sender=1'], 1],
    ['not at all', [], undefined],
  ])('accepts a flag that is on or off: %s', async (_name, more, value) => {
    const { stdout } = await cli(['send', ...more, ...MESSAGE, ...CONTENT, '--dry-run', '--json'], { env })
    const { request } = JSON.parse(stdout) as { request: { body: string } }
    expect(new URLSearchParams(request.body).get('isIncludeSender')).toBe(value === undefined ? null : String(value))
  })

  test.each([
    ['four groups', ['--group', '1', '--group', '2'], 'toGroupId: at most 3 groups in one call, got 4'],
    ['a value that is no number', ['--include-sender=yes'], 'isIncludeSender: an integer, got "yes"'],
  ])('ends with 1 for what is off the contract, and sends nothing: %s', async (_name, more, line) => {
    const { code, stdout, stderr } = await cli(['send', ...MESSAGE, ...CONTENT, ...more], { env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(line)
    expect(stderr).toContain('kind contract, processed: no')
  })

  test('ends with 1 where there is no content, and where nothing was given at all', async () => {
    expect((await cli(['send', ...MESSAGE], { env })).stderr).toContain('content: required, got nothing')
    expect((await cli(['send'], { env })).stderr).toContain('toGroupId: required, got nothing')
  })

  test('ends with 1 for an answer that is no success, and for none', async () => {
    const wrong = { ...env, RONGCLOUD_APP_SECRET: 'another-secret' }
    const refused = await cli(['send', ...MESSAGE, ...CONTENT, '--json'], { env: wrong })
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { kind: 'api', code: 1004, status: 401, processed: 'no' },
    })
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })))
    vi.useFakeTimers()
    const ended = cli(['send', ...MESSAGE, ...CONTENT], { env })
    await vi.runAllTimersAsync()
    vi.useRealTimers()
    expect(await ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no connection to mock') })
  })

  test('suggests the message type that was meant', async () => {
    const args = ['send', '--from', '1', '--group', '2', '--type', 'RC:Typsts', '--content', '{}']
    const { code, stderr } = await cli(args, { env })
    expect([code, stderr]).toEqual([1, expect.stringContaining('Did you mean "RC:TypSts"?')])
  })

  test('sends to the region of the environment where there is no base URL', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--dry-run', '--json']
    const urlOf = async (more: NodeJS.ProcessEnv) => {
      const { stdout } = await cli(args, { env: { ...ENV, RONGCLOUD_REGION: 'singapore', ...more } })
      return (JSON.parse(stdout) as { request: { url: string } }).request.url
    }
    expect(await urlOf({})).toBe(`https://api.sg-light-api.com${PATH}`)
    expect(await urlOf({ RONGCLOUD_BASE_URL: 'http://mock' })).toBe(`http://mock${PATH}`)
    const wrong = await cli(args, { env: { ...ENV, RONGCLOUD_REGION: 'moon' } })
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('RONGCLOUD_REGION must be one of beijing,')])
  })

  test('prints control characters of an answer as escapes', async () => {
    api.respondOnce('sendGroupStatusMessage', { body: { code: 200, note: '\x9b2J\u202e' } })
    const args = ['send', ...MESSAGE, ...CONTENT]
    expect((await cli(args, { env })).stdout).toContain('"note": "\\u009b2J\\u202e"')
    api.respondOnce('sendGroupStatusMessage', { body: { code: 200, note: '\x9b2J\u202e' } })
    const { stdout } = await cli([...args, '--json'], { env })
    expect(stdout).toContain('\\u009b2J\\u202e')
    expect(JSON.parse(stdout)).toMatchObject({ data: { note: '\x9b2J\u202e' } })
  })

  test.each([
    ['no place', [], { ...ENV }, '"--region" (beijing, singapore,'],
    ['a region that is none', ['--region', 'moon'], ENV, '"--region" must be one of beijing,'],
    ['two places', ['--region', 'beijing', '--base-url', 'http://x'], ENV, 'Received both'],
    ['a URL that is none', ['--base-url', 'x'], ENV, '"--base-url" must be an http or https URL'],
    [
      'a URL of the environment that is none',
      [],
      { ...ENV, RONGCLOUD_BASE_URL: 'x' },
      'error: RONGCLOUD_BASE_URL must be an http',
    ],
    [
      'a key of the environment that no header takes',
      ['--region', 'beijing'],
      { ...ENV, RONGCLOUD_APP_KEY: 'a b' },
      'error: RONGCLOUD_APP_KEY must be a string of visible ASCII',
    ],
    ['an unknown operation', ['--operation', 'x'], ENV, '"--operation" must be one of sendGroupStatusMessage'],
    ['a header without a name', ['--region', 'beijing', '--header', 'x'], ENV, `"--header" must be 'Name: value'`],
  ])('ends with 2 for %s', async (_name, args, environment, line) => {
    const { code, stdout, stderr } = await cli(['send', ...MESSAGE, ...CONTENT, ...args], { env: environment })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(line)
  })

  test('prints a request to the given region with --dry-run', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--dry-run', '--region', 'singapore']
    const { code, stdout } = await cli(args, { env: ENV })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^### HTTP\nPOST \/statusmessage\/group\/publish\.json HTTP\/1\.1\nhost: api\.sg-light-api\.com\n/,
    )
    expect(stdout).toContain("'https://api.sg-light-api.com/statusmessage/group/publish.json'")
  })

  const nasty = `it's "$HOME" \`id\` \\ ! * ? & | ; < > ( ) # % ~ 你好 🙂\ttab`
  test('prints the request as curl, each word quoted for a shell', async () => {
    const from = nasty.slice(0, 30)
    const content = JSON.stringify({ content: nasty })
    const args = ['send', '--from', from, ...MESSAGE.slice(2), '--dry-run']
    const { code, stdout } = await cli(args, { env, stdin: content })
    expect(code).toBe(0)
    const words = shellWords(stdout.slice(stdout.indexOf('### curl\n') + 9))
    expect(words.slice(0, 6)).toEqual(['curl', '--silent', '--show-error', '--request', 'POST', `http://mock${PATH}`])
    expect(words.slice(-2)[0]).toBe('--data-raw')
    const headers = words
      .filter((_, i) => words[i - 1] === '--header')
      .map((line) => line.split(': ') as [string, string])
    const body = words.at(-1) ?? ''
    expect((await api.fetch(`http://mock${PATH}`, { method: 'POST', headers, body })).status).toBe(200)
    expect(api.calls[0]?.body).toMatchObject({ fromUserId: from, toGroupId: ['2193', '2192'], content })
  })

  test('pipes to curl what is too long for an argument', async () => {
    const content = JSON.stringify({ content: '龍'.repeat(11_200) })
    const { stdout } = await cli(['send', ...MESSAGE, '--dry-run'], { env, stdin: content })
    const [write, curl] = stdout.slice(stdout.indexOf('### curl\n') + 9).split(' | ')
    const [program, format, body] = shellWords(write ?? '')
    expect([program, format]).toEqual(['printf', '%s'])
    expect(new URLSearchParams(body).get('content') === content).toBe(true)
    expect(shellWords(curl ?? '').slice(-2)).toEqual(['--data-binary', '@-'])
  })

  test('prints HTTP that check accepts byte for byte', async () => {
    const args = ['send', ...MESSAGE, ...CONTENT, '--dry-run', '--json']
    const { http } = JSON.parse((await cli(args, { env })).stdout) as { http: string }
    const file = join(folder, 'dry-run.http')
    await writeFile(file, http)
    const judged = await cli(['check', '--strict', file], { env: ENV })
    expect(judged).toMatchObject({ code: 0, stderr: '' })
  })

  test('prints a dry run that check can read as it stands', async () => {
    const file = join(folder, 'dry-run-text.http')
    const { stdout } = await cli(['send', ...MESSAGE, ...CONTENT, '--dry-run'], { env })
    await writeFile(file, stdout.slice(0, stdout.indexOf('### curl')))
    expect(await cli(['check', '--strict', file], { env: ENV })).toMatchObject({ code: 0, stderr: '' })
  })
})
