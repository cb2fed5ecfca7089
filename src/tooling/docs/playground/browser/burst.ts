/**
 * Many calls at once, to try out the rate limit.
 *
 * @module
 */
import { type OperationId, operations } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import { type Draft, newCallIdentity, splitHeaders } from './draft.js'
import { sendDraft, wakeWorker } from './in-page-mock.js'

const MAX_BURST = 60

/** How many calls of this cost exceed the limit by two. */
export function burstSize(operation: OperationId, cost: number): number {
  const { limit = 0 } = operations[operation].rateLimit ?? {}
  return Math.min(MAX_BURST, Math.floor(limit / Math.max(1, cost)) + 2)
}

/** The outcome of a burst. */
export interface BurstResult {
  readonly headline: string
  readonly good: boolean
  readonly lines: readonly string[]
  readonly violations: readonly Violation[]
}

/** The draft for each call of a burst: the mock decides the answer, and each call has a request id of its own. */
const burstDraft = (draft: Draft): Draft => ({
  ...draft,
  headers: splitHeaders(draft).headers,
  settings: { ...draft.settings, scenario: '' },
})

/** @param onCallDone called after each of the calls */
export async function sendBurst(draft: Draft, size: number, onCallDone: () => void): Promise<BurstResult> {
  await wakeWorker()
  const start = performance.now()
  const calls = Array.from({ length: size }, () => sendDraft(burstDraft(draft), newCallIdentity()).finally(onCallDone))
  const results = await Promise.all(calls)
  const time = Math.round(performance.now() - start)
  const errors = results.flatMap(({ error }) => error ?? [])
  const longestWait = Math.round(Math.max(...results.map(({ wait }) => wait)))
  const refused = results.find(({ error, answer }) => error && answer && answer.violations.length > 0)
  return {
    headline: `${size - errors.length} of ${size} calls accepted`,
    good: errors.length === 0,
    lines: [
      ...new Set(errors.map(({ message }) => message)),
      `All of it took ${time} ms. The longest wait for a turn was ${longestWait} ms.`,
    ],
    violations: refused?.answer?.violations ?? [],
  }
}
