/** `probe` against servers that cannot be judged: it stops early, confirms and accuses nothing, and says why. */
import { describe, expect, test, vi } from 'vitest'
import { reportText } from '../../../../src/cli/probe/report.js'
import { IDS, json, mockServer, type Probed, probe, type Server } from '../../../support/probe/run.js'
import { UNJUDGED } from '../../../support/probe/servers.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const judged = ({ summary }: Probed) =>
  summary.claims.filter(({ verdict }) => verdict !== 'not asked' && verdict !== 'inconclusive').map(({ id }) => id)

describe.each(Object.entries(UNJUDGED))('%s', (_name, { server, says, calls }) => {
  test('ends early with exit code 3, judges nothing, and says why in one sentence', async () => {
    const probed = await probe(server())
    expect(judged(probed)).toEqual([])
    expect([probed.exitCode, probed.seen.length]).toEqual([3, calls])
    expect(probed.result.stopped).toMatch(says)
    expect(probed.result.stopped).toMatch(/^[A-Z].*\.$/)
    expect(reportText(probed.result, probed.summary)).toContain(`Inconclusive. ${probed.result.stopped}`)
  })
})

const otherwise = (
  change: (request: Request, body: string, n: number) => Promise<Response> | Response | undefined,
): Server => {
  const { server } = mockServer()
  return async (request, n) => (await change(request, await request.clone().text(), n)) ?? server(request, n)
}

test('a server whose limit is used up late keeps what good controls stand behind', async () => {
  const probed = await probe(otherwise((_request, _body, n) => (n > 70 ? json(429, { code: 1008 }) : undefined)))
  const confirmed = judged(probed).length
  expect([probed.exitCode, probed.seen.length]).toEqual([3, 71])
  expect(confirmed).toBeGreaterThan(40)
  expect(reportText(probed.result, probed.summary)).toContain(
    `The ${confirmed} claims above that were checked before stay valid.`,
  )
})

/** A server without rules for the length of these ids, which refuses unknown groups once all else is right. */
function refusingLate(fields: RegExp, code: number): Server {
  const { api } = mockServer()
  return async (request) => {
    const body = await request.clone().text()
    const short = body.replaceAll(fields, '$1=$2')
    const sent = short === body ? request : new Request(request, { body: short })
    const answer = await api.fetch(sent)
    return answer.status === 200 ? json(400, { url: '/', code, errorMessage: 'The group does not exist.' }) : answer
  }
}

const LONG_IDS = /^(fromUserId: 65 bytes of ASCII|toGroupId\[0\]: 65 characters)$/

test('a server that refuses unknown groups once all else is right proves nothing by that', async () => {
  const probed = await probe(refusingLate(/(toGroupId|fromUserId)=(\w{24})\w+/g, 1005))
  const about = probed.summary.claims.filter(({ asked }) => LONG_IDS.test(asked))
  expect(about.map(({ verdict }) => verdict)).toEqual(Array(6).fill('consistent'))
  expect(probed.summary.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
})

test('nor does it contradict anything by that, with another code and for one field', async () => {
  const probed = await probe(refusingLate(/(toGroupId)=(\w{24})\w+/g, 1002))
  const about = probed.summary.claims.filter(({ asked }) => asked === 'toGroupId[0]: 65 characters')
  expect(about.map(({ verdict, reason }) => [verdict, reason])).toEqual(
    Array(3).fill(['inconclusive', 'refused, but the answer does not show that this rule is the reason']),
  )
  expect(probed.summary.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
})

test('a contradiction that a repeat does not show is none', async () => {
  let groups = 0
  const server = otherwise((_request, body) => {
    const isFour = new URLSearchParams(body).getAll('toGroupId').length === 4
    return isFour && ++groups === 1 ? json(400, { url: '/', code: 1234, errorMessage: 'toGroupId' }) : undefined
  })
  const probed = await probe(server)
  const claims = probed.summary.claims.filter(({ asked }) => asked === 'toGroupId: 4 items')
  expect(claims.map(({ verdict, reason }) => [verdict, reason])).toEqual(
    Array(3).fill(['inconclusive', 'a repeat got another answer']),
  )
})

test('one failure is no reason to stop; its question stays open', async () => {
  const probed = await probe(otherwise((_request, _body, n) => (n === 12 ? json(503, {}) : undefined)))
  expect(probed.result.stopped).toBeUndefined()
  const open = probed.summary.claims.filter(({ verdict }) => verdict === 'inconclusive')
  expect(open.map(({ reason }) => reason)).toEqual(
    Array(open.length).fill('The server had an error of its own (HTTP 503).'),
  )
  expect(open.length).toBeGreaterThan(0)
})

test('five rules whose breach is accepted end the run', async () => {
  const server = otherwise((_request, body) =>
    new Set(new URLSearchParams(body).keys()).size >= 4 ? json(200, { code: 200 }) : undefined,
  )
  const probed = await probe(server)
  expect(probed.result.stopped).toMatch(/accepted calls that break 5 rules/)
  expect(probed.exitCode).toBe(3)
})

test('where the ids of the user are refused, no contradiction follows, and no second right call', async () => {
  const server = otherwise((_request, body) =>
    body.includes('my-test-group') ? json(400, { url: '/', code: 2404, errorMessage: 'No such group.' }) : undefined,
  )
  const probed = await probe(server, { ids: IDS })
  expect(probed.seen.filter(({ body }) => body.includes('my-test-group'))).toHaveLength(1)
  expect(probed.summary.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
  expect(probed.summary.claims.find(({ asked }) => asked === 'as it is')).toMatchObject({
    verdict: 'inconclusive',
    reason: 'the server refuses the plainest call with your ids (HTTP 400, code 2404: No such group.)',
  })
})
