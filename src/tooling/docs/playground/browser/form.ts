/**
 * The form of one operation, made from its table.
 *
 * @module
 */
import { mockTables, type OperationId, operations, type Template } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import type { Suspicion } from '../../../../mock/suspicions.js'
import type { FieldTable, OperationTable } from '../spec-table.js'
import { h, replaceContent, selectElement } from './dom.js'
import type { Draft } from './draft.js'
import { specTable } from './embedded-table.js'
import { type FieldOptions, type FormField, listField, singleField } from './field.js'

/** A field whose limit, in bytes or characters, is above this one takes several lines. */
const MAX_SINGLE_LINE = 200

/** The form on the page. */
export interface Form {
  readonly element: HTMLElement
  readonly read: () => Pick<Draft, 'fields' | 'headers'>
  readonly fill: (draft: Pick<Draft, 'fields' | 'headers'>) => void
  /** Shows each violation at its field; returns those that belong to none. */
  readonly showViolations: (violations: readonly Violation[]) => Violation[]
  /** Shows each value that is probably a mistake, at its field. */
  readonly showSuspicions: (suspicions: readonly Suspicion[]) => void
  /** Whether a violation is about an empty value that has the cursor. */
  readonly isBeingFilled: (violation: Violation) => boolean
  /** Shows what an answer says of each value of a list; removes it without an answer. */
  readonly showReceipts: (answer?: object) => void
  /** Puts the cursor where a violation is; false when it belongs to no field. */
  readonly focusViolation: (violation: Violation) => boolean
}

/** A field may be named like a property of every object. */
const ownValue = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined

/** `toGroupId[1]` and `content.name` belong to the field whose name comes first. */
function belongsTo(field: FormField, found: Pick<Violation, 'field'>): boolean {
  const [name = ''] = found.field.split(/[.[]/)
  return field.name.toLowerCase() === name.toLowerCase()
}

/** The index in `toGroupId[1]`. */
function indexOf({ field }: Violation): number | undefined {
  const [, index] = /\[(\d+)\]/.exec(field) ?? []
  return index === undefined ? undefined : Number(index)
}

/** What the receiving client does with a message type. */
function typeNote(type: string): string {
  const row = ownValue(specTable.types, type)
  if (!row) return type === '' ? '' : 'Not one of the predefined types.'
  const counted = row.counted ? 'Counted as unread' : 'Not counted'
  const stored = row.stored ? 'stored' : 'not stored'
  return `${counted}, ${stored} by the receiving client.${row.status ? ' Made for status messages.' : ''}`
}

const typeOptions = (group: string, status: boolean) =>
  Object.entries(specTable.types)
    .filter(([, row]) => row.status === status)
    .map(([value]) => ({ value, label: value, group }))

/**
 * Adds a choice of predefined types beneath the field of the message type. It fills in the content, too.
 *
 * @returns updates the note about the type
 */
function addTypeChoice(
  typeField: FormField,
  contentField: FormField | undefined,
  prefix: string,
  onChange: () => void,
): () => void {
  const note = h('p', { class: 'pg-hint', id: `${prefix}-types-note` })
  const select = selectElement({ 'aria-label': `Predefined values of ${typeField.name}`, class: 'pg-types' }, [
    { value: '', label: 'Insert a predefined type…' },
    ...typeOptions('Made for status messages', true),
    ...typeOptions('Other types', false),
  ])
  const updateNote = () => replaceContent(note, typeNote(typeField.values()[0] ?? ''))
  select.addEventListener('change', () => {
    typeField.setValues([select.value])
    const template = specTable.types[select.value]?.template
    if (template) contentField?.setValues([template])
    select.value = ''
    updateNote()
    onChange()
  })
  typeField.element.append(select, note)
  return updateNote
}

/** The fields and headers of an operation. */
function createFields(id: OperationId, table: OperationTable, onChange: () => void) {
  const { message } = operations[id]
  const isMultiline = ({ name, maxBytes = 0, maxCharacters = 0 }: FieldTable) =>
    name === message?.content || Math.max(maxBytes, maxCharacters) > MAX_SINGLE_LINE
  const fields = table.fields.map((field) => {
    const kind = mockTables[id].fields[field.name] ?? 'string'
    const options: FieldOptions = { kind, prefix: 'f', multiline: isMultiline(field), onChange }
    return kind.endsWith('[]') ? listField(field, options) : singleField(field, options)
  })
  const headers = table.headers.map((header) =>
    singleField(header, { kind: 'string', prefix: 'h', multiline: false, onChange }),
  )
  return { fields, headers }
}

/** One entry of an answer's list as text, without what only repeats the request. */
function receiptText(entry: unknown, template: Template): string {
  if (typeof entry !== 'object' || entry === null) return String(entry)
  const parts = template.object ?? {}
  const isNew = (name: string) => !('value' in (ownValue(parts, name) ?? {}))
  return Object.entries(entry)
    .filter(([name]) => isNew(name))
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')
}

/** What an answer says of each value of the request's lists, by the list's name. */
function receiptsOf(id: OperationId, answer: object = {}): Map<string, string[]> {
  const { body } = mockTables[id].success
  const members = new Map<string, unknown>(Object.entries(answer))
  const receipts = new Map<string, string[]>()
  for (const [name, template] of Object.entries(body?.object ?? {})) {
    const list = members.get(name)
    if (template.each !== undefined && Array.isArray(list)) {
      receipts.set(
        template.each,
        list.map((entry) => receiptText(entry, template.item ?? {})),
      )
    }
  }
  return receipts
}

/** The fields that have a value. */
const filledFields = (fields: readonly FormField[]): [name: string, values: string[]][] =>
  fields.map(({ name, values }): [string, string[]] => [name, values()]).filter(([, values]) => values.length > 0)

const openDetails = (field: FormField): void => field.element.closest('details')?.setAttribute('open', '')

/** @param onChange called after each change of a value */
export function createForm(id: OperationId, table: OperationTable, onChange: () => void): Form {
  let updateTypeNote = () => {}
  const handleChange = () => {
    updateTypeNote()
    onChange()
  }
  const { fields, headers } = createFields(id, table, handleChange)
  const all = [...fields, ...headers]
  const { message } = operations[id]
  const findField = (name: string | undefined) => fields.find((field) => field.name === name)
  const typeField = findField(message?.type)
  if (typeField) updateTypeNote = addTypeChoice(typeField, findField(message?.content), 'f', handleChange)
  const open = table.headers.some(({ required }) => required)
  const headerElements = headers.map(({ element }) => element)
  const headerDetails =
    headers.length > 0 && h('details', { class: 'pg-more', open }, h('summary', {}, 'Headers'), ...headerElements)
  return {
    element: h('div', { class: 'pg-fields' }, ...fields.map(({ element }) => element), headerDetails),
    read: () => ({
      fields: Object.fromEntries(filledFields(fields)),
      headers: Object.fromEntries(filledFields(headers).map(([name, [value = '']]) => [name, value])),
    }),
    fill: (draft) => {
      for (const field of fields) field.setValues(ownValue(draft.fields, field.name) ?? [])
      for (const header of headers) header.setValues([ownValue(draft.headers, header.name) ?? ''])
      updateTypeNote()
    },
    showViolations: (violations) => {
      for (const field of all) {
        const ofField = violations.filter((violation) => belongsTo(field, violation))
        field.showViolations(ofField)
        if (ofField.length > 0) openDetails(field)
      }
      return violations.filter((violation) => !all.some((field) => belongsTo(field, violation)))
    },
    showSuspicions: (suspicions) => {
      for (const field of fields) field.showSuspicions(suspicions.filter((found) => belongsTo(field, found)))
    },
    isBeingFilled: (violation) =>
      all.some((field) => belongsTo(field, violation) && field.isBeingFilled(indexOf(violation))),
    showReceipts: (answer) => {
      const receipts = receiptsOf(id, answer)
      for (const field of fields) field.showNotes(receipts.get(field.name) ?? [])
    },
    focusViolation: (violation) => {
      const field = all.find((one) => belongsTo(one, violation))
      if (!field) return false
      openDetails(field)
      field.focus(indexOf(violation))
      return true
    },
  }
}
