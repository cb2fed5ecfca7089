/**
 * The mock's rate limit: an exact sliding log for each operation, on the mock's clock.
 *
 * @module
 */
import { costOf, type OperationId, operations } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { limitPhrase } from '../core/phrases.js'

/** Numbers that replace the contract's. */
export interface RateLimitOptions {
  /** Messages in a period. */
  readonly limit?: number | undefined
  /** Length of the period in milliseconds. */
  readonly period?: number | undefined
}

const RATE_LIMIT_OPTIONS: OptionNames<RateLimitOptions> = { limit: true, period: true }

interface RateLimit {
  /** Counts the messages of a call. If they exceed the limit, counts none and returns a violation. */
  readonly take: (operation: OperationId, fields: Readonly<Record<string, unknown>>) => Violation | undefined
  readonly reset: () => void
}

/** The calls within the last period, oldest first, beginning at index `start`. `sum` is their cost. */
interface Log {
  entries: { readonly at: number; readonly cost: number }[]
  start: number
  sum: number
}

/** Drops the entries that are older than the window, and those from the future: a test has set the clock back. */
function expire(log: Log, since: number, now: number): void {
  for (let first = log.entries[log.start]; first && first.at <= since; first = log.entries[log.start]) {
    log.sum -= first.cost
    log.start++
  }
  while (log.entries.length > log.start && (log.entries.at(-1)?.at ?? now) > now) {
    log.sum -= log.entries.pop()?.cost ?? 0
  }
  if (log.start > 1_000) {
    log.entries = log.entries.slice(log.start)
    log.start = 0
  }
}

/** @param options `false` for no limit @throws TypeError for wrong options */
export function createRateLimit(options: false | RateLimitOptions | undefined, now: () => number): RateLimit {
  if (options !== undefined && options !== false) {
    if (typeof options !== 'object' || options === null) {
      throw new TypeError(`"rateLimit" must be false or { limit, period }. Received ${String(options)}`)
    }
    checkOptions(options, RATE_LIMIT_OPTIONS, '"rateLimit"')
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined || (typeof value === 'number' && value > 0)) continue
      throw new TypeError(`"rateLimit.${name}" must be a number above 0. Received ${String(value)}`)
    }
  }
  const logs = new Map<OperationId, Log>()
  const take: RateLimit['take'] = (operation, fields) => {
    const rule = operations[operation].rateLimit
    if (!rule || options === false) return undefined
    const { limit = rule.limit, period = rule.period } = options ?? {}
    const { unit } = rule
    const cost = costOf(operation, fields)
    const log = logs.get(operation) ?? { entries: [], start: 0, sum: 0 }
    logs.set(operation, log)
    const at = now()
    expire(log, at - period, at)
    if (log.sum + cost > limit) {
      return violation(
        'rate',
        'rate-limit',
        `at most ${limitPhrase({ limit, period, ...(unit && { unit }) })}`,
        `${log.sum + cost}`,
      )
    }
    log.entries.push({ at, cost })
    log.sum += cost
    return undefined
  }
  return { take, reset: () => logs.clear() }
}
