/**
 * `createMockApi`: the stand-in with its `fetch`.
 *
 * @module
 */

import { createFetch } from './fetch.js'
import { createMockCore, type MockApiOptions, type MockCore } from './mock-api.js'

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
