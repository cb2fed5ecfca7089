/** Probes each operation of the contract against the mock, and prints a row for each. */
import { planOf } from '../src/cli/probe/plan.js'
import { announce } from '../src/cli/probe/report.js'
import { operationIds } from '../src/core/contract.js'
import { mockServer, probe } from './support/probe/run.js'

const rows = []
for (const operation of operationIds) {
  const { api, server } = mockServer()
  const { result, summary, exitCode, seen } = await probe(server, { operation })
  const announced = announce({
    plan: planOf(operation, false),
    host: 'http://127.0.0.1:9',
    appKey: undefined,
    ids: undefined,
  })
  const count: Record<string, number> = {}
  for (const { verdict } of summary.claims) count[verdict] = (count[verdict] ?? 0) + 1
  const odd = summary.claims.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'not asked')
  rows.push({
    operation,
    exitCode,
    stopped: result.stopped,
    announced: Number(
      /at most (\d+) calls/.exec(announced)?.[1] ?? (announced.includes('No call at all.') ? 0 : Number.NaN),
    ),
    requests: seen.length,
    accepted: api.calls.filter(({ status }) => status < 300).length,
    count,
    odd: odd.map(({ id, verdict, expected, got, reason }) => ({ id, verdict, expected, got, reason })),
  })
}
console.log(JSON.stringify(rows))
