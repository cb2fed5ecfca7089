/**
 * The request of a question, for now.
 *
 * @module
 */
import { type Change, NotAsked } from './bodies.js'
import { CONTROLS } from './controls.js'
import { paceOf } from './pace.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import { requestOf, type Session } from './session.js'
import type { Way } from './ways.js'

/**
 * The request of a question, or why it cannot be sent.
 *
 * @param calls requests that must fit before the last controls
 */
export function prepare(session: Session, question: Question, way: Way, calls: number): ReadyRequest | string {
  if (!session.sender.hasRoom(CONTROLS + calls)) {
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
  const { ids, random } = session.settings
  const nonce = question.change.parts?.['nonce']
  const change: Change = {
    ...question.change,
    ...(nonce !== undefined && { parts: { nonce: Array.from(nonce, () => String(random(10))).join('') } }),
    ...(way === 'carrier' && { without: question.missing }),
    ...(question.isGroup && { ids }),
    ...session.replay.change(question),
  }
  return requestOf(session, question.vector, change)
}

/** Wrong signatures are sent at half the pace: many of them look like an attack. */
export const pauseAfter = ({ stage }: Question): number => (stage === 'signatures' ? 2 : 1)
