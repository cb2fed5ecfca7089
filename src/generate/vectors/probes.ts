/**
 * Probes of a schema: for each of its rules a value that just keeps it and one that just breaks it.
 *
 * @module
 */
import { type Recipe, recipeOf } from '../pattern.js'
import { type Json, type Schema, SpecError, schemaOf } from '../spec.js'

/** In place of a value: the field is left out. */
export const ABSENT: unique symbol = Symbol('absent')

/** One change to a good value, and whether the result still fits. */
export interface Probe {
  readonly path: readonly (string | number)[]
  /** The keyword that is probed. */
  readonly keyword: string
  /** What the value is: `33 characters`. */
  readonly label: string
  /** Values to choose from: other rules of the same schema may forbid some of them. */
  readonly values: readonly unknown[]
  readonly fits: boolean
}

type Row = readonly [label: string, fits: boolean, ...values: unknown[]]
type Rows = (limit: never, schema: Schema, sample: unknown) => readonly Row[]

/** Texts of so many characters, each made of another one. */
const texts = (length: number) => ['x', '1', 'A', '/', '-'].map((one) => one.repeat(length))
/** Texts of so many bytes of UTF-8, of characters of three bytes. */
const wide = (bytes: number) => ['中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3)]

const filled = (recipe: Recipe) =>
  recipe.map((part) => (typeof part === 'string' ? part : part.alphabet.charAt(0).repeat(part.length))).join('')

function matching(pattern: string): string[] {
  try {
    return [filled(recipeOf(pattern))]
  } catch (error) {
    if (error instanceof SpecError) return []
    throw error
  }
}

const OTHERS = ['~other~', ' ', 'a b', '中', 'Other', 'other', '0', '-1', '{}']
const list = (sample: unknown, length: number) =>
  Array.from({ length }, (_, i) => {
    const own = (sample as unknown[])[i]
    const first = (sample as unknown[])[0]
    return own ?? (typeof first === 'number' ? first + i : typeof first === 'string' ? `${first}${i}` : first)
  })

/** By keyword: what just keeps the rule, and what just breaks it. */
const ROWS: Readonly<Record<string, Rows>> = {
  minLength: (limit: number) =>
    limit < 1
      ? [['an empty text', true, '']]
      : [
          [count(limit, 'character'), true, ...texts(limit)],
          [limit === 1 ? 'an empty text' : count(limit - 1, 'character'), false, ...texts(limit - 1)],
        ],
  maxLength: (limit: number) => [
    [count(limit, 'character'), true, ...texts(limit)],
    [`${count(limit, 'character')} of four bytes each`, true, '😀'.repeat(limit)],
    [count(limit + 1, 'character'), false, ...texts(limit + 1)],
    [`${count(limit + 1, 'character')} of three bytes each`, false, '中'.repeat(limit + 1)],
  ],
  'x-max-bytes': (limit: number) => [
    [`${limit} bytes of ASCII`, true, ...texts(limit)],
    [`${limit} bytes of CJK`, true, ...wide(limit)],
    [`${limit + 1} bytes of ASCII`, false, ...texts(limit + 1)],
    [`${limit + 1} bytes of CJK`, false, ...wide(limit + 1)],
  ],
  pattern: (pattern: string) => [
    ['text of the pattern', true, ...matching(pattern)],
    ['text of another pattern', false, ...OTHERS],
  ],
  enum: (values: readonly unknown[]) => [
    ...values.map((value): Row => [JSON.stringify(value), true, value]),
    ['another value', false, ...others(values)],
  ],
  const: (value: unknown) => [
    [JSON.stringify(value), true, value],
    ['another value', false, ...others([value])],
  ],
  minimum: (limit: number) => [
    [`${limit}`, true, limit],
    [`${limit - 1}`, false, limit - 1],
  ],
  maximum: (limit: number) => [
    [`${limit}`, true, limit],
    [`${limit + 1}`, false, limit + 1],
  ],
  exclusiveMinimum: (limit: number) => [
    [`more than ${limit}`, true, limit + 1, limit + 0.5],
    [`${limit}`, false, limit],
  ],
  exclusiveMaximum: (limit: number) => [
    [`less than ${limit}`, true, limit - 1, limit - 0.5],
    [`${limit}`, false, limit],
  ],
  multipleOf: (divisor: number) => [
    [`a multiple of ${divisor}`, true, divisor, 2 * divisor, 0],
    [`no multiple of ${divisor}`, false, divisor + 1, 1.5 * divisor],
  ],
  minItems: (limit: number, _, sample) => [
    [count(limit), true, list(sample, limit)],
    ...(limit > 1 ? [[count(limit - 1), false, list(sample, limit - 1)] satisfies Row] : []),
  ],
  maxItems: (limit: number, _, sample) => [
    [count(limit), true, list(sample, limit)],
    [count(limit + 1), false, list(sample, limit + 1)],
  ],
  uniqueItems: (on: boolean, _, sample) =>
    on ? [['an item twice', false, [...(sample as unknown[]), (sample as unknown[])[0]]]] : [],
  'x-reserved-prefix': (prefix: string) => [
    [`an unknown name that begins with ${prefix}`, false, `${prefix}Unknown`, prefix],
    [`a name that begins like ${prefix}, in another case`, true, `${prefix.toLowerCase()}Unknown`],
    [`a name that has ${prefix} inside`, true, `x${prefix}x`],
  ],
}

const count = (number: number, unit = 'item') => `${number} ${unit}${number === 1 ? '' : 's'}`

/** Values of the same type that are not among these. */
function others(values: readonly unknown[]): unknown[] {
  const numbers = values.filter((value) => typeof value === 'number')
  const candidates = numbers.length > 0 ? [Math.max(...numbers) + 1, Math.min(...numbers) - 1] : OTHERS
  return candidates.filter((value) => !values.includes(value))
}

const TYPES: Readonly<Record<string, readonly Row[]>> = {
  integer: [
    ['a fraction', false, 1.5],
    ['words', false, 'other'],
    ['a hexadecimal number', false, '0x1'],
    ['an exponent', false, '1e0'],
    ['an empty text', false, ''],
  ],
  number: [
    ['words', false, 'other'],
    ['a hexadecimal number', false, '0x1'],
    ['an empty text', false, ''],
  ],
  boolean: [
    ['true', true, true],
    ['false', true, false],
    ['words', false, 'other'],
    ['1', false, '1'],
  ],
}

const DEEPEST = 6

/** Inside JSON, where a number is no text. */
const JSON_TYPES: Readonly<Record<string, readonly Row[]>> = {
  string: [['a number', false, 1]],
  integer: [
    ['a text', false, '1'],
    ['a fraction', false, 1.5],
  ],
  number: [['a text', false, '1']],
  boolean: [['a text', false, 'true']],
  array: [['an object', false, {}]],
  object: [['a list', false, []]],
}

/** A plain text that is neither too short nor too long. */
function textOf(schema: Schema): string {
  const { minLength = 0, maxLength, 'x-max-bytes': bytes } = schema as Readonly<Record<string, unknown>>
  const most = Math.min(Number(maxLength ?? Number.POSITIVE_INFINITY), Number(bytes ?? Number.POSITIVE_INFINITY))
  return 'text'.padEnd(Number(minLength), 'x').slice(0, most)
}

/** A value that fits, as far as examples, defaults and limits tell. */
export function sampleOf(spec: Json, given: Schema | undefined, depth = 0): unknown {
  const schema = schemaOf(spec, given)
  const [alternative] = schema.oneOf ?? schema.anyOf ?? []
  const { example, examples = [], const: only, enum: choices = [], default: preset, pattern } = schema
  const told = [example, ...examples, only, preset, ...choices].find((value) => value !== undefined)
  if (told !== undefined) return told
  if (alternative && depth < 5) return sampleOf(spec, alternative, depth + 1)
  if (schema.properties && depth < 5) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, sampleOf(spec, property, depth + 1)]),
    )
  }
  const type = [schema.type ?? 'object'].flat()[0]
  if (type === 'array') {
    const item = sampleOf(spec, schema.items, depth + 1)
    return list([item], Math.max(1, Number(schema.minItems ?? 1)))
  }
  const blank: Readonly<Record<string, unknown>> = { string: textOf(schema), object: {}, boolean: true }
  if (type === 'string' && pattern) return matching(pattern)[0] ?? 'text'
  return blank[type ?? 'object'] ?? Number(schema.minimum ?? schema['exclusiveMinimum' as 'x-'] ?? 0) + 1
}

/** A member of the object's own: a field may be called `constructor`. */
export const ownOf = (object: Readonly<Record<string, unknown>> | undefined, name: string): unknown =>
  object && Object.hasOwn(object, name) ? object[name] : undefined

/**
 * All probes of a schema, outermost first.
 *
 * @param json true inside JSON, false in a form, where every value is text
 * @param sample a value that fits
 */
export function probesOf(
  spec: Json,
  given: Schema | undefined,
  sample: unknown,
  json: boolean,
  path: Probe['path'] = [],
): Probe[] {
  // A schema may hold itself.
  if (path.length > DEEPEST) return []
  const schema = schemaOf(spec, given)
  const probes: Probe[] = []
  const add = (keyword: string, rows: readonly Row[], at = path) => {
    for (const [label, fits, ...values] of rows) probes.push({ path: at, keyword, label, values, fits })
  }
  const [type] = [schema.type ?? []].flat()
  if (json || path.length > 0) add('type', (json ? JSON_TYPES : TYPES)[type ?? ''] ?? [])
  for (const [keyword, rows] of Object.entries(ROWS)) {
    const limit = (schema as Readonly<Record<string, unknown>>)[keyword]
    if (limit !== undefined) add(keyword, rows(limit as never, schema, sample))
  }
  for (const alternative of schema.oneOf ?? schema.anyOf ?? []) {
    for (const probe of probesOf(spec, alternative, sample, json, path)) if (probe.fits) probes.push(probe)
  }
  if (schema.oneOf ?? schema.anyOf) add('oneOf', [['another value', false, ...OTHERS]])
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = [...path, name]
    const required = schema.required?.includes(name) ?? false
    add('required', [[required ? 'left out, and required' : 'left out', !required, ABSENT]], at)
    const own = ownOf(sample as Readonly<Record<string, unknown>> | undefined, name) ?? sampleOf(spec, property)
    probes.push(...probesOf(spec, property, own, json, at))
  }
  if (schema.items && Array.isArray(sample) && sample.length > 0) {
    // The last one: a check of the first alone is a mistake that others have made.
    const at = sample.length - 1
    probes.push(...probesOf(spec, schema.items, sample[at], json, [...path, at]))
  }
  return probes
}
