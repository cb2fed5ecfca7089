/**
 * Delivers one call: waits for the rate limit, chooses the host, makes an attempt, and repeats or gives up.
 *
 * A request that may have been processed is sent again only if the caller chose `at-least-once`. The API has no key by which
 * it could recognise a repeated message.
 *
 * @module
 */
import { type ErrorFacts, isRongCloudError, messageOf, RongCloudError, withFacts } from '../core/error.js'
import { notify } from '../core/notify.js'
import { delay, withTimeout } from '../core/wait.js'
import { deadlineExceeded, type Limiter } from '../rate-limit/limiter.js'
import { type AttemptReport, attempt, type Call, type Send } from './attempt.js'
import { type Hosts, hostOf } from './failover.js'
import { type Outcome, retryAfterOf } from './response.js'

/**
 * When a call is sent again.
 *
 * - `not-processed`: only when it was certainly not processed: no connection (then to the other host), or refused by the rate limit.
 * - `at-least-once`: also when it may have been processed. The message may arrive twice.
 * - `false`: never.
 */
export type RetryPolicy = 'not-processed' | 'at-least-once' | false

/** What all calls of an operation share. */
export interface Delivery {
  readonly send: Send
  readonly hosts: Hosts
  readonly limiter: Limiter | undefined
  /** Period of the rate limit, in milliseconds. */
  readonly period: number
  readonly retry: RetryPolicy
  readonly onAttempt: ((report: AttemptReport) => void) | undefined
}

/** Cost and time limits of one call. */
export interface CallLimits {
  /** Cost of the call, in messages. */
  readonly cost: number
  /** Milliseconds for each attempt. */
  readonly timeout: number
  /** Milliseconds for the whole call. */
  readonly deadline: number
  /** Longest wait for the rate limit, in milliseconds. */
  readonly maxWait: number
  /**
   * Milliseconds in which the rate limit must allow the call and the call must end. With it, `deadline` starts after the wait
   * for the rate limit. Without it, `deadline` includes that wait.
   */
  readonly queueDeadline?: number | undefined
}

/** Most attempts that may have been processed, under `at-least-once`. */
const MAX_MAYBE_PROCESSED = 3

/** An attempt does not start with less time left than this, in milliseconds, because it would hardly finish. */
const MIN_ATTEMPT_MS = 1_000

/** Shortest wait after a refusal by the rate limit, in milliseconds. If the period is shorter, the period. */
const MIN_PAUSE_MS = 1_000

/**
 * Longest pause after an answer, in milliseconds. If the period is longer, the period. A proxy may send any `Retry-After`, and
 * one answer must not stop the client for good.
 */
const MAX_PAUSE_MS = 3_600_000

/** A timer may fire this much too early by another clock, in milliseconds. */
const EARLY_MS = 5

/** The delivery of one call, and its state: the attempts so far, and the next host. */
export class RetryLoop {
  readonly #call: Call
  readonly #delivery: Delivery
  readonly #limits: CallLimits
  #endsAt: number
  /** An attempt starts only with this many milliseconds left. With a short deadline, half of it may be spent waiting. */
  readonly #minTimeLeft: number
  /** No attempt may start before this time, because the server asked to wait. */
  #notBefore = Number.NEGATIVE_INFINITY
  /** Hosts to which no connection could be made. */
  readonly #unreachable = new Set<string>()
  #attempts = 0
  /** Attempts that may have been processed. */
  #maybeProcessed = 0
  #baseUrl: string
  #lastError: RongCloudError | undefined

  constructor(call: Call, delivery: Delivery, limits: CallLimits) {
    const { deadline, timeout, queueDeadline = deadline } = limits
    this.#call = call
    this.#delivery = delivery
    this.#limits = limits
    this.#endsAt = performance.now() + queueDeadline
    this.#minTimeLeft = Math.min(timeout, MIN_ATTEMPT_MS, deadline / 2, queueDeadline / 2)
    this.#baseUrl = delivery.hosts.current()
  }

  /** The latest time at which an attempt may start. */
  get #latestStart(): number {
    return this.#endsAt - this.#minTimeLeft
  }

  /** Delivers the call. Never throws. */
  async run(): Promise<Outcome> {
    for (;;) {
      const start = performance.now()
      try {
        await this.#waitForRateLimit()
        // Only the first attempt changes this, because later ones give a later end.
        this.#endsAt = Math.min(this.#endsAt, performance.now() + this.#limits.deadline)
      } catch (cause) {
        return this.#failed(this.#notAllowed(cause))
      }
      const outcome = await this.#attempt(performance.now() - start)
      const { error } = outcome
      if (!error) return outcome
      this.#lastError = error
      if (error.processed !== 'no') this.#maybeProcessed++
      const pause = this.#pauseAfter(error)
      if (pause !== undefined) await this.#pauseLimiter(pause)
      if (!this.#shouldRetry(error)) return this.#failed(error)
      if (this.#notBefore > this.#latestStart) {
        const wait = Math.ceil(this.#notBefore - performance.now())
        return this.#failed(withFacts(error, { wait }))
      }
    }
  }

  /** Waits until the rate limit and the server allow an attempt. Throws when that would be too late, or when the limiter fails. */
  async #waitForRateLimit(): Promise<void> {
    const { limiter } = this.#delivery
    const { cost, maxWait } = this.#limits
    const { signal } = this.#call
    if (limiter) {
      const left = this.#latestStart - performance.now()
      const waiting = limiter.acquire(cost, { signal, maxWait: Math.min(maxWait, left) })
      // A custom limiter may return any thenable, or a promise that never settles.
      if (waiting) await withTimeout(Promise.resolve(waiting), left, deadlineExceeded, signal)
    }
    // A custom limiter may ignore `pauseFor`.
    const pause = this.#notBefore - performance.now()
    if (pause > 0) await delay(pause, signal)
    if (performance.now() > this.#latestStart) throw deadlineExceeded()
  }

  /** The error of a call that the rate limit did not allow. */
  #notAllowed(cause: unknown): RongCloudError {
    const { name, signal } = this.#call
    const facts = { host: hostOf(this.#baseUrl), attempts: this.#attempts }
    if (signal?.aborted) {
      return new RongCloudError(`${name}: aborted by the caller`, { kind: 'aborted', ...facts }, signal.reason)
    }
    if (!isRongCloudError(cause)) {
      const message = `${name}: the limiter failed: ${messageOf(cause)}`
      return new RongCloudError(message, { kind: 'limiter', ...facts }, cause)
    }
    // The server's error says more than "no time left for another attempt".
    const isTooLate = cause.kind === 'rate-limit' || cause.kind === 'timeout'
    if (this.#lastError && isTooLate) return withFacts(this.#lastError, { wait: cause.wait })
    return withFacts(cause, facts, `${name}: ${cause.message}`)
  }

  /** Makes one attempt, and reports it to the hook and to the hosts. */
  async #attempt(wait: number): Promise<Outcome> {
    const { send, hosts } = this.#delivery
    // During the wait, other calls may have switched to another host.
    if (!this.#lastError || this.#lastError.kind === 'rate-limit') this.#baseUrl = hosts.current()
    const baseUrl = this.#baseUrl
    const sentAt = performance.now()
    const timeout = Math.max(1, Math.min(this.#limits.timeout, this.#endsAt - sentAt))
    const target = { baseUrl, attempts: this.#attempts + 1, timeout, close: hosts.used(baseUrl) }
    const outcome = await attempt(this.#call, send, target)
    // Nothing was sent, for example because the request could not be signed.
    if (outcome.error?.attempts === this.#attempts) return outcome
    this.#attempts++
    const duration = performance.now() - sentAt
    this.#callHook(outcome, wait, duration)
    // The caller's own `fetch` may have a shorter time limit. Timers may fire a little early.
    this.#learnAboutHost(outcome.error, Math.min(timeout, duration + EARLY_MS))
    return outcome
  }

  /** Calls `onAttempt`. An error that it throws must not cause a second attempt. */
  #callHook({ error }: Outcome, wait: number, duration: number): void {
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

  /** Updates the state of the host. Errors of the caller's code say nothing about it. */
  #learnAboutHost(error: RongCloudError | undefined, timeout: number): void {
    const { hosts } = this.#delivery
    const { kind, status } = error ?? {}
    if (kind === 'network' || (status ?? 0) >= 500) hosts.failed(this.#baseUrl)
    else if (kind === 'timeout') hosts.timedOut(this.#baseUrl, timeout)
    else if (!error || status !== undefined) hosts.answered(this.#baseUrl)
  }

  /** Milliseconds to pause all calls after this error; undefined for no pause. */
  #pauseAfter(error: RongCloudError): number | undefined {
    const { period, retry } = this.#delivery
    const header = retryAfterOf(error.headers)
    const asked = header && Math.min(header, Math.max(period, MAX_PAUSE_MS))
    if (error.kind === 'rate-limit') return Math.max(asked ?? period, Math.min(period, MIN_PAUSE_MS))
    return error.status === 503 && retry === 'at-least-once' ? asked : undefined
  }

  /** Pauses the limiter. If that fails, the server's error is still the one to report. */
  async #pauseLimiter(milliseconds: number): Promise<void> {
    this.#notBefore = performance.now() + milliseconds
    try {
      const pausing = this.#delivery.limiter?.pauseFor(milliseconds)
      if (pausing) {
        const left = this.#endsAt - performance.now()
        await withTimeout(Promise.resolve(pausing), left, deadlineExceeded, this.#call.signal)
      }
    } catch {}
  }

  /** Whether to make another attempt after this error. If so, chooses its host. */
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
    return retry === 'at-least-once' && this.#maybeProcessed < MAX_MAYBE_PROCESSED
  }

  /** The outcome of a call that failed, with the facts about all its attempts. */
  #failed(error: RongCloudError): Outcome {
    const change: Partial<ErrorFacts> = { requestId: this.#call.requestId }
    return { error: withFacts(error, this.#maybeProcessed > 0 ? { ...change, processed: 'unknown' } : change) }
  }
}
