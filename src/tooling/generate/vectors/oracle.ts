/**
 * What is wrong with the fields of a request, by Ajv at work on the schemas themselves: a second opinion beside the
 * validators that are generated from them.
 *
 * @module
 */
import type { ErrorObject, ValidateFunction } from 'ajv'
import { checkedSchema, componentsSchema, createAjv, formSchema, headersSchema } from '../ajv.js'
import { isObject, type Operation, propertiesOf, type Schema, type Spec } from '../openapi.js'
import { keysOf } from '../pointer.js'
import { messageTypesOf } from '../tables/message-types.js'

/** The fields of a request. */
export type Fields = Readonly<Record<string, unknown>>

/** One thing that is wrong, and where. */
export interface Finding {
  readonly field: string
  readonly keyword: string
}

/** Tells what is wrong; nothing when all is right. */
export interface Oracle {
  /** Outermost first. */
  readonly request: (fields: Fields) => Finding[]
  /** A header parameter; `undefined` where it is left out. */
  readonly header: (name: string, value: unknown) => Finding | undefined
  /** True for a value that a schema accepts. */
  readonly accepts: (schema: Schema, value: unknown) => boolean
}

/** JSON pointer of an error; of a field that is missing, where it should be. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const missing = keyword === 'required' ? [String(params['missingProperty'])] : []
  return [...keysOf(instancePath), ...missing]
}

/** `toGroupId[1]`: a number is a place in a list. */
function fieldOf(value: unknown, steps: readonly string[], root: string): string {
  let field = root
  let found = value
  for (const step of steps) {
    if (Array.isArray(found)) {
      field += `[${step}]`
      found = found[Number(step)]
    } else {
      field += `${field && '.'}${step}`
      found = isObject(found) ? found[step] : undefined
    }
  }
  return field
}

/** What is wrong with a value. If its type is wrong, most other errors at the same place are left out. */
function findings(validate: ValidateFunction, value: unknown, root: string): Finding[] {
  if (validate(value)) return []
  const errors = validate.errors ?? []
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return errors
    .filter(({ keyword, instancePath }) => ['type', 'required'].includes(keyword) || !wrongType.has(instancePath))
    .map((error) => ({ keyword: error.keyword, steps: pointerOf(error) }))
    .toSorted((a, b) => a.steps.length - b.steps.length)
    .map(({ keyword, steps }) => ({ field: fieldOf(value, steps, root), keyword }))
}

type Compile = (schema: Schema) => ValidateFunction

/** Compiles schemas of the spec: without optimization, as each runs only a few times. The linter has checked that they are valid. */
function createCompiler(spec: Spec): Compile {
  const ajv = createAjv({ meta: false, validateSchema: false, code: { optimize: false } })
  ajv.addSchema(componentsSchema(spec), 'spec', false, false)
  const known = new Map<string, ValidateFunction>()
  return (schema) => {
    const checked = checkedSchema(schema)
    const text = JSON.stringify(checked)
    const validate = known.get(text) ?? ajv.compile(checked)
    known.set(text, validate)
    return validate
  }
}

/** Checks the JSON inside a message, by the schema of its type. */
function createContentCheck(spec: Spec, operation: Operation, compile: Compile) {
  const { types, fields: carriers } = messageTypesOf(spec)
  const hasMessages = propertiesOf(spec, operation.form).some(([, schema]) => schema['x-message-types'])
  return (fields: Fields, found: readonly Finding[]): Finding[] => {
    if (!carriers || !hasMessages || found.some(({ field }) => field === carriers.content)) return []
    const row = types.get(String(fields[carriers.type]))
    const content = fields[carriers.content]
    if (!row || typeof content !== 'string') return []
    try {
      return findings(compile(row.schema), JSON.parse(content), carriers.content)
    } catch (error) {
      if (error instanceof SyntaxError) return [{ field: carriers.content, keyword: 'x-message-types' }]
      throw error
    }
  }
}

/** Makes the oracle of each operation. They share what they have compiled. */
export function createOracles(spec: Spec): (operation: Operation) => Oracle {
  const compile = createCompiler(spec)
  return (operation) => {
    const form = compile(formSchema(spec, operation.form))
    const headers = compile(headersSchema(operation.headers))
    const contentFindings = createContentCheck(spec, operation, compile)
    return {
      request: (fields) => {
        // Without a prototype, as the form decoder makes them: a field may be called `constructor`.
        const found = findings(form, Object.assign(Object.create(null), fields), '')
        return [...found, ...contentFindings(fields, found)]
      },
      header: (name, value) => {
        const key = name.toLowerCase()
        return findings(headers, value === undefined ? {} : { [key]: value }, '').find(({ field }) => field === key)
      },
      accepts: (schema, value) => compile(schema)(value),
    }
  }
}
