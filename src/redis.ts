/**
 * Entry point `./redis`: the rate limit for any number of processes, on one Redis or Valkey.
 *
 * @module
 */
export type { AcquireOptions, Limiter } from './rate-limit/limiter.js'
export { createRedisLimiter } from './rate-limit/redis.js'
export type { RedisLimiterOptions } from './rate-limit/redis-options.js'
