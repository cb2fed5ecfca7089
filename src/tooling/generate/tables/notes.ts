/**
 * What a report of the mock quotes from the spec.
 *
 * @module
 */
import type { Json, Operation } from '../openapi.js'
import { propertiesOf, sentence } from './schemas.js'

/** What the spec says of each field and header, and the vendor's page: what a report quotes. `''` is the operation. */
export function notesTable(
  spec: Json,
  { definition, form, headers }: Operation,
): Record<string, { text: string; docs?: string }> {
  const page = (node: unknown) => (node as Json | undefined)?.['externalDocs']?.['url'] as unknown as string | undefined
  const schemes = Object.values((spec['components']?.['securitySchemes'] ?? {}) as Json)
  const signing = schemes.map((one) => one['x-signature']?.['docs'] as unknown).find((one) => one !== undefined)
  const rate = definition['x-rate-limit']?.['docs'] as unknown
  const whole = page(definition) ?? page(spec)
  const note = (text: unknown, docs: unknown) => ({ text: sentence(text), ...(docs ? { docs: String(docs) } : {}) })
  return {
    '': note(definition['summary'], whole),
    ...Object.fromEntries(
      propertiesOf(spec, form).map(([name, schema]) => [
        name,
        note(schema['description' as 'x-'], page(schema) ?? whole),
      ]),
    ),
    ...Object.fromEntries(
      headers.map(({ name, description }) => [name.toLowerCase(), note(description, signing ?? whole)]),
    ),
    ...Object.fromEntries(schemes.map((one) => [String(one['name']), note(one['description'], signing ?? whole)])),
    rate: note('', rate ?? whole),
  }
}
