/**
 * The mock's rate limit: an exact sliding log for each operation, on the clock that it is given.
 *
 * @module
 */
import { costOf, type OperationId, operations } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'

/** Numbers in place of the contract's. */
export interface RateLimitOptions {
  /** Messages in a period. */
  readonly limit?: number
  /** Milliseconds. */
  readonly period?: number
}

interface RateLimit {
  /** Counts the messages of a call, or refuses all of them and counts none. */
  readonly take: (operation: OperationId, fields: Readonly<Record<string, unknown>>) => Violation | undefined
  readonly reset: () => void
}

/** Messages within the last period, oldest first; those before `start` are gone. */
interface Log {
  entries: { readonly at: number; readonly cost: number }[]
  start: number
  sum: number
}

/** Drops entries that have left the window. */
function expire(log: Log, since: number): void {
  for (let entry = log.entries[log.start]; entry && entry.at <= since; entry = log.entries[log.start]) {
    log.sum -= entry.cost
    log.start++
  }
  if (log.start > 1_000) {
    log.entries = log.entries.slice(log.start)
    log.start = 0
  }
}

/** @param options `false` for none */
export function createRateLimit(options: false | RateLimitOptions | undefined, now: () => number): RateLimit {
  if (options !== undefined && options !== false && (typeof options !== 'object' || options === null)) {
    throw new TypeError(`"rateLimit" must be false or { limit, period }. Received ${String(options)}`)
  }
  for (const [name, value] of Object.entries(options || {})) {
    if (name !== 'limit' && name !== 'period') throw new TypeError(`"rateLimit" has no "${name}": limit and period`)
    if (!(typeof value === 'number' && value > 0)) {
      throw new TypeError(`"rateLimit.${name}" must be a number above 0. Received ${String(value)}`)
    }
  }
  const logs = new Map<OperationId, Log>()
  const take: RateLimit['take'] = (operation, fields) => {
    const rule = operations[operation].rateLimit
    if (!rule || options === false) return undefined
    const { limit, period } = { ...rule, ...options }
    const cost = costOf(operation, fields)
    const log = logs.get(operation) ?? { entries: [], start: 0, sum: 0 }
    logs.set(operation, log)
    const at = now()
    expire(log, at - period)
    if (log.sum + cost > limit) {
      return violation('rate', 'rate-limit', `at most ${limit} messages in ${period} ms`, `${log.sum + cost}`)
    }
    log.entries.push({ at, cost })
    log.sum += cost
    return undefined
  }
  return { take, reset: () => logs.clear() }
}
