/**
 * One field of the form: its controls, its texts, and what is wrong with it.
 *
 * @module
 */
import type { Kind } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import { type Suspicion, suspicionText } from '../../../../mock/suspicions.js'
import type { FieldTable } from '../spec-table.js'
import { type Child, h, replaceContent, selectElement } from './dom.js'

/** A field on the page. */
export interface FormField {
  readonly name: string
  readonly element: HTMLElement
  /** Texts, one for each value. An empty field has none, unless it is a list. */
  readonly values: () => string[]
  readonly setValues: (values: readonly string[]) => void
  /** Shows what is wrong; nothing when the list is empty. */
  readonly showViolations: (violations: readonly Violation[]) => void
  /** Shows what is probably a mistake; nothing when the list is empty. */
  readonly showSuspicions: (suspicions: readonly Suspicion[]) => void
  /** Whether a value is empty and has the cursor: somebody is about to fill it in. */
  readonly isBeingFilled: (index?: number) => boolean
  /** Shows a note beside each value; none when the list is empty. */
  readonly showNotes: (notes: readonly string[]) => void
  /** Puts the cursor into the field, or into one of its values. */
  readonly focus: (index?: number) => void
}

/** Settings of a field beside its table. */
export interface FieldOptions {
  readonly kind: Kind
  /** Begins the ids of its elements. */
  readonly prefix: string
  readonly multiline: boolean
  readonly onChange: () => void
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Half of a surrogate pair, which no form can carry, becomes U+FFFD. */
function wellFormed(text: string): string {
  // Newer than the standard library that this project compiles with, and than some browsers.
  const { toWellFormed } = text as { toWellFormed?: () => string }
  return toWellFormed ? toWellFormed.call(text) : text
}

/** A control for one value, which may be off the contract. */
function createControl(table: FieldTable, { kind, multiline }: FieldOptions, id: string): Control {
  if (table.choices) {
    const none = { value: '', label: table.default === undefined ? 'not sent' : `not sent (${table.default})` }
    return selectElement({ id }, [none, ...table.choices.map((value) => ({ value, label: value }))])
  }
  const common = { id, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' }
  if (multiline) return h('textarea', { ...common, rows: '4' })
  const isNumeric = /^(integer|number)/.test(kind)
  return h('input', { ...common, type: 'text', ...(isNumeric && { inputmode: 'decimal' }) })
}

function setValue(control: Control, value: string): void {
  // A link may bring a value that is not among the choices.
  if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value)) {
    control.append(h('option', { value }, value))
  }
  control.value = value
}

const formatNumber = (number: number): string => number.toLocaleString('en')

/** The length of a value, against its limit. */
function counterContent({ maxCharacters = 0, maxBytes }: FieldTable, text: string): Child {
  const length = maxBytes === undefined ? [...text].length : new TextEncoder().encode(text).length
  const max = maxBytes ?? maxCharacters
  const unit = maxBytes === undefined ? 'characters' : 'bytes'
  const label = `${formatNumber(length)} / ${formatNumber(max)} ${unit}`
  return length > max ? h('strong', {}, `${label}, too long`) : label
}

/** The name of a field, and whether it is required. */
const labelContent = ({ name, required }: FieldTable): Child[] => [
  h('code', {}, name),
  ' ',
  h('span', { class: 'pg-must' }, required ? 'required' : 'optional'),
]

function hintElement({ hint, limits }: FieldTable, id: string): HTMLElement {
  const limitTexts = limits.length > 0 && h('span', { class: 'pg-limits' }, limits.join(' · '))
  return h('p', { class: 'pg-hint', id: `${id}-hint` }, h('span', { html: hint }), limitTexts)
}

/** The elements that say more about a field. */
const describedBy = (id: string): string => `${id}-hint ${id}-error ${id}-warning`

/** The index in `toGroupId[1]`. */
const indexIn = (field: string): string | undefined => /\[(\d+)\]/.exec(field)?.[1]

/** Says what is wrong, to the eye and to a screen reader. */
function violationBox(id: string, controls: () => readonly Control[]) {
  const element = h('p', { class: 'pg-error', id: `${id}-error` })
  element.hidden = true
  const showViolations: FormField['showViolations'] = (violations) => {
    element.hidden = violations.length === 0
    const lines = violations.map(({ message, keyword }) => h('span', {}, message, ' ', h('small', {}, keyword)))
    replaceContent(element, ...lines)
    const indices = violations.map(({ field }) => indexIn(field))
    for (const [i, control] of controls().entries()) {
      const isInvalid = indices.some((index) => index === undefined || Number(index) === i)
      if (isInvalid) control.setAttribute('aria-invalid', 'true')
      else control.removeAttribute('aria-invalid')
    }
  }
  return { element, showViolations }
}

/** Says what is probably a mistake. */
function suspicionBox(id: string) {
  const element = h('p', { class: 'pg-warning', id: `${id}-warning` })
  element.hidden = true
  const showSuspicions: FormField['showSuspicions'] = (suspicions) => {
    element.hidden = suspicions.length === 0
    replaceContent(element, ...suspicions.map((suspicion) => h('span', {}, suspicionText(suspicion))))
  }
  return { element, showSuspicions }
}

const isEmptyAndFocused = (control: Control | undefined): boolean =>
  control !== undefined && control.value === '' && control === document.activeElement

/** A field of one value. */
export function singleField(table: FieldTable, options: FieldOptions): FormField {
  const id = `${options.prefix}-${table.name}`
  const control = createControl(table, options, id)
  const errors = violationBox(id, () => [control])
  const warnings = suspicionBox(id)
  const hasLimit = table.maxCharacters !== undefined || table.maxBytes !== undefined
  const counter = hasLimit ? h('p', { class: 'pg-count' }) : undefined
  const updateCounter = () => counter && replaceContent(counter, counterContent(table, control.value))
  control.setAttribute('aria-describedby', describedBy(id))
  control.addEventListener('input', () => {
    updateCounter()
    options.onChange()
  })
  updateCounter()
  const label = h('label', { for: id }, ...labelContent(table))
  const parts = [label, hintElement(table, id), control, counter, errors.element, warnings.element]
  return {
    name: table.name,
    element: h('div', { class: 'pg-field' }, ...parts),
    values: () => (control.value === '' ? [] : [wellFormed(control.value)]),
    setValues: ([value = '']) => {
      setValue(control, value)
      updateCounter()
    },
    showViolations: errors.showViolations,
    showSuspicions: warnings.showSuspicions,
    isBeingFilled: () => isEmptyAndFocused(control),
    showNotes: () => {},
    focus: () => control.focus(),
  }
}

/** The rows of a list. */
interface ListRows {
  readonly element: HTMLElement
  readonly controls: () => Control[]
  readonly add: (value: string) => Control
  readonly showNotes: FormField['showNotes']
}

/** @param focusWhenEmpty gets the focus when the last row is removed */
function createRows(table: FieldTable, options: FieldOptions, focusWhenEmpty: HTMLElement): ListRows {
  const id = `${options.prefix}-${table.name}`
  const element = h('ol', { class: 'pg-rows' })
  const controls = () => [...element.querySelectorAll<Control>('input, select, textarea')]
  const updateLabels = () => {
    for (const [i, row] of [...element.children].entries()) {
      row.firstElementChild?.setAttribute('aria-label', `${table.name} ${i + 1}`)
      row.querySelector('button')?.setAttribute('aria-label', `Remove ${table.name} ${i + 1}`)
    }
  }
  let nextId = 0
  const add = (value: string): Control => {
    const control = createControl(table, options, `${id}-${nextId++}`)
    setValue(control, value)
    control.setAttribute('aria-describedby', describedBy(id))
    control.addEventListener('input', options.onChange)
    const remove = () => {
      const index = [...element.children].indexOf(row)
      row.remove()
      updateLabels()
      const remaining = controls()
      const neighbour = remaining[Math.min(index, remaining.length - 1)] ?? focusWhenEmpty
      neighbour.focus()
      options.onChange()
    }
    const button = h('button', { type: 'button', class: 'pg-quiet', click: remove }, 'Remove')
    const row = h('li', {}, control, button)
    element.append(row)
    updateLabels()
    return control
  }
  const showNotes: FormField['showNotes'] = (notes) => {
    for (const [i, row] of [...element.children].entries()) {
      row.querySelector('small')?.remove()
      if (notes[i]) row.append(h('small', {}, notes[i]))
    }
  }
  return { element, controls, add, showNotes }
}

/** A field of any number of values, each in a row of its own. */
export function listField(table: FieldTable, options: FieldOptions): FormField {
  const id = `${options.prefix}-${table.name}`
  const addEmpty = () => {
    rows.add('').focus()
    options.onChange()
  }
  const addButton = h('button', { type: 'button', class: 'pg-quiet', click: addEmpty }, `Add ${table.name}`)
  const rows = createRows(table, options, addButton)
  const errors = violationBox(id, rows.controls)
  const warnings = suspicionBox(id)
  const legend = h('legend', {}, ...labelContent(table))
  const parts = [legend, hintElement(table, id), rows.element, addButton, errors.element, warnings.element]
  return {
    name: table.name,
    element: h('fieldset', { class: 'pg-field' }, ...parts),
    values: () => rows.controls().map(({ value }) => wellFormed(value)),
    setValues: (values) => {
      rows.element.replaceChildren()
      for (const value of values) rows.add(value)
    },
    showViolations: errors.showViolations,
    showSuspicions: warnings.showSuspicions,
    isBeingFilled: (index = -1) => isEmptyAndFocused(rows.controls()[index]),
    showNotes: rows.showNotes,
    focus: (index = 0) => (rows.controls()[index] ?? addButton).focus(),
  }
}
