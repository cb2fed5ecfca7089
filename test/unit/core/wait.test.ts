/** Waits that a signal can end, and time limits. What they leave behind is counted. */
import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { delay, MAX_TIMEOUT_MS, withTimeout } from '../../../src/core/wait.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => vi.useRealTimers())

/** A signal, and how many listeners are on it. */
function counted() {
  const controller = new AbortController()
  const { signal } = controller
  const abort = (reason: unknown) => controller.abort(reason)
  return { signal, abort, listeners: () => getEventListeners(signal, 'abort').length }
}

/** What became of a promise so far. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  return Promise.race([
    promise.then(
      (value) => ({ value }),
      (reason: unknown) => ({ reason }),
    ),
    // A few turns later than a promise that has settled.
    (async () => {
      for (let i = 0; i < 10; i++) await undefined
      return 'pending'
    })(),
  ])
}

describe('delay', () => {
  test('ends after its time, not before, and leaves nothing behind', async () => {
    const { signal, listeners } = counted()
    const wait = delay(100, signal)
    expect(listeners()).toBe(1)
    vi.advanceTimersByTime(99)
    expect(await stateOf(wait)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await stateOf(wait)).toEqual({ value: undefined })
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0])
  })

  test('needs no signal', async () => {
    const wait = delay(5)
    vi.advanceTimersByTime(5)
    expect(await stateOf(wait)).toEqual({ value: undefined })
  })

  test('is woken, with and without a signal', async () => {
    for (const signal of [undefined, counted().signal]) {
      const sleeper: { wake?: () => void } = {}
      const wait = delay(100, signal, sleeper)
      sleeper.wake?.()
      expect(await stateOf(wait)).toEqual({ value: undefined })
      expect(vi.getTimerCount()).toBe(0)
    }
  })

  test('rejects with the reason of the signal, and then has no timer', async () => {
    const { signal, abort } = counted()
    const wait = delay(100, signal)
    abort('enough')
    expect(await stateOf(wait)).toEqual({ reason: 'enough' })
    expect(vi.getTimerCount()).toBe(0)
    expect(await stateOf(delay(100, signal))).toEqual({ reason: 'enough' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('takes no longer than a timer can', () => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    delay(2 ** 31)
    delay(7)
    expect(set.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([MAX_TIMEOUT_MS, 7])
  })
})

describe('withTimeout', () => {
  const late = () => new Error('late')
  const never = new Promise<never>(() => {})

  test.each([
    ['resolves', () => Promise.resolve(1), { value: 1 }],
    ['rejects', () => Promise.reject(new Error('no')), { reason: new Error('no') }],
  ])('a promise that %s in time settles as it does, and leaves nothing behind', async (_how, work, state) => {
    const { signal, listeners } = counted()
    expect(await stateOf(withTimeout(work(), 100, late, signal))).toEqual(state)
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0])
  })

  test('rejects after its time, and leaves nothing behind', async () => {
    const { signal, listeners } = counted()
    const wait = withTimeout(never, 100, late, signal)
    vi.advanceTimersByTime(99)
    expect([await stateOf(wait), listeners()]).toEqual(['pending', 1])
    vi.advanceTimersByTime(1)
    expect(await stateOf(wait)).toEqual({ reason: new Error('late') })
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0])
  })

  test('needs no signal', async () => {
    const wait = withTimeout(never, 1, late)
    vi.advanceTimersByTime(1)
    expect(await stateOf(wait)).toEqual({ reason: new Error('late') })
  })

  test('rejects with the reason of the signal, before and during the wait', async () => {
    const { signal, listeners, abort } = counted()
    const wait = withTimeout(never, 100, late, signal)
    abort('enough')
    expect(await stateOf(wait)).toEqual({ reason: 'enough' })
    expect(await stateOf(withTimeout(never, 100, late, signal))).toEqual({ reason: 'enough' })
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0])
  })

  test('has no limit above what a timer can', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    withTimeout(never, MAX_TIMEOUT_MS, late)
    withTimeout(never, MAX_TIMEOUT_MS + 1, late)
    expect(set.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([MAX_TIMEOUT_MS])
  })

  /** A timer that fires so much later than it should. */
  const blockedFor = (more: number, work: Promise<unknown> = never) => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const wait = withTimeout(work, 100, late)
    now = 100 + more
    vi.advanceTimersByTime(100)
    return wait
  }

  test('gives the answer a turn more when the event loop was blocked', async () => {
    expect(await stateOf(blockedFor(50))).toEqual({ reason: new Error('late') })
    const wait = blockedFor(51)
    expect(await stateOf(wait)).toBe('pending')
    vi.advanceTimersByTime(49)
    expect(await stateOf(wait)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await stateOf(wait)).toEqual({ reason: new Error('late') })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('takes an answer that comes in that turn', async () => {
    let answer = (_value: string) => {}
    const wait = blockedFor(
      1_000,
      new Promise((resolve) => {
        answer = resolve
      }),
    )
    answer('there')
    expect(await stateOf(wait)).toEqual({ value: 'there' })
    expect(vi.getTimerCount()).toBe(0)
  })
})
