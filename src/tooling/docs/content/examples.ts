/**
 * Values that fit a schema, from the examples in it.
 *
 * @module
 */
import { type Json, type Schema, schemaOf } from '../../generate/openapi.js'

/** Deeper than this, a schema holds itself. */
const DEEPEST = 8

/** Items of a list, no two alike where the schema wants that. */
function itemsOf(spec: Json, { items, minItems = 1, uniqueItems }: Schema & { uniqueItems?: boolean }, depth: number) {
  const { examples = [], enum: choices = [] } = schemaOf(spec, items)
  const first = exampleOf(spec, items, depth)
  return Array.from({ length: Math.max(1, minItems) }, (_, i) => {
    if (i === 0 || !uniqueItems) return first
    return examples[i] ?? choices[i] ?? (typeof first === 'number' ? first + i : `${first}${i + 1}`)
  })
}

/** A value that fits: of an object the fields that must be there, or all where none must. */
export function exampleOf(spec: Json, given: Schema | undefined, depth = 0): unknown {
  const schema = schemaOf(spec, given)
  const told = schema.examples?.[0] ?? schema.example ?? schema.const ?? schema.default ?? schema.enum?.[0]
  if (told !== undefined || depth > DEEPEST) return told
  if (schema.properties) {
    const { required = [], properties } = schema
    const names = required.length > 0 ? required : Object.keys(properties)
    return Object.fromEntries(names.map((name) => [name, exampleOf(spec, properties[name], depth + 1)]))
  }
  if (schema.items) return itemsOf(spec, schema, depth + 1)
  const [first] = schema.oneOf ?? schema.anyOf ?? []
  return first && exampleOf(spec, first, depth + 1)
}

/** The fields of a form: those that must be there, and those that have an example. */
export function formExample(spec: Json, form: Schema | undefined): Readonly<Record<string, unknown>> {
  const { properties, required = [] } = schemaOf(spec, form)
  const filled = Object.entries(properties ?? {}).filter(([name, one]) => {
    const { examples, example, items } = schemaOf(spec, one)
    return required.includes(name) || (examples ?? example ?? schemaOf(spec, items).examples) !== undefined
  })
  return Object.fromEntries(filled.map(([name, one]) => [name, exampleOf(spec, one)]))
}
