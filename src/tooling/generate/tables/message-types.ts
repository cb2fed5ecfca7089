/**
 * The message types of a contract.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { type Json, operationsOf, type Schema, SpecError } from '../openapi.js'
import { entries, propertiesOf } from './schemas.js'

/** One message type, as the spec has it. */
export interface MessageType {
  readonly schema: Schema
  readonly counted: boolean
  readonly stored: boolean
  readonly status?: boolean
}

/** The message types of all operations, with the fields that carry name and content. */
export interface MessageTypes {
  readonly types: ReadonlyMap<string, MessageType>
  readonly prefix: string
  readonly fields: { readonly type: string; readonly content: string } | undefined
}

/** Collects `x-message-types` over all operations. */
export function messageTypesOf(spec: Json): MessageTypes {
  const types = new Map<string, MessageType>()
  let [prefix, fields]: [string, MessageTypes['fields']] = ['', undefined]
  for (const { id, form } of operationsOf(spec)) {
    for (const [name, schema] of propertiesOf(spec, form)) {
      if (!schema['x-message-types']) continue
      const here = { type: name, content: String(schema['x-content-field']) }
      if (fields && (fields.type !== here.type || fields.content !== here.content)) {
        throw new SpecError(
          `${id}: message types must be carried by "${fields.type}" and "${fields.content}" in every operation`,
        )
      }
      const reserved = String(schema['x-reserved-prefix'] ?? '')
      if (prefix && reserved && reserved !== prefix)
        throw new SpecError(
          `${id}: message types must have one reserved prefix. Received "${prefix}" and "${reserved}"`,
        )
      fields = here
      prefix ||= reserved
      for (const [type, row] of entries(schema['x-message-types'] as Record<string, MessageType>)) {
        const before = types.get(type)
        if (before && !isDeepStrictEqual(before, row)) {
          throw new SpecError(`${id}: message type "${type}" is described twice, and differently`)
        }
        types.set(type, row)
      }
    }
  }
  return { types, prefix, fields }
}
