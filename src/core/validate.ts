/**
 * Does a request fit the contract? Violations in plain words, the same in the client and in the mock.
 *
 * @module
 */

import { headers, type Misfit, messages, requests, type Validate } from '#validators'
import { ByName, type OperationId, operations } from './contract.js'
import { type Violation, violation } from './error.js'
import { isRecord } from './record.js'
import { truncate } from './redact.js'

/** A value in a few characters. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return `a ${typeof value}`
  return truncate(JSON.stringify(value), 40)
}

/** What came, where the value itself would say too much or too little. */
function received(keyword: string, value: unknown): string {
  const isLong = typeof value === 'string' || Array.isArray(value)
  if (isLong && /^m(in|ax)(Length|Items)$/.test(keyword)) return String([...value].length)
  if (typeof value === 'string' && keyword === 'x-max-bytes') return String(new TextEncoder().encode(value).length)
  return keyword === 'uniqueItems' ? 'some twice' : shown(value)
}

/** The value at a JSON pointer, and the pointer as people write it: `toGroupId[1]`. */
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

/** Most violations of one value: a list of thousands would repeat itself. */
const MAX_VIOLATIONS = 20

/** What a validator refuses, in words. `root` is the name in front of each field. */
export function violationsOf(validate: Validate, value: unknown, root = ''): Violation[] {
  if (validate(value)) return []
  // The list before its items, the object before its fields.
  const depth = ({ instancePath }: Misfit) => instancePath.split('/').length
  const misfits = (validate.errors ?? []).slice(0, MAX_VIOLATIONS).sort((a, b) => depth(a) - depth(b))
  const wrongType = new Set(misfits.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return misfits
    .filter(({ keyword, instancePath }) => keyword === 'type' || !wrongType.has(instancePath))
    .map(({ keyword, instancePath, expected }) => {
      const { field, found } = locate(value, instancePath, root)
      return violation(field || 'body', keyword, expected, received(keyword, found))
    })
}

/** The JSON inside a message, by the schema of its type. */
function contentViolations(type: unknown, content: unknown, field: string): Violation[] {
  if (typeof type !== 'string' || typeof content !== 'string') return []
  const validate = Object.hasOwn(messages, type) ? messages[type] : undefined
  if (!validate) return []
  try {
    return violationsOf(validate, JSON.parse(content), field)
  } catch {
    return [violation(field, 'x-message-types', `the JSON of ${type}`, `text that is not JSON: ${shown(content)}`)]
  }
}

/** How strict the check is. */
export interface CheckOptions {
  /** Lets message types through that have the reserved prefix and are not in the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
}

/** What of the fields does not fit, the message inside included; at most 20 of each kind. */
export function fieldViolations(operation: OperationId, fields: unknown, options: CheckOptions = {}): Violation[] {
  const { message } = operations[operation]
  // Each operation has one.
  const violations = violationsOf(requests[operation] as Validate, fields)
  if (message && isRecord(fields)) {
    const { [message.type]: type, [message.content]: content } = fields
    if (!violations.some(({ field }) => field === message.content)) {
      violations.push(...contentViolations(type, content, message.content))
    }
  }
  return options.allowUnknownTypes ? violations.filter(({ keyword }) => keyword !== 'x-reserved-prefix') : violations
}

/** What of the header parameters does not fit. */
export const headerViolations = (operation: OperationId, given: object): Violation[] =>
  violationsOf(headers[operation] as Validate, Object.assign(new ByName(), given))

/**
 * Checks a request against its operation: the fields, the message inside by the schema of its type, and the header
 * parameters.
 *
 * @param given the headers of the request by lower-case name; others than the operation's are ignored
 * @returns what does not fit, at most 20 of each kind; an empty list when all does
 */
export const check = (
  operation: OperationId,
  fields: unknown,
  given: object,
  options: CheckOptions = {},
): Violation[] => [...fieldViolations(operation, fields, options), ...headerViolations(operation, given)]
