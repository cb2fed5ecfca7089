/**
 * Any number of values for a list that one call takes only a few of: split, sent, and reported chunk by chunk.
 *
 * A chunk never fails because the batch itself made it wait: its deadline starts when the rate limit lets it go. The
 * batch as a whole ends with its own deadline and signal.
 *
 * @module
 */
import { RongCloudError } from '../core/error.js'
import type { LimiterOptions } from '../rate-limit/limiter.js'
import type { Outcome } from './response.js'

/** Settings of a batch. */
export interface BatchOptions {
  /** Calls under way at once, those in line included. Default: as many as the limit lets through in a second, 8 to 64. */
  readonly concurrency?: number | undefined
  /**
   * Milliseconds for the whole batch. Calls that have not gone by then are not sent. Default: no limit. The client's
   * `deadline` is for each call, from when the rate limit lets it go.
   */
  readonly deadline?: number | undefined
  /** Ends calls under way; those that have not begun are not sent. */
  readonly signal?: AbortSignal | undefined
}

/** What became of one chunk. */
export type BatchOutcome<Item, Data> =
  | {
      /** The values of the list that this call had. */
      readonly chunk: readonly Item[]
      /** What the call gave. */
      readonly data: Data
      /** Not there: the call succeeded. */
      readonly error?: never
    }
  | {
      /** The values of the list that this call had, or would have had. */
      readonly chunk: readonly Item[]
      /** Not there: the call failed, or was not made. */
      readonly data?: never
      /** Why; the other chunks go on. */
      readonly error: RongCloudError
    }

/**
 * A batch under way: an async iterable of outcomes as they come. The chunks of all outcomes together are all values
 * without the duplicates. It can be iterated once; leaving the loop early lets no further call begin.
 */
export interface Batch<Item, Data> extends AsyncIterable<BatchOutcome<Item, Data>> {
  /** Values that were given more than once, each listed once; they are sent once. */
  readonly duplicates: readonly Item[]
  /** How many values will be sent. */
  readonly total: number
}

/** How many values one call takes. */
export interface Split {
  readonly name: string
  /** The list that is split. */
  readonly field: string
  readonly size: number
  /** What an error tells, without the secret. */
  readonly redacted: (error: RongCloudError) => RongCloudError
}

/** One chunk's call. It never throws. `left` is what is left of the time of the batch, in milliseconds. */
export type Send = (chunk: readonly unknown[], signal: AbortSignal | undefined, left: number) => Promise<Outcome>

/**
 * Calls under way at once, where nothing else is said: as many as a limit lets through in a second, for answers that take
 * that long; and no fewer than 8, for limits whose period is longer and which let a burst through.
 *
 * @param cost messages that one call costs
 */
export function concurrencyOf(rule: LimiterOptions | undefined, cost: number): number {
  if (!rule) return 8
  return Math.min(64, Math.max(8, Math.ceil((rule.limit / rule.period) * (1_000 / cost))))
}

function checked(name: string, value: number | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  if (typeof value === 'number' && value > 0) return value
  throw new TypeError(`"${name}" must be a number above 0. Received ${String(value)}`)
}

/** Why a chunk is not sent at all; undefined when it is. */
function unsent(name: string, signal: AbortSignal | undefined, left: number): RongCloudError | undefined {
  const message = `${name}: not sent`
  if (signal?.aborted)
    return new RongCloudError(`${message}, aborted by the caller`, { kind: 'aborted' }, signal.reason)
  if (left > 0) return undefined
  return new RongCloudError(`${message}, the deadline of the batch has passed`, { kind: 'timeout', retryable: true })
}

/** @throws TypeError for a list that is none and for wrong options */
export function createBatch(split: Split, items: unknown, options: BatchOptions, send: Send): Batch<unknown, object> {
  if (!Array.isArray(items)) throw new TypeError(`"${split.field}" must be a list. Received ${typeof items}`)
  const concurrency = Math.floor(checked('concurrency', options.concurrency, 8)) || 1
  const until = performance.now() + checked('deadline', options.deadline, Number.POSITIVE_INFINITY)
  const values = [...new Set(items)]
  const { signal } = options

  async function one(chunk: readonly unknown[]): Promise<BatchOutcome<unknown, object>> {
    const left = until - performance.now()
    const error = unsent(split.name, signal, left)
    const outcome = error ? { error: split.redacted(error) } : await send(chunk, signal, left)
    // One of the two is there, as in the outcome.
    return { chunk, ...outcome } as BatchOutcome<unknown, object>
  }

  async function* outcomes(): AsyncGenerator<BatchOutcome<unknown, object>, void> {
    const underWay = new Map<number, Promise<readonly [number, BatchOutcome<unknown, object>]>>()
    for (let at = 0; at < values.length || underWay.size > 0; ) {
      for (; underWay.size < concurrency && at < values.length; at += split.size) {
        const key = at
        const sent = one(values.slice(at, at + split.size))
        underWay.set(
          key,
          sent.then((outcome) => [key, outcome] as const),
        )
      }
      const [key, outcome] = await Promise.race(underWay.values())
      underWay.delete(key)
      yield outcome
    }
  }

  let begun = false
  const once = () => {
    if (begun) throw new TypeError('A batch is sent once: loop over it once')
    begun = true
    return outcomes()
  }
  return { duplicates: duplicatesOf(items), total: values.length, [Symbol.asyncIterator]: once }
}

function duplicatesOf(items: readonly unknown[]): unknown[] {
  const once = new Set()
  const again = new Set()
  for (const item of items) {
    if (once.has(item)) again.add(item)
    else once.add(item)
  }
  return [...again]
}
