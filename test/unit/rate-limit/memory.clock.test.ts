/** The limiter in memory by a clock that is set by hand: other clocks, calls that have vanished, and what it returns. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLimiter } from '../../../src/rate-limit/memory.js'

let now = 0
beforeEach(() => {
  now = 100_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const limiterOf = (limit = 1, period = 1_000) => createLimiter({ limit, period })
/** True for a call that may start at once. */
const isFree = (limiter: ReturnType<typeof limiterOf>) => limiter.acquire(1) === undefined

test('a call that may start at once waits for no promise', () => {
  const limiter = limiterOf(2)
  expect(limiter.acquire(1)).toBeUndefined()
  now += 1_000
  expect(limiter.acquire(1)).toBeUndefined()
  expect(limiter.acquire(1)).toBeInstanceOf(Promise)
})

test('an unknown option is named', () => {
  expect(() => createLimiter({ limit: 1, period: 1, periode: 2 } as never)).toThrow(
    new TypeError('"periode" is not an option of a limiter. Did you mean "period"?'),
  )
})

describe('a clock that goes back', () => {
  test.each([
    [40, false],
    [41, true],
    [90_000, true],
  ])('by %i ms is another clock: %j', (back, forgets) => {
    const limiter = limiterOf()
    expect(isFree(limiter)).toBe(true)
    now -= back
    expect(isFree(limiter)).toBe(forgets)
  })

  test('ends a pause', () => {
    const limiter = limiterOf()
    limiter.pauseFor(50_000)
    expect(isFree(limiter)).toBe(false)
    now -= 1_000
    expect(isFree(limiter)).toBe(true)
  })
})

describe('a call whose timer never fires', () => {
  /** Whether the next call may start so long after one has vanished. */
  function isFreeAfter(milliseconds: number): boolean {
    const limiter = limiterOf(1, 100)
    expect(isFree(limiter)).toBe(true)
    expect(isFree(limiter)).toBe(false)
    // The fake timers stand still.
    now += milliseconds
    return isFree(limiter)
  }

  test.each([
    [1_100, false],
    [9_900, false],
    [10_300, true],
  ])('blocks the line for ten seconds: after %i ms the next one is free: %j', (milliseconds, free) => {
    expect(isFreeAfter(milliseconds)).toBe(free)
  })

  test.each([
    [900, false],
    [1_300, true],
  ])('blocks it for one second on Cloudflare Workers: after %i ms the next one is free: %j', (milliseconds, free) => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    expect(isFreeAfter(milliseconds)).toBe(free)
  })
})
