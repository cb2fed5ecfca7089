/** What a run says about the assumptions: one is settled when all that settles it was asked and answered. */
import { describe, expect, test, vi } from 'vitest'
import { skippedOf, vectorQuestion } from '../../../../src/cli/probe/questions.js'
import type { ProbeResult } from '../../../../src/cli/probe/session.js'
import { summarize } from '../../../../src/cli/probe/summary.js'
import { vectorsOf } from '../../../../src/cli/probe/vectors.js'
import { assumptions } from '../../../../src/core/contract-cli.js'
import { IDS, json, mockServer, type Probed, probe } from '../../../support/probe/run.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const verdictOf = (result: ProbeResult, id: string) =>
  summarize(result).assumptions.find((one) => one.id === id)?.verdict

const [vector] = vectorsOf('sendGroupStatusMessage')
if (!vector) throw new Error('the contract has no vectors')
const question = vectorQuestion('sendGroupStatusMessage', vector, [])

/** The result without the answer to one question. */
function without({ result }: Probed, id: string): ProbeResult {
  const skipped = result.rows.flatMap((row) => {
    const isRefusal = row.findings.some(({ aspect }) => aspect !== 'accepted')
    return row.id === id ? [{ ...skippedOf({ ...question, ...row }, 'a test'), isRefusal }] : []
  })
  return {
    ...result,
    rows: result.rows.filter((row) => row.id !== id),
    skipped: [...result.skipped, ...skipped],
  }
}

describe('with ids of the user, against a server that keeps to the contract', async () => {
  const probed = await probe(mockServer().server, { ids: IDS })
  const settled = Object.entries(assumptions).filter(([id]) => verdictOf(probed.result, id) === 'confirmed')

  test('most assumptions that can be settled are', () => {
    expect(settled.length).toBeGreaterThanOrEqual(17)
  })

  test.each(settled)(
    '%s is open as soon as one of its questions is not asked',
    (id, { questions = [], isAboutAnswer }) => {
      const rows = probed.result.rows.filter(({ name }) => questions.includes(name))
      const telling = rows.filter(
        ({ findings }) => !isAboutAnswer || findings.some(({ aspect }) => aspect !== 'accepted'),
      )
      // All answers have one form: each of them settles it.
      const needed = telling.filter(({ field }) => field !== 'answer')
      const open = needed.map((row) => verdictOf(without(probed, row.id), id))
      expect(telling.length).toBeGreaterThan(0)
      expect(new Set(open)).toEqual(
        new Set(needed.length === 0 ? [] : [needed.length === 1 ? 'not asked' : 'consistent']),
      )
    },
  )
})

describe('signing headers that are sent again', async () => {
  const { server } = mockServer()
  const { seen } = await probe(server)
  const nonces = seen.map(({ headers }) => headers.get('nonce'))
  const first = nonces.findIndex((one, i) => one !== null && one !== '' && nonces.indexOf(one, i + 1) > 0) + 1

  test.each([
    ['fail', () => json(503, {})],
    ['are refused', () => json(401, { code: 1004, errorMessage: 'Nonce: too new' })],
  ])('are not sent again where they %s the first time, and nothing is said of it', async (_name, answer) => {
    const probed = await probe(async (request, n) => (n === first ? answer() : server(request, n)))
    const sent = probed.seen.flatMap(({ headers }) => headers.get('nonce') || [])
    expect(sent).toHaveLength(new Set(sent).size)
    expect(probed.summary.assumptions.find(({ id }) => id === 'nonce-replay')).toMatchObject({
      verdict: 'not asked',
      reason: 'the call whose headers it sends again was not taken',
    })
  })

  test('count only where they are sent again: new headers settle nothing', async () => {
    const probed = await probe(server)
    const rows = probed.result.rows.filter(({ label }) => !/the same headers/.test(label))
    expect(verdictOf({ ...probed.result, rows }, 'nonce-replay')).toBe('not asked')
  })
})
