/**
 * A mistake in the spec.
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
