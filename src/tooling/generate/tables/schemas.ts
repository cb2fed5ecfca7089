/**
 * What the tables ask of a schema: its values, its types, its first sentence.
 *
 * @module
 */
import { entries, type Schema, type Spec, type Suspicion, schemaOf } from '../openapi.js'

/** The few values that a schema allows, where it does. */
export const valuesOf = (schema: Schema): readonly unknown[] | undefined =>
  schema.const === undefined ? schema.enum : [schema.const]

/** Types of a schema. Without `type`, those of its values or its alternatives. */
export function typesOf(spec: Spec, schema: Schema): string[] {
  if (schema.type !== undefined) return [schema.type].flat()
  const values = valuesOf(schema)?.map((value) => (Number.isInteger(value) ? 'integer' : typeof value))
  const alternatives = schema.oneOf ?? schema.anyOf
  return [...new Set(values ?? alternatives?.flatMap((one) => typesOf(spec, schemaOf(spec, one))) ?? ['string'])]
}

/** What is suspicious in a text, by name: of the schema or, for a list, of its items. */
export const suspicionsOf = (spec: Spec, schema: Schema): [string, Suspicion][] =>
  entries({ ...schemaOf(spec, schema.items)['x-suspicious'], ...schema['x-suspicious'] })

/** The first sentence of a description, in one line. */
export const sentence = (description = ''): string =>
  (description.split(/(?<=[.:])\s|\n\s*\n/, 1)[0] ?? '').replaceAll(/\s+/g, ' ').trim()
