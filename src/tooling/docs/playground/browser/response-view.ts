/**
 * The outcome of a call, in words.
 *
 * @module
 */
import type { ErrorKind, RongCloudError, Violation } from '../../../../core/error.js'
import type { OperationTable } from '../spec-table.js'
import { type Child, h, replaceContent } from './dom.js'
import type { CallResult, MockAnswer } from './in-page-mock.js'

/** The answer on the page. */
export interface ResponseView {
  readonly element: HTMLElement
  /** @param onViolation called when the user chooses a violation */
  readonly update: (
    result: CallResult,
    table: OperationTable,
    notes: readonly string[],
    onViolation: (violation: Violation) => void,
  ) => void
  /** Shows a message that is not the answer to a single call. */
  readonly showMessage: (headline: string, good: boolean, lines: readonly string[]) => void
  /** Fades the answer: the request has changed since. */
  readonly fade: () => void
}

/** What is off the contract, by the client or else by the mock. */
export function violationsIn({ error, answer }: CallResult): readonly Violation[] {
  return error?.violations.length ? error.violations : (answer?.violations ?? [])
}

/** What happened to a call that was sent and got no answer that the client can read. */
const LOST: Readonly<Partial<Record<ErrorKind, string>>> = {
  timeout: 'No answer in time',
  network: 'The connection broke',
}

function failureHeadline({ kind, attempts }: RongCloudError): string {
  if (attempts === 0) return kind === 'contract' ? 'Not sent: off the contract' : `Not sent: ${kind}`
  return `Failed: ${LOST[kind] ?? kind}`
}

function headlineOf({ error, answer }: CallResult, { answers }: OperationTable): string {
  if (!error) return `Accepted (HTTP ${answer?.status})`
  if (!answer || LOST[error.kind] !== undefined) return failureHeadline(error)
  const example = answers.find(({ status, code }) => status === answer.status && code === error.code)
  const outcome = error.processed === 'unknown' ? 'Failed' : 'Refused'
  const summary = example ? `: ${example.summary}` : ''
  const code = error.code === undefined || error.code === answer.status ? '' : `, code ${error.code}`
  return `${outcome}${summary} (HTTP ${answer.status}${code})`
}

const VIA = {
  worker: 'MSW’s service worker of this page',
  page: 'the mock’s own fetch in this page, without a service worker',
}
const PROCESSED = { no: 'not processed', unknown: 'perhaps processed' }

/** What a caller may do about an error. */
function adviceOn({ processed, retryable }: RongCloudError): string {
  if (!retryable) return 'sending it again will not help'
  return processed === 'no' ? 'the same call may succeed later' : 'sending it again may process it twice'
}

const errorFact = (error: RongCloudError): string =>
  `For the client: kind “${error.kind}”, ${PROCESSED[error.processed]}; ${adviceOn(error)}.`

/** Who answered, how long it took, and what the client's error says. */
function factsOf({ error, answer, wait, time }: CallResult): string[] {
  const facts: string[] = []
  if (answer)
    facts.push(
      `${answer.text === '' ? 'Taken' : 'Answered'} by ${VIA[answer.via]} in ${Math.max(1, Math.round(time - wait))} ms.`,
    )
  if (wait >= 1) facts.push(`It waited ${Math.round(wait)} ms for its turn in the rate limit.`)
  if (error) facts.push(errorFact(error))
  return facts
}

/** JSON with line breaks; any other text as it is. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

const hint = (text: string): HTMLElement => h('p', { class: 'pg-hint' }, text)

/** What is off the contract, each with a button that leads to it. */
function violationList(violations: readonly Violation[], onViolation: (violation: Violation) => void): Child {
  if (violations.length === 0) return undefined
  const items = violations.map((violation) => {
    const click = () => onViolation(violation)
    return h('li', {}, h('button', { type: 'button', class: 'pg-link', click }, violation.message))
  })
  return h('ul', { class: 'pg-violations' }, ...items)
}

/** The body as far as it arrived; none where nothing arrived. */
function bodyElement({ text }: MockAnswer): Child {
  if (text === '') return undefined
  const attributes = { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Body of the answer' }
  return h('pre', attributes, h('code', {}, prettyJson(text)))
}

export function createResponseView(): ResponseView {
  const headline = h('p', { class: 'pg-headline', role: 'status' }, 'Nothing sent yet.')
  const details = h('div')
  const title = h('h2', { id: 'pg-answer' }, 'Answer')
  const old = h('p', { class: 'pg-hint pg-old' }, 'The answer to your last request. Send again for the changed one.')
  const element = h('section', { class: 'pg-answer', 'aria-labelledby': 'pg-answer' }, title, old, headline, details)
  let hasAnswer = false
  old.hidden = true
  const setHeadline = (text: string, good: boolean) => {
    hasAnswer = true
    old.hidden = true
    element.removeAttribute('data-old')
    headline.dataset['good'] = String(good)
    replaceContent(headline, text)
  }
  return {
    element,
    update: (result, table, notes, onViolation) => {
      const { error, answer } = result
      const violations = violationsIn(result)
      // An error that neither the contract nor an answer explains, such as a header that browsers refuse to send.
      const isRead = answer !== undefined && answer.fault === undefined && error && LOST[error.kind] === undefined
      const otherError = error && violations.length === 0 && !isRead ? error.message : ''
      setHeadline(headlineOf(result, table), !error)
      replaceContent(
        details,
        violationList(violations, onViolation),
        otherError !== '' && h('p', { class: 'pg-error' }, otherError),
        ...[...notes, ...factsOf(result)].map(hint),
        answer && bodyElement(answer),
      )
      element.scrollIntoView({ block: 'nearest' })
    },
    showMessage: (text, good, lines) => {
      setHeadline(text, good)
      replaceContent(details, ...lines.map(hint))
    },
    fade: () => {
      if (!hasAnswer) return
      old.hidden = false
      element.dataset['old'] = 'true'
    },
  }
}
