/** What each operation takes. Made by `npm run generate`; edit spec/ instead. */
import type { operations } from './openapi.js'

type Form<Operation> = Operation extends { requestBody?: { content: { 'application/x-www-form-urlencoded': infer Fields } } }
  ? unknown extends Fields ? Readonly<Record<string, unknown>> : Fields
  : never

type Item<Fields, Name extends PropertyKey> = Fields extends { readonly [_ in Name]?: readonly (infer One)[] } ? One : unknown

/** The fields but for those of these names. Unlike `Omit`, it keeps them where a type has fields of any name as well. */
export type Without<Fields, Names> = { [Name in keyof Fields as Name extends Names ? never : Name]: Fields[Name] }

/** The fields of `sendGroupStatusMessage`. */
export interface SendGroupStatusMessageFields extends Without<Form<operations['sendGroupStatusMessage']>, "toGroupId"> {
  /** The receiving groups, one to three of them. On the wire the name is repeated, once for each group. The answer has one entry for each. */
  readonly toGroupId: readonly Item<Form<operations['sendGroupStatusMessage']>, "toGroupId">[]
}

/** The fields of each operation. */
export interface FieldsByOperation {
  readonly sendGroupStatusMessage: SendGroupStatusMessageFields
}
