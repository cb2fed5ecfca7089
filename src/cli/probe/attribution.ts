/**
 * What the answers of a whole run say together about the reason of a refusal.
 *
 * @module
 */
import type { Row } from './result.js'
import type { JudgedRow } from './session.js'
import type { Finding } from './verdicts.js'
import { rootOf } from './ways.js'

const SHARED = 'the same answer came for other fields'

/** Rows for a report: a refusal that several fields share says nothing about any of them. */
export function withoutShared(rows: readonly JudgedRow[]): Row[] {
  const fields = fieldsByAnswer(rows)
  return rows.map(({ question, way, answer, ...row }) => {
    const isShared = way === 'plain' && answer?.kind === 'answer' && (fields.get(answer.fingerprint)?.size ?? 0) > 1
    if (!isShared || question.expected === 'accepted') return row
    return { ...row, findings: row.findings.map(unattributed) }
  })
}

/** The fields for whose rules each refusal came. */
function fieldsByAnswer(rows: readonly JudgedRow[]): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>()
  for (const { way, answer, question } of rows) {
    if (way !== 'plain' || answer?.kind !== 'answer' || question.expected === 'accepted') continue
    const known = fields.get(answer.fingerprint) ?? new Set()
    fields.set(answer.fingerprint, known.add(rootOf(question.field)))
  }
  return fields
}

function unattributed(finding: Finding): Finding {
  if (finding.verdict === 'confirmed') return { ...finding, verdict: 'consistent', reason: SHARED }
  if (finding.verdict !== 'contradicted' || finding.aspect === 'refused') return finding
  const { direction: _, ...rest } = finding
  return { ...rest, verdict: 'inconclusive', reason: SHARED }
}
