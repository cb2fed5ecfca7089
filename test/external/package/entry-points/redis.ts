/** Entry point "./redis": one limit for many processes, and a client that keeps it. */
import { createClient, type Limiter } from 'rongcloud-status-message'
import { createRedisLimiter, type RedisLimiterOptions } from 'rongcloud-status-message/redis'

const options: RedisLimiterOptions = {
  appKey: 'k',
  evaluate: async (script, keys, args) => [script.length, keys.length, args.length],
  whenDown: { share: 0.25 },
  onChange: (state: 'up' | 'down') => state,
}
const limiter: Limiter = createRedisLimiter(options)
export const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: 'http://127.0.0.1:8700', limiter })

// @ts-expect-error Nothing runs the script.
createRedisLimiter({ appKey: 'k' })
// @ts-expect-error Neither way to go on.
createRedisLimiter({ ...options, whenDown: 'wait' })
