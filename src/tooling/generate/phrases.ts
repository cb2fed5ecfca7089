/**
 * What each keyword of a schema asks for, in plain words: the middle of `toGroupId: at most 3 groups in one call, got 4`.
 *
 * @module
 */

/** A value of a schema's keyword, and the schema around it. */
type Words = (value: never, schema: Readonly<Record<string, unknown>>) => string

/** `2 groups in one call`, `1 group in one call`. */
const count = (number: number, unit: string) => `${number} ${number === 1 ? unit.replace(/^(\w+)s\b/, '$1') : unit}`

const items = ({ 'x-unit': unit = 'items' }: Readonly<Record<string, unknown>>) => String(unit)

/** How many items a list may have: `1 to 3 groups in one call`, `at most 5 viewers`. */
export function itemCount(least: number, most: number, unit = 'items'): string {
  if (least === most) return count(most, unit)
  if (most === Number.POSITIVE_INFINITY) return `at least ${count(least, unit)}`
  if (least === 0) return `at most ${count(most, unit)}`
  return `${least} ${most === least + 1 ? 'or' : 'to'} ${count(most, unit)}`
}

/** Keywords that are not here are told by their name. */
export const WORDS: Readonly<Record<string, Words>> = {
  enum: (values: readonly unknown[]) => `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  const: (value: unknown) => JSON.stringify(value),
  pattern: (pattern: string) => `text like ${pattern}`,
  minLength: (limit: number) => `at least ${count(limit, 'characters')}`,
  maxLength: (limit: number) => `at most ${count(limit, 'characters')}`,
  minItems: (limit: number, schema) => `at least ${count(limit, items(schema))}`,
  maxItems: (limit: number, schema) => `at most ${count(limit, items(schema))}`,
  minProperties: (limit: number) => `at least ${count(limit, 'fields')}`,
  maxProperties: (limit: number) => `at most ${count(limit, 'fields')}`,
  uniqueItems: () => 'each item once',
  minimum: (limit: number) => `at least ${limit}`,
  maximum: (limit: number) => `at most ${limit}`,
  exclusiveMinimum: (limit: number) => `more than ${limit}`,
  exclusiveMaximum: (limit: number) => `less than ${limit}`,
  multipleOf: (divisor: number) => `a multiple of ${divisor}`,
  additionalProperties: () => 'no field beyond those of the contract',
  'x-max-bytes': (limit: number) => `at most ${count(limit, 'bytes')} of UTF-8`,
  'x-reserved-prefix': (prefix: string) =>
    `a known message type, for "${prefix}" is reserved (allowUnknownTypes lets newer ones through)`,
}

const NAMES: Readonly<Record<string, string>> = { integer: 'an integer', array: 'a list', object: 'an object' }

/** Types as people name them, from Ajv's `must be integer,string`. */
export const typeWords = (message: string): string =>
  message
    .replace(/^must be /, '')
    .split(',')
    .map((type) => NAMES[type] ?? `a ${type}`)
    .join(' or ')
