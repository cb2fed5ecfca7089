/**
 * A list of any length, for an operation that accepts only a few values in one call. The list is split into chunks, and
 * each chunk is sent as one call and reported.
 *
 * A chunk never fails because the batch made it wait: its deadline starts when the rate limit allows its call. The batch as
 * a whole has its own deadline and signal.
 *
 * @module
 */
import { RongCloudError } from '../core/error.js'
import type { LimiterOptions } from '../rate-limit/limiter.js'
import type { Outcome } from './response.js'

/** Settings of a batch. */
export interface BatchOptions {
  /**
   * Most calls at the same time, including those that wait for the rate limit. Default: the calls that the contract's limit
   * allows in a second, 8 to 64. A limiter with a higher limit may need more.
   */
  readonly concurrency?: number | undefined
  /**
   * Milliseconds for the whole batch. Calls that could not start in time for an answer are not sent, and fail as soon as that
   * is known. Calls that are under way at the end fail as `timeout`. Default: no limit. The client's `deadline` applies to
   * each call, from the time when the rate limit allows it.
   */
  readonly deadline?: number | undefined
  /** Aborts the calls that have started. Calls that have not started are not sent. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt of a call, the answer's body included. Default: the client's. */
  readonly timeout?: number | undefined
  /** Longest wait of a call for the rate limit, in milliseconds; 0 means now or never. Default: no limit. The client's `maxWait` does not count. */
  readonly maxWait?: number | undefined
  /** Header parameters of the operation, sent with each call. Headers that the client sets itself take precedence, except `User-Agent`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The outcome of one chunk. */
export type BatchOutcome<Item, Data> =
  | {
      /** The values in this call. */
      readonly chunk: readonly Item[]
      /** The result of the call. */
      readonly data: Data
      /** Missing: the call succeeded. */
      readonly error?: never
    }
  | {
      /** The values in this call, also if it was not sent. */
      readonly chunk: readonly Item[]
      /** Missing: the call failed, or was not sent. */
      readonly data?: never
      /** Why the call failed. The other chunks continue. */
      readonly error: RongCloudError
    }

/**
 * A running batch: an async iterable of the outcomes, in the order in which they arrive. All chunks together contain every
 * value once. A batch can be iterated only once. If you leave the loop early, no further call starts.
 */
export interface Batch<Item, Data> extends AsyncIterable<BatchOutcome<Item, Data>> {
  /** Values that occur more than once in the list. Each is listed once here, and sent once. */
  readonly duplicates: readonly Item[]
  /** Number of values to send, without duplicates. */
  readonly total: number
}

/** How a list is split. */
export interface Split {
  readonly name: string
  /** The list that is split. */
  readonly field: string
  /** Most values of one call. */
  readonly size: number
  /** Fewest values of one call. */
  readonly least?: number
  /** Default of the option. */
  readonly concurrency: number
  /** Returns the error without the secret. */
  readonly redacted: (error: RongCloudError) => RongCloudError
}

/** Sends one chunk. Never throws. `left` is the remaining time of the batch, in milliseconds. */
export type SendChunk = (chunk: readonly unknown[], signal: AbortSignal | undefined, left: number) => Promise<Outcome>

/**
 * Default of `concurrency`: the calls that a limit allows in a second, because an answer may take a second. It is at
 * least 8, for limits with a longer period, which allow a burst.
 *
 * @param cost messages that one call costs
 */
export function concurrencyOf(rule: LimiterOptions | undefined, cost: number): number {
  if (!rule) return 8
  return Math.min(64, Math.max(8, Math.ceil((rule.limit / rule.period) * (1_000 / cost))))
}

function positive(name: string, value: number | undefined, defaultValue: number): number {
  if (value === undefined) return defaultValue
  if (typeof value === 'number' && value > 0) return value
  throw new TypeError(`"${name}" must be a number above 0. Received ${String(value)}`)
}

/** The error of a chunk that is not sent; undefined for a chunk that is to be sent. */
function unsent(name: string, signal: AbortSignal | undefined, left: number): RongCloudError | undefined {
  const message = `${name}: not sent`
  if (signal?.aborted)
    return new RongCloudError(`${message}, aborted by the caller`, { kind: 'aborted' }, signal.reason)
  if (left > 0) return undefined
  return new RongCloudError(`${message}, the deadline of the batch has passed`, { kind: 'timeout', retryable: true })
}

/**
 * The values of each call: as many as a call accepts, and the rest. Where there is no rest, or it would be too short, all calls
 * have about as many.
 *
 * @throws TypeError if no number of calls can take all values
 */
export function chunksOf<T>(
  values: readonly T[],
  { field, size, least = 1 }: Pick<Split, 'field' | 'size' | 'least'>,
): T[][] {
  const count = Math.ceil(values.length / size)
  if (count * least > values.length) {
    const received = `Received ${values.length} different ${values.length === 1 ? 'value' : 'values'}`
    throw new TypeError(`"${field}" cannot be split into calls of ${least} to ${size} values. ${received}`)
  }
  const rest = values.length % size
  const isEven = rest < least
  const length = isEven ? Math.floor(values.length / count) : size
  const longer = isEven ? values.length % count : 0
  return Array.from({ length: count }, (_, i) => {
    const start = i * length + Math.min(i, longer)
    return values.slice(start, start + length + (i < longer ? 1 : 0))
  })
}

/** @throws TypeError if `items` is not a list or cannot be split, or if an option is wrong */
export function createBatch(
  split: Split,
  items: unknown,
  options: BatchOptions,
  send: SendChunk,
): Batch<unknown, object> {
  if (!Array.isArray(items)) throw new TypeError(`"${split.field}" must be a list. Received ${typeof items}`)
  const concurrency = Math.floor(positive('concurrency', options.concurrency, split.concurrency)) || 1
  const until = performance.now() + positive('deadline', options.deadline, Number.POSITIVE_INFINITY)
  const values = [...new Set(items)]
  const chunks = chunksOf(values, split)
  const { signal } = options

  async function sendChunk(chunk: readonly unknown[]): Promise<BatchOutcome<unknown, object>> {
    const left = until - performance.now()
    const error = unsent(split.name, signal, left)
    const outcome = error ? { error: split.redacted(error) } : await send(chunk, signal, left)
    // The outcome has either `data` or `error`.
    return { chunk, ...outcome } as BatchOutcome<unknown, object>
  }

  async function* outcomes(): AsyncGenerator<BatchOutcome<unknown, object>, void> {
    const underWay = new Map<number, Promise<readonly [number, BatchOutcome<unknown, object>]>>()
    for (let next = 0; next < chunks.length || underWay.size > 0; ) {
      for (; underWay.size < concurrency && next < chunks.length; next++) {
        const key = next
        const sent = sendChunk(chunks[next] ?? [])
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
    if (begun) throw new TypeError('A batch can be iterated only once')
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
