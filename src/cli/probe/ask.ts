/**
 * Asks one question: by its incomplete call, and by its complete one where that tells nothing. A contradiction is asked
 * again, and what the answer to an accepted call is like counts when another answer shows the same.
 *
 * @module
 */
import { answerRows } from './answer-form.js'
import { type Change, SkipError } from './bodies.js'
import { CONTROLS, repeatControls } from './controls.js'
import { isSuccess, type Outcome } from './exchange.js'
import { askIncompleteCalls } from './incomplete-calls.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import { paceOf } from './sender.js'
import { type JudgedRow, requestOf, type Session, skip } from './session.js'
import { appRefusal, isServerFailure } from './stops.js'
import { agrees, allFindings, type Finding, judge, type Known, outcomeText } from './verdicts.js'
import { rootOf, type Way } from './ways.js'

/**
 * After so many incomplete calls that told nothing about a field's rule, and none that did, rules of fields are asked by complete
 * calls alone.
 */
const MAX_SILENT = 4

/** Asks a question in its ways, until an answer tells something. @throws Stop when the run must end */
export async function ask(session: Session, question: Question): Promise<void> {
  await askIncompleteCalls(session)
  const reason = whyNotNow(session, question)
  if (reason !== undefined) return skip(session, question, reason)
  if (lacksComparison(session, question))
    return recordUnanswered(session, question, 'the call to compare it with got no answer')
  for (const way of waysNow(session, question)) {
    const request = prepare(session, question, way, 2)
    if (typeof request === 'string') return skip(session, question, request)
    const outcome = await send(session, question, request)
    if (isFirstWithIds(session, question) && !isSuccess(session.settings.operation, outcome)) {
      return refuseIds(session, question, outcome)
    }
    const found = judge(question, way, outcome, knownFor(session, question))
    countTelling(session, question, way, found !== undefined)
    if (found === undefined) continue
    record(session, question, way, outcome, await confirm(session, question, way, found))
    await recordAnswer(session, question, request, outcome)
    if (found.every(({ verdict }) => verdict === 'confirmed')) session.replay.keep(question, request)
    countBrokenRule(session, question, outcome)
    return
  }
}

/** Why earlier answers make a question pointless, or unsafe. */
function whyNotNow(session: Session, question: Question): string | undefined {
  const { incompleteAnswers, refusedIds, replay, rows, settings } = session
  if (question.isGroup && refusedIds !== undefined) return refusedIds
  if (!replay.isReady(question)) return 'the call whose headers it sends again was not taken'
  const incomplete = incompleteAnswers.get(question.missing ?? '')
  if (question.ways.includes('missing-field') && incomplete && isSuccess(settings.operation, incomplete)) {
    return `the server accepts a call without ${question.missing}, so it cannot be asked safely`
  }
  if (question.keyword !== 'repeated-item') return undefined
  const isLongerAllowed = rows.some(
    (row) =>
      row.question.vector === question.vector &&
      row.question.keyword !== 'repeated-item' &&
      row.findings.some(({ aspect, verdict }) => aspect === 'refused' && verdict === 'contradicted'),
  )
  return isLongerAllowed
    ? 'the server takes longer lists, so that it says nothing about an item named twice'
    : undefined
}

/** True when there is no answer to compare with, so that nothing shows why a call is refused. */
function lacksComparison({ incompleteAnswers }: Session, { ways, expected, missing }: Question): boolean {
  const isCompared = ways.includes('missing-field') || expected !== 'accepted'
  return isCompared && missing !== undefined && !incompleteAnswers.has(missing)
}

/** True for a rule of a field, which may stand behind the missing field of its incomplete call. */
const mayHide = ({ stage, ways }: Question): boolean => stage === 'fields' && ways.length > 1

/** Without the incomplete call, where the server looks for missing fields first: then it tells nothing about a field. */
function waysNow({ incompleteCounts: { silent, telling } }: Session, question: Question): readonly Way[] {
  const isHidden = mayHide(question) && silent >= MAX_SILENT && telling === 0
  return isHidden ? question.ways.slice(1) : question.ways
}

function countTelling({ incompleteCounts }: Session, question: Question, way: Way, isTelling: boolean): void {
  if (!mayHide(question) || way !== 'missing-field') return
  if (isTelling) incompleteCounts.telling++
  else incompleteCounts.silent++
}

async function send(session: Session, question: Question, request: ReadyRequest): Promise<Outcome> {
  const { plan, replay, sender, settings } = session
  await replay.wait(question)
  const outcome = await sender.send(request, pauseAfter(question))
  // The call alone may be what the server cannot take. When the good control fails too, the run ends.
  if (isServerFailure(outcome) && !request.isOtherAddress && sender.hasRoom(CONTROLS + 1)) {
    await sender.send(requestOf(session, session.base, { without: plan.missing }))
  }
  // It may be about the app by now: the controls tell.
  const isAboutApp = appRefusal(settings.operation, outcome) !== undefined
  if (isAboutApp && sender.hasRoom(2 * CONTROLS + 1)) await repeatControls(session)
  return outcome
}

const isFirstWithIds = ({ base }: Session, { isGroup, vector }: Question): boolean => isGroup && vector === base

/** Where the plainest call with the ids of the user is not taken, others say nothing about the contract. */
function refuseIds(session: Session, question: Question, outcome: Outcome): void {
  const words = outcome.kind === 'answer' && outcome.message !== '' ? `: ${outcome.message}` : ''
  const what = outcome.kind === 'answer' ? 'was refused' : 'got no answer'
  const reason = `the plainest call with your ids ${what} (${outcomeText(outcome)}${words})`
  session.refusedIds = reason
  record(session, question, 'complete', outcome, allFindings(question, 'inconclusive', outcomeText(outcome), reason))
}

function knownFor(session: Session, question: Question): Known {
  const { incompleteAnswers, controls, emptyAnswer, settings } = session
  return {
    operation: settings.operation,
    incomplete: incompleteAnswers.get(question.missing ?? ''),
    wrong: controls ? [controls.wrongSecret, controls.unknownKey] : [],
    emptyAnswer,
  }
}

/** A contradiction counts only when a repeat with new ids agrees. */
async function confirm(
  session: Session,
  question: Question,
  way: Way,
  found: readonly Finding[],
): Promise<readonly Finding[]> {
  if (!found.some(({ verdict }) => verdict === 'contradicted')) return found
  const open = (reason: string) => allFindings(question, 'inconclusive', found[0]?.got ?? '', reason)
  const request = prepare(session, question, way, 1)
  if (typeof request === 'string') return open(`it could not be repeated: ${request}`)
  const again = await send(session, question, request)
  const second = judge(question, way, again, knownFor(session, question))
  return second && agrees(found, second) ? found : open('a repeat got another answer')
}

/** A question that nothing was sent for. */
function recordUnanswered({ rows }: Session, question: Question, reason: string): void {
  const { id, name, label, field } = question
  const findings = allFindings(question, 'inconclusive', 'nothing', reason)
  rows.push({ id, name, label, field, findings, question, way: question.ways[0] ?? 'complete', answer: undefined })
}

function record(session: Session, question: Question, way: Way, answer: Outcome, findings: readonly Finding[]): void {
  const { id, name, label, field } = question
  const { message = '', headers = {} } = answer.kind === 'answer' ? answer : {}
  const evidence = { via: way, outcome: outcomeText(answer), message, headers }
  session.rows.push({ id, name, label, field, findings, evidence, question, way, answer })
}

/** @throws Stop after the fifth rule that the server does not keep */
function countBrokenRule({ countBrokenRule: count, settings }: Session, question: Question, outcome: Outcome): void {
  if (question.expected === 'accepted' || !isSuccess(settings.operation, outcome)) return
  count(`${rootOf(question.field)} ${question.vector.rule.keyword}`)
}

/**
 * The request of a question, or why it cannot be sent.
 *
 * @param calls requests that must fit before the last controls
 */
function prepare(session: Session, question: Question, way: Way, calls: number): ReadyRequest | string {
  if (!session.sender.hasRoom(CONTROLS + calls)) {
    return `the limit of ${paceOf(session.settings.operation).maxRequests} requests is reached`
  }
  try {
    return requestFor(session, question, way)
  } catch (error) {
    if (error instanceof SkipError) return error.message
    throw error
  }
}

function requestFor(session: Session, question: Question, way: Way): ReadyRequest {
  const { ids, random } = session.settings
  const nonce = question.change.parts?.['nonce']
  const change: Change = {
    ...question.change,
    ...(nonce !== undefined && { parts: { nonce: Array.from(nonce, () => String(random(10))).join('') } }),
    ...(way === 'missing-field' && { without: question.missing }),
    ...(question.isGroup && { ids }),
    ...session.replay.change(question),
  }
  return requestOf(session, question.vector, change)
}

/** Wrong signatures are sent at half the pace: many of them look like an attack. */
const pauseAfter = ({ stage }: Question): number => (stage === 'signatures' ? 2 : 1)

/** Records the form of an answer to a call that must be accepted. */
async function recordAnswer(
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
  const request = prepare(session, question, 'complete', 1)
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
