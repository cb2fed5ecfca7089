/**
 * One field of the form: its controls, its words, and what is wrong with it.
 *
 * @module
 */
import type { Kind } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import type { FieldTable } from '../spec-table.js'
import { type Child, choice, fill, h } from './dom.js'

/** A field on the page. */
export interface Field {
  readonly name: string
  readonly element: HTMLElement
  /** Texts, one for each value; an empty field that is no list has none. */
  readonly read: () => string[]
  readonly write: (values: readonly string[]) => void
  /** Shows what is wrong; nothing when the list is empty. */
  readonly blame: (violations: readonly Violation[]) => void
  /** Shows what the answer says of each value; nothing when the list is empty. */
  readonly tell: (notes: readonly string[]) => void
  /** Puts the cursor into the field, or into one of its values. */
  readonly focus: (index?: number) => void
}

/** What a field needs to know beside its table. */
export interface FieldOptions {
  readonly kind: Kind
  /** Begins the ids of its elements. */
  readonly prefix: string
  /** Text of several lines. */
  readonly long: boolean
  readonly changed: () => void
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Half of a surrogate pair, which no form can carry, becomes U+FFFD. */
const wellFormed = (text: string): string => (text as { toWellFormed?: () => string }).toWellFormed?.() ?? text

/** A control for one value, which may be off the contract. */
function controlOf(table: FieldTable, { kind, long }: FieldOptions, id: string): Control {
  if (table.choices) {
    const none = { value: '', words: table.default === undefined ? 'not sent' : `not sent (${table.default})` }
    return choice({ id }, [none, ...table.choices.map((value) => ({ value, words: value }))])
  }
  const common = { id, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' }
  if (long) return h('textarea', { ...common, rows: '4' })
  const numeric = /^(integer|number)/.test(kind)
  return h('input', { ...common, type: 'text', ...(numeric && { inputmode: 'decimal' }) })
}

function put(control: Control, value: string): void {
  // A value that is none of the choices may come with a link.
  if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value)) {
    control.append(h('option', { value }, value))
  }
  control.value = value
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const figure = (number: number) => number.toLocaleString('en')

/** How long the value is, against its limit. */
function counted({ characters, bytes }: FieldTable, text: string): Child[] {
  const [now, most, unit] =
    bytes === undefined ? [[...text].length, characters ?? 0, 'characters'] : [bytesOf(text), bytes, 'bytes']
  const words = `${figure(now)} / ${figure(most)} ${unit}`
  return [now > most ? h('strong', {}, `${words}, too long`) : words]
}

/** The name, whether it must be there, and its words. */
function wordsOf(table: FieldTable, id: string): { head: Child[]; hint: HTMLElement } {
  const limits = table.limits.length > 0 ? h('span', { class: 'pg-limits' }, table.limits.join(' · ')) : undefined
  const text = h('span', { html: table.hint })
  return {
    head: [h('code', {}, table.name), ' ', h('span', { class: 'pg-must' }, table.required ? 'required' : 'optional')],
    hint: h('p', { class: 'pg-hint', id: `${id}-hint` }, text, limits),
  }
}

/** Who tells what is wrong, to the eye and to a screen reader. */
function blamer(id: string, controls: () => readonly Control[]): { element: HTMLElement; blame: Field['blame'] } {
  const element = h('p', { class: 'pg-error', id: `${id}-error` })
  element.hidden = true
  const blame: Field['blame'] = (violations) => {
    element.hidden = violations.length === 0
    fill(element, ...violations.map(({ message, keyword }) => h('span', {}, message, ' ', h('small', {}, keyword))))
    const places = violations.map(({ field }) => /\[(\d+)\]/.exec(field)?.[1])
    for (const [index, control] of controls().entries()) {
      const wrong = places.some((place) => place === undefined || Number(place) === index)
      if (wrong) control.setAttribute('aria-invalid', 'true')
      else control.removeAttribute('aria-invalid')
    }
  }
  return { element, blame }
}

/** A field of one value. */
export function singleField(table: FieldTable, options: FieldOptions): Field {
  const id = `${options.prefix}-${table.name}`
  const control = controlOf(table, options, id)
  const { head, hint } = wordsOf(table, id)
  const { element: error, blame } = blamer(id, () => [control])
  const limited = table.characters !== undefined || table.bytes !== undefined
  const counter = limited ? h('p', { class: 'pg-count' }) : undefined
  const count = () => counter && fill(counter, ...counted(table, control.value))
  control.setAttribute('aria-describedby', `${id}-hint ${id}-error`)
  control.addEventListener('input', () => {
    count()
    options.changed()
  })
  count()
  return {
    name: table.name,
    element: h('div', { class: 'pg-field' }, h('label', { for: id }, ...head), hint, control, counter, error),
    read: () => (control.value === '' ? [] : [wellFormed(control.value)]),
    write: ([value = '']) => {
      put(control, value)
      count()
    },
    blame,
    tell: () => {},
    focus: () => control.focus(),
  }
}

/** The rows of a list. */
interface Rows {
  readonly element: HTMLElement
  readonly controls: () => Control[]
  readonly add: (value: string) => Control
  readonly tell: Field['tell']
}

/** @param empty where the cursor goes when the last row is removed */
function createRows(table: FieldTable, options: FieldOptions, empty: HTMLElement): Rows {
  const id = `${options.prefix}-${table.name}`
  const element = h('ol', { class: 'pg-rows' })
  const controls = () => [...element.querySelectorAll<Control>('input, select, textarea')]
  const number = () => {
    for (const [i, row] of [...element.children].entries()) {
      row.firstElementChild?.setAttribute('aria-label', `${table.name} ${i + 1}`)
      row.querySelector('button')?.setAttribute('aria-label', `Remove ${table.name} ${i + 1}`)
    }
  }
  let made = 0
  const add = (value: string): Control => {
    const control = controlOf(table, options, `${id}-${made++}`)
    put(control, value)
    control.setAttribute('aria-describedby', `${id}-hint ${id}-error`)
    control.addEventListener('input', options.changed)
    const remove = () => {
      const index = [...element.children].indexOf(row)
      row.remove()
      number()
      const left = controls()
      ;(left[Math.min(index, left.length - 1)] ?? empty).focus()
      options.changed()
    }
    const button = h('button', { type: 'button', class: 'pg-quiet', click: remove }, 'Remove')
    const row = h('li', {}, control, button)
    element.append(row)
    number()
    return control
  }
  const tell: Field['tell'] = (notes) => {
    for (const [i, row] of [...element.children].entries()) {
      row.querySelector('small')?.remove()
      if (notes[i]) row.append(h('small', {}, notes[i]))
    }
  }
  return { element, controls, add, tell }
}

/** A field of any number of values, each in a row of its own. */
export function listField(table: FieldTable, options: FieldOptions): Field {
  const id = `${options.prefix}-${table.name}`
  const { head, hint } = wordsOf(table, id)
  const more = () => {
    rows.add('').focus()
    options.changed()
  }
  const add = h('button', { type: 'button', class: 'pg-quiet', click: more }, `Add ${table.name}`)
  const rows = createRows(table, options, add)
  const { element: error, blame } = blamer(id, rows.controls)
  return {
    name: table.name,
    element: h('fieldset', { class: 'pg-field' }, h('legend', {}, ...head), hint, rows.element, add, error),
    read: () => rows.controls().map(({ value }) => wellFormed(value)),
    write: (values) => {
      rows.element.replaceChildren()
      for (const value of values) rows.add(value)
    },
    blame,
    tell: rows.tell,
    focus: (index = 0) => (rows.controls()[index] ?? add).focus(),
  }
}
