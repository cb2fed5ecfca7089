/**
 * Does an answer fit the contract? Its status must be known, and a refusal must have a code of its status. A success must fit its
 * schema and, where it repeats a list of the request, must have one entry for each value of that list.
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

/** What a check found. */
export interface CheckedAnswer {
  readonly violations: readonly Violation[]
  /** Why the body was not judged; undefined when it was, or when there is none. */
  readonly notJudged?: string
}

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

const codeIn = (body: unknown): unknown => (isObject(body) ? body[errorFields.code] : undefined)

/** A refusal: its code is one that the contract has with its status. */
function checkRefusal(operation: OperationId, status: number, body: unknown): CheckedAnswer {
  const examples = Object.values(mockTables[operation].examples).filter((example) => example.status === status)
  const codes = new Set(examples.map((example) => codeIn(example.body)))
  if (codes.size === 0 || [...codes].some((code) => typeof code !== 'number')) {
    return { violations: [], notJudged: `the contract has no code for each answer with HTTP ${status}` }
  }
  const code = codeIn(body)
  if (codes.has(code)) return { violations: [] }
  const expected = `one of ${[...codes].join(', ')} with HTTP ${status}`
  const received = code === undefined ? 'none' : truncate(JSON.stringify(code), 40)
  return { violations: [violation(`${ROOT}.${errorFields.code}`, 'code', expected, received)] }
}

/**
 * Checks an answer.
 *
 * @param fields the fields of the request; undefined (entries are not compared) when unknown or off the contract
 */
export function checkAnswer(
  operation: OperationId,
  { status, body }: CapturedAnswer,
  fields: Json | undefined,
): CheckedAnswer {
  const { success, examples } = mockTables[operation]
  const statuses = [...new Set([success.status, ...Object.values(examples).map((example) => example.status)])]
  if (!statuses.includes(status)) {
    const expected = `one of ${statuses.toSorted((a, b) => a - b).join(', ')}`
    return { violations: [violation(`${ROOT} status`, 'status', expected, String(status))] }
  }
  // Without a body there is nothing more to check, and a contract may have answers without one.
  if (body === undefined || body === '') return { violations: [] }
  const json = parseJson(body)
  if (json === undefined) return { violations: [violation(ROOT, 'json', 'JSON', 'text that is not JSON')] }
  const isSuccess = status === success.status && !isKnownRefusal(operation, json)
  if (!isSuccess) return checkRefusal(operation, status, json)
  const validate = answers[operation]
  const violations = validate ? violationsOf(validate, json, ROOT) : []
  if (violations.length > 0 || !fields || !success.body) return { violations }
  return { violations: entryViolations(success.body, json, fields, ROOT) }
}

/** Whether an answer is a refusal although it has the status of a success: the client recognises it by its code. */
function isKnownRefusal(operation: OperationId, json: unknown): boolean {
  const code = codeIn(json)
  return typeof code === 'number' && Object.hasOwn(operations[operation].retry, code)
}
