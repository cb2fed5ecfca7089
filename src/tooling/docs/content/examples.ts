/**
 * Values that fit a schema, made of the examples in it.
 *
 * @module
 */
import { entries, type Schema, type Spec, schemaOf } from './spec.js'

/** A schema may contain itself, so the values end here. */
const MAX_DEPTH = 8

/** Items of a list; all different where the schema asks for it. */
function exampleItems(spec: Spec, { items, minItems = 1, uniqueItems }: Schema, depth: number): unknown[] {
  const { examples = [], enum: choices = [] } = schemaOf(spec, items)
  const first = exampleValue(spec, items, depth)
  return Array.from({ length: Math.max(1, minItems) }, (_, i) => {
    if (i === 0 || !uniqueItems) return first
    return examples[i] ?? choices[i] ?? (typeof first === 'number' ? first + i : `${first}${i + 1}`)
  })
}

/** A value that fits. Of an object it has the required fields, or all of them when none is required. */
export function exampleValue(spec: Spec, node: Schema | undefined, depth = 0): unknown {
  const schema = schemaOf(spec, node)
  const given = schema.examples?.[0] ?? schema.example ?? schema.const ?? schema.default ?? schema.enum?.[0]
  if (given !== undefined || depth > MAX_DEPTH) return given
  if (schema.properties) {
    const { required = [], properties } = schema
    const names = required.length > 0 ? required : Object.keys(properties)
    return Object.fromEntries(names.map((name) => [name, exampleValue(spec, properties[name], depth + 1)]))
  }
  if (schema.items) return exampleItems(spec, schema, depth + 1)
  const [alternative] = schema.oneOf ?? schema.anyOf ?? []
  return alternative && exampleValue(spec, alternative, depth + 1)
}

/** The required fields of a form, and those that have an example. */
export function exampleForm(spec: Spec, form: Schema | undefined): Readonly<Record<string, unknown>> {
  const { properties, required = [] } = schemaOf(spec, form)
  const chosen = entries(properties).filter(([name, schema]) => {
    const { examples, example, items } = schemaOf(spec, schema)
    return required.includes(name) || (examples ?? example ?? schemaOf(spec, items).examples) !== undefined
  })
  return Object.fromEntries(chosen.map(([name, schema]) => [name, exampleValue(spec, schema)]))
}
