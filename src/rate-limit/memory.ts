/**
 * The rate limit in memory, for one process. Calls start in the order in which they arrive.
 *
 * A call that may not start yet sleeps on its own timer. When it wakes, it computes from the calls before it whether it may
 * start. No call depends on the timer or the promise of another call, because Cloudflare Workers end both together with
 * the request that made them. A call that vanished with its request has an overdue timer, and is dropped.
 *
 * @module
 */
import { checkOptions } from '../core/options.js'
import { delay } from '../core/wait.js'
import {
  checkCost,
  checkLimit,
  checkPause,
  LIMITER_OPTIONS,
  type Limiter,
  type LimiterOptions,
  ruleOf,
  waitTooLong,
} from './limiter.js'

/** A waiting call. Times are milliseconds of `performance.now`. */
interface WaitingCall {
  readonly cost: number
  readonly maxWait: number
  arrivedAt: number
  /** When it may start, by the calls before it. */
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

/**
 * Makes a limiter in memory, for one process. It uses no timer and no clock before the first call.
 *
 * In tests with fake timers, fake the clock too: when `setTimeout` advances and `performance.now` does not, a waiting call
 * never starts.
 *
 * @throws TypeError for a wrong `limit` or `period`
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkOptions(options, LIMITER_OPTIONS, 'a limiter')
  checkLimit(options)
  const { limit } = options
  const { window, spacing, maxSpacing } = ruleOf(options)
  /** Calls that started within the window, oldest first. */
  let started: Pick<WaitingCall, 'cost' | 'startAt'>[] = []
  /** Waiting calls, in order of arrival. */
  let line: WaitingCall[] = []
  /** No call may start before this time: the distance to the last call that started, or a pause. */
  let notBefore = Number.NEGATIVE_INFINITY
  let clock = Number.NEGATIVE_INFINITY

  /** The current time. Forgets all calls when the clock is a different one; waiting calls join again when they wake. */
  function currentTime(): number {
    const now = performance.now()
    if (now < clock - STEP_MS) {
      started = []
      line = []
      notBefore = Number.NEGATIVE_INFINITY
    }
    clock = now
    while (started[0] && started[0].startAt <= now - window) started.shift()
    return now
  }

  const distanceBehind = ({ cost }: WaitingCall) => Math.min(cost * spacing, maxSpacing)

  /** Computes when a waiting call may start, from the calls before it. */
  function plan(index: number, now: number): void {
    const call = line[index] as WaitingCall
    const before = line[index - 1]
    const spaced = before ? before.startAt + distanceBehind(before) : 0
    call.startAt = Math.max(call.arrivedAt, now - LATE_MS, notBefore, spaced)
    // Going back from this call, the first one that exceeds the limit must leave the window before this call starts.
    let messages = call.cost
    for (let i = index - 1; messages <= limit; i--) {
      const earlier = i < 0 ? started[started.length + i] : line[i]
      if (!earlier) return
      messages += earlier.cost
      if (messages > limit) call.startAt = Math.max(call.startAt, earlier.startAt + window)
    }
  }

  /** Drops the calls that have vanished, and plans the others. */
  function planLine(now: number): void {
    const oldest = now - vanishedAfter()
    line = line.filter(({ wakeAt }) => wakeAt >= oldest)
    for (const index of line.keys()) plan(index, now)
  }

  /** Puts a call behind all calls that arrived before it. That is the end, unless the call was dropped and joins again. @returns its place */
  function join(call: WaitingCall, now: number): number {
    call.arrivedAt = Math.min(call.arrivedAt, now)
    const index = line.findLastIndex(({ arrivedAt }) => arrivedAt <= call.arrivedAt) + 1
    line.splice(index, 0, call)
    return index
  }

  function leave(call: WaitingCall): void {
    const index = line.indexOf(call)
    if (index >= 0) line.splice(index, 1)
  }

  function start(call: WaitingCall, now: number): void {
    notBefore = call.startAt + distanceBehind(call)
    started.push({ cost: call.cost, startAt: now })
    line.shift()
    // Timers count whole milliseconds, so at a high limit the next call may already start too. Workers do not allow one
    // request to resolve the promise of another.
    if (!isWorker()) line[0]?.wake?.()
  }

  /** Starts the call if it may start, and returns 0. Otherwise refuses it, or returns the milliseconds until it tries again. */
  function tryToStart(call: WaitingCall): number {
    const now = currentTime()
    const planned = call.startAt
    call.wakeAt = now
    const known = line.indexOf(call)
    plan(known < 0 ? join(call, now) : known, now)
    const wait = () => Math.max(call.startAt, now) - call.arrivedAt
    // Calls before it may have left or vanished, so plan again before it is refused.
    if (wait() > call.maxWait || (line[0] as WaitingCall).wakeAt < now - vanishedAfter()) planLine(now)
    if (wait() > call.maxWait) {
      leave(call)
      throw waitTooLong(wait(), call.maxWait)
    }
    if (call === line[0] && call.startAt <= now) {
      start(call, now)
      // The event loop was blocked, so all calls behind are late too.
      if (now - planned > CHECK_MS) planLine(now)
      return 0
    }
    const left = Math.max(call.startAt - now, 1)
    const pause = Math.ceil(Math.min(left, Math.max(CHECK_MS, left / 2)))
    call.wakeAt = now + pause
    return pause
  }

  async function waitInLine(call: WaitingCall, pause: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      for (let next = pause; next > 0; next = tryToStart(call)) await delay(next, signal, call)
    } finally {
      leave(call)
    }
  }

  return {
    acquire(cost, { signal, maxWait = Number.POSITIVE_INFINITY } = {}) {
      try {
        checkCost(cost, limit)
        signal?.throwIfAborted()
        const call: WaitingCall = { cost, maxWait, arrivedAt: Number.POSITIVE_INFINITY, startAt: 0, wakeAt: 0 }
        const pause = tryToStart(call)
        return pause > 0 ? waitInLine(call, pause, signal) : undefined
      } catch (error) {
        return Promise.reject(error)
      }
    },
    pauseFor(milliseconds) {
      checkPause(milliseconds)
      const now = currentTime()
      notBefore = Math.max(notBefore, now + milliseconds)
      planLine(now)
    },
  }
}
