/**
 * What the client needs of an operation.
 *
 * @module
 */
import { type Json, type Operation, type Schema, SpecError, schemaOf } from '../openapi.js'
import { answersOf, successOf } from './answers.js'
import { propertiesOf, valuesOf } from './schemas.js'

/**
 * The fields that tell a success: those that must be there and can have few values, in a schema or in each of its
 * alternatives.
 */
export function marksOf(spec: Json, schema: Schema | undefined): Map<string, readonly unknown[]> {
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

/** What the client needs of one operation. */
export function operationTable(spec: Json, operation: Operation): object {
  const success = successOf(spec, operation)
  const fields = propertiesOf(spec, operation.form)
  const type = fields.find(([, schema]) => schema['x-message-types'])
  const { limit, period, cost } = operation.definition['x-rate-limit'] ?? {}
  return {
    method: operation.method,
    path: operation.path,
    success: { status: success.status, marks: Object.fromEntries(marksOf(spec, success.schema)) },
    retry: retryTable(spec, operation),
    batch: batchTable(spec, operation),
    message: type && { type: type[0], content: type[1]['x-content-field'] },
    rateLimit: limit && { limit, period, cost },
  }
}

/** The list that a batch may split: the one that the rate limit counts, else the first that has a longest length. */
export function batchTable(spec: Json, { form, definition }: Operation): { field: string; size: number } | undefined {
  const { cost } = (definition['x-rate-limit'] as { readonly cost?: unknown } | undefined) ?? {}
  const lists = propertiesOf(spec, form).filter(
    ([, schema]) => schema.type === 'array' && schema.maxItems !== undefined,
  )
  const [field, schema] = lists.find(([name]) => name === cost) ?? lists[0] ?? []
  return field === undefined || schema?.maxItems === undefined ? undefined : { field, size: schema.maxItems }
}

function retryTable(spec: Json, operation: Operation): Record<string, unknown> {
  const table: Record<string, unknown> = {}
  for (const [name, example] of answersOf(spec, operation).flatMap(({ examples }) => examples)) {
    const retry = example['x-retry'] as unknown
    const code = example['value']?.['code'] as unknown
    if (retry === undefined || typeof code !== 'number') continue
    if (table[code] && table[code] !== retry) {
      throw new SpecError(
        `${operation.id}: example "${name}" gives code ${code} another x-retry than an example before it`,
      )
    }
    table[code] = retry
  }
  return table
}
