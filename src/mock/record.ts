/**
 * What the stand-in remembers: calls, breaches, and the report of them.
 *
 * @module
 */
import { type Fields, type OperationId, operationIds, standIn } from '../contract.js'
import type { Breach } from '../errors.js'

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
  const { notes } = standIn[operation ?? (operationIds[0] as OperationId)]
  const { text = '', docs } = notes[field.split(/[.[]/, 1)[0] ?? ''] ?? notes[''] ?? {}
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
  }
}

/** Keeps the last `limit` calls, and of those with a breach the last `limit` on top. */
export class Recorder {
  readonly #limit: number
  #calls: RecordedCall[] = []
  #offending: RecordedCall[] = []
  #unreported: RecordedCall[] = []
  #total = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls.slice(-this.#limit)
  }

  get breaches(): readonly Breach[] {
    return this.#offending.flatMap(({ breaches }) => breaches)
  }

  add(call: RecordedCall): void {
    this.#total++
    this.#calls = this.#appended(this.#calls, call)
    if (call.breaches.length === 0) return
    this.#offending = this.#appended(this.#offending, call)
    this.#unreported = this.#appended(this.#unreported, call)
  }

  /** Cuts in steps of a quarter of the limit, so that a call costs no copy of the list. */
  #appended(list: RecordedCall[], call: RecordedCall): RecordedCall[] {
    list.push(call)
    return list.length >= 1.25 * this.#limit ? list.slice(-this.#limit) : list
  }

  /** Throws for breaches since the last time. */
  verify(): void {
    const [calls, total] = [this.#unreported, this.#total]
    this.#unreported = []
    this.#total = 0
    if (calls.length > 0) throw new ContractBreachError(calls, total)
  }

  reset(): void {
    this.#calls = []
    this.#offending = []
    this.#unreported = []
    this.#total = 0
  }
}
