/**
 * The methods of a client as types: one for each operation of the contract, in three manners.
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

type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/** What is known of a path under a method; what is not there is nothing. */
type At<Path, Method> = Path extends keyof paths
  ? Method extends keyof paths[Path]
    ? Extract<paths[Path][Method], object>
    : never
  : never

interface Read<As> {
  /** How the answer is read. */
  readonly parseAs: As
}

type Init<Operation, As> = FetchOptions<Operation> & Partial<Read<As>>

/**
 * A method of openapi-fetch, with one difference: what is sent must have the type of the contract to the letter. Theirs
 * takes any type that fits, and so lets misspelt fields through.
 */
export type ApiMethod<Method extends HttpMethod> = <
  Path extends ClientPathsWithMethod<FetchClient<paths>, Method>,
  As extends ParseAs = 'json',
>(
  url: Path,
  ...init: At<Path, Method> extends { requestBody: unknown }
    ? [init: Init<At<Path, Method>, As>]
    : [init?: Init<At<Path, Method>, As>]
) => Promise<FetchResponse<At<Path, Method>, Read<As>, `${string}/${string}`>>

/** The openapi-fetch client of the contract. */
export type Api = Omit<FetchClient<paths>, Uppercase<HttpMethod>> & {
  readonly [Method in HttpMethod as Uppercase<Method>]: ApiMethod<Method>
}
