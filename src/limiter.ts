/**
 * The rate limit of the contract, kept on this side: no sliding period ever holds more than the limit, first come, first served.
 *
 * A sliding log with spacing. The log alone would let a burst at the end of one period meet a burst at the start of the next
 * at the server; so the window is a little wider than the period, and calls keep a distance that grows with their cost.
 *
 * @module
 */
import { RongCloudError } from './errors.js'

/** What a call may ask of its turn. */
export interface Turn {
  /** Gives the place up when it fires; the promise then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Longest wait in milliseconds. A turn that would come later is refused at once. Default: any. */
  readonly maxWait?: number | undefined
}

/** Something that lets calls through in turn: this one, the one on Redis, or one of yours. */
export interface Limiter {
  /**
   * Waits for the turn of a call that costs so many messages; nothing is returned when it may go at once.
   *
   * @throws RongCloudError of kind `rate-limit` with `wait` when the turn would come after `maxWait`; of kind `contract`
   * when the cost is above the limit
   */
  readonly take: (cost: number, turn?: Turn) => Promise<void> | void
  /** The server has refused for its limit: nobody's turn comes within the next so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void> | void
}

/** Numbers of a limit. */
export interface LimiterOptions {
  /** Messages in a period. */
  readonly limit: number
  /** Milliseconds. */
  readonly period: number
}

/** How much wider than the period the window is: room for the jitter of timers and network. */
export const WINDOW = 1.03
/** How much of its fair share of the window a message keeps free behind it. */
export const SPACING = 0.8

/** A turn that was refused: it would come too late. */
export const tooLate = (wait: number, maxWait: number): RongCloudError =>
  new RongCloudError(
    `rate limit: the turn comes in ${Math.ceil(wait)} ms, later than the ${Math.floor(maxWait)} ms allowed`,
    {
      kind: 'rate-limit',
      sent: 'no',
      retryable: true,
      wait: Math.ceil(wait),
    },
  )

/** @throws RongCloudError for a cost that no wait can bring through */
export function checkCost(cost: number, limit: number): void {
  if (Number.isInteger(cost) && cost > 0 && cost <= limit) return
  throw new RongCloudError(`rate limit: a call must cost 1 to ${limit} messages. Received ${cost}`, {
    kind: 'contract',
    sent: 'no',
  })
}

/** @throws TypeError for numbers that are no limit */
export function checkLimit({ limit, period }: LimiterOptions): void {
  for (const [name, value] of Object.entries({ limit, period })) {
    if (typeof value === 'number' && value > 0 && Number.isFinite(value)) continue
    throw new TypeError(`"${name}" must be a number above 0. Received ${String(value)}`)
  }
}

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
 * A take is O(limit); after an abort or a pause the next take plans the line anew, O(length of the line).
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
        if (at > waiter.at + 1) planned = false
        timer = setTimeout(serve, Math.ceil(at - now))
        return
      }
      line.delete(waiter)
      plan.shift()
      // Late by the event loop: those behind are later too.
      if (now > waiter.at + 1) planned = false
      if (now > waiter.until) {
        planned = false
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
        planned = false
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
      if (line.size === 1) serve()
    })
  }

  function pause(milliseconds: number): void {
    earliest = Math.max(earliest, performance.now() + milliseconds)
    planned = false
    serve()
  }

  return { take, pause }
}
