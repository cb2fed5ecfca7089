/**
 * Form bodies: `application/x-www-form-urlencoded`, both directions.
 *
 * A list repeats its name for each item, in order: `toGroupId=a&toGroupId=b`. Encoding needs no table. Decoding needs one,
 * because a single `toGroupId=a` could be a string or a list of one item.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 * @module
 */
import type { Kind } from './contract.js'
import { type Violation, violation } from './error.js'
import { ByName } from './record.js'
import { truncate } from './redact.js'

function encodePart(name: string, text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    throw new URIError(`"${name}" must be well-formed Unicode. Received half of a surrogate pair`)
  }
}

/**
 * Writes fields as a form body. A list repeats its name. Fields that are `undefined` and empty lists are left out.
 *
 * @throws URIError when a text holds half of a surrogate pair, which UTF-8 cannot encode
 */
export function encodeForm(fields: Readonly<Record<string, unknown>>): string {
  let body = ''
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === undefined) continue
    for (const item of Array.isArray(value) ? value : [value]) {
      body += `${body && '&'}${encodePart(name, name)}=${encodePart(name, String(item))}`
    }
  }
  return body
}

/** Decoding stops after this many unreadable pairs. A body with thousands of them would only repeat itself. */
const MAX_UNREADABLE = 20
/** Most pairs outside the table that are returned. The API ignores them, so a report needs only some. */
const MAX_UNLISTED = 1_000

/** The fields of a body, and a violation for each part that could not be decoded. */
export interface DecodedForm {
  readonly fields: Record<string, unknown>
  readonly violations: readonly Violation[]
}

const INTEGER = /^-?(0|[1-9]\d*)$/
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/

/** Converts text to a kind. Text that does not fit stays text, and the validation refuses it later. */
function convert(text: string, kind: string): unknown {
  if (kind === 'string') return text
  if (kind === 'integer') return INTEGER.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
  if (kind === 'number') return NUMBER.test(text) ? Number(text) : text
  return text === 'true' || (text === 'false' ? false : text)
}

/** Decodes `+` and `%XX`; undefined when the bytes are not UTF-8. */
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
 * Decodes a form body by a table of its fields. A list of one stays a list. A field outside the table is returned as
 * text, or as a list of texts when it comes more than once; only the first 1 000 such pairs are returned.
 *
 * Violations: `encoding` for escapes that are not UTF-8, `repeated` for a field that comes more than once and is not a
 * list. Decoding stops at the 20th `encoding`.
 */
export function decodeForm(body: string, kinds: Readonly<Record<string, Kind>>): DecodedForm {
  const fields = new ByName()
  const violations: Violation[] = []
  /** How often a name came, for names that came more than once. */
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
      if (violations.length === MAX_UNREADABLE) break
      continue
    }
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined && ++unlisted > MAX_UNLISTED) continue
    const isRepeated = name in fields
    if (isRepeated) times.set(name, (times.get(name) ?? 1) + 1)
    addValue(fields, name, text, kind, isRepeated)
  }
  for (const [name, time] of times) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind && !kind.endsWith('[]')) violations.push(violation(name, 'repeated', 'one value', String(time)))
  }
  return { fields, violations }
}

/** Adds the value of one pair to the fields. `isRepeated`: the name came before. */
function addValue(
  fields: Record<string, unknown>,
  name: string,
  text: string,
  kind: Kind | undefined,
  isRepeated: boolean,
): void {
  const before = isRepeated ? fields[name] : undefined
  if (Array.isArray(before)) before.push(convert(text, kind?.slice(0, -2) ?? 'string'))
  else if (kind === undefined && isRepeated) fields[name] = [before, text]
  else if (kind?.endsWith('[]')) fields[name] = [convert(text, kind.slice(0, -2))]
  else if (!isRepeated) fields[name] = convert(text, kind ?? 'string')
}
