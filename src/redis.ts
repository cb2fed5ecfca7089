/**
 * Door "./redis": the rate limit for any number of processes, on one Redis or Valkey.
 *
 * @module
 */
import { RedisLimiter } from './redis-limiter.js'
import type { RedisLimiterOptions } from './redis-options.js'
import type { Limiter } from './turn.js'

export type { RedisLimiterOptions } from './redis-options.js'
export type { Limiter, Turn } from './turn.js'

/**
 * A limiter that any number of processes share, for `createClient({ limiter })`.
 *
 * One round trip for a call that may go at once, two for one that waits. The keys expire by themselves. A take costs Redis
 * O(limit): it is made for limits of up to some hundreds a second.
 *
 * @throws TypeError for wrong options
 */
export function createRedisLimiter(options: RedisLimiterOptions): Limiter {
  const limiter = new RedisLimiter(options)
  return { take: (cost, turn) => limiter.take(cost, turn), pause: (milliseconds) => limiter.pause(milliseconds) }
}
