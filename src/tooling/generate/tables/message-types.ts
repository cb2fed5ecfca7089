/**
 * The message types of a contract.
 *
 * @module
 */
import { entries, type MessageType, operationsOf, propertiesOf, type Spec } from '../openapi.js'

/** The message types of all operations, with the fields that carry name and content. */
export interface MessageTypes {
  readonly types: ReadonlyMap<string, MessageType>
  readonly prefix: string
  readonly fields: { readonly type: string; readonly content: string } | undefined
}

/** Collects `x-message-types` over all operations. The linter has checked that they agree. */
export function messageTypesOf(spec: Spec): MessageTypes {
  const types = new Map<string, MessageType>()
  let prefix = ''
  let fields: MessageTypes['fields']
  for (const { form } of operationsOf(spec)) {
    for (const [type, schema] of propertiesOf(spec, form)) {
      if (!schema['x-message-types']) continue
      fields = { type, content: schema['x-content-field'] ?? '' }
      prefix ||= schema['x-reserved-prefix'] ?? ''
      for (const [name, row] of entries(schema['x-message-types'])) types.set(name, row)
    }
  }
  return { types, prefix, fields }
}
