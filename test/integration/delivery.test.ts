/** Real sockets, one table: what the caller gets, and how many requests the servers counted, on which host. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
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
const raise = (error: Error): never => {
  throw error
}
const limited = [429, '{"code":1008}'] as const

type Facts = Partial<Pick<RongCloudError, 'kind' | 'code' | 'status' | 'sent' | 'retryable' | 'attempts'>>

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
    gets: { kind: 'network', sent: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'reset inside the body: given up',
    primary: resetInside,
    gets: { kind: 'network', sent: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'hangs before the headers: given up',
    primary: hang,
    gets: { kind: 'timeout', sent: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
    options: { timeout: 100 },
  },
  {
    name: 'hangs inside the body: given up',
    primary: hangInside,
    gets: { kind: 'timeout', sent: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
    options: { timeout: 100 },
  },
  {
    name: 'a very slow trickle: given up',
    primary: trickle,
    gets: { kind: 'timeout', sent: 'unknown', attempts: 1 },
    counted: [1, 0],
    later: 'backup',
    options: { timeout: 150 },
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
    gets: { kind: 'rate-limit', code: 1008, status: 429, sent: 'no', attempts: 3 },
    counted: [3, 0],
    later: 'primary',
    options: { deadline: 3_000 },
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
    gets: { kind: 'api', status: 500, code: 1000, sent: 'unknown', retryable: true },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: '502 in HTML: given up',
    primary: answers([502, '<html>']),
    gets: { kind: 'api', status: 502, sent: 'unknown' },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: '504: given up',
    primary: answers([504, '{"code":1050}']),
    gets: { kind: 'api', code: 1050, sent: 'unknown' },
    counted: [1, 0],
    later: 'backup',
  },
  {
    name: 'an empty 200: given up',
    primary: answers([200, '']),
    gets: { kind: 'api', status: 200, sent: 'unknown' },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: 'half of the JSON: given up',
    primary: answers([200, '{"code":2']),
    gets: { kind: 'api', status: 200, sent: 'unknown' },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: '1004 with HTTP 200: thrown',
    primary: answers([200, '{"code":1004}']),
    gets: { kind: 'api', code: 1004, sent: 'no', retryable: false },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: '401: thrown, and no reason to switch',
    primary: answers([401, '{"code":1004}']),
    gets: { kind: 'api', status: 401, sent: 'no', retryable: false },
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
    gets: { kind: 'api', status: 307, sent: 'unknown', retryable: false },
    counted: [1, 0],
    later: 'primary',
  },
  {
    name: 'retry false, refused: thrown at once',
    primary: 'down',
    gets: { kind: 'network', sent: 'no', retryable: true, attempts: 1 },
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
    await createClient({ ...KEYS, baseUrl: server.url, retry: 'never-sent' }).sendGroupStatusMessage(FIELDS)
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
      sent: 'no',
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
    expect(error).toMatchObject({ sent: 'unknown' })
  })

  test('at-least-once ends after three attempts that may have been processed', async () => {
    const server = await host(reset)
    const client = createClient({ ...KEYS, baseUrl: server.url, retry: 'at-least-once' })
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({ attempts: 3, sent: 'unknown' })
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
    expect(late.error).toMatchObject({ kind: 'rate-limit', sent: 'no', attempts: 0, retryable: true })
    expect(late.error?.wait).toBeGreaterThan(900)
    await Promise.all(calls)
    expect(server.log.length).toBeLessThanOrEqual(20)
  })

  test('maxWait of one call is shorter than the deadline', async () => {
    const server = await host(good)
    const client = createClient({ ...KEYS, baseUrl: server.url })
    await client.sendGroupStatusMessage(FIELDS)
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS, { maxWait: 10 })
    expect(error).toMatchObject({ kind: 'rate-limit', sent: 'no', attempts: 0 })
  })

  test('the deadline cuts an attempt', async () => {
    const server = await host(hang)
    const client = createClient({ ...KEYS, baseUrl: server.url, timeout: 5_000, deadline: 100 })
    const started = performance.now()
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({ kind: 'timeout', sent: 'unknown' })
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
    expect(second.error).toMatchObject({ kind: 'rate-limit', sent: 'no', attempts: 0 })
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

  test('are asked to close when they were idle for 55 seconds', async () => {
    const headers: unknown[] = []
    const fetch = async (_url: unknown, init: RequestInit = {}) => {
      headers.push(new Headers(init.headers).get('connection'))
      return new Response(OK)
    }
    vi.useFakeTimers()
    const client = createClient({ ...KEYS, baseUrl: 'http://x', limiter: false, fetch })
    await client.sendGroupStatusMessage(FIELDS)
    vi.advanceTimersByTime(54_000)
    await client.sendGroupStatusMessage(FIELDS)
    vi.advanceTimersByTime(55_000)
    await client.sendGroupStatusMessage(FIELDS)
    vi.useRealTimers()
    expect(headers).toEqual([null, null, 'close'])
  })
})

test('after a switch the client stays for 30 seconds, then goes round again', async () => {
  vi.useFakeTimers()
  const called: string[] = []
  const client = createClient({
    ...KEYS,
    baseUrl: ['http://a', 'http://b'],
    limiter: false,
    fetch: async (url) => {
      called.push(new URL(String(url)).host)
      return new Response('', { status: 500 })
    },
  })
  await client.safe.sendGroupStatusMessage(FIELDS)
  await client.safe.sendGroupStatusMessage(FIELDS)
  await client.safe.sendGroupStatusMessage(FIELDS)
  vi.advanceTimersByTime(30_000)
  await client.safe.sendGroupStatusMessage(FIELDS)
  await client.safe.sendGroupStatusMessage(FIELDS)
  vi.useRealTimers()
  expect(called).toEqual(['a', 'b', 'b', 'b', 'a'])
})

describe('on a fake clock, by a script of answers', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const lost = () => Promise.reject(new Error('reset'))
  const refusedConnection = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
  const gives = (status: number, body = '') => Promise.resolve(new Response(body, { status }))

  /** A client of two hosts, and which of them was called when; the last step stays. */
  function scripted(steps: readonly (() => Promise<Response>)[], options: Partial<ClientOptions> = {}) {
    const called: string[] = []
    const start = performance.now()
    const fetch = (url: unknown) => {
      called.push(`${new URL(String(url)).host} ${performance.now() - start}`)
      return (steps[called.length - 1] ?? (steps.at(-1) as () => Promise<Response>))()
    }
    const baseUrl = ['http://a', 'http://b'] as const
    const client = createClient({ ...KEYS, baseUrl: [...baseUrl], limiter: false, fetch, ...options })
    const send = (call: object = {}) => client.safe.sendGroupStatusMessage(FIELDS, { requestId: 'r', ...call })
    return { called, send }
  }

  test('without a limiter, a 429 is followed by a wait of a period', async () => {
    const { called, send } = scripted([() => gives(...limited), () => gives(200, OK)])
    const pending = send()
    await vi.advanceTimersByTimeAsync(2_000)
    expect((await pending).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'a 1000'])
  })

  test('without a limiter, a 429 is told at once where the deadline leaves no time for the wait', async () => {
    const { called, send } = scripted([() => gives(...limited)], { deadline: 999 })
    expect((await send()).error).toMatchObject({ status: 429, code: 1008, attempts: 1 })
    expect(called).toEqual(['a 0'])
  })

  test('after the wait, the host is called that others have found in the meantime', async () => {
    const { called, send } = scripted([() => gives(...limited), () => gives(500), () => gives(200, OK)])
    const pending = send()
    await vi.advanceTimersByTimeAsync(500)
    await send()
    await vi.advanceTimersByTimeAsync(500)
    expect((await pending).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'a 500', 'b 1000'])
  })

  test('a call in line goes to the host that is current when its turn comes', async () => {
    const limiter = createLimiter({ limit: 1, period: 1_000 })
    const { called, send } = scripted([() => gives(500), () => gives(200, OK)], { limiter })
    const [first, second] = [send(), send()]
    await vi.advanceTimersByTimeAsync(2_000)
    expect([(await first).error?.status, (await second).error]).toEqual([500, undefined])
    expect(called).toEqual(['a 0', 'b 1040'])
  })

  test('at-least-once goes to the other host each time, also when both fail', async () => {
    const { called, send } = scripted([() => gives(500)], { retry: 'at-least-once' })
    expect((await send()).error).toMatchObject({ attempts: 3, sent: 'unknown' })
    expect(called).toEqual(['a 0', 'b 0', 'a 0'])
  })

  test('an attempt that is unknown stays in the error, also when the last one was surely refused', async () => {
    const { called, send } = scripted([lost, refusedConnection, () => gives(401)], { retry: 'at-least-once' })
    expect((await send()).error).toMatchObject({ status: 401, sent: 'unknown', attempts: 3, requestId: 'r' })
    expect(called).toEqual(['a 0', 'b 0', 'a 0'])
  })

  test('nothing is tried again when the deadline is over, to the millisecond', async () => {
    const late = () => {
      vi.advanceTimersByTime(100)
      return lost()
    }
    const take = vi.fn()
    const limiter = { acquire: take, pauseFor: () => {} }
    const { called, send } = scripted([late], { retry: 'at-least-once', deadline: 100, limiter })
    expect((await send()).error).toMatchObject({ kind: 'timeout', attempts: 1 })
    expect(called).toHaveLength(1)
    // Nor is a turn taken that others could have.
    expect(take).toHaveBeenCalledTimes(1)
  })

  test('a report tells the wait in line and the time of the attempt', async () => {
    vi.advanceTimersByTime(10_000)
    const reports: AttemptReport[] = []
    const slow = () => {
      vi.advanceTimersByTime(30)
      return gives(200, OK)
    }
    const limiter = { acquire: () => void vi.advanceTimersByTime(20), pauseFor: () => {} }
    await scripted([slow], { limiter, onAttempt: (one) => reports.push(one) }).send()
    expect(reports).toMatchObject([{ wait: 20, duration: 30 }])
  })

  test('a limiter that fails is told as such, and nothing is sent', async () => {
    const down = new Error('redis is down')
    for (const take of [() => Promise.reject(down), () => raise(down)]) {
      const { called, send } = scripted([() => gives(200, OK)], { limiter: { acquire: take, pauseFor: () => {} } })
      const { error } = await send()
      expect(error).toMatchObject({ kind: 'limiter', sent: 'no', attempts: 0, host: 'a', requestId: 'r', cause: down })
      expect(error?.message).toBe('sendGroupStatusMessage: the limiter failed: redis is down')
      expect(called).toEqual([])
    }
  })

  test('a limiter that cannot be told of a refusal hides nothing of what the server said', async () => {
    const down = new Error('redis is down')
    for (const pause of [() => Promise.reject(down), () => raise(down)]) {
      const { called, send } = scripted([() => gives(...limited)], {
        limiter: { acquire: () => {}, pauseFor: pause },
        retry: false,
      })
      const { error } = await send()
      expect(error).toMatchObject({ kind: 'rate-limit', status: 429, sent: 'no', attempts: 1 })
      expect(called).toHaveLength(1)
    }
  })

  test('a limiter that never comes to an end holds nobody beyond the deadline or the signal', async () => {
    const never = () => new Promise<void>(() => {})
    const silent = scripted([() => gives(200, OK)], { limiter: { acquire: never, pauseFor: never }, deadline: 300 })
    const ended = silent.send()
    await vi.advanceTimersByTimeAsync(300)
    expect((await ended).error).toMatchObject({ kind: 'timeout', sent: 'no', attempts: 0, retryable: true })
    const pausing = scripted([() => gives(...limited)], {
      limiter: { acquire: () => {}, pauseFor: never },
      deadline: 300,
    })
    const refused = pausing.send()
    await vi.advanceTimersByTimeAsync(300)
    expect((await refused).error).toMatchObject({ kind: 'rate-limit', status: 429, sent: 'no', attempts: 1 })
    const controller = new AbortController()
    const given = silent.send({ signal: controller.signal })
    controller.abort(new Error('enough'))
    expect((await given).error).toMatchObject({ kind: 'aborted', sent: 'no', attempts: 0 })
    const before = silent.send({ signal: AbortSignal.abort(new Error('enough')) })
    expect((await before).error).toMatchObject({ kind: 'aborted', sent: 'no', attempts: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a turn that comes after the deadline sends nothing', async () => {
    // Its clock is another one.
    const take = () => void vi.advanceTimersByTime(300)
    const { called, send } = scripted([() => gives(200, OK)], {
      limiter: { acquire: take, pauseFor: () => {} },
      deadline: 300,
    })
    const { error } = await send()
    expect(error).toMatchObject({ kind: 'timeout', sent: 'no', attempts: 0 })
    expect(error?.message).toBe('sendGroupStatusMessage: the deadline passed before the rate limit let the call go')
    expect(called).toEqual([])
  })

  test.each([null, undefined, 'down', Symbol('down'), Object.create(null), { message: 'down' }])(
    'a limiter that fails with anything hides no attempt before it: %#',
    async (thrown) => {
      let turns = 0
      const take = () => (turns++ === 0 ? undefined : Promise.reject(thrown))
      const { send } = scripted([lost], { limiter: { acquire: take, pauseFor: () => {} }, retry: 'at-least-once' })
      expect((await send()).error).toMatchObject({ kind: 'limiter', sent: 'unknown', attempts: 1 })
    },
  )

  test('a turn that is refused, or given up, says where the call would have gone', async () => {
    const { send } = scripted([() => gives(200, OK)], {
      limiter: createLimiter({ limit: 1, period: 1_000 }),
      maxWait: 10,
    })
    await send()
    const { error } = await send()
    expect(error).toMatchObject({ kind: 'rate-limit', sent: 'no', attempts: 0, host: 'a', requestId: 'r' })
    expect(error?.message).toMatch(
      /^sendGroupStatusMessage: rate limit: the call may go in \d+ ms, later than the 10 ms/,
    )
  })

  test('a 429 that leaves no time for another attempt tells the wait that it would have needed', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    const { error } = await scripted([() => gives(...limited)], { limiter, deadline: 500 }).send()
    expect(error).toMatchObject({ kind: 'rate-limit', status: 429, attempts: 1, wait: 1_000 })
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

  test('cannot turn a message that was sent into an error', async () => {
    const thrown: unknown[] = []
    const keep = (error: unknown) => void thrown.push(error)
    const before = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException').on('uncaughtException', keep)
    const client = createClient({
      ...KEYS,
      baseUrl: 'http://x',
      fetch: async () => new Response(OK),
      onAttempt: () => {
        throw new Error('hook')
      },
    })
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
    await new Promise((done) => setTimeout(done, 10))
    process.removeAllListeners('uncaughtException')
    for (const listener of before) process.on('uncaughtException', listener)
    expect(error).toBeUndefined()
    expect(thrown).toEqual([new Error('hook')])
  })
})

describe('in a browser', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('a client refuses to be made, and says what to do instead', () => {
    vi.stubGlobal('window', { document: {} })
    expect(() => createClient({ ...KEYS, baseUrl: 'http://x' })).toThrow(
      /^Signing in a browser hands the App Secret to every visitor\. Sign on your server/,
    )
    expect(() => createClient({ ...KEYS, baseUrl: 'http://x', dangerouslyAllowBrowser: true })).not.toThrow()
  })

  test('also in a worker of a page, not in a worker of a server, nor where the agent alone says so', () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0' })
    expect(() => createClient({ ...KEYS, baseUrl: 'http://x' })).not.toThrow()
    vi.stubGlobal('WorkerGlobalScope', class {})
    expect(() => createClient({ ...KEYS, baseUrl: 'http://x' })).toThrow('Signing in a browser')
    for (const navigator of [
      { userAgent: 'Cloudflare-Workers' },
      { userAgent: 'Server (no Mozilla/5.0)' },
      {},
      undefined,
    ]) {
      vi.stubGlobal('navigator', navigator)
      expect(() => createClient({ ...KEYS, baseUrl: 'http://x' })).not.toThrow()
    }
  })
})
