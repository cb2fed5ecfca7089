/**
 * What came of a run.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import type { Unasked } from './questions.js'
import type { Finding } from './verdicts.js'
import type { Way } from './ways.js'

/** What was sent and came back, for a report. */
export interface Evidence {
  readonly via: Way
  readonly outcome: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

/** A question with what is known of it. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly field: string
  readonly findings: readonly Finding[]
  readonly evidence?: Evidence
}

/** What came of a run. */
export interface ProbeResult {
  readonly operation: OperationId
  readonly rows: readonly Row[]
  /** What was not asked, and why. */
  readonly unasked: readonly Unasked[]
  readonly requests: number
  /** What the requests cost of the rate limit. */
  readonly cost: number
  /** Why the run ended early, in a sentence. */
  readonly stopped?: string
  /** The required fields in the order in which the server asks for them. */
  readonly order: readonly string[]
  /** True when every message was accepted whose content does not fit its type. */
  readonly isBlind: boolean
}
