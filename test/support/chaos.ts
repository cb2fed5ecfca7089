/** Two hosts that fail at random, and their own count of what became of each message. `chaos.mjs` is the other side. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BEHAVIOURS, closedPort, type FaultyServer, startFaultyServer } from './faulty-server.js'

/** What a caller was told of its message: `ok`, or kind and `processed` of the error. */
type Told = Readonly<Record<string, string>>

interface Chaos {
  /** Base URLs: two hosts that fail, and one where nobody listens. */
  readonly urls: readonly string[]
  /** Holds what callers were told against what became of their messages. */
  readonly judge: (told: Told) => Verdict
  readonly stop: () => Promise<unknown>
}

export interface Verdict {
  /** How often callers were told each thing. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Requests that were read whole. */
  readonly requests: number
  /** Messages that were processed more than once. */
  readonly twice: readonly string[]
  /** Messages of which a caller was told something wrong. */
  readonly wrong: readonly string[]
}

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function startChaos(seed: number): Promise<Chaos> {
  const next = random(seed)
  const all = Object.values(BEHAVIOURS)
  const processed = new Map<string, number>()
  const start = (): Promise<FaultyServer> =>
    startFaultyServer((socket, n, request) => {
      const id = new URLSearchParams(request.body).get('content') ?? ''
      const [fate, behave] = all[Math.floor(next() * all.length)] as (typeof all)[number]
      if (fate === 'processed') processed.set(id, (processed.get(id) ?? 0) + 1)
      behave(socket, n, request)
    })
  const servers = [await start(), await start()]
  const ports = [...servers.map(({ port }) => port), await closedPort()]

  function judge(told: Told): Verdict {
    const outcomes: Record<string, number> = {}
    const wrong: string[] = []
    for (const [id, outcome] of Object.entries(told)) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      const times = processed.get(id) ?? 0
      if (outcome === 'ok' && times === 0) wrong.push(`${id}: ok, and never processed`)
      if (outcome.endsWith(' no') && times > 0) wrong.push(`${id}: ${outcome}, and processed`)
    }
    const twice = [...processed].flatMap(([id, times]) => (times > 1 ? [`${id}: ${times} times, ${told[id]}`] : []))
    const requests = servers.reduce((sum, server) => sum + server.requests.length, 0)
    return { outcomes, requests, twice, wrong }
  }

  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  return { urls, judge, stop: () => Promise.all(servers.map((server) => server.stop())) }
}

const PROGRAM = fileURLToPath(new URL('../external/runtimes/programs/chaos.mjs', import.meta.url))
/** The built package. */
const MODULE = new URL('../../dist/src/index.js', import.meta.url).href

/**
 * Makes so many calls to hosts that fail at random.
 *
 * @param runtime a program and its arguments, such as `['deno', 'run', '--allow-all']`
 */
export async function runChaos([program = '', ...flags]: readonly string[], calls: number, seed = 1): Promise<Verdict> {
  const chaos = await startChaos(seed)
  const CHAOS = JSON.stringify({ module: MODULE, urls: chaos.urls, calls })
  try {
    const options = { env: { ...process.env, CHAOS }, maxBuffer: 1e8 }
    const { stdout } = await promisify(execFile)(program, [...flags, PROGRAM], options)
    return chaos.judge(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Told)
  } finally {
    await chaos.stop()
  }
}
