/**
 * What each keyword of a schema asks for, in plain words: the middle of `toGroupId: at most 3 groups in one call, got 4`.
 *
 * @module
 */
import { count } from '../../core/phrases.js'
import type { Schema } from './openapi.js'

/** How many items a list may have: `1 to 3 groups in one call`, `at most 5 viewers`. */
export function itemCount(least: number, most: number, unit = 'items'): string {
  if (least === most) return count(most, unit)
  if (most === Number.POSITIVE_INFINITY) return `at least ${count(least, unit)}`
  if (least === 0) return `at most ${count(most, unit)}`
  return `${least} ${most === least + 1 ? 'or' : 'to'} ${count(most, unit)}`
}

/** By keyword, what a schema that has it asks for. */
export const PHRASES: Readonly<Record<string, (schema: Schema) => string>> = {
  enum: ({ enum: values = [] }) => `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  const: ({ const: value }) => JSON.stringify(value),
  pattern: (schema) => schema['x-pattern-words'] ?? `text like ${schema.pattern}`,
  minLength: ({ minLength = 0 }) => `at least ${count(minLength, 'characters')}`,
  maxLength: ({ maxLength = 0 }) => `at most ${count(maxLength, 'characters')}`,
  minItems: ({ minItems = 0, 'x-unit': unit = 'items' }) => `at least ${count(minItems, unit)}`,
  maxItems: ({ maxItems = 0, 'x-unit': unit = 'items' }) => `at most ${count(maxItems, unit)}`,
  minProperties: ({ minProperties = 0 }) => `at least ${count(minProperties, 'fields')}`,
  maxProperties: ({ maxProperties = 0 }) => `at most ${count(maxProperties, 'fields')}`,
  uniqueItems: () => 'each item once',
  minimum: ({ minimum }) => `at least ${minimum}`,
  maximum: ({ maximum }) => `at most ${maximum}`,
  exclusiveMinimum: ({ exclusiveMinimum }) => `more than ${exclusiveMinimum}`,
  exclusiveMaximum: ({ exclusiveMaximum }) => `less than ${exclusiveMaximum}`,
  multipleOf: ({ multipleOf }) => `a multiple of ${multipleOf}`,
  additionalProperties: () => 'no field beyond those of the contract',
  'x-max-bytes': (schema) => `at most ${count(schema['x-max-bytes'] ?? 0, 'bytes')} of UTF-8`,
  'x-reserved-prefix': (schema) =>
    `a known message type, for "${schema['x-reserved-prefix']}" is reserved (allowUnknownTypes lets newer ones through)`,
}

const TYPES: Readonly<Record<string, string>> = { integer: 'an integer', array: 'a list', object: 'an object' }

/** Types as people name them: `an integer or a string`. */
export const typePhrase = (types: readonly string[]): string =>
  types.map((type) => TYPES[type] ?? `a ${type}`).join(' or ')
