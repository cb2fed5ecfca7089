/**
 * One request held against its operation: media type, App Key and signature, form, fields. The first that has breaches tells all
 * of its own.
 *
 * @module
 */

import { FORM, type OperationId, standIn } from '../core/contract.js'
import { type Breach, breach } from '../core/error.js'
import { decodeForm } from '../core/form.js'
import { truncate } from '../core/redact.js'
import { fieldBreaches, headerBreaches } from '../core/validate.js'
import { type createCredentials, first, type PlainHeaders } from './credentials.js'

/** What a request says and what of it is off the contract. */
export interface Finding {
  readonly fields: unknown
  readonly breaches: readonly Breach[]
}

export interface InspectionOptions {
  readonly credentials: ReturnType<typeof createCredentials>
  readonly allowUnknownTypes?: boolean | undefined
}

function mediaTypeBreach(headers: PlainHeaders): Breach | undefined {
  const given = first(headers['content-type'])
  if (given?.split(';', 1)[0]?.trim().toLowerCase() === FORM) return undefined
  return breach('Content-Type', 'media-type', FORM, given === undefined ? 'nothing' : truncate(given, 100))
}

/** The two names differ in nothing but case, hyphens and brackets. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    name
      .replace(/\[\d*\]$/, '')
      .replaceAll(/[-_]/g, '')
      .toLowerCase(),
  )
  return a === b
}

/** A field that is missing, with the one that may have been meant for it. */
function withNamesake(missing: Breach, fields: object, listed: object): Breach {
  if (missing.keyword !== 'required') return missing
  const isMeant = (name: string) => !Object.hasOwn(listed, name) && isAlike(name, missing.field)
  const other = Object.keys(fields).find(isMeant)
  if (other === undefined) return missing
  return breach(missing.field, missing.keyword, missing.expected, `${JSON.stringify(truncate(other, 64))} in its place`)
}

/** What of a body is no form at all. */
function bodyBreach(operation: OperationId, fields: object, body: string): Breach | undefined {
  const isJson = /^\s*[{[]/.test(body) && !Object.keys(standIn[operation].fields).some((name) => name in fields)
  if ((body !== '' && !isJson) || fieldBreaches(operation, fields).length === 0) return undefined
  return breach('body', 'body', 'form fields', isJson ? 'JSON' : 'an empty body')
}

/** What of a request that may be a call of the operation. */
export interface Inspected {
  readonly headers: PlainHeaders
  /** `undefined` when it was longer than the door takes. */
  readonly body: string | undefined
  /** How many bytes the door takes. */
  readonly maxBody?: number | undefined
}

/** Holds a request against its operation. */
export function inspect(
  operation: OperationId,
  { headers, body, maxBody }: Inspected,
  options: InspectionOptions,
): Finding {
  const wrongType = mediaTypeBreach(headers)
  if (wrongType) return { fields: {}, breaches: [wrongType] }
  const caller = options.credentials.check(headers)
  const { fields, breaches } = decodeForm(body ?? '', standIn[operation].fields)
  if (caller.length > 0) return { fields, breaches: caller }
  if (body === undefined) {
    const most = maxBody === undefined ? 'that the server takes' : `of at most ${maxBody} bytes`
    return { fields, breaches: [breach('body', 'body-size', `a body ${most}`, 'a longer one')] }
  }
  const noForm = bodyBreach(operation, fields, body)
  if (noForm) return { fields, breaches: [noForm] }
  if (breaches.length > 0) return { fields, breaches }
  const misfits = fieldBreaches(operation, fields, options)
  const told = misfits.map((one) => withNamesake(one, fields, standIn[operation].fields))
  return { fields, breaches: [...told, ...headerBreaches(operation, headers)] }
}
