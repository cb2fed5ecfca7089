/**
 * Vectors of what is suspicious: the schema allows it and nobody means it.
 *
 * @module
 */
import { entries, propertiesOf, schemaOf } from '../openapi.js'
import { encode, pairsOf, type Vector, type VectorContext, vector } from './vector.js'

/** A vector for each example of a suspicion, alone in its list where the field is one. */
export function suspicionVectors(context: VectorContext): Vector[] {
  const { spec, operation, base, oracle } = context
  return propertiesOf(spec, operation.form).flatMap(([field, schema]) => {
    const isList = schema.type === 'array'
    const found = entries({ ...schemaOf(spec, schema.items)['x-suspicious'], ...schema['x-suspicious'] })
    return found.flatMap(([name, { examples }]) => {
      const requests = examples.map((text) => ({ ...base, [field]: isList ? [text] : text }))
      return requests
        .filter((fields) => oracle.request(fields).length === 0)
        .map((fields, i) => {
          const label = `${field}: suspicious, ${name}${i === 0 ? '' : ` (${i + 1})`}`
          const rule = { field, keyword: 'x-suspicious' }
          return vector(context, label, 'fields', rule, undefined, { body: encode(pairsOf(fields)) })
        })
    })
  })
}
