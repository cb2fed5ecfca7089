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

/**
 * A limiter in memory, for one process.
 *
 * A take is O(limit), and so is an abort, however long the line; after an abort or a pause the next take plans the line
 * anew, O(length of the line × limit).
 */
export function createLimiter(options: LimiterOptions): Limiter {
  checkLimit(options)
  const { limit, period } = options
  const window = period * WINDOW
  const gap = (SPACING * window) / limit
  /** Calls that went within the window, oldest first. */
  let log: Place[] = []
  /** Calls in line, first come first; a set, so that leaving costs nothing. */
  const line = new Set<Waiter>()
  /** The line's places in order, as last planned. */
  let plan: Place[] = []
  let [planned, earliest] = [true, Number.NEGATIVE_INFINITY]
  let timer: ReturnType<typeof setTimeout> | undefined

  /** When a call may go that comes behind all places of the log and the plan. */
  function slot(cost: number, now: number, behind: readonly Place[]): number {
    let at = Math.max(now, earliest)
    let sum = cost
    for (let i = log.length + behind.length - 1; i >= 0; i--) {
      const place = (i < log.length ? log[i] : behind[i - log.length]) as Place
      if (i === log.length + behind.length - 1) at = Math.max(at, place.at + gap * place.cost)
      sum += place.cost
      if (sum > limit) return Math.max(at, place.at + window)
    }
    return at
  }

  /** Those in line are later, or earlier, than they were planned to be; who has left is not held on to. */
  function unplan(): void {
    plan = []
    planned = false
  }

  function replan(now: number): void {
    plan = []
    for (const waiter of line) {
      waiter.at = slot(waiter.cost, now, plan)
      plan.push(waiter)
    }
    planned = true
  }

  function enter(cost: number, at: number): void {
    log.push({ at, cost })
    const old = log.findIndex((place) => place.at > at - window)
    if (old > 0) log = log.slice(old)
  }

  /** Lets through whose turn it is, and sets the clock for the next. */
  function serve(): void {
    clearTimeout(timer)
    for (const waiter of line) {
      const now = performance.now()
      const at = slot(waiter.cost, now, [])
      if (at > now) {
        if (at > waiter.at + 1) unplan()
        timer = setTimeout(serve, Math.ceil(at - now))
        return
      }
      line.delete(waiter)
      plan.shift()
      // Late by the event loop: those behind are later too.
      if (now > waiter.at + 1) unplan()
      if (now > waiter.until) {
        unplan()
        waiter.refuse(tooLate(now - waiter.until, 0))
        continue
      }
      enter(waiter.cost, now)
      waiter.go()
    }
  }

  function take(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: Turn = {}): Promise<void> | void {
    checkCost(cost, limit)
    signal?.throwIfAborted()
    const now = performance.now()
    if (!planned) replan(now)
    const at = slot(cost, now, plan)
    if (line.size === 0 && at <= now) return enter(cost, now)
    if (at - now > maxWait) throw tooLate(at - now, maxWait)
    return new Promise((done, fail) => {
      const leave = () => {
        line.delete(waiter)
        unplan()
        fail(signal?.reason)
        serve()
      }
      const end = () => signal?.removeEventListener('abort', leave)
      const waiter: Waiter = {
        at,
        cost,
        until: now + maxWait,
        go: () => {
          end()
          done()
        },
        refuse: (error) => {
          end()
          fail(error)
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      line.add(waiter)
      plan.push(waiter)
      if (line.size === 1) timer = setTimeout(serve, Math.ceil(at - now))
    })
  }

  function pause(milliseconds: number): void {
    earliest = Math.max(earliest, performance.now() + milliseconds)
    unplan()
    serve()
  }

  return { take, pause }
}
