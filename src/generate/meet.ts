/**
 * Two schemas that must both hold, as one: the parts of an `allOf`, and what stands beside a `$ref`.
 *
 * @module
 */
/** A mistake in the spec: its message is the line that a person reads. */
export class SpecError extends Error {
  override name = 'SpecError'
  /** The names that lead to it from the root of the spec; undefined where the message says its place, or nobody knows it. */
  readonly at: readonly string[] | undefined

  constructor(message: string, at?: readonly string[]) {
    super(message)
    this.at = at
  }
}

/** Of two bounds the narrower one holds. */
const BOUNDS: Readonly<Record<string, (a: number, b: number) => number>> = {
  ...Object.fromEntries(['minimum', 'exclusiveMinimum', 'minLength', 'minItems'].map((name) => [name, Math.max])),
  ...Object.fromEntries(
    ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'x-max-bytes'].map((name) => [name, Math.min]),
  ),
}

/** Two schemas that must both hold; what only tells, such as a description, is that of the second. */
export function met(one: Readonly<Record<string, unknown>>, other: object): Record<string, unknown> {
  const both: Record<string, unknown> = { ...one, ...other }
  for (const [name, value] of Object.entries(other)) {
    const before = one[name]
    const bound = BOUNDS[name]
    if (before === undefined || before === value) continue
    if (bound) both[name] = bound(before as number, value as number)
    else if (name === 'enum') both[name] = (before as unknown[]).filter((each) => (value as unknown[]).includes(each))
    else if (name === 'pattern' || name === 'const')
      throw new SpecError(`"${name}" stands in two schemas that must both hold. Received ${before} and ${value}`)
  }
  return both
}
