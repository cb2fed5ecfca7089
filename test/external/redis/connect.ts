/** A connection by one of the client libraries, as the documentation says: it fails fast while Redis is away. */
import { Redis } from 'ioredis'
import { Redis as Valkey } from 'iovalkey'
import { createClient } from 'redis'
import type { RedisLimiterOptions } from '../../../src/redis.js'

export type Evaluate = RedisLimiterOptions['evaluate']

export interface Connection {
  readonly evaluate: Evaluate
  readonly close: () => void
}

export const LIBRARIES = ['ioredis', 'redis', 'iovalkey', 'ioredis'] as const

export async function connect(
  library: string,
  port: number,
  options: { keyPrefix?: string } = {},
): Promise<Connection> {
  const host = { host: '127.0.0.1', port }
  const { keyPrefix = '' } = options
  const quick = { maxRetriesPerRequest: 0, enableOfflineQueue: false, retryStrategy: () => 100, ...options }
  if (library === 'redis') {
    const socket = { ...host, reconnectStrategy: 100 }
    const redis = createClient({ socket, disableOfflineQueue: true }).on('error', () => {})
    await redis.connect()
    return {
      evaluate: (script, keys, args) =>
        redis.eval(script, { keys: keys.map((key) => keyPrefix + key), arguments: args }),
      close: () => redis.destroy(),
    }
  }
  const redis = library === 'ioredis' ? new Redis({ ...host, ...quick }) : new Valkey({ ...host, ...quick })
  redis.on('error', () => {})
  await new Promise((done) => redis.once('ready', () => done(undefined)))
  return {
    evaluate: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args) as Promise<unknown>,
    close: () => redis.disconnect(),
  }
}
