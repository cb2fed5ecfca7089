/**
 * What a run is given.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import type { RandomBelow } from './random.js'
import type { Keys } from './signing.js'

/** What a run needs. */
export interface ProbeSettings {
  readonly operation: OperationId
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly keys: Keys
  /** The user's own ids by field, for acceptable requests; without them none is sent. */
  readonly ids?: Readonly<Record<string, readonly string[]>> | undefined
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly random: RandomBelow
  /** Milliseconds for one answer. */
  readonly timeout: number
  /** Is told how many requests were sent, after each of them. */
  readonly onProgress?: ((done: number) => void) | undefined
  readonly isInterrupted?: (() => boolean) | undefined
}
