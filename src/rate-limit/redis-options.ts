/**
 * The options of a limiter on Redis, and their checks.
 *
 * @module
 */
import { maxCostOf, type OperationId, operations } from '../core/contract.js'
import { mustBeFunction, type RongCloudError } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { checkLimit, LIMITER_OPTIONS, type Limiter, type LimiterOptions } from './limiter.js'
import { createLimiter } from './memory.js'

/** Default of `timeout`. */
const REDIS_TIMEOUT_MS = 500

/** Settings of a limiter on Redis. */
export interface RedisLimiterOptions {
  /** Messages in a period, a whole number. Default: the contract's, for each operation. */
  readonly limit?: number | undefined
  /** Length of the period in milliseconds. Default: the contract's, for each operation. */
  readonly period?: number | undefined
  /**
   * Runs a Lua script on your connection. It needs one key and the commands EVAL, TIME, ZADD, ZREM, ZSCORE,
   * ZREMRANGEBYSCORE, ZREVRANGEBYSCORE and PEXPIRE.
   *
   * ioredis and iovalkey: `(script, keys, args) => redis.eval(script, keys.length, ...keys, ...args)`;
   * node-redis: `(script, keys, args) => redis.eval(script, { keys, arguments: args })`.
   */
  readonly evaluate: (script: string, keys: string[], args: string[]) => Promise<unknown>
  /** App Key of the app. The vendor counts the limit for each App Key. */
  readonly appKey: string
  /** Prefix of the key in Redis. Default `rongcloud`. */
  readonly prefix?: string | undefined
  /** Milliseconds for Redis to answer one command. Default 500. */
  readonly timeout?: number | undefined
  /**
   * What happens while Redis is down, or has lost its record: `fail` refuses calls (default); `{ share }` counts in memory
   * instead, with this share of the limit. With four processes, a share of 0.25 keeps their total within the limit.
   */
  readonly whenDown?:
    | 'fail'
    | {
        /** From 0 to 1. This share of the limit must be enough for the most expensive call. */
        readonly share: number
      }
    | undefined
  /**
   * Called with `down` and the reason when Redis can no longer be used, and with `up` when it can be used again. An error that
   * it throws is only printed, by `console.error`.
   */
  readonly onChange?: ((state: 'up' | 'down', cause?: RongCloudError) => void) | undefined
}

/** The checked options, with defaults. The limit is that of an operation. */
export interface RedisSettings extends RedisLimiterOptions {
  readonly prefix: string
  readonly timeout: number
}

/** Every option of a limiter on Redis. */
const REDIS_OPTIONS: OptionNames<RedisLimiterOptions> = {
  ...LIMITER_OPTIONS,
  evaluate: true,
  appKey: true,
  prefix: true,
  timeout: true,
  whenDown: true,
  onChange: true,
}

/** The limiter in memory that replaces Redis while Redis is down; undefined when calls are to fail. */
export function shareOf(
  whenDown: RedisLimiterOptions['whenDown'],
  { limit, period }: LimiterOptions,
  operation: OperationId,
): Limiter | undefined {
  if (whenDown === undefined || whenDown === 'fail') return undefined
  const { share = 0 } = whenDown ?? {}
  const shareLimit = Math.floor(limit * share)
  const maxCost = Math.min(limit, maxCostOf(operation))
  if (share <= 1 && shareLimit >= maxCost) return createLimiter({ limit: shareLimit, period })
  const least = (maxCost / limit).toPrecision(2)
  throw new TypeError(`"whenDown" must be "fail" or { share } from ${least} to 1. Received ${JSON.stringify(whenDown)}`)
}

/** The limit of an operation: that of the options, or of the contract. @throws TypeError for a wrong one */
export function limitOf(options: RedisLimiterOptions, operation: OperationId): LimiterOptions {
  const { rateLimit } = operations[operation]
  const { limit = rateLimit?.limit ?? 0, period = rateLimit?.period ?? 0 } = options
  checkLimit({ limit, period })
  return { limit, period }
}

/** Checks all options that are the same for each operation. @throws TypeError for a wrong option */
export function redisSettingsOf(options: RedisLimiterOptions): RedisSettings {
  checkOptions(options, REDIS_OPTIONS, 'a limiter on Redis')
  const { timeout = REDIS_TIMEOUT_MS, prefix = 'rongcloud' } = options
  if (!(typeof timeout === 'number' && timeout > 0)) {
    throw new TypeError(`"timeout" must be milliseconds, more than 0. Received ${String(timeout)}`)
  }
  if (typeof options.evaluate !== 'function')
    throw new TypeError(`"evaluate" must be a function. Received ${typeof options.evaluate}`)
  if (typeof options.appKey !== 'string' || options.appKey === '')
    throw new TypeError(`"appKey" must be a string that is not empty. Received ${typeof options.appKey}`)
  if (typeof prefix !== 'string') throw new TypeError(`"prefix" must be a string. Received ${typeof prefix}`)
  mustBeFunction('onChange', options.onChange)
  return { ...options, timeout, prefix }
}
