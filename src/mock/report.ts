/**
 * Recorded calls, and the report about calls with violations or suspicions.
 *
 * @module
 */

import { type Fields, notes, type OperationId, operationIds, operations } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { materializeStack, truncate } from '../core/redact.js'
import { type Suspicion, suspicionText } from './suspicions.js'

/** What is recorded of every call. */
export interface CallFacts {
  /** Time of the call by the mock's clock, in milliseconds. */
  readonly at: number
  /** HTTP method. */
  readonly method: string
  /** Path below the base path, without the query. */
  readonly path: string
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** HTTP status of the answer. */
  readonly status: number
  /** Body of the answer, as text. */
  readonly answer: string
  /** The violations of the contract; empty for a valid call. */
  readonly violations: readonly Violation[]
  /** Values that are valid but probably a mistake; empty if there are none. */
  readonly suspicions: readonly Suspicion[]
  /** Stack frames of the caller's code, nearest first. Only for calls with a violation, and only for the injected `fetch`, or a `fetch` that MSW intercepts in the same process. */
  readonly from: readonly string[]
}

/** One recorded call. `operation` determines the type of `body`. It is undefined when path or method match no operation. */
export type RecordedCall =
  | {
      [K in OperationId]: CallFacts & {
        /** The operation that path and method belong to. */
        readonly operation: K
        /**
         * The decoded fields. In a call with a violation, they are the fields that arrived: some may be missing, and long ones
         * may be cut off. A body that is not a form has no fields.
         */
        readonly body: Fields<K>
      }
    }[OperationId]
  | (CallFacts & {
      /** Path or method match no operation. */
      readonly operation: undefined
      /** Without an operation, the body cannot be decoded. */
      readonly body: undefined
    })

/** The operation that a call without one must have meant, if the contract has only one. */
const onlyOperation = operationIds.length === 1 ? operationIds[0] : undefined

/** The spec's text about the field of a violation, and the vendor's page. */
function noteOf(operation: OperationId | undefined, field: string): readonly string[] {
  const meant = operation ?? onlyOperation
  const operationNotes = meant === undefined ? {} : notes[meant]
  const { text = '', docs } = operationNotes[field.split(/[.[]/, 1)[0] ?? ''] ?? operationNotes[''] ?? {}
  return [...(text ? [`contract: ${text}`] : []), ...(docs ? [`see ${docs}`] : [])]
}

/** One call with a violation, as text. */
export function reportCall(call: RecordedCall, number: number): string {
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

/** How to allow a suspicion, for those who have made the mock themselves. */
const BY_OPTION = 'add it to "allowSuspicious"'

/** One suspicious call, as text. */
function suspiciousCall(call: RecordedCall, number: number, toAllow: string): string {
  const { method, path, status, suspicions } = call
  const lines = suspicions.map((one) => `   ${suspicionText(one)} (${one.name}; if it is intended, ${toAllow})`)
  return [`${number}) ${method} ${path} -> ${status}`, ...lines].join('\n')
}

/** Most different values of a list that a report counts. */
const MAX_REACHED = 1_000
/** Most different values that a report prints. */
const MAX_PRINTED = 20

/** Counts the values of lists in accepted calls, such as the groups that the calls have reached. */
export class Reached {
  readonly #counts = new Map<string, Map<string, number>>()

  add({ operation, body, status }: RecordedCall): void {
    const fields: unknown = body
    const field = operation && operations[operation].batch?.field
    const items = field && status < 300 && isRecord(fields) && fields[field]
    if (!field || !Array.isArray(items)) return
    for (const item of new Set(items.map(String))) this.#count(field, item, 1)
  }

  /** Adds the counts of another `Reached`. */
  join(other: Reached): Reached {
    for (const [field, counts] of other.#counts) {
      for (const [item, count] of counts) this.#count(field, item, count)
    }
    return this
  }

  #count(field: string, item: string, calls: number): void {
    const counts = this.#counts.get(field) ?? new Map<string, number>()
    this.#counts.set(field, counts)
    if (counts.size < MAX_REACHED || counts.has(item)) counts.set(item, (counts.get(item) ?? 0) + calls)
  }

  /** One line for each field, with each value once, and the number of calls if there were several. */
  get lines(): readonly string[] {
    return [...this.#counts].map(([field, counts]) => {
      const words = [...counts].map(([item, count]) => truncate(item, 64) + (count > 1 ? ` (${count} calls)` : ''))
      const rest = words.length > MAX_PRINTED ? `, and ${words.length - MAX_PRINTED} more` : ''
      return `${field} ${words.slice(0, MAX_PRINTED).join(', ')}${rest}`
    })
  }
}

/** The findings since the last report. */
export interface Findings {
  /** Number of all calls. */
  readonly total: number
  /** The calls with violations. If there were more than `maxCalls`, the last ones. */
  readonly violating: readonly RecordedCall[]
  /** Number of calls with violations, including those that `violating` no longer has. */
  readonly violatingCount: number
  /** The calls that are valid but suspicious. */
  readonly suspicious: readonly RecordedCall[]
  /** Number of suspicious calls, including those that `suspicious` no longer has. */
  readonly suspiciousCount: number
  /** Messages about expected violations that did not occur, and answers that were never used. */
  readonly unmet: readonly string[]
  /** The values, such as groups, that the accepted calls reached. */
  readonly reached: Reached
  /** Whether they are a reason to fail. */
  readonly fails: boolean
}

/** Most calls of each kind in joined findings. */
const MAX_JOINED = 1_000

/** Joins the findings of two reports. */
export const joinFindings = (first: Findings, second: Findings): Findings => ({
  total: first.total + second.total,
  violating: [...first.violating, ...second.violating].slice(-MAX_JOINED),
  violatingCount: first.violatingCount + second.violatingCount,
  suspicious: [...first.suspicious, ...second.suspicious].slice(-MAX_JOINED),
  suspiciousCount: first.suspiciousCount + second.suspiciousCount,
  unmet: [...first.unmet, ...second.unmet],
  reached: new Reached().join(first.reached).join(second.reached),
  fails: first.fails || second.fails,
})

/** A heading, the calls, and a line for the calls that are left out. */
function joinSection(heading: string, calls: readonly string[], count: number): string {
  const rest = count > calls.length ? [`and ${count - calls.length} more`] : []
  return [heading, ...calls, ...rest].join('\n\n')
}

/**
 * The findings as text.
 *
 * @param toAllow what to do about a suspicion that is intended
 */
export function reportOf(findings: Findings, toAllow: string = BY_OPTION): string {
  const { total, violating, violatingCount, suspicious, suspiciousCount, unmet, reached } = findings
  const parts: string[] = []
  if (violatingCount > 0) {
    const calls = violating.map((call, i) => reportCall(call, i + 1))
    parts.push(joinSection(`${violatingCount} of ${total} calls off the contract:`, calls, violatingCount))
  }
  if (suspiciousCount > 0) {
    const verb = suspiciousCount === 1 ? 'is' : 'are'
    const heading = `${suspiciousCount} of ${total} calls ${verb} suspicious: valid, but probably a mistake:`
    const calls = suspicious.map((call, i) => suspiciousCall(call, i + 1, toAllow))
    parts.push(joinSection(heading, calls, suspiciousCount))
  }
  if (unmet.length > 0) parts.push(unmet.join('\n'))
  if (reached.lines.length > 0) parts.push(`Reached: ${reached.lines.join('; ')}`)
  return `${parts.join('\n\n')}\n`
}

/** Thrown by `verify()`: calls had violations or were suspicious, or an expected violation or a set answer was not used. */
export class ContractViolationError extends Error {
  /** Always the same. */
  override readonly name = 'ContractViolationError'
  /** The calls with violations and the suspicious ones. If there were more than `maxCalls` of a kind, the last ones. */
  readonly calls: readonly RecordedCall[]
  /** Called by the mock. */
  constructor(report: string, calls: readonly RecordedCall[]) {
    super(report)
    this.calls = calls
    materializeStack(this)
  }
}
