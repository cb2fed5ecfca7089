/**
 * The contract as the command line uses it: typed access to its tables in `generated/`.
 *
 * @module
 */
import * as tables from '../../generated/contract.js'
import type { OperationId } from './contract.js'

/** What the command line needs to know about one operation. */
export interface CommandLine {
  readonly summary: string
  /** Required headers, as examples: `X-Tenant: acme`. */
  readonly headers: readonly string[]
  /** Keys are wire names. */
  readonly fields: Readonly<Record<string, FieldFlag>>
}

/** How the command line takes a form field. */
export interface FieldFlag {
  readonly flag: string
  /** One sentence about the field. */
  readonly about: string
  readonly required: boolean
  /** The two values of a field that is on or off, as text, `off` first. */
  readonly switch?: readonly [string, string]
  /** An example value; several for a list. Empty where the spec has none. */
  readonly example: readonly string[]
}

/** What the command `probe` needs to know about one operation. */
export interface ProbeTable {
  /** JSON pointer of the operation, in the published spec. */
  readonly pointer: string
  /** JSON pointers of fields, items of lists (`name[]`) and headers. */
  readonly places: Readonly<Record<string, string>>
  /** Fields whose text may name somebody or something: the probe sends random ones. */
  readonly ids: readonly string[]
}

/** One claim of the contract that is not confirmed. */
export interface AssumptionRow {
  /** One sentence. */
  readonly claim: string
  /** JSON pointer of the node that carries it, in the published spec. */
  readonly at: string
  /** It names status or code; else it is about what is accepted and what is refused. */
  readonly isAboutAnswer?: boolean
  /** Names of the vectors and of the questions of `probe` that settle it. */
  readonly questions?: readonly string[]
  /** Why nothing settles it. */
  readonly unsettled?: string
}

/** What the command line needs to know about each operation. */
export const commandLine: Readonly<Record<OperationId, CommandLine>> = tables.commandLine
/** What the command `probe` needs to know about each operation. */
export const probeTables: Readonly<Record<OperationId, ProbeTable>> = tables.probeTables
/** What is not confirmed, by id. */
export const assumptions: Readonly<Record<string, AssumptionRow>> = tables.assumptions
