import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createClient, createLimiter, type RongCloudError } from '../../../src/index.js'

const LIMIT = { limit: 20, period: 1_000 }
/** A time limit that a busy machine does not reach. */
const BUSY_MACHINE_MS = 60_000

/** Most messages in any window `[t, t + period)`. */
function mostIn(period: number, went: readonly { at: number; cost: number }[]): number {
  const inside = (from: number) =>
    went.filter(({ at }) => at >= from && at < from + period).reduce((sum, { cost }) => sum + cost, 0)
  return Math.max(0, ...went.map(({ at }) => inside(at)))
}

/** The `wait` in the error of an acquire that is refused at once; undefined for another. */
async function waitOf(taking: unknown): Promise<number | undefined> {
  try {
    await Promise.race([taking, undefined])
    return undefined
  } catch (error) {
    return (error as RongCloudError).wait
  }
}

describe('on a fake clock', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('an abort frees its place for those behind', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.acquire(20)
    const controller = new AbortController()
    const first = limiter.acquire(20, { signal: controller.signal }) as Promise<void>
    const at = performance.now()
    let waited = 0
    void (limiter.acquire(20) as Promise<void>).then(() => {
      waited = performance.now() - at
    })
    controller.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    await vi.runAllTimersAsync()
    expect(waited).toBeGreaterThan(1_000)
    expect(waited).toBeLessThan(1_100)
  })

  test('after an abort the queue is planned again, so that no call is refused although a place is free', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.acquire(20)
    const controllers = Array.from({ length: 5 }, () => new AbortController())
    const line = controllers.map(({ signal }) => limiter.acquire(20, { signal }) as Promise<void>)
    for (const controller of controllers) controller.abort(new Error('gone'))
    await Promise.allSettled(line)
    expect(await waitOf(limiter.acquire(20, { maxWait: 1_500 }))).toBeUndefined()
  })

  test('after an abort the reported wait depends on the calls that are left', async () => {
    const limiter = createLimiter(LIMIT)
    await vi.advanceTimersByTimeAsync(10_000)
    limiter.acquire(20)
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    const [first] = controllers.map(({ signal }) => limiter.acquire(20, { signal }) as Promise<void>)
    controllers[0]?.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    expect(await waitOf(limiter.acquire(20, { maxWait: 3_000 }))).toBe(3_120)
  })

  test.each([1, 2, 5])('the distance behind a call that costs %i is that many times the spacing', async (cost) => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(cost)
    // A message's fair share of the window of 1 040 ms is 52 ms; eight tenths of it stay free.
    expect(await waitOf(limiter.acquire(1, { maxWait: 0 }))).toBe(Math.ceil(41.6 * cost))
  })

  test('the distance behind a waiting call is the same', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(1)
    void limiter.acquire(2)
    expect(await waitOf(limiter.acquire(1, { maxWait: 0 }))).toBe(Math.ceil(41.6 * 3))
  })

  test('a call that would start too late is refused at once, with its wait, and takes no place', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.acquire(20)
    await expect(limiter.acquire(1, { maxWait: 500 })).rejects.toThrow(
      /^rate limit: the call must wait 1040 ms, longer than the 500 ms allowed$/,
    )
    const turn = limiter.acquire(20, { maxWait: 1_100 }) as Promise<void>
    await vi.advanceTimersByTimeAsync(1_041)
    await turn
  })

  test('a call that can start just in time waits', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    const turn = limiter.acquire(20, { maxWait: 1_040 })
    await vi.advanceTimersByTimeAsync(1_040)
    await expect(turn).resolves.toBeUndefined()
  })

  test('a pause delays all calls, also the waiting ones', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.acquire(20)
    let at = 0
    const start = performance.now()
    void (limiter.acquire(1) as Promise<void>).then(() => {
      at = performance.now() - start
    })
    limiter.pauseFor(5_000)
    await vi.runAllTimersAsync()
    expect(at).toBeGreaterThanOrEqual(5_000)
    expect(at).toBeLessThan(5_010)
  })

  test('a pause delays the calls that come after it, and is part of their reported wait', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    limiter.acquire(20)
    limiter.pauseFor(5_000)
    expect(await waitOf(limiter.acquire(20, { maxWait: 3_000 }))).toBe(6_040)
  })

  test('a call that a pause delays beyond its maxWait is refused at its next check, and frees its place', async () => {
    await vi.advanceTimersByTimeAsync(300)
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    const ended: unknown[] = []
    const first = limiter.acquire(20, { maxWait: 1_100 }) as Promise<void>
    void first.catch((error: RongCloudError) => ended.push(error))
    const second = limiter.acquire(20)
    await vi.advanceTimersByTimeAsync(100)
    limiter.pauseFor(4_900)
    await vi.advanceTimersByTimeAsync(700)
    expect(ended).toMatchObject([{ kind: 'rate-limit', processed: 'no', wait: 5_000 }])
    expect((ended[0] as Error).message).toBe('rate limit: the call must wait 5000 ms, longer than the 1100 ms allowed')
    limiter.acquire(20)
    await vi.advanceTimersByTimeAsync(4_200)
    await expect(second).resolves.toBeUndefined()
    expect(await waitOf(limiter.acquire(20, { maxWait: 2_000 }))).toBe(2_080)
  })

  test('a call that a pause delays to exactly its maxWait stays in the queue', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    const turn = limiter.acquire(20, { maxWait: 1_500 })
    limiter.pauseFor(0)
    limiter.pauseFor(1_500)
    await vi.advanceTimersByTimeAsync(1_500)
    await expect(turn).resolves.toBeUndefined()
  })

  test('a call that a blocked event loop made too late reports both waits', async () => {
    await vi.advanceTimersByTimeAsync(300)
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    const late = (limiter.acquire(20, { maxWait: 1_100 }) as Promise<void>).catch((error: Error) => error.message)
    standStill(2_000)
    await vi.advanceTimersByTimeAsync(1_040)
    expect(await late).toMatch(/^rate limit: the call must wait 2\d\d\d ms, longer than the 1100 ms allowed$/)
  })

  test('a period longer than any timer is waited for, with few checks in between', async () => {
    const limiter = createLimiter({ limit: 1, period: 2 ** 32 })
    limiter.acquire(1)
    void limiter.acquire(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(vi.getTimerCount()).toBe(1)
    const timeout = vi.spyOn(globalThis, 'setTimeout')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(timeout).not.toHaveBeenCalled()
    timeout.mockRestore()
  })

  test.each([Number.NaN, -1, undefined, '5', Number.POSITIVE_INFINITY])('a pause of %s is refused', async (pause) => {
    const limiter = createLimiter(LIMIT)
    expect(() => limiter.pauseFor(pause as number)).toThrow(
      /^A pause must be milliseconds, 0 to 2147483647\. Received /,
    )
    limiter.acquire(20)
    expect(await waitOf(limiter.acquire(20, { maxWait: 1 }))).toBe(1_040)
  })

  test('leaves no listener on a signal: after a start, a refusal or an abort', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    const [turn, late, left] = controllers.map(({ signal }, i) =>
      Promise.resolve(limiter.acquire(1, { signal, ...(i === 1 && { maxWait: 2_000 }) })).catch(
        (error: Error) => error.message,
      ),
    )
    expect(controllers.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([1, 1, 1])
    limiter.pauseFor(5_000)
    controllers[2]?.abort(new Error('gone'))
    await vi.runAllTimersAsync()
    expect(await Promise.all([turn, late, left])).toEqual([undefined, expect.stringContaining('rate limit'), 'gone'])
    expect(controllers.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([0, 0, 0])
  })

  /** Time passes, timers do not fire. */
  function standStill(milliseconds: number): void {
    const clock = performance.now.bind(performance)
    const stopped = vi.spyOn(performance, 'now').mockImplementation(() => clock() + milliseconds)
    onTestFinished(() => stopped.mockRestore())
  }

  test('a blocked event loop causes no burst', async () => {
    const limiter = createLimiter(LIMIT)
    const went: { at: number; cost: number }[] = []
    for (let i = 0; i < 60; i++)
      void Promise.resolve(limiter.acquire(1)).then(() => went.push({ at: performance.now(), cost: 1 }))
    await vi.advanceTimersByTimeAsync(300)
    standStill(900)
    await vi.runAllTimersAsync()
    expect(went).toHaveLength(60)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
  })

  test('a blocked event loop lets no call overtake the queue', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(1)
    const went: string[] = []
    void (limiter.acquire(1) as Promise<void>).then(() => went.push('first'))
    standStill(900)
    const second = limiter.acquire(1)
    expect(second).toBeInstanceOf(Promise)
    void (second as Promise<void>).then(() => went.push('second'))
    await vi.runAllTimersAsync()
    expect(went).toEqual(['first', 'second'])
  })

  test('after a blocked event loop, the reported wait depends on the calls that are left', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.acquire(20)
    for (let i = 0; i < 3; i++) limiter.acquire(20)
    await vi.advanceTimersByTimeAsync(1_030)
    standStill(900)
    // The first of the line goes at 1 940 in place of 1 040, the others each a window later.
    await vi.advanceTimersByTimeAsync(10)
    expect(await waitOf(limiter.acquire(20, { maxWait: 2_500 }))).toBe(3_120)
  })

  test.each([0, 21, 1.5, -1, Number.NaN])('a cost of %d is a clear error, not an endless wait', async (cost) => {
    await expect(createLimiter(LIMIT).acquire(cost)).rejects.toThrow(
      `rate limit: a call must cost 1 to 20, the limit of the limiter. Received ${cost}`,
    )
  })

  test.each([
    { limit: 0, period: 1 },
    { limit: 1, period: Number.NaN },
    { limit: '20' as never, period: 1 },
    { limit: 1.5, period: 1 },
  ])('refuses %j', (options) => {
    expect(() => createLimiter(options)).toThrow(/^"(limit|period)" must be .* number above 0\. Received /)
  })
})

test('ten thousand waiting calls, all aborted: each leaves quickly, and nothing stays in memory', {
  timeout: BUSY_MACHINE_MS,
}, async () => {
  // A minute, so that no call starts while a slow machine is still at it.
  const limiter = createLimiter({ limit: 20, period: 60_000 })
  await limiter.acquire(20)
  const one = new AbortController()
  const gone = limiter.acquire(1, { signal: one.signal }) as Promise<void>
  one.abort()
  await gone.catch(() => {})
  const controllers = Array.from({ length: 10_000 }, () => new AbortController())
  const line = controllers.map(({ signal }) => limiter.acquire(1, { signal }) as Promise<void>)
  for (const controller of controllers.toReversed()) controller.abort()
  const ends = await Promise.allSettled(line)
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
  expect(await waitOf(limiter.acquire(20, { maxWait: 62_500 }))).toBeUndefined()
})

test('a call that has left the queue can be garbage-collected while others wait', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const limiter = createLimiter({ limit: 20, period: 60_000 })
  await limiter.acquire(20)
  const own = new AbortController()
  const behind = limiter.acquire(1, { signal: own.signal }) as Promise<void>
  const leave = () => {
    const controller = new AbortController()
    const line = limiter.acquire(1, { signal: controller.signal }) as Promise<void>
    // Its reason would hold on to the signal too.
    line.catch(() => {})
    controller.abort()
    return new WeakRef(controller.signal)
  }
  const left = leave()
  await vi.waitFor(() => {
    collect()
    expect(left.deref() === undefined).toBe(true)
  })
  own.abort()
  await expect(behind).rejects.toThrow()
})

test('a thousand waiting calls of a client are sent in order, each once', { timeout: BUSY_MACHINE_MS }, async () => {
  const order: string[] = []
  const fetch = async (_: unknown, init?: RequestInit) => {
    order.push(new URLSearchParams(String(init?.body)).get('fromUserId') ?? '')
    return new Response('{"code":200}')
  }
  const limiter = createLimiter({ limit: 10_000, period: 200 })
  const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: 'http://x', fetch, limiter, deadline: 100_000 })
  const call = (i: number) =>
    client.safe.sendGroupStatusMessage({ fromUserId: String(i), toGroupId: ['1'], objectName: 'app:x', content: 'x' })
  const ends = await Promise.all(Array.from({ length: 1_000 }, (_, i) => call(i)))
  expect(ends.filter(({ error }) => error)).toEqual([])
  expect(order).toEqual(Array.from({ length: 1_000 }, (_, i) => String(i)))
})
