/**
 * The form of one operation, made from its table.
 *
 * @module
 */
import { mockTables, type OperationId, operations, type Template } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import type { FieldTable, OperationTable } from '../spec-table.js'
import { choice, fill, h } from './dom.js'
import type { Draft } from './draft.js'
import { table } from './embedded-table.js'
import { type Field, type FieldOptions, listField, singleField } from './field.js'

/** A text field takes several lines from here on, in bytes or characters. */
const LONG = 200

/** The form on the page. */
export interface Form {
  readonly element: HTMLElement
  readonly read: () => Pick<Draft, 'fields' | 'headers'>
  readonly write: (draft: Pick<Draft, 'fields' | 'headers'>) => void
  /** Shows each violation at its field; returns those that belong to none. */
  readonly blame: (violations: readonly Violation[]) => Violation[]
  /** Shows what an answer says of each value of a list; nothing of it without one. */
  readonly tell: (answer?: object) => void
  /** Puts the cursor where a violation is; false where that is no field. */
  readonly show: (violation: Violation) => boolean
}

/** A field may be named like a property of every object. */
const own = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined

/** `toGroupId[1]` and `content.name` belong to the field in front. */
const belongs = (field: Field, violation: Violation) =>
  field.name.toLowerCase() === (violation.field.split(/[.[]/)[0] ?? '').toLowerCase()

/** What the receiving client does with a type. */
function told(type: string): string {
  const row = own(table.types, type)
  if (!row) return type === '' ? '' : 'Not one of the predefined types.'
  const does = `${row.counted ? 'Counted as unread' : 'Not counted'}, ${row.stored ? 'stored' : 'not stored'} by the receiving client.`
  return row.status ? `${does} Made for status messages.` : does
}

/** A choice of predefined types beneath the field of the type's name; it fills in the content too. */
function addTypes(type: Field, content: Field | undefined, prefix: string, changed: () => void): () => void {
  const note = h('p', { class: 'pg-hint', id: `${prefix}-types-note` })
  const groups = [
    ['Made for status messages', true],
    ['Other types', false],
  ] as const
  const options = groups.flatMap(([group, status]) =>
    Object.entries(table.types)
      .filter(([, row]) => row.status === status)
      .map(([value]) => ({ value, words: value, group })),
  )
  const none = { value: '', words: 'Put in a predefined type…' }
  const label = `Predefined values of ${type.name}`
  const select = choice({ 'aria-label': label, class: 'pg-types' }, [none, ...options])
  const tell = () => fill(note, told(type.read()[0] ?? ''))
  select.addEventListener('change', () => {
    type.write([select.value])
    const template = table.types[select.value]?.template
    if (template) content?.write([template])
    select.value = ''
    tell()
    changed()
  })
  type.element.append(select, note)
  return tell
}

/** The fields and headers of an operation. */
function fieldsOf(id: OperationId, words: OperationTable, changed: () => void) {
  const { message } = operations[id]
  const long = ({ name, bytes = 0, characters = 0 }: FieldTable) =>
    name === message?.content || Math.max(bytes, characters) > LONG
  const fields = words.fields.map((one) => {
    const kind = mockTables[id].fields[one.name] ?? 'string'
    const options: FieldOptions = { kind, prefix: 'f', long: long(one), changed }
    return kind.endsWith('[]') ? listField(one, options) : singleField(one, options)
  })
  const headers = words.headers.map((one) => singleField(one, { kind: 'string', prefix: 'h', long: false, changed }))
  return { fields, headers }
}

/** An entry of an answer in words, without what only repeats the request. */
function receipt(entry: unknown, template: Template): string {
  if (typeof entry !== 'object' || entry === null) return String(entry)
  const parts = 'object' in template ? template.object : {}
  const told = Object.entries(entry).filter(([name]) => !('value' in (own(parts, name) ?? {})))
  return told.map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ')
}

/** What an answer says of each value of a list of the request. */
function receiptsOf(id: OperationId, answer: object = {}): Map<string, string[]> {
  const { body } = mockTables[id].success
  const notes = new Map<string, string[]>()
  for (const [name, template] of Object.entries(body && 'object' in body ? body.object : {})) {
    const list = own(answer as Record<string, unknown>, name)
    if ('each' in template && Array.isArray(list)) {
      notes.set(
        template.each,
        list.map((entry) => receipt(entry, template.item)),
      )
    }
  }
  return notes
}

/** The fields that hold something. */
const filled = (fields: readonly Field[]): [string, string[]][] =>
  fields.map(({ name, read }): [string, string[]] => [name, read()]).filter(([, values]) => values.length > 0)

/** Shows each violation at its field; returns those that belong to none. */
function blameEach(fields: readonly Field[], violations: readonly Violation[]): Violation[] {
  for (const field of fields) {
    const own = violations.filter((one) => belongs(field, one))
    field.blame(own)
    if (own.length > 0) field.element.closest('details')?.setAttribute('open', '')
  }
  return violations.filter((one) => !fields.some((field) => belongs(field, one)))
}

/** @param changed called after each change of a value */
export function createForm(id: OperationId, words: OperationTable, changed: () => void): Form {
  const { message } = operations[id]
  let tell = () => {}
  const change = () => {
    tell()
    changed()
  }
  const { fields, headers } = fieldsOf(id, words, change)
  const all = [...fields, ...headers]
  const named = (name: string | undefined) => fields.find((field) => field.name === name)
  const type = named(message?.type)
  if (type) tell = addTypes(type, named(message?.content), 'f', change)
  const open = words.headers.some(({ required }) => required)
  const elements = headers.map(({ element }) => element)
  const more = headers.length > 0 && h('details', { class: 'pg-more', open }, h('summary', {}, 'Headers'), ...elements)
  return {
    element: h('div', { class: 'pg-fields' }, ...fields.map(({ element }) => element), more),
    read: () => ({
      fields: Object.fromEntries(filled(fields)),
      headers: Object.fromEntries(filled(headers).map(([name, [value = '']]) => [name, value])),
    }),
    write: (draft) => {
      for (const field of fields) field.write(own(draft.fields, field.name) ?? [])
      for (const field of headers) field.write([own(draft.headers, field.name) ?? ''])
      tell()
    },
    blame: (violations) => blameEach(all, violations),
    tell: (answer) => {
      const notes = receiptsOf(id, answer)
      for (const field of fields) field.tell(notes.get(field.name) ?? [])
    },
    show: (violation) => {
      const field = all.find((one) => belongs(one, violation))
      field?.element.closest('details')?.setAttribute('open', '')
      field?.focus(Number(/\[(\d+)\]/.exec(violation.field)?.[1] ?? 0))
      return field !== undefined
    },
  }
}
