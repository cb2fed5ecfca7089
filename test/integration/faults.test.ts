/** Faults of the network over real sockets, on this Node; `test/external/runtimes` has the same table for other runtimes. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../../src/index.js'
import { runChaos } from '../support/chaos.js'
import { ANSWERS, CONNECTIONS, type FaultResult, PROXY, testAnswers, testConnections } from '../support/faults.js'
import { answers, BEHAVIOURS, OK, startFaultyServer, startSilentServer } from '../support/faulty-server.js'

const runtime = [process.execPath]
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** This Node may be one that takes no proxy from the environment. */
const names = CONNECTIONS.filter((name) => name !== PROXY)

describe('a connection that cannot be made: nothing was sent, and the backup is asked at once', () => {
  let results: Readonly<Record<(typeof names)[number], FaultResult>>
  beforeAll(async () => {
    results = await testConnections({ runtime }, names)
  })

  test.each(names)('%s', (name) => {
    const { alone, withBackup, requests } = results[name]
    expect(alone).toMatchObject({ outcome: 'network no', attempts: 1 })
    expect(withBackup).toEqual({ outcome: 'ok' })
    expect(requests).toEqual([0, 1])
    expect(alone.message).toMatch(/^sendGroupStatusMessage: no connection to [\w.-]+(:\d+)?: ./)
  })

  test.each([
    ['the certificate has expired', 'certificate has expired (CERT_HAS_EXPIRED)'],
    ['TLS to a plain port', 'wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)'],
    ['nobody has the name', 'getaddrinfo ENOTFOUND no-such-host.invalid'],
  ] as const)('the message says the innermost cause: %s', (name, cause) => {
    expect(results[name].alone.message).toMatch(/: no connection to \S+: /)
    expect(results[name].alone.message?.endsWith(`: ${cause}`)).toBe(true)
  })
})

describe('a host that read the request was asked once', () => {
  let results: Awaited<ReturnType<typeof testAnswers>>
  beforeAll(async () => {
    results = await testAnswers({ runtime })
  })

  test.each(Object.keys(BEHAVIOURS))('%s', (name) => {
    expect([results[name]?.outcome, results[name]?.requests]).toEqual([ANSWERS[name], 1])
  })
})

test('300 calls to hosts that fail at random: none is processed twice, and no caller is told anything wrong', async () => {
  const { outcomes, requests, twice, wrong } = await runChaos(runtime, 300)
  expect([twice, wrong]).toEqual([[], []])
  expect(Object.values(outcomes).reduce((sum, one) => sum + one)).toBe(300)
  expect(requests).toBeGreaterThan(200)
  for (const outcome of ['ok', 'network unknown', 'timeout unknown', 'api unknown', 'api no', 'aborted unknown'])
    expect(Object.keys(outcomes)).toContain(outcome)
})

describe('a primary that drops the packets of a connection', () => {
  async function silentPort(): Promise<number> {
    const { port, stop } = await startSilentServer()
    closing.push(stop)
    return port
  }

  const KEYS = { appKey: 'k', appSecret: 's', limiter: false } as const
  const FIELDS = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:note', content: 'x' } as const

  test('costs the whole time-out, since fetch does not show connecting', async () => {
    const client = createClient({ ...KEYS, baseUrl: `http://127.0.0.1:${await silentPort()}`, timeout: 300 })
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toMatchObject({
      kind: 'timeout',
      processed: 'unknown',
      attempts: 1,
    })
  })

  test('with a dispatcher that has a connect time-out, the same call reaches the backup', async () => {
    const backup = await startFaultyServer(answers(200, OK))
    closing.push(backup.stop)
    // The undici of this Node; an application takes `Agent` and `fetch` of the package.
    await fetch(`http://127.0.0.1:${backup.port}`, { method: 'POST', body: 'x' })
    const [first, second] = [1, 2].map(
      (n) => (globalThis as Record<symbol, unknown>)[Symbol.for(`undici.globalDispatcher.${n}`)],
    )
    const Agent = (second ?? (first as object))?.constructor as new (
      options: object,
    ) => { destroy: () => Promise<void> }
    const dispatcher = new Agent({ connect: { timeout: 400 } })
    closing.push(() => dispatcher.destroy())
    const outcomes: unknown[] = []
    const client = createClient({
      ...KEYS,
      baseUrl: [`http://127.0.0.1:${await silentPort()}`, `http://127.0.0.1:${backup.port}`],
      fetch: (url, init) => fetch(url, { ...init, dispatcher } as RequestInit),
      onAttempt: ({ outcome, host }) => outcomes.push([outcome, host.endsWith(String(backup.port))]),
    })
    expect((await client.safe.sendGroupStatusMessage(FIELDS)).error).toBeUndefined()
    expect(outcomes).toEqual([
      ['network', false],
      ['ok', true],
    ])
    expect(backup.requests).toHaveLength(2)
  })
})
