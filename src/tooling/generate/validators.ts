/**
 * `generated/validators.js` and its types: Ajv writes the code, esbuild puts it into one file that imports nothing.
 *
 * Ajv lets a keyword define its own code. Ours notes an error as three facts (place, keyword, what is expected); Ajv's own
 * would write five, two of which are never read. What Ajv writes goes to esbuild as it is.
 *
 * @module
 */
import { _, type CodeKeywordDefinition, type KeywordCxt, Name, str } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { checkDataTypes, DataType } from 'ajv/dist/compile/validate/dataType.js'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import {
  checkedSchema,
  componentsSchema,
  createAjv,
  formSchema,
  headersSchema,
  securitySchema,
  supportedKeywords,
} from './ajv.js'
import { PHRASES, typePhrase } from './constraint-words.js'
import { deref, type Operation, operationsOf, type Schema, type Spec, SpecError } from './openapi.js'
import { step } from './pointer.js'
import { successOf } from './tables/answers.js'
import { messageTypesOf } from './tables/message-types.js'

/** Ajv reports wrong types in its own format, so `type` is renamed to a keyword of our own, whose errors we can shape. */
const RENAMED = { type: 'x-type' }

/** The helper that adds an error to those before it. */
const NOTE = _`(errors, instancePath, keyword, expected) => {
  const all = errors ?? []
  all.push({ instancePath, keyword, expected })
  return all
}`

/** Variables of every function that Ajv writes: the errors until now, their number, and the path to the value. */
const ERRORS = new Name('vErrors')
const COUNT = new Name('errors')
const PATH = new Name('instancePath')

/** Writes the code that notes an error. A field that is missing is noted where it should be. */
function note({ gen, it, params }: KeywordCxt, keyword: string, expected: string): void {
  const missing: unknown = keyword === 'required' && params['missingProperty']
  // Ajv holds the name as code: a string literal.
  const name = missing ? step(JSON.parse(String(missing))) : ''
  const helper = gen.scopeValue('func', { key: 'note', ref: 'note', code: NOTE })
  const place = str`${it.errorPath}${name}`
  gen.code(_`${ERRORS} = ${helper}(${ERRORS}, ${PATH} + ${place}, ${keyword}, ${expected}); ${COUNT}++`)
}

/** A keyword of Ajv's that notes its errors as ours do. */
function noting(definition: CodeKeywordDefinition, keyword: string): CodeKeywordDefinition {
  const phrase = PHRASES[keyword]
  return {
    ...definition,
    keyword,
    code(cxt, ruleType) {
      // Ajv's own type knows no keyword; the schema was read as one of ours.
      const schema = cxt.parentSchema as Schema
      const expected = keyword === 'required' ? 'required' : (phrase?.(schema) ?? `a value that fits "${keyword}"`)
      cxt.error = () => note(cxt, keyword, expected)
      definition.code(cxt, ruleType)
    },
  }
}

/** `type`, by Ajv's own comparison. */
const typeKeyword: CodeKeywordDefinition = {
  keyword: RENAMED.type,
  schemaType: ['string', 'array'],
  code(cxt: KeywordCxt) {
    const types = [cxt.schema].flat()
    cxt.error = () => note(cxt, 'type', typePhrase(types))
    cxt.fail(checkDataTypes(types, cxt.data, true, DataType.Wrong))
  },
}

/** Characters are counted only where the length in UTF-16 units leaves a doubt: a pair of them is one character. */
function lengthKeyword(keyword: 'minLength' | 'maxLength'): CodeKeywordDefinition {
  return {
    keyword,
    type: 'string',
    schemaType: 'number',
    code(cxt: KeywordCxt) {
      const { gen, data } = cxt
      const limit = Number(cxt.schema)
      const code = _`text => {
        let count = 0
        for (const _ of text) count++
        return count
      }`
      const characters = gen.scopeValue('func', { key: 'characters', ref: 'characters', code })
      if (keyword === 'minLength') cxt.fail(_`${data}.length < ${2 * limit} && ${characters}(${data}) < ${limit}`)
      else cxt.fail(_`${data}.length > ${limit} && ${characters}(${data}) > ${limit}`)
    },
  }
}

/** `uniqueItems`. A set compares items that are no objects; for others, Ajv compares them deeply. */
function uniqueKeyword(definition: CodeKeywordDefinition): CodeKeywordDefinition {
  return {
    ...definition,
    code(cxt, ruleType) {
      const types = [cxt.parentSchema['items']?.[RENAMED.type] ?? 'object'].flat()
      const isPlain = types.every((type: string) => ['string', 'integer', 'number', 'boolean'].includes(type))
      if (!isPlain) definition.code(cxt, ruleType)
      else if (cxt.schema) cxt.fail(_`new Set(${cxt.data}).size < ${cxt.data}.length`)
    },
  }
}

/** Our own code for a keyword whose Ajv code would need a module at run time; Ajv's for all others. */
function ownKeyword(definition: CodeKeywordDefinition, keyword: string): CodeKeywordDefinition {
  if (keyword === 'minLength' || keyword === 'maxLength') return lengthKeyword(keyword)
  return keyword === 'uniqueItems' ? uniqueKeyword(definition) : definition
}

/** The names that every object inherits, such as `constructor`. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype)

function createWriter(spec: Spec): Ajv2020 {
  const text = JSON.stringify(spec)
  // The linter has checked that the schemas are schemas.
  const ajv = createAjv({
    // The code is a tenth longer with it.
    ownProperties: INHERITED.some((name) => text.includes(`"${name}"`)),
    meta: false,
    validateSchema: false,
    logger: false,
    code: { source: true, esm: true, lines: true, optimize: 2 },
  })
  for (const [keyword, definition] of supportedKeywords(ajv))
    ajv.removeKeyword(keyword).addKeyword(noting(ownKeyword(definition, keyword), keyword))
  return ajv.addKeyword(typeKeyword)
}

/** Collects the schemas to compile. Alike schemas, such as all those that leave their fields open, share one function. */
class Collection {
  readonly #spec: Spec
  readonly #ajv: Ajv2020
  readonly #names = new Map<string, string>()
  /** Schemas of the collection, by the name of their function. */
  readonly references: Record<string, string> = {}

  constructor(spec: Spec) {
    this.#spec = spec
    this.#ajv = createWriter(spec)
    this.#ajv.addSchema(componentsSchema(spec, RENAMED), 'spec', false, false)
  }

  /** @returns the name of the function that checks the schema */
  add(schema: Schema): string {
    const { $ref, ...own } = schema
    const isReference = $ref !== undefined && Object.keys(checkedSchema(own)).length === 0
    const checked = checkedSchema(isReference ? deref(this.#spec, schema) : schema, RENAMED)
    const alike = JSON.stringify(checked)
    const known = this.#names.get(alike)
    if (known) return known
    const name = `check${this.#names.size}`
    this.#names.set(alike, name)
    this.references[name] = isReference ? `spec${$ref}` : name
    if (!isReference) this.#ajv.addSchema(checked, name)
    return name
  }

  /** @throws SpecError for what Ajv cannot compile; the linter refuses all that is known */
  source(): string {
    try {
      return standalone.default(this.#ajv, this.references)
    } catch (error) {
      throw new SpecError(`the validators: ${error instanceof Error ? error.message : error}`)
    }
  }
}

const table = (name: string, rows: readonly (readonly [key: string, check: string])[]) =>
  `export const ${name} = {${rows.map(([key, check]) => `${JSON.stringify(key)}: ${check}`).join(', ')}}`

const HEADER = '/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */\n'

/** @returns the sources of `validators.js` and `validators.d.ts` */
export async function generateValidators(spec: Spec): Promise<{ js: string; dts: string }> {
  const collection = new Collection(spec)
  const rows = (schema: (operation: Operation) => Schema) =>
    operationsOf(spec).map((one) => [one.id, collection.add(schema(one))] as const)
  const messages = [...messageTypesOf(spec).types].map(([type, { schema }]) => [type, collection.add(schema)] as const)
  const exported = [
    table(
      'requests',
      rows(({ form }) => formSchema(spec, form)),
    ),
    table(
      'headers',
      rows(({ headers }) => headersSchema(headers)),
    ),
    table(
      'answers',
      rows((one) => successOf(spec, one).schema ?? {}),
    ),
    table('messages', messages),
    `export const security = ${collection.add(securitySchema(spec, 'x-schema'))}`,
    `export const accepted = ${collection.add(securitySchema(spec, 'x-accepts'))}`,
  ]
  const { outputFiles } = await build({
    stdin: {
      contents: [collection.source(), ...exported].join('\n'),
      resolveDir: import.meta.dirname,
      loader: 'js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    logLevel: 'silent',
  })
  return { js: HEADER + (outputFiles[0]?.text ?? ''), dts: DECLARATIONS }
}

const DECLARATIONS = `${HEADER}
/** One thing that does not fit: where in the value, which keyword of the schema, and what that asks for, in words. */
export interface Misfit {
  readonly instancePath: string
  readonly keyword: string
  readonly expected: string
}

/** True when the value fits; else \`errors\` says what does not, until the next call. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly Misfit[] | null
}

/** Request fields, by operation. */
export declare const requests: Readonly<Record<string, Validate>>
/** Header parameters by lower-case name, by operation. */
export declare const headers: Readonly<Record<string, Validate>>
/** Successful answers, by operation. */
export declare const answers: Readonly<Record<string, Validate>>
/** The JSON inside a message, by message type. */
export declare const messages: Readonly<Record<string, Validate>>
/** Security headers by the name of their scheme, as strictly as the spec says. */
export declare const security: Validate
/** The same headers in whatever form is accepted. */
export declare const accepted: Validate
`
