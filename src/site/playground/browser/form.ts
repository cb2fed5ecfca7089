/**
 * The form of one operation, made from its table.
 *
 * @module
 */
import { type OperationId, operations, standIn } from '../../../contract.js'
import type { Breach } from '../../../errors.js'
import type { FieldTable, OperationTable } from '../table.js'
import type { Draft } from './call.js'
import { choice, fill, h } from './element.js'
import { type Field, type FieldOptions, listField, singleField } from './field.js'
import { table } from './known.js'

/** A text field takes several lines from here on, in bytes or characters. */
const LONG = 200

/** The form on the page. */
export interface Form {
  readonly element: HTMLElement
  readonly read: () => Pick<Draft, 'fields' | 'headers'>
  readonly write: (draft: Pick<Draft, 'fields' | 'headers'>) => void
  /** Shows each breach at its field; returns those that belong to none. */
  readonly blame: (breaches: readonly Breach[]) => Breach[]
  /** Puts the cursor where a breach is; false where that is no field. */
  readonly show: (breach: Breach) => boolean
}

/** `toGroupId[1]` and `content.name` belong to the field in front. */
const belongs = (field: Field, breach: Breach) =>
  field.name.toLowerCase() === (breach.field.split(/[.[]/)[0] ?? '').toLowerCase()

/** What the receiving client does with a type. */
function told(type: string): string {
  const row = Object.hasOwn(table.types, type) ? table.types[type] : undefined
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

function fieldOf(words: FieldTable, options: FieldOptions): Field {
  return options.kind.endsWith('[]') ? listField(words, options) : singleField(words, options)
}

/** @param changed called after each change of a value */
export function createForm(id: OperationId, words: OperationTable, changed: () => void): Form {
  const { message } = operations[id]
  let tell: () => void = () => {}
  const change = () => {
    tell()
    changed()
  }
  const long = ({ name, bytes = 0, characters = 0 }: FieldTable) =>
    name === message?.content || Math.max(bytes, characters) > LONG
  const make = (prefix: string, kind: FieldOptions['kind'], one: FieldTable) =>
    fieldOf(one, { kind, prefix, long: prefix === 'f' && long(one), changed: change })
  const fields = words.fields.map((one) => make('f', standIn[id].fields[one.name] ?? 'string', one))
  const headers = words.headers.map((one) => make('h', 'string', one))
  const all = [...fields, ...headers]
  const type = fields.find(({ name }) => name === message?.type)
  if (type)
    tell = addTypes(
      type,
      fields.find(({ name }) => name === message?.content),
      'f',
      change,
    )
  const headerGroup =
    headers.length > 0 &&
    h(
      'details',
      { class: 'pg-more', open: words.headers.some(({ required }) => required) },
      h('summary', {}, 'Headers'),
      ...headers.map(({ element }) => element),
    )
  return {
    element: h('div', { class: 'pg-fields' }, ...fields.map(({ element }) => element), headerGroup),
    read: () => {
      const read = (from: Field[]) =>
        from.map(({ name, read }) => [name, read()] as const).filter(([, values]) => values.length > 0)
      return {
        fields: Object.fromEntries(read(fields)),
        headers: Object.fromEntries(read(headers).map(([name, [value = '']]) => [name, value])),
      }
    },
    write: (draft) => {
      for (const field of fields) field.write(draft.fields[field.name] ?? [])
      for (const field of headers) field.write([draft.headers[field.name] ?? ''])
      tell()
    },
    blame: (breaches) => {
      for (const field of all) field.blame(breaches.filter((one) => belongs(field, one)))
      return breaches.filter((one) => !all.some((field) => belongs(field, one)))
    },
    show: (breach) => {
      const field = all.find((one) => belongs(one, breach))
      field?.element.closest('details')?.setAttribute('open', '')
      field?.focus(Number(/\[(\d+)\]/.exec(breach.field)?.[1] ?? 0))
      return field !== undefined
    },
  }
}
