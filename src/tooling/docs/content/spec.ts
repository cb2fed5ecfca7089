/**
 * The bundled spec as the docs read it: the types and functions of the generator that they use.
 *
 * No other file of the docs imports the generator.
 *
 * @module
 */

import { PHRASES } from '../../generate/constraint-words.js'
import { entries, type Schema } from '../../generate/openapi.js'

export { itemCount } from '../../generate/constraint-words.js'
export {
  type Assumption,
  type Assumptions,
  deref,
  type ExampleNode,
  entries,
  type MediaNode,
  type Operation,
  operationsOf,
  type Schema,
  type ServerNode,
  type Spec,
  schemaOf,
  schemesOf,
} from '../../generate/openapi.js'
export { MESSAGE_TYPES } from '../../generate/published.js'
export { sampleOf } from '../../generate/sample.js'
export { errorFieldsOf } from '../../generate/tables/answers.js'
export { marksOf } from '../../generate/tables/client.js'
export { securityTable } from '../../generate/tables/security.js'

/** What each keyword of a schema asks for, in words: `at most 64 characters`. */
export const limitPhrases = (schema: Schema): string[] =>
  entries(PHRASES)
    .filter(([keyword]) => keyword in schema && keyword !== 'additionalProperties')
    // The published file repeats a limit in bytes as characters, for tools that do not count bytes.
    .filter(([keyword]) => keyword !== 'maxLength' || schema.maxLength !== schema['x-max-bytes'])
    .map(([keyword, phrase]) => (keyword === 'const' ? `always ${phrase(schema)}` : phrase(schema)))
