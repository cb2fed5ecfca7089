/**
 * What all limiters share: the interface, the numbers of the rule, the checks and the errors.
 *
 * The rule is a sliding log: no time window may contain more messages than the limit. The server counts requests when they
 * arrive, and network delays vary. So the window is longer than the period, and calls start at a distance from one another.
 *
 * @module
 */
import type { OperationId } from '../core/contract.js'
import { RongCloudError } from '../core/error.js'
import type { OptionNames } from '../core/options.js'
import { MAX_TIMEOUT_MS } from '../core/wait.js'

/** Settings of one `acquire`. */
export interface AcquireOptions {
  /** Ends the wait when it fires. The promise then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Longest wait in milliseconds; 0 means now or never. A call that would have to wait longer is refused at once. Default: no limit. */
  readonly maxWait?: number | undefined
}

/** Decides when a call may start. `createLimiter` makes one in memory, `createRedisLimiter` one on Redis; or write your own. */
export interface Limiter {
  /**
   * Waits until a call may start. Returns undefined instead of a promise when it may start at once.
   *
   * The promise rejects with a `RongCloudError` of kind `rate-limit` with `wait` when the call would have to wait longer than
   * `maxWait`, and of kind `contract` when the cost is above the limit.
   *
   * @param cost messages that the call costs
   */
  readonly acquire: (cost: number, options?: AcquireOptions) => Promise<void> | void
  /** Lets no call start for this many milliseconds, 24 days at most. The client calls it when the server has refused a call because of the limit. */
  readonly pauseFor: (milliseconds: number) => Promise<void> | void
  /** The limiter of one operation, if each operation has its own count. Without it, all calls of a client are counted together. */
  readonly forOperation?: ((operation: OperationId) => Limiter) | undefined
}

/** The numbers of a limit. */
export interface LimiterOptions {
  /** Messages in a period, a whole number. */
  readonly limit: number
  /** Length of the period in milliseconds. */
  readonly period: number
}

/** Every option of a limiter. */
export const LIMITER_OPTIONS: OptionNames<LimiterOptions> = { limit: true, period: true }

/** The numbers of the rule, in milliseconds. */
export interface Rule {
  /** No time window of this length may contain more messages than the limit. */
  readonly window: number
  /** Distance to the next call, for each message that a call costs. */
  readonly spacing: number
  /** Longest distance to the next call, whatever a call costs. */
  readonly maxSpacing: number
}

/** How much the arrival time of a request may vary, in milliseconds. */
const JITTER_MS = 1_000
/** Smallest `maxSpacing`, in milliseconds. It prevents a burst from opening hundreds of connections at once. */
const BURST_SPACING_MS = 10

/**
 * The rule for a limit. The window is longer than the period by `margin`, and by a second at most. In a short period that is
 * less than the jitter, so the distance between calls spreads them over the window. In a long one the window alone is enough.
 *
 * @param margin how much longer the window is, as a part of the period
 * @param share distance behind a message, as a part of `window / limit`
 */
export function ruleOf({ limit, period }: LimiterOptions, margin = 0.04, share = 0.8): Rule {
  const extra = Math.min(margin * period, JITTER_MS)
  const window = period + extra
  return { window, spacing: (share * window) / limit, maxSpacing: Math.max(JITTER_MS - extra, BURST_SPACING_MS) }
}

/** The error of a call whose deadline passes while it waits: nothing was sent. */
export const deadlineExceeded = (): RongCloudError =>
  new RongCloudError('the deadline passed before the rate limit allowed the call', { kind: 'timeout', retryable: true })

/** The error of a call that would have to wait too long: nothing was sent. */
export function waitTooLong(wait: number, maxWait: number): RongCloudError {
  const message = `rate limit: the call must wait ${Math.ceil(wait)} ms, longer than the ${Math.floor(maxWait)} ms allowed`
  return new RongCloudError(message, { kind: 'rate-limit', retryable: true, wait: Math.ceil(wait) })
}

/** @throws RongCloudError for a cost that the limit can never allow */
export function checkCost(cost: number, limit: number): void {
  if (Number.isInteger(cost) && cost > 0 && cost <= limit) return
  const message = `rate limit: a call must cost 1 to ${limit}, the limit of the limiter. Received ${cost}`
  throw new RongCloudError(message, { kind: 'contract' })
}

/** @throws TypeError unless both numbers are valid */
export function checkLimit({ limit, period }: LimiterOptions): void {
  if (!(Number.isInteger(limit) && limit > 0))
    throw new TypeError(`"limit" must be a whole number above 0. Received ${String(limit)}`)
  if (!(Number.isFinite(period) && period > 0))
    throw new TypeError(`"period" must be milliseconds, a number above 0. Received ${String(period)}`)
}

/** @throws TypeError unless the time is a number from 0 to the longest time of a timer: a longer pause is a mistake */
export function checkPause(milliseconds: number): void {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0 && milliseconds <= MAX_TIMEOUT_MS))
    throw new TypeError(`A pause must be milliseconds, 0 to ${MAX_TIMEOUT_MS}. Received ${milliseconds}`)
}
