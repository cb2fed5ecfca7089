/** Several processes on one real Redis. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createClient, type RongCloudError } from '../../../src/index.js'
import { createMockApi } from '../../../src/mock/testing.js'
import { createRedisLimiter } from '../../../src/redis.js'
import { ROOT, TSX } from '../../support/project-copy.js'

let port: number
let server: ChildProcess

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function start(): Promise<void> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  server = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((done, fail) => {
    server.on('error', fail)
    server.stdout?.on('data', (chunk) => String(chunk).includes('Ready to accept connections') && done())
  })
}

const stop = (): Promise<unknown> =>
  new Promise((done) => {
    server.once('exit', done)
    server.kill('SIGKILL')
  })

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** So long after its start a Redis is trusted. */
const WARM = 5_100

beforeAll(async () => {
  port = await freePort()
  await start()
  await wait(WARM)
}, 20_000)
afterAll(() => stop())

interface Line {
  readonly at: number
  readonly cost?: number
  readonly state?: 'up' | 'down'
}

function worker(...args: string[]): Promise<Line[]> {
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [join(ROOT, 'node_modules', TSX), join(ROOT, 'test/external/redis/worker.ts'), ...args],
      (error, stdout, stderr) =>
        error
          ? fail(new Error(stderr))
          : done(
              stdout
                .trim()
                .split('\n')
                .filter(Boolean)
                .map((line) => JSON.parse(line) as Line),
            ),
    )
  })
}

const KINDS = ['ioredis', 'redis', 'iovalkey', 'ioredis']
const went = (lines: readonly Line[]) => lines.filter((line): line is Required<Line> => line.cost !== undefined)
const sum = (lines: readonly Line[]) => went(lines).reduce((total, { cost }) => total + cost, 0)
const mostInASecond = (lines: readonly Line[]) => {
  const all = went(lines)
  return Math.max(...all.map((from) => sum(all.filter(({ at }) => at >= from.at && at < from.at + 1_000))))
}

describe('four processes, three client libraries, one Redis', () => {
  test('in ten seconds: never above 20 in a sliding second, and at least 180 of 200', { timeout: 40_000 }, async () => {
    const lines = (await Promise.all(KINDS.map((kind) => worker(kind, String(port), '11', '', 'ten')))).flat()
    const first = Math.min(...went(lines).map(({ at }) => at))
    const tenSeconds = lines.filter(({ at }) => at >= first && at < first + 10_000)
    console.log(`four processes: ${sum(tenSeconds)} in 10 s, ${mostInASecond(lines)} at most in a sliding second`)
    expect(mostInASecond(lines)).toBeLessThanOrEqual(20)
    expect(sum(tenSeconds)).toBeGreaterThanOrEqual(180)
  })

  test.each([
    ['calls fail', ''],
    ['calls go on at a quarter each', '0.25'],
  ])(
    'Redis killed and started again, %s: never above 20, no hang, and it recovers',
    { timeout: 60_000 },
    async (_name, share) => {
      const started = Date.now()
      const running = Promise.all(KINDS.map((kind) => worker(kind, String(port), '14', share, `kill${share}`)))
      await wait(4_000)
      await stop()
      const killed = Date.now()
      await wait(2_000)
      await start()
      const again = Date.now()
      const lines = (await running).flat()
      console.log(
        `${_name}: ${mostInASecond(lines)} at most in a sliding second, ${sum(lines)} in ${(Date.now() - started) / 1000} s`,
      )
      expect(mostInASecond(lines)).toBeLessThanOrEqual(20)
      // All lost it and all found it again.
      expect(lines.filter(({ state }) => state === 'down').length).toBeGreaterThanOrEqual(4)
      expect(lines.filter(({ state }) => state === 'up').length).toBeGreaterThanOrEqual(4)
      expect(sum(lines.filter(({ at }) => at > again + WARM + 1_000))).toBeGreaterThan(20)
      const between = sum(lines.filter(({ at }) => at > killed + 1_200 && at < again))
      if (share) expect(between).toBeGreaterThan(5)
      else expect(between).toBe(0)
    },
  )
})

describe('on one Redis', () => {
  let redis: Redis
  beforeAll(async () => {
    await wait(WARM)
    redis = new Redis({ port, host: '127.0.0.1' })
  }, 20_000)
  afterAll(() => redis.disconnect())
  afterEach(() => redis.flushall())

  const evaluate = (script: string, keys: string[], args: string[]) =>
    redis.eval(script, keys.length, ...keys, ...args) as Promise<unknown>
  const limiter = (appKey = 'one') => createRedisLimiter({ evaluate, appKey })

  test('refuses a turn that comes too late at once, with its wait', async () => {
    const shared = limiter()
    await shared.acquire(20)
    const started = performance.now()
    const error = await Promise.resolve(shared.acquire(1, { maxWait: 300 })).catch((one: RongCloudError) => one)
    expect(performance.now() - started).toBeLessThan(200)
    expect(error).toMatchObject({ kind: 'rate-limit', processed: 'no' })
    expect((error as RongCloudError).wait).toBeGreaterThan(900)
  })

  test('an abort frees the place', async () => {
    const shared = limiter()
    await shared.acquire(20)
    const controller = new AbortController()
    const waiting = shared.acquire(20, { signal: controller.signal })
    await wait(50)
    controller.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    await wait(50)
    await shared.acquire(20, { maxWait: 1_100 })
  })

  test('a pause holds everyone, in other processes too', async () => {
    const [one, two] = [limiter(), limiter()]
    await one.pauseFor(600)
    const started = performance.now()
    await two.acquire(1)
    expect(performance.now() - started).toBeGreaterThan(550)
  })

  test('counts each App Key apart, and lets its keys expire', async () => {
    await limiter('a').acquire(20)
    await limiter('b').acquire(20, { maxWait: 0 })
    expect((await redis.keys('*')).toSorted()).toEqual([
      'rongcloud:{a}:sendGroupStatusMessage:log',
      'rongcloud:{b}:sendGroupStatusMessage:log',
    ])
    for (const key of await redis.keys('*')) expect(await redis.pttl(key)).toBeGreaterThan(0)
    await wait(2_300)
    expect(await redis.keys('*')).toEqual([])
  })

  test('is a limiter of the client', async () => {
    const keys = { appKey: 'client', appSecret: 's' }
    const api = createMockApi(keys)
    const client = createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch, limiter: limiter('client') })
    const call = { fromUserId: '1', toGroupId: ['1', '2', '3'], objectName: 'app:x', content: 'x' } as const
    await Promise.all(Array.from({ length: 12 }, () => client.sendGroupStatusMessage(call)))
    expect(() => api.verify()).not.toThrow()
    expect(api.calls).toHaveLength(12)
  })

  test('a Redis that is slow is one that is down: calls fail clearly', async () => {
    const changes: unknown[] = []
    const slow = createRedisLimiter({
      evaluate: () => new Promise(() => {}),
      appKey: 'slow',
      timeout: 50,
      onChange: (state, cause) => changes.push([state, (cause as Error).message]),
    })
    const client = createClient({
      appKey: 'k',
      appSecret: 's',
      baseUrl: 'http://x',
      limiter: slow,
      fetch: async () => new Response('{"code":200}'),
    })
    const { error } = await client.safe.sendGroupStatusMessage({
      fromUserId: '1',
      toGroupId: ['1'],
      objectName: 'app:x',
      content: 'x',
    })
    expect(error).toMatchObject({ kind: 'network', processed: 'no', attempts: 0, retryable: true })
    expect(error?.message).toBe('sendGroupStatusMessage: rate limit: Redis cannot be reached')
    expect(changes).toEqual([['down', 'Redis gave no answer within 50 ms']])
  })

  test.each([
    [{ evaluate: undefined }, '"evaluate" must be a function. Received undefined'],
    [{ appKey: '' }, '"appKey" must be a string that is not empty. Received string'],
    [{ whenDown: { share: 0.1 } }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received {"share":0.1}'],
    [{ whenDown: { share: 2 } }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received {"share":2}'],
    [{ whenDown: null }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received null'],
    [{ timeout: 0 }, '"timeout" must be milliseconds, more than 0. Received 0'],
    [{ timeout: '50' }, '"timeout" must be milliseconds, more than 0. Received 50'],
    [{ limit: -1 }, '"limit" must be a number above 0. Received -1'],
  ])('refuses %j', (options, message) => {
    expect(() => createRedisLimiter({ evaluate, appKey: 'k', ...options } as never)).toThrow(new TypeError(message))
  })
})
