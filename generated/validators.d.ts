/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */

/** One thing that does not fit: where in the value, which keyword of the schema, and what that asks for, in words. */
export interface Misfit {
  readonly instancePath: string
  readonly keyword: string
  readonly expected: string
}

/** True when the value fits; else `errors` says what does not, until the next call. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly Misfit[] | null
}

/** Request fields, by operation. */
export declare const requests: Readonly<Record<string, Validate>>
/** Header parameters by lower-case name, by operation. */
export declare const headers: Readonly<Record<string, Validate>>
/** Successful answers, by operation. */
export declare const answers: Readonly<Record<string, Validate>>
/** The JSON inside a message, by message type. */
export declare const messages: Readonly<Record<string, Validate>>
/** Security headers by the name of their scheme, as strictly as the spec says. */
export declare const security: Validate
/** The same headers in whatever form is accepted. */
export declare const accepted: Validate
