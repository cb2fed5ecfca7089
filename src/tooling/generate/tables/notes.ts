/**
 * What a report of the mock quotes from the spec.
 *
 * @module
 */
import type { Notes } from '../../../core/contract.js'
import { type Operation, propertiesOf, type Spec, schemesOf } from '../openapi.js'
import { sentence } from './schemas.js'

/**
 * What the spec says of each field and header, and the vendor's page about it: its own, that of the operation or of the
 * signature. The page of the root is about no operation in particular. `''` is the operation.
 */
export function notesTable(spec: Spec, { definition, form, headers }: Operation): Notes {
  const page = definition.externalDocs?.url
  const signing = schemesOf(spec)
    .map(([, one]) => one['x-signature']?.docs)
    .find((one) => one !== undefined)
  const note = (text: string | undefined, docs: string | undefined) => ({
    text: sentence(text),
    ...(docs !== undefined && { docs }),
  })
  const schemes = schemesOf(spec).map(([, { name, description, externalDocs }]) => [
    name,
    note(description, externalDocs?.url ?? signing),
  ])
  return {
    '': note(definition.summary, page),
    ...Object.fromEntries(
      propertiesOf(spec, form).map(([name, { description, externalDocs }]) => [
        name,
        note(description, externalDocs?.url ?? page),
      ]),
    ),
    ...Object.fromEntries(
      headers.map(({ name, description, schema }) => [
        name.toLowerCase(),
        note(description, schema.externalDocs?.url ?? page),
      ]),
    ),
    ...Object.fromEntries(schemes),
    rate: note('', definition['x-rate-limit']?.docs ?? page),
  }
}
