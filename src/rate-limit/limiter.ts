/**
 * What all limiters share: how a turn is asked for and refused, and the numbers of the rule.
 *
 * The rule is a sliding log with spacing. The log alone would let a burst at the end of one period meet a burst at the start of
 * the next at the server; so the window is a little wider than the period, and calls keep a distance that grows with their cost.
 *
 * @module
 */
import type { OperationId } from '../core/contract.js'
import { RongCloudError } from '../core/error.js'

/** What a call may ask of its turn. */
export interface AcquireOptions {
  /** Gives the place up when it fires; the promise then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Longest wait in milliseconds. A turn that would come later is refused at once. Default: any. */
  readonly maxWait?: number | undefined
}

/** Something that lets calls through in turn: the one in memory, the one on Redis, or one of yours. */
export interface Limiter {
  /**
   * Waits for the turn of a call that costs so many messages; nothing is returned when it may go at once.
   *
   * @throws RongCloudError of kind `rate-limit` with `wait` when the turn would come after `maxWait`; of kind `contract`
   * when the cost is above the limit
   */
  readonly acquire: (cost: number, options?: AcquireOptions) => Promise<void> | void
  /** The server has refused for its limit: nobody's turn comes within the next so many milliseconds. */
  readonly pauseFor: (milliseconds: number) => Promise<void> | void
  /** The limiter of one operation, where operations are counted apart. Without this, one counts all of a client's calls together. */
  readonly forOperation?: (operation: OperationId) => Limiter
}

/** Numbers of a limit. */
export interface LimiterOptions {
  /** Messages in a period. */
  readonly limit: number
  /** Milliseconds. */
  readonly period: number
}

/** How much wider than the period the window is: room for the jitter of timers and network. */
export const WINDOW = 1.04
/** How much of its fair share of the window a message keeps free behind it. */
export const SPACING = 0.8

/** The deadline has passed, and nothing was sent. */
export const deadlineExceeded = (): RongCloudError =>
  new RongCloudError('no turn came before the deadline', { kind: 'timeout', retryable: true })

/** A turn that was refused: it would come too late. */
export const waitTooLong = (wait: number, maxWait: number): RongCloudError =>
  new RongCloudError(
    `rate limit: the turn comes in ${Math.ceil(wait)} ms, later than the ${Math.floor(maxWait)} ms allowed`,
    {
      kind: 'rate-limit',
      retryable: true,
      wait: Math.ceil(wait),
    },
  )

/** @throws RongCloudError for a cost that no wait can bring through */
export function checkCost(cost: number, limit: number): void {
  if (Number.isInteger(cost) && cost > 0 && cost <= limit) return
  throw new RongCloudError(`rate limit: a call must cost 1 to ${limit} messages. Received ${cost}`, {
    kind: 'contract',
  })
}

/** @throws TypeError for numbers that are no limit */
export function checkLimit({ limit, period }: LimiterOptions): void {
  for (const [name, value] of Object.entries({ limit, period })) {
    if (value > 0 && Number.isFinite(value)) continue
    throw new TypeError(`"${name}" must be a number above 0. Received ${String(value)}`)
  }
}

/** @throws TypeError for a time that is none */
export function checkPause(milliseconds: number): void {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0))
    throw new TypeError(`A pause must be milliseconds, 0 or more. Received ${milliseconds}`)
}
