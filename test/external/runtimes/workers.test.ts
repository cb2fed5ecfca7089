/**
 * Needs: `workerd` from npm. A client at module scope of a Worker, shared by all its requests, on the real runtime of
 * Cloudflare's Workers. There a timer, a promise and a connection belong to the request that made them, and end with it.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockApi, type MockApi } from '../../../src/testing.js'
import { ROOT } from '../../support/project-copy.js'
import { dateOf, serveWorker } from './workerd.js'

const HOUR = 3_600_000
const LIMIT = 20

/** What the package `workerd` exports: the path of its program. */
const { default: WORKERD } = createRequire(import.meta.url)('workerd') as { default: string }

/** A Worker keeps the date it was written for: since October 2024 workerd resumes a request that another one has resolved. */
const OLD = '2024-01-01'

let folder: string
let newest: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workers-'))
  newest = await dateOf(WORKERD)
  await build({
    absWorkingDir: join(ROOT, 'test/external/runtimes/workers'),
    entryPoints: ['worker.mjs'],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['workerd', 'worker'],
    external: ['node:*'],
    logLevel: 'silent',
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the Worker says of a call; `lost` when it says nothing. */
interface Outcome {
  readonly groups?: number
  readonly kind?: string
  readonly processed?: string
  readonly message?: string
  readonly lost?: string
}

/** How Redis behaves: the connection is refused or it never answers. */
type Redis = 'refuses' | 'hangs'

interface World {
  readonly api: MockApi
  /** Calls a path of the Worker. */
  readonly ask: (path: string, options?: RequestInit) => Promise<Outcome>
  /** Sends so many messages at once, each by a request of its own. */
  readonly burst: (count: number, query?: string) => Promise<Outcome[]>
  /** How often the Worker has called Redis. */
  readonly redisCalls: () => number
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((done) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => done(Buffer.concat(chunks).toString()))
    request.on('error', () => {})
  })
}

/** The mock on a port, for whatever host the Worker calls, and a Redis that is of no use. */
function upstream(api: MockApi, redis: Redis) {
  let redisCalls = 0
  const answerAsRedis = (response: ServerResponse) => {
    redisCalls++
    if (redis === 'refuses') response.end(JSON.stringify({ error: 'READONLY You cannot write against a replica.' }))
  }
  const server = createServer(async (request, response) => {
    const body = await read(request)
    if (request.headers.host === 'redis.test') return answerAsRedis(response)
    const { method = '', url = '' } = request
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const answer = api.handle({ method, path: url, headers, body })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  return { server, redisCalls: () => redisCalls }
}

interface Setting {
  readonly date: string
  readonly client: string
  readonly redis: Redis
}

/** Starts a mock and a Worker that calls it, and ends both afterwards. */
async function withWorker({ date, client, redis }: Setting, run: (world: World) => Promise<void>): Promise<void> {
  // It counts, and refuses nothing: a 429 would let the client wait, and hide that it went too fast.
  const api = createMockApi({ appKey: 'workers-app-key', appSecret: 'workers-app-secret', rateLimit: false })
  const { server, redisCalls } = upstream(api, redis)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const own = await mkdtemp(join(folder, 'worker-'))
  await cp(join(folder, 'worker.js'), join(own, 'worker.js'))
  const worker = await serveWorker(WORKERD, {
    folder: own,
    names: ['worker.js'],
    date: date === 'newest' ? newest : date,
    upstream: `127.0.0.1:${port}`,
  })
  const ask: World['ask'] = async (path, options) => {
    const url = new URL(path, worker.url)
    url.searchParams.set('client', client)
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(30_000), ...options })
      if (!answer.ok) return { lost: `HTTP ${answer.status}: ${await answer.text()}` }
      return (await answer.json()) as Outcome
    } catch (cause) {
      return { lost: String(cause) }
    }
  }
  const burst: World['burst'] = (count, query = '') =>
    Promise.all(Array.from({ length: count }, () => ask(`/send?${query}`)))
  try {
    await run({ api, ask, burst, redisCalls })
  } finally {
    await worker.stop()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}

/** The most messages in any sliding second, by the time that each call was signed: the wire adds no delay to that. */
function mostInASecond({ calls }: MockApi): number {
  const sent = calls.map(({ headers, body }) => ({
    at: Number(headers['timestamp']),
    cost: body?.toGroupId.length ?? 0,
  }))
  const sumFrom = (from: number) =>
    sent.reduce((sum, { at, cost }) => (at >= from && at < from + 1_000 ? sum + cost : sum), 0)
  return Math.max(...sent.map(({ at }) => sumFrom(at)))
}

const failures = (outcomes: readonly Outcome[]) => outcomes.filter(({ groups }) => groups === undefined)

/** The failures, each with how often it happened. */
function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of failures(outcomes)) {
    const text = JSON.stringify(outcome).replaceAll(/\d+ ms/g, 'some ms')
    counts[text] = (counts[text] ?? 0) + 1
  }
  return counts
}

/** Refused in good time, and surely not sent. */
const isTold = ({ kind, processed }: Outcome) => (kind === 'rate-limit' || kind === 'timeout') && processed === 'no'

/** The client lives: what is sent now goes out, and within the limit. */
async function expectAlive({ api, burst }: World): Promise<void> {
  expect(tally(await burst(10))).toEqual({})
  expect(mostInASecond(api)).toBeLessThanOrEqual(LIMIT)
}

const SETTINGS: [name: string, setting: Setting][] = [
  ['limit in memory', { date: 'newest', client: 'memory', redis: 'refuses' }],
  [`limit in memory, date ${OLD}`, { date: OLD, client: 'memory', redis: 'refuses' }],
  ['Redis refuses', { date: 'newest', client: 'redis and share', redis: 'refuses' }],
  ['Redis hangs', { date: 'newest', client: 'redis and share', redis: 'hangs' }],
]

describe.concurrent.each(SETTINGS)('a client that all requests of a Worker share: %s', (_, setting) => {
  test('200 calls in bursts are all sent once, within the limit', () =>
    withWorker(setting, async ({ api, burst }) => {
      const outcomes: Outcome[] = []
      for (const count of [10, 50, 20, 40, 30, 50]) outcomes.push(...(await burst(count)))
      expect(tally(outcomes)).toEqual({})
      expect(api.calls).toHaveLength(200)
      expect(mostInASecond(api)).toBeLessThanOrEqual(LIMIT)
    }))

  test('more calls than may wait: the rest is told so unsent, and later ones are sent', () =>
    withWorker(setting, async (world) => {
      const outcomes = await world.burst(50, 'groups=3&maxWait=3000')
      const others = failures(outcomes)
      expect(tally(others.filter((outcome) => !isTold(outcome)))).toEqual({})
      expect(outcomes.length - others.length).toBe(world.api.calls.length)
      expect(world.api.calls.length).toBeGreaterThanOrEqual(5)
      await expectAlive(world)
    }))

  test.each([
    [
      'answer without waiting for their call',
      async ({ ask }: World) => {
        const forgotten = await Promise.all(Array.from({ length: 30 }, () => ask('/forget')))
        expect(forgotten).toEqual(Array(30).fill({ forgotten: true }))
      },
    ],
    [
      'are left by who made them',
      async ({ ask }: World) => {
        const left = Array.from({ length: 30 }, () => ask('/send', { signal: AbortSignal.timeout(150) }))
        const lost = (await Promise.all(left)).filter((outcome) => outcome.lost)
        // The first few may have been sent before.
        expect(lost.length).toBeGreaterThan(0)
      },
    ],
  ])('requests that %s hold up nobody', (_, leave) =>
    withWorker(setting, async (world) => {
      await leave(world)
      await expectAlive(world)
      // Among those that stay, too.
      const [stayed] = await Promise.all([world.burst(15), leave(world), delay(50).then(() => world.burst(5))])
      expect(tally(stayed)).toEqual({})
      await expectAlive(world)
    }),
  )

  test.each([
    ['an hour passes', [HOUR]],
    ['an hour passes and is taken back', [HOUR, -HOUR]],
    ['the clock is set back by an hour', [-HOUR]],
  ])('%s between two calls, and while calls wait', (_, skips) =>
    withWorker(setting, async (world) => {
      const { api, ask, burst } = world
      expect(tally(await burst(25))).toEqual({})
      for (const milliseconds of skips) {
        const { now } = (await ask(`/skip?milliseconds=${milliseconds}`)) as { now: number }
        expect(tally(await burst(25))).toEqual({})
        // Who signs looks at the clock that there is now.
        expect(Math.abs(Number(api.calls.at(-1)?.headers['timestamp']) - now)).toBeLessThan(HOUR / 10)
      }
      for (const milliseconds of skips) {
        const waiting = burst(25)
        await delay(300)
        await ask(`/skip?milliseconds=${milliseconds}`)
        expect(tally((await waiting).filter((outcome) => !isTold(outcome)))).toEqual({})
        expect(tally(await burst(10))).toEqual({})
      }
    }),
  )
})

describe.concurrent.each(['newest', OLD])('at module scope of a Worker, date %s', (date) => {
  test('each kind of client can be made', () =>
    withWorker({ date, client: 'memory', redis: 'refuses' }, async ({ ask }) => {
      expect(await ask('/made')).toEqual({
        memory: 'made',
        'own limiter': 'made',
        'redis alone': 'made',
        'redis and share': 'made',
      })
    }))

  test.each(['memory', 'own limiter', 'redis and share'])('%s sends from its first call on', (client) =>
    withWorker({ date, client, redis: 'refuses' }, async ({ burst }) => {
      expect(tally(await burst(3))).toEqual({})
    }),
  )

  test('a Redis that fails is asked again later, and each call is told what it said', () =>
    withWorker({ date, client: 'redis alone', redis: 'refuses' }, async ({ api, burst, redisCalls }) => {
      for (const _ of [1, 2]) {
        const before = redisCalls()
        for (const outcome of await burst(3)) {
          expect(outcome).toMatchObject({
            kind: 'limiter',
            processed: 'no',
            message: expect.stringContaining('READONLY'),
          })
        }
        expect(redisCalls()).toBeGreaterThan(before)
        await delay(500)
      }
      expect(api.calls).toEqual([])
    }))

  test('a Redis that was lost is looked for again, though the requests that looked have ended', () =>
    withWorker({ date, client: 'redis and share', redis: 'hangs' }, async ({ ask, burst, redisCalls }) => {
      await Promise.all(Array.from({ length: 5 }, () => ask('/forget')))
      await delay(400)
      expect(tally(await burst(3))).toEqual({})
      const before = redisCalls()
      for (const _ of [1, 2, 3]) {
        await delay(300)
        expect(tally(await burst(3))).toEqual({})
      }
      expect(redisCalls()).toBeGreaterThan(before)
    }))
})
