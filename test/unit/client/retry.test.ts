/** One call from its wait to its end, with a fake clock and scripted answers: no port, no waiting. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHosts, STAY_MS } from '../../../src/client/failover.js'
import { RetryLoop } from '../../../src/client/retry.js'
import { operations } from '../../../src/core/contract.js'
import {
  type AttemptReport,
  type ClientOptions,
  createClient,
  createLimiter,
  type ErrorFacts,
  type Limiter,
  RongCloudError,
} from '../../../src/index.js'
import { deadlineExceeded, waitTooLong } from '../../../src/rate-limit/limiter.js'

const KEYS = { appKey: 'k', appSecret: 'canary-app-secret' }
const FIELDS = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:note', content: 'x' } as const
const OK = '{"code":200,"messageUIDs":[{"groupId":"2","messageUID":"U"}]}'
const limited = [429, '{"code":1008}'] as const

beforeEach(() => {
  vi.useFakeTimers()
  // No reported time is counted from the start of the clock.
  vi.advanceTimersByTime(10_000)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const raise = (error: unknown): never => {
  throw error
}
const lost = () => Promise.reject(new Error('reset'))
const refusedConnection = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
const gives = (status: number, body = '', headers: Record<string, string> = {}) =>
  Promise.resolve(new Response(body, { status, headers }))
/** A request that is never answered. */
const hangs = (signal: AbortSignal) => new Promise<Response>((_, fail) => signal.addEventListener('abort', fail))
type Step = (signal: AbortSignal) => Promise<Response>

/** A client of two hosts, and which host was called when. The last step of the script is repeated. */
function scripted(steps: readonly Step[], options: Partial<ClientOptions> = {}) {
  const called: string[] = []
  const start = performance.now()
  const fetch = (url: unknown, { signal }: RequestInit = {}) => {
    called.push(`${new URL(String(url)).host} ${Math.round(performance.now() - start)}`)
    return (steps[called.length - 1] ?? (steps.at(-1) as Step))(signal as AbortSignal)
  }
  const baseUrl = ['http://a', 'http://b'] as const
  const client = createClient({ ...KEYS, baseUrl: [...baseUrl], limiter: false, fetch, ...options })
  const send = (call: object = {}) => client.safe.sendGroupStatusMessage(FIELDS, { requestId: 'r', ...call })
  return { called, send }
}

/** Lets time pass until the call has ended. */
async function ended<T>(call: Promise<T>): Promise<T> {
  let isPending = true
  const done = call.finally(() => {
    isPending = false
  })
  for (let i = 0; isPending && i < 2_000; i++) await vi.advanceTimersByTimeAsync(10)
  return done
}

/** A custom limiter that allows every call at once and cannot pause. */
const open: Limiter = { acquire: () => {}, pauseFor: () => {} }

describe('after a refusal by the rate limit', () => {
  test.each([
    ['a call waits a period, without a limiter', false],
    ['a call waits a period, also where the limiter does not pause', open],
    ['a call waits a period with its own limiter', undefined],
  ] as const)('%s', async (_name, limiter) => {
    const { called, send } = scripted([() => gives(...limited), () => gives(200, OK)], { limiter })
    const { error } = await ended(send())
    expect(error).toBeUndefined()
    expect(called).toHaveLength(2)
    expect(called[0]).toBe('a 0')
    expect(Number(called[1]?.split(' ')[1])).toBeGreaterThanOrEqual(1_000)
    expect(Number(called[1]?.split(' ')[1])).toBeLessThan(1_100)
  })

  test('a limiter that cannot pause does not cause a storm of requests', async () => {
    const { called, send } = scripted([() => gives(...limited)], { limiter: open, deadline: 5_000 })
    const { error } = await ended(send())
    expect(error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: called.length })
    expect(called).toEqual(['a 0', 'a 1000', 'a 2000', 'a 3000', 'a 4000'])
  })

  test.each([
    ['the seconds that the server asks for', '3', ['a 0', 'a 3000']],
    ['until the date that the server asks for', 'Sat, 28 Nov 2026 12:00:04 GMT', ['a 0', 'a 4000']],
    ['a period, where the server asks for no wait at all', '0', ['a 0', 'a 1000']],
    ['a period, where the date is over', 'Sat, 28 Nov 2026 11:00:00 GMT', ['a 0', 'a 1000']],
    ['a period, where nobody can read what the server asks for', 'soon', ['a 0', 'a 1000']],
  ])('a call waits %s', async (_name, value, expected) => {
    vi.setSystemTime('2026-11-28T12:00:00Z')
    const refusal = () => gives(...limited, { 'Retry-After': value })
    const { called, send } = scripted([refusal, () => gives(200, OK)])
    expect((await ended(send())).error).toBeUndefined()
    expect(called).toEqual(expected)
  })

  test('the call fails at once, with the wait, when the wait exceeds the deadline', async () => {
    const refusal = () => gives(...limited, { 'Retry-After': '60' })
    const { called, send } = scripted([refusal], { limiter: undefined })
    const { error } = await send()
    expect(error).toMatchObject({ kind: 'rate-limit', status: 429, processed: 'no', attempts: 1, wait: 60_000 })
    expect(error?.headers?.get('retry-after')).toBe('60')
    // All others wait as well.
    const other = await send()
    expect(other.error).toMatchObject({ kind: 'rate-limit', attempts: 0 })
    expect(other.error?.wait).toBeGreaterThan(59_000)
    expect(called).toHaveLength(1)
  })

  test('the limiter is paused for that time', async () => {
    const pauseFor = vi.fn()
    const { send } = scripted([() => gives(...limited, { 'Retry-After': '2' }), () => gives(...limited)], {
      limiter: { ...open, pauseFor },
      deadline: 3_500,
    })
    await ended(send())
    expect(pauseFor.mock.calls).toEqual([[2_000], [1_000]])
  })

  test('the same holds for HTTP 503, but only under at-least-once', async () => {
    const busy = () => gives(503, '', { 'Retry-After': '3' })
    const twice = scripted([busy, () => gives(200, OK)], { retry: 'at-least-once' })
    expect((await ended(twice.send())).error).toBeUndefined()
    expect(twice.called).toEqual(['a 0', 'b 3000'])
    const broken = () => gives(500, '', { 'Retry-After': '3' })
    const other = scripted([broken, () => gives(200, OK)], { retry: 'at-least-once' })
    expect((await ended(other.send())).error).toBeUndefined()
    expect(other.called).toEqual(['a 0', 'b 0'])
    const pauseFor = vi.fn()
    const once = scripted([busy], { limiter: { ...open, pauseFor } })
    expect((await once.send()).error).toMatchObject({ status: 503, processed: 'unknown', attempts: 1 })
    expect(pauseFor).not.toHaveBeenCalled()
  })

  test('the error comes at once when the deadline leaves no time for the wait', async () => {
    const { called, send } = scripted([() => gives(...limited)], { deadline: 999 })
    expect((await send()).error).toMatchObject({ status: 429, code: 1008, attempts: 1, wait: 1_000 })
    expect(called).toEqual(['a 0'])
  })

  test('the call goes to the host to which other calls have switched', async () => {
    const { called, send } = scripted([() => gives(...limited), () => gives(500), () => gives(200, OK)])
    const pending = send()
    await vi.advanceTimersByTimeAsync(500)
    await send()
    await vi.advanceTimersByTimeAsync(500)
    expect((await pending).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'a 500', 'b 1000'])
  })

  test('the signal ends the wait', async () => {
    const { send } = scripted([() => gives(...limited)])
    const controller = new AbortController()
    const pending = send({ signal: controller.signal })
    await vi.advanceTimersByTimeAsync(500)
    const reason = new Error('enough')
    controller.abort(reason)
    const message = 'sendGroupStatusMessage: aborted by the caller'
    expect((await pending).error).toMatchObject({
      message,
      kind: 'aborted',
      processed: 'no',
      attempts: 1,
      cause: reason,
    })
  })

  test('a client with one host asks that host again', async () => {
    const { called, send } = scripted([() => gives(...limited), () => gives(200, OK)], { baseUrl: 'http://a' })
    expect((await ended(send())).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'a 1000'])
  })

  test('a limiter that refuses the next attempt does not hide what the server said', async () => {
    let calls = 0
    const acquire = () => {
      if (calls++ > 0) throw waitTooLong(7_000, 5_000)
    }
    const { send } = scripted([() => gives(...limited)], { limiter: { ...open, acquire } })
    const { error } = await ended(send())
    expect(error).toMatchObject({ kind: 'rate-limit', status: 429, code: 1008, attempts: 1, wait: 7_000 })
  })

  test.each([
    { period: 200, asked: undefined, pause: 200 },
    { period: 200, asked: '0', pause: 200 },
    { period: 60_000, asked: undefined, pause: 60_000 },
    { period: 60_000, asked: '0', pause: 1_000 },
    { period: 60_000, asked: '2', pause: 2_000 },
    { period: 1_000, asked: '3600', pause: 3_600_000 },
    { period: 1_000, asked: '3601', pause: 3_600_000 },
    { period: 1_000, asked: '9'.repeat(400), pause: 3_600_000 },
    { period: 1_000, asked: 'Fri, 31 Dec 9999 23:59:59 GMT', pause: 3_600_000 },
    { period: 86_400_000, asked: '40000', pause: 40_000_000 },
    { period: 86_400_000, asked: '99999', pause: 86_400_000 },
  ])(
    'a limit of $period ms whose server asks for $asked s pauses all for $pause ms',
    async ({ period, asked, pause }) => {
      const pauseFor = vi.fn()
      const call = {
        name: 'send',
        operation: operations.sendGroupStatusMessage,
        body: '',
        requestId: 'r',
        headers: {},
        signal: undefined,
      }
      const answer = () => gives(...limited, asked === undefined ? {} : { 'Retry-After': asked })
      const send = () => ({ signed: {}, response: answer() })
      const hosts = createHosts(['http://a'])
      const limiter = { ...open, pauseFor }
      const limits = { cost: 1, timeout: 1_000, deadline: 1_000, maxWait: 1_000 }
      const delivery = { send, hosts, limiter, period, retry: false, onAttempt: undefined } as const
      await new RetryLoop(call, delivery, limits).run()
      expect(pauseFor.mock.calls).toEqual([[pause]])
    },
  )
})

describe('an attempt starts only with enough time to finish', () => {
  /** A limiter after which so much of the deadline has passed. */
  const taking = (milliseconds: number): Limiter => ({
    ...open,
    acquire: () => void vi.advanceTimersByTime(milliseconds),
  })

  test.each([
    ['a second left of the deadline, and no more', {}, 9_000, 9_001],
    ['the time-out left, where that is shorter', { timeout: 300 }, 9_700, 9_701],
    ['half of a deadline that is short', { deadline: 500 }, 250, 251],
  ])('%s', async (_name, options, inTime, late) => {
    const good = scripted([() => gives(200, OK)], { ...options, limiter: taking(inTime) })
    expect((await good.send()).error).toBeUndefined()
    const bad = scripted([() => gives(200, OK)], { ...options, limiter: taking(late) })
    const { error } = await bad.send()
    expect(error).toMatchObject({ kind: 'timeout', processed: 'no', attempts: 0, retryable: true })
    expect([good.called.length, bad.called.length]).toEqual([1, 0])
  })

  test('and maxWait of the limiter leaves that time', async () => {
    const acquire = vi.fn()
    await scripted([() => gives(200, OK)], { limiter: { ...open, acquire } }).send()
    expect(acquire.mock.calls).toMatchObject([[1, { maxWait: 9_000 }]])
  })

  test('nothing is retried with less time', async () => {
    const failingAfter = (milliseconds: number) => () => {
      vi.advanceTimersByTime(milliseconds)
      return lost()
    }
    const late = failingAfter(9_001)
    const inTime = scripted([failingAfter(9_000), () => gives(200, OK)], { retry: 'at-least-once', timeout: 60_000 })
    expect((await inTime.send()).error).toBeUndefined()
    expect(inTime.called).toEqual(['a 0', 'b 9000'])
    const acquire = vi.fn()
    const { called, send } = scripted([late], {
      retry: 'at-least-once',
      timeout: 60_000,
      limiter: { ...open, acquire },
    })
    expect((await send()).error).toMatchObject({ kind: 'network', processed: 'unknown', attempts: 1 })
    expect(called).toHaveLength(1)
    // Nor is a place in line taken that others could have.
    expect(acquire).toHaveBeenCalledTimes(1)
  })
})

describe("a caller's own limits say nothing about the host", () => {
  test("one timeout below the vendor's threshold does not switch the host, three in a row do", async () => {
    const { called, send } = scripted([hangs])
    for (let i = 0; i < 4; i++) await ended(send({ timeout: 50 }))
    expect(called.map((one) => one.split(' ')[0])).toEqual(['a', 'a', 'a', 'b'])
  })

  /** A `fetch` that ends with this error after some time. */
  const endsAfter = (milliseconds: number, error: unknown) => () =>
    new Promise<Response>((_, fail) => setTimeout(() => fail(error), milliseconds))
  const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  test.each([
    ['a short time limit counts like a short timeout', endsAfter(50, late), ['a', 'a', 'a', 'b']],
    ['a time limit of the threshold switches the host', endsAfter(4_999, late), ['a', 'b', 'b', 'b']],
    ['an abort says nothing', endsAfter(50, new DOMException('over', 'AbortError')), ['a', 'a', 'a', 'a']],
    ['a mistake says nothing', endsAfter(50, new TypeError('RequestInit: duplex option')), ['a', 'a', 'a', 'a']],
  ])('in his own fetch, %s', async (_name, step, hosts) => {
    const { called, send } = scripted([step])
    for (let i = 0; i < 4; i++) await ended(send())
    expect(called.map((one) => one.split(' ')[0])).toEqual(hosts)
  })

  test("one caller's short timeouts between the answers of others do not switch the host", async () => {
    const { called, send } = scripted(Array.from({ length: 20 }, (_, i) => (i % 2 ? () => gives(200, OK) : hangs)))
    for (let i = 0; i < 20; i++) await ended(send(i % 2 ? {} : { timeout: 50 }))
    expect(new Set(called.map((one) => one.split(' ')[0]))).toEqual(new Set(['a']))
  })

  test.each([
    ['an answer that refuses ends the row', () => gives(400, '{"code":1002}'), 'a'],
    ['a mistake of his fetch does not end it', () => Promise.reject(new TypeError('x is not a function')), 'b'],
  ])('several short timeouts: %s', async (_name, step, host) => {
    const { called, send } = scripted([hangs, hangs, step, hangs, () => gives(200, OK)])
    for (let i = 0; i < 4; i++) await ended(send({ timeout: 50 }))
    await send()
    expect(called.at(-1)?.split(' ')[0]).toBe(host)
  })

  test('the rest of a deadline counts as a short timeout too', async () => {
    const { called, send } = scripted([hangs], {
      limiter: { ...open, acquire: () => void vi.advanceTimersByTime(6_000) },
    })
    await ended(send())
    await ended(send())
    expect(called.map((one) => one.split(' ')[0])).toEqual(['a', 'a'])
  })

  test('one timeout of the threshold switches the host for all', async () => {
    const { called, send } = scripted([hangs])
    await ended(send())
    await ended(send())
    expect(called.map((one) => one.split(' ')[0])).toEqual(['a', 'b'])
  })

  test.each([
    ['a mistake of his fetch', () => Promise.reject(new TypeError('x is not a function')), 'usage'],
    ['an answer that refuses', () => gives(400, '{"code":1002}'), 'api'],
    ['a call that he ended', hangs, 'aborted'],
  ])('%s does not switch the host', async (_name, step, kind) => {
    const { called, send } = scripted([step])
    const controller = new AbortController()
    const pending = send({ signal: controller.signal })
    await vi.advanceTimersByTimeAsync(10)
    controller.abort()
    expect((await pending).error?.kind).toBe(kind)
    await send({ signal: AbortSignal.abort() })
    await ended(send({ timeout: 50 }))
    expect(called.map((one) => one.split(' ')[0])).toEqual(['a', 'a'])
  })
})

describe('hosts', () => {
  test('an answer had begun: the request is not sent again, whatever its body breaks with', async () => {
    const broken = () => {
      const error = Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' })
      return Promise.resolve(new Response(new ReadableStream({ pull: (it) => it.error(error) })))
    }
    const { called, send } = scripted([broken, () => gives(200, OK)])
    expect((await send()).error).toMatchObject({ kind: 'network', processed: 'unknown' })
    expect(called).toEqual(['a 0'])
  })

  test('no connection: the backup is asked at once', async () => {
    const { called, send } = scripted([refusedConnection, () => gives(200, OK)])
    expect((await send()).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'b 0'])
  })

  test('no connection to any of them: each is asked once', async () => {
    const { called, send } = scripted([refusedConnection, refusedConnection, () => gives(200, OK)])
    expect((await send()).error).toMatchObject({ kind: 'network', processed: 'no', attempts: 2 })
    expect(called).toEqual(['a 0', 'b 0'])
  })

  test.each([
    ['that is lost', lost],
    ['that is never made', refusedConnection],
  ])('a connection %s sends later calls to the backup', async (_name, step) => {
    const { called, send } = scripted([step, () => gives(200, OK)], { retry: false })
    expect((await send()).error?.kind).toBe('network')
    expect((await send()).error).toBeUndefined()
    expect(called).toEqual(['a 0', 'b 0'])
  })

  test('at-least-once goes to the other host each time, also when both fail', async () => {
    const { called, send } = scripted([() => gives(500)], { retry: 'at-least-once' })
    expect((await send()).error).toMatchObject({ attempts: 3, processed: 'unknown' })
    expect(called).toEqual(['a 0', 'b 0', 'a 0'])
  })

  test('processed stays unknown after one such attempt, also when the last attempt was certainly refused', async () => {
    const refusal = () => gives(401, '{"code":1004}')
    const { called, send } = scripted([lost, refusedConnection, refusal], { retry: 'at-least-once' })
    expect((await send()).error).toMatchObject({ status: 401, processed: 'unknown', attempts: 3, requestId: 'r' })
    expect(called).toEqual(['a 0', 'b 0', 'a 0'])
  })

  test('after a switch the client stays for 30 seconds, then may switch again', async () => {
    const { called, send } = scripted([() => gives(500)])
    for (let i = 0; i < 3; i++) await send()
    vi.advanceTimersByTime(STAY_MS)
    for (let i = 0; i < 2; i++) await send()
    expect(called).toEqual(['a 0', 'b 0', 'b 0', 'b 30000', 'a 30000'])
  })

  test('a waiting call goes to the host that is current when it starts', async () => {
    const limiter = createLimiter({ limit: 1, period: 1_000 })
    const { called, send } = scripted([() => gives(500), () => gives(200, OK)], { limiter })
    const first = send()
    const second = send()
    await vi.advanceTimersByTimeAsync(2_000)
    expect([(await first).error?.status, (await second).error]).toEqual([500, undefined])
    expect(called.map((one) => one.split(' ')[0])).toEqual(['a', 'b'])
  })

  test('connections are asked to close when they were idle for 55 seconds', async () => {
    const headers: unknown[] = []
    const fetch = async (_url: unknown, init: RequestInit = {}) => {
      headers.push(new Headers(init.headers).get('connection'))
      return new Response(OK)
    }
    const { send } = scripted([], { fetch })
    await send()
    vi.advanceTimersByTime(54_000)
    await send()
    vi.advanceTimersByTime(55_000)
    await send()
    expect(headers).toEqual([null, null, 'close'])
  })
})

describe('the limiter', () => {
  test('that fails is reported as such, and nothing is sent', async () => {
    const down = new Error('redis is down')
    for (const acquire of [() => Promise.reject(down), () => raise(down)]) {
      const { called, send } = scripted([() => gives(200, OK)], { limiter: { ...open, acquire } })
      const { error } = await send()
      expect(error).toMatchObject({ kind: 'limiter', processed: 'no', attempts: 0, host: 'a', requestId: 'r' })
      expect([error?.message, error?.cause]).toEqual([
        'sendGroupStatusMessage: the limiter failed: redis is down',
        down,
      ])
      expect(called).toEqual([])
    }
  })

  test('of another copy of the package refuses with its own error', async () => {
    /** The error of the other copy: no class of this one. */
    const foreign = Object.assign(new Error('rate limit: too late'), {
      name: 'RongCloudError',
      ...JSON.parse(JSON.stringify(new RongCloudError('x', { kind: 'rate-limit', retryable: true, wait: 7 }))),
      message: 'rate limit: too late',
    }) as ErrorFacts & Error
    expect(foreign).not.toBeInstanceOf(RongCloudError)
    const { called, send } = scripted([() => gives(200, OK)], { limiter: { ...open, acquire: () => raise(foreign) } })
    const { error } = await send()
    expect(error).toBeInstanceOf(RongCloudError)
    expect(error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: 0, retryable: true, wait: 7 })
    expect(error?.message).toBe('sendGroupStatusMessage: rate limit: too late')
    expect(called).toEqual([])
  })

  test('may return any value when it allows a call', async () => {
    for (const back of [undefined, null, false, true, {}, Promise.resolve('x')]) {
      const limiter = { ...open, acquire: () => back as never, pauseFor: () => back as never }
      const { called, send } = scripted([() => gives(...limited), () => gives(200, OK)], { limiter })
      expect((await ended(send())).error).toBeUndefined()
      expect(called).toHaveLength(2)
    }
  })

  test.each([
    ['a limiter that failed', new RongCloudError('rate limit: down', { kind: 'limiter' }), { kind: 'limiter' }],
    ['a limiter that threw anything', new Error('down'), { kind: 'limiter' }],
    ['a cost above the limit', new RongCloudError('rate limit: cost', { kind: 'contract' }), { kind: 'contract' }],
    ["the server's refusal, where there is no time", waitTooLong(9, 1), { kind: 'rate-limit', status: 429, wait: 9 }],
    ["the server's refusal, where the deadline passed", deadlineExceeded(), { kind: 'rate-limit', status: 429 }],
  ])('that does not allow a second attempt: the error is %s', async (_what, thrown, expected) => {
    const acquire = vi.fn<Limiter['acquire']>(() => raise(thrown)).mockImplementationOnce(() => {})
    const { called, send } = scripted([() => gives(...limited)], { limiter: { ...open, acquire } })
    expect((await ended(send())).error).toMatchObject({ ...expected, attempts: 1, processed: 'no' })
    expect(called).toHaveLength(1)
  })

  test("whose pauseFor fails does not hide the server's error", async () => {
    const down = new Error('redis is down')
    for (const pauseFor of [() => Promise.reject(down), () => raise(down)]) {
      const { called, send } = scripted([() => gives(...limited)], { limiter: { ...open, pauseFor }, retry: false })
      expect((await send()).error).toMatchObject({ kind: 'rate-limit', status: 429, processed: 'no', attempts: 1 })
      expect(called).toHaveLength(1)
    }
  })

  test('that never answers delays no call beyond its deadline or signal', async () => {
    const never = () => new Promise<void>(() => {})
    const silent = scripted([() => gives(200, OK)], { limiter: { acquire: never, pauseFor: never }, deadline: 300 })
    const late = silent.send()
    await vi.advanceTimersByTimeAsync(300)
    expect((await late).error).toMatchObject({ kind: 'timeout', processed: 'no', attempts: 0, retryable: true })
    const pausing = scripted([() => gives(...limited)], { limiter: { ...open, pauseFor: never }, deadline: 300 })
    const refused = pausing.send()
    await vi.advanceTimersByTimeAsync(300)
    expect((await refused).error).toMatchObject({ kind: 'rate-limit', status: 429, processed: 'no', attempts: 1 })
    const controller = new AbortController()
    const given = silent.send({ signal: controller.signal })
    controller.abort(new Error('enough'))
    expect((await given).error).toMatchObject({ kind: 'aborted', processed: 'no', attempts: 0 })
    const before = silent.send({ signal: AbortSignal.abort(new Error('enough')) })
    expect((await before).error).toMatchObject({ kind: 'aborted', processed: 'no', attempts: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([null, undefined, 'down', Symbol('down'), Object.create(null), { message: 'down' }])(
    'that fails with anything hides no attempt before it: %#',
    async (thrown) => {
      let calls = 0
      const acquire = () => (calls++ === 0 ? undefined : Promise.reject(thrown))
      const { send } = scripted([lost], { limiter: { ...open, acquire }, retry: 'at-least-once' })
      expect((await send()).error).toMatchObject({ kind: 'limiter', processed: 'unknown', attempts: 1 })
    },
  )

  test('that refuses a call gives an error with the host', async () => {
    const limiter = createLimiter({ limit: 1, period: 1_000 })
    const { send } = scripted([() => gives(200, OK)], { limiter, maxWait: 10 })
    await send()
    const { error } = await send()
    expect(error).toMatchObject({ kind: 'rate-limit', processed: 'no', attempts: 0, host: 'a', requestId: 'r' })
    expect(error?.message).toMatch(/^sendGroupStatusMessage: rate limit: /)
    expect(error?.wait).toBeGreaterThan(900)
  })
})

describe('onAttempt', () => {
  test('reports the wait for the rate limit and the time of the attempt', async () => {
    const reports: AttemptReport[] = []
    const slow = () => {
      vi.advanceTimersByTime(30)
      return gives(200, OK)
    }
    const limiter: Limiter = { ...open, acquire: () => void vi.advanceTimersByTime(20) }
    await scripted([slow], { limiter, onAttempt: (one) => reports.push(one) }).send()
    const operation = 'sendGroupStatusMessage'
    expect(reports).toEqual([
      { operation, requestId: 'r', host: 'a', attempt: 1, wait: 20, duration: 30, outcome: 'ok', status: 200 },
    ])
  })

  test.each([
    ['without a valid nonce', { nonce: () => 'x'.repeat(40) }, {}, 'contract'],
    ['without a valid time', { now: () => Number.NaN }, {}, 'contract'],
    ['without a fetch', { fetch: undefined }, {}, 'usage'],
    ['of a call that was aborted', {}, { signal: AbortSignal.abort() }, 'aborted'],
  ])('is not called for an attempt that was not made: %s', async (_name, options, call, kind) => {
    vi.stubGlobal('fetch', undefined)
    const onAttempt = vi.fn()
    const { called, send } = scripted([() => gives(200, OK)], { ...options, onAttempt })
    expect((await send(call)).error).toMatchObject({ kind, attempts: 0 })
    expect([called, onAttempt.mock.calls]).toEqual([[], []])
  })

  test.each([
    ['throws', () => raise(new Error('hook'))],
    ['rejects', () => Promise.reject(new Error('hook'))],
  ])('a hook that %s does not turn a sent message into an error: its own error is printed', async (_how, onAttempt) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { called, send } = scripted([() => gives(200, OK)], { onAttempt })
    const { error } = await send()
    await vi.waitFor(() => expect(printed).toHaveBeenCalledTimes(1))
    expect(printed).toHaveBeenCalledWith('"onAttempt" failed:', new Error('hook'))
    expect([error, called.length]).toEqual([undefined, 1])
  })
})
