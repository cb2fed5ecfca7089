/**
 * What the answers of a whole run say together about the reason of a refusal.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import { probeTables } from '../../core/contract-cli.js'
import { isSameAnswer } from './exchange.js'
import type { Question } from './questions.js'
import type { JudgedRow, Row, Session } from './session.js'
import { type Finding, isNamed } from './verdicts.js'
import { rootOf, type Way } from './ways.js'

const SHARED = 'the same answer came for other rules'
const UNSHOWN = 'the same refusal as without it; the server may not have read the fields'

/** Rules of the whole body: a server that has read none may name any field. */
const OF_BODY = ['body', 'media-type']

/** Rules of how signing headers are written: the controls with other keys show that the server has read them. */
const OF_SPELLING = ['aliases', 'case', 'signature']

/** True for a refusal that must be about one field. */
const isAboutField = ({ expected, keyword }: Question, way: Way): boolean =>
  way === 'complete' && expected !== 'accepted' && !OF_BODY.includes(keyword)

/** Rows for a report: an answer that may have another reason proves nothing. */
export function attributed(session: Session): Row[] {
  const { operation } = session.settings
  const subjects = subjectsByAnswer(operation, session.rows)
  return session.rows.map((judged) => {
    const { question, way, answer, ...row } = judged
    const isShared =
      isAboutField(question, way) && answer?.kind === 'answer' && (subjects.get(answer.fingerprint)?.size ?? 0) > 1
    if (isShared) return { ...row, findings: row.findings.map((one) => unattributed(one, SHARED)) }
    const isTaken = question.expected === 'accepted' && row.findings.some(({ verdict }) => verdict === 'confirmed')
    if (!isTaken || way === 'complete' || isShownTaken(session, judged)) return row
    return { ...row, findings: row.findings.map((one) => unattributed(one, UNSHOWN)) }
  })
}

/** What a question is about: its field, and for an id its rule, since an id may also be refused because it is unknown. */
function subjectOf(operation: OperationId, { field, vector }: Question): string {
  const root = rootOf(field)
  return probeTables[operation].ids.includes(root) ? `${root} ${vector.rule.keyword}` : root
}

/** What each refusal came for. */
function subjectsByAnswer(operation: OperationId, rows: readonly JudgedRow[]): Map<string, Set<string>> {
  const subjects = new Map<string, Set<string>>()
  for (const { way, answer, question } of rows) {
    if (answer?.kind !== 'answer' || !isAboutField(question, way)) continue
    const known = subjects.get(answer.fingerprint) ?? new Set()
    subjects.set(answer.fingerprint, known.add(subjectOf(operation, question)))
  }
  return subjects
}

/** True when the answer to an incomplete call is about the field that it leaves out: the words name the field, or calls without other fields are answered differently. */
function isShownTaken(
  { rows, incompleteAnswers, emptyAnswer, settings }: Session,
  { answer, question }: JudgedRow,
): boolean {
  if (answer?.kind !== 'answer' || OF_SPELLING.includes(question.keyword)) return true
  // A server that does not read the body says this, too.
  if (question.keyword === 'media-type' && isSameAnswer(answer, emptyAnswer)) return false
  if (isNamed(settings.operation, answer.message, question.missing ?? '')) return true
  const others = rows.flatMap((row) => (row.question.stage === 'fields' && row.way === 'complete' ? [row.answer] : []))
  return [...others, ...incompleteAnswers.values()].some((one) => one?.kind === 'answer' && !isSameAnswer(one, answer))
}

function unattributed(finding: Finding, reason: string): Finding {
  if (finding.verdict === 'confirmed') return { ...finding, verdict: 'consistent', reason }
  if (finding.verdict !== 'contradicted' || finding.aspect === 'refused') return finding
  const { direction: _, ...rest } = finding
  return { ...rest, verdict: 'inconclusive', reason }
}
