/**
 * A recorded call, and the report of those that were off the contract.
 *
 * @module
 */
import { type Fields, notes, type OperationId, operationIds } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { materializeStack } from '../core/redact.js'

/** What is kept of any call. */
export interface CallFacts {
  /** When, by the mock's clock, in milliseconds. */
  readonly at: number
  /** HTTP method. */
  readonly method: string
  /** Path below the base path, without the query. */
  readonly path: string
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** HTTP status of the answer. */
  readonly status: number
  /** JSON of the answer. */
  readonly answer: string
  /** What was off the contract; empty when nothing was. */
  readonly violations: readonly Violation[]
  /** The caller's own stack frames, nearest first; only of calls with a violation, and only behind the injected `fetch`. */
  readonly from: readonly string[]
}

/** One recorded call. `operation` tells the type of `body`; it is undefined when path or method fit none. */
export type RecordedCall =
  | {
      [K in OperationId]: CallFacts & {
        /** The operation that path and method belong to. */
        readonly operation: K
        /**
         * Its decoded fields. Of a call with a violation they are what came: some may be missing, others long ones cut off, and a body
         * that is no form has none.
         */
        readonly body: Fields<K>
      }
    }[OperationId]
  | (CallFacts & {
      /** Path or method fit no operation. */
      readonly operation: undefined
      /** So nobody knows how to decode the body. */
      readonly body: undefined
    })

/** The one operation that a call without one can have meant. */
const meant = operationIds.length === 1 ? operationIds[0] : undefined

/** What the spec says of the place of a violation, and the vendor's page. */
function noteOf(operation: OperationId | undefined, field: string): readonly string[] {
  const own = notes[operation ?? (meant as OperationId)] ?? {}
  const { text = '', docs } = own[field.split(/[.[]/, 1)[0] ?? ''] ?? own[''] ?? {}
  return [...(text ? [`contract: ${text}`] : []), ...(docs ? [`see ${docs}`] : [])]
}

/** One call with a violation, as text. */
export function reported(call: RecordedCall, number: number): string {
  const { method, path, status, headers, from } = call
  const id = headers['x-request-id']
  const lines = call.violations.flatMap(({ message, keyword, field }) => [
    `   ${message} (${keyword})`,
    ...noteOf(call.operation, field).map((note) => `     ${note}`),
  ])
  return [
    `${number}) ${method} ${path} -> ${status}${id ? `, X-Request-ID ${id}` : ''}`,
    ...from.map((frame, i) => `   ${i === 0 ? 'called from' : '           '} ${frame}`),
    ...lines,
  ].join('\n')
}

/** All of them, as text. */
export const reportOf = (reports: readonly string[], off: number, total: number): string => {
  const rest = off > reports.length ? [`and ${off - reports.length} more`] : []
  return `${off} of ${total} calls off the contract:\n\n${[...reports, ...rest].join('\n\n')}\n`
}

/** Thrown by `verify()`: calls were off the contract. */
export class ContractViolationError extends Error {
  /** Always the same. */
  override readonly name = 'ContractViolationError'
  /** The calls that were off the contract: the last ones, as many as the mock keeps. */
  readonly calls: readonly RecordedCall[]

  /** The mock makes these: the calls that it has kept of those with a violation, how many those were, and of how many calls. */
  constructor(calls: readonly RecordedCall[], off: number, total: number) {
    const reports = calls.map((call, i) => reported(call, i + 1))
    super(reportOf(reports, off, total))
    this.calls = calls
    materializeStack(this)
  }
}
