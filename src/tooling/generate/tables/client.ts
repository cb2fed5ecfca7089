/**
 * What the client needs of an operation.
 *
 * @module
 */
import type { Operation as OperationTable, Retry } from '../../../core/contract.js'
import { type Operation, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { answersOf, codeOf, errorFieldsOf, successOf } from './answers.js'
import { valuesOf } from './schemas.js'

/**
 * The fields that mark a success: required ones that can have few values, in a schema or in each of its alternatives.
 */
export function marksOf(spec: Spec, schema: Schema | undefined): Map<string, readonly unknown[]> {
  const { oneOf, anyOf, required = [], ...own } = schemaOf(spec, schema)
  const marks = new Map<string, readonly unknown[]>()
  for (const [name, property] of propertiesOf(spec, own)) {
    const values = required.includes(name) ? valuesOf(property) : undefined
    if (values) marks.set(name, values)
  }
  const [first, ...others] = (oneOf ?? anyOf ?? []).map((one) => marksOf(spec, one))
  for (const [name, values] of first ?? []) {
    const all = others.map((one) => one.get(name))
    if (all.every((one) => one !== undefined)) marks.set(name, [...new Set([...values, ...all.flat()])])
  }
  return marks
}

/** What the client needs to tell a success. A code that may be left out is no mark, but has its values all the same. */
function successTable(spec: Spec, operation: Operation): OperationTable['success'] {
  const { status, schema } = successOf(spec, operation)
  const marks = marksOf(spec, schema)
  const [, code = {}] = propertiesOf(spec, schema).find(([name]) => name === errorFieldsOf(spec).code) ?? []
  const codes = marks.size > 0 ? undefined : valuesOf(code)
  return { status, marks: Object.fromEntries(marks), ...(codes && { codes }) }
}

/** What the client needs of one operation. */
export function operationTable(spec: Spec, operation: Operation): OperationTable {
  const [type, schema] = propertiesOf(spec, operation.form).find(([, one]) => one['x-message-types']) ?? []
  const { limit, period, cost, unit } = operation.definition['x-rate-limit'] ?? {}
  const batch = batchTable(spec, operation)
  return {
    method: operation.method,
    path: operation.path,
    success: successTable(spec, operation),
    retry: retryTable(spec, operation),
    ...(batch && { batch }),
    ...(type !== undefined && { message: { type, content: schema?.['x-content-field'] ?? '' } }),
    ...(limit !== undefined &&
      period !== undefined && { rateLimit: { limit, period, ...(cost && { cost }), ...(unit && { unit }) } }),
  }
}

/** The list that a batch may split: the one that the rate limit counts, else the first that has a longest length. */
export function batchTable(spec: Spec, { form, definition }: Operation): OperationTable['batch'] {
  const lists = propertiesOf(spec, form).flatMap(([field, { type, maxItems: size, minItems: least = 0 }]) =>
    type === 'array' && size !== undefined ? [{ field, size, ...(least > 1 && { least }) }] : [],
  )
  return lists.find(({ field }) => field === definition['x-rate-limit']?.cost) ?? lists[0]
}

/** Whether sending again may help, by error code. */
function retryTable(spec: Spec, operation: Operation): Record<string, Retry> {
  const table: Record<string, Retry> = {}
  for (const [, example] of answersOf(spec, operation).flatMap(({ examples }) => examples)) {
    const code = codeOf(spec, example)
    if (example['x-retry'] !== undefined && code !== undefined) table[code] = example['x-retry']
  }
  return table
}
