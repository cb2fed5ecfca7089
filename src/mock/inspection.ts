/**
 * One request held against its operation: media type, App Key and signature, form, fields. The first that has breaches tells all
 * of its own.
 *
 * @module
 */
import { check, fieldBreaches } from '../check.js'
import { FORM, type OperationId, standIn } from '../contract.js'
import { type Breach, breach } from '../errors.js'
import { decodeForm } from '../form.js'
import { cut } from '../secret.js'
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
  return breach('Content-Type', 'media-type', FORM, given === undefined ? 'nothing' : cut(given, 100))
}

/** @param body `undefined` when it was longer than the door takes */
export function inspect(
  operation: OperationId,
  headers: PlainHeaders,
  body: string | undefined,
  options: InspectionOptions,
): Finding {
  const wrongType = mediaTypeBreach(headers)
  if (wrongType) return { fields: {}, breaches: [wrongType] }
  const caller = options.credentials.check(headers)
  const { fields, breaches } = decodeForm(body ?? '', standIn[operation].fields)
  if (caller.length > 0) return { fields, breaches: caller }
  if (body === undefined) {
    return { fields, breaches: [breach('body', 'body-size', 'a body that the server takes', 'a longer one')] }
  }
  if (body === '' && fieldBreaches(operation, fields).length > 0) {
    return { fields, breaches: [breach('body', 'body', 'form fields', 'an empty body')] }
  }
  if (breaches.length > 0) return { fields, breaches }
  return { fields, breaches: check(operation, fields, headers, options) }
}
