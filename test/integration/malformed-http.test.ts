/** What no client should send, byte by byte over raw sockets: refused, survived, and the next good request is answered. */
import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../support/project-copy.js'
import { form, KEYS, PAIRS, PATH, signedHeaders } from '../support/raw-request.js'

interface State {
  readonly megabytes: number
  readonly sockets: number
  readonly violations: readonly string[]
}

let child: ChildProcess
let port: number
let exited = false
const told = <T>(): Promise<T> => new Promise((done) => child.once('message', (message) => done(message as T)))

/** How the server is; it forgets its calls afterwards. */
async function state(): Promise<State> {
  const answer = told<State>()
  child.send('state')
  return answer
}

beforeAll(async () => {
  const options = { execArgv: ['--expose-gc', '--max-old-space-size=256'] }
  child = fork(join(ROOT, 'test/integration/malformed-http/server.mjs'), Object.values(KEYS), options)
  child.on('exit', () => {
    exited = true
  })
  ;({ port } = await told<{ port: number }>())
})
afterAll(() => child.disconnect())
beforeEach(() => state())

interface Manner {
  /** Closes its own direction after the last byte, and goes on listening. */
  readonly fin?: boolean
  /** Still sends when the server closes, and may lose the answer. */
  readonly mayReset?: boolean
  /** Milliseconds between the chunks. */
  readonly pause?: number
}

/** Writes bytes (as Latin-1) and gives what comes back until the server closes, or has been silent for a second. */
function talk(bytes: string | readonly string[], { fin = false, pause = 0 }: Manner = {}): Promise<string> {
  return new Promise((done) => {
    let text = ''
    const listen = () =>
      socket.on('data', (data) => {
        text += data.toString('latin1')
      })
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, async () => {
      for (const chunk of [bytes].flat()) {
        if (socket.destroyed || socket.readableEnded) break
        if (!socket.write(chunk, 'latin1'))
          await Promise.race([new Promise((next) => socket.once('drain', next)), wait(1_000)])
        if (pause) await wait(pause)
      }
      if (fin) socket.end()
      socket.setTimeout(3_000, () => socket.destroy())
    })
    listen()
    socket
      .on('end', () => socket.end())
      .on('error', () => {})
      .on('close', () => done(text))
  })
}

const SIGNED = Object.entries(signedHeaders({ timestamp: '1408710653000' })).map(
  ([name, value]) => `${name}: ${value}\r\n`,
)
const BODY = form(PAIRS)
const head = (...more: string[]) =>
  [`POST ${PATH} HTTP/1.1\r\nHost: x\r\n`, ...SIGNED, ...more.map((line) => `${line}\r\n`), '\r\n'].join('')
const CLOSE = 'Connection: close'
const post = (body = BODY, ...more: string[]) => head(...more, `Content-Length: ${body.length}`) + body
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const CHUNKED = 'Transfer-Encoding: chunked'

/** A good request by Node's HTTP client, on a connection of its own. */
function byNode(): Promise<string> {
  const agent = new Agent({ maxSockets: 1 })
  const options = {
    port,
    host: '127.0.0.1',
    path: PATH,
    method: 'POST',
    headers: signedHeaders(),
    agent,
    timeout: 5_000,
  }
  return new Promise<string>((done, fail) => {
    const request = httpRequest(options, (response) => textOf(response).then(done, fail))
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')))
    request.on('error', fail).end(BODY)
  }).finally(() => agent.destroy())
}

/** The same by hand: bytes over a raw socket, and the body of the answer cut out of the bytes that come back. */
async function byHand(): Promise<string> {
  const answer = await talk(post(BODY, CLOSE))
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  return answer.slice(answer.indexOf('\r\n\r\n'))
}

/** A good request is answered, by two clients in turn. */
let answered = 0
async function isAnswered(): Promise<void> {
  const answer = await (answered++ % 2 === 0 ? byNode() : byHand())
  expect(JSON.parse(answer)).toMatchObject({ code: 200, messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }] })
  expect(exited).toBe(false)
}

const MEGABYTES = 10
/** Pairs up to the longest body that the server takes. */
const pairs = (one: (i: number) => string) => {
  let body = one(0)
  for (let i = 1; body.length < 1_048_000; i++) body += `&${one(i)}`
  return body.slice(0, 1_048_576)
}

interface Attack {
  readonly name: string
  readonly bytes: string | readonly string[]
  readonly manner?: Manner
  /** 0: the connection is closed without an answer. */
  readonly status: number
  /** Code in the vendor's error body; `null` where HTTP was too broken for one. */
  readonly code: number | null
  /** The first violation that the mock noted. */
  readonly violation?: string | RegExp
}

const attack = (
  name: string,
  bytes: Attack['bytes'],
  [status, code]: readonly [number, number | null],
  violation?: string | RegExp,
  manner: Manner = {},
): Attack => ({ name, bytes, status, code, manner, ...(violation === undefined ? {} : { violation }) })

const WITHOUT_BODY = 'body: form fields, got an empty body'
const TOO_LONG = 'body: a body of at most 1048576 bytes, got a longer one'
const get = (line: string, ...more: string[]) => `${line}\r\nHost: x\r\n${[...more, CLOSE].join('\r\n')}\r\n\r\n`

const BODIES: readonly Attack[] = [
  attack('10 MB', post('x'.repeat(MEGABYTES * 1e6), CLOSE), [400, 1005], TOO_LONG),
  attack(
    '10 MB in chunks',
    [head(CHUNKED, CLOSE), ...Array<string>(MEGABYTES * 10).fill(chunk('x'.repeat(1e5))), '0\r\n\r\n'],
    [400, 1005],
    TOO_LONG,
  ),
  attack(
    'a list of 1 000',
    post(Array(1_000).fill('toGroupId=a').join('&'), CLOSE),
    [400, 1002],
    /fromUserId: required/,
  ),
  attack(
    'a field 1 000 times',
    post(`${BODY}${'&fromUserId=x'.repeat(1_000)}`, CLOSE),
    [400, 1002],
    'fromUserId: one value, got 1001',
  ),
  attack('an unknown field 1 000 times', post(`${BODY}${'&x=y'.repeat(1_000)}`, CLOSE), [200, 200]),
  attack(
    'a list as long as fits',
    post(
      pairs((i) => `toGroupId=${i}`),
      CLOSE,
    ),
    [400, 1002],
    /fromUserId: required/,
  ),
  attack(
    'names as many as fit',
    post(
      pairs((i) => i.toString(36)),
      CLOSE,
    ),
    [400, 1002],
    /fromUserId: required/,
  ),
  attack(
    'wrong escapes as many as fit',
    post(
      pairs(() => '%zz'),
      CLOSE,
    ),
    [400, 1002],
    'body: percent escapes of UTF-8, got "%zz"',
  ),
  attack('a value as long as fits', post(`${BODY}&x=${'y'.repeat(1_000_000)}`, CLOSE), [200, 200]),
  attack(
    'a number as long as fits',
    post(`${form(PAIRS.slice(0, -1))}&isIncludeSender=${'9'.repeat(1_000_000)}`, CLOSE),
    [400, 1002],
    /^isIncludeSender: an integer, got "9{39}…$/,
  ),
  attack(
    'a name as long as fits, with a wrong value',
    post(`${'n'.repeat(1_000_000)}=%zz`, CLOSE),
    [400, 1002],
    /^n{64}…: percent escapes of UTF-8, got "n{40}…"$/,
  ),
  attack(
    'a name as long as fits',
    post(`${'n'.repeat(1_000_000)}%zz=1`, CLOSE),
    [400, 1002],
    /^body: percent escapes of UTF-8, got "n{40}…"$/,
  ),
  attack(
    'names of prototypes',
    post(`__proto__=1&__proto__=2&constructor=3&toString=4&hasOwnProperty=5&${BODY}`, CLOSE),
    [200, 200],
  ),
  attack(
    'names of prototypes alone',
    post('__proto__[toGroupId]=1&constructor.prototype=2', CLOSE),
    [400, 1002],
    /required/,
  ),
  attack('wrong escapes', post(`${BODY}&fromUserId=%zz`, CLOSE), [400, 1002], /^fromUserId: percent escapes of UTF-8/),
  attack('an escape that is cut off', post(`${BODY}&x=%E4%B`, CLOSE), [400, 1002], /^x: percent escapes of UTF-8/),
  attack(
    'a surrogate half in escapes',
    post(`${BODY}&x=%ED%A0%80`, CLOSE),
    [400, 1002],
    /^x: percent escapes of UTF-8/,
  ),
  attack(
    'bytes that are no UTF-8',
    post(`${BODY}&x=\xff\xfe`, CLOSE),
    [400, 1002],
    /^x: percent escapes .*got "x=%ff%fe"$/,
  ),
  attack('NUL bytes, raw and escaped', post(`${BODY}&x=a\0b%00`, CLOSE), [200, 200]),
  attack(
    'JSON nested deep',
    post(`fromUserId=1&toGroupId=2&objectName=RC:CmdMsg&content=${'['.repeat(100_000)}`, CLOSE),
    [400, 1002],
    `content: the JSON of RC:CmdMsg, got text that is not JSON: "${'['.repeat(39)}…`,
  ),
  attack(
    'JSON nested deep, and well-formed',
    post(`fromUserId=1&toGroupId=2&objectName=RC:CmdMsg&content=${'['.repeat(60_000)}${']'.repeat(60_000)}`, CLOSE),
    [400, 1002],
    /^content: /,
  ),
  attack(
    'JSON with a long key, which a violation names',
    post(
      `fromUserId=1&toGroupId=2&objectName=RC:IWStatusMsg&content={"msgType":"a","msgFields":{"${'k'.repeat(30_000)}":1}}`,
      CLOSE,
    ),
    [400, 1002],
    /^content\.msgFields\.k{64}…: a string, got 1$/,
  ),
]

const FRAMING: readonly Attack[] = [
  attack('a body without a length', head(CLOSE) + BODY, [400, null], WITHOUT_BODY),
  attack('a body without a length, on a connection to be kept', head() + BODY, [400, null], WITHOUT_BODY),
  attack('a good chunked body', head(CHUNKED, CLOSE) + chunk(BODY) + chunk(''), [200, 200]),
  attack('a chunk of a wrong size', `${head(CHUNKED)}zz\r\n${BODY}\r\n${chunk('')}`, [400, null]),
  attack('a chunk of an impossible size', `${head(CHUNKED)}fffffffffffffffff\r\n${BODY}`, [400, null]),
  attack('a chunk longer than it said', `${head(CHUNKED)}3\r\nabcdef\r\n${chunk('')}`, [400, null]),
  attack(
    'an endless chunk extension',
    [`${head(CHUNKED)}1;`, ...Array<string>(100).fill('a'.repeat(1_000))],
    [413, null],
    undefined,
    { mayReset: true },
  ),
  attack('chunks that end in the middle', head(CHUNKED) + chunk(BODY), [400, null], undefined, { fin: true }),
  attack('both lengths', head(CHUNKED, `Content-Length: ${BODY.length}`) + chunk(BODY) + chunk(''), [400, null]),
  attack('two lengths', `${head('Content-Length: 1', 'Content-Length: 2')}ab`, [400, null]),
  attack('a negative length', head('Content-Length: -1'), [400, null]),
  attack('an impossible length', head(`Content-Length: ${'9'.repeat(30)}`), [400, null]),
  attack('chunked twice', head('Transfer-Encoding: chunked, chunked') + chunk(''), [400, null]),
  attack('an unknown transfer encoding', head('Transfer-Encoding: gzip') + BODY, [400, null]),
  attack('a half-closed socket behind a whole request', post(BODY), [200, 200], undefined, { fin: true }),
  attack('a half-closed socket inside a body', `${head('Content-Length: 99')}abc`, [400, null], undefined, {
    fin: true,
  }),
  attack(
    'a half-closed offer to upgrade',
    `${head('Content-Length: 99', 'Connection: upgrade', 'Upgrade: websocket')}abc`,
    [0, null],
    undefined,
    { fin: true },
  ),
  attack('a half-closed socket inside a header', 'POST / HTTP/1.1\r\nHo', [400, null], undefined, { fin: true }),
]

const LINES: readonly Attack[] = [
  attack('headers over 16 KiB', head(`X: ${'y'.repeat(20_000)}`), [431, null]),
  attack(
    'thousands of headers in front of those that sign',
    post().replace('Host: x\r\n', `Host: x\r\n${'a:\r\n'.repeat(2_500)}${CLOSE}\r\n`),
    [400, 1003],
    /^Content-Type: .*, got nothing$/,
  ),
  attack('headers with names of prototypes', post(BODY, '__proto__: x', 'constructor: y', CLOSE), [200, 200]),
  attack('a NUL byte in a header', post(BODY, 'X: a\0b'), [400, null]),
  attack('a NUL byte in the path', post().replace(PATH, `${PATH}\0`), [400, null]),
  attack('a folded header', post(BODY, 'X: a\r\n b', CLOSE), [400, null]),
  attack('a space in front of a colon', post(BODY, 'X : a', CLOSE), [400, null]),
  attack('line feeds alone', post().replaceAll('\r\n', '\n'), [400, null]),
  attack('no host', post().replace('Host: x\r\n', ''), [400, null]),
  attack('a whole URL as the target', post(BODY, CLOSE).replace(PATH, `http://api.rong-api.com${PATH}`), [200, 200]),
  attack(
    'a target that is no URL',
    post(BODY, CLOSE).replace(PATH, `http://[x${PATH}`),
    [404, 404],
    /^path: .*, got http:\/\/\[x/,
  ),
  attack(
    'a long path',
    post(BODY, CLOSE).replace(PATH, `/${'x'.repeat(14_000)}`),
    [404, 404],
    /^path: .*, got \/x{99}…$/,
  ),
  attack('a path of escapes', post(BODY, CLOSE).replace(PATH, '/%zz/%2e%2e/%00'), [404, 404], /^path: /),
  attack('an asterisk', get('OPTIONS * HTTP/1.1'), [404, 404], /^path: .*, got \*$/),
  attack('an unknown method', get('FOO / HTTP/1.1'), [400, null]),
  attack('CONNECT', get('CONNECT api.rong-api.com:443 HTTP/1.1'), [0, null]),
  attack('CONNECT to the path of an operation', get(`CONNECT ${PATH} HTTP/1.1`), [0, null]),
  attack(
    'an upgrade to a web socket',
    get('GET / HTTP/1.1', 'Upgrade: websocket', 'Connection: upgrade'),
    [404, 404],
    /^path: /,
  ),
  attack(
    "an upgrade to HTTP/2, as Java's client offers it",
    post(BODY, 'Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAEAAEAAAAIAAAAB'),
    [200, 200],
  ),
  attack('HTTP/2 right away', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, null]),
  attack('TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400, null]),
  attack('an unknown version', post().replace('HTTP/1.1', 'HTTP/9.9'), [400, null]),
  attack('HTTP/1.0', post().replace('HTTP/1.1', 'HTTP/1.0').replace('Host: x\r\n', ''), [200, 200]),
  attack('an expectation of 100', post(BODY, 'Expect: 100-continue', CLOSE), [100, 200]),
  attack('another expectation', post(BODY, 'Expect: cookies', CLOSE), [417, null]),
]

const SLOW: readonly Attack[] = [
  attack('nothing at all', '', [408, null]),
  attack('empty lines', '\r\n'.repeat(1_000), [408, null]),
  attack(
    'headers byte by byte',
    [...get('GET / HTTP/1.1', ...Array<string>(50).fill('a: b'))],
    [408, null],
    undefined,
    { pause: 40 },
  ),
  attack('a body byte by byte', [head('Content-Length: 100'), ...'x'.repeat(99)], [408, null], undefined, {
    pause: 40,
  }),
]

describe.each([
  ['body', BODIES],
  ['framing', FRAMING],
  ['line', LINES],
  ['pace', SLOW],
] as const)('a malformed %s', (_name, attacks) => {
  test.each(attacks)('$name', async ({ bytes, manner, status, code, violation }) => {
    const text = await talk(bytes, manner)
    if (text !== '' || !manner?.mayReset)
      expect(text).toMatch(status === 0 ? /^$/ : new RegExp(`^HTTP/1\\.1 ${status} `))
    // What clients take at most.
    expect(text.indexOf('\r\n\r\n')).toBeLessThan(8_000)
    if (code === null) expect(text).not.toContain('{')
    else expect(JSON.parse(text.slice(text.lastIndexOf('\r\n\r\n')))).toMatchObject({ code })
    const { violations } = await state()
    if (violation === undefined) expect(violations).toEqual([])
    else expect(violations[0]).toMatch(violation)
    await isAnswered()
  })
})

describe('many at once', () => {
  test('pipelined requests are answered one by one, in order', async () => {
    const requests = Array.from({ length: 50 }, (_, i) =>
      post(BODY.replace('2193', `g${i}`), ...(i === 49 ? [CLOSE] : [])),
    )
    const text = await talk(requests.join(''))
    expect([...text.matchAll(/"groupId":"(g\d+)"/g)].map(([, id]) => id)).toEqual(requests.map((_, i) => `g${i}`))
    await isAnswered()
  })

  test('garbage behind a good request ends the connection, and nothing else', async () => {
    const text = await talk(`${post()}GARBAGE\0\r\n\r\n`)
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
    await isAnswered()
  })

  test('headers without end are cut off', async () => {
    const lines = (count: number) => [head().slice(0, -2), ...Array<string>(count).fill(`a: ${'y'.repeat(1_000)}\r\n`)]
    // A client that still sends when the server closes may lose the answer.
    for (const count of [40, 5_000]) expect(await talk(lines(count))).toMatch(/^(HTTP\/1\.1 431 |$)/)
    await isAnswered()
  })

  test('hundreds of slow and silent sockets hold nobody up, and are closed', async () => {
    const { sockets: before } = await state()
    const open: Socket[] = []
    for (let i = 0; i < 300; i++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      if (i % 3 === 1) socket.write('POST / HTTP/1.1\r\nHost: x\r\n')
      if (i % 3 === 2) socket.write(head('Content-Length: 99'))
      open.push(socket)
    }
    const closed = open.map((socket) => new Promise((done) => socket.resume().on('close', done)))
    await isAnswered()
    await Promise.all(closed)
    expect((await state()).sockets).toBeLessThanOrEqual(before)
  })

  test('clients that reset their connections at any moment do no harm', async () => {
    const whole = post()
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const socket = connect(port, '127.0.0.1').on('error', () => {})
        socket.write(whole.slice(0, Math.ceil((whole.length * (i + 1)) / 200)))
        await wait(i % 7)
        socket.resetAndDestroy()
      }),
    )
    await isAnswered()
  })
})

describe('memory', () => {
  test('does not grow with what is sent, whatever it is', { timeout: 120_000 }, async () => {
    const large = BODIES.filter(({ bytes }) => [bytes].flat().join('').length > 500_000)
    expect(large.length).toBeGreaterThanOrEqual(6)
    for (const { bytes } of large) await talk(bytes)
    await isAnswered()
    const { megabytes: before } = await state()
    for (const { bytes } of large) for (let i = 0; i < 6; i++) await talk(bytes)
    await isAnswered()
    const { megabytes: after } = await state()
    // Over 150 MB have gone through.
    expect(after - before).toBeLessThan(3)
  })
})
