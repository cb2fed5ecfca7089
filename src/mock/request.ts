/**
 * A request, and its check against the operation: media type, App Key and signature, form, fields. The first step that finds
 * violations reports all of its own.
 *
 * @module
 */

import { FORM, mockTables, type OperationId } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { decodeForm } from '../core/form.js'
import { truncate } from '../core/redact.js'
import { fieldViolations, headerViolations } from '../core/validate.js'
import type { Credentials, PlainHeaders } from './credentials.js'

/** A request in plain form, whichever way it came. */
export interface PlainRequest {
  /** HTTP method, in capitals. */
  readonly method: string
  /** Path, with or without a query. */
  readonly path: string
  /** By lower-case name. */
  readonly headers: PlainHeaders
  /** The body as text; `undefined` when it was longer than `maxBody`. */
  readonly body: string | undefined
  /** Longest body that is accepted, in bytes, for the message about a longer one. */
  readonly maxBody?: number
}

/** What a request says, and what of it violates the contract. */
interface Inspection {
  /** Decoded by the table of the operation. */
  readonly fields: Record<string, unknown>
  readonly violations: readonly Violation[]
}

/** What a request is checked with. */
interface InspectionOptions {
  readonly credentials: Credentials
  readonly allowUnknownTypes?: boolean | undefined
}

let decoder: TextDecoder | undefined

/** Made at first use, because jsdom has none. A byte order mark is kept as data: no form begins with one. */
function utf8(): TextDecoder {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return decoder
}

const escaped = (byte: number): string => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16)}`)

/** The bytes of a body as text. Bytes that are not UTF-8 are written as escapes, which the form decoder refuses by name. */
export function textOf(body: Uint8Array): string {
  try {
    return utf8().decode(body)
  } catch {
    return Array.from(body, escaped).join('')
  }
}

function mediaTypeViolation(headers: PlainHeaders): Violation | undefined {
  const given = headers['content-type']
  if (given?.split(';', 1)[0]?.trim().toLowerCase() === FORM) return undefined
  return violation('Content-Type', 'media-type', FORM, given === undefined ? 'nothing' : truncate(given, 100))
}

/** A name without case, hyphens and brackets. */
const normalized = (name: string) =>
  name
    .replace(/\[\d*\]$/, '')
    .replaceAll(/[-_]/g, '')
    .toLowerCase()

const isAlike = (one: string, other: string) => normalized(one) === normalized(other)

/** A violation of `required`, with the field that was probably meant in its place. */
function withNamesake(missing: Violation, fields: object, listed: object): Violation {
  if (missing.keyword !== 'required') return missing
  const isMeant = (name: string) => !Object.hasOwn(listed, name) && isAlike(name, missing.field)
  const other = Object.keys(fields).find(isMeant)
  if (other === undefined) return missing
  return violation(
    missing.field,
    missing.keyword,
    missing.expected,
    `${JSON.stringify(truncate(other, 64))} in its place`,
  )
}

/** Refuses a body that is not a form at all. */
function bodyViolation(operation: OperationId, fields: object, body: string): Violation | undefined {
  const isJson = /^\s*[{[]/.test(body) && !Object.keys(mockTables[operation].fields).some((name) => name in fields)
  if ((body !== '' && !isJson) || fieldViolations(operation, fields).length === 0) return undefined
  return violation('body', 'body', 'form fields', isJson ? 'JSON' : 'an empty body')
}

/** Checks a request against its operation. */
export function inspect(
  operation: OperationId,
  { headers, body, maxBody }: PlainRequest,
  options: InspectionOptions,
): Inspection {
  const wrongType = mediaTypeViolation(headers)
  if (wrongType) return { fields: {}, violations: [wrongType] }
  const caller = options.credentials.check(headers)
  const { fields, violations } = decodeForm(body ?? '', mockTables[operation].fields)
  if (caller.length > 0) return { fields, violations: caller }
  if (body === undefined) {
    const most = maxBody === undefined ? 'that the server takes' : `of at most ${maxBody} bytes`
    return { fields, violations: [violation('body', 'body-size', `a body ${most}`, 'a longer one')] }
  }
  const noForm = bodyViolation(operation, fields, body)
  if (noForm) return { fields, violations: [noForm] }
  if (violations.length > 0) return { fields, violations }
  const ofFields = fieldViolations(operation, fields, options)
  const named = ofFields.map((one) => withNamesake(one, fields, mockTables[operation].fields))
  return { fields, violations: [...named, ...headerViolations(operation, headers)] }
}
