/** What `describeContract` and `probe` read of vectors.json. Made by `npm run generate`; edit spec/ instead. */

/** A rule, by its place and its keyword. */
interface Rule {
  readonly field: string
  readonly keyword: string
}

/** A request on the contract, or just off it. */
interface Vector {
  readonly name: string
  readonly operation: string
  /** `fields`: the fields alone say all of it. */
  readonly layer: string
  readonly rule: Rule
  readonly times: number
  /** The form body is in pieces. */
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: readonly (string | { readonly repeat: string; readonly times: number })[]
  }
  readonly expect: {
    readonly verdict: string
    readonly violation?: Rule
    readonly status?: number
    readonly code?: number
    readonly suspicions?: readonly { readonly name: string; readonly field: string }[]
  }
}
declare const file: {
  readonly credentials: { readonly appKey: string; readonly appSecret: string }
  readonly vectors: readonly Vector[]
}
export default file
