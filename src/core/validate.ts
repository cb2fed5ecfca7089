/**
 * Checks requests against the contract. The client and the mock report the same violations.
 *
 * @module
 */

import { headers, type Misfit, messages, requests, type Validate } from '#validators'
import { type OperationId, operations } from './contract.js'
import { type Violation, violation } from './error.js'
import { parseJson } from './json.js'
import { isRecord } from './record.js'
import { truncate } from './redact.js'

/** A short description of a value, for a message. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isRecord(value)) return 'an object'
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return `a ${typeof value}`
  // JSON has no NaN and no Infinity.
  return typeof value === 'number' ? String(value) : truncate(JSON.stringify(value), 40)
}

/** What a message says after `got`: a length for a rule about lengths, otherwise a description of the value. */
function received(keyword: string, value: unknown): string {
  const isLong = typeof value === 'string' || Array.isArray(value)
  if (isLong && /^m(in|ax)(Length|Items)$/.test(keyword)) return String([...value].length)
  if (typeof value === 'string' && keyword === 'x-max-bytes') return String(new TextEncoder().encode(value).length)
  return keyword === 'uniqueItems' ? 'some twice' : describeValue(value)
}

/** Finds the value at a JSON pointer, and writes the pointer in the form `toGroupId[1]`. */
function locate(value: unknown, pointer: string, root: string): { field: string; found: unknown } {
  let field = root
  let found = value
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(found)) field += `[${key}]`
    else field += `${field && '.'}${truncate(key, 64)}`
    found = isRecord(found) ? found[key] : undefined
  }
  return { field, found }
}

/** Most violations reported for one value. A list with thousands of wrong items would only repeat itself. */
const MAX_VIOLATIONS = 20

/**
 * Runs a validator, and describes each error as a violation.
 *
 * @param root name in front of each field
 */
export function violationsOf(validate: Validate, value: unknown, root = ''): Violation[] {
  if (validate(value)) return []
  // A list comes before its items, and an object before its fields.
  const depth = ({ instancePath }: Misfit) => instancePath.split('/').length
  const errors = (validate.errors ?? []).slice(0, MAX_VIOLATIONS).sort((a, b) => depth(a) - depth(b))
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'type' || !wrongType.has(instancePath))
    .map(({ keyword, instancePath, expected }) => {
      const { field, found } = locate(value, instancePath, root)
      return violation(field || 'body', keyword, expected, received(keyword, found))
    })
}

/** Checks the JSON in a message against the schema of the message type. */
function contentViolations(type: unknown, content: unknown, field: string): Violation[] {
  if (typeof type !== 'string' || typeof content !== 'string') return []
  const validate = Object.hasOwn(messages, type) ? messages[type] : undefined
  if (!validate) return []
  const json = parseJson(content)
  if (json !== undefined) return violationsOf(validate, json, field)
  const received = `text that is not JSON: ${describeValue(content)}`
  return [violation(field, 'x-message-types', `the JSON of ${type}`, received)]
}

/** How strict the check is. */
export interface CheckOptions {
  /** Allows message types that have the reserved prefix and are not in the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
}

/** A name in lower case, without hyphens, underscores and brackets at its end. */
const normalized = (name: string) =>
  name
    .replace(/\[\d*\]$/, '')
    .replaceAll(/[-_]/g, '')
    .toLowerCase()

/** For a missing field, names a field of the request that was probably meant. Other violations are returned unchanged. */
function withSimilarName(missing: Violation, fields: unknown): Violation {
  if (missing.keyword !== 'required' || !isRecord(fields)) return missing
  const meant = normalized(missing.field)
  const other = Object.keys(fields).find((name) => fields[name] !== undefined && normalized(name) === meant)
  if (other === undefined) return missing
  const { field, keyword, expected } = missing
  return violation(field, keyword, expected, `${JSON.stringify(truncate(other, 64))} in its place`)
}

/** The violations in the fields (at most 20) and in the content of the message (at most 20 more). */
export function fieldViolations(operation: OperationId, fields: unknown, options: CheckOptions = {}): Violation[] {
  const { message } = operations[operation]
  // Each operation has a validator.
  const violations = violationsOf(requests[operation] as Validate, fields).map((found) =>
    withSimilarName(found, fields),
  )
  if (message && isRecord(fields)) {
    const { [message.type]: type, [message.content]: content } = fields
    if (!violations.some(({ field }) => field === message.content)) {
      violations.push(...contentViolations(type, content, message.content))
    }
  }
  return options.allowUnknownTypes ? violations.filter(({ keyword }) => keyword !== 'x-reserved-prefix') : violations
}

/** The violations in the header parameters, at most 20. */
export const headerViolations = (operation: OperationId, requestHeaders: object): Violation[] =>
  violationsOf(headers[operation] as Validate, requestHeaders)

/**
 * Checks a request against its operation: the fields, the content of the message by the schema of its type, and the
 * header parameters.
 *
 * @param requestHeaders by lower-case name; headers that the operation does not list are ignored
 * @returns the violations, at most 20 each in fields, content and headers; an empty list for a valid request
 */
export const check = (
  operation: OperationId,
  fields: unknown,
  requestHeaders: object,
  options: CheckOptions = {},
): Violation[] => [...fieldViolations(operation, fields, options), ...headerViolations(operation, requestHeaders)]
