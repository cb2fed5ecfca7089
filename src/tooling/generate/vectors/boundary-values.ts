/**
 * Values at the boundary of each rule of a schema: by keyword and by type, what just keeps the rule and what just breaks it.
 *
 * @module
 */
import { recipeOf, textsOf } from '../../lint/pattern.js'
import type { Schema } from '../openapi.js'

/** A change to a value. */
export interface BoundaryValue {
  /** What the value is: `33 characters`. */
  readonly label: string
  /** Whether the result keeps the rule. */
  readonly fits: boolean
  /** Values to choose from: other rules of the same schema may forbid some of them. */
  readonly values: readonly unknown[]
}

type BoundaryValues = (schema: Schema, sample: unknown) => readonly BoundaryValue[]

const fitting = (label: string, ...values: unknown[]): BoundaryValue => ({ label, fits: true, values })
const breaking = (label: string, ...values: unknown[]): BoundaryValue => ({ label, fits: false, values })

const count = (number: number, unit = 'item') => `${number} ${unit}${number === 1 ? '' : 's'}`

/** Texts of a given number of characters: one for each repeated character, then the sample cut or filled. */
function textsOfLength(length: number, sample: unknown): string[] {
  const plain = ['x', '1', 'A', '/', '-'].map((one) => one.repeat(length))
  if (typeof sample !== 'string' || sample === '') return plain
  return [...plain, sample.slice(0, length).padEnd(length, sample.at(-1))]
}

/** Texts of a given number of UTF-8 bytes, made of characters of three bytes. */
const wideText = (bytes: number) => '中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3)

/** Texts that are likely to be none of those that are wanted. */
export const OTHER_TEXTS: readonly string[] = [
  '~other~',
  ' ',
  'a b',
  '中',
  'Other',
  'other',
  '0',
  '-1',
  '{}',
  '',
  'a\nb',
]

/** Texts as long as a sample that differ from it in one letter, for a pattern beside limits of the length. */
const nearMisses = (sample: unknown): string[] =>
  typeof sample === 'string' && sample !== ''
    ? ['~', '0', 'x'].flatMap((letter) => [letter + sample.slice(1), sample.slice(0, -1) + letter])
    : []

/** The next number beyond another, upwards (`1`) or downwards (`-1`): where adding 1 changes nothing, twice as far from 0. */
const beyond = (limit: number, sign: 1 | -1): number =>
  limit + sign === limit ? limit + sign * Math.abs(limit) : limit + sign

/** Values of the same type that are not among these. */
function otherValues(values: readonly unknown[]): unknown[] {
  const numbers = values.filter((value) => typeof value === 'number')
  const candidates: unknown[] = values.some((value) => typeof value === 'boolean') ? [true, false] : []
  if (numbers.length > 0) candidates.push(beyond(Math.max(...numbers), 1), beyond(Math.min(...numbers), -1))
  if (candidates.length === 0) candidates.push(...OTHER_TEXTS)
  return candidates.filter((value) => !values.includes(value))
}

/**
 * A fraction just beyond a bound, where the schema has fractions: a receiver that rounds takes it for the bound.
 *
 * @param make `breaking` for a bound that may be reached, `fitting` for one that must not
 */
function fraction({ type, multipleOf = 0.25 }: Schema, limit: number, sign: 1 | -1, make: typeof breaking) {
  const near = limit + sign * multipleOf
  const isFraction = [type].flat().includes('number') && !Number.isInteger(multipleOf) && near !== limit
  return isFraction ? [make(`${near}`, near)] : []
}

/** A bound that may be reached, and what is beyond it. */
const lastAndBeyond = (schema: Schema, limit: number, sign: 1 | -1): BoundaryValue[] => [
  fitting(`${limit}`, limit),
  breaking(`${beyond(limit, sign)}`, beyond(limit, sign)),
  ...fraction(schema, limit, sign, breaking),
]

/** The nth text of a pattern, counted like a number whose digits are the pattern's. */
function nthText(pattern: string, text: string, n: number): string {
  let rest = n
  const parts = recipeOf(pattern, text)
    .toReversed()
    .map((part) => {
      if (typeof part === 'string') return part
      const letters = Array.from({ length: part.length }, () => {
        const letter = part.alphabet.charAt(rest % part.alphabet.length)
        rest = Math.floor(rest / part.alphabet.length)
        return letter
      })
      return letters.reverse().join('')
    })
  return parts.reverse().join('')
}

/** A list of `length` items, made from a sample. */
const listOf = (sample: readonly unknown[], length: number): unknown[] =>
  Array.from({ length }, (_, i) => {
    const [first] = sample
    if (sample[i] !== undefined) return sample[i]
    if (typeof first === 'number') return first + i
    return typeof first === 'string' ? `${first}${i}` : first
  })

/** Lists of a given length, made in several ways: the schema of the items decides which of them fits. */
function listsOfLength(sample: unknown, length: number, { items = {} }: Schema): unknown[][] {
  const given: readonly unknown[] = Array.isArray(sample) ? sample : []
  const [first] = given
  const { enum: choices, pattern } = items
  const ways: ((i: number) => unknown)[] = [() => first]
  if (choices) ways.push((i) => choices[i % choices.length])
  if (pattern !== undefined) {
    const texts = textsOf(pattern)
    const [text] = typeof first === 'string' ? [first] : texts
    if (text !== undefined) ways.push((i) => nthText(pattern, text, i))
    if (texts.length > 0) ways.push((i) => texts[i % texts.length])
  }
  if (typeof first === 'number')
    ways.push(
      (i) => first - i,
      (i) => first + i * (items.multipleOf ?? 1),
    )
  if (typeof first === 'string') ways.push((i) => `${first.slice(0, -`${i}`.length)}${i}`)
  return [listOf(given, length), ...ways.map((way) => Array.from({ length }, (_, i) => way(i)))]
}

const MAX_CHARACTERS = 5_000_000
const MAX_ITEMS = 100_000

/** The largest limits of which a value is made. What has a larger one is not tested. */
export const LARGEST_LIMITS: Readonly<Record<string, number>> = {
  minLength: MAX_CHARACTERS,
  maxLength: MAX_CHARACTERS,
  'x-max-bytes': MAX_CHARACTERS,
  minItems: MAX_ITEMS,
  maxItems: MAX_ITEMS,
  minProperties: MAX_ITEMS,
  maxProperties: MAX_ITEMS,
}

/** By keyword: what just keeps the rule, and what just breaks it. */
export const BY_KEYWORD: Readonly<Record<string, BoundaryValues>> = {
  minLength: ({ minLength: limit = 0 }, sample) => {
    if (limit < 1) return [fitting('an empty text', '')]
    const label = limit === 1 ? 'an empty text' : count(limit - 1, 'character')
    return [
      fitting(count(limit, 'character'), ...textsOfLength(limit, sample)),
      breaking(label, ...textsOfLength(limit - 1, sample)),
    ]
  },
  maxLength: ({ maxLength: limit = 0 }, sample) => [
    fitting(count(limit, 'character'), ...textsOfLength(limit, sample)),
    fitting(`${count(limit, 'character')} of four bytes each`, '😀'.repeat(limit)),
    breaking(count(limit + 1, 'character'), ...textsOfLength(limit + 1, sample)),
    breaking(`${count(limit + 1, 'character')} of three bytes each`, '中'.repeat(limit + 1)),
  ],
  'x-max-bytes': ({ 'x-max-bytes': limit = 0 }, sample) => [
    fitting(`${limit} bytes of ASCII`, ...textsOfLength(limit, sample)),
    fitting(`${limit} bytes of CJK`, wideText(limit)),
    breaking(`${limit + 1} bytes of ASCII`, ...textsOfLength(limit + 1, sample)),
    breaking(`${limit + 1} bytes of CJK`, wideText(limit + 1)),
  ],
  pattern: ({ pattern = '' }, sample) => [
    fitting('text of the pattern', sample, ...textsOf(pattern)),
    breaking('text of another pattern', ...OTHER_TEXTS, ...nearMisses(sample)),
  ],
  enum: ({ enum: values = [] }) => [
    ...values.map((value) => fitting(JSON.stringify(value), value)),
    breaking('another value', ...otherValues(values)),
  ],
  const: ({ const: value }) => [
    fitting(JSON.stringify(value), value),
    breaking('another value', ...otherValues([value])),
  ],
  minimum: (schema) => lastAndBeyond(schema, schema.minimum ?? 0, -1),
  maximum: (schema) => lastAndBeyond(schema, schema.maximum ?? 0, 1),
  exclusiveMinimum: (schema) => {
    const { exclusiveMinimum: limit = 0 } = schema
    const more = fitting(`more than ${limit}`, beyond(limit, 1), limit + 0.5)
    return [more, ...fraction(schema, limit, 1, fitting), breaking(`${limit}`, limit)]
  },
  exclusiveMaximum: (schema) => {
    const { exclusiveMaximum: limit = 0 } = schema
    const less = fitting(`less than ${limit}`, beyond(limit, -1), limit - 0.5)
    return [less, ...fraction(schema, limit, -1, fitting), breaking(`${limit}`, limit)]
  },
  multipleOf: ({ multipleOf: divisor = 1 }, sample) => {
    const near = typeof sample === 'number' ? Math.floor(sample / divisor) * divisor : 0
    return [
      fitting(`a multiple of ${divisor}`, divisor, 2 * divisor, 0, sample),
      breaking(`no multiple of ${divisor}`, divisor + 1, 1.5 * divisor, near + 1, near + divisor / 2),
    ]
  },
  minItems: (schema, sample) => {
    const { minItems: limit = 0 } = schema
    const enough = fitting(count(limit), ...listsOfLength(sample, limit, schema))
    return limit > 1 ? [enough, breaking(count(limit - 1), ...listsOfLength(sample, limit - 1, schema))] : [enough]
  },
  maxItems: (schema, sample) => {
    const { maxItems: limit = 0 } = schema
    return [
      fitting(count(limit), ...listsOfLength(sample, limit, schema)),
      breaking(count(limit + 1), ...listsOfLength(sample, limit + 1, schema)),
    ]
  },
  uniqueItems: ({ uniqueItems, maxItems = Infinity }, sample) => {
    if (!uniqueItems || !Array.isArray(sample)) return []
    const [first] = sample
    return [breaking('an item twice', [...sample, first].slice(-maxItems), [first, first])]
  },
  minProperties: ({ minProperties: limit = 0 }) => (limit < 1 ? [] : [breaking(count(limit - 1, 'field'), {})]),
  maxProperties: ({ maxProperties: limit = 0 }) => [
    breaking(
      count(limit + 1, 'field'),
      Object.fromEntries(Array.from({ length: limit + 1 }, (_, i) => [`unlisted${i}`, 'x'])),
    ),
  ],
  'x-reserved-prefix': ({ 'x-reserved-prefix': prefix = '' }) => [
    breaking(`an unknown name that begins with ${prefix}`, `${prefix}Unknown`, prefix),
    fitting(`a name that begins like ${prefix}, in another case`, `${prefix.toLowerCase()}Unknown`),
    fitting(`a name that has ${prefix} inside`, `x${prefix}x`),
  ],
}

/** In a form, where every value is text. */
export const BY_FORM_TYPE: Readonly<Record<string, readonly BoundaryValue[]>> = {
  // A sender that trims or normalises the text sends a different one.
  string: [fitting('spaces around it', ' a '), fitting('a letter of two code points', 'e\u0301')],
  integer: [
    breaking('a fraction', 1.5),
    breaking('words', 'other'),
    breaking('a hexadecimal number', '0x1'),
    breaking('an exponent', '1e0'),
    breaking('an empty text', ''),
  ],
  number: [breaking('words', 'other'), breaking('a hexadecimal number', '0x1'), breaking('an empty text', '')],
  boolean: [fitting('true', true), fitting('false', false), breaking('words', 'other'), breaking('1', '1')],
}

/** Inside JSON, where a number is no text. */
export const BY_JSON_TYPE: Readonly<Record<string, readonly BoundaryValue[]>> = {
  string: [breaking('a number', 1)],
  integer: [breaking('a text', '1'), breaking('a fraction', 1.5)],
  number: [breaking('a text', '1')],
  boolean: [breaking('a text', 'true')],
  array: [breaking('an object', {})],
  object: [breaking('a list', [])],
}

/** A value of each type. */
const OF_TYPE: Readonly<Record<string, unknown>> = {
  string: 'text',
  integer: 1,
  number: 1.5,
  boolean: true,
  array: [],
  object: {},
  null: null,
}

/** For a JSON value that may have several types: values of all the other types. */
export function otherTypes(types: readonly string[]): BoundaryValue {
  const taken = types.includes('number') ? [...types, 'integer'] : types
  const others = Object.keys(OF_TYPE).filter((type) => !taken.includes(type))
  return breaking('a value of another type', ...others.map((type) => OF_TYPE[type]))
}
