/**
 * The schemas of the spec as Ajv reads them: our keywords, and the schemas that a spec only implies.
 *
 * @module
 */
import { _, type CodeKeywordDefinition, type KeywordCxt, type Options, stringify } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { ANNOTATIONS, SCHEMA_KEYWORDS, VOCABULARY } from '../lint/keywords.js'
import { type Header, isObject, type Schema, type Spec, schemaOf, schemesOf } from './openapi.js'

/** UTF-8 bytes of a string: at most 3 for each UTF-16 unit, so short strings need no count. */
const maxBytes: CodeKeywordDefinition = {
  keyword: 'x-max-bytes',
  type: 'string',
  schemaType: 'number',
  code(cxt: KeywordCxt) {
    const { data, schemaCode } = cxt
    cxt.fail(_`${data}.length * 3 > ${schemaCode} && new TextEncoder().encode(${data}).length > ${schemaCode}`)
  },
}

/** A value with the reserved prefix must be one of the known names. */
const reservedPrefix: CodeKeywordDefinition = {
  keyword: 'x-reserved-prefix',
  type: 'string',
  schemaType: 'string',
  code(cxt: KeywordCxt) {
    const { data, schemaCode, parentSchema } = cxt
    const known = stringify(parentSchema['x-message-types'] ?? [])
    cxt.fail(_`${data}.startsWith(${schemaCode}) && !${known}.includes(${data})`)
  },
}

/**
 * Ajv with the vocabulary of the spec. It finds all errors.
 *
 * @param options beside these, or in their place
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    // The linter refuses `format`: nothing checks it.
    validateFormats: false,
    inlineRefs: false,
    // 19.99 is a multiple of 0.01, though not by the division of binary fractions.
    multipleOfPrecision: 8,
    // One check for each required field, however many there are.
    loopRequired: Number.POSITIVE_INFINITY,
    // Every object inherits `constructor`; a field of that name must be its own.
    ownProperties: true,
    ...options,
  })
  // Only for `unevaluatedProperties` and `$dynamicRef`, which the linter refuses; they make every function twice as long.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false })
  ajv.addKeyword(maxBytes)
  ajv.addKeyword(reservedPrefix)
  // In one order, so that oracle and validators find the same error first.
  for (const [keyword, definition] of supportedKeywords(ajv)) ajv.removeKeyword(keyword).addKeyword(definition)
  for (const keyword of Object.keys(VOCABULARY)) if (!ajv.getKeyword(keyword)) ajv.addKeyword(keyword)
  // Annotations that OpenAPI adds to JSON Schema.
  ajv.addVocabulary(['components', 'example', 'externalDocs', 'xml', 'discriminator'])
  return ajv
}

/** The keywords that are supported, in their order, with Ajv's definition of each. */
export function supportedKeywords(ajv: Ajv2020): [keyword: string, definition: CodeKeywordDefinition][] {
  return SCHEMA_KEYWORDS.flatMap((keyword) => {
    const definition = ajv.getKeyword(keyword)
    const hasCode = typeof definition === 'object' && 'code' in definition && typeof definition.code === 'function'
    return hasCode ? [[keyword, { ...definition, keyword }]] : []
  })
}

/** Keywords that check nothing; left in, Ajv copies them into its output. */
const IGNORED = new Set([...ANNOTATIONS, 'x-assumption', 'x-suspicious'])

/** Keywords whose members are schemas by name: a field may be called "title". */
const NAMED = new Set(['properties', '$defs', 'patternProperties'])

/**
 * A schema without annotations, its `$ref` pointed at the one schema that holds the whole spec.
 *
 * @param rename other names for keywords
 */
export function checkedKeywords(schema: unknown, rename: Readonly<Record<string, string>> = {}): unknown {
  if (Array.isArray(schema)) return schema.map((one) => checkedKeywords(one, rename))
  if (!isObject(schema)) return schema
  // A minLength of 0 checks nothing either.
  const kept = Object.entries(schema).filter(
    ([key, value]) => !IGNORED.has(key) && !(key === 'minLength' && value === 0),
  )
  return Object.fromEntries(
    kept.map(([key, child]) => {
      const name = rename[key] ?? key
      if (key === '$ref') return [name, `spec${child}`]
      if (key === 'enum' || key === 'const') return [name, child]
      if (key === 'x-message-types') return [name, Object.keys(isObject(child) ? child : {})]
      if (NAMED.has(key) && isObject(child)) return [name, mapValues(child, (one) => checkedKeywords(one, rename))]
      return [name, checkedKeywords(child, rename)]
    }),
  )
}

/** A schema of its checked keywords, as Ajv takes it. */
export function checkedSchema(schema: Schema, rename?: Readonly<Record<string, string>>): Record<string, unknown> {
  const made = checkedKeywords(schema, rename)
  return isObject(made) ? made : {}
}

/** The same keys with other values. */
export const mapValues = <T, R>(object: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/** The components of the spec as one schema, which all others refer to. */
export const componentsSchema = (spec: Spec, rename?: Readonly<Record<string, string>>): Record<string, unknown> => ({
  $id: 'spec',
  components: { schemas: mapValues(spec.components?.schemas ?? {}, (one) => checkedSchema(one, rename)) },
})

/** Limits an integer to what JavaScript holds exactly: beyond that, a form would carry a different number, or none. */
function exact(schema: Schema): Schema {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (type !== 'integer' || schema.enum || schema.const !== undefined) return schema
  const { MIN_SAFE_INTEGER: least, MAX_SAFE_INTEGER: most } = Number
  return {
    ...schema,
    ...((minimum ?? exclusiveMinimum ?? -Infinity) < least && { minimum: least }),
    ...((maximum ?? exclusiveMaximum ?? Infinity) > most && { maximum: most }),
  }
}

/** The fields of a form. A required list needs at least one item, because an empty list is not sent at all. */
export function formSchema(spec: Spec, form: Schema | undefined): Schema {
  if (!form) return { type: 'object' }
  const { properties = {}, required = [], ...rest } = schemaOf(spec, form)
  const carried = ([name, property]: [string, Schema]): [string, Schema] => {
    const whole = schemaOf(spec, property)
    if (whole.type === 'integer') return [name, exact(whole)]
    if (whole.type !== 'array') return [name, property]
    const item = schemaOf(spec, whole.items)
    const items = item.type === 'integer' ? { items: exact(item) } : {}
    const filled = required.includes(name) && !whole.minItems ? { minItems: 1 } : {}
    return [name, { ...whole, ...items, ...filled }]
  }
  return { ...rest, type: 'object', required, properties: Object.fromEntries(Object.entries(properties).map(carried)) }
}

/** Header parameters of an operation as one object, by lower-case name. */
export function headersSchema(headers: readonly Header[]): Schema {
  return {
    type: 'object',
    required: headers.filter((one) => one.required).map((one) => one.name.toLowerCase()),
    properties: Object.fromEntries(headers.map((one) => [one.name.toLowerCase(), one.schema])),
  }
}

/** Schema of the security headers, by scheme name: as documented (`x-schema`), or as accepted in practice (`x-accepts`). */
export function securitySchema(spec: Spec, keyword: 'x-schema' | 'x-accepts'): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(schemesOf(spec).map(([name, scheme]) => [name, schemaOf(spec, scheme[keyword])])),
  }
}
