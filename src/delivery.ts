/**
 * One call until it is done: wait for the turn, choose the host, attempt, and again or give up.
 *
 * A request that may have been processed is never sent twice unless the caller asked for at-least-once: the API has no
 * key to tell a repeat from a new message.
 *
 * @module
 */
import { attempt, type Call, type Wire } from './attempt.js'
import { type ErrorFacts, RongCloudError } from './errors.js'
import { type Hosts, hostOf } from './hosts.js'
import type { Outcome } from './judge.js'
import { type Limiter, sleep } from './turn.js'

/**
 * When a call is sent again.
 *
 * - `never-sent`: only when it was surely not processed: no connection (on the other host), or refused by the rate limit.
 * - `at-least-once`: also when nobody knows. The message may arrive twice.
 * - `false`: never.
 */
export type RetryPolicy = 'never-sent' | 'at-least-once' | false

/** One attempt, as plain data for logs and metrics. It never holds a secret or a signature. */
export interface AttemptReport {
  readonly operation: string
  readonly requestId: string
  readonly host: string
  /** From 1. */
  readonly attempt: number
  /** Milliseconds in line for the rate limit before it. */
  readonly wait: number
  /** Milliseconds from sending to the whole answer. */
  readonly duration: number
  /** `ok`, or the kind of the error. */
  readonly outcome: 'ok' | RongCloudError['kind']
  readonly status: number | undefined
  readonly code: number | undefined
}

/** How a call is delivered. */
export interface Delivery {
  readonly wire: Wire
  readonly hosts: Hosts
  readonly limiter: Limiter | undefined
  /** Milliseconds to wait after a refusal by the rate limit. */
  readonly period: number
  /** What the call costs in messages. */
  readonly cost: number
  readonly retry: RetryPolicy
  /** Milliseconds for each attempt. */
  readonly timeout: number
  /** Milliseconds for all of it. */
  readonly deadline: number
  /** Longest wait for a turn, in milliseconds. */
  readonly maxWait: number
  readonly onAttempt: ((report: AttemptReport) => void) | undefined
}

/** Attempts of a request that may have been processed, under `at-least-once`. */
const MOST_UNKNOWN = 3

/** The same error, told for the whole call. */
const retold = (error: RongCloudError, message: string, change: Partial<ErrorFacts>): RongCloudError =>
  new RongCloudError(message, { ...error.toJSON(), ...change }, error.cause)

/** A hook that throws must not turn a message that was sent into one to be sent again. */
function tell(hook: Delivery['onAttempt'], report: AttemptReport): void {
  try {
    hook?.(report)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Delivers a call. Never throws. */
export async function deliver(call: Call, setup: Delivery): Promise<Outcome> {
  const { name, requestId, signal } = call
  const { hosts, limiter, retry } = setup
  const until = performance.now() + setup.deadline
  const left = () => until - performance.now()
  const refusing = new Set<string>()
  let [attempts, unknown, baseUrl] = [0, 0, hosts.current()]
  let last: RongCloudError | undefined

  /** The end of a call, with what is true of all its attempts. */
  const failed = (error: RongCloudError): Outcome => ({
    error: retold(error, error.message, { requestId, sent: unknown > 0 ? 'unknown' : error.sent }),
  })

  /** Waits for the turn; an error when it comes too late or not at all. */
  async function turn(): Promise<RongCloudError | undefined> {
    try {
      if (limiter) {
        const waiting = limiter.take(setup.cost, { signal, maxWait: Math.min(setup.maxWait, left()) })
        if (waiting) await waiting
      } else if (last?.kind === 'rate-limit') {
        if (setup.period > left()) return last
        await sleep(setup.period, signal)
      }
      return undefined
    } catch (cause) {
      const host = hostOf(baseUrl)
      if (signal?.aborted) {
        return new RongCloudError(`${name}: aborted by the caller`, { kind: 'aborted', host, attempts }, signal.reason)
      }
      if (!(cause instanceof RongCloudError)) {
        return new RongCloudError(
          `${name}: the limiter failed: ${(cause as Error).message}`,
          { kind: 'network', host, attempts },
          cause,
        )
      }
      // What the server said first tells more than that there is no time to try again.
      return last
        ? retold(last, last.message, { wait: cause.wait })
        : retold(cause, `${name}: ${cause.message}`, { host, attempts })
    }
  }

  for (;;) {
    const asked = performance.now()
    const refused = await turn()
    if (refused) return failed(refused)
    // While it waited, others may have found the host unwell.
    if (!last || last.kind === 'rate-limit') baseUrl = hosts.current()
    attempts++
    const sentAt = performance.now()
    const aim = { baseUrl, attempts, timeout: Math.max(1, Math.min(setup.timeout, left())), close: hosts.used(baseUrl) }
    const outcome = await attempt(call, setup.wire, aim)
    const { error } = outcome
    const facts = { operation: name, requestId, host: hostOf(baseUrl), attempt: attempts }
    const times = { wait: sentAt - asked, duration: performance.now() - sentAt }
    const { status = error ? undefined : call.operation.success.status, code } = error ?? {}
    tell(setup.onAttempt, { ...facts, ...times, outcome: error?.kind ?? 'ok', status, code })
    if (!error) return outcome

    last = error
    if (error.sent !== 'no') unknown++
    const unwell = error.kind === 'network' || error.kind === 'timeout' || (error.status ?? 0) >= 500
    if (unwell) hosts.failed(baseUrl)
    if (error.kind === 'rate-limit') await limiter?.pause(setup.period)
    if (retry === false || !error.retryable || left() <= 0) return failed(error)
    if (error.kind === 'network' && error.sent === 'no') {
      refusing.add(baseUrl)
      const next = hosts.other(refusing)
      if (next === undefined) return failed(error)
      baseUrl = next
    } else if (error.kind !== 'rate-limit') {
      if (retry !== 'at-least-once' || unknown >= MOST_UNKNOWN) return failed(error)
      baseUrl = hosts.other(new Set([baseUrl])) ?? baseUrl
    }
  }
}
