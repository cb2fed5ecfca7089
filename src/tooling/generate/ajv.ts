/**
 * The schemas of the spec as Ajv reads them: our keywords, our words, and the schemas that a spec only implies.
 *
 * @module
 */
import { _, type CodeKeywordDefinition, type KeywordCxt, type Options, stringify } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { KeywordErrorCxt } from 'ajv/dist/types/index.js'
import { VOCABULARY } from '../lint/keywords.js'
import { type Json, type operationsOf, type Schema, schemaOf } from './openapi.js'
import { WORDS } from './phrases.js'

/** Characters, a surrogate pair being one. */
const characterCount = (text: string) => [...text].length

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

/** Characters are counted only where the length in UTF-16 units leaves a doubt: a pair of them is one character. */
function lengthCode(keyword: 'minLength' | 'maxLength'): CodeKeywordDefinition['code'] {
  return (cxt: KeywordCxt) => {
    const { gen, data, schema } = cxt
    const code = _`require("ajv/dist/runtime/ucs2length").default`
    const characters = gen.scopeValue('func', { ref: characterCount, code })
    const limit = Number(schema)
    if (keyword === 'minLength') cxt.fail(_`${data}.length < ${2 * limit} && ${characters}(${data}) < ${limit}`)
    else cxt.fail(_`${data}.length > ${limit} && ${characters}(${data}) > ${limit}`)
  }
}

/**
 * Ajv with the vocabulary of the spec; all errors, in the words of the contract.
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
    // An annotation, as in JSON Schema 2020-12.
    validateFormats: false,
    inlineRefs: false,
    // 19.99 is a multiple of 0.01, though not by the division of binary fractions.
    multipleOfPrecision: 8,
    code: { source: true, esm: true, optimize: 2, lines: true },
    ...options,
  })
  // Only for `unevaluatedProperties` and `$dynamicRef`; they make every function twice as long.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false })
  ajv.addKeyword(maxBytes)
  ajv.addKeyword(reservedPrefix)
  for (const [keyword, words] of Object.entries(WORDS)) {
    const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition
    const message = ({ schema, parentSchema }: KeywordErrorCxt) =>
      words(schema as never, parentSchema as object as Readonly<Record<string, unknown>>)
    const length = keyword === 'minLength' || keyword === 'maxLength' ? { code: lengthCode(keyword) } : {}
    ajv.removeKeyword(keyword).addKeyword({ ...definition, keyword, error: { message }, ...length })
  }
  for (const keyword of Object.keys(VOCABULARY)) if (!ajv.getKeyword(keyword)) ajv.addKeyword(keyword)
  // Annotations that OpenAPI adds to JSON Schema.
  ajv.addVocabulary(['components', 'example', 'externalDocs', 'xml', 'discriminator'])
  return ajv
}

/** Keywords that check nothing; left in, Ajv copies them into its output. */
const ANNOTATIONS = [
  'title',
  'description',
  'examples',
  'example',
  'default',
  'externalDocs',
  'deprecated',
  'x-assumption',
]

/** A schema without annotations, its `$ref` pointed at the one schema that holds the whole spec. */
export function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare)
  if (typeof schema !== 'object' || schema === null) return schema
  // A minLength of 0 checks nothing either.
  const kept = Object.entries(schema).filter(
    ([key, value]) => !ANNOTATIONS.includes(key) && !(key === 'minLength' && value === 0),
  )
  return Object.fromEntries(
    kept.map(([key, child]) => {
      if (key === '$ref') return [key, `spec${child}`]
      if (key === 'x-message-types') return [key, Object.keys(child as object)]
      // The names below `properties` are not keywords: a field may be called "title".
      const names = key === 'properties' || key === '$defs' || key === 'patternProperties'
      return [key, names ? mapValues(child as object, bare) : bare(child)]
    }),
  )
}

/** The same keys with other values. */
export const mapValues = (object: object, change: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/** Integers that JavaScript holds exactly: beyond them a form would carry another one, or none. */
function exact(schema: Schema): Schema {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, unknown>
  if (type !== 'integer' || schema.enum || schema.const !== undefined) return schema
  const { MIN_SAFE_INTEGER: least, MAX_SAFE_INTEGER: most } = Number
  return {
    ...schema,
    ...(Number(minimum ?? exclusiveMinimum ?? -Infinity) < least && { minimum: least }),
    ...(Number(maximum ?? exclusiveMaximum ?? Infinity) > most && { maximum: most }),
  } as Schema
}

/** The fields of a form. A list that must be there has an item: an empty one leaves no trace on the wire. */
export function formSchema(spec: Json, form: Schema | undefined): Schema {
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
export function headersSchema(headers: ReturnType<typeof operationsOf>[number]['headers']): Schema {
  return {
    type: 'object',
    required: headers.filter((one) => one.required).map((one) => one.name.toLowerCase()),
    properties: Object.fromEntries(headers.map((one) => [one.name.toLowerCase(), one.schema ?? {}])),
  }
}

/** The form of the security headers, by the name of their scheme: as documented, or as it is accepted all the same. */
export function securitySchema(spec: Json, keyword: 'x-schema' | 'x-accepts'): Schema {
  const schemes = Object.entries((spec['components']?.['securitySchemes'] ?? {}) as Json)
  return {
    type: 'object',
    properties: Object.fromEntries(schemes.map(([name, scheme]) => [name, schemaOf(spec, scheme[keyword] as Schema)])),
  }
}
