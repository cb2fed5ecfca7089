/**
 * What the answers of a whole run say together about the reason of a refusal.
 *
 * @module
 */
import type { Question } from './questions.js'
import type { Row } from './result.js'
import type { JudgedRow } from './session.js'
import type { Finding } from './verdicts.js'
import { rootOf, type Way } from './ways.js'

const SHARED = 'the same answer came for other fields'

/** Rules of the whole body: a server that has read none may name any field. */
const OF_BODY = ['body', 'media-type']

/** True for a refusal that must be about one field. */
const isAboutField = ({ expected, keyword }: Question, way: Way): boolean =>
  way === 'plain' && expected !== 'accepted' && !OF_BODY.includes(keyword)

/** Rows for a report: a refusal that several fields share says nothing about any of them. */
export function withoutShared(rows: readonly JudgedRow[]): Row[] {
  const fields = fieldsByAnswer(rows)
  return rows.map(({ question, way, answer, ...row }) => {
    const isShared = answer?.kind === 'answer' && (fields.get(answer.fingerprint)?.size ?? 0) > 1
    if (!isShared || !isAboutField(question, way)) return row
    return { ...row, findings: row.findings.map(unattributed) }
  })
}

/** The fields for whose rules each refusal came. */
function fieldsByAnswer(rows: readonly JudgedRow[]): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>()
  for (const { way, answer, question } of rows) {
    if (answer?.kind !== 'answer' || !isAboutField(question, way)) continue
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
