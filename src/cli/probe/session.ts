/**
 * What came of a run, and what it knows so far.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import type { Change } from './bodies.js'
import type { Answer, Outcome } from './exchange.js'
import type { Plan } from './plan.js'
import { type Question, type Skipped, skippedOf } from './questions.js'
import { createReplay, type Replay } from './replay.js'
import { type ReadyRequest, rebuild } from './requests.js'
import type { ProbeSettings } from './sender.js'
import { createSender, type Sender } from './sender.js'
import { createBrokenRuleCount } from './stops.js'
import type { Vector } from './vectors.js'
import { allFindings, type Finding } from './verdicts.js'
import type { Way } from './ways.js'

/** What was sent and came back, for a report. */
export interface Evidence {
  readonly via: Way
  readonly outcome: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

/** A question with what is known of it. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly field: string
  readonly findings: readonly Finding[]
  readonly evidence?: Evidence
}

/** What came of a run. */
export interface ProbeResult {
  readonly operation: OperationId
  readonly rows: readonly Row[]
  /** What was not asked, and why. */
  readonly skipped: readonly Skipped[]
  readonly requests: number
  /** What the requests cost of the rate limit. */
  readonly cost: number
  /** Why the run ended early, in a sentence. */
  readonly stopped?: string
  /** The required fields in the order in which the server asks for them. */
  readonly order: readonly string[]
  /** True when every message was accepted whose content does not fit its type. */
  readonly ignoresContent: boolean
}

/** Answers to a call that is right but for a missing field, and to the same with other keys. */
export interface Controls {
  readonly good: Answer
  readonly wrongSecret: Answer
  readonly unknownKey: Answer
}

/** A row, with what it was judged by. */
export interface JudgedRow extends Row {
  readonly question: Question
  readonly way: Way
  /** Undefined when nothing was sent. */
  readonly answer: Outcome | undefined
}

/** A run, and what it knows so far. */
export interface Session {
  readonly settings: ProbeSettings
  readonly plan: Plan
  /** The good request. */
  readonly base: Vector
  readonly sender: Sender
  readonly replay: Replay
  readonly countBrokenRule: (rule: string) => void
  controls: Controls | undefined
  /** Requests that had been sent when the controls were asked. */
  controlledAt: number
  /** Answers to the good request without a required field, by that field. */
  readonly incompleteAnswers: Map<string, Answer>
  /** The answer to the call without any field. */
  emptyAnswer: Answer | undefined
  /** The required fields in the order in which the server asks for them. */
  order: readonly string[]
  rows: JudgedRow[]
  /** Rows before this one stand: the controls behind them were good. */
  safeRows: number
  readonly skipped: Skipped[]
  /** Why no more calls with the ids of the user are sent. */
  refusedIds: string | undefined
  /** Incomplete calls: how many told nothing about a field (`silent`), and how many did (`telling`). */
  readonly incompleteCounts: { silent: number; telling: number }
}

/** A run that has sent nothing yet. */
export function createSession(settings: ProbeSettings, plan: Plan, base: Vector): Session {
  const sender = createSender(settings)
  return {
    settings,
    plan,
    base,
    sender,
    replay: createReplay(sender, settings.now),
    countBrokenRule: createBrokenRuleCount(),
    controls: undefined,
    controlledAt: 0,
    incompleteAnswers: new Map(),
    emptyAnswer: undefined,
    order: [],
    rows: [],
    safeRows: 0,
    skipped: [],
    refusedIds: undefined,
    incompleteCounts: { silent: 0, telling: 0 },
  }
}

/** Makes the request of a vector, with a change. @throws SkipError */
export function requestOf({ settings }: Session, vector: Vector, change: Change): ReadyRequest {
  const { operation, keys, now, random } = settings
  return rebuild(operation, vector, change, { keys, now, random })
}

/** Sends a call to compare with; once more where the first gets no answer. */
export async function askTwice(session: Session, change: Change): Promise<Outcome> {
  const send = () => session.sender.send(requestOf(session, session.base, change))
  const outcome = await send()
  return outcome.kind === 'failure' ? send() : outcome
}

/** What was judged since the last good controls counts for nothing. */
export function discardUnsafeRows(session: Session, why: string): void {
  session.rows = session.rows.map((row, i) => {
    if (i < session.safeRows) return row
    const [{ got = '' } = {}] = row.findings
    return { ...row, findings: allFindings(row.question, 'inconclusive', got, why) }
  })
}

/** Notes why a question is not asked. */
export function skip({ skipped }: Session, question: Question, reason: string): void {
  skipped.push(skippedOf(question, reason))
}
