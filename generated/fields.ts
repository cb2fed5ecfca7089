/** What each operation takes. Made by `npm run generate`; edit spec/ instead. */
import type { operations } from './openapi.js'

type Form<Operation> = Operation extends { requestBody?: { content: { 'application/x-www-form-urlencoded': infer Fields } } }
  ? unknown extends Fields ? Readonly<Record<string, unknown>> : Fields
  : never

/** The fields of `sendGroupStatusMessage`. */
export interface SendGroupStatusMessageFields extends Form<operations['sendGroupStatusMessage']> {}

/** The fields of each operation. */
export interface FieldsByOperation {
  readonly sendGroupStatusMessage: SendGroupStatusMessageFields
}
