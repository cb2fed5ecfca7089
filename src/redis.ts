/**
 * Entry point "./redis": the rate limit for any number of processes, on one Redis or Valkey.
 *
 * @module
 */
import { type OperationId, operationIds, operations } from './core/contract.js'
import type { Limiter } from './rate-limit/limiter.js'
import { RedisLimiter } from './rate-limit/redis.js'
import type { RedisLimiterOptions } from './rate-limit/redis-options.js'

export type { AcquireOptions, Limiter } from './rate-limit/limiter.js'
export type { RedisLimiterOptions } from './rate-limit/redis-options.js'

/**
 * A limiter that any number of processes share, for `createClient({ limiter })`. It counts each operation apart, as the
 * contract does; by itself, without a client, it is that of the first one.
 *
 * One round trip for a call that may go at once, two for one that waits. Where Redis does not know what went in the last
 * period (at the first call of all, after a restart, FLUSHALL, a failover), nobody goes for a period. Each operation has one
 * key, which expires after a week without calls. A call costs Redis O(limit): it is made for some hundreds of messages in a period.
 *
 * It touches neither Redis, clock, timers nor random numbers before the first call.
 *
 * @throws TypeError for wrong options
 */
export function createRedisLimiter(options: RedisLimiterOptions): Limiter {
  const limiters = new Map<OperationId, Limiter>()
  const forOperation = (operation: OperationId): Limiter => {
    const limiter = limiters.get(operation) ?? new RedisLimiter(options ?? {}, operation)
    limiters.set(operation, limiter)
    return limiter
  }
  const first = forOperation(operationIds.find((id) => operations[id].rateLimit) ?? (operationIds[0] as OperationId))
  return {
    acquire: (cost, settings) => first.acquire(cost, settings),
    pauseFor: (milliseconds) => first.pauseFor(milliseconds),
    forOperation,
  }
}
