/**
 * What the mock needs of an operation.
 *
 * @module
 */
import { atOperation, FORM, type Json, type Operation, type Schema, SpecError, schemaOf } from '../openapi.js'
import { answersOf, successOf } from './answers.js'
import { propertiesOf, typesOf } from './schemas.js'
import { templateOf } from './template.js'

/** How each form field is read: its type, with `[]` for a list. */
export function formTable(spec: Json, operation: Operation): Record<string, string> {
  const { id, form } = operation
  const at = [...atOperation(operation), 'requestBody', 'content', FORM, 'schema', 'properties']
  const kind = (name: string, schema: Schema): string => {
    const refuse = (what: string) => new SpecError(`${id}: field "${name}" ${what}`, [...at, name])
    const [type = 'string', ...others] = typesOf(spec, schema)
    if (type === 'null' || others.includes('null'))
      throw refuse('may be null, which a form cannot carry; leave it out of "required"')
    if (type === 'object') throw refuse('is an object, which a form cannot carry; make it a JSON string')
    if (others.length > 0)
      throw refuse(`must have one type, for a form says none. Received ${[type, ...others].join(', ')}`)
    if (type !== 'array') return type
    const item = kind(name, schemaOf(spec, schema.items))
    if (item.endsWith('[]')) throw refuse('is a list of lists, which a form cannot carry')
    return `${item}[]`
  }
  return Object.fromEntries(propertiesOf(spec, form).map(([name, schema]) => [name, kind(name, schema)]))
}

/** What the mock needs of one operation. */
export function mockTable(spec: Json, operation: Operation): object {
  const answers = answersOf(spec, operation)
  const examples: Record<string, object> = {}
  const raisedBy: Record<string, string> = {}
  for (const { status, examples: named } of answers) {
    for (const [name, example] of named) {
      if (Object.hasOwn(examples, name))
        throw new SpecError(`${operation.id}: two answers have an example named "${name}"`)
      examples[name] = { status, body: example['value'] }
      for (const keyword of (example['x-raised-by'] as unknown as string[] | undefined) ?? [])
        raisedBy[keyword] ??= name
    }
  }
  const success = successOf(spec, operation)
  return {
    fields: formTable(spec, operation),
    headers: operation.headers.map(({ name }) => name),
    examples,
    raisedBy,
    success: { status: success.status, body: success.schema && templateOf(spec, success.schema) },
  }
}
