/** What each operation takes. Made by `npm run generate`; edit spec/ instead. */
import type { operations } from './openapi.js'

type Form<Operation> = Operation extends { requestBody?: { content: { 'application/x-www-form-urlencoded': infer Fields } } }
  ? unknown extends Fields ? Readonly<Record<string, unknown>> : Fields
  : never

/** The fields but for those of these names. Unlike `Omit`, it works for a type that has fields of any name as well. */
export type Without<Fields, Names> = { [Name in keyof Fields as Name extends Names ? never : Name]: Fields[Name] }

/**
 * A list with one of these lengths. One of unknown length compiles too, and is checked when it is sent; for one whose
 * length is known to be another, the compiler quotes `Words`.
 */
export type ListOf<List extends readonly unknown[], Lengths extends number, Words extends string> = List &
  (number extends List['length'] ? unknown : List['length'] extends Lengths ? unknown : Words)

/** The same for a list that has none of these lengths. */
export type ListNotOf<List extends readonly unknown[], Lengths extends number, Words extends string> = List &
  (number extends List['length'] ? unknown : Extract<List['length'], Lengths> extends never ? unknown : Words)

/** The fields of `sendGroupStatusMessage`. */
export interface SendGroupStatusMessageFields extends Form<operations['sendGroupStatusMessage']> {}

/** The fields of each operation. */
export interface FieldsByOperation {
  /** Those of `sendGroupStatusMessage`. */
  readonly sendGroupStatusMessage: SendGroupStatusMessageFields
}
