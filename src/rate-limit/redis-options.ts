/**
 * Options of a limiter on Redis: what they mean, and what they must be.
 *
 * @module
 */
import { type OperationId, operations } from '../core/contract.js'
import { mustBeFunction } from '../core/error.js'
import { checkLimit, type Limiter, type LimiterOptions } from './limiter.js'
import { createLimiter } from './memory.js'

/** Milliseconds for Redis to answer, where nothing else is said. */
export const TIMEOUT_MS = 500

/** Settings of a limiter on Redis. `limit` and `period` default to those of the contract, for each operation. */
export interface RedisLimiterOptions extends Partial<LimiterOptions> {
  /**
   * Runs a Lua script on your connection. It needs one key and the commands EVAL, TIME, ZADD, ZREM, ZSCORE,
   * ZREMRANGEBYSCORE, ZREVRANGEBYSCORE and PEXPIRE.
   *
   * ioredis and iovalkey: `(script, keys, args) => redis.eval(script, keys.length, ...keys, ...args)`;
   * node-redis: `(script, keys, args) => redis.eval(script, { keys, arguments: args })`.
   */
  readonly evaluate: (script: string, keys: string[], args: string[]) => Promise<unknown>
  /** App Key whose limit it is: the vendor counts for each. */
  readonly appKey: string
  /** Start of the key, any string. Default `rongcloud`. */
  readonly prefix?: string
  /** Milliseconds for Redis to answer one command. Default 500. */
  readonly timeout?: number
  /**
   * While Redis is down, or has a new record: `fail` refuses calls (default); `{ share }` goes on in memory at this share of
   * the limit. For four processes a share of 0.25 keeps the whole within it.
   */
  readonly whenDown?:
    | 'fail'
    | {
        /** From 0 to 1, and enough for the dearest call. */
        readonly share: number
      }
  /**
   * Called when the limit is no longer kept on Redis, with a `RongCloudError` that says why, and when it is again. What it
   * throws changes nothing: it is printed by `console.error`.
   */
  readonly onChange?: (state: 'up' | 'down', cause?: unknown) => void
}

/** What the dearest call of an operation costs in messages. */
function dearestOf(operation: OperationId): number {
  const { rateLimit, batch } = operations[operation]
  return batch && batch.field === rateLimit?.cost ? batch.size : 1
}

/** The limiter in memory for while Redis is down, where there is to be one. */
export function shareOf(
  whenDown: RedisLimiterOptions['whenDown'],
  { limit, period }: LimiterOptions,
  operation: OperationId,
): Limiter | undefined {
  if (whenDown === undefined || whenDown === 'fail') return undefined
  const { share = 0 } = whenDown ?? {}
  const own = Math.floor(limit * share)
  const dearest = Math.min(limit, dearestOf(operation))
  if (share <= 1 && own >= dearest) return createLimiter({ limit: own, period })
  const least = (dearest / limit).toPrecision(2)
  throw new TypeError(`"whenDown" must be "fail" or { share } from ${least} to 1. Received ${JSON.stringify(whenDown)}`)
}

/** @throws TypeError for options that are wrong; gives the numbers of the limit */
export function limitOf(options: RedisLimiterOptions, operation: OperationId): LimiterOptions {
  const { rateLimit } = operations[operation]
  const { limit = rateLimit?.limit ?? 0, period = rateLimit?.period ?? 0 } = options
  checkLimit({ limit, period })
  const { timeout = TIMEOUT_MS, prefix } = options
  if (!(typeof timeout === 'number' && timeout > 0)) {
    throw new TypeError(`"timeout" must be milliseconds, more than 0. Received ${String(timeout)}`)
  }
  if (typeof options.evaluate !== 'function')
    throw new TypeError(`"evaluate" must be a function. Received ${typeof options.evaluate}`)
  if (typeof options.appKey !== 'string' || options.appKey === '')
    throw new TypeError(`"appKey" must be a string that is not empty. Received ${typeof options.appKey}`)
  if (prefix !== undefined && typeof prefix !== 'string')
    throw new TypeError(`"prefix" must be a string. Received ${typeof prefix}`)
  mustBeFunction('onChange', options.onChange)
  return { limit, period }
}
