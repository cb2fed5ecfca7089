/**
 * The methods of a client as types: one for each operation of the contract, in three manners.
 *
 * @module
 */

import type { BatchFields, BatchId, BatchItem, Fields, OperationId, Operations, Result } from '../core/contract.js'
import type { RongCloudError } from '../core/error.js'
import type { Batch, BatchOptions } from './batch.js'
import type { CallOptions } from './options.js'

// Mapped over `keyof`, so that each method shows what the spec says of its operation.

/** One method for each operation; each throws `RongCloudError`. */
export type Methods = {
  readonly [K in keyof Operations]: (fields: Fields<K>, options?: CallOptions) => Promise<Result<K>>
}

/** What came of a call that does not throw: one of the two is there. */
export type SafeResult<K extends OperationId> =
  | {
      /** What the throwing method resolves to. */
      readonly data: Result<K>
      /** Not there: the call succeeded. */
      readonly error?: never
    }
  | {
      /** Not there: the call failed. */
      readonly data?: never
      /** What the throwing method rejects with. */
      readonly error: RongCloudError
    }

/** The same methods, none of which throws. */
export type SafeMethods = {
  readonly [K in keyof Operations]: (fields: Fields<K>, options?: CallOptions) => Promise<SafeResult<K>>
}

/** For operations with a list that one call takes only a few of: any number of them, told chunk by chunk. */
export type BatchMethods = {
  readonly [K in BatchId]: (
    fields: BatchFields<K>,
    options?: BatchOptions & Omit<CallOptions, 'requestId'>,
  ) => Batch<BatchItem<K>, Result<K>>
}
