/**
 * Form bodies: `application/x-www-form-urlencoded`, both directions.
 *
 * A list travels as its name repeated, in order: `toGroupId=a&toGroupId=b`. Encoding needs no table; decoding
 * does, because one `toGroupId=a` could be a string or a list of one.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 * @module
 */
import { ByName, type Kind } from './contract.js'
import { type Violation, violation } from './error.js'
import { truncate } from './redact.js'

function encodePart(name: string, text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    throw new URIError(`"${name}" must be well-formed Unicode. Received half of a surrogate pair`)
  }
}

/**
 * Writes fields as a form body. A list repeats its name; a field that is `undefined` is left out; nothing else is.
 *
 * @throws URIError when a text holds half of a surrogate pair, which no UTF-8 can carry
 */
export function encodeForm(fields: Readonly<Record<string, unknown>>): string {
  let body = ''
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      body += `${body && '&'}${encodePart(name, name)}=${encodePart(name, String(one))}`
    }
  }
  return body
}

/** Reading ends at so many pairs that cannot be read: a body of thousands would repeat itself. */
const UNREADABLE = 20
/** So many pairs outside the table are read; nobody needs more of what is ignored. */
const UNLISTED = 1_000

/** A body as its fields, and what made some of it unreadable. */
export interface DecodedForm {
  readonly fields: Record<string, unknown>
  readonly violations: readonly Violation[]
}

const INTEGER = /^-?(0|[1-9]\d*)$/
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/

/** A value of its kind; text that is none stays text, for the check to refuse. */
function read(text: string, kind: string): unknown {
  if (kind === 'string') return text
  if (kind === 'integer') return INTEGER.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
  if (kind === 'number') return NUMBER.test(text) ? Number(text) : text
  return text === 'true' || (text === 'false' ? false : text)
}

/** Text behind `+` and `%XX`; undefined when that is no UTF-8. */
function decodePart(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return undefined
  }
}

/**
 * Reads a form body by a table of its fields. A list of one stays a list; a field outside the table is kept as text,
 * or as a list of texts when it comes more than once. Of pairs outside the table the first 1 000 are kept.
 *
 * Violations: `encoding` for escapes that are no UTF-8, `repeated` for a field that is no list and comes more than once.
 * Reading ends at the 20th of the former.
 */
export function decodeForm(body: string, kinds: Readonly<Record<string, Kind>>): DecodedForm {
  const fields = new ByName()
  const violations: Violation[] = []
  /** How often a name has come, where that is more than once. */
  const times = new Map<string, number>()
  let unlisted = 0
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodePart(equals < 0 ? pair : pair.slice(0, equals))
    const text = decodePart(equals < 0 ? '' : pair.slice(equals + 1))
    if (name === undefined || text === undefined) {
      const field = truncate(name ?? 'body', 64)
      violations.push(violation(field, 'encoding', 'percent escapes of UTF-8', JSON.stringify(truncate(pair, 40))))
      if (violations.length === UNREADABLE) break
      continue
    }
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined && ++unlisted > UNLISTED) continue
    const again = name in fields
    if (again) times.set(name, (times.get(name) ?? 1) + 1)
    put(fields, name, text, kind, again)
  }
  for (const [name, time] of times) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind && !kind.endsWith('[]')) violations.push(violation(name, 'repeated', 'one value', String(time)))
  }
  return { fields, violations }
}

/** Puts the value of one pair where it belongs; `again` when its name has come before. */
function put(
  fields: Record<string, unknown>,
  name: string,
  text: string,
  kind: Kind | undefined,
  again: boolean,
): void {
  const before = again ? fields[name] : undefined
  if (Array.isArray(before)) before.push(read(text, kind?.slice(0, -2) ?? 'string'))
  else if (kind === undefined && again) fields[name] = [before, text]
  else if (kind?.endsWith('[]')) fields[name] = [read(text, kind.slice(0, -2))]
  else if (!again) fields[name] = read(text, kind ?? 'string')
}
