/**
 * The rules of a schema as rows: by keyword and by type, what just keeps the rule and what just breaks it.
 *
 * @module
 */

import { type Schema, SpecError } from '../openapi.js'
import { type Recipe, recipeOf } from '../pattern.js'

/** A change to a value: what it is, whether the result still fits, and values to choose from. */
export type Row = readonly [label: string, fits: boolean, ...values: unknown[]]
type Rows = (limit: never, schema: Schema, sample: unknown) => readonly Row[]

/** Texts of so many characters, each made of another one. */
const texts = (length: number) => ['x', '1', 'A', '/', '-'].map((one) => one.repeat(length))
/** Texts of so many bytes of UTF-8, of characters of three bytes. */
const wide = (bytes: number) => ['中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3)]

const filled = (recipe: Recipe) =>
  recipe.map((part) => (typeof part === 'string' ? part : part.alphabet.charAt(0).repeat(part.length))).join('')

/** A text of the pattern; none where no text can be made for it. */
export function matching(pattern: string): string[] {
  try {
    return [filled(recipeOf(pattern))]
  } catch (error) {
    if (error instanceof SpecError) return []
    throw error
  }
}

/** Texts that are likely to be none of those that are wanted. */
export const OTHERS: readonly string[] = ['~other~', ' ', 'a b', '中', 'Other', 'other', '0', '-1', '{}']
/** A list of so many items, made after a sample. */
export const listOf = (sample: unknown, length: number): unknown[] =>
  Array.from({ length }, (_, i) => {
    const own = (sample as unknown[])[i]
    const first = (sample as unknown[])[0]
    return own ?? (typeof first === 'number' ? first + i : typeof first === 'string' ? `${first}${i}` : first)
  })

/** The nth text of a pattern, counted like a number whose digits are the pattern's. */
function nth(recipe: Recipe, n: number): string {
  let rest = n
  const digits = [...recipe].reverse().map((part) => {
    if (typeof part === 'string') return part
    return Array.from({ length: part.length }, () => {
      const digit = part.alphabet.charAt(rest % part.alphabet.length)
      rest = Math.floor(rest / part.alphabet.length)
      return digit
    })
      .reverse()
      .join('')
  })
  return digits.reverse().join('')
}

/** Lists of so many items, made in several ways: what the items must be decides which of them fits. */
function listsOf(sample: unknown, length: number, { enum: choices, pattern }: Schema): unknown[][] {
  const [first] = sample as unknown[]
  const recipe = pattern && matching(pattern).length > 0 ? recipeOf(pattern) : undefined
  const ways: readonly ((i: number) => unknown)[] = [
    () => first,
    ...(choices ? [(i: number) => choices[i % choices.length]] : []),
    ...(recipe ? [(i: number) => nth(recipe, i)] : []),
    ...(typeof first === 'number' ? [(i: number) => first - i] : []),
    ...(typeof first === 'string' ? [(i: number) => `${first.slice(0, -`${i}`.length)}${i}`] : []),
  ]
  return [listOf(sample, length), ...ways.map((way) => Array.from({ length }, (_, i) => way(i)))]
}

/** By keyword: what just keeps the rule, and what just breaks it. */
export const ROWS: Readonly<Record<string, Rows>> = {
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
  pattern: (pattern: string, _, sample) => [
    ['text of the pattern', true, ...matching(pattern), sample],
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
  minItems: (limit: number, { items = {} }, sample) => [
    [count(limit), true, ...listsOf(sample, limit, items)],
    ...(limit > 1 ? [[count(limit - 1), false, ...listsOf(sample, limit - 1, items)] satisfies Row] : []),
  ],
  maxItems: (limit: number, { items = {} }, sample) => [
    [count(limit), true, ...listsOf(sample, limit, items)],
    [count(limit + 1), false, ...listsOf(sample, limit + 1, items)],
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

/** In a form, where every value is text. */
export const TYPES: Readonly<Record<string, readonly Row[]>> = {
  // Who trims or normalises a text sends another one.
  string: [
    ['spaces around it', true, ' a '],
    ['a letter of two code points', true, 'e\u0301'],
  ],
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

/** Inside JSON, where a number is no text. */
export const JSON_TYPES: Readonly<Record<string, readonly Row[]>> = {
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
