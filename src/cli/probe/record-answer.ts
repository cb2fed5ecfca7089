/**
 * What the answer to an accepted call is like. A contradiction counts when another answer shows the same.
 *
 * @module
 */
import { answerRows } from './answer-form.js'
import { isSuccess, type Outcome } from './exchange.js'
import { prepare } from './prepare.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import type { JudgedRow, Session } from './session.js'

/** Records the form of an answer to a call that must be accepted. */
export async function recordAnswer(
  session: Session,
  question: Question,
  request: ReadyRequest,
  outcome: Outcome,
): Promise<void> {
  const { operation } = session.settings
  if (!question.isGroup || !isSuccess(operation, outcome)) return
  const rows = answerRows(operation, question, request, outcome)
  const known = session.rows.filter(isContradicted)
  const isNew = (row: JudgedRow) => isContradicted(row) && !known.some((one) => isSameFinding(one, row))
  const repeated = rows.some(isNew) ? await repeat(session, question) : []
  const isProven = (row: JudgedRow) =>
    !isNew(row) || repeated.some((one) => one.id === row.id && isSameFinding(one, row))
  session.rows.push(...rows.map((row) => (isProven(row) ? row : withoutProof(row))))
}

const isContradicted = ({ findings: [finding] }: JudgedRow): boolean => finding?.verdict === 'contradicted'

const isSameFinding = ({ findings: [one] }: JudgedRow, { findings: [other] }: JudgedRow): boolean =>
  one?.got === other?.got

/** The rows of a second answer; empty when there is none. */
async function repeat(session: Session, question: Question): Promise<JudgedRow[]> {
  const { operation } = session.settings
  const request = prepare(session, question, 'plain', 1)
  if (typeof request === 'string') return []
  const outcome = await session.sender.send(request)
  return isSuccess(operation, outcome) ? answerRows(operation, question, request, outcome) : []
}

const withoutProof = (row: JudgedRow): JudgedRow => ({
  ...row,
  findings: row.findings.map(({ direction: _, ...one }) => ({
    ...one,
    verdict: 'inconclusive',
    reason: 'no other answer showed the same',
  })),
})
