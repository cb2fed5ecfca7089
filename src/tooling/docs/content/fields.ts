/**
 * Fields of the spec as the pages show them. Descriptions are Markdown, as in the spec.
 *
 * @module
 */
import {
  type Assumption,
  type Assumptions,
  entries,
  itemCount,
  limitPhrases,
  type Schema,
  type Spec,
  schemaOf,
} from './spec.js'

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
  readonly assumptions: readonly Unconfirmed[]
  readonly docs: Link | undefined
  /** Fields of an object, or of the objects of a list. */
  readonly fields: readonly Field[]
}

/** A link to documentation elsewhere. */
export interface Link {
  readonly url: string
  readonly label: string
}

/** What is not confirmed, as Markdown. */
export interface Unconfirmed {
  /** The claim, and what speaks for it. */
  readonly text: string
  /** What would settle it. */
  readonly settles: string
}

const unconfirmed = ({ claim, evidence = '', settledBy, unsettled = '' }: Assumption): Unconfirmed => ({
  text: `${claim} ${evidence}`.trim(),
  settles: settledBy ? `\`probe\`: ${settledBy.map((rule) => `\`${rule}\``).join(', ')}` : `Nothing. ${unsettled}`,
})

/** The assumptions of the given nodes, those of them that have some. */
export const assumptionsOf = (
  ...nodes: readonly ({ readonly 'x-assumption'?: Assumptions } | undefined)[]
): Unconfirmed[] => nodes.flatMap((node) => Object.values(node?.['x-assumption'] ?? {}).map(unconfirmed))

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

/** `at least 1 group` and `at most 3 groups` as one: `1 to 3 groups`. */
function joinBounds(limits: readonly string[]): string[] {
  const [least = '', most = ''] = limits
  const lower = /^at least (\d+) /.exec(least)?.[1]
  const upper = /^at most (\d+) (.*)$/.exec(most)
  if (lower === undefined || !upper) return [...limits]
  return [itemCount(Number(lower), Number(upper[1]), upper[2]), ...limits.slice(2)]
}

const KIB = 1024
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** The ways in which a description may say a limit: `at most 128 KiB`, `one to three`. */
function wordings(phrase: string): string[] {
  const kib = phrase.replace(/\d+ bytes/, (bytes) => {
    const count = Number.parseInt(bytes, 10)
    return count % KIB === 0 ? `${count / KIB} KiB` : bytes
  })
  const range = /^\d+ (?:to|or) \d+/.exec(phrase)?.[0]
  const inWords = range?.replaceAll(/\d+/g, (digits) => NUMBERS[Number(digits)] ?? digits)
  return [phrase, kib, ...(inWords === undefined ? [] : [inWords])]
}

/** Whether a description has each of the values as code. */
const namesAll = (description: string, values: readonly string[]): boolean =>
  values.every((value) => description.includes(`\`${value}`))

/** The limits of a field that its description does not say already. */
export function unsaidLimits({ limits, description }: Pick<Field, 'limits' | 'description'>): string[] {
  return joinBounds(limits).filter((phrase) => {
    const values = /^one of (.*)$/.exec(phrase)?.[1]?.split(', ')
    if (values)
      return !namesAll(
        description,
        values.map((value) => value.replace(/^"(.*)"$/, '$1')),
      )
    const prefix = /^a known message type, for "(.*?)"/.exec(phrase)?.[1]
    if (prefix) return !namesAll(description, [prefix])
    return !wordings(phrase).some((wording) => description.includes(wording))
  })
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
