/**
 * What is wrong with the fields of a request, by Ajv at work on the schemas themselves: a second opinion beside the validators that are
 * generated from them.
 *
 * @module
 */
import type { ErrorObject, ValidateFunction } from 'ajv'
import { bare, createAjv, formSchema, headersSchema, mapValues } from '../ajv.js'
import type { Json, Operation, Schema } from '../openapi.js'
import { schemaOf } from '../openapi.js'
import { messageTypesOf } from '../tables/message-types.js'

export type Fields = Readonly<Record<string, unknown>>

/** One thing that is wrong, and where. */
export interface Finding {
  readonly field: string
  readonly keyword: string
}

/** Tells what is wrong; nothing when all is right. */
export interface Judge {
  /** Outermost first. */
  readonly request: (fields: Fields) => Finding[]
  /** A header parameter; `undefined` where it is left out. */
  readonly header: (name: string, value: unknown) => Finding | undefined
}

/** JSON pointer of an error; of a field that is missing, where it should be. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const missing = keyword === 'required' ? [String((params as { missingProperty?: unknown }).missingProperty)] : []
  const steps = instancePath.split('/').slice(1)
  return [...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')), ...missing]
}

/** `toGroupId[1]`: a number is a place in a list. */
function fieldOf(value: unknown, steps: readonly string[], root: string): string {
  let [field, found] = [root, value]
  for (const step of steps) {
    field += Array.isArray(found) ? `[${step}]` : `${field && '.'}${step}`
    found = (found as Record<string, unknown> | undefined)?.[step]
  }
  return field
}

/** A wrong type says all there is to say of a value. */
function findings(validate: ValidateFunction, value: unknown, root: string): Finding[] {
  if (validate(value)) return []
  const errors = (validate.errors ?? []).map((error) => ({ error, steps: pointerOf(error) }))
  const wrongType = new Set(
    errors.filter(({ error }) => error.keyword === 'type').map(({ error }) => error.instancePath),
  )
  return errors
    .filter(
      ({ error }) => error.keyword === 'type' || error.keyword === 'required' || !wrongType.has(error.instancePath),
    )
    .sort((a, b) => a.steps.length - b.steps.length)
    .map(({ error, steps }) => ({ field: fieldOf(value, steps, root), keyword: error.keyword }))
}

/** Compiles schemas of the spec: quickly, for each runs but a few times. That they are schemas, the validators have checked. */
function createCompiler(spec: Json): (schema: Schema) => ValidateFunction {
  const ajv = createAjv({ meta: false, validateSchema: false, code: { optimize: false } })
  const schemas = mapValues(spec['components']?.['schemas'] ?? {}, bare)
  ajv.addSchema({ $id: 'spec', components: { schemas } }, 'spec', false, false)
  return (schema) => ajv.compile(bare(schema) as object)
}

/** Judges the JSON inside a message, by the schema of its type. */
function createInside(spec: Json, compile: (schema: Schema) => ValidateFunction, typed: Typed | undefined) {
  const { types } = messageTypesOf(spec)
  const known = new Map<string, ValidateFunction>()
  return (fields: Fields): Finding[] => {
    const [type, field] = [String(fields[typed?.name ?? '']), String(typed?.content)]
    const row = types.get(type)
    if (!typed || !row || typeof fields[field] !== 'string') return []
    const validate = known.get(type) ?? compile(row.schema)
    known.set(type, validate)
    try {
      return findings(validate, JSON.parse(fields[field]), field)
    } catch (error) {
      if (error instanceof SyntaxError) return [{ field, keyword: 'x-message-types' }]
      throw error
    }
  }
}

/** The field that names the type of a message, and the one that has its content. */
interface Typed {
  readonly name: string
  readonly content: unknown
}

/** The judge of one operation. */
export function createJudge(spec: Json, operation: Operation): Judge {
  const compile = createCompiler(spec)
  const form = compile(formSchema(spec, operation.form))
  const headers = compile(headersSchema(operation.headers))
  const typed = Object.entries(schemaOf(spec, operation.form).properties ?? {})
    .map(([name, schema]) => ({ name, content: schemaOf(spec, schema)['x-content-field'] }))
    .find(({ content }) => content !== undefined)
  const inside = createInside(spec, compile, typed)
  return {
    request: (fields) => {
      // Without a prototype, as the form decoder makes them: a field may be called `constructor`.
      const found = findings(form, Object.assign(Object.create(null), fields), '')
      return found.some(({ field }) => field === typed?.content) ? found : [...found, ...inside(fields)]
    },
    header: (name, value) => {
      const key = name.toLowerCase()
      return findings(headers, value === undefined ? {} : { [key]: value }, '').find(({ field }) => field === key)
    },
  }
}
