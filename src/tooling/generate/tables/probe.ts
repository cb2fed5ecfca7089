/**
 * What the command `probe` needs of an operation.
 *
 * @module
 */
import type { ProbeTable } from '../../../core/contract-cli.js'
import { type Operation, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { messageTypesOf } from './message-types.js'
import { operationPointer, placesOf } from './places.js'
import { typesOf, valuesOf } from './schemas.js'

/** True for a text that may name anybody or anything, and for a list of such texts. */
function isFreeText(spec: Spec, schema: Schema): boolean {
  const [type] = typesOf(spec, schema)
  if (type === 'array') return isFreeText(spec, schemaOf(spec, schema.items))
  return type === 'string' && valuesOf(schema) === undefined && !schema.oneOf && !schema.anyOf
}

/** What the probe needs of one operation. */
export function probeTable(spec: Spec, operation: Operation): ProbeTable {
  const { type, content } = messageTypesOf(spec).fields ?? {}
  const ids = propertiesOf(spec, operation.form).filter(
    ([name, schema]) => name !== type && name !== content && isFreeText(spec, schema),
  )
  return {
    pointer: operationPointer(operation),
    places: Object.fromEntries(placesOf(spec, operation).map(({ field, pointer }) => [field, pointer])),
    ids: ids.map(([name]) => name),
  }
}
