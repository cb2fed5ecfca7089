/**
 * How the mock builds an answer.
 *
 * @module
 */
import type { Template } from '../../../core/contract.js'
import { recipeOf } from '../../lint/pattern.js'
import { entries, type Schema, type Spec, schemaOf } from '../openapi.js'
import { allows, namedValues, sampleOf, schemaWithoutChoice, textOfPattern } from '../sample.js'
import { valuesOf } from './schemas.js'

/** How deep parts of an answer are included that may be left out: an object that holds itself ends somewhere. */
const DEEPEST_OPTIONAL = 9

/** Keywords that say how to make a part of an answer. A part that has one is included even if it is optional. */
const MADE = [
  'const',
  'pattern',
  'x-for-each',
  'x-value-of',
  'x-called-path',
  'properties',
  'example',
  'examples',
] as const

function objectTemplate(spec: Spec, schema: Schema, path: string, depth: number): Template {
  const { required = [], example } = schema
  const wanted = entries(schema.properties).filter(([name, property]) => {
    if (required.includes(name)) return true
    if (depth > DEEPEST_OPTIONAL) return false
    const own = schemaOf(spec, property)
    return example !== undefined || MADE.some((keyword) => own[keyword] !== undefined)
  })
  return {
    object: Object.fromEntries(wanted.map(([name, property]) => [name, templateOf(spec, property, path, depth + 1)])),
  }
}

/** A text of the pattern, made after the example beside it where there is one; undefined where none can be made. */
function textTemplate(schema: Schema): Template | undefined {
  const { pattern = '', example, examples = [] } = schema
  const given = [example, ...examples].find(
    (value): value is string => typeof value === 'string' && allows(schema, value),
  )
  const text = given ?? textOfPattern(schema)
  return text === undefined ? undefined : { text: recipeOf(pattern, text) }
}

/** What stands for a part of which the spec names no value: a list is empty where it may be, and an object too. */
function blank(spec: Spec, schema: Schema): unknown {
  const [type] = [schema.type ?? 'object'].flat()
  return type === 'array' && !schema.minItems ? [] : sampleOf(spec, schema)
}

/**
 * The template of a schema.
 *
 * @param path the path of the operation, for the fields that repeat it
 */
export function templateOf(spec: Spec, schema: Schema | undefined, path = '', depth = 0): Template {
  const whole = schemaOf(spec, schema)
  // Alternatives: the first will do.
  const [alternative] = whole.oneOf ?? whole.anyOf ?? []
  const found = alternative ? schemaOf(spec, { allOf: [schemaWithoutChoice(whole), alternative] }) : whole
  const values = valuesOf(found)
  if (values?.length === 1) return { is: values[0] }
  if (found['x-called-path']) return { is: path }
  if (found['x-value-of'] !== undefined) return { value: found['x-value-of'] }
  if (found['x-for-each'] !== undefined)
    return { each: found['x-for-each'], item: templateOf(spec, found.items, path, depth + 1) }
  if (found.properties) return objectTemplate(spec, found, path, depth)
  const isText = [found.type ?? 'object'].flat().includes('string')
  const text = isText && found.pattern !== undefined ? textTemplate(found) : undefined
  if (text) return text
  const [given] = namedValues(found)
  return { is: given === undefined ? blank(spec, found) : given }
}
