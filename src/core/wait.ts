/**
 * A delay that a signal can end, and a time limit for a promise.
 *
 * Each wait has its own timer and listener, and removes both at its end. `setTimeout` is looked up at each call, so that a
 * test may replace it at any time.
 *
 * @module
 */

/** Longest time of a JavaScript timer, in milliseconds: 24.8 days. */
export const MAX_TIMEOUT_MS: number = 2 ** 31 - 1

/**
 * Waits, for `MAX_TIMEOUT_MS` at most, until the time has passed or the signal fires.
 *
 * @param sleeper gets a method `wake` that ends the wait at once
 * @throws the reason of the signal
 */
export function delay(
  milliseconds: number,
  signal?: AbortSignal | undefined,
  sleeper: { wake?: (() => void) | undefined } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    sleeper.wake = done
    const timer = setTimeout(done, Math.min(milliseconds, MAX_TIMEOUT_MS))
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/**
 * A timer that fires more than this late, in milliseconds, means that the event loop was blocked. The answer may have arrived
 * meanwhile, so the wait goes on for this long once more.
 */
const TURN_MS = 50

/**
 * Waits for a promise until a time limit is reached or a signal fires.
 *
 * @param milliseconds the time limit; above `MAX_TIMEOUT_MS` there is no limit
 * @param late makes the error for a promise that takes longer
 * @throws the reason of the promise, the error of `late`, or the reason of the signal
 */
export function withTimeout<T>(
  work: PromiseLike<T>,
  milliseconds: number,
  late: () => Error,
  signal?: AbortSignal | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const fail = (reason: unknown) => {
      end()
      reject(reason)
    }
    const abort = () => fail(signal?.reason)
    const due = performance.now() + milliseconds
    const expire = () => {
      const isOverdue = performance.now() - due > TURN_MS
      if (isOverdue) timer = setTimeout(() => fail(late()), TURN_MS)
      else fail(late())
    }
    let timer = milliseconds > MAX_TIMEOUT_MS ? undefined : setTimeout(expire, milliseconds)
    signal?.addEventListener('abort', abort)
    work.then((value) => {
      end()
      resolve(value)
    }, fail)
    if (signal?.aborted) abort()
  })
}
