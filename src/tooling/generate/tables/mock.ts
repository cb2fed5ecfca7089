/**
 * What the mock needs of an operation.
 *
 * @module
 */
import type { Kind, MockTable, Template } from '../../../core/contract.js'
import { isObject, type Operation, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { allows } from '../sample.js'
import { type Answer, answersOf, errorFieldsOf, successOf } from './answers.js'
import { marksOf } from './client.js'
import { suspicionsOf, typesOf } from './schemas.js'
import { templateOf } from './template.js'

const SCALARS = ['string', 'integer', 'number', 'boolean'] as const

/** How a field is read: its type, with `[]` for a list. The linter has checked that a form can carry it. */
function kindOf(spec: Spec, schema: Schema): Kind {
  const [type] = typesOf(spec, schema)
  const isList = type === 'array'
  const [name] = isList ? typesOf(spec, schemaOf(spec, schema.items)) : [type]
  const scalar = SCALARS.find((one) => one === name) ?? 'string'
  return isList ? `${scalar}[]` : scalar
}

/** How each form field is read. */
export const formTable = (spec: Spec, { form }: Operation): Record<string, Kind> =>
  Object.fromEntries(propertiesOf(spec, form).map(([name, schema]) => [name, kindOf(spec, schema)]))

/** The body of an example. Operations share errors, so a field that repeats the called path gets this operation's path. */
function bodyOf(spec: Spec, { schema }: Answer, body: unknown, path: string): unknown {
  const [field] = propertiesOf(spec, schema).find(([, one]) => one['x-called-path']) ?? []
  return field !== undefined && isObject(body) && field in body ? { ...body, [field]: path } : body
}

/** Suspicious texts by field and name. For a list, they are those of its items. */
export function suspiciousTable(spec: Spec, { form }: Operation): MockTable['suspicious'] {
  const rows = propertiesOf(spec, form).flatMap(([field, schema]) => {
    const patterns = suspicionsOf(spec, schema).map(([name, { pattern, text }]) => [name, { pattern, text }] as const)
    return patterns.length > 0 ? [[field, Object.fromEntries(patterns)] as const] : []
  })
  return rows.length > 0 ? Object.fromEntries(rows) : undefined
}

/** The template of a success. Where nothing else marks one, its code is the HTTP status, if it may be. */
function successTemplate(spec: Spec, schema: Schema, path: string, status: number): Template {
  const template = templateOf(spec, schema, path)
  const { code } = errorFieldsOf(spec)
  if (!template.object || !Object.hasOwn(template.object, code) || marksOf(spec, schema).size > 0) return template
  const [, property = {}] = propertiesOf(spec, schema).find(([name]) => name === code) ?? []
  if (!allows(schemaOf(spec, property), status)) return template
  return { object: { ...template.object, [code]: { is: status } } }
}

/** What the mock needs of one operation. */
export function mockTable(spec: Spec, operation: Operation): MockTable {
  const examples: Record<string, MockTable['examples'][string]> = {}
  const raisedBy: Record<string, string> = {}
  for (const answer of answersOf(spec, operation)) {
    for (const [name, { value, 'x-raised-by': keywords = [] }] of answer.examples) {
      examples[name] = { status: answer.status, body: bodyOf(spec, answer, value, operation.path) }
      for (const keyword of keywords) raisedBy[keyword] ??= name
    }
  }
  const { status, schema } = successOf(spec, operation)
  const suspicious = suspiciousTable(spec, operation)
  return {
    fields: formTable(spec, operation),
    headers: operation.headers.map(({ name }) => name),
    examples,
    raisedBy,
    success: { status, ...(schema && { body: successTemplate(spec, schema, operation.path, status) }) },
    ...(suspicious && { suspicious }),
  }
}
