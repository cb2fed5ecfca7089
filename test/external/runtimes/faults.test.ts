/**
 * Faults of the network on Bun and Deno: what callers are told, and what the servers count. `test/integration/faults.test.ts`
 * has the same for Node. `UNKNOWN` lists what a runtime does not tell apart from a connection that broke later.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { runChaos } from '../../support/chaos.js'
import { ANSWERS, CONNECTIONS, type Connection, meetAnswers, meetConnections } from '../../support/faults.js'
import { BEHAVIOURS } from '../../support/faulty-server.js'
import { TOOLS } from './tools.js'

const UNKNOWN: Readonly<Record<string, readonly Connection[]>> = {
  // It says the same of TLS that breaks after the request.
  Bun: [
    'the TLS handshake is dropped',
    'TLS to a plain port',
    'no TLS version in common',
    'the server wants a certificate of the client',
    'plain HTTP to a TLS port',
  ],
  Deno: ['plain HTTP to a TLS port'],
}

describe.each([
  { name: 'Bun', runtime: [TOOLS.path('bun')] },
  { name: 'Deno', runtime: [TOOLS.path('deno'), 'run', '--allow-all'] },
])('on $name', ({ name, runtime }) => {
  let connections: Awaited<ReturnType<typeof meetConnections>>
  let met: Awaited<ReturnType<typeof meetAnswers>>
  beforeAll(async () => {
    connections = await meetConnections({ runtime })
    met = await meetAnswers({ runtime })
  })

  test.each(CONNECTIONS)('a connection that cannot be made: %s', (fault) => {
    const { alone, withBackup, requests } = connections[fault]
    const isUnknown = UNKNOWN[name]?.includes(fault)
    expect(alone.outcome).toBe(isUnknown ? 'network unknown' : 'network no')
    expect(withBackup.outcome).toBe(isUnknown ? 'network unknown' : 'ok')
    expect(requests).toEqual([0, isUnknown ? 0 : 1])
  })

  test.each(Object.keys(BEHAVIOURS))('a host that read the request was asked once: %s', (fault) => {
    expect([met[fault]?.outcome, met[fault]?.requests]).toEqual([ANSWERS[fault], 1])
  })

  test('300 calls to hosts that fail at random: none is processed twice, and no caller is told anything wrong', async () => {
    const { outcomes, twice, wrong } = await runChaos(runtime, 300)
    expect([twice, wrong]).toEqual([[], []])
    expect(Object.values(outcomes).reduce((sum, one) => sum + one)).toBe(300)
  })
})
