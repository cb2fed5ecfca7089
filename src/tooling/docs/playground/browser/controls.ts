/**
 * The controls around the form: operation, example, host, answer with its fault and delay, and whether the client validates.
 *
 * @module
 */
import { type OperationId, operationIds, servers } from '../../../../core/contract.js'
import { FAULTS, type Fault } from '../../../../mock/faults.js'
import type { OperationTable } from '../spec-table.js'
import { checkbox, h, optionElements, replaceContent, selectElement } from './dom.js'
import { DELAYS_MS, type Settings, TIMEOUT_MS } from './draft.js'
import { findOperation } from './embedded-table.js'

/** What the controls report. */
export interface ControlEvents {
  readonly onOperation: (id: OperationId) => void
  /** The name of an example of the request. */
  readonly onExample: (name: string) => void
  readonly onSettings: (change: Partial<Settings>) => void
}

/** The controls on the page. */
export interface Controls {
  /** Above the form. */
  readonly start: HTMLElement
  /** Above the request. */
  readonly server: HTMLElement
  /** Beside the button. */
  readonly sending: HTMLElement
  readonly update: (id: OperationId, table: OperationTable, settings: Settings) => void
}

const withLabel = (label: string, control: HTMLElement): HTMLElement =>
  h('div', { class: 'pg-choice' }, h('label', { for: control.id }, label), control)

/** Chooses an operation; undefined when the contract has only one. */
function operationSelect(onOperation: ControlEvents['onOperation']): HTMLSelectElement | undefined {
  if (operationIds.length < 2) return undefined
  const options = operationIds.map((id) => ({ value: id, label: `${findOperation(id).table.summary} (${id})` }))
  const select = selectElement({ id: 'pg-operation' }, options)
  select.addEventListener('change', () => onOperation(findOperation(select.value).id))
  return select
}

function serverLabel({ url, region, backup }: (typeof servers)[number]): string {
  const { host } = new URL(url)
  if (!region) return host
  return backup ? `${host} (${region}, backup)` : `${host} (${region})`
}

const serverSelect = (): HTMLSelectElement =>
  selectElement(
    { id: 'pg-server' },
    servers.map((server) => ({ value: server.url, label: serverLabel(server) })),
  )

/** Chooses an example of the request, with a hint for each. */
function exampleChoice(onExample: ControlEvents['onExample']) {
  const select = h('select', { id: 'pg-example', 'aria-describedby': 'pg-example-hint' })
  const hint = h('p', { class: 'pg-hint', id: 'pg-example-hint' })
  let examples: OperationTable['examples'] = []
  const showHint = () => {
    const example = examples.find(({ name }) => name === select.value)
    replaceContent(hint, h('span', { html: example?.hint ?? '' }))
  }
  select.addEventListener('change', () => {
    showHint()
    onExample(select.value)
  })
  const showExamples = (table: OperationTable) => {
    examples = table.examples
    select.replaceChildren(...examples.map(({ name, summary }) => h('option', { value: name }, summary)))
    showHint()
  }
  const refill = h(
    'button',
    { type: 'button', class: 'pg-quiet', click: () => onExample(select.value) },
    'Fill in again',
  )
  const row = h('div', { class: 'pg-row' }, select, refill)
  const label = h('label', { for: select.id }, 'Start from an example')
  return { element: h('div', { class: 'pg-choice' }, label, row, hint), showExamples }
}

/** Answers that the mock can give, grouped by HTTP status. */
function answerOptions({ answers }: OperationTable): HTMLElement[] {
  const examples = answers.map(({ name, summary, status, code }) => ({
    value: name,
    label: code === undefined || code === status ? summary : `${code}, ${summary}`,
    group: `HTTP ${status}`,
  }))
  return optionElements([{ value: '', label: 'The default' }, ...examples])
}

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`

/** Faults in words. */
const FAULT_LABELS: Readonly<Record<Fault, string>> = {
  hang: 'hang: no answer',
  reset: 'reset: the connection breaks before it',
  truncate: 'truncate: the connection breaks within it',
  garbage: 'garbage: HTML in place of JSON',
}

const faultSelect = (): HTMLSelectElement =>
  selectElement({ id: 'pg-fault' }, [
    { value: '', label: 'No' },
    ...FAULTS.map((fault) => ({ value: fault, label: FAULT_LABELS[fault] })),
  ])

const delayLabel = (milliseconds: number): string =>
  milliseconds > TIMEOUT_MS ? `${seconds(milliseconds)}, too late` : seconds(milliseconds)

const delaySelect = (): HTMLSelectElement =>
  selectElement({ id: 'pg-delay' }, [
    { value: '0', label: 'At once' },
    ...DELAYS_MS.map((delay) => ({ value: String(delay), label: delayLabel(delay) })),
  ])

export function createControls({ onOperation, onExample, onSettings }: ControlEvents): Controls {
  const operation = operationSelect(onOperation)
  const examples = exampleChoice(onExample)
  const server = serverSelect()
  const answers = h('select', { id: 'pg-scenario' })
  const validate = checkbox('The client checks the request before it sends', undefined, (checked) =>
    onSettings({ validate: checked }),
  )
  const fault = faultSelect()
  const delay = delaySelect()
  let current: OperationTable | undefined
  fault.addEventListener('change', () => onSettings({ fault: FAULTS.find((one) => one === fault.value) ?? '' }))
  delay.addEventListener('change', () => onSettings({ delay: Number(delay.value) }))
  server.addEventListener('change', () => onSettings({ server: server.value }))
  answers.addEventListener('change', () => onSettings({ scenario: answers.value }))
  return {
    start: h('div', { class: 'pg-start' }, operation && withLabel('Operation', operation), examples.element),
    server: withLabel('Host', server),
    sending: h(
      'div',
      { class: 'pg-how' },
      withLabel('Answer with', answers),
      withLabel('Break it', fault),
      withLabel('Answer after', delay),
      validate.element,
    ),
    update: (id, table, settings) => {
      if (current !== table) {
        examples.showExamples(table)
        answers.replaceChildren(...answerOptions(table))
      }
      current = table
      if (operation) operation.value = id
      answers.value = settings.scenario
      fault.value = settings.fault
      delay.value = String(settings.delay)
      server.value = settings.server
      validate.setChecked(settings.validate)
    },
  }
}
