/**
 * The stand-in for tests. Needs neither MSW nor a network.
 *
 * @module
 */
import { createMockCore, type MockApiOptions, type MockCore } from './api.js'
import { createFetch } from './fetch.js'

export type { ExampleName, Fields, OperationId } from '../contract.js'
export type { Breach } from '../errors.js'
export { type Parts, verifySignature } from '../signature.js'
export type { CustomAnswer, PlainAnswer } from './answer.js'
export type { MockApiOptions, PlainRequest } from './api.js'
export type { Freshness } from './credentials.js'
export type { RateLimitOptions } from './rate-limit.js'
export { ContractBreachError, type RecordedCall } from './record.js'

/** The stand-in of the API. */
export interface MockApi extends MockCore {
  /** The stand-in as a `fetch`; it answers for every host. */
  readonly fetch: typeof globalThis.fetch
}

/**
 * Makes a stand-in of the API, derived from the contract. It checks path, media type, signature, form and fields as
 * the contract says, answers in the vendor's words, and keeps what it saw.
 *
 * @throws TypeError when an option is missing or wrong
 * @example
 * const api = createMockApi({ appKey, appSecret })
 * const rongcloud = createClient({ appKey, appSecret, baseUrl: 'http://mock', fetch: api.fetch })
 * afterEach(() => api.verify())
 */
export function createMockApi(options: MockApiOptions): MockApi {
  const core = createMockCore(options)
  // Not spread: `calls` and `breaches` are getters.
  return Object.assign(core, { fetch: createFetch(core) })
}
