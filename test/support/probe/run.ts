/** Probes without a port and without real time: the clock runs when the probe sleeps. */
import { planOf } from '../../../src/cli/probe/plan.js'
import { randomBelow } from '../../../src/cli/probe/random.js'
import { runProbe } from '../../../src/cli/probe/run.js'
import type { ProbeSettings } from '../../../src/cli/probe/sender.js'
import type { ProbeResult } from '../../../src/cli/probe/session.js'
import { exitCodeOf, type Summary, summarize } from '../../../src/cli/probe/summary.js'
import { operationIds } from '../../../src/core/contract.js'
import { createMockApi, type MockApi } from '../../../src/testing.js'

/** Keys of the user. The secret is a canary: it must stand in nothing that the probe sends or prints. */
export const KEYS = { appKey: 'probe-app-key-7Q4x', appSecret: 'canary-secret-7f31c0' } as const

/** The user's own ids. */
export const IDS = { fromUserId: ['my-tester'], toGroupId: ['my-test-group'] } as const

/** A request as the server saw it. */
export interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
  /** The clock of the test. */
  readonly at: number
}

/** What came of a probe, as the program and as the server tell it. */
export interface Probed {
  readonly result: ProbeResult
  readonly summary: Summary
  readonly exitCode: number
  readonly seen: readonly Seen[]
}

/** A clock that only sleeping moves. */
export function createClock(): { now: () => number; sleep: (milliseconds: number) => Promise<void> } {
  let now = 1_764_000_000_000
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds
    },
  }
}

type Clock = ReturnType<typeof createClock>

/** A server: gets a request, gives an answer or fails. */
export type Server = (request: Request, n: number) => Promise<Response>

/** Probes a server. */
export async function probe(
  server: Server | ((clock: Clock) => Server),
  settings: Partial<ProbeSettings> = {},
): Promise<Probed> {
  const clock = createClock()
  // A function of one argument makes a server that needs the clock.
  const answer = server.length === 1 && isFactory(server) ? server(clock) : (server as Server)
  const seen: Seen[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { hostname } = new URL(request.url)
    if (hostname !== '127.0.0.1') throw new Error(`a test must not call ${hostname}`)
    const body = await request.clone().text()
    seen.push({ url: request.url, method: request.method, headers: request.headers, body, at: clock.now() })
    return answer(request, seen.length)
  }
  const [operation] = operationIds
  if (!operation) throw new Error('the contract has no operation')
  const all: ProbeSettings = {
    operation,
    baseUrl: 'http://127.0.0.1:9',
    keys: KEYS,
    fetch,
    random: randomBelow,
    timeout: 30,
    ...clock,
    ...settings,
  }
  const result = await runProbe(planOf(all.operation, all.ids !== undefined), all)
  const summary = summarize(result)
  return { result, summary, exitCode: exitCodeOf(result, summary), seen }
}

const factories = new WeakSet<object>()
const isFactory = (server: Server | ((clock: Clock) => Server)): server is (clock: Clock) => Server =>
  factories.has(server)

/** Marks a function that makes a server. */
export function withClock(make: (clock: Clock) => Server): (clock: Clock) => Server {
  factories.add(make)
  return make
}

/** The mock as a server, with the API beside it. */
export function mockServer(options: Partial<Parameters<typeof createMockApi>[0]> = {}): {
  readonly api: MockApi
  readonly server: Server
} {
  const api = createMockApi({ ...KEYS, rateLimit: false, suspicious: 'ignore', ...options })
  return { api, server: (request) => api.fetch(request) }
}

/** A JSON answer. */
export const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
