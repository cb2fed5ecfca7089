/**
 * The rate limit of the contract, kept in memory, for one process: first come, first served.
 *
 * Each waiting call has a timer of its own, and when it fires the call works out for itself whether it may go. Nothing else
 * would do on runtimes that end the timers of a request with the request (Cloudflare Workers): a call that vanished there
 * is recognised by its timer, long overdue, and is dropped by the next call that comes.
 *
 * @module
 */
import {
  type AcquireOptions,
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

/** A call that went or waits; times in milliseconds of the monotonic clock. */
interface Place {
  readonly cost: number
  readonly maxWait: number
  /** How many calls came before it, and when it came. */
  readonly order: number
  since: number
  /** When it may go, or went. The window counts from here. */
  at: number
  /** When it was due. Calls behind it keep their distance from here. */
  due: number
  /** Messages of all places before it. */
  before: number
  /** When its timer should fire. */
  wakesAt: number
  waits: boolean
  /** Wakes it, where it is due and another call is before it. */
  nudge?: (() => void) | undefined
}

/** Timers may fire this late without the calls behind being later too. Otherwise limits of hundreds a second go to waste. */
const LATE_MS = 5
/** A waiting call looks after this time, or after half of its wait, whether calls before it have left. */
const LOOK_MS = 250
/** How often a call looks that is due, while the one before it is about to go. */
const NEXT_MS = 2
/** The line is planned anew no more often than this, but for calls that come: planning costs O(length of the line). */
const REPLAN_MS = 50
/** Cloudflare Workers end the timers of a request with the request, and tie promises to it. */
const isWorker = (): boolean => globalThis.navigator?.userAgent === 'Cloudflare-Workers'
/** A waiting call whose timer is overdue by this has vanished. Elsewhere an event loop may stand still for long. */
const overdueAfter = (): number => (isWorker() ? 1_000 : 10_000)
/** No clock goes back by more than this. One that does is another clock, such as the fake timers of a test. */
const STEP_MS = 40

class MemoryLimiter implements Limiter {
  readonly #limit: number
  readonly #rule: Rule
  /** Calls that went within the window, oldest first; behind them those that wait, first come first. */
  #places: Place[] = []
  /** How many of the places went, and how many are planned. */
  #went = 0
  #planned = 0
  #plannedAt = Number.NEGATIVE_INFINITY
  #calls = 0
  #pausedUntil = Number.NEGATIVE_INFINITY
  #clock = Number.NEGATIVE_INFINITY

  constructor(options: LimiterOptions) {
    this.#limit = options.limit
    this.#rule = ruleOf(options)
  }

  /** The time now. Forgets what another clock has written; calls that wait come back when they wake. */
  #now(): number {
    const now = performance.now()
    if (now < this.#clock - STEP_MS) {
      this.#keep(() => false)
      this.#pausedUntil = Number.NEGATIVE_INFINITY
    }
    this.#clock = now
    return now
  }

  /** Keeps some of the places, in their order. */
  #keep(isKept: (place: Place) => boolean): void {
    const kept = this.#places.filter(isKept)
    if (kept.length === this.#places.length) return
    for (const place of this.#places) place.waits = place.waits && isKept(place)
    this.#places = kept
    this.#went = kept.filter(({ waits }) => !waits).length
    this.#planned = this.#went
  }

  /** Joins the line in the order of coming: at its end, or where it was before it was dropped. */
  #join(place: Place): void {
    let index = this.#places.length
    while (index > this.#went && (this.#places[index - 1] as Place).order > place.order) index--
    this.#places.splice(index, 0, place)
    this.#planned = Math.min(this.#planned, index)
    place.waits = true
  }

  #leave(place: Place): void {
    if (!place.waits) return
    const index = this.#places.indexOf(place, this.#went)
    this.#places.splice(index, 1)
    this.#planned = Math.min(this.#planned, index)
    place.waits = false
  }

  /** Works out from the places before it when the call at this index may go. */
  #plan(index: number, now: number): void {
    const place = this.#places[index] as Place
    const last = this.#places[index - 1]
    place.before = last ? last.before + last.cost : 0
    let at = Math.max(place.since, now - LATE_MS, this.#pausedUntil)
    if (last) at = Math.max(at, last.due + Math.min(last.cost * this.#rule.spacing, this.#rule.maxSpacing))
    // How many places must have left the window before this call goes, by binary search.
    let low = 0
    let high = index
    while (low < high) {
      const middle = (low + high) >> 1
      if (place.before + place.cost - (this.#places[middle] as Place).before > this.#limit) low = middle + 1
      else high = middle
    }
    if (low > 0) at = Math.max(at, (this.#places[low - 1] as Place).at + this.#rule.window)
    place.at = at
    place.due = at
  }

  #planAll(now: number): void {
    this.#plannedAt = now
    while (this.#planned < this.#places.length) this.#plan(this.#planned++, now)
  }

  /**
   * Lets the call go, if it may, and returns 0; otherwise the milliseconds after which it asks again.
   *
   * @throws RongCloudError when it would have to wait too long
   */
  #ask(place: Place): number {
    const now = this.#now()
    place.since = Math.min(place.since, now)
    // Where this call is late itself, the event loop stood still, and so are the others.
    const isNew = place.wakesAt === Number.POSITIVE_INFINITY
    const late = isNew ? 0 : Math.max(0, now - place.wakesAt)
    place.wakesAt = now
    const overdue = overdueAfter() + late
    const isOverdue = ({ waits, wakesAt }: Place) => waits && now - wakesAt > overdue
    const first = this.#places[this.#went]
    if (!place.waits || (first && isOverdue(first))) this.#keep((one) => !isOverdue(one))
    if (!place.waits) this.#join(place)

    const isFirst = this.#places[this.#went] === place
    const { due } = place
    if (isFirst) this.#plan(this.#went, now)
    else if (isNew || now - this.#plannedAt > REPLAN_MS) this.#planAll(now)
    if (isFirst && place.at <= now && place.at - place.since <= place.maxWait) {
      this.#go(place, now)
      // Those behind keep their plans when this call is hardly late.
      if (place.due > due + LATE_MS) this.#planned = this.#went
      return 0
    }
    const wait = Math.max(place.at, now) - place.since
    if (wait > place.maxWait) throw waitTooLong(wait, place.maxWait)
    const left = place.at > now ? Math.ceil(place.at - now) : NEXT_MS
    const pause = Math.min(left, Math.max(LOOK_MS, left / 2))
    place.wakesAt = now + pause
    return pause
  }

  /** The first call of the line goes; what has left the window is dropped. */
  #go(place: Place, now: number): void {
    place.at = now
    place.waits = false
    const gone = this.#places.findIndex((one) => one === place || one.at > now - this.#rule.window)
    this.#places.splice(0, gone)
    this.#went += 1 - gone
    this.#planned = Math.max(this.#planned - gone, this.#went)
    // A promise of another request must be left alone.
    if (!isWorker()) this.#places[this.#went]?.nudge?.()
  }

  /** Sleeps, and no longer than until the call before this one goes, if this one is due. */
  #sleep(place: Place, pause: number, signal: AbortSignal | undefined): Promise<void> {
    const sleeping = delay(pause, signal)
    if (place.at > place.wakesAt - pause) return sleeping
    const nudged = new Promise<void>((resolve) => {
      place.nudge = resolve
    })
    return Promise.race([sleeping, nudged])
  }

  acquire(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: AcquireOptions = {}): Promise<void> | void {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const never = Number.POSITIVE_INFINITY
    const order = this.#calls++
    const place = { cost, maxWait, order, since: never, at: 0, due: 0, before: 0, wakesAt: never, waits: false }
    try {
      const pause = this.#ask(place)
      if (pause > 0) return this.#wait(place, pause, signal)
    } catch (error) {
      this.#leave(place)
      throw error
    }
  }

  async #wait(place: Place, pause: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      for (let next = pause; next > 0; next = this.#ask(place)) await this.#sleep(place, next, signal)
    } finally {
      this.#leave(place)
    }
  }

  pauseFor(milliseconds: number): void {
    checkPause(milliseconds)
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#now() + milliseconds)
    this.#planned = this.#went
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
  const limiter = new MemoryLimiter(options)
  return {
    acquire: (cost, settings) => limiter.acquire(cost, settings),
    pauseFor: (milliseconds) => limiter.pauseFor(milliseconds),
  }
}
