/**
 * `createClient`: a method for each operation of the contract, and the openapi-fetch client beneath.
 *
 * @module
 */
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { FORM, type OperationId, operationIds, operations, type paths } from '../core/contract.js'
import { encodeForm } from '../core/form.js'
import { signerOf } from '../core/signature.js'
import { createSend, type Send } from './attempt.js'
import { type BatchOptions, concurrencyOf, createBatch, type Send as SendChunk } from './batch.js'
import type { BatchMethods, Methods, SafeMethods } from './methods.js'
import { type CallOptions, type ClientOptions, copyOf, settingsOf } from './options.js'
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
  readonly api: FetchClient<paths>
}

/** The openapi-fetch client of `client.api`: real requests for its middleware, signed on their way out. */
const createApi = (baseUrl: string, send: Send): FetchClient<paths> =>
  createFetchClient<paths>({
    baseUrl,
    redirect: 'manual',
    headers: { 'Content-Type': FORM },
    bodySerializer: (body) => encodeForm(body as unknown as Record<string, unknown>),
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
    const { concurrency = otherwise, deadline, signal, ...call } = options
    const fields = copyOf(given) as Readonly<Record<string, unknown>>
    calls.refuse(fields)
    const send: SendChunk = (chunk, ending, lineDeadline) => {
      // The wait in line is of the batch's own making: the client's `maxWait` does not count for it.
      const options = { maxWait: Number.POSITIVE_INFINITY, ...call, signal: ending }
      return calls.make(name, { ...fields, [field]: chunk }, options, { lineDeadline })
    }
    return createBatch(
      { name, field, size, told: calls.redacted },
      fields?.[field],
      { concurrency, deadline, signal },
      send,
    )
  }
}

/**
 * Makes a client.
 *
 * @throws TypeError when an option is missing or wrong; the message names it, what it must be and what came
 * @example
 * const rongcloud = createClient({ appKey, appSecret, region: 'singapore' })
 */
export function createClient(options: ClientOptions): Client {
  // First of all: it refuses options that hold the secret, which others would quote.
  const sign = signerOf(options, (name) => name.toLowerCase())
  const settings = settingsOf(options)
  const send = createSend({ sign, fetch: options.fetch })
  const calls = createCalls(options, settings, send)
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
  return { ...methods, safe, batch, api: createApi(settings.baseUrls[0] as string, send) } as unknown as Client
}
