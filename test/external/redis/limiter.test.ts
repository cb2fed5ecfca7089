/** Needs redis-server 7. What one limiter on a real Redis does, keeps and needs. */
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClient, type RongCloudError } from '../../../src/index.js'
import { createRedisLimiter, type RedisLimiterOptions } from '../../../src/redis.js'
import { createMockApi } from '../../../src/testing.js'
import { Server } from './server.js'

let server: Server
let redis: Redis
beforeAll(async () => {
  server = await Server.start()
  redis = new Redis({ port: server.port, host: '127.0.0.1' })
})
afterAll(async () => {
  redis.disconnect()
  await server.end()
})

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))
const LIMIT = { limit: 20, period: 200 }
const evaluate = (script: string, keys: string[], args: string[]) =>
  redis.eval(script, keys.length, ...keys, ...args) as Promise<unknown>

let appKey: string
beforeEach(({ task }) => {
  appKey = task.id
})
const create = (options: Partial<RedisLimiterOptions> = {}) =>
  createRedisLimiter({ evaluate, appKey, ...LIMIT, ...options })
const keyOf = (app = appKey) => `rongcloud:{${app}}:sendGroupStatusMessage`
/** A limiter whose record is no longer new. */
async function ready(options: Partial<RedisLimiterOptions> = {}) {
  const limiter = create(options)
  await limiter.acquire(1)
  await wait(250)
  return limiter
}

test('refuses a call that would wait too long at once, with its wait, also for calls of another process', async () => {
  const one = await ready({ limit: 20, period: 2_000 })
  await wait(2_000)
  await one.acquire(20)
  const started = performance.now()
  for (const limiter of [one, create({ limit: 20, period: 2_000 })]) {
    const error = await Promise.resolve(limiter.acquire(1, { maxWait: 300 })).catch((cause: RongCloudError) => cause)
    expect(error).toMatchObject({ kind: 'rate-limit', retryable: true, attempts: 0 })
    expect((error as RongCloudError).wait).toBeGreaterThan(500)
  }
  expect(performance.now() - started).toBeLessThan(1_500)
})

test('where nothing is known of the last period, nobody goes for a period', async () => {
  const started = performance.now()
  await create().acquire(1)
  expect(performance.now() - started).toBeGreaterThanOrEqual(206)
})

test('a call that is given up, or runs out of time, keeps no place', async () => {
  const limiter = await ready()
  await limiter.acquire(20)
  const controller = new AbortController()
  const waiting = limiter.acquire(20, { signal: controller.signal })
  controller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  const slow = create({
    evaluate: async (script, keys, args) => {
      const answer = await evaluate(script, keys, args)
      if (args[0] === 'take') await wait(100)
      return answer
    },
    timeout: 60,
  })
  await expect(slow.acquire(20)).rejects.toThrow('rate limit: Redis gave no answer within 60 ms')
  await wait(100)
  const places = (await redis.zrange(keyOf(), 0, -1)).filter((member) => member.startsWith('w'))
  expect(places).toEqual([])
})

test('a place that nobody claims holds up no one for long', async () => {
  const limiter = await ready()
  await limiter.acquire(20)
  // The process ends while it waits.
  const [seconds, micros] = await redis.time()
  const now = Number(seconds) * 1_000 + Number(micros) / 1_000
  for (let i = 0; i < 5; i++) await redis.zadd(keyOf(), now - 600 + i * 20, `wgone${i}:20`)
  await limiter.acquire(20, { maxWait: 250 })
  expect((await redis.zrange(keyOf(), 0, -1)).filter((member) => member.startsWith('wgone'))).toEqual([])
})

test('a pause holds everyone, in other processes too', async () => {
  const one = await ready()
  const two = create()
  await one.pauseFor(600)
  const started = performance.now()
  await two.acquire(1)
  expect(performance.now() - started).toBeGreaterThan(550)
})

test('counts each App Key apart, with one key each whose life does not grow', async () => {
  const [one, two] = await Promise.all([ready(), ready({ appKey: `${appKey}-2` })])
  await one.acquire(20)
  await two.acquire(20, { maxWait: 100 })
  expect((await redis.keys(`*${appKey}*`)).toSorted()).toEqual([keyOf(), keyOf(`${appKey}-2`)].toSorted())
  const week = 7 * 24 * 3_600_000
  for (let i = 0; i < 5; i++) {
    await one.acquire(1)
    const life = await redis.pttl(keyOf())
    expect(life).toBeGreaterThan(week - 1_000)
    expect(life).toBeLessThanOrEqual(week + 420)
  }
})

test('the record holds what went in the window, and no more', async () => {
  const limiter = await ready()
  for (let i = 0; i < 60; i++) await limiter.acquire(1)
  expect(await redis.zcard(keyOf())).toBeLessThanOrEqual(20 + 3)
})

test('is a limiter of the client', async () => {
  const keys = { appKey, appSecret: 's' }
  const api = createMockApi(keys)
  const limiter = createRedisLimiter({ evaluate, appKey })
  const client = createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch, limiter })
  const call = { fromUserId: '1', toGroupId: ['1', '2', '3'], objectName: 'app:x', content: 'x' } as const
  await Promise.all(Array.from({ length: 12 }, () => client.sendGroupStatusMessage(call)))
  expect(() => api.verify()).not.toThrow()
  expect(api.calls).toHaveLength(12)
})

test('a burst of ten thousand calls is no slowness of Redis: those in time go, the others are refused at once', async () => {
  const changes: string[] = []
  let underWay = 0
  let most = 0
  const limiter = create({
    evaluate: async (...call) => {
      most = Math.max(most, ++underWay)
      try {
        return await evaluate(...call)
      } finally {
        underWay--
      }
    },
    onChange: (state) => changes.push(state),
  })
  const ends = await Promise.allSettled(Array.from({ length: 10_000 }, () => limiter.acquire(1, { maxWait: 1_500 })))
  expect(changes).toEqual([])
  expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(60)
  expect(most).toBeLessThan(100)
})

test('a user who may run the commands of the documentation, and no other, is enough', async () => {
  const commands = ['eval', 'time', 'zadd', 'zrem', 'zscore', 'zremrangebyscore', 'zrevrangebyscore', 'pexpire']
  const password = 'only-these'
  const rules = ['-@all', ...commands.map((name) => `+${name}`)]
  await redis.call('ACL', 'SETUSER', 'limited', 'on', `>${password}`, '~rongcloud:*', ...rules)
  const limited = new Redis({
    port: server.port,
    host: '127.0.0.1',
    username: 'limited',
    password,
    enableReadyCheck: false,
  })
  const mayRun = (script: string, keys: string[], args: string[]) =>
    limited.eval(script, keys.length, ...keys, ...args) as Promise<unknown>
  const limiter = create({ evaluate: mayRun })
  await limiter.acquire(20)
  await limiter.pauseFor(10)
  await limiter.acquire(20)
  const controller = new AbortController()
  const given = limiter.acquire(20, { signal: controller.signal })
  controller.abort(new Error('gone'))
  await expect(given).rejects.toThrow('gone')
  // Each of them is needed.
  for (const command of commands) {
    await redis.call('ACL', 'SETUSER', 'limited', `-${command}`)
    const error = await Promise.resolve(create({ evaluate: mayRun }).acquire(1)).catch((cause: RongCloudError) => cause)
    expect(error, command).toMatchObject({ kind: 'limiter', retryable: false, attempts: 0 })
    expect((error as Error).message).toMatch(/^rate limit: Redis refused: .*(permission|can't run this command)/)
    await redis.call('ACL', 'SETUSER', 'limited', `+${command}`)
  }
  limited.disconnect()
})

describe('what Redis says is said in its words', () => {
  test('a key of another type', async () => {
    await redis.set(keyOf(), 'x')
    await expect(create().acquire(1)).rejects.toThrow(/^rate limit: Redis refused: WRONGTYPE Operation against a key/)
  })

  test('a script that is not known', async () => {
    const bySha = (_: string, keys: string[], args: string[]) =>
      redis.evalsha('0'.repeat(40), keys.length, ...keys, ...args)
    await expect(create({ evaluate: bySha }).acquire(1)).rejects.toThrow(
      /^rate limit: Redis refused: NOSCRIPT No matching/,
    )
  })

  test('a script that fails', async () => {
    const broken = (script: string, keys: string[], args: string[]) => evaluate(`nonsense()\n${script}`, keys, args)
    await expect(create({ evaluate: broken }).acquire(1)).rejects.toThrow(/^rate limit: Redis refused: ERR .*nonsense/)
  })

  test('and a connection that is not there, in its own', async () => {
    const gone = new Redis({ port: 1, host: '127.0.0.1', maxRetriesPerRequest: 0, retryStrategy: () => null })
    gone.on('error', () => {})
    const away = (script: string, keys: string[], args: string[]) => gone.eval(script, keys.length, ...keys, ...args)
    await expect(create({ evaluate: away }).acquire(1)).rejects.toThrow(/^rate limit: Redis cannot be reached: \S+/)
    gone.disconnect()
  })
})
