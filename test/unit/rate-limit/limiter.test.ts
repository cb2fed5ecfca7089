import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkCost, checkLimit, noTime, sleep, within } from '../../../src/rate-limit/limiter.js'

describe('a wait', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('ends at its time, with or without a signal, and leaves nothing on it', async () => {
    const { signal } = new AbortController()
    const ended: string[] = []
    void sleep(100, undefined).then(() => ended.push('without'))
    void sleep(100, signal).then(() => ended.push('with'))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(99)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ended).toEqual(['without', 'with'])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('ends with the reason of its signal, at once, and leaves neither timer nor listener', async () => {
    const controller = new AbortController()
    const waiting = sleep(100, controller.signal)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('does not begin when its signal has fired before', async () => {
    const reason = new Error('enough')
    await expect(sleep(100, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('what somebody else promises', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test.each([
    ['comes', (): Promise<unknown> => Promise.resolve('turn'), 'turn'],
    ['fails', (): Promise<unknown> => Promise.reject(new Error('down')), 'down'],
    ['comes too late', (): Promise<unknown> => new Promise(() => {}), 'no turn came before the deadline'],
  ])('leaves neither timer nor listener when it %s', async (_how, work, expected) => {
    const { signal } = new AbortController()
    const ended = within(work(), 100, noTime, signal).catch((error: Error) => error.message)
    await vi.advanceTimersByTimeAsync(100)
    expect(await ended).toBe(expected)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test.each([true, false])('is given up when the signal fires, or has fired: %s', async (before) => {
    const [controller, reason] = [new AbortController(), new Error('enough')]
    if (before) controller.abort(reason)
    const ended = within(new Promise(() => {}), 100, noTime, controller.signal).catch((error: Error) => error)
    controller.abort(reason)
    expect(await ended).toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })
})

test.each([0, 21, 1.5, Number.NaN])('a cost of %d of 20 is an error of the contract, with nothing sent', (cost) => {
  expect(() => checkCost(cost, 20)).toThrow(expect.objectContaining({ kind: 'contract', sent: 'no', retryable: false }))
})

test.each([1, 20])('a cost of %d of 20 is none', (cost) => {
  expect(() => checkCost(cost, 20)).not.toThrow()
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '20', null, undefined, 1n])(
  'a limit of %s is none',
  (limit) => {
    expect(() => checkLimit({ limit: limit as number, period: 1 })).toThrow(
      new TypeError(`"limit" must be a number above 0. Received ${String(limit)}`),
    )
  },
)
