/** Real sockets, one table: what the caller gets, and how many requests the servers counted, on which host. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import {
  type AttemptReport,
  type ClientOptions,
  createClient,
  createLimiter,
  type RongCloudError,
} from '../../src/index.js'

const KEYS = { appKey: 'k', appSecret: 'canary-app-secret' }
const FIELDS = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:note', content: 'x' } as const
const OK = '{"code":200,"messageUIDs":[{"groupId":"2","messageUID":"U"}]}'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Host {
  readonly url: string
  /** Requests that came, by the server's own count. */
  readonly log: string[]
  readonly stop: () => Promise<void>
}

/** What a server does with its nth request, from 0. */
type Behaviour = (n: number, ...args: Parameters<RequestListener>) => void

async function host(behaviour: Behaviour): Promise<Host> {
  const log: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('error', () => {})
    request.on('end', () => {
      log.push(body)
      behaviour(log.length - 1, request, response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  closing.push(stop)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log, stop }
}

const answers =
  (...all: readonly (readonly [number, string])[]): Behaviour =>
  (n, _request, response) => {
    const [status, body] = all[Math.min(n, all.length - 1)] as readonly [number, string]
    response.writeHead(status).end(body)
  }
const reset: Behaviour = (_n, request) => request.socket.resetAndDestroy()
const resetInside: Behaviour = (_n, request, response) => {
  response.writeHead(200, { 'content-length': '99' }).write('{"code"')
  setTimeout(() => request.socket.resetAndDestroy(), 20)
}
const hang: Behaviour = () => {}
const hangInside: Behaviour = (_n, _request, response) => void response.writeHead(200).write('{')
const trickle: Behaviour = (_n, request, response) => {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 30)
  request.socket.on('close', () => clearInterval(timer))
}
const good = answers([200, OK])
const limited = [429, '{"code":1008}'] as const

type Facts = Partial<Pick<RongCloudError, 'kind' | 'code' | 'status' | 'processed' | 'retryable' | 'attempts'>>

/** One row is one law of the policy: primary, backup, what comes of it, and the requests counted on each. */
const ROWS: readonly {
  readonly name: string
  readonly primary: Behaviour | 'down' | 'unknown'
  readonly gets: Facts | 'ok'
  readonly counted: readonly [number, number]
  /** The host that a later call goes to. */
  readonly later: 'primary' | 'backup'
  readonly options?: Partial<ClientOptions>
}[] = [
  { name: 'refused: goes to the backup', primary: 'down', gets: 'ok', counted: [0, 1], later: 'backup' },
  { name: 'unknown host: goes to the backup', primary: 'unknown', gets: 'ok', counted: [0, 1], later: 'backup' },
  {
    name: 'reset before the answer: given up',
    primary: reset,
    gets: { kind: 'network', processed: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'reset inside the body: given up',
    primary: resetInside,
    gets: { kind: 'network', processed: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'hangs before the headers: given up',
    primary: hang,
    gets: { kind: 'timeout', processed: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'primary',
    options: { timeout: 500 },
  },
  {
    name: 'hangs inside the body: given up',
    primary: hangInside,
    gets: { kind: 'timeout', processed: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'primary',
    options: { timeout: 500 },
  },
  {
    name: 'a very slow trickle: given up',
    primary: trickle,
    gets: { kind: 'timeout', processed: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'primary',
    options: { timeout: 500 },
  },
  {
    name: '429 once: goes again after a wait',
    primary: answers(limited, [200, OK]),
    gets: 'ok',
    counted: [2, 0],
    later: 'primary',
  },
  {
    name: '429 for ever: until the deadline',
    primary: answers(limited),
    gets: { kind: 'rate-limit', code: 1008, status: 429, processed: 'no', attempts: 2 },
    counted: [2, 0],
    later: 'primary',
    options: { deadline: 2_900 },
  },
  {
    name: '1008 with HTTP 200, once: goes again',
    primary: answers([200, '{"code":1008}'], [200, OK]),
    gets: 'ok',
    counted: [2, 0],
    later: 'primary',
  },
  {
    name: '500: given up',
    primary: answers([500, '{"code":1000}']),
    gets: { kind: 'api', status: 500, code: 1000, processed: 'unknown', retryable: true },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: '502 in HTML: given up',
    primary: answers([502, '<html>']),
    gets: { kind: 'api', status: 502, processed: 'unknown' },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: '504: given up',
    primary: answers([504, '{"code":1050}']),
    gets: { kind: 'api', code: 1050, processed: 'unknown' },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'an empty 200: given up',
    primary: answers([200, '']),
    gets: { kind: 'api', status: 200, processed: 'unknown' },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: 'half of the JSON: given up',
    primary: answers([200, '{"code":2']),
    gets: { kind: 'api', status: 200, processed: 'unknown' },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: '1004 with HTTP 200: thrown',
    primary: answers([200, '{"code":1004}']),
    gets: { kind: 'api', code: 1004, processed: 'no', retryable: false },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: '401: thrown, and no reason to switch',
    primary: answers([401, '{"code":1004}']),
    gets: { kind: 'api', status: 401, processed: 'no', retryable: false },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: '200 without messageUIDs: fine',
    primary: answers([200, '{"code":200}']),
    gets: 'ok',
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: 'a redirect: not followed',
    primary: (_n, _request, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    gets: { kind: 'api', status: 307, processed: 'unknown', retryable: false },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: 'retry false, refused: thrown at once',
    primary: 'down',
    gets: { kind: 'network', processed: 'no', retryable: true, attempts: 1 },
    counted: [0, 0],
    later: 'backup',
    options: { retry: false },
  },
  {
    name: 'retry false, 429: thrown at once',
    primary: answers(limited),
    gets: { kind: 'rate-limit', attempts: 1 },
    counted: [1, 0],
    later: 'primary',
    options: { retry: false },
  },
  {
    name: 'at-least-once, reset: goes to the backup',
    primary: reset,
    gets: 'ok',
    counted: [1, 1],
    later: 'backup',
    options: { retry: 'at-least-once' },
  },
  {
    name: 'at-least-once, 500: goes to the backup',
    primary: answers([500, '']),
    gets: 'ok',
    counted: [1, 1],
    later: 'backup',
    options: { retry: 'at-least-once' },
  },
  {
    name: 'at-least-once, 400: thrown',
    primary: answers([400, '{"code":1002}']),
    gets: { kind: 'api', attempts: 1 },
    counted: [1, 0],
    later: 'primary',
    options: { retry: 'at-least-once' },
  },
]

describe('the policy', () => {
  test.each(ROWS)('$name', async ({ primary, gets, counted, later, options }) => {
    const first = await host(typeof primary === 'string' ? good : primary)
    const second = await host(good)
    if (primary === 'down') await first.stop()
    const url = primary === 'unknown' ? 'http://no-such-host.invalid' : first.url
    const reports: AttemptReport[] = []
    const client = createClient({
      ...KEYS,
      baseUrl: [url, second.url],
      onAttempt: (one) => reports.push(one),
      ...options,
    })
    const { data, error } = await client.safe.sendGroupStatusMessage(FIELDS)
    if (gets === 'ok') expect(error).toBeUndefined()
    else expect(error).toMatchObject(gets)
    expect(data === undefined).toBe(gets !== 'ok')
    expect([first.log.length, second.log.length]).toEqual(counted)

    // At most once, by the servers' own logs: of all requests that came, all but one were refused by the rate limit.
    const refused = reports.filter(({ outcome }) => outcome === 'rate-limit').length
    if (options?.retry !== 'at-least-once') {
      expect(first.log.length + second.log.length - refused).toBeLessThanOrEqual(1)
    }
    expect(JSON.stringify([reports, error])).not.toContain('canary')
    expect(new Set(reports.map(({ requestId }) => requestId)).size).toBe(1)
    expect(reports.map(({ attempt }) => attempt)).toEqual(reports.map((_, i) => i + 1))

    const before = second.log.length
    await client.safe.sendGroupStatusMessage(FIELDS, { timeout: 200, deadline: 400 })
    expect(second.log.length > before ? 'backup' : 'primary').toBe(later)
  })

  test('each attempt signs anew and keeps the request id', async () => {
    const seen: { nonce: unknown; id: unknown }[] = []
    const server = await host((n, { headers }, response) => {
      seen.push({ nonce: headers['nonce'], id: headers['x-request-id'] })
      response.writeHead(n === 0 ? 429 : 200).end(n === 0 ? '{"code":1008}' : OK)
    })
    await createClient({ ...KEYS, baseUrl: server.url, retry: 'not-processed' }).sendGroupStatusMessage(FIELDS)
    expect(seen).toHaveLength(2)
    expect(seen[0]?.nonce).not.toBe(seen[1]?.nonce)
    expect(seen[0]?.id).toBe(seen[1]?.id)
  })

  test('both hosts down: says so, having tried each once', async () => {
    const [first, second] = [await host(good), await host(good)]
    await Promise.all([first.stop(), second.stop()])
    const client = createClient({ ...KEYS, baseUrl: [first.url, second.url] })
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
    expect(error).toMatchObject({
      kind: 'network',
      processed: 'no',
      attempts: 2,
      retryable: true,
      host: new URL(second.url).host,
    })
  })

  test('an attempt that is unknown stays in the error, whatever follows', async () => {
    const [first, second] = [await host(reset), await host(good)]
    await second.stop()
    const client = createClient({ ...KEYS, baseUrl: [first.url, second.url], retry: 'at-least-once' })
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
    expect(error).toMatchObject({ processed: 'unknown' })
  })

  test('at-least-once ends after three attempts that may have been processed', async () => {
    const server = await host(reset)
    const client = createClient({ ...KEYS, baseUrl: server.url, retry: 'at-least-once' })
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({
      attempts: 3,
      processed: 'unknown',
    })
    expect(server.log).toHaveLength(3)
  })
})

describe('time', () => {
  test('the deadline covers the line, and is refused at once with the wait it would have needed', async () => {
    const server = await host(good)
    const client = createClient({ ...KEYS, baseUrl: server.url, deadline: 900 })
    const calls = Array.from({ length: 21 }, () => client.safe.sendGroupStatusMessage(FIELDS))
    const started = performance.now()
    const late = await client.safe.sendGroupStatusMessage(FIELDS)
    expect(performance.now() - started).toBeLessThan(100)
    expect(late.error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: 0, retryable: true })
    expect(late.error?.wait).toBeGreaterThan(450)
    await Promise.all(calls)
    expect(server.log.length).toBeLessThanOrEqual(20)
  })

  test('maxWait of one call is shorter than the deadline', async () => {
    const server = await host(good)
    const client = createClient({ ...KEYS, baseUrl: server.url })
    await client.sendGroupStatusMessage(FIELDS)
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS, { maxWait: 10 })
    expect(error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: 0 })
  })

  test('the deadline cuts an attempt', async () => {
    const server = await host(hang)
    const client = createClient({ ...KEYS, baseUrl: server.url, timeout: 5_000, deadline: 100 })
    const started = performance.now()
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({
      kind: 'timeout',
      processed: 'unknown',
    })
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('the signal ends the wait in line, and the wait after a 429', async () => {
    const server = await host(answers(limited))
    const reason = new Error('enough')
    for (const limiter of [undefined, false] as const) {
      const client = createClient({ ...KEYS, baseUrl: server.url, limiter })
      const controller = new AbortController()
      setTimeout(() => controller.abort(reason), 200)
      const started = performance.now()
      const { error } = await client.safe.sendGroupStatusMessage(FIELDS, { signal: controller.signal })
      expect(performance.now() - started).toBeLessThan(600)
      expect(error).toMatchObject({ kind: 'aborted', cause: reason })
      expect(error?.message).toBe('sendGroupStatusMessage: aborted by the caller')
    }
  })

  test('a 429 ends at once the wait of those whose deadline it passes', async () => {
    const server = await host(answers(limited, [200, OK]))
    const limiter = createLimiter({ limit: 1, period: 500 })
    const client = createClient({ ...KEYS, baseUrl: server.url, retry: false, limiter })
    const started = performance.now()
    const [first, second] = await Promise.all([
      client.safe.sendGroupStatusMessage({ ...FIELDS, toGroupId: ['1'] }),
      client.safe.sendGroupStatusMessage({ ...FIELDS, toGroupId: ['1'] }, { deadline: 800 }),
    ])
    expect(performance.now() - started).toBeLessThan(500)
    expect(first.error).toMatchObject({ status: 429, attempts: 1 })
    expect(second.error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: 0 })
    expect(server.log).toHaveLength(1)
  })

  test('a 429 pushes the turn of everyone', async () => {
    const server = await host(answers(limited, [200, OK]))
    const client = createClient({ ...KEYS, baseUrl: server.url, retry: false })
    await client.safe.sendGroupStatusMessage(FIELDS)
    const started = performance.now()
    await client.sendGroupStatusMessage(FIELDS)
    expect(performance.now() - started).toBeGreaterThan(900)
  })
})

describe('connections', () => {
  test('are asked to close at every 79th use: none sees 80', async () => {
    const uses = new Map<unknown, number>()
    const server = await host((_n, { socket }, response) => {
      uses.set(socket, (uses.get(socket) ?? 0) + 1)
      response.end(OK)
    })
    const client = createClient({ ...KEYS, baseUrl: server.url, limiter: false })
    for (let i = 0; i < 200; i++) await client.sendGroupStatusMessage(FIELDS)
    const counts = [...uses.values()]
    expect(counts.reduce((sum, one) => sum + one)).toBe(200)
    expect(Math.max(...counts)).toBeLessThan(80)
    expect(counts.length).toBeGreaterThanOrEqual(3)
  })
})

describe('onAttempt', () => {
  test('gets plain data of each attempt', async () => {
    const server = await host(answers(limited, [200, OK]))
    const reports: AttemptReport[] = []
    const client = createClient({ ...KEYS, baseUrl: server.url, onAttempt: (one) => reports.push(one) })
    await client.sendGroupStatusMessage(FIELDS, { requestId: 'r' })
    const { host: at } = new URL(server.url)
    const common = { operation: 'sendGroupStatusMessage', requestId: 'r', host: at, duration: expect.any(Number) }
    expect(reports).toEqual([
      { ...common, attempt: 1, wait: expect.any(Number), outcome: 'rate-limit', status: 429, code: 1008 },
      { ...common, attempt: 2, wait: expect.any(Number), outcome: 'ok', status: 200, code: undefined },
    ])
    expect(reports[1]?.wait).toBeGreaterThan(900)
  })
})
