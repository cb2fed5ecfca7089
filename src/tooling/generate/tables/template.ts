/**
 * How the mock builds an answer.
 *
 * @module
 */

import { type Json, type Schema, SpecError, schemaOf } from '../openapi.js'
import { type Recipe, recipeOf } from '../pattern.js'
import { sampleOf } from '../vectors/schema-cases.js'
import { entries, onlyValue } from './schemas.js'

/** How an answer is built: see `Template` in `src/core/contract.ts`, which reads it. */
export type Template =
  | { is: unknown }
  | { value: string }
  | { text: Recipe }
  | { object: Record<string, Template> }
  | { each: string; item: Template }

/** The template of a schema. */
export function templateOf(spec: Json, schema: Schema | undefined, depth = 0): Template {
  if (depth > 20) throw new SpecError('an answer holds itself without end; break the circle with an example')
  const whole = schemaOf(spec, schema)
  // Alternatives: the first will do.
  const [alternative] = whole.oneOf ?? whole.anyOf ?? []
  const merged = alternative ? schemaOf(spec, { allOf: [whole, alternative] }) : whole
  const { example, examples = [], enum: choices = [], default: preset, ...found } = merged
  const only = onlyValue({ ...found, enum: choices })
  if (only !== undefined) return { is: only }
  if (typeof found['x-value-of'] === 'string') return { value: found['x-value-of'] }
  if (typeof found['x-for-each'] === 'string')
    return { each: found['x-for-each'], item: templateOf(spec, found.items, depth + 1) }
  if (found.properties) {
    const wanted = entries(found.properties).filter(([name, property]) => {
      const own = schemaOf(spec, property)
      const built = ['const', 'pattern', 'x-for-each', 'x-value-of', 'properties'].some((keyword) => keyword in own)
      return built || found.required?.includes(name) || example !== undefined || own.examples || 'example' in own
    })
    return {
      object: Object.fromEntries(wanted.map(([name, property]) => [name, templateOf(spec, property, depth + 1)])),
    }
  }
  const types = [found.type ?? 'object'].flat()
  if (found.pattern && types.includes('string')) return { text: recipeOf(found.pattern) }
  const given = [example, ...examples, preset, ...choices].find((value) => value !== undefined)
  const blank: Record<string, unknown> = {
    string: 'string',
    integer: found.minimum ?? 0,
    number: found.minimum ?? 0,
    boolean: false,
    array: found.minItems ? sampleOf(spec, found) : [],
    object: {},
  }
  return { is: given === undefined ? (blank[types[0] ?? 'object'] ?? null) : given }
}
