/**
 * The rate limit of the contract, kept on this side: no sliding period ever holds more than the limit, first come, first served.
 *
 * A sliding log with spacing; `turn.ts` has its numbers.
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
  SPACING,
  WINDOW,
  waitTooLong,
} from './limiter.js'
import { MAX_TIMEOUT_MS } from './wait.js'

/** A call in line or in the log, in milliseconds of the monotonic clock. */
interface Place {
  /** When it may go, or went. */
  at: number
  /** When it was due: those behind keep their distance from that. */
  due: number
  readonly cost: number
  /** What all before it have cost, since the beginning. */
  before: number
}

/**
 * So late may a timer be, in milliseconds, without those behind being later too: a limit whose messages are less than a
 * timer's milliseconds apart would go to waste. The log counts by when calls went.
 */
const LATE = 5

interface Waiter extends Place {
  /** When it came, and how long it may wait. */
  readonly since: number
  readonly maxWait: number
  readonly go: () => void
  readonly refuse: (error: unknown) => void
}

/** The line of one limiter, and the log of what went. */
class Queue {
  readonly #limit: number
  readonly #window: number
  readonly #gap: number
  /** Calls that went within the window, oldest first. */
  readonly #log: Place[] = []
  /** Calls in line, first come first; a set, so that leaving costs nothing. */
  readonly #line = new Set<Waiter>()
  /** The line's places in order, as last planned. */
  #plan: Place[] = []
  #planned = true
  #earliest = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ limit, period }: LimiterOptions) {
    this.#limit = limit
    this.#window = period * WINDOW
    this.#gap = (SPACING * this.#window) / limit
  }

  /** The places of the log, and those of the plan behind it. */
  #place(i: number, plan: readonly Place[]): Place {
    return (i < this.#log.length ? this.#log[i] : plan[i - this.#log.length]) as Place
  }

  /** The next place: when a call may go that comes behind all places of the log and of this plan. */
  #next(cost: number, now: number, plan: readonly Place[]): Place {
    const length = this.#log.length + plan.length
    const start = Math.max(now, this.#earliest)
    if (length === 0) return { at: start, due: start, cost, before: 0 }
    const last = this.#place(length - 1, plan)
    const before = last.before + last.cost
    // The newest place decides: all keep this distance.
    let at = Math.max(start, last.due + this.#gap * last.cost)
    // Of those that would be too many within one window, the newest.
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#place(middle, plan).before + this.#limit < before + cost) low = middle + 1
      else high = middle
    }
    if (low > 0) at = Math.max(at, this.#place(low - 1, plan).at + this.#window)
    return { at, due: at, cost, before }
  }

  /** Those in line are later, or earlier, than they were planned to be; who has left is not held on to. */
  #unplan(): void {
    this.#plan = []
    this.#planned = false
  }

  /** Plans the line anew. Whose turn would come too late now is refused at once, and leaves the place to those behind. */
  #replan(now: number): void {
    this.#plan = []
    for (const waiter of this.#line) {
      const place = this.#next(waiter.cost, now, this.#plan)
      const wait = place.at - waiter.since
      if (wait <= waiter.maxWait) this.#plan.push(Object.assign(waiter, place))
      else if (this.#line.delete(waiter)) waiter.refuse(waitTooLong(wait, waiter.maxWait))
    }
    this.#planned = true
  }

  /** A call goes now, at the place that it was given. */
  #enter(place: Place, now: number): void {
    this.#log.push({ ...place, at: now })
    while ((this.#log[0] as Place).at <= now - this.#window) this.#log.shift()
  }

  #wake(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#serve(), Math.min(Math.ceil(milliseconds), MAX_TIMEOUT_MS))
  }

  /** Lets through whose turn it is, and sets the clock for the next. */
  #serve(): void {
    clearTimeout(this.#timer)
    for (const waiter of this.#line) {
      const now = performance.now()
      const place = this.#next(waiter.cost, now - LATE, [])
      if (place.at > now) {
        this.#wake(place.at - now)
        return
      }
      this.#line.delete(waiter)
      this.#plan.shift()
      // So late by the event loop that those behind are later too.
      if (now > waiter.at + LATE) this.#unplan()
      if (now - waiter.since > waiter.maxWait) {
        this.#unplan()
        waiter.refuse(waitTooLong(now - waiter.since, waiter.maxWait))
        continue
      }
      this.#enter(place, now)
      waiter.go()
    }
  }

  acquire(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: AcquireOptions = {}): Promise<void> | void {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const now = performance.now()
    if (!this.#planned) this.#replan(now)
    const place = this.#next(cost, now, this.#plan)
    if (this.#line.size === 0 && place.at <= now) return this.#enter(place, now)
    if (place.at - now > maxWait) throw waitTooLong(place.at - now, maxWait)
    return this.#wait({ ...place, since: now, maxWait }, signal)
  }

  /** Stands in line, until its turn comes or the signal fires. */
  #wait(place: Omit<Waiter, 'go' | 'refuse'>, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((done, fail) => {
      const leave = () => {
        this.#line.delete(waiter)
        this.#unplan()
        fail(signal?.reason)
        this.#serve()
      }
      const ended = <T>(then: (value: T) => void) => {
        return (value: T) => {
          signal?.removeEventListener('abort', leave)
          then(value)
        }
      }
      const waiter: Waiter = { ...place, go: ended(done), refuse: ended(fail) }
      signal?.addEventListener('abort', leave, { once: true })
      this.#line.add(waiter)
      this.#plan.push(waiter)
      if (this.#line.size === 1) this.#wake(waiter.at - performance.now())
    })
  }

  pauseFor(milliseconds: number): void {
    checkPause(milliseconds)
    const now = performance.now()
    this.#earliest = Math.max(this.#earliest, now + milliseconds)
    this.#replan(now)
    this.#serve()
  }
}

/**
 * A limiter in memory, for one process.
 *
 * @throws TypeError for numbers that are no limit
 *
 * A take and an abort cost little however high the limit and however long the line, O(log of both); a pause plans the line
 * anew, O(length of the line), and so does the next take after an abort.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkLimit(options)
  const queue = new Queue(options)
  return {
    acquire: (cost, turn) => queue.acquire(cost, turn),
    pauseFor: (milliseconds) => queue.pauseFor(milliseconds),
  }
}
