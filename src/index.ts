/**
 * The package's main entry point: a client for RongCloud's group status message API.
 *
 * @module
 */

export type * from '../generated/fields.js'
export type { AttemptReport } from './client/attempt.js'
export type { Batch, BatchOptions, BatchOutcome } from './client/batch.js'
export { type Client, createClient } from './client/client.js'
export type { Json, MessageContent, MessageName, UnknownTypeOption, Writable } from './client/message.js'
export { message } from './client/message.js'
export type { Api, ApiMethod, BatchMethods, Methods, SafeMethods, SafeResult } from './client/methods.js'
export type { CallOptions, ClientOptions } from './client/options.js'
export { isRegion } from './client/options.js'
export type { RetryPolicy } from './client/retry.js'
export type {
  Answer,
  BatchId,
  BatchItem,
  Fields,
  HeaderPrefix,
  MessageContents,
  MessageFields,
  OperationId,
  Region,
  ReservedName,
  Result,
} from './core/contract.js'
export type { ErrorFacts, ErrorKind, Violation } from './core/error.js'
export { isRongCloudError, RongCloudError } from './core/error.js'
export type { SignedHeaders, SigningOptions } from './core/signature.js'
export { createSigner } from './core/signature.js'
export type { AcquireOptions, Limiter, LimiterOptions } from './rate-limit/limiter.js'
export { createLimiter } from './rate-limit/memory.js'
