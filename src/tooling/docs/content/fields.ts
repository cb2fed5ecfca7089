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

/** The values that a schema lists, also as alternatives of one value each; undefined where others fit too. */
export function listedValues(
  spec: Spec,
  { enum: values, const: only, oneOf, anyOf }: Schema,
): readonly unknown[] | undefined {
  if (values) return values
  if (only !== undefined) return [only]
  const alternatives = (oneOf ?? anyOf)?.map((one) => listedValues(spec, schemaOf(spec, one)))
  return alternatives?.every((one) => one !== undefined) ? alternatives.flat() : undefined
}

/** `string or integer` in the plural. */
const plural = (type: string): string => type.replaceAll(/(^| or )(\w+)/g, '$1$2s')

/** The schema of the items of a list, or of the values of an object whose fields have any name. */
function itemSchema(spec: Spec, { items, properties, additionalProperties }: Schema): Schema | undefined {
  const values = typeof additionalProperties === 'object' && !properties ? additionalProperties : undefined
  return (items ?? values) && schemaOf(spec, items ?? values)
}

function typeName(spec: Spec, schema: Schema): string {
  const types = [schema.type].flat().filter((name) => name !== undefined)
  const item = itemSchema(spec, schema)
  const itemType = item && typeName(spec, item)
  const named = types.map((type) => {
    const name = type === 'array' ? 'list' : type
    return itemType === undefined || itemType === 'any' || !/^(?:list|object)$/.test(name)
      ? name
      : `${name} of ${plural(itemType)}`
  })
  const values = listedValues(spec, schema)
  const alternatives = (schema.oneOf ?? schema.anyOf ?? []).map((one) => typeName(spec, schemaOf(spec, one)))
  const implied = values?.map((value) => (value === null ? 'null' : typeof value)) ?? alternatives
  return [...new Set(named.length > 0 ? named : implied)].join(' or ') || 'any'
}

/** Limits that every string satisfies. */
const TRIVIAL_LIMITS = ['at least 1 character', 'at least 0 characters']

/** Alternatives that require fields, in words: `at least one of these is required: a, b and c`. */
function requiredAlternatives({ oneOf, anyOf }: Schema): string[] {
  const alternatives = (oneOf ?? anyOf ?? []).map(({ required = [] }) => required)
  if (alternatives.length === 0 || alternatives.some((names) => names.length === 0)) return []
  return [
    `${oneOf ? 'exactly' : 'at least'} one of these is required: ${alternatives.map((names) => names.join(' and ')).join(', ')}`,
  ]
}

/** Limits in words, those of a list's items too. */
export function limitsInWords(spec: Spec, schema: Schema): string[] {
  const values = schema.oneOf || schema.anyOf ? listedValues(spec, schema) : undefined
  const { additionalProperties: others, properties } = schema
  const limits = [
    ...limitPhrases(values ? { ...schema, enum: values } : schema).filter((phrase) => !TRIVIAL_LIMITS.includes(phrase)),
    ...requiredAlternatives(schema),
    ...(properties && typeof others === 'object' ? [`any other field: ${typeName(spec, schemaOf(spec, others))}`] : []),
  ]
  const item = itemSchema(spec, schema)
  if (!item) return limits
  const ofItems = limitsInWords(spec, item)
  return [...limits, ...ofItems.map((phrase) => `${phrase.startsWith('each ') ? 'in each, ' : 'each '}${phrase}`)]
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

/** The ways in which a description may say a limit: `at most 128 KiB`, `one to three groups`. */
function wordings(phrase: string): string[] {
  // Without a unit, the same number may stand for something else.
  if (/(?:^| )-?[\d.]+$/.test(phrase)) return []
  const kib = phrase.replace(/\d+ bytes/, (bytes) => {
    const count = Number.parseInt(bytes, 10)
    return count % KIB === 0 ? `${count / KIB} KiB` : bytes
  })
  const [, range, noun] = /^(\d+ (?:to|or) \d+) (\w+)/.exec(phrase) ?? []
  const inWords = range?.replaceAll(/\d+/g, (digits) => NUMBERS[Number(digits)] ?? digits)
  return [phrase, kib, ...(inWords === undefined ? [] : [`${inWords} ${noun}`, `${noun}, ${inWords} of them`])]
}

/** Whether a text has these words, and not only as a part of longer ones. */
function hasWords(text: string, words: string): boolean {
  const pattern = words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w-])${pattern}(?![\\w-])`, 'iu').test(text)
}

/** Whether a description has each of the values as code. */
const namesAll = (description: string, values: readonly string[]): boolean =>
  values.every((value) => description.includes(`\`${value}\``))

/** The limits of a field that its description does not say already. */
export function unsaidLimits({ limits, description }: Pick<Field, 'limits' | 'description'>): string[] {
  return joinBounds(limits).filter((phrase) => {
    const values = /^one of (.*)$/.exec(phrase)?.[1]?.split(', ')
    if (values) {
      const texts = values.map((value) => value.replace(/^"(.*)"$/, '$1'))
      return !namesAll(description, texts)
    }
    const prefix = /^a known message type, for "(.*?)"/.exec(phrase)?.[1]
    if (prefix) return !namesAll(description, [prefix])
    return !wordings(phrase).some((wording) => hasWords(description, wording))
  })
}

/** What lists, and objects with fields of any name, hold at last. */
function innermost(spec: Spec, schema: Schema): Schema {
  const item = itemSchema(spec, schema)
  return item ? innermost(spec, item) : schema
}

/** A field, by its name and schema. */
export function describeField(spec: Spec, name: string, node: Schema, required: boolean): Field {
  const schema = schemaOf(spec, node)
  const item = itemSchema(spec, schema)
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
    fields: describeFields(spec, innermost(spec, schema)),
  }
}

/** The fields of an object, in the order of the spec. */
export function describeFields(spec: Spec, node: Schema | undefined): Field[] {
  const { properties, required = [] } = schemaOf(spec, node)
  return entries(properties).map(([name, schema]) => describeField(spec, name, schema, required.includes(name)))
}
