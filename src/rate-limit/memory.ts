/**
 * The rate limit of the contract, kept in memory, for one process: first come, first served.
 *
 * A call that may not go yet sleeps by a timer of its own. When it wakes, it works out from the calls before it whether it
 * may go. No call depends on the timer or the promise of another: Cloudflare Workers end those of a request with the
 * request. A call that vanished in this way is recognised by its timer, which is overdue, and is dropped.
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

/** A call that has started or waits; times in milliseconds of the monotonic clock. */
interface Call {
  readonly cost: number
  readonly maxWait: number
  arrivedAt: number
  /** When it started; while it waits, when it may start as far as it knows. */
  startAt: number
  /** When its timer fires, and what ends its sleep before. */
  wakeAt: number
  wake?: (() => void) | undefined
}

/** Timers may fire this late, and the calls behind may start as planned. Otherwise high limits would go to waste. */
const LATE_MS = 5
/** A call looks after this time, or after half of its wait, whether calls before it have left. */
const LOOK_MS = 250
/** A clock that goes back by more than this is another clock, such as the fake timers of a test. */
const STEP_MS = 40
const isWorker = (): boolean => globalThis.navigator?.userAgent === 'Cloudflare-Workers'
/** A call whose timer is overdue by this has vanished. Outside of Workers, an event loop may stand still for long. */
const vanishedAfter = (): number => (isWorker() ? 1_000 : 10_000)

class MemoryLimiter implements Limiter {
  readonly #limit: number
  readonly #rule: Rule
  /** Calls that started within the window, oldest first; behind them those that wait, first come first. */
  #calls: Call[] = []
  /** How many of them have started. */
  #started = 0
  /** No call may start before: the distance behind the last one that started, or a pause. */
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
   * Starts the call, if it may, and returns 0; otherwise the milliseconds after which it tries again.
   *
   * @throws RongCloudError when it would have to wait too long
   */
  #tryToStart(call: Call): number {
    const now = this.#now()
    const planned = call.startAt
    call.wakeAt = now
    this.#dropOld(now)
    if (!this.#calls.includes(call, this.#started)) this.#join(call, now)
    this.#plan(this.#calls.indexOf(call, this.#started), now)
    const tooLate = Math.max(call.startAt, now) - call.arrivedAt > call.maxWait
    // Calls before it may have left.
    if (tooLate || this.#hasVanished(this.#calls[this.#started], now)) this.#planLine(now)
    const wait = Math.max(call.startAt, now) - call.arrivedAt
    if (wait > call.maxWait) {
      this.#leave(call)
      throw waitTooLong(wait, call.maxWait)
    }
    if (call === this.#calls[this.#started] && call.startAt <= now) {
      this.#start(call, now)
      // The event loop stood still, and all calls behind are late too.
      if (now - planned > LOOK_MS) this.#planLine(now)
      return 0
    }
    const left = Math.max(call.startAt - now, 1)
    const pause = Math.ceil(Math.min(left, Math.max(LOOK_MS, left / 2)))
    call.wakeAt = now + pause
    return pause
  }

  #start(call: Call, now: number): void {
    this.#notBefore = call.startAt + this.#distanceBehind(call)
    call.startAt = now
    call.wake = undefined
    this.#started++
    // Timers count whole milliseconds: at a high limit, the next call may start as well. Not on Workers, where a promise
    // of another request must be left alone.
    const next = this.#calls[this.#started]
    if (next && next.startAt <= now && !isWorker()) next.wake?.()
  }

  /** The time now. What was noted by another clock is forgotten; calls that wait join again when they wake. */
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

  /** Joins the line behind all calls that arrived before: at the end, unless it was dropped and comes back. */
  #join(call: Call, now: number): void {
    call.arrivedAt = Math.min(call.arrivedAt, now)
    const isBefore = ({ arrivedAt }: Call, index: number) => index < this.#started || arrivedAt <= call.arrivedAt
    this.#calls.splice(this.#calls.findLastIndex(isBefore) + 1, 0, call)
  }

  #leave(call: Call): void {
    const index = this.#calls.indexOf(call, this.#started)
    if (index >= 0) this.#calls.splice(index, 1)
  }

  /** Drops the calls that started before the window. */
  #dropOld(now: number): void {
    const inWindow = this.#calls.findIndex(({ startAt }) => startAt > now - this.#rule.window)
    const old = inWindow < 0 ? this.#started : Math.min(inWindow, this.#started)
    this.#calls.splice(0, old)
    this.#started -= old
  }

  #hasVanished(call: Call | undefined, now: number): boolean {
    return call !== undefined && call.wakeAt < now - vanishedAfter()
  }

  /** Drops the calls that have vanished, and works out when each of the others may start. */
  #planLine(now: number): void {
    this.#calls = this.#calls.filter((call, index) => index < this.#started || !this.#hasVanished(call, now))
    for (let index = this.#started; index < this.#calls.length; index++) this.#plan(index, now)
  }

  /** Works out from the calls before it when a call may start. */
  #plan(index: number, now: number): void {
    const { window } = this.#rule
    const call = this.#calls[index] as Call
    const before = index > this.#started ? this.#calls[index - 1] : undefined
    const spaced = before ? before.startAt + this.#distanceBehind(before) : 0
    call.startAt = Math.max(call.arrivedAt, now - LATE_MS, this.#notBefore, spaced)
    // The newest call that leaves no room in the window must have left it.
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
 * A limiter in memory, for one process. It makes no timer and reads no clock before the first call.
 *
 * In tests with fake timers, fake the clock too: a limiter whose `setTimeout` advances while `performance.now` stands still
 * lets nothing go.
 *
 * @throws TypeError for numbers that are no limit
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkLimit(options)
  return new MemoryLimiter(options)
}
