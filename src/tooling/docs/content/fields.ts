/**
 * Fields of the spec as the pages tell of them. Descriptions are Markdown, as in the spec.
 *
 * @module
 */
import { type Json, type Schema, schemaOf } from '../../generate/openapi.js'
import { WORDS } from '../../generate/phrases.js'

/** A field of a request or an answer, or a header. */
export interface Field {
  readonly name: string
  /** `string`, `list of strings`, … */
  readonly type: string
  readonly required: boolean
  readonly description: string
  /** What a value must keep to, in words: `at most 64 characters`. */
  readonly limits: readonly string[]
  readonly default: string | undefined
  readonly examples: readonly string[]
  readonly assumptions: readonly string[]
  readonly docs: Link | undefined
  /** Fields of an object, or of the objects of a list. */
  readonly fields: readonly Field[]
}

/** A page elsewhere. */
export interface Link {
  readonly url: string
  readonly words: string
}

/** Names and values. */
export const entries = <T>(object: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(object ?? {})
/** Text without space around it; empty for what is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
/** A description. */
export const said = (node: object | undefined): string => text((node as Json | undefined)?.['description'])
const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The place's own assumption, as a list of none or one. */
export const assumed = (node: object | undefined): string[] =>
  [text((node as Json | undefined)?.['x-assumption'])].filter((one) => one !== '')

/** The page that a place names for more. */
export const link = (node: unknown): Link | undefined => {
  const docs = (node as { externalDocs?: { url: string; description?: string } }).externalDocs
  return docs && { url: docs.url, words: docs.description ?? docs.url }
}

function typeOf(spec: Json, schema: Schema): string {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  const [type = values ? typeof values[0] : 'any'] = [schema.type].flat().filter((one) => one !== undefined)
  if (type !== 'array') return type
  const item = typeOf(spec, schemaOf(spec, schema.items))
  return item === 'any' ? 'list' : `list of ${item}s`
}

/** Limits in words, those of a list's items too. What every string keeps to is not told. */
function limitsOf(spec: Json, schema: Schema): string[] {
  const own = entries(WORDS)
    .filter(([keyword]) => keyword in schema && keyword !== 'additionalProperties')
    .map(([keyword, words]) =>
      words(schema[keyword as `x-${string}`] as never, schema as Readonly<Record<string, unknown>>),
    )
    .filter((words) => words !== 'at least 1 character' && words !== 'at least 0 characters')
  if (!schema.items) return own
  return [...own, ...limitsOf(spec, schemaOf(spec, schema.items)).map((words) => `each ${words}`)]
}

/** A field, by its name and schema. */
export function fieldOf(spec: Json, [name, node]: readonly [string, Schema], required: boolean): Field {
  const schema = schemaOf(spec, node)
  const item = schema.items && schemaOf(spec, schema.items)
  const examples = [...(schema.examples ?? []), schema.example].filter((one) => one !== undefined)
  return {
    name,
    required,
    type: typeOf(spec, schema),
    description: said(schema),
    limits: limitsOf(spec, schema),
    default: schema.default === undefined ? undefined : written(schema.default),
    examples: (examples.length > 0 ? examples : (item?.examples ?? [])).map(written),
    assumptions: [...assumed(schema), ...assumed(item)],
    docs: link(schema),
    fields: fieldsOf(spec, item?.properties ? item : schema),
  }
}

/** The fields of an object, in the order of the spec. */
export function fieldsOf(spec: Json, node: Schema | undefined): Field[] {
  const { properties, required = [] } = schemaOf(spec, node)
  return entries(properties).map((entry) => fieldOf(spec, entry, required.includes(entry[0])))
}
