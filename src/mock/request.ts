/**
 * Checks a request against its operation in these steps: media type, App Key and signature, form, fields. The first step
 * that finds violations reports all violations of that step, and ends the check. A request without a body has no media type.
 *
 * @module
 */

import { FORM, mockTables, type OperationId } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { decodeForm } from '../core/form.js'
import { truncate } from '../core/redact.js'
import { fieldViolations, headerViolations } from '../core/validate.js'
import type { Credentials, PlainHeaders } from './credentials.js'

/** A request as plain data, from `fetch`, MSW or HTTP. */
export interface PlainRequest {
  /** HTTP method, in capitals. */
  readonly method: string
  /** Path, with or without a query. */
  readonly path: string
  /** Headers by lower-case name. */
  readonly headers: PlainHeaders
  /** The body as text; `undefined` when it was longer than `maxBody`. */
  readonly body: string | undefined
  /** Longest accepted body, in bytes. Used only in the message about a longer one. */
  readonly maxBody?: number | undefined
}

/** The decoded fields of a request, and its violations. */
interface Inspection {
  /** The fields as the operation's table decodes them; empty for another media type. */
  readonly fields: Record<string, unknown>
  readonly violations: readonly Violation[]
}

/** Options of `inspect`. */
interface InspectionOptions {
  readonly credentials: Credentials
  readonly allowUnknownTypes?: boolean | undefined
}

let decoder: TextDecoder | undefined

/** Made at the first use, because jsdom has no `TextDecoder`. It decodes a byte order mark as data. */
function utf8(): TextDecoder {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return decoder
}

const escaped = (byte: number): string => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16)}`)

/** Decodes a body as UTF-8. If that fails, bytes become `%XX` escapes, for which the form decoder names the field. */
export function textOf(body: Uint8Array): string {
  try {
    return utf8().decode(body)
  } catch {
    return Array.from(body, escaped).join('')
  }
}

function mediaTypeViolation({ headers, body }: PlainRequest): Violation | undefined {
  if (body === '') return undefined
  const mediaType = headers['content-type']
  if (mediaType?.split(';', 1)[0]?.trim().toLowerCase() === FORM) return undefined
  return violation('Content-Type', 'media-type', FORM, mediaType === undefined ? 'nothing' : truncate(mediaType, 100))
}

/** The violation of a body that is empty or JSON instead of a form. */
function bodyViolation(operation: OperationId, fields: object, body: string): Violation | undefined {
  const isJson = /^\s*[{[]/.test(body) && !Object.keys(mockTables[operation].fields).some((name) => name in fields)
  if ((body !== '' && !isJson) || fieldViolations(operation, fields).length === 0) return undefined
  return violation('body', 'body', 'form fields', isJson ? 'JSON' : 'an empty body')
}

/** Checks a request against its operation. */
export function inspect(operation: OperationId, request: PlainRequest, options: InspectionOptions): Inspection {
  const { headers, body, maxBody } = request
  const wrongType = mediaTypeViolation(request)
  if (wrongType) return { fields: {}, violations: [wrongType] }
  const callerViolations = options.credentials.check(headers)
  const { fields, violations } = decodeForm(body ?? '', mockTables[operation].fields)
  if (callerViolations.length > 0) return { fields, violations: callerViolations }
  if (body === undefined) {
    const most = maxBody === undefined ? 'that the server takes' : `of at most ${maxBody} bytes`
    return { fields, violations: [violation('body', 'body-size', `a body ${most}`, 'a longer one')] }
  }
  const notAForm = bodyViolation(operation, fields, body)
  if (notAForm) return { fields, violations: [notAForm] }
  if (violations.length > 0) return { fields, violations }
  return {
    fields,
    violations: [...fieldViolations(operation, fields, options), ...headerViolations(operation, headers)],
  }
}

/** @throws TypeError for an argument that is no mock, as callers without types may pass the keys */
export function mustBeMock(api: { readonly handle?: unknown } | undefined): void {
  if (typeof api?.handle === 'function') return
  throw new TypeError(`The first argument must be a mock, made by createMockApi. Received ${typeof api}`)
}
