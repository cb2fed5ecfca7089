/**
 * What the command line needs of an operation.
 *
 * @module
 */
import type { CommandLine, FieldFlag } from '../../../core/contract-cli.js'
import { type Operation, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { allows, sampleOf } from '../sample.js'
import { sentence, valuesOf } from './schemas.js'

/** The two values of a field that is on or off, as a form carries them: off, on. */
function switchOf(schema: Schema): readonly [string, string] | undefined {
  if (schema.type === 'boolean') return ['false', 'true']
  const values = valuesOf(schema) ?? []
  const isSwitch =
    (schema.type ?? 'integer') === 'integer' && values.length === 2 && values.includes(0) && values.includes(1)
  return isSwitch ? ['0', '1'] : undefined
}

/** A value of a field as texts, one for each value of a list. */
function exampleOf(spec: Spec, schema: Schema): string[] {
  const { example, examples = [], const: only, enum: values = [], items } = schema
  const listed = items && exampleOf(spec, schemaOf(spec, items)).length > 0 ? sampleOf(spec, schema) : undefined
  const named = [example, ...examples, only, ...values, listed]
  const first = named.find((value) => value !== undefined && allows(schema, value))
  return first === undefined ? [] : [first].flat().map(String)
}

/** What the command line needs of one operation. */
export function commandLineTable(spec: Spec, { id, definition, form, headers }: Operation): CommandLine {
  const { required = [] } = schemaOf(spec, form)
  const fields = propertiesOf(spec, form).map(([name, schema]): [string, FieldFlag] => {
    const pair = switchOf(schema)
    const row = {
      flag: schema['x-flag'] ?? name,
      about: sentence(schema.description).replaceAll('`', ''),
      required: required.includes(name),
      ...(pair && { switch: pair }),
      example: exampleOf(spec, schema),
    }
    return [name, row]
  })
  const needed = headers.filter((one) => one.required).map(({ name, schema }) => `${name}: ${sampleOf(spec, schema)}`)
  return { summary: definition.summary ?? id, headers: needed, fields: Object.fromEntries(fields) }
}
