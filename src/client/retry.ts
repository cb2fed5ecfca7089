/**
 * One call until it is done: wait for the rate limit, choose the host, attempt, and again or give up.
 *
 * A request that may have been processed is never sent twice unless the caller asked for at-least-once: the API has no
 * key to tell a repeat from a new message.
 *
 * @module
 */
import { type ErrorFacts, isRongCloudError, messageOf, RongCloudError, withFacts } from '../core/error.js'
import { notify } from '../core/notify.js'
import { deadlineExceeded, type Limiter } from '../rate-limit/limiter.js'
import { delay, withTimeout } from '../rate-limit/wait.js'
import { type AttemptReport, attempt, type Call, type Send } from './attempt.js'
import { type Hosts, hostOf } from './failover.js'
import { type Outcome, retryAfterOf } from './response.js'

/**
 * When a call is sent again.
 *
 * - `not-processed`: only when it was surely not processed: no connection (on the other host), or refused by the rate limit.
 * - `at-least-once`: also when nobody knows. The message may arrive twice.
 * - `false`: never.
 */
export type RetryPolicy = 'not-processed' | 'at-least-once' | false

/** How the calls of an operation are delivered. */
export interface Delivery {
  readonly send: Send
  readonly hosts: Hosts
  readonly limiter: Limiter | undefined
  /** Milliseconds of the rate limit's period. */
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
  /** Longest wait for the rate limit, in milliseconds. */
  readonly maxWait: number
  /** Milliseconds until the rate limit must have let the call go; its deadline starts then. Without it, the deadline includes that wait. */
  readonly lineDeadline?: number | undefined
}

/** Attempts of a request that may have been processed, under `at-least-once`. */
const MAX_UNKNOWN = 3

/** An attempt does not start with less time left than this, in milliseconds: it would hardly end. */
const MIN_ATTEMPT_MS = 1_000

/** After a refusal by the rate limit, a call waits at least this long, in milliseconds, or a shorter period. */
const MIN_PAUSE_MS = 1_000

/** One call on its way: what its attempts have come to, and which host is next. */
class RetryLoop {
  readonly #call: Call
  readonly #delivery: Delivery
  readonly #terms: Terms
  #until: number
  /** An attempt starts only with so many milliseconds left: half of a short deadline may be spent waiting. */
  readonly #needed: number
  /** The server asked for no request before. */
  #notBefore = Number.NEGATIVE_INFINITY
  /** Hosts to which no connection could be made. */
  readonly #unreachable = new Set<string>()
  #attempts = 0
  /** Attempts that may have been processed. */
  #unknown = 0
  #baseUrl: string
  #last: RongCloudError | undefined

  constructor(call: Call, delivery: Delivery, terms: Terms) {
    const { deadline, timeout, lineDeadline = deadline } = terms
    this.#call = call
    this.#delivery = delivery
    this.#terms = terms
    this.#until = performance.now() + lineDeadline
    this.#needed = Math.min(timeout, MIN_ATTEMPT_MS, deadline / 2, lineDeadline / 2)
    this.#baseUrl = delivery.hosts.current()
  }

  /** When the last attempt may start. */
  get #latestStart(): number {
    return this.#until - this.#needed
  }

  async run(): Promise<Outcome> {
    for (;;) {
      const start = performance.now()
      try {
        await this.#waitForTurn()
        // Moves the end at the first attempt alone: later ones would move it behind.
        this.#until = Math.min(this.#until, performance.now() + this.#terms.deadline)
      } catch (cause) {
        return this.#failed(this.#withoutTurn(cause))
      }
      const outcome = await this.#attempt(performance.now() - start)
      const { error } = outcome
      if (!error) return outcome
      this.#last = error
      if (error.processed !== 'no') this.#unknown++
      const pause = this.#pauseAfter(error)
      if (pause !== undefined) await this.#pauseLimiter(pause)
      if (!this.#shouldRetry(error)) return this.#failed(error)
      if (this.#notBefore > this.#latestStart) {
        const wait = Math.ceil(this.#notBefore - performance.now())
        return this.#failed(withFacts(error, { wait }))
      }
    }
  }

  /** Waits until the rate limit and the server let the call go. Throws when that is too late or fails. */
  async #waitForTurn(): Promise<void> {
    const { limiter } = this.#delivery
    const { cost, maxWait } = this.#terms
    const { signal } = this.#call
    if (limiter) {
      const left = this.#latestStart - performance.now()
      const waiting = limiter.acquire(cost, { signal, maxWait: Math.min(maxWait, left) })
      // Of a limiter of others, anything may come back.
      if (waiting) await withTimeout(Promise.resolve(waiting), left, deadlineExceeded, signal)
    }
    // A limiter of others may not pause.
    const pause = this.#notBefore - performance.now()
    if (pause > 0) await delay(pause, signal)
    if (performance.now() > this.#latestStart) throw deadlineExceeded()
  }

  /** The error of a call that was not let go. */
  #withoutTurn(cause: unknown): RongCloudError {
    const { name, signal } = this.#call
    const facts = { host: hostOf(this.#baseUrl), attempts: this.#attempts }
    if (signal?.aborted) {
      return new RongCloudError(`${name}: aborted by the caller`, { kind: 'aborted', ...facts }, signal.reason)
    }
    if (!isRongCloudError(cause)) {
      const message = `${name}: the limiter failed: ${messageOf(cause)}`
      return new RongCloudError(message, { kind: 'limiter', ...facts }, cause)
    }
    // What the server said first tells more than that there is no time to try again.
    if (this.#last) return withFacts(this.#last, { wait: cause.wait })
    return withFacts(cause, facts, `${name}: ${cause.message}`)
  }

  /** Sends once, and tells the hook. */
  async #attempt(wait: number): Promise<Outcome> {
    const { send, hosts } = this.#delivery
    // While it waited, others may have found the host unwell.
    if (!this.#last || this.#last.kind === 'rate-limit') this.#baseUrl = hosts.current()
    const baseUrl = this.#baseUrl
    const sentAt = performance.now()
    const timeout = Math.max(1, Math.min(this.#terms.timeout, this.#until - sentAt))
    this.#attempts++
    const aim = { baseUrl, attempts: this.#attempts, timeout, close: hosts.used(baseUrl) }
    const outcome = await attempt(this.#call, send, aim)
    this.#report(outcome, wait, performance.now() - sentAt)
    this.#learnAboutHost(outcome.error, timeout)
    return outcome
  }

  /** Tells the hook. One that throws must not turn a message that was sent into one to be sent again. */
  #report({ error }: Outcome, wait: number, duration: number): void {
    const { onAttempt } = this.#delivery
    if (!onAttempt) return
    const { name: operation, requestId, operation: table } = this.#call
    const { kind: outcome = 'ok', code, status = error ? undefined : table.success.status } = error ?? {}
    const host = hostOf(this.#baseUrl)
    const report: AttemptReport = {
      operation,
      requestId,
      host,
      attempt: this.#attempts,
      wait,
      duration,
      outcome,
      status,
      code,
    }
    notify('onAttempt', onAttempt, report)
  }

  /** What an attempt says about its host. Mistakes of the caller's say nothing. */
  #learnAboutHost(error: RongCloudError | undefined, timeout: number): void {
    const { hosts } = this.#delivery
    const { kind, status } = error ?? {}
    if (kind === 'network' || (status ?? 0) >= 500) hosts.failed(this.#baseUrl)
    else if (kind === 'timeout') hosts.timedOut(this.#baseUrl, timeout)
    else if (!error || status !== undefined) hosts.answered(this.#baseUrl)
  }

  /** Milliseconds that nobody may send after this error; undefined when anybody may. */
  #pauseAfter(error: RongCloudError): number | undefined {
    const { period, retry } = this.#delivery
    const asked = retryAfterOf(error.headers)
    if (error.kind === 'rate-limit') return Math.max(asked ?? period, Math.min(period, MIN_PAUSE_MS))
    return error.status === 503 && retry === 'at-least-once' ? asked : undefined
  }

  /** Tells the limiter of a refusal. One that fails then must not hide what the server said. */
  async #pauseLimiter(milliseconds: number): Promise<void> {
    this.#notBefore = performance.now() + milliseconds
    try {
      const pausing = this.#delivery.limiter?.pauseFor(milliseconds)
      if (pausing) {
        const left = this.#until - performance.now()
        await withTimeout(Promise.resolve(pausing), left, deadlineExceeded, this.#call.signal)
      }
    } catch {}
  }

  /** Whether there is to be another attempt after this error; if so, chooses its host. */
  #shouldRetry(error: RongCloudError): boolean {
    const { hosts, retry } = this.#delivery
    if (retry === false || !error.retryable || performance.now() > this.#latestStart) return false
    if (error.kind === 'rate-limit') return true
    if (error.processed === 'no') {
      this.#unreachable.add(this.#baseUrl)
      const next = hosts.other(this.#unreachable)
      this.#baseUrl = next ?? this.#baseUrl
      return next !== undefined
    }
    this.#baseUrl = hosts.other(new Set([this.#baseUrl])) ?? this.#baseUrl
    return retry === 'at-least-once' && this.#unknown < MAX_UNKNOWN
  }

  /** The end of a call, with what is true of all its attempts. */
  #failed(error: RongCloudError): Outcome {
    const change: Partial<ErrorFacts> = { requestId: this.#call.requestId }
    return { error: withFacts(error, this.#unknown > 0 ? { ...change, processed: 'unknown' } : change) }
  }
}

/** Delivers a call. Never throws. */
export const deliver = (call: Call, delivery: Delivery, terms: Terms): Promise<Outcome> =>
  new RetryLoop(call, delivery, terms).run()
