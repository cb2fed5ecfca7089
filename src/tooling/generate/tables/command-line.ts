/**
 * What the command line needs of an operation.
 *
 * @module
 */
import { type Json, type Operation, type Schema, schemaOf } from '../openapi.js'
import { sampleOf } from '../vectors/schema-cases.js'
import { propertiesOf, sentence, valuesOf } from './schemas.js'

/** The two values of a field that is on or off, as a form carries them: off, on. */
function switchOf(schema: Schema): readonly [string, string] | undefined {
  if (schema.type === 'boolean') return ['false', 'true']
  const values = valuesOf(schema) ?? []
  return schema.type === 'integer' && values.length === 2 && values.includes(0) && values.includes(1)
    ? ['0', '1']
    : undefined
}

/** A value of a field as texts, one for each value of a list. */
function exampleOf(spec: Json, schema: Schema): string[] {
  const { example, examples = [], const: only, enum: values = [], items } = schema
  const listed = items && exampleOf(spec, schemaOf(spec, items)).length > 0 ? sampleOf(spec, schema) : undefined
  const [first] = [example, ...examples, only, ...values, listed].filter((value) => value !== undefined)
  return first === undefined ? [] : [first].flat().map(String)
}

/** What the command line needs of one operation. */
export function commandLineTable(spec: Json, { definition, form, headers }: Operation): object {
  const required = schemaOf(spec, form).required ?? []
  const fields = propertiesOf(spec, form).map(([name, schema]) => {
    const row = {
      flag: schema['x-flag'] ?? name,
      about: sentence(schema.description).replaceAll('`', ''),
      required: required.includes(name),
      switch: switchOf(schema),
      example: exampleOf(spec, schema),
    }
    return [name, row] as const
  })
  const needed = headers.filter((one) => one.required).map(({ name, schema }) => `${name}: ${sampleOf(spec, schema)}`)
  return { summary: definition['summary'], headers: needed, fields: Object.fromEntries(fields) }
}
