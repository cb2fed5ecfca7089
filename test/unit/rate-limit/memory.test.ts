import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createClient, createLimiter, type RongCloudError } from '../../../src/index.js'

const LIMIT = { limit: 20, period: 1_000 }

/** Most messages in any window `[t, t + period)`. */
function mostIn(period: number, went: readonly { at: number; cost: number }[]): number {
  const inside = (from: number) =>
    went.filter(({ at }) => at >= from && at < from + period).reduce((sum, { cost }) => sum + cost, 0)
  return Math.max(0, ...went.map(({ at }) => inside(at)))
}

/** The wait that a take would have needed which is refused at once. */
function waitOf(take: () => unknown): number | undefined {
  try {
    take()
  } catch (error) {
    return (error as RongCloudError).wait
  }
  throw new Error('was not refused')
}

/** Nothing, but for one time in so many. */
const rarely = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

describe('on a fake clock', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('never more than the limit in any sliding period, in order, with no place lost or leaked', async () => {
    const call = fc.record({
      cost: fc.integer({ min: 1, max: 5 }),
      after: fc.oneof(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 400 }),
      ),
      abortAfter: rarely(6, fc.integer({ min: 0, max: 2_000 })),
      maxWait: rarely(4, fc.integer({ min: 0, max: 3_000 })),
      pause: rarely(40, fc.integer({ min: 1, max: 1_500 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 80 }), async (calls) => {
        const limiter = createLimiter(LIMIT)
        const went: { at: number; cost: number; index: number }[] = []
        const ends: Promise<unknown>[] = []
        for (const [index, { cost, after, abortAfter, maxWait, pause }] of calls.entries()) {
          await vi.advanceTimersByTimeAsync(after)
          if (pause) limiter.pause(pause)
          const controller = new AbortController()
          if (abortAfter !== undefined) setTimeout(() => controller.abort(new Error('aborted')), abortAfter)
          const asked = performance.now()
          const gone = () => {
            const at = performance.now()
            went.push({ at, cost, index })
            expect(at - asked).toBeLessThanOrEqual((maxWait ?? Number.POSITIVE_INFINITY) + 1)
          }
          try {
            const turn = limiter.take(cost, { signal: controller.signal, maxWait })
            if (turn) ends.push(turn.then(gone, () => {}))
            else gone()
          } catch (error) {
            expect((error as RongCloudError).wait).toBeGreaterThan(maxWait as number)
          }
        }
        await vi.runAllTimersAsync()
        await Promise.all(ends)
        expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
        expect(went.map(({ index }) => index)).toEqual(went.map(({ index }) => index).toSorted((a, b) => a - b))
        // All places are free again: after a quiet period a full limit's worth goes at once, or in line behind its spacing.
        expect(vi.getTimerCount()).toBe(0)
        await vi.advanceTimersByTimeAsync(3_000)
        expect(limiter.take(20)).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  test.each([1, 2, 3])('uses at least 90 % of the limit under saturation by calls that cost %i', async (cost) => {
    const limiter = createLimiter(LIMIT)
    const went: { at: number; cost: number }[] = []
    for (let i = 0; i < 400; i++) {
      void Promise.resolve(limiter.take(cost)).then(() => went.push({ at: performance.now(), cost }))
    }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(went.length * cost).toBeGreaterThanOrEqual(180)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
  })

  test('uses at least 90 % of a limit whose messages are less than a millisecond apart', async () => {
    const limiter = createLimiter({ limit: 2_000, period: 1_000 })
    const went: { at: number; cost: number }[] = []
    for (let i = 0; i < 8_000; i++) {
      void Promise.resolve(limiter.take(1)).then(() => went.push({ at: performance.now(), cost: 1 }))
    }
    await vi.advanceTimersByTimeAsync(3_000)
    expect(went.length).toBeGreaterThanOrEqual(0.9 * 6_000)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(2_000)
  })

  test('an abort frees its place for those behind', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.take(20)
    const controller = new AbortController()
    const first = limiter.take(20, { signal: controller.signal }) as Promise<void>
    const at = performance.now()
    let waited = 0
    void (limiter.take(20) as Promise<void>).then(() => {
      waited = performance.now() - at
    })
    controller.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    await vi.runAllTimersAsync()
    expect(waited).toBeGreaterThan(1_000)
    expect(waited).toBeLessThan(1_100)
  })

  test('after an abort the line is planned anew, so that nobody is refused for a place that is free', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.take(20)
    const controllers = Array.from({ length: 5 }, () => new AbortController())
    const line = controllers.map(({ signal }) => limiter.take(20, { signal }) as Promise<void>)
    for (const controller of controllers) controller.abort(new Error('gone'))
    await Promise.allSettled(line)
    expect(() => limiter.take(20, { maxWait: 1_500 })).not.toThrow()
  })

  test('after an abort the wait is told by those who are left in line', async () => {
    const limiter = createLimiter(LIMIT)
    await vi.advanceTimersByTimeAsync(10_000)
    limiter.take(20)
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    const [first] = controllers.map(({ signal }) => limiter.take(20, { signal }) as Promise<void>)
    controllers[0]?.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    expect(waitOf(() => limiter.take(20, { maxWait: 3_000 }))).toBe(3_120)
  })

  test.each([1, 2, 5])('behind a call that costs %i the next one keeps a distance of as many shares', (cost) => {
    const limiter = createLimiter(LIMIT)
    limiter.take(cost)
    // A message's fair share of the window of 1 040 ms is 52 ms; eight tenths of it stay free.
    expect(waitOf(() => limiter.take(1, { maxWait: 0 }))).toBe(Math.ceil(41.6 * cost))
  })

  test('a turn that comes too late is refused at once, with its wait, and takes no place', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.take(20)
    expect(() => limiter.take(1, { maxWait: 500 })).toThrow(
      /^rate limit: the turn comes in 1040 ms, later than the 500 ms allowed$/,
    )
    const turn = limiter.take(20, { maxWait: 1_100 }) as Promise<void>
    await vi.advanceTimersByTimeAsync(1_041)
    await turn
  })

  test('a turn that comes just in time is taken', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    const turn = limiter.take(20, { maxWait: 1_040 })
    await vi.advanceTimersByTimeAsync(1_040)
    await expect(turn).resolves.toBeUndefined()
  })

  test('a pause pushes everyone, also those in line', async () => {
    const limiter = createLimiter(LIMIT)
    await limiter.take(20)
    let at = 0
    const start = performance.now()
    void (limiter.take(1) as Promise<void>).then(() => {
      at = performance.now() - start
    })
    limiter.pause(5_000)
    await vi.runAllTimersAsync()
    expect(at).toBeGreaterThanOrEqual(5_000)
    expect(at).toBeLessThan(5_010)
  })

  test('a pause pushes those who come after it, and is told in their wait', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    limiter.take(20)
    limiter.pause(5_000)
    expect(waitOf(() => limiter.take(20, { maxWait: 3_000 }))).toBe(6_040)
  })

  test('who is pushed beyond the wait allowed is refused at once, with the wait, and leaves the place to others', async () => {
    await vi.advanceTimersByTimeAsync(300)
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    const ended: unknown[] = []
    const first = limiter.take(20, { maxWait: 1_100 }) as Promise<void>
    void first.catch((error: RongCloudError) => ended.push(error))
    const second = limiter.take(20)
    await vi.advanceTimersByTimeAsync(100)
    limiter.pause(4_900)
    await vi.advanceTimersByTimeAsync(0)
    expect(ended).toMatchObject([{ kind: 'rate-limit', sent: 'no', wait: 5_000 }])
    expect((ended[0] as Error).message).toBe('rate limit: the turn comes in 5000 ms, later than the 1100 ms allowed')
    limiter.take(20)
    await vi.advanceTimersByTimeAsync(4_900)
    await expect(second).resolves.toBeUndefined()
    expect(waitOf(() => limiter.take(20, { maxWait: 2_000 }))).toBe(2_080)
  })

  test('who is pushed to the very end of the wait allowed keeps the place', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    const turn = limiter.take(20, { maxWait: 1_500 })
    limiter.pause(0)
    limiter.pause(1_500)
    await vi.advanceTimersByTimeAsync(1_500)
    await expect(turn).resolves.toBeUndefined()
  })

  test('who was kept from the turn by an event loop that stood still is told both waits', async () => {
    await vi.advanceTimersByTimeAsync(300)
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    const late = (limiter.take(20, { maxWait: 1_100 }) as Promise<void>).catch((error: Error) => error.message)
    standStill(2_000)
    await vi.advanceTimersByTimeAsync(1_040)
    expect(await late).toBe('rate limit: the turn comes in 3040 ms, later than the 1100 ms allowed')
  })

  test('a period longer than any timer is waited for without a turn of the clock in between', async () => {
    const limiter = createLimiter({ limit: 1, period: 2 ** 32 })
    limiter.take(1)
    void limiter.take(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(vi.getTimerCount()).toBe(1)
    const timeout = vi.spyOn(globalThis, 'setTimeout')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(timeout).not.toHaveBeenCalled()
    timeout.mockRestore()
  })

  test.each([Number.NaN, -1, undefined, '5'])('a pause of %s is none', (pause) => {
    const limiter = createLimiter(LIMIT)
    expect(() => limiter.pause(pause as number)).toThrow(/^A pause must be milliseconds, 0 or more\. Received /)
    limiter.take(20)
    expect(waitOf(() => limiter.take(20, { maxWait: 1 }))).toBe(1_040)
  })

  test('leaves nothing on a signal: neither when the turn comes, nor when it is refused, nor when the signal fires', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    const controllers = Array.from({ length: 3 }, () => new AbortController())
    const [turn, late, left] = controllers.map(({ signal }, i) =>
      Promise.resolve(limiter.take(1, { signal, ...(i === 1 && { maxWait: 2_000 }) })).catch(
        (error: Error) => error.message,
      ),
    )
    expect(controllers.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([1, 1, 1])
    limiter.pause(5_000)
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

  test('an event loop that stood still makes no burst', async () => {
    const limiter = createLimiter(LIMIT)
    const went: { at: number; cost: number }[] = []
    for (let i = 0; i < 60; i++)
      void Promise.resolve(limiter.take(1)).then(() => went.push({ at: performance.now(), cost: 1 }))
    await vi.advanceTimersByTimeAsync(300)
    standStill(900)
    await vi.runAllTimersAsync()
    expect(went).toHaveLength(60)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
  })

  test('an event loop that stood still lets nobody past the line', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(1)
    const went: string[] = []
    void (limiter.take(1) as Promise<void>).then(() => went.push('first'))
    standStill(900)
    const second = limiter.take(1)
    expect(second).toBeInstanceOf(Promise)
    void (second as Promise<void>).then(() => went.push('second'))
    await vi.runAllTimersAsync()
    expect(went).toEqual(['first', 'second'])
  })

  test('after an event loop that stood still, a wait is told by what became of the line', async () => {
    const limiter = createLimiter(LIMIT)
    limiter.take(20)
    for (let i = 0; i < 3; i++) limiter.take(20)
    standStill(900)
    // The first of the line goes at 1 940 in place of 1 040, the others each a window later.
    await vi.advanceTimersByTimeAsync(1_040)
    expect(waitOf(() => limiter.take(20, { maxWait: 2_500 }))).toBe(3_120)
  })

  test.each([0, 21, 1.5, -1, Number.NaN])('a cost of %d is a clear error, not an endless wait', (cost) => {
    expect(() => createLimiter(LIMIT).take(cost)).toThrow(
      `rate limit: a call must cost 1 to 20 messages. Received ${cost}`,
    )
  })

  test.each([
    { limit: 0, period: 1 },
    { limit: 1, period: Number.NaN },
    { limit: '20' as never, period: 1 },
  ])('refuses %j', (options) => {
    expect(() => createLimiter(options)).toThrow(/^"(limit|period)" must be a number above 0\. Received /)
  })
})

test('ten thousand calls in line, all aborted: each leaves at little cost, and nothing stays behind', async () => {
  // A minute, so that nobody's turn comes while a slow machine is at it.
  const limiter = createLimiter({ limit: 20, period: 60_000 })
  await limiter.take(20)
  const one = new AbortController()
  const gone = limiter.take(1, { signal: one.signal }) as Promise<void>
  one.abort()
  await gone.catch(() => {})
  const controllers = Array.from({ length: 10_000 }, () => new AbortController())
  const line = controllers.map(({ signal }) => limiter.take(1, { signal }) as Promise<void>)
  for (const controller of controllers.toReversed()) controller.abort()
  const ends = await Promise.allSettled(line)
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
  expect(() => limiter.take(20, { maxWait: 62_500 })).not.toThrow()
})

test('who has left the line is not held on to, though others stand in it', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const limiter = createLimiter({ limit: 20, period: 60_000 })
  await limiter.take(20)
  const own = new AbortController()
  const behind = limiter.take(1, { signal: own.signal }) as Promise<void>
  const leave = () => {
    const controller = new AbortController()
    const line = limiter.take(1, { signal: controller.signal }) as Promise<void>
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

test('a thousand calls of a client in line go in the order of the calls, each once', async () => {
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
