/**
 * One call until it is done: wait for the turn, choose the host, attempt, and again or give up.
 *
 * A request that may have been processed is never sent twice unless the caller asked for at-least-once: the API has no
 * key to tell a repeat from a new message.
 *
 * @module
 */

import { type ErrorFacts, messageOf, RongCloudError } from '../core/error.js'
import { deadlineExceeded, type Limiter } from '../rate-limit/limiter.js'
import { delay, withTimeout } from '../rate-limit/wait.js'
import { type AttemptReport, attempt, type Call, type Wire } from './attempt.js'
import { type Hosts, hostOf } from './failover.js'
import type { Outcome } from './response.js'

/**
 * When a call is sent again.
 *
 * - `never-sent`: only when it was surely not processed: no connection (on the other host), or refused by the rate limit.
 * - `at-least-once`: also when nobody knows. The message may arrive twice.
 * - `false`: never.
 */
export type RetryPolicy = 'never-sent' | 'at-least-once' | false

/** How the calls of an operation are delivered. */
export interface Delivery {
  readonly wire: Wire
  readonly hosts: Hosts
  readonly limiter: Limiter | undefined
  /** Milliseconds to wait after a refusal by the rate limit. */
  readonly period: number
  readonly retry: RetryPolicy
  readonly onAttempt: ((report: AttemptReport) => void) | undefined
}

/** What is true of one of them alone. */
export interface Terms {
  /** What the call costs in messages. */
  readonly cost: number
  /** Milliseconds for each attempt. */
  readonly timeout: number
  /** Milliseconds for all of it. */
  readonly deadline: number
  /** Longest wait for a turn, in milliseconds. */
  readonly maxWait: number
  /** Milliseconds until the call must have left the line; its deadline starts then. Without it, the deadline includes the line. */
  readonly lineDeadline?: number | undefined
}

/** Attempts of a request that may have been processed, under `at-least-once`. */
const MOST_UNKNOWN = 3

/** The same error, told for the whole call. */
const retold = (error: RongCloudError, message: string, change: Partial<ErrorFacts>): RongCloudError =>
  new RongCloudError(message, { ...error.toJSON(), ...change }, error.cause)

/** One call on its way: what its attempts have told so far, and which host is next. */
class Journey {
  readonly #call: Call
  readonly #setup: Delivery
  readonly #terms: Terms
  #until: number
  readonly #refusing = new Set<string>()
  #attempts = 0
  /** Attempts of which nobody knows whether they were processed. */
  #unknown = 0
  #baseUrl: string
  #last: RongCloudError | undefined

  constructor(call: Call, setup: Delivery, terms: Terms) {
    this.#call = call
    this.#setup = setup
    this.#terms = terms
    this.#until = performance.now() + (terms.lineDeadline ?? terms.deadline)
    this.#baseUrl = setup.hosts.current()
  }

  #left(): number {
    return this.#until - performance.now()
  }

  /** The end of a call, with what is true of all its attempts. */
  #failed(error: RongCloudError): Outcome {
    const sent = this.#unknown > 0 ? 'unknown' : error.sent
    return { error: retold(error, error.message, { requestId: this.#call.requestId, sent }) }
  }

  /** Waits for the turn. Throws when it comes too late or not at all. */
  async #wait(): Promise<void> {
    const { limiter, period } = this.#setup
    const { cost, maxWait } = this.#terms
    const { signal } = this.#call
    if (limiter) {
      const waiting = limiter.acquire(cost, { signal, maxWait: Math.min(maxWait, this.#left()) })
      if (waiting) await withTimeout(waiting, this.#left(), deadlineExceeded, signal)
    } else if (this.#last?.kind === 'rate-limit') {
      if (period > this.#left()) throw this.#last
      await delay(period, signal)
    }
  }

  /** What the caller is told of a turn that did not come. */
  #noTurn(cause: unknown): RongCloudError {
    const { name, signal } = this.#call
    const facts = { host: hostOf(this.#baseUrl), attempts: this.#attempts }
    if (signal?.aborted) {
      return new RongCloudError(`${name}: aborted by the caller`, { kind: 'aborted', ...facts }, signal.reason)
    }
    if (!(cause instanceof RongCloudError)) {
      const message = `${name}: the limiter failed: ${messageOf(cause)}`
      return new RongCloudError(message, { kind: 'limiter', ...facts }, cause)
    }
    // What the server said first tells more than that there is no time to try again.
    if (this.#last) return retold(this.#last, this.#last.message, { wait: cause.wait })
    return retold(cause, `${name}: ${cause.message}`, facts)
  }

  /** Sends once, and tells the hook. */
  async #send(waited: number): Promise<Outcome> {
    const { wire, hosts } = this.#setup
    // While it waited, others may have found the host unwell.
    if (!this.#last || this.#last.kind === 'rate-limit') this.#baseUrl = hosts.current()
    const [baseUrl, attempts] = [this.#baseUrl, ++this.#attempts]
    const sentAt = performance.now()
    const timeout = Math.max(1, Math.min(this.#terms.timeout, this.#left()))
    const outcome = await attempt(this.#call, wire, { baseUrl, attempts, timeout, close: hosts.used(baseUrl) })
    this.#tell(outcome, waited, performance.now() - sentAt)
    return outcome
  }

  /** Tells the hook. One that throws must not turn a message that was sent into one to be sent again. */
  #tell({ error }: Outcome, wait: number, duration: number): void {
    const { onAttempt } = this.#setup
    if (!onAttempt) return
    const { name: operation, requestId, operation: table } = this.#call
    const { kind: outcome = 'ok', code, status = error ? undefined : table.success.status } = error ?? {}
    const [host, attempt] = [hostOf(this.#baseUrl), this.#attempts]
    try {
      onAttempt({ operation, requestId, host, attempt, wait, duration, outcome, status, code })
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown
      })
    }
  }

  /** Tells the limiter of a refusal. One that fails then must not hide what the server said. */
  async #pause(): Promise<void> {
    const { limiter, period } = this.#setup
    try {
      const pausing = limiter?.pauseFor(period)
      if (pausing) await withTimeout(pausing, this.#left(), deadlineExceeded, this.#call.signal)
    } catch {}
  }

  /** Whether there is to be another attempt after this error; if so, chooses its host. */
  #goesOn(error: RongCloudError): boolean {
    const { hosts, retry } = this.#setup
    if (retry === false || !error.retryable || this.#left() <= 0) return false
    if (error.kind === 'rate-limit') return true
    if (error.sent === 'no') {
      this.#refusing.add(this.#baseUrl)
      const next = hosts.other(this.#refusing)
      this.#baseUrl = next ?? this.#baseUrl
      return next !== undefined
    }
    this.#baseUrl = hosts.other(new Set([this.#baseUrl])) ?? this.#baseUrl
    return retry === 'at-least-once' && this.#unknown < MOST_UNKNOWN
  }

  async run(): Promise<Outcome> {
    const { hosts } = this.#setup
    for (;;) {
      const asked = performance.now()
      try {
        await this.#wait()
        if (this.#left() <= 0) throw deadlineExceeded()
        if (this.#attempts === 0) this.#until = Math.min(this.#until, performance.now() + this.#terms.deadline)
      } catch (cause) {
        return this.#failed(this.#noTurn(cause))
      }
      const outcome = await this.#send(performance.now() - asked)
      const { error } = outcome
      if (!error) return outcome
      this.#last = error
      if (error.sent !== 'no') this.#unknown++
      const unwell = error.kind === 'network' || error.kind === 'timeout' || (error.status ?? 0) >= 500
      if (unwell) hosts.failed(this.#baseUrl)
      if (error.kind === 'rate-limit') await this.#pause()
      if (!this.#goesOn(error)) return this.#failed(error)
    }
  }
}

/** Delivers a call. Never throws. */
export const deliver = (call: Call, setup: Delivery, terms: Terms): Promise<Outcome> =>
  new Journey(call, setup, terms).run()
