/**
 * The rate limit in memory, for one process. Calls start in the order in which they arrive.
 *
 * A call that may not start yet sleeps on its own timer. When it wakes, it computes from the calls before it whether it may
 * start. No call depends on the timer or the promise of another call, because Cloudflare Workers end both together with
 * the request that made them. A call that vanished with its request has an overdue timer, and is dropped.
 *
 * @module
 */
import {
  checkCost,
  checkLimit,
  checkPause,
  type Limiter,
  type LimiterOptions,
  type Rule,
  ruleOf,
  waitTooLong,
} from './limiter.js'
import { delay } from './wait.js'

/** A call that has started or is waiting. Times are milliseconds of `performance.now`. */
interface Call {
  readonly cost: number
  readonly maxWait: number
  arrivedAt: number
  /** When it started. While it waits: when it may start, by the calls before it. */
  startAt: number
  /** When its timer fires. */
  wakeAt: number
  /** Ends its sleep early. */
  wake?: (() => void) | undefined
}

/** A timer may fire up to this late without delaying the calls behind. Otherwise a high limit could not be used fully. */
const LATE_MS = 5
/** A waiting call checks after this time, or after half of its wait if that is longer, whether calls before it have left. */
const CHECK_MS = 250
/** A clock that goes back by more than this is a different clock, such as the fake timers of a test. */
const STEP_MS = 40
const isWorker = (): boolean => globalThis.navigator?.userAgent === 'Cloudflare-Workers'
/** A call whose timer is overdue by more than this has vanished. Outside Workers, a blocked event loop may delay timers for long. */
const vanishedAfter = (): number => (isWorker() ? 1_000 : 10_000)

class MemoryLimiter implements Limiter {
  readonly #limit: number
  readonly #rule: Rule
  /** Calls that started within the window, oldest first. After them the waiting calls, in order of arrival. */
  #calls: Call[] = []
  /** How many of `#calls` have started. */
  #started = 0
  /** No call may start before this time: the distance to the last call that started, or a pause. */
  #notBefore = Number.NEGATIVE_INFINITY
  #clock = Number.NEGATIVE_INFINITY

  constructor(options: LimiterOptions) {
    this.#limit = options.limit
    this.#rule = ruleOf(options)
  }

  readonly acquire: Limiter['acquire'] = (cost, { signal, maxWait = Number.POSITIVE_INFINITY } = {}) => {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const call: Call = { cost, maxWait, arrivedAt: Number.POSITIVE_INFINITY, startAt: 0, wakeAt: 0 }
    const pause = this.#tryToStart(call)
    return pause > 0 ? this.#wait(call, pause, signal) : undefined
  }

  readonly pauseFor = (milliseconds: number): void => {
    checkPause(milliseconds)
    const now = this.#now()
    this.#notBefore = Math.max(this.#notBefore, now + milliseconds)
    this.#planLine(now)
  }

  async #wait(call: Call, pause: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      for (let next = pause; next > 0; next = this.#tryToStart(call)) await delay(next, signal, call)
    } finally {
      this.#leave(call)
    }
  }

  /**
   * Starts the call if it may start, and returns 0. Otherwise returns the milliseconds until the call tries again.
   *
   * @throws RongCloudError when the call would have to wait too long
   */
  #tryToStart(call: Call): number {
    const now = this.#now()
    const planned = call.startAt
    call.wakeAt = now
    this.#dropOld(now)
    if (!this.#calls.includes(call, this.#started)) this.#join(call, now)
    this.#plan(this.#calls.indexOf(call, this.#started), now)
    const tooLate = Math.max(call.startAt, now) - call.arrivedAt > call.maxWait
    // Calls before it may have left, so plan again before it is refused.
    if (tooLate || this.#hasVanished(this.#calls[this.#started], now)) this.#planLine(now)
    const wait = Math.max(call.startAt, now) - call.arrivedAt
    if (wait > call.maxWait) {
      this.#leave(call)
      throw waitTooLong(wait, call.maxWait)
    }
    if (call === this.#calls[this.#started] && call.startAt <= now) {
      this.#start(call, now)
      // The event loop was blocked, so all calls behind are late too.
      if (now - planned > CHECK_MS) this.#planLine(now)
      return 0
    }
    const left = Math.max(call.startAt - now, 1)
    const pause = Math.ceil(Math.min(left, Math.max(CHECK_MS, left / 2)))
    call.wakeAt = now + pause
    return pause
  }

  #start(call: Call, now: number): void {
    this.#notBefore = call.startAt + this.#distanceBehind(call)
    call.startAt = now
    call.wake = undefined
    this.#started++
    // Timers count whole milliseconds, so at a high limit the next call may already start too. Workers do not allow one
    // request to resolve the promise of another.
    const next = this.#calls[this.#started]
    if (next && next.startAt <= now && !isWorker()) next.wake?.()
  }

  /** The current time. Forgets all calls when the clock is a different one; waiting calls join again when they wake. */
  #now(): number {
    const now = performance.now()
    if (now < this.#clock - STEP_MS) {
      this.#calls = []
      this.#started = 0
      this.#notBefore = Number.NEGATIVE_INFINITY
    }
    this.#clock = now
    return now
  }

  /** Puts a call behind all calls that arrived before it. That is the end, unless the call was dropped and joins again. */
  #join(call: Call, now: number): void {
    call.arrivedAt = Math.min(call.arrivedAt, now)
    const isBefore = ({ arrivedAt }: Call, index: number) => index < this.#started || arrivedAt <= call.arrivedAt
    this.#calls.splice(this.#calls.findLastIndex(isBefore) + 1, 0, call)
  }

  #leave(call: Call): void {
    const index = this.#calls.indexOf(call, this.#started)
    if (index >= 0) this.#calls.splice(index, 1)
  }

  /** Drops the started calls that are older than the window. */
  #dropOld(now: number): void {
    const inWindow = this.#calls.findIndex(({ startAt }) => startAt > now - this.#rule.window)
    const old = inWindow < 0 ? this.#started : Math.min(inWindow, this.#started)
    this.#calls.splice(0, old)
    this.#started -= old
  }

  #hasVanished(call: Call | undefined, now: number): boolean {
    return call !== undefined && call.wakeAt < now - vanishedAfter()
  }

  /** Drops the calls that have vanished, and computes when each of the others may start. */
  #planLine(now: number): void {
    this.#calls = this.#calls.filter((call, index) => index < this.#started || !this.#hasVanished(call, now))
    for (let index = this.#started; index < this.#calls.length; index++) this.#plan(index, now)
  }

  /** Computes when a call may start, from the calls before it. */
  #plan(index: number, now: number): void {
    const { window } = this.#rule
    const call = this.#calls[index] as Call
    const before = index > this.#started ? this.#calls[index - 1] : undefined
    const spaced = before ? before.startAt + this.#distanceBehind(before) : 0
    call.startAt = Math.max(call.arrivedAt, now - LATE_MS, this.#notBefore, spaced)
    // Going back from this call, the first one that exceeds the limit must leave the window before this call starts.
    let messages = call.cost
    for (let i = index - 1; i >= 0 && messages <= this.#limit; i--) {
      const { cost, startAt } = this.#calls[i] as Call
      messages += cost
      if (messages > this.#limit) call.startAt = Math.max(call.startAt, startAt + window)
    }
  }

  #distanceBehind({ cost }: Call): number {
    return Math.min(cost * this.#rule.spacing, this.#rule.maxSpacing)
  }
}

/**
 * Makes a limiter in memory, for one process. It uses no timer and no clock before the first call.
 *
 * In tests with fake timers, fake the clock too: when `setTimeout` advances and `performance.now` does not, a waiting call
 * never starts.
 *
 * @throws TypeError for a wrong `limit` or `period`
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkLimit(options)
  return new MemoryLimiter(options)
}
