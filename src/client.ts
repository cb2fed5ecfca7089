/**
 * `createClient`: a method for each operation of the contract, and the openapi-fetch client beneath.
 *
 * @module
 */
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import type { Wire } from './attempt.js'
import { type BatchOptions, createBatch, type Send } from './batch.js'
import { check } from './check.js'
import { FORM, type OperationId, operationIds, operations, type paths } from './contract.js'
import { deliver } from './delivery.js'
import { RongCloudError } from './errors.js'
import { encodeForm } from './form.js'
import { createHosts } from './hosts.js'
import type { Outcome } from './judge.js'
import { createLimiter } from './limiter.js'
import type { BatchMethods, Methods, SafeMethods } from './methods.js'
import {
  type CallOptions,
  type ClientOptions,
  copyOf,
  derived,
  lowerCase,
  milliseconds,
  settingsOf,
} from './options.js'
import { createSigner } from './signature.js'
import type { Limiter } from './turn.js'

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

/** The openapi-fetch client of `client.api`: real requests, signed on their way out. */
function createApi(baseUrl: string, { sign, fetch }: Pick<Wire, 'sign' | 'fetch'>): FetchClient<paths> {
  return createFetchClient<paths>({
    baseUrl,
    redirect: 'manual',
    headers: { 'Content-Type': FORM },
    bodySerializer: (body) => encodeForm(body as unknown as Record<string, unknown>),
    fetch: async (request) => {
      for (const [name, value] of Object.entries(await sign())) request.headers.set(name, value)
      if (!request.headers.has('x-request-id')) request.headers.set('x-request-id', crypto.randomUUID())
      return fetch(request)
    },
  })
}

/** One limiter for each operation with a rate limit: the limits are counted apart. */
function limitersOf(given: Limiter | false | undefined): (name: OperationId) => Limiter | undefined {
  const own = new Map<OperationId, Limiter>()
  return (name) => {
    const { rateLimit } = operations[name]
    if (given === false || !rateLimit) return undefined
    if (given) return given
    const limiter = own.get(name) ?? createLimiter(rateLimit)
    own.set(name, limiter)
    return limiter
  }
}

function costOf(name: OperationId, fields: object): number {
  const { cost } = operations[name].rateLimit ?? {}
  const list = cost === undefined ? undefined : (fields as Record<string, unknown>)[cost]
  return Array.isArray(list) ? Math.max(1, list.length) : 1
}

/**
 * Makes a client.
 *
 * @throws TypeError when an option is missing or wrong; the message names it, what it must be and what came
 * @example
 * const rongcloud = createClient({ appKey, appSecret, region: 'singapore' })
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrls, retry, ...defaults } = settingsOf(options)
  const sign = createSigner(options)
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const beneath = createFetchClient({
    redirect: 'manual',
    bodySerializer: (body) => encodeForm(body as unknown as Record<string, unknown>),
  })
  const wire: Wire = { sign, fetch, request: beneath.request as unknown as Wire['request'] }
  const hosts = createHosts(baseUrls)
  const limiterOf = limitersOf(options.limiter)

  async function send(name: OperationId, given: object, call: CallOptions): Promise<Outcome> {
    const fields = copyOf(given) as Readonly<Record<string, unknown>>
    const { requestId = crypto.randomUUID() } = call
    const own = call.headers !== undefined || call.requestId !== undefined
    const headers = { ...lowerCase(call.headers), 'x-request-id': requestId }
    const signal = derived(call.signal)
    const breaches = options.check === false ? [] : check(name, fields, headers, options)
    if (breaches.length > 0) {
      const message = `${name}: ${breaches.map((one) => one.message).join('; ')}`
      return { error: new RongCloudError(message, { kind: 'contract', breaches, requestId }) }
    }
    // Refuses what no header may hold, before anything is sent.
    if (own) new Headers(headers)
    const operation = operations[name]
    const outcome = await deliver(
      { name, operation, fields, requestId, headers, signal },
      {
        wire,
        hosts,
        limiter: limiterOf(name),
        period: operation.rateLimit?.period ?? 1_000,
        cost: costOf(name, fields),
        retry,
        timeout: milliseconds('timeout', call.timeout, defaults.timeout),
        deadline: milliseconds('deadline', call.deadline, defaults.deadline),
        maxWait: milliseconds('maxWait', call.maxWait, defaults.maxWait),
        onAttempt: options.onAttempt,
      },
    )
    return outcome.error ? outcome : { data: { ...outcome.data, requestId } }
  }

  /** Mistakes in the options of a call are errors of the call too: `safe` must not throw. */
  async function sendSafely(name: OperationId, fields: object, call: CallOptions = {}): Promise<Outcome> {
    try {
      return await send(name, fields, call)
    } catch (cause) {
      const message = `${name}: ${(cause as Error | null)?.message ?? cause}`
      return { error: new RongCloudError(message, { kind: 'contract' }, cause) }
    }
  }

  const methods: Record<string, unknown> = {}
  const safe: Record<string, unknown> = {}
  const batch: Record<string, unknown> = {}
  for (const name of operationIds) {
    safe[name] = (fields: object, call?: CallOptions) => sendSafely(name, fields, call)
    methods[name] = async (fields: object, call?: CallOptions) => {
      const { data, error } = await sendSafely(name, fields, call)
      if (error) throw error
      return data
    }
    const { batch: split } = operations[name]
    if (split) {
      batch[name] = (fields: Readonly<Record<string, unknown>>, options: BatchOptions & CallOptions = {}) => {
        const { concurrency, deadline, signal, ...call } = options
        const sendChunk: Send = (chunk, ending, left) => {
          const limits = { signal: ending, deadline: Math.min(left, defaults.deadline) }
          return sendSafely(name, { ...fields, [split.field]: chunk }, { ...call, ...limits })
        }
        return createBatch(
          { name, size: split.size },
          fields[split.field],
          { concurrency, deadline, signal },
          sendChunk,
        )
      }
    }
  }
  return { ...methods, safe, batch, api: createApi(baseUrls[0] as string, wire) } as unknown as Client
}
