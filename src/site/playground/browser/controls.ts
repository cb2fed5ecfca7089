/**
 * What is chosen around the form: operation, example, host, answer, and whether the client checks.
 *
 * @module
 */
import { type OperationId, operationIds, servers } from '../../../contract.js'
import type { OperationTable } from '../table.js'
import type { Settings } from './call.js'
import { choice, fill, h, tick } from './element.js'
import { known } from './known.js'

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

const labelled = (words: string, control: HTMLElement, hint?: HTMLElement) =>
  h('div', { class: 'pg-choice' }, h('label', { for: control.id }, words), control, hint)

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

export function createControls(events: ControlEvents): Controls {
  const operation = operationChoice(events.operation)
  const examples = h('select', { id: 'pg-example', 'aria-describedby': 'pg-example-hint' })
  const hint = h('p', { class: 'pg-hint', id: 'pg-example-hint' })
  const server = serverChoice()
  const answers = h('select', { id: 'pg-scenario' })
  const check = tick('The client checks the request before it sends', true, (on) => events.settings({ check: on }))
  let words: OperationTable | undefined
  const tell = () =>
    fill(hint, h('span', { html: words?.examples.find(({ name }) => name === examples.value)?.hint ?? '' }))
  examples.addEventListener('change', () => {
    tell()
    events.example(examples.value)
  })
  server.addEventListener('change', () => events.settings({ server: server.value }))
  answers.addEventListener('change', () => events.settings({ scenario: answers.value }))

  function rebuild(now: OperationTable): void {
    words = now
    examples.replaceChildren(...now.examples.map(({ name, summary }) => h('option', { value: name }, summary)))
    const none = { value: '', words: 'What the contract says' }
    const named = now.answers.map(({ name, summary, status, code }) => ({
      value: name,
      words: code === undefined || code === status ? summary : `${code}, ${summary}`,
      group: `HTTP ${status}`,
    }))
    answers.replaceChildren(...choice({}, [none, ...named]).childNodes)
    tell()
  }
  return {
    start: h(
      'div',
      { class: 'pg-start' },
      operation && labelled('Operation', operation),
      labelled('Start from an example', examples, hint),
    ),
    server: labelled('Host', server),
    sending: h('div', { class: 'pg-how' }, labelled('Answer with', answers), check),
    update: (id, now, settings) => {
      if (words !== now) rebuild(now)
      if (operation) operation.value = id
      answers.value = settings.scenario
      server.value = settings.server
      const box = check.querySelector('input')
      if (box) box.checked = settings.check
    },
  }
}
