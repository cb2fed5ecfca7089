/**
 * What is chosen around the form: operation, example, host, answer, and whether the client checks.
 *
 * @module
 */
import { type OperationId, operationIds, servers } from '../../../../core/contract.js'
import type { OperationTable } from '../spec-table.js'
import { choice, fill, h, tick } from './dom.js'
import type { Settings } from './draft.js'
import { known } from './embedded-table.js'

/** What the controls tell. */
export interface ControlEvents {
  readonly operation: (id: OperationId) => void
  /** The name of an example of the request. */
  readonly example: (name: string) => void
  readonly settings: (change: Partial<Settings>) => void
}

/** The controls on the page. */
export interface Controls {
  /** Above the form. */
  readonly start: HTMLElement
  /** Above the request. */
  readonly server: HTMLElement
  /** Beside the button. */
  readonly sending: HTMLElement
  readonly update: (id: OperationId, words: OperationTable, settings: Settings) => void
}

const labelled = (words: string, control: HTMLElement) =>
  h('div', { class: 'pg-choice' }, h('label', { for: control.id }, words), control)

/** One of the operations; nothing to choose where there is one alone. */
function operationChoice(chosen: ControlEvents['operation']): HTMLSelectElement | undefined {
  if (operationIds.length < 2) return undefined
  const options = operationIds.map((id) => ({ value: id, words: `${known(id).words.summary} (${id})` }))
  const select = choice({ id: 'pg-operation' }, options)
  select.addEventListener('change', () => chosen(select.value as OperationId))
  return select
}

const serverChoice = () =>
  choice(
    { id: 'pg-server' },
    servers.map(({ url, region, backup }) => ({
      value: url,
      words: `${new URL(url).host}${region ? ` (${region}${backup ? ', backup' : ''})` : ''}`,
    })),
  )

/** Examples of the request, each with a word on it. */
function exampleChoice(chosen: ControlEvents['example']) {
  const select = h('select', { id: 'pg-example', 'aria-describedby': 'pg-example-hint' })
  const hint = h('p', { class: 'pg-hint', id: 'pg-example-hint' })
  let examples: OperationTable['examples'] = []
  const tell = () => fill(hint, h('span', { html: examples.find(({ name }) => name === select.value)?.hint ?? '' }))
  select.addEventListener('change', () => {
    tell()
    chosen(select.value)
  })
  const show = (words: OperationTable) => {
    ;({ examples } = words)
    select.replaceChildren(...examples.map(({ name, summary }) => h('option', { value: name }, summary)))
    tell()
  }
  const again = h('button', { type: 'button', class: 'pg-quiet', click: () => chosen(select.value) }, 'Fill in again')
  const row = h('div', { class: 'pg-row' }, select, again)
  const label = h('label', { for: select.id }, 'Start from an example')
  return { element: h('div', { class: 'pg-choice' }, label, row, hint), show }
}

/** What the mock is to answer with, by HTTP status. */
function answerOptions({ answers }: OperationTable): Node[] {
  const named = answers.map(({ name, summary, status, code }) => ({
    value: name,
    words: code === undefined || code === status ? summary : `${code}, ${summary}`,
    group: `HTTP ${status}`,
  }))
  return [...choice({}, [{ value: '', words: 'What the contract says' }, ...named]).childNodes]
}

export function createControls(events: ControlEvents): Controls {
  const operation = operationChoice(events.operation)
  const examples = exampleChoice(events.example)
  const server = serverChoice()
  const answers = h('select', { id: 'pg-scenario' })
  const checks = 'The client checks the request before it sends'
  const check = tick(checks, undefined, (on) => events.settings({ check: on }))
  let shown: OperationTable | undefined
  server.addEventListener('change', () => events.settings({ server: server.value }))
  answers.addEventListener('change', () => events.settings({ scenario: answers.value }))
  return {
    start: h('div', { class: 'pg-start' }, operation && labelled('Operation', operation), examples.element),
    server: labelled('Host', server),
    sending: h('div', { class: 'pg-how' }, labelled('Answer with', answers), check.element),
    update: (id, words, settings) => {
      if (shown !== words) {
        examples.show(words)
        answers.replaceChildren(...answerOptions(words))
      }
      shown = words
      if (operation) operation.value = id
      answers.value = settings.scenario
      server.value = settings.server
      check.set(settings.check)
    },
  }
}
