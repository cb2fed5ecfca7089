/**
 * The answers of an operation, and the one that means success.
 *
 * @module
 */
import { deref, type Json, type Operation, type Schema, SpecError } from '../openapi.js'
import { entries } from './schemas.js'

/** One answer of an operation. */
export interface Answer {
  readonly status: number
  readonly schema: Schema | undefined
  readonly examples: [string, Json][]
}

/** All answers, in the order of the spec. */
export function answersOf(spec: Json, { id, definition }: Operation): Answer[] {
  return entries(definition['responses'] as Json | undefined).map(([status, response]) => {
    if (!/^[1-5]\d\d$/.test(status)) {
      throw new SpecError(`${id}: responses must be named by one HTTP status each. Received "${status}"`)
    }
    const media = deref(spec, response)['content']?.['application/json']
    const examples = entries(media?.['examples'] as Json | undefined).map(([name, example]): [string, Json] => [
      name,
      deref(spec, example),
    ])
    return { status: Number(status), schema: media?.['schema'] as Schema | undefined, examples }
  })
}

/** The answer that means success: the one 2xx. */
export function successOf(spec: Json, operation: Operation): Answer {
  const [first, second] = answersOf(spec, operation).filter(({ status }) => status >= 200 && status < 300)
  if (first && !second) return first
  const got = first ? `${first.status} and ${second?.status}` : 'none'
  throw new SpecError(`${operation.id}: "responses" must have one 2xx answer. Received ${got}`)
}
