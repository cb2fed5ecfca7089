/**
 * Cases of a schema: for each of its rules a value that just keeps it and one that just breaks it.
 *
 * @module
 */
import { isObject, ownValue, type Schema, type Spec, schemaOf } from '../openapi.js'
import { isRecursive, referencesTo, sampleOf } from '../sample.js'
import {
  type BoundaryValue,
  BY_FORM_TYPE,
  BY_JSON_TYPE,
  BY_KEYWORD,
  OTHER_TEXTS,
  otherTypes,
} from './boundary-values.js'

/** In place of a value: the field is left out. */
export const ABSENT: unique symbol = Symbol('absent')

/** One change to a good value, and whether the result still fits. */
export interface SchemaCase extends BoundaryValue {
  /** Where the change is made. */
  readonly path: readonly (string | number)[]
  /** The keyword that is tested. */
  readonly keyword: string
}

/** What leads to a schema. */
interface Above {
  readonly path: SchemaCase['path']
  /** The references on the way, for a schema may hold itself. */
  readonly references: readonly string[]
}

/** The cases of the fields of an object: each left out, and all cases of each. */
function fieldCases(spec: Spec, schema: Schema, sample: unknown, json: boolean, above: Above): SchemaCase[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const required = schema.required?.includes(name) ?? false
    if (!required && isRecursive(above.references, property)) return []
    const at = { ...above, path: [...above.path, name] }
    const label = required ? 'left out, and required' : 'left out'
    const own = ownValue(isObject(sample) ? sample : undefined, name) ?? sampleOf(spec, property)
    return [
      { path: at.path, keyword: 'required', label, values: [ABSENT], fits: !required },
      ...casesOf(spec, property, own, json, at),
    ]
  })
}

/**
 * All cases of a schema, outermost first.
 *
 * @param json true inside JSON, false in a form, where every value is text
 * @param sample a value that fits
 */
export function casesOf(
  spec: Spec,
  given: Schema | undefined,
  sample: unknown,
  json: boolean,
  above: Above = { path: [], references: [] },
): SchemaCase[] {
  const { path } = above
  const here = { path, references: referencesTo(above.references, given) }
  const schema = schemaOf(spec, given)
  const cases: SchemaCase[] = []
  const add = (keyword: string, values: readonly BoundaryValue[]) => {
    for (const one of values) cases.push({ path, keyword, ...one })
  }
  const types = [schema.type ?? []].flat()
  const [type = ''] = types
  const isField = json || path.length > 0
  if (json && types.length > 1) add('type', [otherTypes(types)])
  else if (isField) add('type', (json ? BY_JSON_TYPE : BY_FORM_TYPE)[type] ?? [])
  for (const [keyword, values] of Object.entries(BY_KEYWORD)) {
    if (keyword in schema) add(keyword, values({ ...schema, items: schemaOf(spec, schema.items) }, sample))
  }
  if (isField && schema.additionalProperties === false)
    add('additionalProperties', [{ label: 'a field more', fits: false, values: [withFieldMore(sample)] }])
  for (const alternative of schema.oneOf ?? schema.anyOf ?? []) {
    cases.push(...casesOf(spec, alternative, sample, json, here).filter(({ fits }) => fits))
  }
  for (const keyword of ['oneOf', 'anyOf'] as const)
    if (schema[keyword]) add(keyword, [{ label: 'another value', fits: false, values: OTHER_TEXTS }])
  cases.push(...fieldCases(spec, schema, sample, json, here))
  if (schema.items && Array.isArray(sample) && sample.length > 0) {
    // The last item, to catch receivers that mistakenly check only the first.
    const last = sample.length - 1
    cases.push(...casesOf(spec, schema.items, sample[last], json, { ...here, path: [...path, last] }))
  }
  return cases
}

const withFieldMore = (sample: unknown) => ({ ...(isObject(sample) ? sample : {}), unlisted: 'x' })
