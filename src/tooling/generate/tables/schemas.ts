/**
 * What the tables ask of a schema: its fields, its values, its types.
 *
 * @module
 */
import { type Json, type Schema, schemaOf } from '../openapi.js'

/** Members of an object that may be missing. */
export const entries = <T>(object: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(object ?? {})

/** Fields of a schema with their references followed. */
export const propertiesOf = (spec: Json, schema: Schema | undefined): [string, Schema][] =>
  entries(schemaOf(spec, schema).properties).map(([name, property]) => [name, schemaOf(spec, property)])

/** The few values that a schema allows, where it does. */
export const valuesOf = (schema: Schema): readonly unknown[] | undefined =>
  schema.const === undefined ? schema.enum : [schema.const]

/** The one value that a schema allows. */
export const onlyValue = (schema: Schema): unknown => {
  const values = valuesOf(schema)
  return values?.length === 1 ? values[0] : undefined
}

/** Types of a schema, also where only its values or its alternatives tell them. */
export function typesOf(spec: Json, schema: Schema): string[] {
  if (schema.type !== undefined) return [schema.type].flat()
  const values = valuesOf(schema)?.map((value) => (Number.isInteger(value) ? 'integer' : typeof value))
  const alternatives = schema.oneOf ?? schema.anyOf
  return [...new Set(values ?? alternatives?.flatMap((one) => typesOf(spec, schemaOf(spec, one))) ?? ['string'])]
}

/** The first sentence of a description, in one line. */
export const sentence = (description: unknown): string =>
  (String(description ?? '').split(/(?<=[.:])\s|\n\s*\n/, 1)[0] ?? '').replaceAll(/\s+/g, ' ').trim()
