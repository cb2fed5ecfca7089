/**
 * The result of a probe as claims, the assumptions that they settle, and what is new since an earlier result.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import { type AssumptionRow, assumptions } from '../../core/contract-cli.js'
import { isRecord } from '../../core/record.js'
import type { Evidence, ProbeResult, Row } from './session.js'
import type { Aspect, Direction, Verdict } from './verdicts.js'

/** One claim of the contract, and what is known of it. */
export interface Claim {
  /** JSON pointer of the rule in the published spec, what was asked, and the aspect. Stable across versions. */
  readonly id: string
  /** What was asked: `toGroupId: 4 items`. */
  readonly asked: string
  readonly field: string
  readonly aspect?: Aspect
  readonly verdict: Verdict
  readonly direction?: Direction
  readonly expected?: string
  readonly got?: string
  readonly reason?: string
  readonly evidence?: Evidence
}

/** One assumption, and what is known of it. */
export interface SettledAssumption {
  readonly id: string
  readonly claim: string
  readonly verdict: Verdict
  /** Why it was not asked, or not in full. */
  readonly reason?: string
}

/** What a run found. */
export interface Summary {
  readonly claims: readonly Claim[]
  readonly assumptions: readonly SettledAssumption[]
  /** Contradictions that the earlier result has not. */
  readonly newContradictions: readonly Claim[]
  /** Claims with another verdict than in the earlier result. */
  readonly changes: readonly Claim[]
  /** True when the result is compared with an earlier one. */
  readonly hasBaseline: boolean
}

const rowClaims = ({ id, label, field, findings, evidence }: Row): Claim[] =>
  findings.map(({ aspect, ...facts }) => ({
    id: `${id}: ${aspect}`,
    asked: label,
    field,
    aspect,
    ...facts,
    ...(evidence && { evidence }),
  }))

/** All claims, those that were not asked too. */
export function claimsOf({ rows, skipped }: ProbeResult): Claim[] {
  const open = skipped.map(({ id, label, field, reason }): Claim => {
    return { id, asked: label, field, verdict: 'not asked', reason }
  })
  return [...rows.flatMap(rowClaims), ...open]
}

/** Verdicts from the one that decides for all to the one that decides for none. */
const DECIDING: readonly Verdict[] = ['contradicted', 'inconclusive', 'consistent', 'confirmed']

function settle(id: string, row: AssumptionRow, result: ProbeResult): SettledAssumption {
  const { claim, isAboutAnswer = false, questions = [], unsettled } = row
  if (unsettled !== undefined) return { id, claim, verdict: 'not asked', reason: unsettled }
  const isMeant = ({ name }: { readonly name: string }) => questions.includes(name)
  const findings = result.rows.filter(isMeant).flatMap((one) => one.findings)
  // Calls that are taken tell nothing about the answer to a refused one.
  const telling = findings.filter(({ aspect }) =>
    isAboutAnswer ? aspect !== 'accepted' : aspect === 'accepted' || aspect === 'refused',
  )
  const verdicts = new Set(telling.map(({ verdict }) => verdict))
  const open = result.skipped.filter((one) => isMeant(one) && (one.isRefusal || !isAboutAnswer))
  const reasons = [...new Set(open.map(({ reason }) => reason))]
  const verdict = DECIDING.find((one) => verdicts.has(one))
  if (verdict === undefined)
    return { id, claim, verdict: 'not asked', reason: reasons[0] ?? 'it needs an answer to a right call' }
  if (reasons.length === 0) return { id, claim, verdict }
  const reason = `a part was not asked: ${reasons.join('; ')}`
  return { id, claim, verdict: verdict === 'confirmed' ? 'consistent' : verdict, reason }
}

/** The assumptions that are about an operation. */
function settleAll(result: ProbeResult): SettledAssumption[] {
  const isAbout = ({ questions }: AssumptionRow, operation: OperationId) =>
    questions === undefined || questions.some((name) => name.startsWith(`${operation}: `))
  return Object.entries(assumptions).flatMap(([id, row]) =>
    isAbout(row, result.operation) ? settle(id, row, result) : [],
  )
}

/** The claims of an earlier result, by id. */
export type Baseline = ReadonlyMap<string, Pick<Claim, 'verdict' | 'got'>>

/** Reads an earlier result; undefined when it is none. */
export function readBaseline(value: unknown): Baseline | undefined {
  const list = isRecord(value) ? value['claims'] : undefined
  if (!Array.isArray(list)) return undefined
  const claims: readonly unknown[] = list
  return new Map(
    claims.flatMap((one) => {
      if (!isRecord(one) || typeof one['id'] !== 'string') return []
      const got = typeof one['got'] === 'string' ? { got: one['got'] } : {}
      // A word that is no verdict differs from all of them.
      return [[one['id'], { verdict: one['verdict'] as Verdict, ...got }] as const]
    }),
  )
}

/** Everything that a run found. */
export function summarize(result: ProbeResult, baseline?: Baseline): Summary {
  const claims = claimsOf(result)
  const isKnown = ({ id, verdict, got }: Claim) => {
    const before = baseline?.get(id)
    return before?.verdict === verdict && before.got === got
  }
  const isChanged = ({ id, verdict }: Claim) => {
    const before = baseline?.get(id)?.verdict
    // A new contradiction is listed on its own.
    return before !== undefined && before !== verdict && verdict !== 'contradicted'
  }
  return {
    claims,
    assumptions: settleAll(result),
    newContradictions: claims.filter((one) => one.verdict === 'contradicted' && !isKnown(one)),
    changes: claims.filter(isChanged),
    hasBaseline: baseline !== undefined,
  }
}

/** Exit code: 0 nothing new, 1 a new contradiction, 3 the run ended early, or most answers say nothing. */
export function exitCodeOf({ stopped }: ProbeResult, { claims, newContradictions }: Summary): number {
  if (stopped !== undefined) return 3
  if (newContradictions.length > 0) return 1
  const number = (...verdicts: Verdict[]) => claims.filter(({ verdict }) => verdicts.includes(verdict)).length
  return number('confirmed', 'contradicted') > number('inconclusive') ? 0 : 3
}
