/** One of several processes that share a limit: takes turns as fast as it may, and says when each went. */
import { Redis } from 'ioredis'
import { Redis as Valkey } from 'iovalkey'
import { createClient } from 'redis'
import { createRedisLimiter, type RedisLimiterOptions } from '../../../src/redis.js'

type Evaluate = RedisLimiterOptions['evaluate']

const [kind = '', port = '', seconds = '', share = '', appKey = 'k'] = process.argv.slice(2)

async function connect(): Promise<{ evaluate: Evaluate; close: () => void }> {
  const host = { host: '127.0.0.1', port: Number(port) }
  const quick = { maxRetriesPerRequest: 0, enableOfflineQueue: false, retryStrategy: () => 100 }
  if (kind === 'redis') {
    const socket = { ...host, reconnectStrategy: 100 }
    const redis = createClient({ socket, disableOfflineQueue: true }).on('error', () => {})
    await redis.connect()
    return {
      evaluate: (script, keys, args) => redis.eval(script, { keys, arguments: args }),
      close: () => redis.destroy(),
    }
  }
  const redis = kind === 'ioredis' ? new Redis({ ...host, ...quick }) : new Valkey({ ...host, ...quick })
  redis.on('error', () => {})
  await new Promise((done) => redis.once('ready', () => done(undefined)))
  return {
    evaluate: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args) as Promise<unknown>,
    close: () => redis.disconnect(),
  }
}

const { evaluate, close } = await connect()
const limiter = createRedisLimiter({
  evaluate,
  appKey,
  whenDown: share ? { share: Number(share) } : 'fail',
  onChange: (state) => console.log(JSON.stringify({ state, at: performance.timeOrigin + performance.now() })),
})
const until = performance.now() + Number(seconds) * 1_000

async function saturate(): Promise<void> {
  while (performance.now() < until) {
    const cost = [1, 1, 2, 3][Math.floor(Math.random() * 4)] as number
    try {
      await limiter.acquire(cost, { maxWait: until - performance.now() + 2_000 })
    } catch {
      await new Promise((done) => setTimeout(done, 50))
      continue
    }
    if (performance.now() < until) console.log(JSON.stringify({ at: performance.timeOrigin + performance.now(), cost }))
  }
}

await Promise.all([saturate(), saturate(), saturate()])
close()
