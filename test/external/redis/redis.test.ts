/** Needs redis-server 7. Many processes on one real Redis, and all that can happen to it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, test } from 'vitest'
import { createRedisLimiter, type RedisLimiterOptions } from '../../../src/redis.js'
import { ROOT, TSX } from '../../support/project-copy.js'
import { type Connection, connect, type Evaluate, LIBRARIES } from './connect.js'
import { Server } from './server.js'

interface Call {
  readonly at: number
  readonly cost: number
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))
const total = (calls: readonly Call[]) => calls.reduce((sum, { cost }) => sum + cost, 0)

/** Most messages in any sliding second, by the clock of the machine that the calls left from. */
function mostInASecond(calls: readonly Call[]): number {
  const inside = (from: number) => total(calls.filter(({ at }) => at >= from && at < from + 1_000))
  return Math.max(0, ...calls.map(({ at }) => inside(at)))
}

function worker(...args: string[]): Promise<Call[]> {
  const program = [join(ROOT, 'node_modules', TSX), join(ROOT, 'test/external/redis/worker.ts'), ...args]
  return new Promise((done, fail) => {
    execFile(process.execPath, program, (error, stdout, stderr) => {
      if (error) return fail(new Error(stderr))
      const lines = stdout.trim().split('\n').filter(Boolean)
      done(lines.map((line) => JSON.parse(line) as Call))
    })
  })
}

test('four processes, three client libraries, ten seconds: never above 20 in a sliding second, and at least 180 of 200', async () => {
  const server = await Server.start()
  const calls = (await Promise.all(LIBRARIES.map((library) => worker(library, String(server.port), '13')))).flat()
  await server.end()
  const first = Math.min(...calls.map(({ at }) => at))
  const tenSeconds = calls.filter(({ at }) => at >= first && at < first + 10_000)
  console.log(`four processes: ${total(tenSeconds)} in 10 s, ${mostInASecond(calls)} at most in a sliding second`)
  expect(mostInASecond(calls)).toBeLessThanOrEqual(20)
  expect(total(tenSeconds)).toBeGreaterThanOrEqual(180)
})

/** What a case may do to Redis, while four limiters use all of the limit. */
interface World {
  readonly server: Server
  /** Another Redis, empty. */
  readonly other: Server
  /** All connections go to another server from now on. */
  readonly moveTo: (server: Server) => Promise<void>
  /** Sets the clock of Redis off by so many milliseconds. */
  readonly setClock: (offset: number) => void
}

interface Case {
  readonly name: string
  readonly share?: number
  readonly during: (world: World) => Promise<unknown>
  /** States of all limiters, in their order, as a pattern. */
  readonly states: RegExp
  /** What the error or the change says. */
  readonly says?: RegExp
  readonly least: number
  readonly options?: Partial<RedisLimiterOptions>
  readonly flags?: readonly string[]
  readonly keyPrefix?: string
}

const readOnly = async ({ server }: World) => {
  await server.command('REPLICAOF', '127.0.0.1', '1')
  await wait(1_500)
  await server.command('REPLICAOF', 'NO', 'ONE')
}
const restart = async ({ server }: World) => {
  await server.kill()
  // So long that each of the four meets it.
  await wait(1_500)
  await server.start()
}
const forbid = async ({ server }: World) => {
  await server.command('ACL', 'SETUSER', 'default', '-zadd')
  await wait(1_500)
  await server.command('ACL', 'SETUSER', 'default', '+zadd')
}
const overwrite = async ({ server }: World) => {
  const key = 'rongcloud:{k}:sendGroupStatusMessage'
  await server.command('SET', key, 'x')
  await wait(1_000)
  await server.command('DEL', key)
}
const fill = async ({ server }: World) => {
  await server.command('CONFIG', 'SET', 'maxmemory', '1')
  await wait(1_500)
  await server.command('CONFIG', 'SET', 'maxmemory', '0')
}
const failover = async ({ server, other, moveTo }: World) => {
  await server.kill()
  await moveTo(other)
}
/** A replica that has missed the last second. */
const behind = async ({ server, other, moveTo }: World) => {
  const key = 'rongcloud:{k}:sendGroupStatusMessage'
  const redis = new Redis({ port: server.port, host: '127.0.0.1' })
  const copy = new Redis({ port: other.port, host: '127.0.0.1' })
  await copy.restore(key, 0, (await redis.dumpBuffer(key)) as Buffer)
  redis.disconnect()
  copy.disconnect()
  await wait(900)
  await moveTo(other)
}
const step =
  (offset: number, back?: number) =>
  async ({ setClock }: World) => {
    setClock(offset)
    if (back === undefined) return
    await wait(back)
    setClock(0)
  }

const STAYS = /^$/
const FALLS = /^(down up ){1,2}$/
const CASES: readonly Case[] = [
  { name: 'nothing happens', during: () => wait(0), states: STAYS, least: 70 },
  {
    name: 'killed and started again, calls fail',
    during: restart,
    states: FALLS,
    says: /cannot be reached/,
    least: 35,
  },
  {
    name: 'killed and started again, a share',
    share: 0.25,
    during: restart,
    states: /^down up down (up )?$/,
    says: /cannot be reached/,
    least: 45,
  },
  { name: 'FLUSHALL', during: ({ server }) => server.command('FLUSHALL'), states: STAYS, least: 50 },
  {
    name: 'FLUSHALL, a share',
    share: 0.25,
    during: ({ server }) => server.command('FLUSHALL'),
    states: /^down up down (up )?$/,
    says: /new record/,
    least: 35,
  },
  {
    name: 'the key is evicted',
    during: ({ server }) => server.command('DEL', 'rongcloud:{k}:sendGroupStatusMessage'),
    states: STAYS,
    least: 50,
  },
  { name: 'failover to an empty instance', during: failover, states: /^(down up )?$/, least: 45 },
  { name: 'failover to a replica that is behind', during: behind, states: /^(down up )?$/, least: 45 },
  {
    name: 'READONLY, calls fail',
    during: readOnly,
    states: FALLS,
    says: /^rate limit: Redis refused: READONLY /,
    least: 40,
  },
  {
    name: 'READONLY, a share',
    share: 0.25,
    during: readOnly,
    states: /^down up (down up )?$/,
    says: /^rate limit: Redis refused: READONLY /,
    least: 40,
  },
  {
    name: 'NOPERM, calls fail',
    during: forbid,
    states: FALLS,
    says: /^rate limit: Redis refused: (NOPERM|ERR The user executing)/,
    least: 40,
  },
  {
    name: 'NOPERM, a share',
    share: 0.25,
    during: forbid,
    states: /^down up (down up )?$/,
    says: /^rate limit: Redis refused: (NOPERM|ERR The user executing)/,
    least: 40,
  },
  { name: 'OOM, calls fail', during: fill, states: FALLS, says: /^rate limit: Redis refused: OOM /, least: 40 },
  {
    name: 'WRONGTYPE, calls fail',
    during: overwrite,
    states: FALLS,
    says: /^rate limit: Redis refused: WRONGTYPE /,
    least: 35,
  },
  { name: 'its clock an hour ahead for a moment', during: step(3_600_000, 60), states: STAYS, least: 40 },
  { name: 'its clock set on by an hour', during: step(3_600_000), states: STAYS, least: 45 },
  { name: 'its clock set on by two seconds', during: step(2_000), states: STAYS, least: 45 },
  { name: 'its clock set back by two seconds', during: step(-2_000), states: STAYS, least: 45 },
  { name: 'its clock set back by an hour', during: step(-3_600_000), states: STAYS, least: 45 },
  { name: 'its clock set before its start', during: step(-50 * 365 * 86_400_000), states: STAYS, least: 45 },
  { name: 'prefix {}', during: () => wait(0), options: { prefix: '{}' }, states: STAYS, least: 70 },
  {
    name: 'a cluster, prefix }{, keyPrefix {}',
    during: () => wait(0),
    options: { prefix: '}{' },
    keyPrefix: '{}',
    flags: ['--cluster-enabled', 'yes'],
    states: STAYS,
    least: 70,
  },
]

/** The call that waits: when Redis let it go, if it did. */
const granted = new AsyncLocalStorage<{ at: number | undefined }>()

/**
 * Notes when Redis lets a call go, by the clock of its machine. Two dozen Redis and a hundred limiters run here at once: by
 * the time that this process reads the answer, tens of milliseconds may have passed. The four processes above are counted
 * where they leave.
 */
const noteGrants =
  (evaluate: Evaluate, offset: () => number): Evaluate =>
  async (script, keys, args) => {
    const grant = granted.getStore()
    if (grant) grant.at = undefined
    const ahead = offset()
    const answer = await evaluate(script, keys, args)
    const [state, left, , now] = (answer as unknown[]).map(String)
    if (grant && state === 'ok' && Number(left) <= 0) grant.at = Number(now) - ahead
    return answer
  }

/** Four limiters, three callers each, for so long. */
async function run({
  during,
  share,
  options,
  flags = [],
  keyPrefix,
}: Case): Promise<{ calls: Call[]; states: string[]; said: string[]; keys: unknown }> {
  const [server, other] = await Promise.all([Server.start(...flags), Server.start()])
  if (flags.length > 0) await server.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  for (let state = ''; flags.length > 0 && !/state:ok/.test(state); await wait(20))
    state = String(await server.command('CLUSTER', 'INFO'))
  let offset = 0
  const calls: Call[] = []
  const said = new Set<string>()
  const connections: Connection[] = []
  const open = (library: string, port: number) => connect(library, port, keyPrefix === undefined ? {} : { keyPrefix })
  for (const library of LIBRARIES) connections.push(await open(library, server.port))
  // The script reads the clock of Redis; here it is off by what the case says.
  const withClock = (script: string) =>
    script.replace('local now = tonumber(time[1]) * 1000', `local now = ${offset} + tonumber(time[1]) * 1000`)
  let isOver = false
  const states: string[] = []
  const runs = LIBRARIES.map(async (_, i) => {
    const run: Evaluate = (script, keys, args) => (connections[i] as Connection).evaluate(withClock(script), keys, args)
    const evaluate = noteGrants(run, () => offset)
    states[i] = ''
    const limiter = createRedisLimiter({
      evaluate,
      appKey: 'k',
      ...(share !== undefined && { whenDown: { share } }),
      ...options,
      onChange: (state, cause) => {
        states[i] += `${state} `
        if (cause) said.add((cause as Error).message)
      },
    })
    const saturate = async () => {
      while (!isOver) {
        const cost = [1, 1, 2, 3][Math.floor(Math.random() * 4)] as number
        try {
          const grant = { at: undefined }
          await granted.run(grant, () => limiter.acquire(cost, { maxWait: 10_000 }))
          if (!isOver) calls.push({ at: grant.at ?? performance.timeOrigin + performance.now(), cost })
        } catch (error) {
          said.add((error as Error).message)
          await wait(50)
        }
      }
    }
    await Promise.all([saturate(), saturate(), saturate()])
  })
  await wait(share === undefined ? 2_500 : 7_000)
  let current = server
  const moveTo = async (to: Server) => {
    current = to
    const next = await Promise.all(LIBRARIES.map((library) => open(library, to.port)))
    const before = connections.splice(0, connections.length, ...next)
    for (const { close } of before) close()
  }
  const setClock = (milliseconds: number) => {
    offset = milliseconds
  }
  await during({ server, other, moveTo, setClock })
  await wait(4_000)
  isOver = true
  await Promise.all(runs)
  for (const { close } of connections) close()
  const keys = await current.command('KEYS', '*')
  await Promise.all([server.end(), other.end()])
  return { calls, states, said: [...said], keys }
}

describe('four limiters on one Redis, to which something happens', () => {
  const table: string[] = []
  afterAll(() => console.log(table.join('\n')))

  test.concurrent.for(CASES)('$name: never above 20 in a sliding second, and calls go on', async (one, { expect }) => {
    const { calls, states, said, keys } = await run(one)
    table.push(
      `${one.name.padEnd(44)} ${String(mostInASecond(calls)).padStart(2)} at most, ${total(calls)} in all; ${[...new Set(states)].join('| ')}`,
    )
    expect.soft(mostInASecond(calls)).toBeLessThanOrEqual(20)
    expect.soft(total(calls)).toBeGreaterThanOrEqual(one.least)
    const { keyPrefix = '', options: { prefix = 'rongcloud' } = {} } = one
    expect.soft(keys).toEqual([`${keyPrefix}${prefix}:{k}:sendGroupStatusMessage`])
    for (const state of states) expect.soft(state).toMatch(one.states)
    if (one.says) expect.soft(said).toContainEqual(expect.stringMatching(one.says))
    else expect.soft(said.filter((message) => !/the call must wait|cannot be reached/.test(message))).toEqual([])
  })
})
