/**
 * The client of RongCloud's group status message.
 *
 * @module
 */

export type { AttemptReport } from './attempt.js'
export type { Batch, BatchOptions, BatchOutcome } from './batch.js'
export { type Client, createClient } from './client.js'
export type {
  Answer,
  BatchFields,
  BatchId,
  BatchItem,
  Fields,
  HeaderPrefix,
  MessageContents,
  MessageFields,
  OperationId,
  Region,
  Result,
} from './contract.js'
export type { RetryPolicy } from './delivery.js'
export type { Breach, ErrorFacts, ErrorKind } from './errors.js'
export { isRongCloudError, RongCloudError } from './errors.js'
export { createLimiter } from './limiter.js'
export type { JsonValue, UnknownTypeOption } from './message.js'
export { message } from './message.js'
export type { BatchMethods, Methods, SafeMethods, SafeResult } from './methods.js'
export type { CallOptions, ClientOptions } from './options.js'
export type { SignedHeaders, SigningOptions } from './signature.js'
export { createSigner } from './signature.js'
export type { Limiter, LimiterOptions, Turn } from './turn.js'
