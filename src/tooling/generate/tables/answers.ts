/**
 * The answers of an operation, and the one that means success.
 *
 * @module
 */
import { deref, type ExampleNode, entries, type Operation, type Schema, type Spec, SpecError } from '../openapi.js'

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
  if (!success) throw new SpecError(`${operation.id}: "responses" must have one 2xx answer`)
  return success
}
