/**
 * What the playground knows of the spec in addition to the package's own tables: texts, limits, examples.
 *
 * Made at build time, and embedded in the script as one constant.
 *
 * @module
 */
import { describeSigning } from '../content/api.js'
import { type Field, listedValues } from '../content/fields.js'
import { type ApiOperation, codeOf, describeOperations, type MessageType } from '../content/operations.js'
import { operationsOf, type Schema, type Spec, sampleOf, schemaOf } from '../content/spec.js'
import { markdownInline } from '../html.js'
import { type SampleTemplate, templateOf } from './sample-templates.js'

/** A form field or a header. */
export interface FieldTable {
  readonly name: string
  readonly required: boolean
  /** First sentence of its description, as HTML. */
  readonly hint: string
  /** What a value must satisfy, in words. */
  readonly limits: readonly string[]
  /** The values that it may have, where they are few. */
  readonly choices?: readonly string[]
  readonly default?: string
  /** Longest value, in characters or bytes. */
  readonly maxCharacters?: number
  readonly maxBytes?: number
  /** Filled in when no example of the operation has the field; one text for each value. */
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
  /** Programs of other languages that make the call. */
  readonly samples: readonly SampleTemplate[]
}

/** A predefined message type. */
export interface MessageTypeTable {
  readonly counted: boolean
  readonly stored: boolean
  /** Made for status messages. */
  readonly status: boolean
  /** JSON of its schema's examples; empty where the schema names no field. */
  readonly template: string
}

/** All of it. */
export interface SpecTable {
  /** Name of the package that the code samples import. */
  readonly package: string
  readonly operations: readonly OperationTable[]
  readonly types: Readonly<Record<string, MessageTypeTable>>
}

/** The texts of a form field, one for each value. */
function formTexts(value: unknown): string[] {
  if (value === undefined) return []
  return [value].flat().map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item)))
}

const firstSentence = (markdown: string): string =>
  markdownInline(/^[\s\S]*?[.!?](?=\s|$)/.exec(markdown)?.[0] ?? markdown)

/** The values of a schema that has few of them. */
function choicesOf(spec: Spec, schema: Schema): readonly unknown[] | undefined {
  return listedValues(spec, schema) ?? (schema.type === 'boolean' ? [true, false] : undefined)
}

/** Limits that the control itself shows: its choices, its counter, that it is required. */
const SHOWN_BY_CONTROL = /^(one of |a known |at least 1 |at most \d+ (characters?|bytes?)\b)/

function fieldTable(spec: Spec, field: Field, node: Schema | undefined): FieldTable {
  const schema = schemaOf(spec, node)
  const valueSchema = schema.items ? schemaOf(spec, schema.items) : schema
  const choices = choicesOf(spec, valueSchema)
  const { maxLength, 'x-max-bytes': maxBytes } = valueSchema
  return {
    name: field.name,
    required: field.required,
    hint: firstSentence(field.description),
    limits: field.limits.filter((limit) => !SHOWN_BY_CONTROL.test(limit)),
    ...(choices && { choices: choices.map(String) }),
    ...(field.default !== undefined && { default: field.default }),
    ...(maxLength !== undefined && { maxCharacters: maxLength }),
    ...(maxBytes !== undefined && { maxBytes }),
    example: formTexts(sampleOf(spec, schema)),
  }
}

const exampleTables = ({ examples }: ApiOperation): ExampleTable[] =>
  examples.map(({ name, summary, description, value }) => ({
    name,
    summary,
    hint: markdownInline(description),
    fields: Object.fromEntries(Object.entries(value ?? {}).map(([field, content]) => [field, formTexts(content)])),
  }))

/** Languages that the package's own client and curl serve: their samples are written without a template. */
const WITHOUT_TEMPLATE = /^(shell|typescript|javascript)$/i

/**
 * The samples of an operation as templates. An operation without samples takes those of another operation with the same method,
 * since only path, fields and headers differ.
 */
function sampleTemplates(spec: Spec, operation: ApiOperation, all: readonly ApiOperation[]): SampleTemplate[] {
  const { headers = [], signature } = describeSigning(spec) ?? {}
  const header = headers.find(({ id }) => id === signature)?.header
  const owner = [operation, ...all].find(({ samples, method }) => samples.length > 0 && method === operation.method)
  if (header === undefined || !owner) return []
  return owner.samples
    .filter(({ lang }) => !WITHOUT_TEMPLATE.test(lang))
    .map((sample) => templateOf(sample, owner, header))
    .map((template) => ({ ...template, source: template.source.replaceAll(owner.path, operation.path) }))
}

function answerTables(spec: Spec, { success, errors }: ApiOperation): AnswerTable[] {
  const accepted = success.examples.map(({ name, summary, value }) => {
    const code = codeOf(spec, value)
    return { name, summary, status: Number(success.status), code: code === undefined ? undefined : Number(code) }
  })
  const refused = errors.map(({ name, summary, status, code }) => ({ name, summary, status, code: Number(code) }))
  return [...accepted, ...refused]
}

function operationTable(spec: Spec, operation: ApiOperation, all: readonly ApiOperation[]): OperationTable {
  const { form, headers = [] } = operationsOf(spec).find(({ id }) => id === operation.id) ?? {}
  const { properties = {} } = schemaOf(spec, form)
  const headerSchema = (name: string) => headers.find((header) => header.name === name)?.schema
  return {
    id: operation.id,
    summary: operation.summary,
    fields: operation.fields.map((field) => fieldTable(spec, field, properties[field.name])),
    headers: operation.headers.map((header) => fieldTable(spec, header, headerSchema(header.name))),
    examples: exampleTables(operation),
    answers: answerTables(spec, operation),
    samples: sampleTemplates(spec, operation, all),
  }
}

const messageTypeTable = ({ counted, stored, status, example = '' }: MessageType): MessageTypeTable => ({
  counted,
  stored,
  status,
  template: example,
})

/** The table of a bundled spec. */
export function tableOf(spec: Spec, packageName: string): SpecTable {
  const operations = describeOperations(spec)
  const types = operations.flatMap(({ messageTypes }) => messageTypes)
  return {
    package: packageName,
    operations: operations.map((operation) => operationTable(spec, operation, operations)),
    types: Object.fromEntries(types.map((type) => [type.name, messageTypeTable(type)])),
  }
}
