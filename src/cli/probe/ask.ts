/**
 * Asks one question: by its carrier, and by its plain request where that tells nothing. A contradiction is asked again.
 *
 * @module
 */
import { answerRow } from './answer-form.js'
import { type Change, NotAsked } from './bodies.js'
import { CONTROLS } from './controls.js'
import { isSuccess, type Outcome } from './exchange.js'
import { paceOf } from './pace.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import { leaveOut, requestOf, type Session } from './session.js'
import { agrees, allFindings, type Finding, judge, type Known, outcomeText } from './verdicts.js'
import { missingFor, rootOf, type Way } from './ways.js'

/** Fields whose rules stood behind the missing field of the carrier, after which rules of fields are asked without it. */
const MAX_HIDDEN = 4

/** Asks a question in its ways, until an answer tells something. @throws Stop when the run must end */
export async function ask(session: Session, question: Question): Promise<void> {
  const reason = whyNotNow(session, question)
  if (reason !== undefined) return leaveOut(session, question, reason)
  for (const way of waysNow(session, question)) {
    const request = prepare(session, question, way)
    if (typeof request === 'string') return leaveOut(session, question, request)
    const outcome = await send(session, question, request)
    if (isFirstWithIds(session, question) && !isSuccess(session.settings.operation, outcome)) {
      return refuseIds(session, question, outcome)
    }
    const found = judge(question, way, outcome, knownFor(session, question))
    countTold(session, question, way, found !== undefined)
    if (found === undefined) continue
    record(session, question, way, outcome, await confirm(session, question, way, found))
    countSurprise(session, question, outcome)
    return
  }
}

/** Why earlier answers make a question pointless. */
function whyNotNow({ refusedIds, rows }: Session, question: Question): string | undefined {
  if (question.isGroup && refusedIds !== undefined) return refusedIds
  if (question.keyword !== 'repeated-item') return undefined
  const isLongerAllowed = rows.some(
    (row) =>
      row.question.vector === question.vector &&
      row.question.keyword !== 'repeated-item' &&
      row.findings.some(({ verdict }) => verdict === 'contradicted'),
  )
  return isLongerAllowed
    ? 'the server takes longer lists, so that it says nothing about an item named twice'
    : undefined
}

/** Without the carrier, where the server looks for missing fields first: no carrier tells anything about a field then. */
function waysNow({ told }: Session, { ways }: Question): readonly Way[] {
  return ways.length > 1 && told.hidden >= MAX_HIDDEN && told.shown === 0 ? ways.slice(1) : ways
}

function countTold({ told }: Session, { ways }: Question, way: Way, hasTold: boolean): void {
  if (!hasTold) told.hidden++
  else if (ways.length > 1 && way === 'carrier') told.shown++
}

/** The request of a question, or why it cannot be sent. */
function prepare(session: Session, question: Question, way: Way): ReadyRequest | string {
  // The last controls, this request and its repeat.
  if (!session.sender.hasRoom(CONTROLS + 2)) {
    return `the limit of ${paceOf(session.settings.operation).maxRequests} requests is reached`
  }
  try {
    return requestFor(session, question, way)
  } catch (error) {
    if (error instanceof NotAsked) return error.message
    throw error
  }
}

function requestFor(session: Session, question: Question, way: Way): ReadyRequest {
  const { ids, operation, random } = session.settings
  const nonce = question.change.parts?.['nonce']
  const change: Change = {
    ...question.change,
    ...(nonce !== undefined && { parts: { nonce: Array.from(nonce, () => String(random(10))).join('') } }),
    ...(way === 'carrier' && { without: missingFor(operation, question.field) }),
    ...(question.isGroup && { ids }),
    ...session.replay.change(question),
  }
  return requestOf(session, question.vector, change)
}

async function send({ replay, sender }: Session, question: Question, request: ReadyRequest): Promise<Outcome> {
  await replay.wait(question)
  const outcome = await sender.send(request, pauseAfter(question))
  replay.keep(question, request)
  return outcome
}

/** Wrong signatures are sent at half the pace: many of them look like an attack. */
const pauseAfter = ({ stage }: Question): number => (stage === 'signatures' ? 2 : 1)

const isFirstWithIds = ({ base }: Session, { isGroup, vector }: Question): boolean => isGroup && vector === base

/** Where the plainest call with the ids of the user is refused, all others would be too, whatever the contract says. */
function refuseIds(session: Session, question: Question, outcome: Outcome): void {
  const words = outcome.kind === 'answer' && outcome.message !== '' ? `: ${outcome.message}` : ''
  const reason = `the server refuses the plainest call with your ids (${outcomeText(outcome)}${words})`
  session.refusedIds = reason
  record(session, question, 'plain', outcome, allFindings(question, 'inconclusive', outcomeText(outcome), reason))
}

function knownFor({ carriers, controls, settings: { operation } }: Session, { field }: Question): Known {
  return {
    operation,
    carrier: carriers.get(missingFor(operation, field) ?? ''),
    wrong: controls ? [controls.wrongSecret, controls.unknownKey] : [],
    carriers: [...carriers.values()],
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
  const again = await session.sender.send(requestFor(session, question, way), pauseAfter(question))
  const second = judge(question, way, again, knownFor(session, question))
  if (second && agrees(found, second)) return found
  return allFindings(question, 'inconclusive', found[0]?.got ?? '', 'a repeat got another answer')
}

function record(session: Session, question: Question, way: Way, answer: Outcome, findings: readonly Finding[]): void {
  const { id, name, label, field } = question
  const { message = '', headers = {} } = answer.kind === 'answer' ? answer : {}
  const evidence = { via: way, outcome: outcomeText(answer), message, headers }
  session.rows.push({ id, name, label, field, findings, evidence, question, way, answer })
  const { operation } = session.settings
  if (!question.isGroup || !isSuccess(operation, answer)) return
  const row = answerRow(operation, question, answer)
  if (row) session.rows.push(row)
}

/** @throws Stop after the fifth rule that the server does not keep */
function countSurprise({ countSurprise: count, settings }: Session, question: Question, outcome: Outcome): void {
  if (question.expected === 'accepted' || !isSuccess(settings.operation, outcome)) return
  count(`${rootOf(question.field)} ${question.vector.rule.keyword}`)
}
