/**
 * Vectors of suspicious values: the schema allows them, but they are probably a mistake.
 *
 * @module
 */
import { propertiesOf } from '../openapi.js'
import { suspicionsOf } from '../tables/schemas.js'
import type { FieldVectors } from './fields.js'
import { encode, pairsOf, type Vector, type VectorContext, vector } from './vector.js'

/** A vector for the first example of a suspicion that the schema allows; in a list field, it is the only item. */
function exampleVectors(
  context: VectorContext,
  field: string,
  isList: boolean,
  name: string,
  texts: readonly string[],
) {
  const { base, oracle } = context
  return texts
    .map((text) => ({ ...base, [field]: isList ? [text] : text }))
    .filter((fields) => oracle.request(fields).length === 0)
    .slice(0, 1)
    .map((fields): Vector => {
      const label = `${field}: suspicious, ${name}`
      const rule = { field, keyword: 'x-suspicious' }
      return vector(context, label, 'fields', rule, undefined, { body: encode(pairsOf(fields)) })
    })
}

/** The suspicions of each field. Untested are those whose examples the schema refuses. */
export function suspicionVectors(context: VectorContext): FieldVectors {
  const { spec, operation } = context
  const rows = propertiesOf(spec, operation.form).flatMap(([field, schema]) => {
    return suspicionsOf(spec, schema).map(([name, { examples }]) => ({
      rule: { field, keyword: `x-suspicious, ${name}` },
      vectors: exampleVectors(context, field, schema.type === 'array', name, examples),
    }))
  })
  return {
    vectors: rows.flatMap(({ vectors }) => vectors),
    untested: rows.filter(({ vectors }) => vectors.length === 0).map(({ rule }) => rule),
  }
}
