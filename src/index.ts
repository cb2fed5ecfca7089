/**
 * The client of RongCloud's group status message.
 *
 * @module
 */
export type {
  Answer,
  CallOptions,
  Client,
  ClientOptions,
  Fields,
  Methods,
  OperationId,
  Region,
  Result,
  SafeMethods,
} from './client.js'
export { createClient } from './client.js'
export type { HeaderPrefix, MessageContents, MessageFields } from './contract.js'
export type { Breach, ErrorFacts, ErrorKind } from './errors.js'
export { isRongCloudError, RongCloudError } from './errors.js'
export type { JsonValue, UnknownTypeOption } from './message.js'
export { message } from './message.js'
export type { SignedHeaders, SigningOptions } from './signature.js'
export { createSigner } from './signature.js'
