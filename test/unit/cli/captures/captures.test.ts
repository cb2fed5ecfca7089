/**
 * A folder of captures, right and wrong ones, each with its result. `check` must find every fault that is in them, name what
 * it does not understand, and never report a request that is right.
 *
 * Those in `curl-v/`, most of `raw/`, and the debug output of wget and Python are from real runs of curl, wget, Python and Node, `har/playwright.har` is
 * from Chromium, and those in `own/` are the output of this package. The others are written as the named tool writes them.
 */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cli } from '../../../support/cli.js'
import { ROOT } from '../../../support/project-copy.js'
import { KEYS } from '../../../support/raw-request.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
const FOLDER = 'test/support/captures'

interface Row {
  /** Lines that begin with the number of a right request. */
  readonly ok?: readonly number[]
  /** What is wrong, by the number of the request. */
  readonly off?: Readonly<Record<number, RegExp>>
  /** What is named on standard error. */
  readonly refused?: RegExp
  /** What else is said on standard output. */
  readonly said?: RegExp
}

const FOUR_GROUPS = /toGroupId: at most 3 groups in one call, got 4 \(maxItems\)/
const MEDIA_TYPE = /Content-Type: application\/x-www-form-urlencoded, got \S+ \(media-type\)/
const UNSIGNED = /Signature: the header Signature or RC-Signature, got nothing/

const ROWS: Readonly<Record<string, Row>> = {
  'curl-v/accepted.txt': { ok: [5], said: /-> 200 {2}\(its body is not in the capture\)/ },
  'curl-v/answer-elsewhere.txt': { ok: [5] },
  'curl-v/prefixed-names.txt': { ok: [5] },
  'curl-v/trace-time.txt': { ok: [3] },
  'curl-v/two-calls.txt': { ok: [5, 32] },
  'curl-v/terminal.txt': { ok: [9], said: /-> 200\n/ },
  'curl-v/terminal-four-groups.txt': { off: { 9: FOUR_GROUPS } },
  'curl-v/trace.txt': { ok: [3], said: /-> 401\n/ },
  'curl-v/trace-ascii.txt': { ok: [3], said: /-> 401\n/ },
  'curl-v/trace-ascii-chunked.txt': { ok: [3], said: /-> 200\n/ },
  'curl-v/trace-ascii-four-groups.txt': { off: { 3: FOUR_GROUPS } },
  'curl-v/trace-ascii-not-ascii.txt': { ok: [3], said: /\(its body is not in the capture\)/ },
  'curl-v/json-body.txt': { off: { 5: MEDIA_TYPE } },
  'curl-v/unsigned.txt': { off: { 5: UNSIGNED } },
  'curl-v/wrong-path.txt': { off: { 5: /path: one of / } },
  'curl-v/wrong-secret.txt': { off: { 5: /Signature: does not fit/ } },

  'curl/chrome-devtools.sh': { ok: [1] },
  'curl/firefox-devtools.sh': { ok: [1] },
  'curl/postman.sh': { ok: [1] },
  'curl/insomnia.sh': { ok: [1] },
  'curl/double-quotes.sh': { ok: [4] },
  'curl/four-groups.sh': { off: { 1: FOUR_GROUPS } },
  'curl/json.sh': { off: { 1: MEDIA_TYPE } },
  'curl/multipart.sh': { off: { 1: MEDIA_TYPE } },
  'curl/missing-signature.sh': { off: { 1: UNSIGNED } },
  'curl/get.sh': { off: { 1: /method: POST, got GET/ } },
  'curl/several.sh': { ok: [2], off: { 11: FOUR_GROUPS }, refused: /standard input \(@-\)\n[\s\S]*command of wget/ },
  'curl/variables.sh': { refused: /line 3: uses the variable \$RONGCLOUD_BASE_URL, which only the shell knows/ },
  'curl/substitution.sh': { refused: /line 1: uses the output of a command, \$\(…\)/ },
  'curl/data-file.sh': { refused: /line 1: has data from a file \(@body\.txt\)/ },
  'curl/unknown-flag.sh': { refused: /line 1: has --frobnicate, a flag of curl that is not known here/ },

  'har/playwright.har': {
    ok: [2],
    off: { 3: FOUR_GROUPS },
    said: /entry 4: skipped, it got no answer \(net::ERR_BLOCKED/,
  },
  'har/chrome.har': { ok: [1], said: /entry 2: skipped.*ERR_BLOCKED.*\n.*1 to other hosts \(--base-url names a host/ },
  'har/encoded-params.har': { ok: [1] },
  'har/encoded-params-four-groups.har': { off: { 1: FOUR_GROUPS } },
  'har/decoded-params.har': { ok: [1] },
  'har/params-without-value.har': { off: { 1: /fromUserId: at least 1 character, got 0/ } },
  'har/base64.har': { ok: [1] },
  'har/base64-answer-one-entry.har': { off: { 1: /answer\.messageUIDs: one entry for each toGroupId, got 1 for 2/ } },
  'har/cut-body.har': { refused: /entry 1: has 40 of the 110 bytes of its body/ },
  'har/body-not-recorded.har': { refused: /entry 1: has none of the 110 bytes of its body/ },
  'har/other-hosts.har': { refused: /there was no request to check/, said: /2 to other hosts \(--base-url names/ },
  'har/preflight.har': { ok: [2] },
  'har/refused-by-cors.har': { refused: /there was no request to check/, said: /entry 1: skipped.*net::ERR_FAILED/ },

  'http/jetbrains.http': { ok: [4], off: { 28: FOUR_GROUPS } },
  'http/windows.http': { ok: [4], off: { 28: FOUR_GROUPS } },
  'http/rest-client.http': { ok: [7], off: { 23: UNSIGNED } },
  'http/httpyac.http': { ok: [1] },
  'http/kulala.http': { ok: [2] },
  'http/spaces.http': { ok: [1] },
  'http/curl.http': { ok: [2], off: { 10: FOUR_GROUPS } },
  'http/byte-order-mark.http': { ok: [1] },
  'http/saved-answer.http': { ok: [1], said: /1 request, 1 answer checked/ },
  'http/variables.http': {
    ok: [11],
    refused: /line 1: uses the variable \{\{baseUrl\}\}, which only the editor knows/,
  },
  'http/body-from-file.http': { refused: /line 1: has a body from a file \(< \.\/body\.txt\)/ },
  'http/pre-request-script.http': { refused: /line 1: has a script that runs before the request/ },
  'http/ambiguous-space.http': { refused: /line 1: has a space in front of "="/ },
  'http/ambiguous-percent.http': { refused: /line 1: has a "%" that is not an escape/ },

  'raw/exchange.http': { ok: [1] },
  'raw/keep-alive.http': { ok: [1], off: { 19: FOUR_GROUPS } },
  'raw/chunked.http': { ok: [1] },
  'raw/expect-continue.http': { ok: [1] },
  'raw/python-urllib.http': { ok: [1] },
  'raw/node-fetch.http': { ok: [1] },
  'raw/wget.http': { ok: [1] },
  'raw/httpie.txt': { ok: [1], said: /1 request, 1 answer checked/ },
  'raw/answer-other-order.http': { ok: [1] },
  'raw/answer-without-entries.http': { ok: [1] },
  'raw/answer-refusal.http': { ok: [1], said: /-> 401\n/ },
  'raw/answer-gzip.http': { ok: [1] },
  'raw/answer-one-entry.http': {
    off: { 1: /answer\.messageUIDs: one entry for each toGroupId, got 1 for 2 \(entries\)/ },
  },
  'raw/answer-other-group.http': {
    off: { 1: /answer\.messageUIDs\[\]\.groupId: each toGroupId \(2193, 2192\), got 2193, 2191/ },
  },
  'raw/answer-wrong-shape.http': { off: { 1: /answer\.messageUIDs\[0\]\.groupId: a string, got 2193 \(type\)/ } },
  'raw/answer-unknown-code.http': { off: { 1: /answer\.code: one of 1002, 1003, 1005 with HTTP 400, got 9999/ } },
  'raw/answer-of-a-gateway.http': { off: { 1: /answer status: one of 200, 400, .*, got 502/ } },
  'raw/answer-html.http': { off: { 1: /answer: JSON, got text that is not JSON/ } },
  'raw/cut-off.http': { off: { 1: /Content-Length: a body of 110 bytes, got 46/ } },
  'raw/compressed-request.http': { refused: /line 1: has a body in gzip, which is not unpacked/ },
  'raw/fiddler.http': { ok: [1], said: /-> 200\n/ },
  'raw/control-characters.http': { off: { 1: /got \S*\\u009b31m/ } },

  'own/dry-run.txt': { ok: [2] },
  'own/dry-run.json': { ok: [1] },
  'own/dry-run-curl-only.sh': { ok: [1] },
  'own/long-curl.sh': { ok: [1] },
  'own/sign.txt': { refused: /Received headers without a request, which verify-signature reads/ },
  'own/sign.json': { refused: /Received headers without a request, which verify-signature reads/ },

  'refused/archive.har.gz': { refused: /Received gzip; unpack it first/ },
  'refused/session.saz': { refused: /Received a zip archive; unpack it first/ },
  'refused/utf16.http': { refused: /Received UTF-16; save it as UTF-8/ },
  'refused/utf16-without-mark.http': { refused: /Received UTF-16 or other bytes; save it as UTF-8/ },
  'refused/stream.pcap': { refused: /Received a pcap file/ },
  'refused/chrome-fetch.js': { refused: /Received a call of fetch; copy it as HAR or as curl/ },
  'refused/powershell.ps1': { refused: /Received PowerShell; copy it as HAR or as curl/ },
  'refused/curl-cmd.bat': { refused: /Received a curl command for the Windows command prompt/ },
  'refused/burp.xml': { refused: /Received XML or HTML/ },
  'refused/mock-lines.json': { refused: /Received JSON that cannot be parsed, or one value on each line/ },
  'refused/other.json': { refused: /must be HAR, with "log\.entries"\. Received other JSON/ },
  'refused/answer-alone.http': { refused: /line 1: is an answer without its request/ },
  'refused/words.txt': { refused: /line 1: must be a request line/ },
  'refused/curl-cmd-escaped.bat': { refused: /Received a curl command for the Windows command prompt/ },
  'refused/fetch-in-a-program.js': { refused: /Received a call of fetch; copy it as HAR or as curl/ },
  'refused/node-https.js': { refused: /Received the code of a program/ },
  'refused/requests.py': { refused: /Received the code of a program/ },
  'refused/wget.sh': { refused: /Received a command of another client; send the request with curl/ },
  'refused/httpie.sh': { refused: /Received a command of another client; send the request with curl/ },
  'refused/wget-debug.txt': { refused: /Received the debug output of wget/ },
  'refused/python-debug.txt': { refused: /Received the debug output of Python's http\.client/ },
  'refused/okhttp.log': { refused: /Received the log of OkHttp/ },
  'refused/access.log': { refused: /Received an access log, which has neither headers nor bodies/ },
  'refused/mitmproxy.txt': { refused: /Received the text of mitmproxy; export the flow as HAR or as curl/ },
  'refused/mitmdump.txt': { refused: /Received the text of mitmproxy; export the flow as HAR or as curl/ },
  'refused/postman-console.txt': { refused: /Received the text of Postman's console; copy the request as curl/ },
  'refused/postman-console-raw.txt': { refused: /Received the text of Postman's console; copy the request as curl/ },
}

const files = readdirSync(join(ROOT, FOLDER), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(join(ROOT, FOLDER).length + 1))

/** The requests of a report: the number of each, whether it is right, and the lines about it. */
function requestsOf(stdout: string): { at: number; isOk: boolean; lines: string }[] {
  const found = stdout.matchAll(/^\S+(?::| entry )(\d+): (?:(ok)|off the contract)\b.*\n((?: {2}.*\n)*)/gm)
  return [...found].map(([, at, ok, lines = '']) => ({ at: Number(at), isOk: ok !== undefined, lines }))
}

function exitCode({ off, ok, refused }: Row): number {
  if (off) return 1
  if (refused?.source.includes('no request to check')) return 1
  return refused || !ok ? 2 : 0
}

test('every capture of the folder is in the table, and at least 40 are', () => {
  expect(files.toSorted()).toEqual(Object.keys(ROWS).toSorted())
  expect(files.length).toBeGreaterThanOrEqual(40)
})

describe('check', () => {
  test.each(Object.entries(ROWS))('%s', async (file, row) => {
    const { ok = [], off = {}, refused, said } = row
    const { code, stdout, stderr } = await cli(['check', join(FOLDER, file)], { env: ENV })
    const requests = requestsOf(stdout)
    expect(requests.filter(({ isOk }) => isOk).map(({ at }) => at)).toEqual(ok)
    expect(requests.filter(({ isOk }) => !isOk).map(({ at }) => at)).toEqual(Object.keys(off).map(Number))
    for (const { at, lines } of requests.filter(({ isOk }) => !isOk)) expect(lines).toMatch(off[at] ?? /never/)
    if (refused) expect(stderr).toMatch(refused)
    else expect(stderr).toBe('')
    if (said) expect(stdout).toMatch(said)
    expect(code).toBe(exitCode(row))
    // Nothing of a capture may steer the terminal.
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  })
})

describe('check on standard input', () => {
  test.each(['curl-v/terminal-four-groups.txt', 'own/dry-run.txt', 'har/chrome.har', 'refused/archive.har.gz'])(
    'gives the same results: %s',
    async (file) => {
      const stdin = await readFile(join(ROOT, FOLDER, file))
      const piped = await cli(['check', '-'], { env: ENV, stdin })
      const direct = await cli(['check', join(FOLDER, file)], { env: ENV })
      const named = (text: string) => text.replaceAll(join(FOLDER, file), '-')
      expect(piped).toEqual({ code: direct.code, stdout: named(direct.stdout), stderr: named(direct.stderr) })
    },
  )
})

describe('verify-signature', () => {
  const verify = async (stdin: string | Uint8Array, ...args: string[]) =>
    cli(['verify-signature', ...args], { env: ENV, stdin })

  const readable = Object.entries(ROWS)
    .filter(([file, { ok, refused }]) => ok && !refused && !/rest-client/.test(file))
    .map(([file]) => file)
  test.each([...readable, 'own/sign.txt', 'own/sign.json'])('reads the headers of %s', async (file) => {
    const { code, stdout, stderr } = await verify(await readFile(join(ROOT, FOLDER, file)))
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^((\d+: )?The signature fits\.\n)+$/)
  })

  test.each([
    ['curl-v/wrong-secret.txt', 1, /^Signature: does not fit/],
    ['curl/missing-signature.sh', 1, /^Nonce: the header Nonce .*\nTimestamp: .*\nSignature: /],
  ])('says what is wrong in %s', async (file, code, words) => {
    const ended = await verify(await readFile(join(ROOT, FOLDER, file)))
    expect([ended.code, ended.stdout]).toEqual([code, expect.stringMatching(words)])
  })

  const headers = { 'App-Key': KEYS.appKey, Nonce: '14314', Timestamp: '1408710653000' }
  const signed = { ...headers, Signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f' }
  const lines = (write: (name: string, value: string) => string) =>
    Object.entries(signed)
      .map(([name, value]) => write(name, value))
      .join('\n')
  test.each([
    ['lines', lines((name, value) => `${name}: ${value}`)],
    ['lines of curl -v', lines((name, value) => `> ${name}: ${value}\r`)],
    ['flags of curl', lines((name, value) => `  -H '${name}: ${value}' \\`)],
    ['flags of curl.exe', lines((name, value) => `  -H "${name}: ${value}" ^\r`)],
    ['flags of curl in PowerShell', lines((name, value) => `  -H "${name}: ${value}" \`\r`)],
    ['long flags of curl', lines((name, value) => `  --header "${name}: ${value}" \\`)],
    ['the two lines of DevTools', lines((name, value) => `${name.toLowerCase()}:\n${value}`)],
    ['JSON', JSON.stringify(signed, null, 2)],
    ['an object of JavaScript', `const headers = {\n${lines((name, value) => `  '${name}': '${value}',`)}\n}`],
    ['a dict of Python', `headers = {\n${lines((name, value) => `    "${name}": "${value}",`)}\n}`],
    ['a dict that Python prints', `{${lines((name, value) => `'${name}': '${value}'`).replaceAll('\n', ', ')}}`],
    ['an array of PHP', `[${lines((name, value) => `'${name}' => '${value}',`)}]`],
    ['a table of PowerShell', `@{\n${lines((name, value) => `"${name}" = "${value}"`)}\n}`],
    ['calls of Go', lines((name, value) => `req.Header.Set("${name}", "${value}")`)],
    ['columns of a table', lines((name, value) => `${name}\t${value}`)],
    ['several on a line', lines((name, value) => `${name}: ${value}`).replaceAll('\n', ', ')],
    ['a JSON list', JSON.stringify(Object.entries(signed))],
    ['lines behind words of a person', `It does not work:\n${lines((name, value) => `${name}: ${value}`)}`],
  ])('reads %s', async (_name, stdin) => {
    expect(await verify(stdin)).toEqual({ code: 0, stdout: 'The signature fits.\n', stderr: '' })
  })

  test.each<[name: string, stdin: string]>([
    [
      'a curl command for the Windows command prompt',
      `curl ^"x^" ${lines((n, v) => `-H ^"${n}: ${v}^" ^\r`)}\n -d ^"a^"`,
    ],
    ['a list of names and values', JSON.stringify(Object.entries(signed).map(([name, value]) => ({ name, value })))],
    [
      'a list of keys and values',
      JSON.stringify(
        Object.entries(signed).map(([key, value]) => ({ key, value })),
        null,
        1,
      ),
    ],
    [
      'a list of bytes of Python',
      `[${lines((name, value) => `(b'${name.toLowerCase()}', b'${value}')`).replaceAll('\n', ', ')}]`,
    ],
    ['lines of Wireshark', lines((name, value) => `    ${name}: ${value}\\r\\n`)],
    [
      'bytes of Python on one line',
      `b'POST /x HTTP/1.1\\r\\n${lines((n, v) => `${n}: ${v}`).replaceAll('\n', '\\r\\n')}\\r\\n\\r\\n'`,
    ],
    ['a map that Go prints', `map[${lines((name, value) => `${name}:[${value}]`).replaceAll('\n', ' ')}]`],
    [
      'an object whose last line has no comma',
      `{\n${lines((n, v) => `  ${n.toLowerCase()}: '${v}',`).replace(/,$/, '')}\n}`,
    ],
    ['YAML', lines((name, value) => `${name}: "${value}"`)],
    [
      'a curl command whose body is a variable',
      `curl http://h/p ${lines((n, v) => `-H '${n}: ${v}' \\`)}\n -d "$BODY"`,
    ],
    ['a curl command whose body is a file', `curl http://h/p ${lines((n, v) => `-H '${n}: ${v}' \\`)}\n -d @x`],
    ['an editor, with a body from a file', `POST http://h/p\n${lines((n, v) => `${n}: ${v}`)}\n\n< ./x\n`],
    ['bytes, with a body in gzip', `POST /p HTTP/1.1\nContent-Encoding: gzip\n${lines((n, v) => `${n}: ${v}`)}\n\nx`],
    ['headers with those of the answer behind them', `${lines((n, v) => `${n}: ${v}`)}\n\nHTTP/1.1 401\nNonce: 5\n`],
  ])('reads what was sent in %s', async (_name, stdin) => {
    const wrong = stdin.replace('14314', '14315')
    expect([(await verify(stdin)).stdout, (await verify(wrong)).stdout]).toEqual([
      'The signature fits.\n',
      expect.stringMatching(/^Signature: does not fit/),
    ])
  })

  test('reads the headers of a HAR entry without its body', async () => {
    const request = { method: 'POST', url: 'http://h/p', bodySize: 100, headers: [] as object[] }
    request.headers = Object.entries(signed).map(([name, value]) => ({ name, value }))
    const stdin = JSON.stringify({ log: { entries: [{ request, response: { status: 401 } }] } })
    expect(await verify(stdin)).toEqual({ code: 0, stdout: 'The signature fits.\n', stderr: '' })
  })

  const otherTimestamp = (value: string, write = (name: string, text: string) => `${name}: ${text}`) =>
    lines((name, text) => write(name, name === 'Timestamp' ? value : text))
  test.each<[name: string, stdin: string, reason: string]>([
    [
      'a variable of a shell',
      `curl http://h/p ${otherTimestamp('$T', (n, v) => `-H "${n}: ${v}" \\`)}\n -d a`,
      'line 1: uses the variable $T',
    ],
    [
      'a variable of an editor',
      `POST http://h/p\n${otherTimestamp('{{t}}')}\n\na\n`,
      'line 1: uses the variable {{t}}',
    ],
    ['a variable among lines', otherTimestamp('$T'), 'line 3: has no value of Timestamp that can be read'],
    [
      'a variable of Python',
      `h = {\n${otherTimestamp('ts', (n, v) => `"${n}": ${v === 'ts' ? v : `"${v}"`},`)}\n}`,
      'line 4: has no value of Timestamp',
    ],
    [
      'a variable of JavaScript',
      `x = {\n${otherTimestamp('timestamp', (n, v) => `'${n}': ${v === 'timestamp' ? v : `'${v}'`},`)}\n}`,
      'line 4: has no value of Timestamp',
    ],
    ['a call', `x = { Timestamp: String(Date.now()), Nonce: '1' }`, 'line 1: has no value of Timestamp'],
    [
      'a property of that name',
      `x = {\n  Timestamp: timestamp,\n  Nonce: '1',\n}`,
      'line 2: has no value of Timestamp',
    ],
  ])('accuses nobody of a value that the text does not have: %s', async (_name, stdin, reason) => {
    const { code, stdout, stderr } = await verify(stdin)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: not verified: ${reason}`)
  })

  test.each(['Signature', 'Nonce', 'Timestamp'])('names quotes around one value: %s', async (quoted) => {
    const { code, stdout } = await verify(lines((name, value) => `${name}: ${name === quoted ? `"${value}"` : value}`))
    expect([code, stdout]).toEqual([1, expect.stringMatching(/quote|text like|13 digits|does not fit/)])
  })

  test.each([
    ['curl', `curl http://h/p ${lines((n, v) => `-H '${n}: ${v}' \\`)}\n -d a\ncurl http://h/p -H "Nonce: $N"\n`, 6],
    ['an editor', `POST http://h/p\n${lines((n, v) => `${n}: ${v}`)}\n\n###\nPOST http://h/p\nNonce: {{n}}\n`, 8],
  ])('says which of two calls it could not verify: %s', async (_name, stdin, line) => {
    const { code, stdout, stderr } = await verify(stdin)
    expect([code, stdout]).toEqual([2, 'The signature fits.\n'])
    expect(stderr).toMatch(new RegExp(`^error: not verified: line ${line}: uses the variable .*\\n$`))
    expect((await verify(stdin.replace('14314', '14315'))).code).toBe(1)
  })

  test('takes two blocks of headers for two calls', async () => {
    const one = lines((name, value) => `${name}: ${value}`)
    const unknown = await verify(`${one}\n\n${otherTimestamp('$T')}\n`)
    expect([unknown.code, unknown.stdout]).toEqual([2, 'The signature fits.\n'])
    expect(unknown.stderr).toBe('error: not verified: line 8: has no value of Timestamp that can be read\n')
    const { code, stdout } = await verify(`${one}\n\n${one.replace('14314', '14315')}\n`)
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^1: The signature fits\.\n6: Signature: does not fit/)])
  })

  test.each([
    ['nothing', ''],
    ['words', 'It does not work.\n'],
    ['other headers', 'Host: x\nAccept: */*\n'],
    ['other JSON', '{"a":1}'],
    ['a request without such headers', 'POST /x HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('says that no header was found in %s', async (_name, stdin) => {
    const { code, stdout, stderr } = await verify(stdin)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /No header found\. Standard input must have at least one of App-Key, Nonce, Timestamp, Signature, as lines "Name: value"/,
    )
  })

  test.each([
    [
      'curl.exe ^"https://x/^" ^\r\n -H ^"Accept: */*^"\r\n',
      'a curl command for the Windows command prompt; copy it for bash',
    ],
    ['Invoke-WebRequest -Uri "https://x/"\n', 'PowerShell; copy it as HAR or as curl'],
    ['curl https://x/ -H "$HEADER"\n', 'a request that uses the variable $HEADER, which only the shell knows'],
  ])('says why no header was found in %j', async (stdin, received) => {
    const { code, stderr } = await verify(stdin)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: No header found\. /)])
    expect(stderr).toContain(`. Received ${received}\n`)
  })

  test('names what is no text', async () => {
    const { code, stderr } = await verify(await readFile(join(ROOT, FOLDER, 'refused/archive.har.gz')))
    expect([code, stderr]).toEqual([2, expect.stringContaining('Received gzip; unpack it first')])
  })

  test('says which of several calls is wrong', async () => {
    const one = lines((name, value) => `${name}: ${value}`)
    const wrong = one.replace('14314', '14315')
    const stdin = `POST /a HTTP/1.1\n${one}\n\n###\nPOST /b HTTP/1.1\n${wrong}\n`
    const { code, stdout } = await verify(stdin)
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^1: The signature fits\.\n8: Signature: does not fit/)])
    const json = (await verify(stdin, '--json')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(json).toMatchObject([
      { at: 1, valid: true },
      { at: 8, valid: false },
    ])
  })
})
