/**
 * The contract as the rest of the house sees it: one typed face over `generated/`.
 *
 * @module
 */
import * as tables from '../../generated/contract.js'
import type { FieldsByOperation } from '../../generated/fields.js'
import type { operations as Operations } from '../../generated/openapi.js'

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
/** Fields that can have one value alone. */
type Sole<Marks> = { [M in keyof Marks]: Marks[M] extends readonly [unknown] ? M : never }[keyof Marks]
type Json<R> = R extends { content: { 'application/json': infer A } } ? A : unknown

/** The JSON that answers an operation when it succeeds. */
export type Answer<K extends OperationId> = Json<
  Operations[K]['responses'][Tables[K]['success']['status'] & keyof Operations[K]['responses']]
>

/** What a call that succeeded gives: the answer without the values that mark success, and the call's `X-Request-ID`. */
export type Result<K extends OperationId> = Omit<Answer<K>, Sole<Tables[K]['success']['marks']>> & {
  /** The call's `X-Request-ID`: yours, or the UUID that was made for it. */
  readonly requestId: string
  /** Status and headers of the answer. Not enumerable: in no copy, no JSON and no comparison. */
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

/** One value of the list that a batch splits. */
export type BatchItem<K extends OperationId> = Fields<K>[Batched<K>] extends readonly (infer I)[] ? I : never

/** What is known of a refusal: `never` helps to send again, `after-wait` it does, `unknown` whether it was processed. */
export type Retry = 'never' | 'after-wait' | 'unknown'

/** What the client knows of one operation. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** Success is this HTTP status and, in the answer, one of these values for each of these fields. */
  readonly success: { readonly status: number; readonly marks: Readonly<Record<string, readonly unknown[]>> }
  /** By error code. */
  readonly retry: Readonly<Record<string, Retry>>
  /** The list that a batch splits, and how many of it one call takes. */
  readonly batch?: { readonly field: string; readonly size: number }
  /** The fields that carry type and content of a message, where there are such. */
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

/** How a form field is read; `[]` is a list. */
export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'string[]' | 'integer[]' | 'number[]' | 'boolean[]'

/** How an answer is built: a fixed value, a request field's value, a new string, or parts of those. */
export type Template =
  | { readonly is: unknown }
  | { readonly value: string }
  | { readonly text: readonly (string | { readonly alphabet: string; readonly length: number })[] }
  | { readonly object: Readonly<Record<string, Template>> }
  | { readonly each: string; readonly item: Template }

/** What the mock knows of one operation. */
export interface MockTable {
  readonly fields: Readonly<Record<string, Kind>>
  /** Header parameters. */
  readonly headers: readonly string[]
  /** The spec's named examples of answers. */
  readonly examples: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>
  /** Which example answers which violation. */
  readonly raisedBy: Readonly<Record<string, string>>
  /** `body` is missing where the answer has none. */
  readonly success: { readonly status: number; readonly body?: Template }
  /** By field and name: what the schema allows and nobody means. Of a list, each item is looked at. */
  readonly suspicious?: Readonly<Record<string, Readonly<Record<string, Suspicious>>>>
}

/** A text that the schema allows and that nobody means. */
export interface Suspicious {
  /** A regular expression, with the flag `u`. */
  readonly pattern: string
  /** What it looks like, in words. */
  readonly text: string
}

/** What the spec says of each field and header, and the vendor's page of it; `''` is the operation. */
export type Notes = Readonly<Record<string, { readonly text: string; readonly docs?: string }>>

/** What the command line knows of one operation. */
export interface CommandLine {
  readonly summary: string
  /** Headers that must be there, as examples: `X-Tenant: acme`. */
  readonly headers: readonly string[]
  /** By wire name. */
  readonly fields: Readonly<Record<string, FieldFlag>>
}

/** How the command line takes a form field. */
export interface FieldFlag {
  readonly flag: string
  /** What the field is, in a sentence. */
  readonly about: string
  readonly required: boolean
  /** The two values of a field that is on or off, as text: off, on. */
  readonly switch?: readonly [string, string]
  /** A value; several for a list. Empty where the spec gives none. */
  readonly example: readonly string[]
}

/** Names of the spec's examples of an operation's answers. */
export type ExampleName<K extends OperationId> = keyof (typeof tables.mockTables)[K]['examples'] & string

/** A host. `backup` is the second one of its region. */
export interface Server {
  readonly url: string
  readonly region?: string
  readonly backup: boolean
}

/** The headers that sign a call, by the name of their part. */
export interface Security {
  readonly headers: Readonly<Record<string, string>>
  readonly aliases: Readonly<Record<string, readonly string[]>>
  /** Prefixes under which all of the headers have an alias. */
  readonly prefixes: readonly string[]
  /** The part that is the signature. */
  readonly signature: string
  /** The parts that are signed, in order. */
  readonly signs: readonly string[]
  /** Longest nonce, in characters. */
  readonly nonceLength?: number
}

/** What the client knows of each operation. */
export const operations: Readonly<Record<OperationId, Operation>> = tables.operations
/** What a call costs in messages: as many as the list has that its operation is priced by, and never none. */
export function costOf(operation: OperationId, fields: unknown): number {
  const { cost } = operations[operation].rateLimit ?? {}
  const list = cost === undefined ? undefined : (fields as Record<string, unknown> | null | undefined)?.[cost]
  return Array.isArray(list) ? Math.max(1, list.length) : 1
}

/** What the mock knows of each operation. */
export const mockTables: Readonly<Record<OperationId, MockTable>> = tables.mockTables
/** What a report quotes from the spec, for each operation. */
export const notes: Readonly<Record<OperationId, Notes>> = tables.notes
/** What the command line knows of each operation. */
export const commandLine: Readonly<Record<OperationId, CommandLine>> = tables.commandLine
/** All hosts. */
export const servers: readonly Server[] = tables.servers
/** How calls are signed. */
export const security: Security = tables.security
/** The fields that carry type and content of a message. */
export const messageFields: { readonly type: string; readonly content: string } = tables.messageFields
/** The prefix that only predefined message types may have. */
export const reservedPrefix: string = tables.reservedPrefix

/** All operation names, in the order of the spec. */
export const operationIds: readonly OperationId[] = /* @__PURE__ */ Object.keys(operations) as OperationId[]

/**
 * Values by the names that the contract gives them, or a caller: without `Object.prototype`, for `constructor` and `__proto__` are
 * names like any other. By a constructor, because engines keep what `Object.create(null)` gives in a table that is slow to fill.
 */
export const ByName: new () => Record<string, unknown> = /* @__PURE__ */ (() => {
  function Bare(): void {}
  Bare.prototype = Object.create(null)
  return Bare as unknown as typeof ByName
})()
