/**
 * Sends requests one at a time, slowly, and counts them.
 *
 * @module
 */
import { exchange, type Outcome } from './exchange.js'
import { MIN_INTERVAL_MS, paceOf } from './pace.js'
import type { ReadyRequest } from './requests.js'
import type { ProbeSettings } from './settings.js'
import { createStopOnFailure, Stop } from './stops.js'

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
  const { interval, maxRequests } = paceOf(operation)
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
    const calls = interval > MIN_INTERVAL_MS ? request.cost : 1
    due = now() + interval * Math.max(pause, calls)
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
