/**
 * Runs the plan against a server: controls, the required fields one after the other, every question in its order, and
 * controls again. It stops when something is wrong that is not the contract.
 *
 * @module
 */
import { ask } from './ask.js'
import { attributed } from './attribution.js'
import { SkipError } from './bodies.js'
import { controlsWhenDue, firstControls, repeatControls } from './controls.js'
import { smallerSkews } from './extra-questions.js'
import { askFieldByField } from './incomplete-calls.js'
import { type Plan, whyNothing } from './plan.js'
import { type Question, skippedOf } from './questions.js'
import type { ProbeSettings } from './sender.js'
import type { ProbeResult } from './session.js'
import { createSession, discardUnsafeRows, type Session } from './session.js'
import { Stop } from './stops.js'
import { baseOf } from './vectors.js'

/** Asks what a plan of the same operation and ids has. Never throws for what the server does. */
export async function runProbe(plan: Plan, settings: ProbeSettings): Promise<ProbeResult> {
  const base = baseOf(plan.operation)
  const why = whyNothing(plan)
  if (!base || why !== undefined) return nothingAsked(plan, why ?? 'The operation has no vectors.')
  const session = createSession(settings, plan, base)
  const stopped = await askAll(session)
  return resultOf(session, stopped)
}

/** Everything in its order. @returns why it ended early */
async function askAll(session: Session): Promise<string | undefined> {
  try {
    await firstControls(session)
    await askFieldByField(session)
    for (const question of session.plan.questions) {
      await controlsWhenDue(session)
      await ask(session, question)
      await narrowSkew(session, question)
    }
    await repeatControls(session)
    return undefined
  } catch (error) {
    const why = whyEnded(error)
    discardUnsafeRows(session, why)
    return why
  }
}

/** @throws what is neither a stop nor a call that cannot be made */
function whyEnded(error: unknown): string {
  if (error instanceof Stop) return error.message
  if (error instanceof SkipError) return `No call can be made safely: ${error.message}.`
  throw error
}

/** Where a wrong clock is refused: how far off it may be. */
async function narrowSkew(session: Session, question: Question): Promise<void> {
  const isRefused = ({ id }: Question) =>
    session.rows.some((row) => row.id === id && row.findings.some(({ verdict }) => verdict === 'contradicted'))
  if (!isRefused(question)) return
  for (const smaller of smallerSkews(session.settings.operation, question)) {
    await ask(session, smaller)
    if (!isRefused(smaller)) return
  }
}

function nothingAsked(plan: Plan, stopped: string): ProbeResult {
  const { operation } = plan
  const skipped = [...plan.skipped, ...plan.questions.map((one) => skippedOf(one, 'nothing was asked'))]
  return { operation, rows: [], skipped, requests: 0, cost: 0, stopped, order: [], ignoresContent: false }
}

function resultOf(session: Session, stopped: string | undefined): ProbeResult {
  const { settings, plan, sender, rows, skipped, order } = session
  const known = new Set([...rows, ...skipped].map(({ id }) => id))
  const left = plan.questions.filter(({ id }) => !known.has(id)).map((one) => skippedOf(one, 'the run ended before'))
  return {
    operation: settings.operation,
    rows: attributed(session),
    skipped: [...plan.skipped, ...skipped, ...left],
    requests: sender.requests,
    cost: sender.cost,
    order,
    ignoresContent: ignoresContent(session),
    ...(stopped !== undefined && { stopped }),
  }
}

/** True when the server took every message whose content does not fit its type. */
function ignoresContent({ rows }: Session): boolean {
  const contents = rows.filter(({ question }) => question.stage === 'contents')
  return contents.length > 0 && contents.every(({ findings: [first] }) => first?.verdict === 'contradicted')
}
