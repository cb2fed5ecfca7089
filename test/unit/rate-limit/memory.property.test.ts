/** Laws of the limiter in memory, as tables of limits and as properties. Requests are counted when they arrive. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLimiter, type Limiter, type LimiterOptions, type RongCloudError } from '../../../src/index.js'
import { Clock } from '../../support/clock.js'

interface Call {
  readonly at: number
  readonly cost: number
}

let clock: Clock
beforeEach(() => {
  clock = new Clock(5_000)
  clock.install()
})
const inWorker = () => vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
afterEach(() => clock.uninstall())

/** A time limit that a busy machine does not reach. */
const BUSY_MACHINE_MS = 60_000

/** A random number from 0 to 1, the same in each run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Most messages in any window `[t, t + period)`. */
function mostIn(period: number, calls: readonly Call[]): number {
  const sorted = calls.toSorted((a, b) => a.at - b.at)
  let most = 0
  let sum = 0
  let first = 0
  for (const { at, cost } of sorted) {
    sum += cost
    for (; (sorted[first] as Call).at <= at - period; first++) sum -= (sorted[first] as Call).cost
    most = Math.max(most, sum)
  }
  return most
}

const total = (calls: readonly Call[]) => calls.reduce((sum, { cost }) => sum + cost, 0)

/** The calls of several callers in a time. Each caller makes its next call at once. */
async function saturate(limiter: Limiter, callers: number, costOf: () => number, time: number): Promise<Call[]> {
  const went: Call[] = []
  const until = clock.now + time
  const caller = async () => {
    while (clock.now < until) {
      const cost = costOf()
      await limiter.acquire(cost)
      if (clock.now < until) went.push({ at: clock.now, cost })
      else return
    }
  }
  for (let i = 0; i < callers; i++) void caller()
  await clock.advance(time)
  return went
}

/** The times at which the same calls arrive: each some milliseconds later. */
const arrived = (calls: readonly Call[], jitter: number, random: () => number): Call[] =>
  calls.map(({ at, cost }) => ({ at: at + jitter * random(), cost }))

const LIMITS: readonly (LimiterOptions & { name: string; mixed: number; costs: readonly number[]; jitter: number })[] =
  [
    { name: '1 a second', limit: 1, period: 1_000, mixed: 1, costs: [1], jitter: 30 },
    { name: '20 a second', limit: 20, period: 1_000, mixed: 3, costs: [1, 2, 3, 7, 10, 11, 20], jitter: 30 },
    { name: '100 a second', limit: 100, period: 1_000, mixed: 10, costs: [1, 7, 33, 51, 100], jitter: 30 },
    { name: '2 000 a second', limit: 2_000, period: 1_000, mixed: 100, costs: [1, 700], jitter: 30 },
    { name: '6 000 a minute', limit: 6_000, period: 60_000, mixed: 600, costs: [1, 3, 1_000, 3_001], jitter: 500 },
    { name: '2 an hour', limit: 2, period: 3_600_000, mixed: 1, costs: [1, 2], jitter: 500 },
    { name: '10 in 200 ms', limit: 10, period: 200, mixed: 2, costs: [1, 3], jitter: 5 },
  ]

/** With Stryker's marks in the limiter, thousands of calls at once take a minute; it has the other limits. */
const isMarked = process.env['STRYKER_MUTATOR_WORKER'] !== undefined

describe.each(LIMITS.filter(({ limit }) => !isMarked || limit < 2_000))(
  'under saturation at $name',
  ({ limit, period, mixed, costs, jitter }) => {
    const random = randomOf(7)
    const cases = [
      ...costs.map((cost) => ({
        name: `calls that cost ${cost}`,
        best: Math.floor(limit / cost) * cost,
        costOf: () => cost,
      })),
      { name: `calls that cost 1 to ${mixed}`, best: limit, costOf: () => 1 + Math.floor(random() * mixed) },
    ]
    const title = '$name use 90 % of the limit and never exceed it on arrival'

    test.each(cases)(title, { timeout: BUSY_MACHINE_MS }, async ({ best, costOf }) => {
      clock.lateness = () => random()
      const periods = limit >= 2_000 ? 2 : 10
      const went = await saturate(createLimiter({ limit, period }), 60, costOf, periods * period)
      expect(total(went)).toBeGreaterThanOrEqual(0.9 * periods * best)
      expect(mostIn(period, went)).toBeLessThanOrEqual(limit)
      expect(mostIn(period, arrived(went, jitter, random))).toBeLessThanOrEqual(limit)
    })
  },
)

test.each([
  { name: 'at 20 a second, 42 ms a message', limit: 20, period: 1_000, cost: 3, wait: 125 },
  { name: 'at 6 000 a minute, 8 ms a message', limit: 6_000, period: 60_000, cost: 1, wait: 9 },
  { name: 'at 6 000 a minute, 10 ms behind a call to a thousand', limit: 6_000, period: 60_000, cost: 1_000, wait: 10 },
  { name: 'at 2 an hour, 10 ms', limit: 2, period: 3_600_000, cost: 1, wait: 10 },
])('the distance behind a call suits the period: $name', async ({ limit, period, cost, wait }) => {
  const limiter = createLimiter({ limit, period })
  limiter.acquire(cost)
  await expect(limiter.acquire(1, { maxWait: 0 })).rejects.toThrow(
    expect.objectContaining({ kind: 'rate-limit', wait }),
  )
})

/** A value in one of `times` cases, otherwise undefined. */
const rarely = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const call = fc.record({
  cost: fc.integer({ min: 1, max: 5 }),
  after: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 400 })),
  abortAfter: rarely(6, fc.integer({ min: 0, max: 2_000 })),
  /** Its request ends, and takes its timers with it. */
  vanishAfter: rarely(8, fc.integer({ min: 0, max: 2_000 })),
  maxWait: rarely(4, fc.integer({ min: 0, max: 3_000 })),
  pause: rarely(40, fc.integer({ min: 1, max: 1_500 })),
  late: fc.integer({ min: 0, max: 4 }),
})

test('any calls: never above the limit, each in its own request, in order, and no place is left unused', async () => {
  inWorker()
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 80 }), async (calls) => {
      const limiter = createLimiter({ limit: 20, period: 1_000 })
      const went: (Call & { index: number })[] = []
      const ends: Promise<unknown>[] = []
      const vanished = new Set<string>()
      const mistakes: string[] = []
      const start = clock.now
      const events: { at: number; run: () => void }[] = []
      let at = start
      for (const [index, { cost, after, abortAfter, vanishAfter, maxWait, pause, late }] of calls.entries()) {
        at += after
        const request = `${start} ${index}`
        const controller = new AbortController()
        const begin = () => {
          clock.lateness = () => late
          if (pause) limiter.pauseFor(pause)
          const asked = clock.now
          const gone = () => {
            if (clock.request !== request) mistakes.push(`${index} went in the request ${clock.request}`)
            if (clock.now - asked > (maxWait ?? Number.POSITIVE_INFINITY) + 6) mistakes.push(`${index} waited too long`)
            went.push({ at: clock.now, cost, index })
          }
          const failed = ({ wait }: RongCloudError) => {
            const isRefused = wait !== undefined
            if (isRefused && wait <= (maxWait ?? wait)) mistakes.push(`${index} was refused for ${wait} ms`)
          }
          const waiting = limiter.acquire(cost, { signal: controller.signal, maxWait })
          if (waiting) ends.push(waiting.then(gone, failed))
          else gone()
        }
        events.push({ at, run: () => clock.as(request, begin) })
        if (abortAfter !== undefined) {
          const abort = () => clock.as(request, () => controller.abort(new Error('aborted')))
          events.push({ at: at + abortAfter, run: abort })
        }
        if (vanishAfter !== undefined) {
          const vanish = () => {
            clock.end(request)
            vanished.add(request)
          }
          events.push({ at: at + vanishAfter, run: vanish })
        }
      }
      for (const event of events.toSorted((a, b) => a.at - b.at)) {
        await clock.advance(event.at - clock.now)
        event.run()
      }
      await clock.advance(60_000)
      expect(mistakes).toEqual([])
      expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
      // The waiting calls stay in the order of arrival.
      expect(went.map(({ index }) => index)).toEqual(went.map(({ index }) => index).toSorted((a, b) => a - b))
      if (vanished.size === 0) await Promise.all(ends)
      // All places are free again.
      expect(limiter.acquire(20)).toBeUndefined()
    }),
    { numRuns: 150 },
  )
})

describe('on Workers, calls whose requests have ended', () => {
  beforeEach(inWorker)

  test.each([
    ['while they stood in line', 300],
    ['as soon as they had called', 0],
  ])('%s do not delay later calls', async (_when, after) => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    for (let i = 0; i < 200; i++) clock.as('gone', () => void limiter.acquire(1))
    await clock.advance(after)
    clock.end('gone')
    await clock.advance(7_000)
    const start = clock.now
    let went = 0
    clock.as('next', () => void Promise.resolve(limiter.acquire(1, { maxWait: 2_000 })).then(() => went++))
    for (let i = 0; i < 20; i++) clock.as('next', () => void Promise.resolve(limiter.acquire(1)).then(() => went++))
    await clock.advance(2_000)
    expect({ went, from: start }).toEqual({ went: 21, from: start })
  })

  test('are told from calls that sleep for long', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    for (let i = 0; i < 5; i++) void limiter.acquire(20)
    await expect(limiter.acquire(20, { maxWait: 0 })).rejects.toThrow(expect.objectContaining({ wait: 6 * 1_040 }))
  })

  test('delay the calls behind them for a while, and not for the whole queue', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    for (let i = 0; i < 10; i++) clock.as('gone', () => void limiter.acquire(20))
    let at = 0
    clock.as('next', () => void Promise.resolve(limiter.acquire(20)).then(() => (at = clock.now)))
    const start = clock.now
    clock.end('gone')
    await clock.advance(12_000)
    // Half of the longest wait until their timers are due, and a second more.
    expect(at - start).toBeLessThan(7_500)
  })

  test('a shared client survives bursts of requests of which most end early', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    const random = randomOf(3)
    const went: Call[] = []
    let lasted = 0
    let served = 0
    for (let burst = 0; burst < 20; burst++) {
      for (let i = 0; i < 10; i++) {
        const request = `${burst} ${i}`
        const ends = random() < 0.6
        if (!ends) lasted++
        clock.as(request, () => {
          const gone = () => {
            went.push({ at: clock.now, cost: 1 })
            if (!ends) served++
          }
          const waiting = limiter.acquire(1, { maxWait: 10_000 })
          if (waiting) waiting.then(gone, () => {})
          else gone()
        })
        if (ends) clock.end(request)
      }
      await clock.advance(random() * 3_000)
    }
    await clock.advance(10_000)
    expect(served).toBe(lasted)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
  })
})

test('on Workers, a call that seemed to have vanished, because its timer was late, returns to its place', async () => {
  inWorker()
  const limiter = createLimiter({ limit: 20, period: 1_000 })
  limiter.acquire(20)
  const went: string[] = []
  const call = async (name: string) => {
    await limiter.acquire(20)
    went.push(name)
  }
  // The first timer fires late, and a third call comes before the timer of the second one.
  void call('first').then(() => call('third'))
  void call('second')
  clock.now += 20_000
  await clock.advance(10_000)
  expect(went).toEqual(['first', 'second', 'third'])
})

test('five thousand waiting calls start in the order of arrival, at nine tenths of the limit', {
  timeout: BUSY_MACHINE_MS,
}, async () => {
  const limiter = createLimiter({ limit: 20_000, period: 1_000 })
  const order: number[] = []
  const start = clock.now
  let end = 0
  const line = Array.from({ length: 5_000 }, async (_, i) => {
    await limiter.acquire(3)
    order.push(i)
    end = clock.now
  })
  await clock.advance(3_000)
  await Promise.all(line)
  expect(order).toEqual(Array.from({ length: 5_000 }, (_, i) => i))
  expect(end - start).toBeLessThan(15_000 / 18)
  expect(clock.timers).toBe(0)
})

describe('the clock', () => {
  const hour = 3_600_000

  test('of fake timers that advanced by an hour is forgotten when they are removed', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    clock.now += hour
    limiter.acquire(20)
    limiter.pauseFor(10_000)
    // Its timer never fires: it went with the fake ones.
    clock.as('fake', () => void limiter.acquire(1))
    clock.end('fake')
    clock.now -= hour
    expect(limiter.acquire(20)).toBeUndefined()
    // From then on the limit holds as ever.
    await expect(limiter.acquire(1, { maxWait: 0 })).rejects.toThrow(expect.objectContaining({ wait: 1_040 }))
  })

  test('that goes back does not block waiting calls, and the limit still holds', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    const went: number[] = []
    for (let i = 0; i < 3; i++) void (limiter.acquire(20) as Promise<void>).then(() => went.push(clock.now))
    await clock.advance(100)
    const back = new Clock(0)
    vi.spyOn(performance, 'now').mockImplementation(() => clock.now - 5_000)
    await clock.advance(5_000)
    expect(back.timers).toBe(0)
    expect(went).toHaveLength(3)
    for (const [index, at] of went.entries()) expect(at - (went[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_040)
  })

  test('that jumps an hour ahead starts the waiting calls, each at its distance', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    const went: Call[] = []
    for (let i = 0; i < 30; i++) {
      void (limiter.acquire(1) as Promise<void>).then(() => went.push({ at: clock.now, cost: 1 }))
    }
    clock.now += hour
    await clock.advance(4_000)
    expect(went).toHaveLength(30)
    expect(mostIn(1_000, went)).toBeLessThanOrEqual(20)
  })

  test('that goes back by a few milliseconds counts as the same clock', async () => {
    const limiter = createLimiter({ limit: 20, period: 1_000 })
    limiter.acquire(20)
    clock.now -= 40
    await expect(limiter.acquire(1, { maxWait: 0 })).rejects.toThrow(expect.objectContaining({ wait: 1_080 }))
  })
})

test('a limiter is made without clock, timers and random numbers, and looks them up at each call', async () => {
  const names = ['now', 'setTimeout', 'random'] as const
  const called: string[] = []
  const count = (name: (typeof names)[number]) => () => {
    called.push(name)
    return 0
  }
  vi.spyOn(performance, 'now').mockImplementation(count('now'))
  vi.spyOn(Date, 'now').mockImplementation(count('now'))
  vi.spyOn(crypto, 'randomUUID').mockImplementation(count('random') as never)
  vi.stubGlobal('setTimeout', count('setTimeout'))
  const limiter = createLimiter({ limit: 1, period: 1_000 })
  expect(called).toEqual([])
  limiter.acquire(1)
  void limiter.acquire(1)
  expect(new Set(called)).toEqual(new Set(['now', 'setTimeout']))
})
