/**
 * Probes of a schema: for each of its rules a value that just keeps it and one that just breaks it.
 *
 * @module
 */
import { type Json, type Schema, schemaOf } from '../openapi.js'
import { JSON_TYPES, listOf, matching, OTHERS, ROWS, type Row, TYPES } from './boundary-values.js'

/** In place of a value: the field is left out. */
export const ABSENT: unique symbol = Symbol('absent')

/** One change to a good value, and whether the result still fits. */
export interface Probe {
  readonly path: readonly (string | number)[]
  /** The keyword that is probed. */
  readonly keyword: string
  /** What the value is: `33 characters`. */
  readonly label: string
  /** Values to choose from: other rules of the same schema may forbid some of them. */
  readonly values: readonly unknown[]
  readonly fits: boolean
}

const DEEPEST = 6

/** A plain text that is neither too short nor too long. */
function textOf(schema: Schema): string {
  const { minLength = 0, maxLength, 'x-max-bytes': bytes } = schema as Readonly<Record<string, unknown>>
  const most = Math.min(Number(maxLength ?? Number.POSITIVE_INFINITY), Number(bytes ?? Number.POSITIVE_INFINITY))
  return 'text'.padEnd(Number(minLength), 'x').slice(0, most)
}

/** A value that fits, as far as examples, defaults and limits tell. */
export function sampleOf(spec: Json, given: Schema | undefined, depth = 0): unknown {
  const schema = schemaOf(spec, given)
  const [alternative] = schema.oneOf ?? schema.anyOf ?? []
  const { example, examples = [], const: only, enum: choices = [], default: preset, pattern } = schema
  const told = [example, ...examples, only, preset, ...choices].find((value) => value !== undefined)
  if (told !== undefined) return told
  if (alternative && depth < 5) return sampleOf(spec, alternative, depth + 1)
  if (schema.properties && depth < 5) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, sampleOf(spec, property, depth + 1)]),
    )
  }
  const type = [schema.type ?? 'object'].flat()[0]
  if (type === 'array') {
    const item = sampleOf(spec, schema.items, depth + 1)
    return listOf([item], Math.max(1, Number(schema.minItems ?? 1)))
  }
  const blank: Readonly<Record<string, unknown>> = { string: textOf(schema), object: {}, boolean: true }
  if (type === 'string' && pattern) return matching(pattern)[0] ?? 'text'
  return blank[type ?? 'object'] ?? Number(schema.minimum ?? schema['exclusiveMinimum' as 'x-'] ?? 0) + 1
}

/** A member of the object's own: a field may be called `constructor`. */
export const ownOf = (object: Readonly<Record<string, unknown>> | undefined, name: string): unknown =>
  object && Object.hasOwn(object, name) ? object[name] : undefined

/**
 * All probes of a schema, outermost first.
 *
 * @param json true inside JSON, false in a form, where every value is text
 * @param sample a value that fits
 */
export function probesOf(
  spec: Json,
  given: Schema | undefined,
  sample: unknown,
  json: boolean,
  path: Probe['path'] = [],
): Probe[] {
  // A schema may hold itself.
  if (path.length > DEEPEST) return []
  const schema = schemaOf(spec, given)
  const probes: Probe[] = []
  const add = (keyword: string, rows: readonly Row[], at = path) => {
    for (const [label, fits, ...values] of rows) probes.push({ path: at, keyword, label, values, fits })
  }
  const [type] = [schema.type ?? []].flat()
  if (json || path.length > 0) add('type', (json ? JSON_TYPES : TYPES)[type ?? ''] ?? [])
  for (const [keyword, rows] of Object.entries(ROWS)) {
    const limit = (schema as Readonly<Record<string, unknown>>)[keyword]
    if (limit !== undefined)
      add(keyword, rows(limit as never, { ...schema, items: schemaOf(spec, schema.items) }, sample))
  }
  for (const alternative of schema.oneOf ?? schema.anyOf ?? []) {
    for (const probe of probesOf(spec, alternative, sample, json, path)) if (probe.fits) probes.push(probe)
  }
  if (schema.oneOf ?? schema.anyOf) add('oneOf', [['another value', false, ...OTHERS]])
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = [...path, name]
    const required = schema.required?.includes(name) ?? false
    add('required', [[required ? 'left out, and required' : 'left out', !required, ABSENT]], at)
    const own = ownOf(sample as Readonly<Record<string, unknown>> | undefined, name) ?? sampleOf(spec, property)
    probes.push(...probesOf(spec, property, own, json, at))
  }
  if (schema.items && Array.isArray(sample) && sample.length > 0) {
    // The last one: a check of the first alone is a mistake that others have made.
    const at = sample.length - 1
    probes.push(...probesOf(spec, schema.items, sample[at], json, [...path, at]))
  }
  return probes
}
