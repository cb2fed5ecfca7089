/**
 * What became of a call, in words.
 *
 * @module
 */
import type { Violation } from '../../../../core/error.js'
import type { OperationTable } from '../spec-table.js'
import { type Child, fill, h } from './dom.js'
import type { Answer, Sent } from './in-page-mock.js'

/** The answer on the page. */
export interface AnswerView {
  readonly element: HTMLElement
  /** @param show puts the cursor where a violation is */
  readonly update: (
    sent: Sent,
    words: OperationTable,
    notes: readonly string[],
    show: (violation: Violation) => void,
  ) => void
  /** One line, for what is no answer to a single call. */
  readonly tell: (headline: string, good: boolean, lines: readonly string[]) => void
}

const PROCESSED = { no: 'surely not processed', unknown: 'nobody knows whether it was processed' }

/** What went wrong, as the client's error says it. */
function headlineOf({ error, answer }: Sent, words: OperationTable): string {
  if (!error) return `Accepted (HTTP ${answer?.status})`
  if (!answer) return error.kind === 'contract' ? 'Not sent: off the contract' : `Not sent: ${error.kind}`
  const known = words.answers.find(({ status, code }) => status === answer.status && code === error.code)
  const code = error.code === undefined || error.code === answer.status ? '' : `, code ${error.code}`
  const verdict = error.processed === 'unknown' ? 'Failed' : 'Refused'
  return `${verdict}${known ? `: ${known.summary}` : ''} (HTTP ${answer.status}${code})`
}

/** What the client makes of it. */
function factsOf({ error, answer, wait, time }: Sent): string[] {
  const by = {
    worker: 'MSW’s service worker of this page',
    page: 'the same handlers in the page, without a service worker',
  }
  return [
    ...(answer ? [`Answered by ${by[answer.by]} in ${Math.max(1, Math.round(time - wait))} ms.`] : []),
    ...(wait >= 1 ? [`It waited ${Math.round(wait)} ms for its turn in the rate limit.`] : []),
    ...(error
      ? [
          `For the client: kind “${error.kind}”, ${PROCESSED[error.processed]}; ${error.retryable ? 'the same call may succeed later' : 'sending it again will not help'}.`,
        ]
      : []),
  ]
}

/** JSON with line breaks; what is none stays as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

const hint = (text: string) => h('p', { class: 'pg-hint' }, text)

/** What is off the contract, each with a way to it. */
function violationList(violations: readonly Violation[], show: (violation: Violation) => void): Child {
  const items = violations.map((violation) =>
    h('li', {}, h('button', { type: 'button', class: 'pg-link', click: () => show(violation) }, violation.message)),
  )
  return items.length > 0 && h('ul', { class: 'pg-violations' }, ...items)
}

function bodyOf({ text }: Answer): HTMLElement {
  const attributes = { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Body of the answer' }
  return h('pre', attributes, h('code', {}, pretty(text)))
}

export function createAnswerView(): AnswerView {
  const headline = h('p', { class: 'pg-headline', role: 'status' }, 'Nothing sent yet.')
  const rest = h('div')
  const title = h('h2', { id: 'pg-answer' }, 'Answer')
  const element = h('section', { 'aria-labelledby': 'pg-answer' }, title, headline, rest)
  const say = (words: string, good: boolean) => {
    headline.dataset['good'] = String(good)
    fill(headline, words)
  }
  return {
    element,
    update: (sent, words, notes, show) => {
      const { error, answer } = sent
      const violations = error?.violations.length ? error.violations : (answer?.violations ?? [])
      // A mistake that is neither the contract's nor the mock's: a header that no browser sends.
      const strange = error && !answer && violations.length === 0 ? error.message : ''
      say(headlineOf(sent, words), !error)
      fill(
        rest,
        violationList(violations, show),
        strange !== '' && h('p', { class: 'pg-error' }, strange),
        ...[...notes, ...factsOf(sent)].map(hint),
        answer && bodyOf(answer),
      )
      element.scrollIntoView({ block: 'nearest' })
    },
    tell: (words, good, lines) => {
      say(words, good)
      fill(rest, ...lines.map(hint))
    },
  }
}
