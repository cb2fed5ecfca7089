/** `probe` against servers that cannot be judged: it stops early, confirms and accuses nothing, and says why. */
import { describe, expect, test, vi } from 'vitest'
import { reportText } from '../../../../src/cli/probe/report.js'
import { mockTables } from '../../../../src/core/contract.js'
import type { MockApi } from '../../../../src/testing.js'
import { IDS, json, KEYS, mockServer, type Probed, probe, type Server, withClock } from '../../../support/probe/run.js'
import { DIFFERENCES, differingServer, UNJUDGED } from '../../../support/probe/servers.js'

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

describe.each<[string, BodyInit | null, string]>([
  ['JSON', '{"code":1008}', 'application/json'],
  ['a web page', '<html>Too many requests</html>', 'text/html'],
  ['text', 'slow down', 'text/plain'],
  ['nothing', null, 'text/plain'],
])('an answer 429 that is %s ends the run at once,', (_name, body, type) => {
  const limited = () => new Response(body, { status: 429, headers: { 'content-type': type } })

  test.each<[string, (request: Pick<Request, 'method'>) => boolean]>([
    ['for a call of the operation', ({ method }) => method === 'POST'],
    ['for one with another method', ({ method }) => method !== 'POST'],
  ])('%s', async (_call, isLimited) => {
    const probed = await probe(otherwise((request) => (isLimited(request) ? limited() : undefined)))
    expect(probed.result.stopped).toMatch(/^The rate limit of the app is used up/)
    expect(probed.exitCode).toBe(3)
    expect(probed.seen.map((request) => isLimited(request)).indexOf(true)).toBe(probed.seen.length - 1)
  })
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

test('five broken rules that the server accepts end the run', async () => {
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
    reason: 'the plainest call with your ids was refused (HTTP 400, code 2404: No such group.)',
  })
})

test('where the plainest call with the ids of the user fails, no other right call is sent', async () => {
  let sent = 0
  const server = otherwise((_request, body) =>
    body.includes('my-test-group') && ++sent === 1 ? json(503, {}) : undefined,
  )
  const { seen, summary } = await probe(server, { ids: IDS })
  expect(seen.filter(({ body }) => body.includes('my-test-group'))).toHaveLength(1)
  expect(summary.claims.find(({ asked }) => asked === 'as it is')).toMatchObject({
    verdict: 'inconclusive',
    reason: 'the plainest call with your ids got no answer (The server had an error of its own (HTTP 503).)',
  })
})

/** How one call may fail without ending the run. */
const FAILURES: Readonly<Record<string, () => Promise<Response>>> = {
  'HTTP 503': async () => json(503, {}),
  'no answer in time': () => Promise.reject(new DOMException('late', 'TimeoutError')),
  'a connection that breaks': () => Promise.reject(new TypeError('fetch failed')),
  'text that is no JSON': async () => new Response('ok'),
}

const names = (body: string) => [...new Set(new URLSearchParams(body).keys())].toSorted().join(' ')
const WITHOUT_CONTENT = 'fromUserId objectName toGroupId'

/** The mock, but missing groups are what it looks for last. */
async function withGroupsLast(api: MockApi, request: Request): Promise<Response> {
  const body = await request.clone().text()
  if (request.method !== 'POST' || body === '' || body.includes('toGroupId')) return api.fetch(request)
  const answer = await api.fetch(new Request(request.clone(), { body: `${body}&toGroupId=g` }))
  return answer.status === 200 ? api.fetch(request) : answer
}

/** Takes any number of groups, and fails for the first calls that lack nothing but a content. */
function failingIncompleteCall(fail: () => Promise<Response>, times: number): { server: Server; failed: () => number } {
  const { api } = mockServer()
  let failed = 0
  return {
    failed: () => failed,
    server: async (request) => {
      const body = await request.clone().text()
      const isFourGroups = new URLSearchParams(body).getAll('toGroupId').length === 4
      if (isFourGroups) return api.fetch(new Request(request, { body: body.replace(/(&?toGroupId=\w+){3}/, '') }))
      if (names(body) !== WITHOUT_CONTENT || failed >= times) return withGroupsLast(api, request)
      failed++
      return fail()
    },
  }
}

const four = ({ summary }: Probed) =>
  summary.claims.filter(({ asked }) => asked === 'toGroupId: 4 items').map(({ aspect, verdict }) => [aspect, verdict])

describe.each(Object.entries(FAILURES))('a call to compare with that fails with %s', (_name, fail) => {
  test('is asked again, and counts for nothing', async () => {
    const { server, failed } = failingIncompleteCall(fail, 1)
    const probed = await probe(server)
    expect([failed(), probed.result.stopped]).toEqual([1, undefined])
    expect(four(probed)).toEqual([['refused', 'contradicted']])
    expect(probed.summary.claims.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([])
  })

  test('leaves its questions open, where it fails again and again', async () => {
    const { server } = failingIncompleteCall(fail, Number.POSITIVE_INFINITY)
    const { summary } = await probe(server)
    const about = summary.claims.filter(({ field }) => /^toGroupId/.test(field))
    expect(about.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'contradicted')).toEqual([])
  })
})

const { examples, raisedBy } = mockTables.sendGroupStatusMessage
const raised: readonly string[] = Object.values(raisedBy)

interface ErrorBody {
  readonly code: number
  readonly errorMessage: string
}
/** Refusals that no rule of a call raises: they are about the app. */
const APP_REFUSALS = Object.entries(examples).flatMap(([name, { status, body }]) => {
  const isAboutApp = !raised.includes(name) && status >= 400 && status < 500
  return isAboutApp ? [[name, status, body as ErrorBody] as const] : []
})

test('the contract has five refusals that are about the app', () => {
  expect(APP_REFUSALS.map(([, , { code }]) => code)).toEqual([1001, 1006, 1007, 2007, 1009])
})

describe.each(APP_REFUSALS)('the refusal %s that comes in the middle of a run', (_name, status, body) => {
  test('ends it at once, and is no contradiction', async () => {
    const probed = await probe(otherwise((_request, _text, n) => (n > 40 ? json(status, body) : undefined)))
    expect(probed.result.stopped).toBe(`The server refuses every call of this app: ${body.errorMessage}`)
    expect([probed.exitCode, probed.seen.length]).toEqual([3, 42])
    expect(probed.summary.claims.filter(({ verdict }) => verdict === 'contradicted')).toEqual([])
  })
})

test('a refusal about the app that only one call gets is an answer like others', async () => {
  const server = otherwise((_request, body) =>
    new URLSearchParams(body).get('isIncludeSender') === 'other'
      ? json(401, { code: 1006, errorMessage: 'isIncludeSender' })
      : undefined,
  )
  const { result, summary } = await probe(server)
  expect(result.stopped).toBeUndefined()
  expect(new Set(summary.claims.filter(({ verdict }) => verdict === 'contradicted').map(({ asked }) => asked))).toEqual(
    new Set(['isIncludeSender: words']),
  )
})

test('where a call without a required field is accepted, no other question is asked by it', async () => {
  const { api } = mockServer()
  const server: Server = async (request) => {
    const body = await request.clone().text()
    return names(body) === WITHOUT_CONTENT ? json(200, { code: 200 }) : withGroupsLast(api, request)
  }
  const { result, summary, seen } = await probe(server)
  expect(result.stopped).toBeUndefined()
  const without = seen.filter(({ body }) => names(body) === WITHOUT_CONTENT)
  // A step from field to field, and the question whether the field is required, twice.
  expect(without).toHaveLength(3)
  expect(summary.claims.filter(({ verdict }) => verdict === 'contradicted').map(({ asked }) => asked)).toEqual([
    'content: left out, and required',
  ])
})

describe.each([0, 1, 2, 3, 4])('a run that takes all its calls, with %i failures at its beginning', (failures) => {
  test('keeps calls for the last controls', async () => {
    const { result, seen, exitCode } = await probe(
      withClock((clock) => {
        const differing = differingServer(Object.keys(DIFFERENCES))(clock)
        // After the controls, each second call.
        const fails = (n: number) => n > 3 && n <= 3 + 2 * failures && n % 2 === 0
        return async (request, n) => (fails(n) ? json(503, {}) : differing(request, n))
      }),
    )
    expect([exitCode, result.stopped]).toEqual([1, undefined])
    expect(seen.length).toBeLessThanOrEqual(150)
    expect(seen.length).toBeGreaterThan(140)
  })
})

test.each([
  ['the first controls', 1],
  ['later controls', 24],
])('a failure within %s is asked again', async (_name, failing) => {
  const probed = await probe(otherwise((_request, _body, n) => (n === failing ? json(503, {}) : undefined)))
  expect([probed.exitCode, probed.result.stopped]).toEqual([0, undefined])
  expect(probed.summary.claims.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([])
})

test('an App Secret that stands in ordinary calls ends the run before anything is sent', async () => {
  const keys = { ...KEYS, appSecret: 'statusmessage' }
  const { result, exitCode, seen } = await probe(mockServer(keys).server, { keys })
  expect([exitCode, seen.length, result.stopped]).toEqual([
    3,
    0,
    'No call can be made safely: it would hold the App Secret.',
  ])
})

test('a stop on the way from field to field keeps the order that was seen before it', async () => {
  const { result } = await probe(otherwise((_request, _body, n) => (n === 7 ? json(429, {}) : undefined)))
  expect([result.stopped, result.order]).toEqual([expect.stringContaining('429'), ['toGroupId', 'objectName']])
})

test('an interrupt late in the run keeps what good controls stand behind', async () => {
  let calls = 0
  const { server } = mockServer()
  const counting: Server = (request, n) => {
    calls = n
    return server(request, n)
  }
  const probed = await probe(counting, { isInterrupted: () => calls >= 100 })
  expect([probed.exitCode, probed.seen.length, probed.result.stopped]).toEqual([3, 100, 'You interrupted it.'])
  expect(judged(probed).length).toBeGreaterThan(100)
  expect(probed.summary.claims.filter(({ reason }) => reason === 'You interrupted it.').length).toBeGreaterThan(0)
})

test('an accepted call to compare with counts as broken rules', async () => {
  const server = otherwise((request, body) => {
    const isStep = ['', 'fromUserId', 'fromUserId toGroupId', WITHOUT_CONTENT].includes(names(body))
    const isOdd = new URLSearchParams(body).get('isIncludeSender') === 'other'
    return request.method === 'POST' && (isStep || isOdd) ? json(200, { code: 200 }) : undefined
  })
  const { result, exitCode } = await probe(server)
  expect([exitCode, result.stopped]).toEqual([3, expect.stringContaining('accepted calls that break 5 rules')])
})
