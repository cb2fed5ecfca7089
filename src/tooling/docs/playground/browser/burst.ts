/**
 * Many calls at once, to feel the rate limit.
 *
 * @module
 */
import { type OperationId, operations } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import { type Draft, draw } from './draft.js'
import { sendDraft, wake } from './in-page-mock.js'

/** Most calls of one burst. */
const MOST = 60

/** Calls at once that pass the limit by two. */
export const burstOf = (operation: OperationId, cost: number): number =>
  Math.min(MOST, Math.floor((operations[operation].rateLimit?.limit ?? 0) / Math.max(1, cost)) + 2)

/** What became of them. */
export interface Burst {
  readonly headline: string
  readonly good: boolean
  readonly lines: readonly string[]
  readonly violations: readonly Violation[]
}

/** The draft for one of many: the mock decides, and each call has a request id of its own. */
const plain = (draft: Draft): Draft => ({
  ...draft,
  headers: Object.fromEntries(Object.entries(draft.headers).filter(([name]) => name.toLowerCase() !== 'x-request-id')),
  settings: { ...draft.settings, scenario: '' },
})

/** @param each called after each of the calls */
export async function sendBurst(draft: Draft, calls: number, each: () => void): Promise<Burst> {
  await wake()
  const start = performance.now()
  const all = await Promise.all(Array.from({ length: calls }, () => sendDraft(plain(draft), draw()).finally(each)))
  const refused = all.flatMap(({ error }) => error ?? [])
  const wait = Math.round(Math.max(...all.map((one) => one.wait)))
  return {
    headline: `${calls - refused.length} of ${calls} calls accepted`,
    good: refused.length === 0,
    lines: [
      ...new Set(refused.map(({ message }) => message)),
      `All of it took ${Math.round(performance.now() - start)} ms. The longest wait for a turn was ${wait} ms.`,
    ],
    violations:
      all.find(({ error, answer }) => error && (answer?.violations.length ?? 0) > 0)?.answer?.violations ?? [],
  }
}
