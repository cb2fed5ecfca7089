import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient, createLimiter, type RongCloudError } from '../src/index.js'
import { startServer } from '../src/mock/server.js'
import { createMockApi } from '../src/mock/testing.js'

const LIMIT = { limit: 20, period: 1_000 }

/** Most messages in any window `[t, t + period)`. */
function mostIn(period: number, went: readonly { at: number; cost: number }[]): number {
  const inside = (from: number) =>
    went.filter(({ at }) => at >= from && at < from + period).reduce((sum, { cost }) => sum + cost, 0)
  return Math.max(0, ...went.map(({ at }) => inside(at)))
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

  test('an event loop that stood still makes no burst', async () => {
    const limiter = createLimiter(LIMIT)
    const went: { at: number; cost: number }[] = []
    for (let i = 0; i < 60; i++)
      void Promise.resolve(limiter.take(1)).then(() => went.push({ at: performance.now(), cost: 1 }))
    await vi.advanceTimersByTimeAsync(300)
    // Time passes, timers do not fire.
    vi.setSystemTime(Date.now() + 900)
    await vi.runAllTimersAsync()
    expect(went).toHaveLength(60)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
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
  const limiter = createLimiter({ limit: 20, period: 60_000 })
  await limiter.take(20)
  const controllers = Array.from({ length: 10_000 }, () => new AbortController())
  const line = controllers.map(({ signal }) => limiter.take(1, { signal }) as Promise<void>)
  for (const controller of controllers.toReversed()) controller.abort()
  const ends = await Promise.allSettled(line)
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
  const last = new AbortController()
  const turn = limiter.take(20, { maxWait: 63_000, signal: last.signal }) as Promise<void>
  last.abort()
  await expect(turn).rejects.toThrow()
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

test("the stand-in's own limiter agrees: ten seconds of saturation over HTTP, not one 429", {
  timeout: 20_000,
}, async () => {
  const api = createMockApi({ appKey: 'k', appSecret: 's' })
  const server = await startServer(api)
  const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: server.url, deadline: 60_000 })
  // First calls are slow by their connections and by code that runs for the first time.
  const warm = { fromUserId: '1', toGroupId: ['0'], objectName: 'app:x', content: 'x' } as const
  await Promise.all(Array.from({ length: 9 }, () => client.sendGroupStatusMessage(warm)))
  await new Promise((done) => setTimeout(done, 1_100))
  const until = performance.now() + 10_000
  const controller = new AbortController()
  const saturate = async (groups: number) => {
    const toGroupId = Array.from({ length: groups }, (_, i) => String(i)) as [string]
    while (performance.now() < until) {
      await client.safe.sendGroupStatusMessage(
        { fromUserId: '1', toGroupId, objectName: 'app:x', content: 'x' },
        { signal: controller.signal },
      )
    }
  }
  setTimeout(() => controller.abort(), 10_000)
  await Promise.all([1, 2, 3, 1, 2, 3, 1, 2, 3].map(saturate))
  const messages = api.calls
    .map((call) => (call.operation ? call.body.toGroupId.length : 0))
    .reduce<number>((sum, one) => sum + one, 0)
  await server.close()
  expect(api.calls.filter(({ status }) => status === 429)).toEqual([])
  expect(() => api.verify()).not.toThrow()
  expect(messages).toBeGreaterThanOrEqual(170)
})
