/**
 * The answers of an operation, and the one that means success.
 *
 * @module
 */
import type { ErrorFields } from '../../../core/contract.js'
import {
  deref,
  type ExampleNode,
  entries,
  isObject,
  type Operation,
  operationsOf,
  propertiesOf,
  type Schema,
  type Spec,
} from '../openapi.js'
import { typesOf } from './schemas.js'

/** One answer of an operation. */
export interface Answer {
  readonly status: number
  readonly schema: Schema | undefined
  readonly examples: readonly [name: string, example: ExampleNode][]
}

/** All answers, in the order of the spec. */
export function answersOf(spec: Spec, { definition }: Operation): Answer[] {
  return entries(definition.responses).map(([status, response]) => {
    const media = deref(spec, response).content?.['application/json']
    const examples = entries(media?.examples).map(([name, example]): [string, ExampleNode] => [
      name,
      deref(spec, example),
    ])
    return { status: Number(status), schema: media?.schema, examples }
  })
}

/** The answer that means success: the one 2xx. */
export function successOf(spec: Spec, operation: Operation): Answer {
  const success = answersOf(spec, operation).find(({ status }) => status >= 200 && status < 300)
  if (!success) throw new Error(`${operation.id} has no 2xx answer`)
  return success
}

/** By spec: a spec of hundreds of operations is asked for each of its examples. */
const known = new WeakMap<Spec, ErrorFields>()

/**
 * The fields of an error answer that carry the called path, the code and the message: the first that say so. Without
 * `x-error-part`, the first integer is the code, and the last text the message.
 */
export function errorFieldsOf(spec: Spec): ErrorFields {
  const found = known.get(spec) ?? findErrorFields(spec)
  known.set(spec, found)
  return found
}

function findErrorFields(spec: Spec): ErrorFields {
  const errors = operationsOf(spec).flatMap((operation) =>
    answersOf(spec, operation).filter(({ status }) => status >= 300),
  )
  const fields = errors.flatMap(({ schema }) => propertiesOf(spec, schema))
  const nameOf = (field: (typeof fields)[number] | undefined) => field?.[0]
  const path = fields.find(([, one]) => one['x-called-path'])
  const code = fields.find(([, one]) => one['x-error-part'] === 'code')
  const message = fields.find(([, one]) => one['x-error-part'] === 'message')
  const isText = ([name, { type }]: (typeof fields)[number]) => type === 'string' && name !== nameOf(path)
  return {
    path: nameOf(path) ?? '',
    code: nameOf(code ?? fields.find(([, one]) => typesOf(spec, one).join() === 'integer')) ?? '',
    message: nameOf(message ?? fields.findLast(isText)) ?? '',
  }
}

/** The error code of an example; undefined where it has none. */
export function codeOf(spec: Spec, { value }: { readonly value?: unknown }): number | undefined {
  const code = isObject(value) ? value[errorFieldsOf(spec).code] : undefined
  return typeof code === 'number' ? code : undefined
}
