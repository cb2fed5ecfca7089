/**
 * Answers of the mock, built from what the spec says of them.
 *
 * @module
 */
import { type MockTable, mockTables, type OperationId, operationIds, type Template } from '../core/contract.js'
import type { Violation } from '../core/error.js'

/** An answer as it goes out. `body` is JSON. */
export interface PlainAnswer {
  /** HTTP status. */
  readonly status: number
  /** Headers; those of the mock itself have lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as text; empty where the status allows no body. */
  readonly body: string
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
  for (let i = recipe.length - 1; i >= 0; i--) {
    const part = recipe[i] as (typeof recipe)[number]
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
  for (const name in template.object) object[name] = build(template.object[name] as Template, fields, next, list, one)
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

/** JSON for a header: ASCII only, and not longer than servers take. */
function headerJson(violations: readonly Violation[]): string {
  const ascii = JSON.stringify(violations.slice(0, 5)).replaceAll(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return ascii.length < 6_000 || violations.length === 1
    ? ascii
    : headerJson(violations.slice(0, Math.min(4, violations.length - 1)))
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
    ...(example?.body as object | undefined),
    url: path,
    errorMessage: violations[0]?.message,
  }
  const { url, code, errorMessage, ...rest } = body
  return answer(status, { url, code, errorMessage, ...rest }, { 'x-contract-violations': headerJson(violations) })
}

/** An answer of your own. A string is sent as it is, all else as JSON. */
export interface CustomAnswer {
  /** HTTP status, 200 to 599. Default 200. */
  readonly status?: number
  /** Text, or anything that JSON can carry. Default `{}`. */
  readonly body?: unknown
  /** More headers, or others; the server sets those that frame the body. Default: `content-type` for JSON. */
  readonly headers?: Readonly<Record<string, string>>
}

/** @throws TypeError for an answer that `fetch`, MSW or HTTP could not send */
export function checkCustom({ status = 200, body, headers }: CustomAnswer): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(`"status" must be a whole number from 200 to 599. Received ${String(status)}`)
  }
  if (body !== undefined && JSON.stringify(body) === undefined) {
    throw new TypeError(`"body" must be a string or JSON. Received ${typeof body}`)
  }
  const framing = [...new Headers(headers).keys()].find((name) =>
    /^(content-length|transfer-encoding|connection)$/.test(name),
  )
  if (framing) throw new TypeError(`"headers" must not hold "${framing}", which the server sets`)
}

/** The answer that a scenario asks for. */
export function exampleAnswer({ examples }: MockTable, scenario: string | CustomAnswer): PlainAnswer {
  if (typeof scenario === 'string') {
    const { status, body } = examples[scenario] ?? { status: 500, body: {} }
    return answer(status, body)
  }
  const { status = 200, body = {}, headers } = scenario
  const plain = answer(status, body, Object.fromEntries(new Headers(headers)))
  return typeof body === 'string' && !EMPTY.has(status) ? { ...plain, body } : plain
}
