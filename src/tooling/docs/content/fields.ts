/**
 * Fields of the spec as the pages show them. Descriptions are Markdown, as in the spec.
 *
 * @module
 */
import { type Assumptions, entries, limitPhrases, type Schema, type Spec, schemaOf } from './spec.js'

/** A field of a request or an answer, or a header. */
export interface Field {
  readonly name: string
  /** `string`, `list of strings`, … */
  readonly type: string
  readonly required: boolean
  readonly description: string
  /** What a value must satisfy, in words: `at most 64 characters`. */
  readonly limits: readonly string[]
  readonly default: string | undefined
  readonly examples: readonly string[]
  readonly assumptions: readonly string[]
  readonly docs: Link | undefined
  /** Fields of an object, or of the objects of a list. */
  readonly fields: readonly Field[]
}

/** A link to documentation elsewhere. */
export interface Link {
  readonly url: string
  readonly label: string
}

/** The assumptions of the given nodes, those of them that have some: each claim, and what speaks for it. */
export const assumptionsOf = (...nodes: readonly ({ readonly 'x-assumption'?: Assumptions } | undefined)[]): string[] =>
  nodes.flatMap((node) =>
    Object.values(node?.['x-assumption'] ?? {}).map(({ claim, evidence = '' }) => `${claim} ${evidence}`.trim()),
  )

/** The documentation that a node links to. */
export function externalLink(node: {
  readonly externalDocs?: { readonly url: string; readonly description?: string }
}): Link | undefined {
  const docs = node.externalDocs
  return docs && { url: docs.url, label: docs.description ?? docs.url }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function typeName(spec: Spec, schema: Schema): string {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  const [type = values ? typeof values[0] : 'any'] = [schema.type].flat().filter((name) => name !== undefined)
  if (type !== 'array') return type
  const itemType = typeName(spec, schemaOf(spec, schema.items))
  return itemType === 'any' ? 'list' : `list of ${itemType}s`
}

/** Limits that every string satisfies. */
const TRIVIAL_LIMITS = ['at least 1 character', 'at least 0 characters']

/** Limits in words, those of a list's items too. */
function limitsInWords(spec: Spec, schema: Schema): string[] {
  const limits = limitPhrases(schema).filter((phrase) => !TRIVIAL_LIMITS.includes(phrase))
  if (!schema.items) return limits
  return [...limits, ...limitsInWords(spec, schemaOf(spec, schema.items)).map((phrase) => `each ${phrase}`)]
}

/** A field, by its name and schema. */
export function describeField(spec: Spec, name: string, node: Schema, required: boolean): Field {
  const schema = schemaOf(spec, node)
  const item = schema.items && schemaOf(spec, schema.items)
  const examples = [...(schema.examples ?? []), schema.example].filter((example) => example !== undefined)
  return {
    name,
    required,
    type: typeName(spec, schema),
    description: (schema.description ?? '').trim(),
    limits: limitsInWords(spec, schema),
    default: schema.default === undefined ? undefined : asText(schema.default),
    examples: (examples.length > 0 ? examples : (item?.examples ?? [])).map(asText),
    assumptions: assumptionsOf(schema, item),
    docs: externalLink(schema),
    fields: describeFields(spec, item?.properties ? item : schema),
  }
}

/** The fields of an object, in the order of the spec. */
export function describeFields(spec: Spec, node: Schema | undefined): Field[] {
  const { properties, required = [] } = schemaOf(spec, node)
  return entries(properties).map(([name, schema]) => describeField(spec, name, schema, required.includes(name)))
}
