/**
 * Entry point `./redis`: a rate limit that any number of processes share through one Redis or Valkey.
 *
 * @module
 */
export type { AcquireOptions, Limiter } from './rate-limit/limiter.js'
export { createRedisLimiter } from './rate-limit/redis.js'
export type { RedisLimiterOptions } from './rate-limit/redis-options.js'
