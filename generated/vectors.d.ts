/** Vectors of request fields, for `describeContract`. Made by `npm run generate`; edit spec/ instead. */

/** A request whose fields are on the contract, or just off it. */
export interface FieldVector {
  readonly name: string
  readonly operation: string
  /** The form body, in pieces. */
  readonly body: readonly (string | { readonly repeat: string; readonly times: number })[]
  /** What is wrong first; missing when nothing is. */
  readonly breach?: { readonly field: string; readonly keyword: string }
}
export declare const fieldVectors: readonly FieldVector[]
