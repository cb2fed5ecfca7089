/**
 * Types of the client's methods: one for each operation, in three forms (throwing, safe, batch), and `client.api`.
 *
 * @module
 */

import type { ClientPathsWithMethod, Client as FetchClient, FetchOptions, FetchResponse, ParseAs } from 'openapi-fetch'
import type { BatchesOf, MethodsOf } from '../../generated/methods.js'
import type { BatchItem, OperationId, paths, Result } from '../core/contract.js'
import type { RongCloudError } from '../core/error.js'
import type { Batch, BatchOptions } from './batch.js'
import type { CallOptions } from './options.js'

/** One method for each operation; each throws `RongCloudError`. */
export type Methods = MethodsOf<CallOptions, { readonly [K in OperationId]: Result<K> }>

/** The result of a call that does not throw: either `data` or `error`. */
export type SafeResult<K extends OperationId> =
  | {
      /** The value that the throwing method resolves to. */
      readonly data: Result<K>
      /** Missing: the call succeeded. */
      readonly error?: never
    }
  | {
      /** Missing: the call failed. */
      readonly data?: never
      /** The error that the throwing method rejects with. */
      readonly error: RongCloudError
    }

/** The same methods, but they return errors instead of throwing them. */
export type SafeMethods = MethodsOf<CallOptions, { readonly [K in OperationId]: SafeResult<K> }>

/** Methods for operations with a list of limited length. They accept a list of any length, and report chunk by chunk. */
export type BatchMethods = BatchesOf<BatchOptions, { readonly [K in OperationId]: Batch<BatchItem<K>, Result<K>> }>

type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/** The operation at a path and method; `never` if there is none. */
type OperationAt<Path, Method> = Path extends keyof paths
  ? Method extends keyof paths[Path]
    ? Extract<paths[Path][Method], object>
    : never
  : never

interface Read<As> {
  /** How the body of the answer is parsed. */
  readonly parseAs: As
}

type Init<Operation, As> = FetchOptions<Operation> & Partial<Read<As>>

/**
 * A method of openapi-fetch, with one difference: the compiler refuses fields that the contract does not have. The original
 * accepts any type that is assignable, and so accepts misspelt optional fields.
 */
export type ApiMethod<Method extends HttpMethod> = <
  Path extends ClientPathsWithMethod<FetchClient<paths>, Method>,
  As extends ParseAs = 'json',
>(
  url: Path,
  ...init: OperationAt<Path, Method> extends { requestBody: unknown }
    ? [init: Init<OperationAt<Path, Method>, As>]
    : [init?: Init<OperationAt<Path, Method>, As>]
) => Promise<FetchResponse<OperationAt<Path, Method>, Read<As>, `${string}/${string}`>>

/** The openapi-fetch client of the contract. */
export type Api = Omit<FetchClient<paths>, Uppercase<HttpMethod>> & {
  readonly [Method in HttpMethod as Uppercase<Method>]: ApiMethod<Method>
}
