/**
 * What all limiters share: the interface, the numbers of the rule, the checks and the errors.
 *
 * The rule is a sliding log: no window may hold more messages than the limit. The server counts when requests arrive, and
 * they arrive a little early or late; so the window is wider than the period, and calls keep a distance from one another.
 *
 * @module
 */
import type { OperationId } from '../core/contract.js'
import { RongCloudError } from '../core/error.js'

/** Settings of one `acquire`. */
export interface AcquireOptions {
  /** Ends the wait when it fires; the promise then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Longest wait in milliseconds. A call that would have to wait longer is refused at once. Default: no limit. */
  readonly maxWait?: number | undefined
}

/** Decides when a call may go: the one in memory, the one on Redis, or one of yours. */
export interface Limiter {
  /**
   * Waits until a call that costs so many messages may go. Returns nothing when it may go at once.
   *
   * @throws RongCloudError of kind `rate-limit` with `wait` when the call would have to wait longer than `maxWait`; of kind
   * `contract` when the cost is above the limit
   */
  readonly acquire: (cost: number, options?: AcquireOptions) => Promise<void> | void
  /** The server has refused a call because of its limit: no call may go for so many milliseconds. */
  readonly pauseFor: (milliseconds: number) => Promise<void> | void
  /** The limiter of one operation, where each is counted apart. Without it, this one counts all calls of a client together. */
  readonly forOperation?: (operation: OperationId) => Limiter
}

/** Numbers of a limit. */
export interface LimiterOptions {
  /** Messages in a period, a whole number. */
  readonly limit: number
  /** Milliseconds. */
  readonly period: number
}

/** Numbers of the rule, in milliseconds. */
export interface Rule {
  /** No window of this length may hold more than the limit. */
  readonly window: number
  /** Distance that each message of a call keeps free behind it. */
  readonly spacing: number
  /** Longest distance that one call keeps free. */
  readonly maxSpacing: number
}

/** This much the arrival of a request may vary, in milliseconds. */
const JITTER_MS = 1_000
/** Distance of two calls where the window leaves room enough: it keeps a burst from opening hundreds of connections at once. */
const BURST_SPACING_MS = 10

/**
 * The window is wider than the period by a part of it, and by a second at most. In a short period this is less than the
 * jitter, and the distance between calls spreads them over the window; in a long one the window alone is enough.
 *
 * @param margin part of the period
 * @param share part of its share of the window that a message keeps free behind it
 */
export function ruleOf({ limit, period }: LimiterOptions, margin = 0.04, share = 0.8): Rule {
  const room = Math.min(margin * period, JITTER_MS)
  const window = period + room
  return { window, spacing: (share * window) / limit, maxSpacing: Math.max(JITTER_MS - room, BURST_SPACING_MS) }
}

/** The error of a call whose deadline passes while it waits: nothing was sent. */
export const deadlineExceeded = (): RongCloudError =>
  new RongCloudError('the deadline passed before the rate limit let the call go', { kind: 'timeout', retryable: true })

/** The error of a call that would have to wait too long: nothing was sent. */
export function waitTooLong(wait: number, maxWait: number): RongCloudError {
  const message = `rate limit: the call may go in ${Math.ceil(wait)} ms, later than the ${Math.floor(maxWait)} ms allowed`
  return new RongCloudError(message, { kind: 'rate-limit', retryable: true, wait: Math.ceil(wait) })
}

/** @throws RongCloudError for a cost that can never go */
export function checkCost(cost: number, limit: number): void {
  if (Number.isInteger(cost) && cost > 0 && cost <= limit) return
  throw new RongCloudError(`rate limit: a call must cost 1 to ${limit} messages. Received ${cost}`, {
    kind: 'contract',
  })
}

/** @throws TypeError for numbers that are no limit */
export function checkLimit({ limit, period }: LimiterOptions): void {
  if (!(Number.isInteger(limit) && limit > 0))
    throw new TypeError(`"limit" must be a whole number above 0. Received ${String(limit)}`)
  if (!(Number.isFinite(period) && period > 0))
    throw new TypeError(`"period" must be milliseconds, a number above 0. Received ${String(period)}`)
}

/** @throws TypeError for a time that is none */
export function checkPause(milliseconds: number): void {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0))
    throw new TypeError(`A pause must be milliseconds, 0 or more. Received ${milliseconds}`)
}
