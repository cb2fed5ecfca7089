/** `probe` against the mock: what it sends, and what it says of a server that keeps to the contract. */
import { describe, expect, test } from 'vitest'
import { planOf } from '../../../../src/cli/probe/plan.js'
import { announce, reportText } from '../../../../src/cli/probe/report.js'
import { paceOf } from '../../../../src/cli/probe/sender.js'
import { operations } from '../../../../src/core/contract.js'
import { IDS, KEYS, mockServer, type Probed, probe } from '../../../support/probe/run.js'

const verdicts = ({ summary }: Probed, verdict: string) =>
  summary.claims.filter((claim) => claim.verdict === verdict).map(({ id }) => id)

/** Form fields of a request as it was seen. */
const fieldsOf = (body: string) => new URLSearchParams(body)

describe('a server that keeps to the contract', async () => {
  const { api, server } = mockServer()
  const probed = await probe(server)
  const { result, summary, seen } = probed

  test('is confirmed in all that was asked, and contradicted in nothing', () => {
    expect(summary.claims.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'not asked')).toEqual([])
    expect(verdicts(probed, 'confirmed').length).toBeGreaterThan(200)
    expect([probed.exitCode, result.stopped]).toEqual([0, undefined])
  })

  test('is asked every claim, or the result says why not', () => {
    const reasons = new Set(summary.claims.flatMap(({ verdict, reason }) => (verdict === 'not asked' ? reason : [])))
    expect([...reasons]).toHaveLength(7)
    expect([...reasons]).toContain('needs the ids of your own group and user')
    expect([...reasons].filter((reason) => /limit of \d+ requests/.test(reason ?? ''))).toEqual([])
  })

  test('settles the assumptions whose questions are safe', () => {
    const settled = Object.fromEntries(summary.assumptions.map(({ id, verdict }) => [id, verdict]))
    expect(settled).toMatchObject({
      'fourth-group': 'confirmed',
      'nonce-length': 'confirmed',
      'nonce-replay': 'confirmed',
      'timestamp-forms': 'confirmed',
      'timestamp-skew': 'confirmed',
      'content-off-its-type': 'confirmed',
      'message-uid-form': 'not asked',
      'refused-whole': 'not asked',
    })
  })

  test('gets no call that it accepts', () => {
    expect(api.calls.filter(({ status }) => status === 200)).toEqual([])
    expect(api.calls).toHaveLength(result.requests)
  })

  test('gets at most 150 calls, one a second, those with wrong signatures two seconds apart', () => {
    expect(seen).toHaveLength(result.requests)
    expect(result.requests).toBeLessThanOrEqual(125)
    const gaps = seen.slice(1).map(({ at }, i) => at - (seen[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
    const last = gaps.slice(-14, -4)
    expect(last.filter((gap) => gap < 2_000)).toEqual([])
  })

  test('is told the price that its own count gives', () => {
    const cost = seen.map(({ body }) => Math.max(1, [...body.matchAll(/toGroupId(?:%5B\d*%5D|\[\d*\])?=/g)].length))
    expect(result.cost).toBe(cost.reduce((sum, one) => sum + one, 0))
  })

  test('never gets the App Secret, in no header and no body', () => {
    const all = seen.map(({ url, headers, body }) => `${url}\n${JSON.stringify([...headers])}\n${body}`)
    expect(all.filter((text) => text.includes(KEYS.appSecret))).toEqual([])
  })

  test('gets no id of the vectors and none that could exist: each is empty or long and random, and new', () => {
    const ids = seen.flatMap(({ body }) => {
      const inCall = [...fieldsOf(body)].filter(([name]) => /^(fromUserId|toGroupId)/.test(name)).map(([, id]) => id)
      return [...new Set(inCall)]
    })
    expect(ids.length).toBeGreaterThan(80)
    expect(ids.filter((id) => id !== '' && Array.from(id).length < 21)).toEqual([])
    const full = ids.filter((id) => id !== '')
    expect(new Set(full).size).toBe(full.length)
  })

  test('gets a nonce and a time of its own with each call that is no replay, and a name for the support', () => {
    const signed = seen.flatMap(({ headers }) => (headers.get('nonce') ? [`${headers.get('nonce')}`] : []))
    // The same headers come three times.
    expect(new Set(signed).size).toBe(signed.length - 2)
    expect(seen.filter(({ headers }) => headers.get('x-request-id')?.startsWith('probe-')).length).toBeGreaterThan(100)
  })

  test('names the order in which it looks at the fields', () => {
    expect(result.order).toEqual(['toGroupId', 'objectName', 'content'])
  })
})

describe('with ids of the user', async () => {
  const { api, server } = mockServer()
  const probed = await probe(server, { ids: IDS })
  const { summary, result } = probed

  test('all claims of that tier are confirmed too', () => {
    expect(summary.claims.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'not asked')).toEqual([])
    expect(probed.exitCode).toBe(0)
    expect(result.requests).toBeLessThanOrEqual(150)
    const reasons = summary.claims.map(({ reason = '' }) => reason)
    expect(reasons.filter((reason) => /needs the ids|limit of \d+ requests/.test(reason))).toEqual([])
    const open = summary.assumptions.filter(
      ({ verdict, reason }) => verdict === 'not asked' && /needs/.test(reason ?? ''),
    )
    expect(open).toEqual([])
  })

  test('the calls that are accepted reach the named group alone', () => {
    const accepted = api.calls.filter(({ status }) => status === 200)
    const groups = new Set(
      accepted.flatMap(({ body }) => (body as { readonly toGroupId: readonly string[] }).toGroupId),
    )
    expect(accepted.length).toBeGreaterThan(15)
    expect([...groups]).toEqual(['my-test-group'])
  })

  test('a message that names the group several times has an answer for each', () => {
    const answers = probed.summary.claims.filter(({ asked }) => asked === 'answer to toGroupId: the same 3 times')
    expect(answers.map(({ verdict }) => verdict)).toEqual(['confirmed'])
  })
})

test.each([
  [undefined, '1'],
  ['toGroupId', '1 to 4'],
])('a call costs what the rate limit counts, here by %s: %s', (counted, cost) => {
  const operation = 'sendGroupStatusMessage'
  const { rateLimit } = operations[operation]
  Reflect.set(operations[operation], 'rateLimit', { limit: 20, period: 1_000, ...(counted && { cost: counted }) })
  try {
    expect(announce({ plan: planOf(operation, false), host: 'h', appKey: undefined, ids: undefined })).toContain(
      `Each call costs ${cost} of the rate limit`,
    )
  } finally {
    Reflect.set(operations[operation], 'rateLimit', rateLimit)
  }
})

test.each([
  ['inconclusive', 'Most answers say nothing about the contract.'],
  ['consistent', 'No answer shows that the rule which was asked is its reason.'],
] as const)('a run whose answers are all %s says so', async (verdict, sentence) => {
  const { result, summary } = await probe(mockServer().server)
  const claims = summary.claims.map((claim) => ({ ...claim, verdict }))
  expect(reportText(result, { ...summary, claims })).toContain(`Inconclusive. ${sentence}`)
})

test('the pace is a call a second, and at most 150 of them', () => {
  expect(paceOf('sendGroupStatusMessage')).toEqual({ intervalMs: 1_000, maxRequests: 150 })
})

test('an interrupted probe judges nothing since the last controls, and sends no more', async () => {
  const { api, server } = mockServer()
  const probed = await probe(server, { isInterrupted: () => api.calls.length >= 12 })
  expect(probed.result.stopped).toBe('You interrupted it.')
  expect([probed.exitCode, probed.seen.length, verdicts(probed, 'confirmed')]).toEqual([3, 12, []])
})
