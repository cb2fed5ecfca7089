/**
 * Builds the answers of the mock from the spec.
 *
 * @module
 */

import {
  errorFields,
  type MockTable,
  mockTables,
  type OperationId,
  operationIds,
  type Template,
  type TextRecipe,
} from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'
import { MAX_TIMEOUT_MS } from '../core/wait.js'
import { FAULTS, type Fault, GARBAGE } from './faults.js'

/** An answer as it goes out. `body` is JSON. */
export interface PlainAnswer {
  /** HTTP status. */
  readonly status: number
  /** Headers. The names that the mock itself sets are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as text; empty where the status allows no body. */
  readonly body: string
  /** Milliseconds to wait before sending. Default 0. */
  readonly delay?: number
  /** How the answer is broken. Default: not at all. */
  readonly fault?: Fault
  /** With the fault `hang`: aborted when the mock is reset, which ends the call. */
  readonly ended?: AbortSignal
}

const JSON_HEADERS: PlainAnswer['headers'] = { 'content-type': 'application/json; charset=utf-8' }

/** Statuses whose answers have no body. */
export const BODYLESS_STATUSES: ReadonlySet<number> = new Set([204, 205, 304])

/** Makes a JSON answer. `undefined` makes an empty body. */
export function answer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): PlainAnswer {
  const text = body === undefined || BODYLESS_STATUSES.has(status) ? '' : JSON.stringify(body)
  return { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS, body: text }
}

/** Makes a new text by a recipe: the counter, written in the alphabets of the recipe. */
function unique(recipe: TextRecipe, counter: number): string {
  let text = ''
  let rest = counter
  for (const part of recipe.toReversed()) {
    if (typeof part === 'string') {
      text = part + text
      continue
    }
    const { alphabet } = part
    let left = part.length
    for (; left > 0 && rest > 0; left--) {
      text = alphabet.charAt(rest % alphabet.length) + text
      rest = Math.floor(rest / alphabet.length)
    }
    text = alphabet.charAt(0).repeat(left) + text
  }
  return text
}

/**
 * Fills a template with the fields of a request. Inside `each`, the field of the list is the item at hand.
 *
 * @param next counts the new strings
 */
export function build(template: Template, fields: RequestFields, next: () => number): unknown {
  if (template.is !== undefined) return template.is
  if (template.value !== undefined) return fields[template.value]
  if (template.text) return unique(template.text, next())
  const { each, item: entry = {}, object: parts = {} } = template
  if (each !== undefined) {
    const values = fields[each] ?? []
    const own: Record<string, unknown> = { ...fields }
    return (Array.isArray(values) ? values : [values]).map((value) => {
      own[each] = value
      return build(entry, own, next)
    })
  }
  const object: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(parts)) object[name] = build(part, fields, next)
  return object
}

type RequestFields = Readonly<Record<string, unknown>>

/** HTTP status for violations that no example of the spec answers. Others get 400. */
const STATUS: Readonly<Record<string, number>> = {
  path: 404,
  method: 405,
  'app-key': 401,
  signature: 401,
  'rate-limit': 429,
}

/** Most characters of the header with the violations, because servers refuse longer headers. */
const MAX_HEADER = 6_000
/** Most violations in that header. */
const MAX_LISTED = 5

const escapeAscii = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
const asciiJson = (value: unknown) => JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, escapeAscii)

/** Violations as JSON for a header: as many as fit, but at least the first, shortened if necessary. */
function headerJson(violations: readonly Violation[]): string {
  for (let count = Math.min(MAX_LISTED, violations.length); count > 0; count--) {
    const json = asciiJson(violations.slice(0, count))
    if (json.length <= MAX_HEADER) return json
  }
  const shortened = Object.entries(violations[0] ?? {}).map(([name, text]) => [name, truncate(text, 200)] as const)
  return asciiJson([Object.fromEntries(shortened)])
}

/** The example that answers a violation: the one for its keyword, else the one for wrong values, else none. */
function exampleFor(
  table: MockTable,
  keyword: string,
): { readonly status: number; readonly body: unknown } | undefined {
  const general = keyword in STATUS ? undefined : (table.raisedBy['type'] ?? table.raisedBy['required'])
  return table.examples[table.raisedBy[keyword] ?? general ?? '']
}

/** The body of an error answer, with the names that the contract has for its fields; without those that it does not have. */
export function errorBody(path: string, code: unknown, message: string | undefined): Record<string, unknown> {
  const named = [
    [errorFields.path, path],
    [errorFields.code, code],
    [errorFields.message, message],
  ] as const
  return Object.fromEntries(named.filter(([name]) => name !== ''))
}

/**
 * The vendor's error answer for the first violation, with the path of the call and a message that describes the
 * violation. The header `x-contract-violations` lists the first five violations.
 */
export function refusal(
  operation: OperationId | undefined,
  path: string,
  violations: readonly Violation[],
): PlainAnswer {
  const keyword = violations[0]?.keyword ?? ''
  const tables = (operation ? [operation] : operationIds).map((id) => mockTables[id])
  const example = tables.map((table) => exampleFor(table, keyword)).find((found) => found !== undefined)
  const status = example?.status ?? STATUS[keyword] ?? 400
  const known = isRecord(example?.body) ? example.body : {}
  const own = errorBody(path, known[errorFields.code] ?? status, violations[0]?.message)
  // The example adds its further fields behind these three.
  return answer(status, { ...own, ...known, ...own }, { 'x-contract-violations': headerJson(violations) })
}

/** Your own answer, or an example of the spec with a delay or a fault. */
export interface CustomAnswer {
  /** Name of an example of the spec. Default: an answer from `status`, `body` and `headers`, or the default success without all three. */
  readonly example?: string | undefined
  /** HTTP status, 200 to 599. Default 200. */
  readonly status?: number | undefined
  /** A string is sent unchanged, any other value as JSON. Default `{}`. */
  readonly body?: unknown
  /** Headers to add or to replace; not those that the server sets for the body, such as `content-length`. Default: `content-type` for JSON. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How to break the answer. Default: not at all. */
  readonly fault?: Fault | undefined
  /** Milliseconds to wait before sending the answer, at most 2 147 483 647. Default 0. */
  readonly delay?: number | undefined
}

const CUSTOM_KEYS = ['example', 'status', 'body', 'headers', 'fault', 'delay']

/** Whether an answer sets status, body or headers. */
const hasContent = ({ status, body, headers }: CustomAnswer) =>
  [status, body, headers].some((part) => part !== undefined)

/** @throws TypeError for an answer that cannot be sent */
export function checkCustom(custom: CustomAnswer, show: (value: unknown) => string): void {
  const { example, status = 200, body, headers, fault, delay = 0 } = custom
  const unknown = Object.keys(custom).find((name) => !CUSTOM_KEYS.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`an answer has no ${show(unknown)}. It may have ${CUSTOM_KEYS.join(', ')}`)
  }
  if (example !== undefined && hasContent(custom)) {
    throw new TypeError('"example" must not be combined with "status", "body" or "headers"')
  }
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(`"status" must be a whole number from 200 to 599. Received ${show(status)}`)
  }
  if (body !== undefined && JSON.stringify(body) === undefined) {
    throw new TypeError(`"body" must be a string or JSON. Received ${typeof body}`)
  }
  if (fault !== undefined && !FAULTS.includes(fault)) {
    throw new TypeError(`"fault" must be one of ${FAULTS.join(', ')}. Received ${show(fault)}`)
  }
  if (!(typeof delay === 'number' && delay >= 0 && delay <= MAX_TIMEOUT_MS)) {
    throw new TypeError(`"delay" must be milliseconds, from 0 to ${MAX_TIMEOUT_MS}. Received ${show(delay)}`)
  }
  if (fault === 'truncate' && BODYLESS_STATUSES.has(status)) {
    throw new TypeError(`"fault" must not be "truncate" with the status ${status}, which allows no body`)
  }
  for (const [name, value] of new Headers(headers)) {
    if (/^(content-length|transfer-encoding|connection|keep-alive|trailer|upgrade)$/.test(name))
      throw new TypeError(`"headers" must not contain "${name}", which the server sets`)
    // HTTP leaves open how other characters are written, and clients read them differently.
    if (/[^\t\x20-\x7e]/.test(value)) throw new TypeError(`the header "${name}" must be ASCII. Received ${show(value)}`)
  }
}

/** A call that is answered: its fields, and a counter for new strings. */
export interface AnsweredCall {
  readonly fields: RequestFields
  readonly next: () => number
}

/** The default success for a call. */
export function successAnswer({ success }: MockTable, { fields, next }: AnsweredCall): PlainAnswer {
  return answer(success.status, success.body && build(success.body, fields, next))
}

/** Adapts an example to this call: parts that the template takes from the request, such as an entry for each group, are filled from it. */
function forCall(example: unknown, template: Template | undefined, { fields, next }: AnsweredCall): unknown {
  if (template?.each !== undefined || template?.value !== undefined) return build(template, fields, next)
  if (!isRecord(example) || !template?.object) return example
  const parts = template.object
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, forCall(value, parts[name], { fields, next })]),
  )
}

/** The answer of a named example. */
function answerFromExample({ examples, success }: MockTable, name: string, call: AnsweredCall): PlainAnswer {
  const { status, body } = examples[name] ?? { status: 200, body: {} }
  return answer(status, status === success.status ? forCall(body, success.body, call) : body)
}

function contentAnswer({ status = 200, body, headers }: CustomAnswer): PlainAnswer {
  const { headers: defaults, body: json } = answer(status, body === undefined ? {} : body)
  const customHeaders = Object.fromEntries(new Headers(headers))
  const text = typeof body === 'string' && !BODYLESS_STATUSES.has(status) ? body : json
  return { status, headers: { ...defaults, ...customHeaders }, body: text }
}

function unbrokenAnswer(table: MockTable, custom: CustomAnswer, call: AnsweredCall): PlainAnswer {
  if (custom.example !== undefined) return answerFromExample(table, custom.example, call)
  return hasContent(custom) ? contentAnswer(custom) : successAnswer(table, call)
}

/** The answer of a scenario. */
export function scenarioAnswer(table: MockTable, scenario: string | CustomAnswer, call: AnsweredCall): PlainAnswer {
  const custom = typeof scenario === 'string' ? { example: scenario } : scenario
  const { fault, delay } = custom
  const unbroken = unbrokenAnswer(table, custom, call)
  const sent = fault === 'garbage' ? GARBAGE : unbroken
  return { ...sent, ...(fault !== undefined && { fault }), ...(delay !== undefined && { delay }) }
}
