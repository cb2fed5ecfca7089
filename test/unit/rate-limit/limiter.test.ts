import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { delay, MAX_TIMEOUT_MS, withTimeout } from '../../../src/core/wait.js'
import {
  checkCost,
  checkLimit,
  checkPause,
  deadlineExceeded,
  ruleOf,
  waitTooLong,
} from '../../../src/rate-limit/limiter.js'

describe('a wait', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('ends at its time, with or without a signal, and leaves nothing on it', async () => {
    const { signal } = new AbortController()
    const ended: string[] = []
    void delay(100, undefined).then(() => ended.push('without'))
    void delay(100, signal).then(() => ended.push('with'))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(99)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toEqual(['without', 'with'])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('ends with the reason of its signal, at once, and leaves neither timer nor listener', async () => {
    const controller = new AbortController()
    const waiting = delay(100, controller.signal)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('longer than any timer ends when the timer does', async () => {
    let ended = false
    void delay(2 ** 40).then(() => {
      ended = true
    })
    await vi.advanceTimersByTimeAsync(MAX_TIMEOUT_MS - 1)
    expect(ended).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toBe(true)
  })

  test('ends at once when its sleeper is woken, and leaves neither timer nor listener', async () => {
    const { signal } = new AbortController()
    const sleeper: { wake?: () => void } = {}
    const waiting = delay(100, signal, sleeper)
    sleeper.wake?.()
    await expect(waiting).resolves.toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('does not begin when its signal has fired before', async () => {
    const reason = new Error('enough')
    await expect(delay(100, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a promise with a time limit', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test.each([
    ['comes', (): Promise<unknown> => Promise.resolve('turn'), 'turn'],
    ['fails', (): Promise<unknown> => Promise.reject(new Error('down')), 'down'],
    [
      'comes too late',
      (): Promise<unknown> => new Promise(() => {}),
      'the deadline passed before the rate limit allowed the call',
    ],
  ])('leaves neither timer nor listener when it %s', async (_how, work, expected) => {
    const { signal } = new AbortController()
    const ended = withTimeout(work(), 100, deadlineExceeded, signal).catch((error: Error) => error.message)
    await vi.advanceTimersByTimeAsync(100)
    expect(await ended).toBe(expected)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test.each([MAX_TIMEOUT_MS + 1, Number.POSITIVE_INFINITY])('has no limit when the limit is %d', async (limit) => {
    const ended = withTimeout(Promise.resolve('late'), limit, deadlineExceeded)
    expect(vi.getTimerCount()).toBe(0)
    expect(await ended).toBe('late')
  })

  test('may take as long as any timer can', async () => {
    const ended = withTimeout(new Promise(() => {}), MAX_TIMEOUT_MS, deadlineExceeded).catch((error: Error) => error)
    await vi.advanceTimersByTimeAsync(MAX_TIMEOUT_MS)
    expect(await ended).toMatchObject({ kind: 'timeout', processed: 'no', retryable: true })
  })

  test.each([
    ['has a result that comes within 50 ms', 20, 'done'],
    ['fails after 50 ms without one', 500, 'the deadline passed before the rate limit allowed the call'],
  ])('%s, when a blocked event loop made its timer late', async (_what, left, expected) => {
    const start = performance.now()
    const now = vi.spyOn(performance, 'now')
    const work = delay(100 + left).then(() => 'done')
    const ended = withTimeout(work, 100, deadlineExceeded).catch((error: Error) => error.message)
    now.mockReturnValue(start + 5_000)
    await vi.advanceTimersByTimeAsync(150)
    now.mockRestore()
    expect(await ended).toBe(expected)
    expect(vi.getTimerCount()).toBe(left > 50 ? 1 : 0)
  })

  test.each([true, false])('is abandoned when the signal fires, or has fired: %s', async (before) => {
    const [controller, reason] = [new AbortController(), new Error('enough')]
    if (before) controller.abort(reason)
    const ended = withTimeout(new Promise(() => {}), 100, deadlineExceeded, controller.signal).catch(
      (error: Error) => error,
    )
    controller.abort(reason)
    expect(await ended).toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })
})

test.each([0, 21, 1.5, Number.NaN])(
  'a cost of %d with a limit of 20 is an error of kind contract, with nothing sent',
  (cost) => {
    expect(() => checkCost(cost, 20)).toThrow(
      expect.objectContaining({
        message: `rate limit: a call must cost 1 to 20, the limit of the limiter. Received ${cost}`,
        kind: 'contract',
        processed: 'no',
        retryable: false,
      }),
    )
  },
)

test.each([1, 20])('a cost of %d with a limit of 20 is valid', (cost) => {
  expect(() => checkCost(cost, 20)).not.toThrow()
})

test.each([0, -1, 1.5, 0.3, Number.NaN, Number.POSITIVE_INFINITY, '20', null, undefined, 1n])(
  'a limit of %s is none',
  (limit) => {
    expect(() => checkLimit({ limit: limit as number, period: 1 })).toThrow(
      new TypeError(`"limit" must be a whole number above 0. Received ${String(limit)}`),
    )
  },
)

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '20', null, undefined, 1n])(
  'a period of %s is none',
  (period) => {
    expect(() => checkLimit({ limit: 1, period: period as number })).toThrow(
      new TypeError(`"period" must be milliseconds, a number above 0. Received ${String(period)}`),
    )
  },
)

test.each([-1, Number.NaN, '5', null, undefined, MAX_TIMEOUT_MS + 1, Number.POSITIVE_INFINITY])(
  'a pause of %s is refused',
  (pause) => {
    expect(() => checkPause(pause as number)).toThrow(
      new TypeError(`A pause must be milliseconds, 0 to 2147483647. Received ${pause}`),
    )
  },
)

test.each([0, 0.5, MAX_TIMEOUT_MS])('a pause of %s milliseconds is valid', (pause) => {
  expect(() => checkPause(pause)).not.toThrow()
})

test('a wait that is too long is reported in whole milliseconds, rounded up; nothing was sent', () => {
  expect(waitTooLong(100.2, 50.9)).toMatchObject({
    message: 'rate limit: the call must wait 101 ms, longer than the 50 ms allowed',
    kind: 'rate-limit',
    processed: 'no',
    retryable: true,
    wait: 101,
  })
})

test.each([1, 20])('a limit of %s in half a millisecond is valid', (limit) => {
  expect(() => checkLimit({ limit, period: 0.5 })).not.toThrow()
})

// The window is wider than the period by 4 %, a second at most; the distance is 80 % of a message's share of it, within bounds.
test.each([
  [
    { limit: 20, period: 1_000 },
    { window: 1_040, spacing: 41.6, maxSpacing: 960 },
  ],
  [
    { limit: 100, period: 10_000 },
    { window: 10_400, spacing: 83.2, maxSpacing: 600 },
  ],
  [
    { limit: 6_000, period: 60_000 },
    { window: 61_000, spacing: 8.13, maxSpacing: 10 },
  ],
  [
    { limit: 2, period: 3_600_000 },
    { window: 3_601_000, spacing: 1_440_400, maxSpacing: 10 },
  ],
])('the rule of %j', (limit, { window, spacing, maxSpacing }) => {
  const rule = ruleOf(limit)
  expect([rule.window, rule.maxSpacing]).toEqual([window, maxSpacing])
  expect(rule.spacing).toBeCloseTo(spacing, 2)
})
