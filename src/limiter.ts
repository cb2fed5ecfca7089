/**
 * The rate limit of the contract, kept on this side: no sliding period ever holds more than the limit, first come, first served.
 *
 * A sliding log with spacing; `turn.ts` has its numbers.
 *
 * @module
 */
import {
  checkCost,
  checkLimit,
  type Limiter,
  type LimiterOptions,
  SPACING,
  type Turn,
  tooLate,
  WINDOW,
} from './turn.js'

/** A call in line or in the log: when it may go, or went, in milliseconds of the monotonic clock. */
interface Place {
  at: number
  readonly cost: number
}

interface Waiter extends Place {
  readonly until: number
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

  /** When a call may go that comes behind all places of the log and the plan. */
  #slot(cost: number, now: number, behind: readonly Place[]): number {
    const log = this.#log
    let at = Math.max(now, this.#earliest)
    let sum = cost
    for (let i = log.length + behind.length - 1; i >= 0; i--) {
      const place = (i < log.length ? log[i] : behind[i - log.length]) as Place
      // The newest place decides: all keep this distance.
      at = Math.max(at, place.at + this.#gap * place.cost)
      sum += place.cost
      if (sum > this.#limit) return Math.max(at, place.at + this.#window)
    }
    return at
  }

  /** Those in line are later, or earlier, than they were planned to be; who has left is not held on to. */
  #unplan(): void {
    this.#plan = []
    this.#planned = false
  }

  #replan(now: number): void {
    this.#plan = []
    for (const waiter of this.#line) {
      waiter.at = this.#slot(waiter.cost, now, this.#plan)
      this.#plan.push(waiter)
    }
    this.#planned = true
  }

  #enter(cost: number, at: number): void {
    this.#log.push({ at, cost })
    while ((this.#log[0] as Place).at <= at - this.#window) this.#log.shift()
  }

  /** Lets through whose turn it is, and sets the clock for the next. */
  #serve(): void {
    clearTimeout(this.#timer)
    for (const waiter of this.#line) {
      const now = performance.now()
      const at = this.#slot(waiter.cost, now, [])
      if (at > now) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(at - now))
        return
      }
      this.#line.delete(waiter)
      this.#plan.shift()
      // Late by the event loop: those behind are later too.
      if (now > waiter.at + 1) this.#unplan()
      if (now > waiter.until) {
        this.#unplan()
        waiter.refuse(tooLate(now - waiter.until, 0))
        continue
      }
      this.#enter(waiter.cost, now)
      waiter.go()
    }
  }

  take(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: Turn = {}): Promise<void> | void {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const now = performance.now()
    if (!this.#planned) this.#replan(now)
    const at = this.#slot(cost, now, this.#plan)
    if (this.#line.size === 0 && at <= now) return this.#enter(cost, now)
    if (at - now > maxWait) throw tooLate(at - now, maxWait)
    return this.#wait({ at, cost, until: now + maxWait }, signal)
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
      const end = () => signal?.removeEventListener('abort', leave)
      const go = () => {
        end()
        done()
      }
      const refuse = (error: unknown) => {
        end()
        fail(error)
      }
      const waiter: Waiter = { ...place, go, refuse }
      signal?.addEventListener('abort', leave, { once: true })
      this.#line.add(waiter)
      this.#plan.push(waiter)
      if (this.#line.size === 1) this.#timer = setTimeout(() => this.#serve(), Math.ceil(waiter.at - performance.now()))
    })
  }

  pause(milliseconds: number): void {
    this.#earliest = Math.max(this.#earliest, performance.now() + milliseconds)
    this.#unplan()
    this.#serve()
  }
}

/**
 * A limiter in memory, for one process.
 *
 * A take is O(limit), and so is an abort, however long the line; after an abort or a pause the next take plans the line
 * anew, O(length of the line × limit).
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkLimit(options)
  const queue = new Queue(options)
  return { take: (cost, turn) => queue.take(cost, turn), pause: (milliseconds) => queue.pause(milliseconds) }
}
