/**
 * Answers of the mock, built from what the spec says of them.
 *
 * @module
 */

import { type MockTable, mockTables, type OperationId, operationIds, type Template } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'

/**
 * How an answer is broken.
 *
 * - `hang`: no answer until the caller gives up or the server closes.
 * - `reset`: the connection breaks before the answer.
 * - `truncate`: status, headers and half of the body, then the connection breaks.
 * - `garbage`: HTTP 200 with HTML in place of JSON.
 */
export type Fault = 'hang' | 'reset' | 'truncate' | 'garbage'

const FAULTS: readonly Fault[] = ['hang', 'reset', 'truncate', 'garbage']

/** An answer as it goes out. `body` is JSON. */
export interface PlainAnswer {
  /** HTTP status. */
  readonly status: number
  /** Headers; those of the mock itself have lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as text; empty where the status allows no body. */
  readonly body: string
  /** Milliseconds before it is sent. Default 0. */
  readonly delay?: number
  /** How it is broken. Default: it is not. */
  readonly fault?: Fault
}

const JSON_HEADERS: PlainAnswer['headers'] = { 'content-type': 'application/json; charset=utf-8' }

/** Statuses whose answers have no body. */
export const EMPTY: ReadonlySet<number> = new Set([204, 205, 304])

/** JSON in the vendor's way; nothing for `undefined`. */
export function answer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): PlainAnswer {
  const text = body === undefined || EMPTY.has(status) ? '' : JSON.stringify(body)
  return { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS, body: text }
}

/** A new text of a given form: the counter, written in the form's alphabets. */
function unique(recipe: Extract<Template, { text: unknown }>['text'], counter: number): string {
  let text = ''
  let rest = counter
  for (const part of recipe.toReversed()) {
    if (typeof part === 'string') {
      text = part + text
      continue
    }
    for (let left = part.length; left > 0; left--) {
      text = part.alphabet.charAt(rest % part.alphabet.length) + text
      rest = Math.floor(rest / part.alphabet.length)
    }
  }
  return text
}

/**
 * Fills a template with the fields of a request.
 *
 * @param next counts the new strings
 * @param list name of the list that is being repeated, where there is one
 * @param one its current value
 */
export function build(template: Template, fields: Fields, next: () => number, list?: string, one?: unknown): unknown {
  if ('is' in template) return template.is
  if ('value' in template) return template.value === list ? one : fields[template.value]
  if ('text' in template) return unique(template.text, next())
  if ('each' in template) {
    const values = fields[template.each] ?? []
    return (Array.isArray(values) ? values : [values]).map((value) =>
      build(template.item, fields, next, template.each, value),
    )
  }
  const object: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(template.object)) object[name] = build(part, fields, next, list, one)
  return object
}

type Fields = Readonly<Record<string, unknown>>

/** HTTP status of a violation that no example of the spec claims. */
const STATUS: Readonly<Record<string, number>> = {
  path: 404,
  method: 405,
  'app-key': 401,
  signature: 401,
  'rate-limit': 429,
}

/** Most characters of the header with the violations: servers refuse longer ones. */
const MAX_HEADER = 6_000
/** Most violations in it. */
const MAX_LISTED = 5

const escapeAscii = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
const asciiJson = (value: unknown) => JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, escapeAscii)

/** Violations as JSON for a header: as many as fit, and at least the first, shortened if need be. */
function headerJson(violations: readonly Violation[]): string {
  for (let count = Math.min(MAX_LISTED, violations.length); count > 0; count--) {
    const json = asciiJson(violations.slice(0, count))
    if (json.length <= MAX_HEADER) return json
  }
  const shortened = Object.entries(violations[0] ?? {}).map(([name, text]) => [name, truncate(text, 200)] as const)
  return asciiJson([Object.fromEntries(shortened)])
}

/** The example that answers a violation: the one that claims it, else the one for wrong values, else nothing. */
function exampleFor(
  table: MockTable,
  keyword: string,
): { readonly status: number; readonly body: unknown } | undefined {
  const general = keyword in STATUS ? undefined : (table.raisedBy['type'] ?? table.raisedBy['required'])
  return table.examples[table.raisedBy[keyword] ?? general ?? '']
}

/**
 * The vendor's error for the first violation, with the path that was called and the violation in words as `errorMessage`;
 * the violations beside it in the header `x-contract-violations`, five at most.
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
  const body = {
    code: status,
    ...(isRecord(example?.body) && example.body),
    url: path,
    errorMessage: violations[0]?.message,
  }
  const { url, code, errorMessage, ...rest } = body
  return answer(status, { url, code, errorMessage, ...rest }, { 'x-contract-violations': headerJson(violations) })
}

/** An answer of your own, or one of the spec's that is late or broken. */
export interface CustomAnswer {
  /** Name of an example of the spec. In its place, `status`, `body` and `headers` say the answer; without all of them it is the usual success. */
  readonly example?: string
  /** HTTP status, 200 to 599. Default 200. */
  readonly status?: number
  /** A string is sent as it is, all else as JSON. Default `{}`. */
  readonly body?: unknown
  /** More headers, or others; the server sets those that frame the body. Default: `content-type` for JSON. */
  readonly headers?: Readonly<Record<string, string>>
  /** Breaks the answer. Default: none. */
  readonly fault?: Fault
  /** Milliseconds before the answer is sent. Default 0. */
  readonly delay?: number
}

const CUSTOM_KEYS = ['example', 'status', 'body', 'headers', 'fault', 'delay']

/** Whether an answer says its own status, body or headers. */
const isOwn = ({ status, body, headers }: CustomAnswer) => ![status, body, headers].every((one) => one === undefined)

/** @throws TypeError for an answer that nobody could send */
export function checkCustom(custom: CustomAnswer, show: (value: unknown) => string): void {
  const { example, status = 200, body, headers, fault, delay = 0 } = custom
  const unknown = Object.keys(custom).find((name) => !CUSTOM_KEYS.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`an answer has no ${show(unknown)}. It may have ${CUSTOM_KEYS.join(', ')}`)
  }
  if (example !== undefined && isOwn(custom)) {
    throw new TypeError('"example" must stand without "status", "body" and "headers", which it has')
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
  if (!(typeof delay === 'number' && delay >= 0 && delay < 2 ** 31)) {
    throw new TypeError(`"delay" must be milliseconds, 0 or more. Received ${show(delay)}`)
  }
  const framing = [...new Headers(headers).keys()].find((name) =>
    /^(content-length|transfer-encoding|connection)$/.test(name),
  )
  if (framing) throw new TypeError(`"headers" must not hold "${framing}", which the server sets`)
}

/** An example of the spec, with the path that was called where it names one. */
function namedAnswer({ examples }: MockTable, name: string, path: string): PlainAnswer {
  const { status, body } = examples[name] ?? { status: 200, body: {} }
  const hasPath = typeof body === 'object' && body !== null && 'url' in body
  return answer(status, hasPath ? { ...body, url: path } : body)
}

function ownAnswer({ status = 200, body, headers }: CustomAnswer): PlainAnswer {
  const { headers: defaults, body: json } = answer(status, body ?? {})
  const own = Object.fromEntries(new Headers(headers))
  const text = typeof body === 'string' && !EMPTY.has(status) ? body : json
  return { status, headers: { ...defaults, ...own }, body: text }
}

/** What a proxy in front of the API would say. */
const GARBAGE: PlainAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>',
  fault: 'garbage',
}

function wholeAnswer(table: MockTable, custom: CustomAnswer, path: string, success: () => PlainAnswer): PlainAnswer {
  if (custom.example !== undefined) return namedAnswer(table, custom.example, path)
  return isOwn(custom) ? ownAnswer(custom) : success()
}

/** The answer that a scenario asks for; `success` makes the usual one. */
export function exampleAnswer(
  table: MockTable,
  scenario: string | CustomAnswer,
  path: string,
  success: () => PlainAnswer,
): PlainAnswer {
  const custom = typeof scenario === 'string' ? { example: scenario } : scenario
  const { fault, delay } = custom
  const whole = wholeAnswer(table, custom, path, success)
  const sent = fault === 'garbage' ? GARBAGE : whole
  return { ...sent, ...(fault !== undefined && { fault }), ...(delay !== undefined && { delay }) }
}
