/** What `probe` says of the answers to accepted calls, and how much of an answer it reads. */
import { describe, expect, test, vi } from 'vitest'
import { IDS, json, mockServer, probe, type Server } from '../../../support/probe/run.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

interface Sent {
  readonly code: number
  readonly messageUIDs: readonly { readonly groupId: string; readonly messageUID: string }[]
}

/** The mock, with other answers to accepted calls. `n` counts these. */
function answering(change: (sent: Sent, n: number) => object): { server: Server; accepted: () => number } {
  const { server } = mockServer()
  let accepted = 0
  return {
    accepted: () => accepted,
    server: async (request, n) => {
      const answer = await server(request, n)
      if (answer.status !== 200) return answer
      accepted++
      return json(200, change((await answer.json()) as Sent, accepted))
    },
  }
}

const lower = (sent: Sent) => ({
  ...sent,
  messageUIDs: sent.messageUIDs.map((one) => ({ ...one, messageUID: one.messageUID.toLowerCase().replace(/^./, 'z') })),
})
const folded = (sent: Sent) => ({
  ...sent,
  messageUIDs: sent.messageUIDs.filter((one, i, all) => all.findIndex(({ groupId }) => groupId === one.groupId) === i),
})

const plain = answering((sent) => sent)
const { summary: good } = await probe(plain.server, { ids: IDS })
const answers = good.claims.filter(({ field }) => field === 'answer').length

describe.each<[string, (sent: Sent, n: number) => object, Readonly<Record<string, number>>, string, string, number]>([
  ['as the contract says', (sent) => sent, { confirmed: answers }, 'message-uid-form', 'confirmed', 0],
  ['without the ids', ({ code }) => ({ code }), { consistent: answers }, 'message-uid-form', 'consistent', 0],
  [
    'with an item that lacks its id',
    (sent) => ({ ...sent, messageUIDs: sent.messageUIDs.map(({ groupId }) => ({ groupId })) }),
    { consistent: answers - 1, confirmed: 1 },
    'message-uid-form',
    'consistent',
    0,
  ],
  [
    'with ids of another form',
    lower,
    { contradicted: answers - 1, confirmed: 1 },
    'message-uid-form',
    'contradicted',
    1,
  ],
  [
    'with another form once',
    (sent, n) => (n === 1 ? lower(sent) : sent),
    { inconclusive: 1, confirmed: answers - 1 },
    'message-uid-form',
    'inconclusive',
    1,
  ],
  [
    'with one item for a group named three times',
    folded,
    { contradicted: 1, confirmed: answers - 1 },
    'group-named-twice',
    'contradicted',
    1,
  ],
])('answers %s', (_name, change, counts, assumption, verdict, repeats) => {
  test('are judged by their parts, and a contradiction needs two of them', async () => {
    const { server, accepted } = answering(change)
    const { summary } = await probe(server, { ids: IDS })
    const found: Record<string, number> = {}
    for (const claim of summary.claims.filter(({ field }) => field === 'answer')) {
      found[claim.verdict] = (found[claim.verdict] ?? 0) + 1
    }
    expect(found).toEqual(counts)
    expect(summary.assumptions.find(({ id }) => id === assumption)?.verdict).toBe(verdict)
    expect(accepted()).toBe(plain.accepted() + repeats)
    expect(summary.claims.filter((one) => one.field !== 'answer' && one.verdict === 'contradicted')).toEqual([])
  })
})

test('an answer without end is read up to a megabyte', async () => {
  let bytes = 0
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        bytes += 65_536
        controller.enqueue(new Uint8Array(65_536))
        if (bytes > 2 ** 25) controller.close()
      },
    })
  const { result, exitCode } = await probe(async () => new Response(endless()))
  expect([exitCode, result.stopped]).toEqual([3, 'The answer is longer than a megabyte.'])
  expect(bytes).toBeLessThan(2 ** 22)
})
