/**
 * A value that fits a schema, made from its examples, defaults, patterns and limits.
 *
 * @module
 */
import { textsOf } from '../lint/pattern.js'
import { entries, isObject, type Schema, type Spec, schemaOf } from './openapi.js'

/** Deeper than this, a schema holds itself. */
const DEEPEST = 5

/** A plain text that is neither too short nor too long. */
function plainText({ minLength = 0, maxLength = Infinity, 'x-max-bytes': bytes = Infinity }: Schema): string {
  return 'text'.padEnd(minLength, 'x').slice(0, Math.min(maxLength, bytes))
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** True for a value that the keywords of a schema allow, those of its parts aside: an example may come from a wider schema. */
export function allows(schema: Schema, value: unknown): boolean {
  const { const: only = value, enum: choices = [value], pattern, required = [] } = schema
  if (!isSame(only, value) || !choices.some((one) => isSame(one, value))) return false
  if (typeof value === 'number') return isWithin(schema, value)
  if (Array.isArray(value)) return isBetween(schema.minItems, value.length, schema.maxItems)
  if (isObject(value)) return required.every((name) => Object.hasOwn(value, name))
  if (typeof value !== 'string') return true
  return (
    isBetween(schema.minLength, Array.from(value).length, schema.maxLength) &&
    isBetween(0, new TextEncoder().encode(value).length, schema['x-max-bytes']) &&
    (pattern === undefined || new RegExp(pattern, 'u').test(value))
  )
}

const isBetween = (least = 0, value: number, most = Infinity) => value >= least && value <= most

/** The values that a schema names itself and allows, the best first. */
export const namedValues = (schema: Schema): unknown[] => {
  const { example, examples = [], const: only, default: preset, enum: choices = [] } = schema
  const named = [example, ...examples, only, preset, ...choices]
  return named.filter((value) => value !== undefined && allows(schema, value))
}

/** Texts of the pattern; none without a pattern. */
const textsOfPattern = ({ pattern }: Schema): readonly string[] => (pattern === undefined ? [] : textsOf(pattern))

/** Those of them that are as long as they must be. */
const fittingTexts = ({ minLength = 0, maxLength = Infinity, ...schema }: Schema): readonly string[] =>
  textsOfPattern(schema).filter((text) => text.length >= minLength && text.length <= maxLength)

/** A text of the pattern, one that is as long as it must be if there is one; `undefined` without a pattern. */
export const textOfPattern = (schema: Schema): string | undefined =>
  fittingTexts(schema)[0] ?? textsOfPattern(schema)[0]

/** True for a number that the limits of a schema allow. */
function isWithin(schema: Schema, value: number): boolean {
  const { type, minimum = -Infinity, maximum = Infinity, multipleOf } = schema
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema
  const steps = value / (multipleOf ?? 1)
  return (
    value >= minimum &&
    value <= maximum &&
    value > exclusiveMinimum &&
    value < exclusiveMaximum &&
    (type !== 'integer' || Number.isInteger(value)) &&
    (multipleOf === undefined || Math.abs(steps - Math.round(steps)) < 1e-8)
  )
}

/** A number within the limits, a small one where there is a choice. */
function plainNumber(schema: Schema): number {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema
  const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity)
  const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity)
  const step = multipleOf ?? 1
  const first = Math.ceil(Math.max(low, 0) / step) * step
  const inRange = [low + 1, low, first, first + step, (low + high) / 2, Math.ceil(low), Math.floor(high), high - 1]
  const candidates = Number.isFinite(low) ? [...inRange, 1] : [1, ...inRange]
  return candidates.find((value) => Number.isFinite(value) && isWithin(schema, value)) ?? 0
}

/** A text with a number at its end, no longer than it may be. */
function numberedText({ maxLength = Infinity, 'x-max-bytes': bytes = Infinity }: Schema, text: string, i: number) {
  const number = String(i)
  return `${text.slice(0, Math.max(0, Math.min(maxLength, bytes) - number.length))}${number}`
}

/** Values of a schema without alternatives, beside its sample: `count` of them where that many exist. */
function moreValues(schema: Schema, sample: unknown, count: number): readonly unknown[] {
  const { enum: choices, multipleOf = 1, pattern } = schema
  const steps = Array.from({ length: count }, (_, i) => i + 1)
  if (choices || 'const' in schema) return choices ?? []
  if (pattern !== undefined) return fittingTexts(schema)
  if (typeof sample === 'string') return steps.map((i) => numberedText(schema, sample, i))
  if (typeof sample === 'boolean') return [true, false]
  if (typeof sample !== 'number') return []
  const numbers = [...steps, ...steps.map((i) => -i)].map((i) => sample + i * multipleOf)
  return numbers.filter((value) => isWithin(schema, value))
}

/** The references that lead to a schema, including its own. If one appears twice, the schema contains itself. */
export const referencesTo = (above: readonly string[], { $ref }: Schema = {}): readonly string[] =>
  $ref === undefined ? above : [...above, $ref]

/** True for a field, or the items of a list, that would be the same schema again. */
export const isRecursive = (above: readonly string[], { $ref, items }: Schema): boolean =>
  [$ref, items?.$ref].some((one) => one !== undefined && above.includes(one))

/** A list that is as short as it may be, of items that differ where they can. */
function sampleList(spec: Spec, list: Schema, depth: number, above: readonly string[]): unknown[] {
  const { items, minItems = 1, maxItems = Infinity } = list
  const length = Math.min(maxItems, Math.max(1, minItems))
  const schema = schemaOf(spec, items)
  const alternatives = depth < DEEPEST ? (schema.oneOf ?? schema.anyOf ?? []) : []
  const first = sampleOf(spec, items, depth, above)
  const choices = alternatives.map((one) => {
    const joined = schemaOf(spec, { allOf: [schemaWithoutChoice(schema), one] })
    return { choice: joined, sample: sampleOf(spec, joined, depth, above) }
  })
  const all = choices.length > 0 ? choices : [{ choice: schema, sample: first }]
  const values = new Set([first, ...all.map(({ sample }) => sample), ...namedValues(schema)])
  for (const { choice, sample } of length > values.size ? all : []) {
    for (const value of moreValues(choice, sample, length)) values.add(value)
  }
  const different = [...values]
  return Array.from({ length }, (_, i) => different[i % different.length])
}

/**
 * A value that fits.
 *
 * @param above references that lead here
 */
export function sampleOf(spec: Spec, given: Schema | undefined, depth = 0, above: readonly string[] = []): unknown {
  const schema = schemaOf(spec, given)
  const references = referencesTo(above, given)
  const [named] = namedValues(schema)
  if (named !== undefined) return named
  const [alternative] = schema.oneOf ?? schema.anyOf ?? []
  if (alternative && depth < DEEPEST)
    return sampleOf(spec, { allOf: [schemaWithoutChoice(schema), alternative] }, depth + 1, references)
  if (schema.properties && depth < DEEPEST) {
    const wanted = entries(schema.properties).filter(
      ([name, property]) => schema.required?.includes(name) || !isRecursive(references, property),
    )
    return Object.fromEntries(wanted.map(([name, property]) => [name, sampleOf(spec, property, depth + 1, references)]))
  }
  const [type] = [schema.type ?? 'object'].flat()
  switch (type) {
    case 'array':
      return sampleList(spec, schema, depth + 1, references)
    case 'string':
      return textOfPattern(schema) ?? plainText(schema)
    case 'integer':
    case 'number':
      return plainNumber(schema)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

/** A schema without its alternatives, to which one of them is joined. */
export const schemaWithoutChoice = ({ oneOf: _one, anyOf: _any, ...rest }: Schema): Schema => rest
