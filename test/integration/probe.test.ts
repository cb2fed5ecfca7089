/** `probe` over real connections, and as a process. Each server here listens on this machine. */
import { describe, expect, test } from 'vitest'
import { planOf } from '../../src/cli/probe/plan.js'
import { randomBelow } from '../../src/cli/probe/random.js'
import { runProbe } from '../../src/cli/probe/run.js'
import type { ProbeResult } from '../../src/cli/probe/session.js'
import { summarize } from '../../src/cli/probe/summary.js'
import { startServer } from '../../src/server.js'
import { selfSigned } from '../support/certificate.js'
import { startTool, tool } from '../support/cli-process.js'
import { answers, type Behaviour, startFaultyServer } from '../support/faulty-server.js'
import { createClock, IDS, KEYS, mockServer } from '../support/probe/run.js'

const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }

/** Probes a host by the runtime's `fetch`; no time passes between two calls. */
const probe = (baseUrl: string, timeout = 5_000, ids?: typeof IDS): Promise<ProbeResult> =>
  runProbe(planOf('sendGroupStatusMessage', ids !== undefined), {
    operation: 'sendGroupStatusMessage',
    baseUrl,
    keys: KEYS,
    ids,
    fetch: globalThis.fetch,
    random: randomBelow,
    timeout,
    ...createClock(),
  })

describe('over real connections', () => {
  test.each([
    ['without ids of the user', undefined, 0],
    ['with them', IDS, 15],
  ] as const)('the mock as a server is confirmed in all that is asked, %s', async (_name, ids, accepted) => {
    const { api } = mockServer()
    const server = await startServer(api)
    try {
      const result = await probe(server.url, 5_000, ids)
      const { claims } = summarize(result)
      expect(result.stopped).toBeUndefined()
      expect(claims.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'not asked')).toEqual([])
      expect(claims.filter(({ verdict }) => verdict === 'confirmed').length).toBeGreaterThan(200)
      expect(api.calls).toHaveLength(result.requests)
      const taken = api.calls.filter(({ status }) => status === 200)
      expect(taken.length >= accepted && (accepted > 0 || taken.length === 0)).toBe(true)
    } finally {
      await server.close()
    }
  })

  test.each<[string, Behaviour, RegExp, number]>([
    ['a redirect', answers(307, '', { Location: 'http://127.0.0.1:9/' }), /another address, which is not followed/, 1],
    [
      'a web page',
      answers(200, '<html>Sign in</html>', { 'Content-Type': 'text/html' }),
      /a proxy or another host answered/,
      1,
    ],
    ['no answer', () => {}, /Twice in a row: The server did not answer within 0.2 seconds/, 2],
    ['a connection that breaks', (socket) => void socket.resetAndDestroy(), /Twice in a row: The connection failed/, 2],
    ['an error of its own', answers(500, '{"code":1000}'), /Twice in a row: .* \(HTTP 500\)/, 2],
    ['the rate limit', answers(429, '{"code":1008}'), /rate limit of the app is used up/, 1],
  ])('%s ends the run, and the server counts as many calls as it should', async (_name, behaviour, says, calls) => {
    const server = await startFaultyServer(behaviour)
    try {
      const result = await probe(`http://127.0.0.1:${server.port}`, 200)
      expect(result.stopped).toMatch(says)
      expect([server.requests.length, result.requests, result.rows]).toEqual([calls, calls, []])
    } finally {
      await server.stop()
    }
  })

  test('a certificate that nobody vouches for ends the run before anything is sent', async () => {
    const server = await startFaultyServer(answers(200, '{"code":200}'), selfSigned('localhost'))
    try {
      const result = await probe(`https://localhost:${server.port}`)
      expect(result.stopped).toMatch(/The certificate or the encryption of the host is wrong \(\w+\)/)
      expect(server.requests).toEqual([])
    } finally {
      await server.stop()
    }
  })
})

describe('as a process', () => {
  test('prints the plan without keys', async () => {
    const { code, stdout, stderr } = await tool(['probe', '--dry-run'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Nothing was sent.')
  })

  test('sends nothing where there is no terminal and no --yes', async () => {
    const server = await startFaultyServer(answers(400, '{"code":1002}'))
    try {
      const { code } = await tool(['probe', '--base-url', `http://127.0.0.1:${server.port}`], { env: ENV })
      expect([code, server.requests.length]).toEqual([2, 0])
    } finally {
      await server.stop()
    }
  })

  test('ends by Ctrl-C with what it has, and with 3', async () => {
    const { api } = mockServer()
    const server = await startServer(api)
    try {
      const running = startTool(['probe', '--base-url', server.url, '--yes'], { env: ENV })
      while (api.calls.length === 0) await new Promise((done) => setTimeout(done, 50))
      running.child.kill('SIGINT')
      const { code, signal, stdout } = await running.ended
      expect([code, signal]).toEqual([3, null])
      expect(stdout).toContain('Inconclusive. You interrupted it.')
    } finally {
      await server.close()
    }
  })
})
