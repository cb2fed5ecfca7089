/**
 * `createClient`: a method for each operation of the contract, and the openapi-fetch client beneath.
 *
 * @module
 */

import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { FORM, type OperationId, operationIds, operations, type paths } from '../core/contract.js'
import { encodeForm } from '../core/form.js'
import { isRecord } from '../core/record.js'
import { signerOf } from '../core/signature.js'
import { createSend, type Send } from './attempt.js'
import { type BatchOptions, concurrencyOf, createBatch, type Send as SendChunk } from './batch.js'
import { namingVariables, withEnvironment } from './environment.js'
import type { Api, BatchMethods, Methods, SafeMethods } from './methods.js'
import { type CallOptions, type ClientOptions, copyOf, refuseUnknownOfBatch, settingsOf } from './options.js'
import { type Calls, createCalls } from './send.js'

/** A client of one app. Clients share nothing. */
export interface Client extends Methods {
  /** The methods for lists of any length. */
  readonly batch: BatchMethods
  /** The methods in the form that returns `{ data }` or `{ error }`. */
  readonly safe: SafeMethods
  /**
   * The openapi-fetch client: signed and form-encoded, and nothing else. No check, no time limit, no judgement
   * of the answer: mind that an error may come with HTTP 200.
   */
  readonly api: Api
}

/** The openapi-fetch client of `client.api`: real requests for its middleware, signed on their way out. */
const createApi = (baseUrl: string, send: Send): FetchClient<paths> =>
  createFetchClient<paths>({
    baseUrl,
    redirect: 'manual',
    headers: { 'Content-Type': FORM },
    bodySerializer: (body: unknown) => encodeForm(isRecord(body) ? body : {}),
    // In parts: a `Request` is of no use to the `fetch` of another copy of undici.
    fetch: async (request) => {
      const headers = { 'x-request-id': crypto.randomUUID(), ...Object.fromEntries(request.headers) }
      const body = (await request.text()) || undefined
      return send(request.url, { method: request.method, headers, body, signal: request.signal })
    },
  })

/** The batch of one operation: its list split, each chunk a call of its own. */
function batchOf(name: OperationId, { field, size }: { field: string; size: number }, calls: Calls) {
  const { rateLimit } = operations[name]
  const otherwise = concurrencyOf(rateLimit, rateLimit?.cost === field ? size : 1)
  return (given: Readonly<Record<string, unknown>>, options: BatchOptions & CallOptions = {}) => {
    // Before it is named in an error.
    calls.refuse(Object.fromEntries(Object.keys(options).map((name) => [name, undefined])))
    refuseUnknownOfBatch(options)
    const { concurrency = otherwise, deadline, signal, ...call } = options
    const fields = copyOf(given)
    calls.refuse(fields)
    const send: SendChunk = (chunk, ending, lineDeadline) => {
      // The wait in line is of the batch's own making: the client's `maxWait` does not count for it.
      const options = { maxWait: Number.POSITIVE_INFINITY, ...call, signal: ending }
      return calls.make(name, { ...fields, [field]: chunk }, options, { lineDeadline })
    }
    return createBatch(
      { name, field, size, redacted: calls.redacted },
      fields?.[field],
      { concurrency, deadline, signal },
      send,
    )
  }
}

/**
 * Makes a client. Make one for a process and share it: each client counts the rate limit by itself, so that two of them
 * would send twice as much as the vendor allows.
 *
 * @throws TypeError when an option is missing, wrong or none at all; the message names the option, or the variable of
 * the environment that it came from
 * @example
 * const rongcloud = createClient() // RONGCLOUD_APP_KEY, RONGCLOUD_APP_SECRET, and RONGCLOUD_BASE_URL or RONGCLOUD_REGION
 * const another = createClient({ appKey, appSecret, region: 'singapore' })
 */
export function createClient(options: ClientOptions = {}): Client {
  const resolved = withEnvironment(options)
  const { options: whole, nameOf } = resolved
  // First of all: it refuses options that hold the secret, which others would quote.
  const sign = namingVariables(resolved, () => signerOf(whole, (name) => name.toLowerCase()))
  const settings = settingsOf(whole, nameOf)
  const send = createSend({ sign, fetch: whole.fetch })
  const calls = createCalls(whole, settings, send)
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
  // A method for each operation, as the types of the contract have them.
  return { ...methods, safe, batch, api: createApi(settings.baseUrls[0] ?? '', send) } as unknown as Client
}
