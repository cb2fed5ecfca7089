/**
 * Two schemas that must both hold, as one: the parts of an `allOf`, and what stands beside a `$ref`.
 *
 * @module
 */
import { SpecError } from './error.js'

type Node = Readonly<Record<string, unknown>>
type Meeting = (one: never, other: never) => unknown

/** Fields that both parts describe must fit both. */
const properties = (one: Node, other: Node): Node => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([name, schema]) => [
      name,
      Object.hasOwn(one, name) ? { allOf: [one[name], schema] } : schema,
    ]),
  ),
})

/** Keywords that check something, and what holds where both parts have them: of two bounds the narrower one. */
const MEETINGS: Readonly<Record<string, Meeting>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  minProperties: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  maxProperties: Math.min,
  'x-max-bytes': Math.min,
  uniqueItems: (one: boolean, other: boolean) => one || other,
  required: (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])],
  enum: (one: readonly unknown[], other: readonly unknown[]) => one.filter((value) => other.includes(value)),
  properties,
}
/** Keywords that nobody can make one of. */
const ALONE = ['pattern', 'const']

/** Two schemas that must both hold; what only tells, such as a description, is that of the second. */
export function met(one: Node, other: object): Record<string, unknown> {
  const both: Record<string, unknown> = { ...one, ...other }
  for (const [name, value] of Object.entries(other)) {
    const before = one[name]
    if (before === undefined || before === value) continue
    const meeting = Object.hasOwn(MEETINGS, name) ? MEETINGS[name] : undefined
    if (meeting) both[name] = meeting(before as never, value as never)
    else if (ALONE.includes(name))
      throw new SpecError(`"${name}" stands in two schemas that must both hold. Received ${before} and ${value}`)
  }
  return both
}
