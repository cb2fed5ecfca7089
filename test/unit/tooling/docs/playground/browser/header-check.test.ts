/** What the playground says of pasted headers, without the App Secret. */
import '../../../../../support/playground-table.js'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { quoteForShell } from '../../../../../../src/cli/captures/shell-quote.js'
import { checkHeaders } from '../../../../../../src/tooling/docs/playground/browser/header-check.js'
import { hasSecret } from '../../../../../../src/tooling/docs/playground/browser/pasted-secret.js'

const NOW = 1_700_000_000_000
// The vector that the vendor publishes.
const SIGNATURE = createHash('sha1').update('Y1W2MeFwwwRxa0143141408710653000').digest('hex')
const FINE = { 'App-Key': 'uwd1c0sxdlx2', Nonce: '14314', Timestamp: String(NOW), Signature: SIGNATURE }

const lines = (headers: Readonly<Record<string, string>>, before = '', after = '') =>
  Object.entries(headers)
    .map(([name, value]) => `${before}${name}: ${value}${after}`)
    .join('\n')

/** The headers of a report with what is wrong with them. */
const problemsIn = (text: string) =>
  Object.fromEntries(
    checkHeaders(text, NOW)
      .findings.filter(({ problems }) => problems.length > 0)
      .map(({ name, problems }) => [name, problems.join()]),
  )

test.each([
  ['lines', lines(FINE)],
  ['other capitals', lines(FINE).toLowerCase().replaceAll('app-key', 'APP-KEY')],
  ['what curl -v prints', `> POST /x HTTP/1.1\n${lines(FINE, '> ')}\n< HTTP/1.1 401\n`],
  ['flags of curl', lines(FINE, "-H '", "' \\")],
  ['a curl command', `curl https://x.example/ ${lines(FINE, '-H "', '"').replaceAll('\n', ' ')} -d a=b`],
  ['JSON in one line', JSON.stringify(FINE)],
  ['JSON in many lines', JSON.stringify(FINE, undefined, 2)],
  ['the names with a prefix', lines(FINE).replaceAll(/^(?=[ANTS])/gm, 'RC-')],
  ['names and values in turn, as browsers copy them', lines(FINE).replaceAll(': ', ':\n')],
])('headers that look right are read from %s', (_name, text) => {
  const { findings, problem, command } = checkHeaders(text, NOW)
  expect(findings.map(({ name, problems }) => [name, problems])).toEqual(Object.keys(FINE).map((name) => [name, []]))
  expect(problem).toBeUndefined()
  const flags = Object.entries(FINE).map(([name, value]) => `--${name.toLowerCase()} ${quoteForShell(value)}`)
  expect(command).toBe(['npx rongcloud-status-message verify-signature', ...flags].join(' \\\n  '))
})

test('each header has its length and its characters, and the time its unit and its distance', () => {
  const facts = checkHeaders(lines({ ...FINE, Timestamp: String(NOW / 1000 - 7_200) }), NOW).findings.map(
    (finding) => finding.facts,
  )
  expect(facts).toEqual([
    ['12 characters', 'letters and digits'],
    ['5 characters', 'digits only'],
    [
      '10 characters',
      'digits only',
      'seconds since 1970: 2023-11-14T20:13:20.000Z',
      '2 hours behind the clock of this device',
    ],
    ['40 characters', 'lower-case hexadecimal digits'],
  ])
})

test.each([
  [NOW - 20_000, 'less than a minute from the clock of this device'],
  [NOW + 60_000, '1 minute ahead of the clock of this device'],
  [NOW - 90 * 60_000, '2 hours behind the clock of this device'],
  [NOW - 5 * 86_400_000, '5 days behind the clock of this device'],
])('a time of %d is %s', (time, distance) => {
  expect(checkHeaders(`Timestamp: ${time}`, NOW).findings[2]?.facts.at(-1)).toBe(distance)
})

test.each([
  ['a long nonce', { Nonce: '9'.repeat(19) }, 'Nonce', 'must be at most 18 characters, got 19'],
  [
    'a time in seconds',
    { Timestamp: '1700000000' },
    'Timestamp',
    'is in seconds, where the documentation has milliseconds',
  ],
  ['a time that is none', { Timestamp: 'now' }, 'Timestamp', 'must be 10 or 13 digits, got "now"'],
  [
    'a signature in capitals',
    { Signature: SIGNATURE.toUpperCase() },
    'Signature',
    'has upper-case digits, where the documentation has lower-case ones',
  ],
  [
    'a signature in Base64',
    { Signature: Buffer.from(SIGNATURE, 'hex').toString('base64') },
    'Signature',
    'is written in Base64, not in hexadecimal digits',
  ],
  ['another digest', { Signature: 'a'.repeat(64) }, 'Signature', 'has 64 hexadecimal digits, as SHA-256 has'],
  [
    'the end of sha1sum',
    { Signature: `${SIGNATURE}  -` },
    'Signature',
    'has the " -" that sha1sum prints after the digits',
  ],
])('%s is named', (_name, change, name, problem) => {
  expect(problemsIn(lines({ ...FINE, ...change }))).toEqual({ [name]: problem })
})

test('a missing header is named, and one with a similar name beside it', () => {
  const { Nonce, Signature } = FINE
  expect(problemsIn(lines({ AppKey: 'k', Nonce, 'X-Timestamp': '1', Signature }))).toEqual({
    'App-Key': 'missing; “appkey” is another name',
    Timestamp: 'missing; “x-timestamp” is another name',
  })
  expect(problemsIn(`Signature: ${Signature}`)).toEqual({
    'App-Key': 'missing',
    Nonce: 'missing',
    Timestamp: 'missing',
  })
})

test('a text without headers says what to paste, or why a command cannot be read', () => {
  expect(checkHeaders('hello', NOW)).toEqual({
    findings: [],
    problem: 'No header found. Paste at least one of App-Key, Nonce, Timestamp, Signature.',
    command: undefined,
  })
  expect(checkHeaders('curl https://x.example/ -H "Nonce: $nonce"', NOW).problem).toBe(
    'No header found. The curl command uses the variable $nonce, which only the shell knows.',
  )
})

describe('a secret', () => {
  test.each([
    'RONGCLOUD_APP_SECRET=Y1W2MeFwwwRxa0',
    'export RONGCLOUD_APP_SECRET="Y1W2MeFwwwRxa0"',
    'RONGCLOUD_APP_SECRET: Y1W2MeFwwwRxa0',
    `${lines(FINE)}\nApp-Secret: Y1W2MeFwwwRxa0`,
    "appSecret: 'Y1W2MeFwwwRxa0'",
    '"appSecret":"Y1W2MeFwwwRxa0"',
    "'app_secret' => 'Y1W2MeFwwwRxa0'",
    'const secret = "Y1W2MeFwwwRxa0"',
    '--app-secret Y1W2MeFwwwRxa0',
    'secret_key = Y1W2MeFwwwRxa0',
  ])('is found in %j', (text) => expect(hasSecret(text)).toBe(true))

  test.each([
    lines(FINE),
    'printf %s "$RONGCLOUD_APP_SECRET$nonce$timestamp"',
    `: "\${RONGCLOUD_APP_SECRET:?}"`,
    'RONGCLOUD_APP_SECRET=$SECRET',
    'RONGCLOUD_APP_SECRET_FILE=/run/secrets/rongcloud',
    '--app-secret-file secret.txt',
    "appSecret: process.env['RONGCLOUD_APP_SECRET']",
    'secret = os.environ["RONGCLOUD_APP_SECRET"]',
    'secret := os.Getenv("RONGCLOUD_APP_SECRET")',
    'App-Secret: …',
  ])('is not found in %j, which only names it', (text) => expect(hasSecret(text)).toBe(false))
})
