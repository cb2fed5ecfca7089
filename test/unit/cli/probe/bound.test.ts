/** What `probe` says before it sends is an upper bound: calls, calls with the ids of the user, costs, minutes. */
import { describe, expect, test, vi } from 'vitest'
import { planOf } from '../../../../src/cli/probe/plan.js'
import { announce } from '../../../../src/cli/probe/report.js'
import { IDS, json, mockServer, probe, type Server } from '../../../support/probe/run.js'
import { DIFFERENCES, differingServer } from '../../../support/probe/servers.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const announced = (ids?: typeof IDS) =>
  announce({
    plan: planOf('sendGroupStatusMessage', ids !== undefined),
    host: 'http://127.0.0.1:9',
    appKey: undefined,
    ids,
  })

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1])

/** A server that fails now and then, never twice in a row. */
function failing(): Server {
  const { server } = mockServer()
  return (request, n) => (n > 12 && n % 5 === 0 ? Promise.resolve(json(503, {})) : server(request, n))
}

/** A server whose answers to right calls all have another form. */
function odd(): Server {
  const { server } = mockServer()
  let accepted = 0
  return async (request, n) => {
    const answer = await server(request, n)
    return answer.status === 200 ? json(200, { code: 200, messageUIDs: `form ${++accepted}` }) : answer
  }
}

const twelve = differingServer(Object.keys(DIFFERENCES))

describe.each<[string, Server | typeof twelve, typeof IDS | undefined]>([
  ['the clean mock', mockServer().server, undefined],
  ['the clean mock, with ids of the user', mockServer().server, IDS],
  ['twelve differences', twelve, undefined],
  ['twelve differences, with ids of the user', twelve, IDS],
  ['a server that often fails', failing(), IDS],
  ['a server whose answers have other forms', odd(), IDS],
])('against %s', async (_name, server, ids) => {
  const { seen, result } = await probe(server, { ids })
  const text = announced(ids)
  const ownIds = seen.filter(({ body }) => body.includes('my-test-group'))
  const costs = seen.map(({ body }) => [...body.matchAll(/toGroupId(?:%5B\d*%5D|\[\d*\])?=/g)].length)

  test('the server counts no more calls than announced', () => {
    expect(seen.length).toBeLessThanOrEqual(numberIn(text, /at most (\d+) calls/))
    expect(seen.length).toBe(result.requests)
  })

  test('the calls with ids of the user are at most twice those that are announced as right', () => {
    const right = ids ? numberIn(text, /(\d+) calls are right, and each of them may be sent a second time/) : 0
    expect(ownIds.length).toBeLessThanOrEqual(2 * right)
    expect(ownIds.length > 0).toBe(ids !== undefined)
  })

  test('no call costs more than announced', () => {
    expect(Math.max(...costs)).toBeLessThanOrEqual(numberIn(text, /costs 1 to (\d+) of the rate limit/))
  })

  test('it takes no longer than announced', () => {
    const [first, last] = [seen.at(0)?.at ?? 0, seen.at(-1)?.at ?? 0]
    expect(last - first).toBeLessThanOrEqual(60_000 * numberIn(text, /At most (\d+) minutes/))
  })
})

test.each([undefined, IDS])('as many questions are asked as are announced', async (ids) => {
  const { result } = await probe(mockServer().server, { ids })
  const asked = result.rows.filter(({ field }) => field !== 'answer')
  expect(asked).toHaveLength(numberIn(announced(ids), /(\d+) questions/))
})
