/**
 * Does an answer fit the contract? Its status and code must be known. A success must fit its schema and, where it repeats a
 * list of the request, must have one entry for each value of that list.
 *
 * @module
 */
import { answers } from '#validators'
import { errorFields, mockTables, type OperationId, operations, type Template } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { parseJson } from '../core/json.js'
import { isObject } from '../core/record.js'
import { truncate } from '../core/redact.js'
import { violationsOf } from '../core/validate.js'
import type { CapturedAnswer } from './captures/capture.js'

/** Put in front of the fields of an answer. */
const ROOT = 'answer'

type Json = Readonly<Record<string, unknown>>

/** Different values in an order that does not depend on that of the list. */
const distinct = (values: readonly unknown[]): readonly string[] => [...new Set(values.map(String))].sort()

const shownList = (values: readonly unknown[]): string => truncate(values.map(String).join(', '), 100)

/**
 * Compares each list of an answer with the list of the request that it repeats: it must have one entry for each value.
 * A list that is missing from the answer is not reported here: the schema check does that.
 */
function entryViolations(template: Template, value: unknown, fields: Json, name: string): Violation[] {
  // Each member of the union has keys of its own.
  const { object, each, item } = template as Partial<Record<'object' | 'each' | 'item', unknown>>
  if (isObject(object) && isObject(value)) {
    return Object.entries(object).flatMap(([key, part]) =>
      // The parts of an object template are templates.
      entryViolations(part as Template, value[key], fields, `${name}.${key}`),
    )
  }
  if (typeof each !== 'string' || !Array.isArray(value)) return []
  const sent = fields[each]
  const list = Array.isArray(sent) ? sent : []
  if (value.length !== list.length) {
    return [violation(name, 'entries', `one entry for each ${each}`, `${value.length} for ${list.length}`)]
  }
  const parts = isObject(item) && isObject(item['object']) ? Object.entries(item['object']) : []
  // The parts of an entry that repeat the value of the list.
  const repeated = parts.filter(([, part]) => isObject(part) && part['value'] === each)
  return repeated.flatMap(([key]) => {
    const received = value.map((entry: unknown) => (isObject(entry) ? entry[key] : undefined))
    if (distinct(received).join('\n') === distinct(list).join('\n')) return []
    return [violation(`${name}[].${key}`, 'entries', `each ${each} (${shownList(list)})`, shownList(received))]
  })
}

/** A refusal: its status and code are those of an example of the contract. */
function refusalViolations(operation: OperationId, status: number, body: Json): Violation[] {
  const { [errorFields.code]: code } = body
  const known = Object.values(mockTables[operation].examples)
  const codeOf = (example: { readonly body: unknown }) =>
    isObject(example.body) ? example.body[errorFields.code] : undefined
  const codes = known.filter((example) => example.status === status).map(codeOf)
  if (code === undefined || !codes.some((one) => typeof one === 'number')) return []
  if (codes.includes(code)) return []
  const expected = `one of ${[...new Set(codes)].join(', ')} with HTTP ${status}`
  return [violation(`${ROOT}.${errorFields.code}`, 'code', expected, truncate(JSON.stringify(code), 40))]
}

/**
 * Checks an answer.
 *
 * @param fields the fields of the request; undefined (entries are not compared) when unknown or off the contract
 */
export function answerViolations(
  operation: OperationId,
  { status, body }: CapturedAnswer,
  fields: Json | undefined,
): Violation[] {
  const { success, examples } = mockTables[operation]
  const statuses = [...new Set([success.status, ...Object.values(examples).map((example) => example.status)])]
  if (!statuses.includes(status)) {
    const expected = `one of ${statuses.toSorted((a, b) => a - b).join(', ')}`
    return [violation(`${ROOT} status`, 'status', expected, String(status))]
  }
  // Without a body there is nothing more to check, and a contract may have answers without one.
  if (body === undefined || body === '') return []
  const json = parseJson(body)
  if (json === undefined) return [violation(ROOT, 'json', 'JSON', 'text that is not JSON')]
  const isSuccess = status === success.status && !isKnownRefusal(operation, json)
  if (!isSuccess) return isObject(json) ? refusalViolations(operation, status, json) : []
  const validate = answers[operation]
  const violations = validate ? violationsOf(validate, json, ROOT) : []
  if (violations.length > 0 || !fields || !success.body) return violations
  return entryViolations(success.body, json, fields, ROOT)
}

/** Whether an answer is a refusal although it has the status of a success: the client recognises it by its code. */
function isKnownRefusal(operation: OperationId, json: unknown): boolean {
  const code = isObject(json) ? json[errorFields.code] : undefined
  return typeof code === 'number' && Object.hasOwn(operations[operation].retry, code)
}
