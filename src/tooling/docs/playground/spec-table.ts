/**
 * What the playground knows of the spec beside the package's own tables: words, limits, examples. Made at build time,
 * handed to the page as one constant.
 *
 * @module
 */
import { type Json, operationsOf, type Schema, schemaOf } from '../../generate/openapi.js'
import { exampleOf } from '../content/examples.js'
import { type Call, callsOf } from '../content/operations.js'
import { line } from '../html.js'

/** A form field or a header. */
export interface FieldTable {
  readonly name: string
  readonly required: boolean
  /** First sentence of its description, as HTML. */
  readonly hint: string
  /** What it must keep to, in words. */
  readonly limits: readonly string[]
  /** The values it may have, where they are few. */
  readonly choices?: readonly string[]
  readonly default?: string
  /** Most characters and bytes of one value. */
  readonly characters?: number
  readonly bytes?: number
  /** What it is filled with when no example of the operation names it; texts, one for each value. */
  readonly example: readonly string[]
}

/** A named example of a request. */
export interface ExampleTable {
  readonly name: string
  readonly summary: string
  readonly hint: string
  readonly fields: Readonly<Record<string, readonly string[]>>
}

/** A named example of an answer. */
export interface AnswerTable {
  readonly name: string
  readonly summary: string
  readonly status: number
  readonly code: number | undefined
}

/** One operation. */
export interface OperationTable {
  readonly id: string
  readonly summary: string
  readonly fields: readonly FieldTable[]
  readonly headers: readonly FieldTable[]
  readonly examples: readonly ExampleTable[]
  readonly answers: readonly AnswerTable[]
}

/** A predefined message type. */
export interface TypeTable {
  readonly counted: boolean
  readonly stored: boolean
  /** Made for status messages. */
  readonly status: boolean
  /** JSON of its schema's examples; empty where the schema names no field. */
  readonly template: string
}

/** All of it. */
export interface Table {
  /** Name of the package that the code views import. */
  readonly package: string
  readonly operations: readonly OperationTable[]
  readonly types: Readonly<Record<string, TypeTable>>
}

/** A value as the text of a form field. */
const texts = (value: unknown): string[] =>
  value === undefined ? [] : [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))

const sentence = (description: unknown): string =>
  line(/^[\s\S]*?[.!?](?=\s|$)/.exec(String(description ?? ''))?.[0] ?? description)

/** The values of a schema that has few of them. */
function choicesOf(spec: Json, schema: Schema): readonly unknown[] | undefined {
  const alternatives = schema.oneOf?.map((one) => schemaOf(spec, one).const)
  if (alternatives?.every((value) => value !== undefined)) return alternatives
  return schema.enum ?? (schema.type === 'boolean' ? [true, false] : undefined)
}

/** Words that would only repeat what the control shows: its choices, its counter, that it must be there. */
const SILENT = /^(one of |a known |at least 1 |at most \d+ (characters?|bytes?)\b)/

function fieldOf(spec: Json, field: Call['fields'][number], given: Schema | undefined): FieldTable {
  const { name, required } = field
  const schema = schemaOf(spec, given)
  const one = (schema.items ? schemaOf(spec, schema.items) : schema) as Schema & { maxLength?: number }
  const choices = choicesOf(spec, one)
  const bytes = one['x-max-bytes'] as number | undefined
  return {
    name,
    required,
    hint: sentence(field.description),
    limits: field.limits.filter((words) => !SILENT.test(words)),
    ...(choices && { choices: choices.map(String) }),
    ...(field.default !== undefined && { default: field.default }),
    ...(one.maxLength !== undefined && { characters: one.maxLength }),
    ...(bytes !== undefined && { bytes }),
    example: texts(exampleOf(spec, schema) ?? field.examples[0]),
  }
}

const examplesOf = ({ examples }: Call): ExampleTable[] =>
  examples.map(({ name, summary, description, value }) => ({
    name,
    summary,
    hint: line(description),
    fields: Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [key, texts(one)])),
  }))

function answersOf({ success, failures }: Call): AnswerTable[] {
  const good = success.examples.map(({ name, summary, value }) => {
    const { code } = (value ?? {}) as { code?: number }
    return { name, summary, status: Number(success.status), code }
  })
  return [
    ...good,
    ...failures.map(({ name, summary, status, code }) => ({ name, summary, status, code: Number(code) })),
  ]
}

function operationOf(spec: Json, call: Call): OperationTable {
  const operation = operationsOf(spec).find(({ id }) => id === call.id)
  const { properties } = schemaOf(spec, operation?.form)
  const fields = call.fields.map((field) => fieldOf(spec, field, properties?.[field.name]))
  const headers = call.headers.map((field) =>
    fieldOf(spec, field, operation?.headers.find(({ name }) => name === field.name)?.schema),
  )
  return {
    id: call.id,
    summary: call.summary,
    fields,
    headers,
    examples: examplesOf(call),
    answers: answersOf(call),
  }
}

/** The table of a bundled spec. */
export function tableOf(spec: Json, name: string): Table {
  const calls = callsOf(spec)
  const types = calls.flatMap((call) => call.types)
  const row = ({ counted, stored, status, example = '' }: Call['types'][number]): TypeTable => ({
    counted,
    stored,
    status,
    template: example,
  })
  return {
    package: name,
    operations: calls.map((call) => operationOf(spec, call)),
    types: Object.fromEntries(types.map((type) => [type.name, row(type)])),
  }
}
