/**
 * `createClient`: a method for each operation of the contract, and an openapi-fetch client.
 *
 * @module
 */

import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import {
  FORM,
  maxCostOf,
  type Operation,
  type OperationId,
  operationIds,
  operations,
  type paths,
} from '../core/contract.js'
import { encodeForm } from '../core/form.js'
import { isRecord } from '../core/record.js'
import { signerOf } from '../core/signature.js'
import { createSend, type Send } from './attempt.js'
import { type BatchOptions, concurrencyOf, createBatch, type SendChunk } from './batch.js'
import { namingVariables, withEnvironment } from './environment.js'
import type { Api, BatchMethods, Methods, SafeMethods } from './methods.js'
import {
  type CallOptions,
  type ClientOptions,
  checkBatchOptions,
  checkClientOptions,
  copyOf,
  settingsOf,
} from './options.js'
import { type Calls, createCalls } from './send.js'

/** A client of one app. Clients share no state. */
export interface Client extends Methods {
  /** The methods for lists of any length. */
  readonly batch: BatchMethods
  /** The methods that return `{ data }` or `{ error }` and never throw. */
  readonly safe: SafeMethods
  /**
   * An openapi-fetch client that signs and form-encodes requests. It does not validate, retry, limit the rate or the time,
   * or check the answer. Note that an error may come with HTTP 200.
   */
  readonly api: Api
}

/** The openapi-fetch client of `client.api`. Its middleware sees unsigned requests; they are signed when they are sent. */
const createApi = (baseUrl: string, send: Send): FetchClient<paths> =>
  createFetchClient<paths>({
    baseUrl,
    redirect: 'manual',
    headers: { 'Content-Type': FORM },
    bodySerializer: (body: unknown) => encodeForm(isRecord(body) ? body : {}),
    // Not as a `Request`, which the `fetch` of another copy of undici does not accept.
    fetch: async (request) => {
      const headers = { 'x-request-id': crypto.randomUUID(), ...Object.fromEntries(request.headers) }
      const body = (await request.text()) || undefined
      return send(request.url, { method: request.method, headers, body, signal: request.signal }).response
    },
  })

/** The batch method of one operation: splits its list, and makes one call for each chunk. */
function batchOf(name: OperationId, split: NonNullable<Operation['batch']>, calls: Calls) {
  const { field } = split
  const concurrency = concurrencyOf(operations[name].rateLimit, maxCostOf(name))
  return (input: Readonly<Record<string, unknown>>, options: BatchOptions = {}) => {
    // First, because later errors quote options.
    calls.refuse(options)
    checkBatchOptions(options)
    const fields = copyOf(input)
    calls.refuse(fields)
    // The batch itself causes the wait for the rate limit, so the client's `maxWait` does not apply.
    const { timeout, maxWait = Number.POSITIVE_INFINITY, headers } = options
    const send: SendChunk = (chunk, signal, queueDeadline) =>
      calls.make(name, { ...fields, [field]: chunk }, { signal, timeout, maxWait, headers }, queueDeadline)
    return createBatch({ ...split, name, concurrency, redacted: calls.redacted }, fields?.[field], options, send)
  }
}

/**
 * Makes a client. Use one client for the whole process: each client counts the rate limit separately, so two of them would
 * send twice as much as the vendor allows.
 *
 * @throws TypeError when an option is missing, wrong or unknown; the message names the option, or the environment variable
 * that it came from
 * @example
 * const rongcloud = createClient() // RONGCLOUD_APP_KEY, RONGCLOUD_APP_SECRET, and RONGCLOUD_BASE_URL or RONGCLOUD_REGION
 * const another = createClient({ appKey, appSecret, region: 'singapore' })
 */
export function createClient(options: ClientOptions = {}): Client {
  const resolved = withEnvironment(options)
  const { options: allOptions } = resolved
  // First, because it refuses options that contain the secret. Later errors quote options.
  const sign = namingVariables(resolved, () => signerOf(allOptions, (name) => name.toLowerCase()))
  checkClientOptions(allOptions)
  const settings = namingVariables(resolved, () => settingsOf(allOptions))
  const send = createSend({ sign, fetch: allOptions.fetch })
  const calls = createCalls(allOptions, settings, send)
  const methods: Record<string, unknown> = {}
  const safe: Record<string, unknown> = {}
  const batch: Record<string, unknown> = {}
  for (const name of operationIds) {
    safe[name] = (fields: unknown, call?: CallOptions) => calls.make(name, fields, call)
    methods[name] = async (fields: unknown, call?: CallOptions) => {
      const { data, error } = await calls.make(name, fields, call)
      if (error) throw error
      return data
    }
    const { batch: split } = operations[name]
    if (split) batch[name] = batchOf(name, split, calls)
  }
  // The loop makes a method for each operation, as the type `Client` has them.
  return { ...methods, safe, batch, api: createApi(settings.baseUrls[0] ?? '', send) } as unknown as Client
}
