/**
 * The contract as the rest of `src/` uses it: typed access to the tables in `generated/`.
 *
 * @module
 */

import * as tables from '../../generated/contract.js'
import type { FieldsByOperation } from '../../generated/fields.js'
import type { operations as Operations } from '../../generated/openapi.js'
import { isRecord } from './record.js'

export type {
  FirstOperation,
  HeaderPrefix,
  MessageContents,
  MessageFields,
  Region,
  ReservedName,
} from '../../generated/contract.js'
export type { paths } from '../../generated/openapi.js'

/** Media type of every request body. */
export const FORM = 'application/x-www-form-urlencoded'

/** Name of an operation: its `operationId` in the spec. */
export type OperationId = keyof typeof tables.operations & keyof Operations

/** The fields of an operation's request, with lists of any length. */
export type Fields<K extends OperationId> = FieldsByOperation[K]

type Tables = typeof tables.operations
/** Names of the marks that allow only one value. */
type Sole<Marks> = { [M in keyof Marks]: Marks[M] extends readonly [unknown] ? M : never }[keyof Marks]
type JsonBody<R> = R extends { content: { 'application/json': infer A } } ? A : unknown

/** The JSON that answers an operation when it succeeds. */
export type Answer<K extends OperationId> = JsonBody<
  Operations[K]['responses'][Tables[K]['success']['status'] & keyof Operations[K]['responses']]
>

/** The result of a successful call: the answer without the values that mark success, and the call's `X-Request-ID`. */
export type Result<K extends OperationId> = Omit<Answer<K>, Sole<Tables[K]['success']['marks']>> & {
  /** The call's `X-Request-ID`: yours, or the UUID that was made for it. */
  readonly requestId: string
  /** Status and headers of the answer. Not enumerable, so that copies, JSON and comparisons leave it out. */
  readonly response: {
    /** HTTP status. */
    readonly status: number
    /** Headers, as the server sent them. */
    readonly headers: Headers
  }
}

type Batched<K extends OperationId> = Tables[K] extends { batch: { field: infer F extends keyof Fields<K> } }
  ? F
  : never

/** Operations with a list that a batch can split. */
export type BatchId = { [K in OperationId]: Batched<K> extends never ? never : K }[OperationId]

/** The type of an item of the list that a batch splits. */
export type BatchItem<K extends OperationId> = Fields<K>[Batched<K>] extends readonly (infer I)[] ? I : never

/** Whether a refused request may be sent again: `never`, `after-wait`, or `unknown`, when it may have been processed. */
export type Retry = 'never' | 'after-wait' | 'unknown'

/** What the client needs to know about one operation. */
export interface Operation {
  readonly method: string
  readonly path: string
  /**
   * An answer is a success when it has this HTTP status and, for each field of `marks`, one of its values. Without marks, its code,
   * if it has one, must be one of `codes`; default: the status.
   */
  readonly success: {
    readonly status: number
    readonly marks: Readonly<Record<string, readonly unknown[]>>
    readonly codes?: readonly unknown[]
  }
  /** Keys are error codes. */
  readonly retry: Readonly<Record<string, Retry>>
  /** `field` is the list that a batch splits; `size` and `least` are the most and fewest items of one call (`least` defaults to 1). */
  readonly batch?: { readonly field: string; readonly size: number; readonly least?: number }
  /** The fields that carry type and content of a message, if the operation has them. */
  readonly message?: { readonly type: string; readonly content: string }
  /** The limit of calls, for each App Key. */
  readonly rateLimit?: {
    readonly limit: number
    /** Milliseconds. */
    readonly period: number
    /** The list whose length is the price of a call; without it a call costs 1. */
    readonly cost?: string
    /** What is counted, in the plural; without it calls are. */
    readonly unit?: string
  }
}

/** The type that a form field is decoded to. `[]` marks a list. */
export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'string[]' | 'integer[]' | 'number[]' | 'boolean[]'

/**
 * How the mock builds an answer. One of these is there: a fixed value (`is`), the value of a request field (`value`), a new string (`text`), an
 * object of templates (`object`), or one item for each value of a list (`each`).
 */
export interface Template {
  readonly is?: unknown
  readonly value?: string
  readonly text?: TextRecipe
  readonly object?: Readonly<Record<string, Template>>
  readonly each?: string
  /** With `each`. */
  readonly item?: Template
}

/** How a new string is made: fixed parts, and parts that count in an alphabet. */
export type TextRecipe = readonly (string | { readonly alphabet: string; readonly length: number })[]

/** What the mock needs to know about one operation. */
export interface MockTable {
  readonly fields: Readonly<Record<string, Kind>>
  /** Header parameters. */
  readonly headers: readonly string[]
  /** The spec's named examples of answers. */
  readonly examples: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>
  /** Name of the example that answers a violation. Keys are keywords. */
  readonly raisedBy: Readonly<Record<string, string>>
  /** The default success. `body` is missing if the answer has no body. */
  readonly success: { readonly status: number; readonly body?: Template }
  /** Rules for values that are valid but probably a mistake, by field and rule name. In a list, a rule applies to each item. */
  readonly suspicious?: Readonly<Record<string, Readonly<Record<string, SuspiciousRule>>>>
}

/** A pattern for values that are probably a mistake, and the text that a report shows. */
export interface SuspiciousRule {
  /** Source of a regular expression with the flag `u`. */
  readonly pattern: string
  readonly text: string
}

/** The spec's text about each field and header, and the vendor's page; `''` is the operation itself. */
export type Notes = Readonly<Record<string, { readonly text: string; readonly docs?: string }>>

/** Names of the spec's examples of an operation's answers. */
export type ExampleName<K extends OperationId> = keyof (typeof tables.mockTables)[K]['examples'] & string

/** A host. `backup` is true for the second host of a region. */
export interface Server {
  readonly url: string
  readonly region?: string
  readonly backup: boolean
}

/** Name of a part that is signed. */
export type SignedPart = (typeof tables.security.signs)[number]

/** The headers that sign a call. Keys are the names of the signing parts. */
export interface Security {
  readonly headers: Readonly<Record<string, string>>
  readonly aliases: Readonly<Record<string, readonly string[]>>
  /** Prefixes that may stand in front of all four header names. */
  readonly prefixes: readonly string[]
  /** The part that is the signature. */
  readonly signature: string
  /** The parts that are signed, in order. */
  readonly signs: readonly string[]
  /** Longest nonce, in characters. */
  readonly nonceLength?: number
}

/** What the client needs to know about each operation. */
export const operations: Readonly<Record<OperationId, Operation>> = tables.operations

/**
 * Whether an answer is a success: it has the HTTP status and all marks of success. Without marks in the contract, the body may
 * be empty, and a code that is none of those of a success means an error.
 */
export function isSuccess({ success }: Operation, status: number, body: unknown): boolean {
  if (status !== success.status) return false
  const fields = isRecord(body) ? body : {}
  const marks = Object.entries(success.marks)
  if (marks.length > 0) return marks.every(([mark, values]) => values.includes(fields[mark]))
  const { [errorFields.code]: code } = fields
  if (success.codes) return code === undefined || success.codes.includes(code)
  return typeof code !== 'number' || code === status
}

/** What a call costs in messages: the length of the list that `rateLimit.cost` names, and at least 1. */
export function costOf(operation: OperationId, fields: unknown): number {
  const { cost } = operations[operation].rateLimit ?? {}
  const list = cost !== undefined && isRecord(fields) ? fields[cost] : undefined
  return Array.isArray(list) ? Math.max(1, list.length) : 1
}

/** The highest cost of a call of an operation: the most items of the list that counts, where the contract limits it. */
export function maxCostOf(operation: OperationId): number {
  const { rateLimit, batch } = operations[operation]
  return batch && batch.field === rateLimit?.cost ? batch.size : 1
}

/** What the mock needs to know about each operation. */
export const mockTables: Readonly<Record<OperationId, MockTable>> = tables.mockTables
/** What a report quotes from the spec, for each operation. */
export const notes: Readonly<Record<OperationId, Notes>> = tables.notes
/** All hosts. */
export const servers: readonly Server[] = tables.servers
/** How calls are signed. */
export const security: Security = tables.security
/** One part of the signature, and the headers that may carry it. */
export interface SigningHeader {
  /** `nonce`, for example. */
  readonly part: string
  /** The header's name in the contract. */
  readonly name: string
  /** All its names: that one, then its aliases. */
  readonly written: readonly string[]
  /** The same names in lower case. */
  readonly names: readonly string[]
}

/** The headers that sign a call, in the order of the contract. */
export const signingHeaders: readonly SigningHeader[] = /* @__PURE__ */ Object.entries(security.headers).map(
  ([part, name]) => {
    const written = [name, ...(security.aliases[part] ?? [])]
    return { part, name, written, names: written.map((one) => one.toLowerCase()) }
  },
)

/** All names of the header with the signature, in lower case. */
export const signatureNames: readonly string[] = /* @__PURE__ */ signingHeaders.flatMap(({ part, names }) =>
  part === security.signature ? names : [],
)

/** The fields that carry type and content of a message. */
export const messageFields: { readonly type: string; readonly content: string } = tables.messageFields
/** The fields of an error answer, by what they carry; empty where the contract has none. */
export interface ErrorFields {
  /** The path that was called. */
  readonly path: string
  /** The error code, a number. */
  readonly code: string
  /** The reason, for people. */
  readonly message: string
}

/** The fields of an error answer. */
export const errorFields: ErrorFields = tables.errorFields
/** The prefix that only predefined message types may have. */
export const reservedPrefix: string = tables.reservedPrefix

/** All operation names, in the order of the spec. */
export const operationIds: readonly OperationId[] = /* @__PURE__ */ Object.keys(operations) as OperationId[]
