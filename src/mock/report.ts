/**
 * A recorded call, and the report of those that were off the contract.
 *
 * @module
 */
import { type Fields, notes, type OperationId, operationIds } from '../contract.js'
import type { Breach } from '../errors.js'
import { settled } from '../secret.js'

interface CallFacts {
  /** When, by the stand-in's clock, in milliseconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** HTTP status of the answer. */
  readonly status: number
  /** JSON of the answer. */
  readonly answer: string
  /** What was off the contract; empty when nothing was. */
  readonly breaches: readonly Breach[]
  /** The caller's own stack frames, nearest first; only of calls with a breach, and only behind the injected `fetch`. */
  readonly from: readonly string[]
}

/** One recorded call. `operation` tells the type of `body`; it is undefined when path or method fit none. */
export type RecordedCall =
  | { [K in OperationId]: CallFacts & { readonly operation: K; readonly body: Fields<K> } }[OperationId]
  | (CallFacts & { readonly operation: undefined; readonly body: undefined })

/** What the spec says of the place of a breach, and the vendor's page. */
function noteOf(operation: OperationId | undefined, field: string): readonly string[] {
  const own = notes[operation ?? (operationIds[0] as OperationId)]
  const { text = '', docs } = own[field.split(/[.[]/, 1)[0] ?? ''] ?? own[''] ?? {}
  return [...(text ? [`contract: ${text}`] : []), ...(docs ? [`see ${docs}`] : [])]
}

/** One call with a breach, as text. */
function reported(call: RecordedCall, number: number): string {
  const { method, path, status, headers, from } = call
  const id = headers['x-request-id']
  const lines = call.breaches.flatMap(({ message, keyword, field }) => [
    `   ${message} (${keyword})`,
    ...noteOf(call.operation, field).map((note) => `     ${note}`),
  ])
  return [
    `${number}) ${method} ${path} -> ${status}${id ? `, X-Request-ID ${id}` : ''}`,
    ...from.map((frame, i) => `   ${i === 0 ? 'called from' : '           '} ${frame}`),
    ...lines,
  ].join('\n')
}

/** Thrown by `verify()`: calls were off the contract. */
export class ContractBreachError extends Error {
  override readonly name = 'ContractBreachError'
  /** The calls that were off the contract. */
  readonly calls: readonly RecordedCall[]

  constructor(calls: readonly RecordedCall[], total: number) {
    const list = calls.map((call, i) => reported(call, i + 1)).join('\n\n')
    super(`${calls.length} of ${total} calls off the contract:\n\n${list}\n`)
    this.calls = calls
    settled(this)
  }
}
