/** What `describeContract` reads of vectors.json. Made by `npm run generate`; edit spec/ instead. */

/** A request on the contract, or just off it. */
interface Vector {
  readonly name: string
  readonly operation: string
  /** `fields`: the fields alone say all of it. */
  readonly layer: string
  /** The form body, in pieces. */
  readonly request: { readonly body: readonly (string | { readonly repeat: string; readonly times: number })[] }
  readonly expect: { readonly verdict: string }
}
declare const file: { readonly vectors: readonly Vector[] }
export default file
