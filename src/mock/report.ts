/**
 * A recorded call, and the report of those that were off the contract.
 *
 * @module
 */

import { type Fields, notes, type OperationId, operationIds, operations } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { materializeStack, truncate } from '../core/redact.js'
import type { Suspicion } from './suspicions.js'

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
  /** What is allowed and was probably not meant; empty when nothing was. */
  readonly suspicions: readonly Suspicion[]
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
const only = operationIds.length === 1 ? operationIds[0] : undefined

/** What the spec says of the place of a violation, and the vendor's page. */
function noteOf(operation: OperationId | undefined, field: string): readonly string[] {
  const meant = operation ?? only
  const own = meant === undefined ? {} : notes[meant]
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

/** One suspicious call, as text. */
function suspiciousCall({ method, path, status, suspicions }: RecordedCall, number: number): string {
  const lines = suspicions.map(
    ({ name, field, text, received }) =>
      `   ${field}: ${text}, got ${received} (${name}, unless "allowSuspicious" has it)`,
  )
  return [`${number}) ${method} ${path} -> ${status}`, ...lines].join('\n')
}

/** Most values of a list that a report counts. */
const MAX_REACHED = 1_000
/** Most of them that it prints. */
const MAX_PRINTED = 20

/** Counts the items of lists, such as the groups that calls have reached. */
export class Reached {
  readonly #counts = new Map<string, Map<string, number>>()

  add({ operation, body, status }: RecordedCall): void {
    const fields: unknown = body
    const field = operation && operations[operation].batch?.field
    const items = field && status < 300 && isRecord(fields) && fields[field]
    if (!field || !Array.isArray(items)) return
    for (const item of new Set(items.map(String))) this.#count(field, item, 1)
  }

  /** Adds the counts of another. */
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

  /** One line for each field: each value once, with the number of its calls where it has several. */
  get lines(): readonly string[] {
    return [...this.#counts].map(([field, counts]) => {
      const words = [...counts].map(([item, count]) => truncate(item, 64) + (count > 1 ? ` (${count} calls)` : ''))
      const rest = words.length > MAX_PRINTED ? `, and ${words.length - MAX_PRINTED} more` : ''
      return `${field} ${words.slice(0, MAX_PRINTED).join(', ')}${rest}`
    })
  }
}

/** What was found in the calls since the last report. */
export interface Findings {
  /** How many calls there were. */
  readonly total: number
  /** Calls with violations: the last ones, as many as the mock keeps. */
  readonly violating: readonly RecordedCall[]
  /** How many of them there were. */
  readonly violatingCount: number
  /** Calls that are on the contract and suspicious. */
  readonly suspicious: readonly RecordedCall[]
  /** How many of them there were. */
  readonly suspiciousCount: number
  /** Expectations that were not met, and answers that were never used. */
  readonly unmet: readonly string[]
  /** Whom the calls on the contract reached. */
  readonly reached: Reached
}

/** Most calls of each kind that joined findings keep. */
const MAX_JOINED = 1_000

/** The findings of two reports as one. */
export const joinFindings = (one: Findings, other: Findings): Findings => ({
  total: one.total + other.total,
  violating: [...one.violating, ...other.violating].slice(0, MAX_JOINED),
  violatingCount: one.violatingCount + other.violatingCount,
  suspicious: [...one.suspicious, ...other.suspicious].slice(0, MAX_JOINED),
  suspiciousCount: one.suspiciousCount + other.suspiciousCount,
  unmet: [...one.unmet, ...other.unmet],
  reached: new Reached().join(one.reached).join(other.reached),
})

/** A heading, the calls, and how many more there were. */
function section(heading: string, calls: readonly string[], count: number): string {
  const rest = count > calls.length ? [`and ${count - calls.length} more`] : []
  return [heading, ...calls, ...rest].join('\n\n')
}

/** Findings as text. */
export function reportOf(findings: Findings): string {
  const { total, violating, violatingCount, suspicious, suspiciousCount, unmet, reached } = findings
  const parts: string[] = []
  if (violatingCount > 0) {
    const calls = violating.map((call, i) => reported(call, i + 1))
    parts.push(section(`${violatingCount} of ${total} calls off the contract:`, calls, violatingCount))
  }
  if (suspiciousCount > 0) {
    const heading = `${suspiciousCount} of ${total} calls suspicious, allowed by the contract and probably not meant:`
    const calls = suspicious.map((call, i) => suspiciousCall(call, i + 1))
    parts.push(section(heading, calls, suspiciousCount))
  }
  if (unmet.length > 0) parts.push(unmet.join('\n'))
  if (reached.lines.length > 0) parts.push(`Reached: ${reached.lines.join('; ')}`)
  return `${parts.join('\n\n')}\n`
}

/** Thrown by `verify()`: calls were off the contract or suspicious, or what a test has set did not come about. */
export class ContractViolationError extends Error {
  /** Always the same. */
  override readonly name = 'ContractViolationError'
  /** The calls that were off the contract or suspicious: the last ones, as many as the mock keeps. */
  readonly calls: readonly RecordedCall[]
  /** The mock makes these. */
  constructor(report: string, calls: readonly RecordedCall[]) {
    super(report)
    this.calls = calls
    materializeStack(this)
  }
}

const findingsByError = new WeakMap<Error, Findings>()

/** The error of `verify()`. */
export function violationError(findings: Findings): ContractViolationError {
  const error = new ContractViolationError(reportOf(findings), [...findings.violating, ...findings.suspicious])
  findingsByError.set(error, findings)
  return error
}

/** What the report of an error says, as data; undefined for other errors. */
export const findingsOf = (error: unknown): Findings | undefined =>
  error instanceof Error ? findingsByError.get(error) : undefined
