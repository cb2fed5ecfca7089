/**
 * What a run is given, how fast it may be, and the sender that keeps to it: one request at a time, slowly, and counted.
 *
 * @module
 */
import { type OperationId, operations } from '../../core/contract.js'
import { exchange, type Outcome } from './exchange.js'
import type { RandomBelow } from './random.js'
import type { ReadyRequest } from './requests.js'
import type { Keys } from './signing.js'
import { createStopOnFailure, Stop } from './stops.js'

/** What a run needs. */
export interface ProbeSettings {
  readonly operation: OperationId
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly keys: Keys
  /** The user's own ids by field, for acceptable requests; without them none is sent. */
  readonly ids?: Readonly<Record<string, readonly string[]>> | undefined
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly random: RandomBelow
  /** Milliseconds for one answer. */
  readonly timeout: number
  /** Called after each request, with the number of requests so far. */
  readonly onProgress?: ((done: number) => void) | undefined
  readonly isInterrupted?: (() => boolean) | undefined
}

/** Most requests of a run, controls included. */
export const MAX_REQUESTS = 150

/** Fewest requests that are worth a run. */
export const MIN_REQUESTS = 10

/** Between the starts of two requests, at least; between two with wrong signatures it is twice that. */
const MIN_INTERVAL_MS = 1_000

/** Longest run. A limit of two calls an hour leaves no room for a probe. */
const MAX_DURATION_MS = 30 * 60_000

/** How fast a run may be, and how long. */
interface Pace {
  /** Between two requests. */
  readonly intervalMs: number
  readonly maxRequests: number
}

/** At most half of the limit, and never more than a request a second. */
export function paceOf(operation: OperationId): Pace {
  const { limit, period } = operations[operation].rateLimit ?? { limit: Number.POSITIVE_INFINITY, period: 0 }
  const intervalMs = Math.max(MIN_INTERVAL_MS, Math.ceil((2 * period) / limit))
  return { intervalMs, maxRequests: Math.min(MAX_REQUESTS, Math.floor(MAX_DURATION_MS / intervalMs)) }
}

/** Sends the requests of a run. */
export interface Sender {
  /** Requests that were sent. */
  readonly requests: number
  /** What they cost of the rate limit. */
  readonly cost: number
  /**
   * Sends a request when it is due.
   *
   * @param pause intervals between this request and the next one
   * @throws Stop when the run must end
   */
  readonly send: (request: ReadyRequest, pause?: number) => Promise<Outcome>
  /** @throws Stop when the user interrupts meanwhile */
  readonly waitUntil: (time: number) => Promise<void>
  /** True when this many requests may still be sent. */
  readonly hasRoom: (requests: number) => boolean
}

/** Makes the sender of one run. */
export function createSender(settings: ProbeSettings): Sender {
  const { operation, keys, now, sleep, isInterrupted, onProgress } = settings
  const { intervalMs, maxRequests } = paceOf(operation)
  const stopOnFailure = createStopOnFailure(operation)
  let requests = 0
  let cost = 0
  let due = Number.NEGATIVE_INFINITY

  function checkInterrupt(): void {
    if (isInterrupted?.()) throw new Stop('You interrupted it.')
  }

  /** Looks once a second whether the user has had enough. */
  async function waitUntil(time: number): Promise<void> {
    for (let left = time - now(); left > 0; left -= MIN_INTERVAL_MS) {
      await sleep(Math.min(left, MIN_INTERVAL_MS))
      checkInterrupt()
    }
  }

  async function send(request: ReadyRequest, pause = 1): Promise<Outcome> {
    checkInterrupt()
    if (requests >= maxRequests) throw new Stop(`It reached its limit of ${maxRequests} requests.`)
    await waitUntil(due)
    // Where a limit sets the pace, a call that costs more takes longer.
    const calls = intervalMs > MIN_INTERVAL_MS ? request.cost : 1
    due = now() + intervalMs * Math.max(pause, calls)
    requests++
    cost += request.cost
    const outcome = await exchange(request, { ...settings, appSecret: keys.appSecret })
    onProgress?.(requests)
    stopOnFailure(outcome, request.isOtherAddress)
    return outcome
  }

  return {
    get requests() {
      return requests
    },
    get cost() {
      return cost
    },
    send,
    waitUntil,
    hasRoom: (more) => requests + more <= maxRequests,
  }
}
