/**
 * Signing headers that are sent again: at once, and a minute later.
 *
 * @module
 */
import type { Change } from './bodies.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import type { Sender } from './sender.js'
import { partsIn } from './signing.js'

/** Headers are sent again for the second time after this. */
const REPLAY_AFTER_MS = 60_000

/** Remembers signing headers, for the questions that send them again. */
export interface Replay {
  /** What a question sends in place of new headers. */
  readonly change: (question: Question) => Change
  /** False for a question that sends headers again, where the server has not taken any. */
  readonly isReady: (question: Question) => boolean
  /** Waits until a question may be asked. */
  readonly wait: (question: Question) => Promise<void>
  /** Keeps the headers of the first question, which the server has taken. */
  readonly keep: (question: Question, request: ReadyRequest) => void
}

/** Headers are remembered for one run. */
export function createReplay({ waitUntil }: Pick<Sender, 'waitUntil'>, now: () => number): Replay {
  let kept: { readonly signed: Readonly<Record<string, string>>; readonly at: number } | undefined
  const isReplay = ({ replay }: Question) => replay !== undefined && replay !== 'first'
  return {
    change: (question) => (isReplay(question) ? { signed: kept?.signed } : {}),
    isReady: (question) => !isReplay(question) || kept !== undefined,
    wait: async ({ replay }) => {
      if (replay === 'later' && kept) await waitUntil(kept.at + REPLAY_AFTER_MS)
    },
    keep: ({ replay }, { headers }) => {
      if (replay !== 'first') return
      const signed = partsIn(headers).map(({ name, text }) => [name, text] as const)
      kept = { signed: Object.fromEntries(signed), at: now() }
    },
  }
}
