/** Two hosts that fail at random and record which messages they processed. `chaos.mjs` makes the calls. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BEHAVIOURS, closedPort, type FaultyServer, startFaultyServer } from './faulty-server.js'

/** The outcome that a caller saw for each message: `ok`, or kind and `processed` of the error. */
type SeenOutcomes = Readonly<Record<string, string>>

interface Chaos {
  /** Base URLs: two hosts that fail, and one without a server. */
  readonly urls: readonly string[]
  /** Compares the outcomes that callers saw with what the hosts processed. */
  readonly compare: (seen: SeenOutcomes) => Verdict
  readonly stop: () => Promise<unknown>
}

export interface Verdict {
  /** How often callers saw each outcome. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Requests that were read completely. */
  readonly requests: number
  /** Messages that were processed more than once. */
  readonly twice: readonly string[]
  /** Messages for which a caller saw a wrong outcome. */
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

  function compare(seen: SeenOutcomes): Verdict {
    const outcomes: Record<string, number> = {}
    const wrong: string[] = []
    for (const [id, outcome] of Object.entries(seen)) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      const times = processed.get(id) ?? 0
      if (outcome === 'ok' && times === 0) wrong.push(`${id}: ok, and never processed`)
      if (outcome.endsWith(' no') && times > 0) wrong.push(`${id}: ${outcome}, and processed`)
    }
    const twice = [...processed].flatMap(([id, times]) => (times > 1 ? [`${id}: ${times} times, ${seen[id]}`] : []))
    const requests = servers.reduce((sum, server) => sum + server.requests.length, 0)
    return { outcomes, requests, twice, wrong }
  }

  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  return { urls, compare, stop: () => Promise.all(servers.map((server) => server.stop())) }
}

const PROGRAM = fileURLToPath(new URL('../external/runtimes/programs/chaos.mjs', import.meta.url))
/** The built package. */
const MODULE = new URL('../../dist/src/index.js', import.meta.url).href

/**
 * Makes calls to hosts that fail at random.
 *
 * @param runtime a program and its arguments, such as `['deno', 'run', '--allow-all']`
 */
export async function runChaos([program = '', ...flags]: readonly string[], calls: number, seed = 1): Promise<Verdict> {
  const chaos = await startChaos(seed)
  const CHAOS = JSON.stringify({ module: MODULE, urls: chaos.urls, calls })
  try {
    const options = { env: { ...process.env, CHAOS }, maxBuffer: 1e8 }
    const { stdout } = await promisify(execFile)(program, [...flags, PROGRAM], options)
    return chaos.compare(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as SeenOutcomes)
  } finally {
    await chaos.stop()
  }
}
