/**
 * How fast a run may be, and how long.
 *
 * @module
 */
import { type OperationId, operations } from '../../core/contract.js'

/** Most requests of a run, controls included. */
export const MAX_REQUESTS = 150

/** Fewest requests that are worth a run. */
export const MIN_REQUESTS = 10

/** Between the starts of two requests, at least; between two with wrong signatures it is twice that. */
export const MIN_INTERVAL_MS = 1_000

/** Longest run. A limit of two calls an hour leaves no room for a probe. */
const MAX_DURATION_MS = 30 * 60_000

/** How fast a run may be, and how long. */
export interface Pace {
  /** Milliseconds between two requests. */
  readonly interval: number
  readonly maxRequests: number
}

/** At most half of the limit, and never more than a request a second. */
export function paceOf(operation: OperationId): Pace {
  const { limit, period } = operations[operation].rateLimit ?? { limit: Number.POSITIVE_INFINITY, period: 0 }
  const interval = Math.max(MIN_INTERVAL_MS, Math.ceil((2 * period) / limit))
  return { interval, maxRequests: Math.min(MAX_REQUESTS, Math.floor(MAX_DURATION_MS / interval)) }
}
