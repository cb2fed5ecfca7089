/**
 * The methods of a client as types: one for each operation of the contract, in three manners.
 *
 * @module
 */

import type { BatchesOf, MethodsOf } from '../../generated/methods.js'
import type { BatchItem, OperationId, Result } from '../core/contract.js'
import type { RongCloudError } from '../core/error.js'
import type { Batch, BatchOptions } from './batch.js'
import type { CallOptions } from './options.js'

/** One method for each operation; each throws `RongCloudError`. */
export type Methods = MethodsOf<CallOptions, { readonly [K in OperationId]: Result<K> }>

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
export type SafeMethods = MethodsOf<CallOptions, { readonly [K in OperationId]: SafeResult<K> }>

/** For operations with a list that one call takes only a few of: any number of them, reported chunk by chunk. */
export type BatchMethods = BatchesOf<
  BatchOptions & Omit<CallOptions, 'requestId'>,
  { readonly [K in OperationId]: Batch<BatchItem<K>, Result<K>> }
>
