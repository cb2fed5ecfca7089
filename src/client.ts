/**
 * `createClient`: a method for each operation of the contract, and the openapi-fetch client beneath.
 *
 * @module
 */
import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import { attempt, type Outcome, type Wire } from './attempt.js'
import { check } from './check.js'
import {
  type Answer,
  type Fields,
  FORM,
  type OperationId,
  operationIds,
  operations,
  type paths,
  type Region,
  type Result,
  servers,
} from './contract.js'
import { RongCloudError } from './errors.js'
import { encodeForm } from './form.js'
import { createSigner, type SigningOptions } from './signature.js'

export type { Answer, Fields, OperationId, Region, Result }

/** Settings of a client. One of `region` and `baseUrl` must be there. */
export interface ClientOptions extends SigningOptions {
  /** Data centre of the app; the client calls its primary host. */
  readonly region?: Region | undefined
  /** Base URL to call in place of a region's, such as `http://127.0.0.1:8700`. */
  readonly baseUrl?: string | undefined
  /** Sends the requests. Default: the runtime's `fetch`, looked up at each call. Must honour `signal`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds for one attempt, the answer's body included. Default 5 000, the vendor's advice. */
  readonly timeout?: number | undefined
  /** Checks each request against the contract before it is sent. Default `true`. */
  readonly check?: boolean | undefined
  /** Lets message types through that have the reserved prefix and are newer than this contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call at once; the error then has the kind `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt, the answer's body included. Default: the client's. */
  readonly timeout?: number | undefined
  /** `X-Request-ID` of the call, at most 36 characters. Default: a new UUID. */
  readonly requestId?: string | undefined
  /** Other header parameters of the operation, where it has such. Headers that the client sets itself win. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** One method for each operation; each throws `RongCloudError`. */
export type Methods = {
  readonly [K in OperationId]: (fields: Fields<K>, options?: CallOptions) => Promise<Result<K>>
}

/** The same methods, none of which throws. */
export type SafeMethods = {
  readonly [K in OperationId]: (
    fields: Fields<K>,
    options?: CallOptions,
  ) => Promise<
    { readonly data: Result<K>; readonly error?: never } | { readonly data?: never; readonly error: RongCloudError }
  >
}

/** A client of one app. Clients share nothing. */
export interface Client extends Methods {
  /** The methods in the form that returns `{ data }` or `{ error }`. */
  readonly safe: SafeMethods
  /**
   * The openapi-fetch client: signed and form-encoded, and nothing else. No check, no time limit, no judgement
   * of the answer: mind that an error may come with HTTP 200.
   */
  readonly api: FetchClient<paths>
}

function baseUrlOf({ region, baseUrl }: ClientOptions): string {
  if ((region === undefined) === (baseUrl === undefined)) {
    const regions = [...new Set(servers.flatMap((server) => server.region ?? []))].join(', ')
    const got = region === undefined ? 'neither' : 'both'
    throw new TypeError(`"region" (${regions}) or "baseUrl" must be there, and only one of them. Received ${got}`)
  }
  const found = baseUrl ?? servers.find((server) => server.region === region && !server.backup)?.url
  if (found === undefined) {
    const regions = [...new Set(servers.map((server) => server.region))].join(', ')
    throw new TypeError(`"region" must be one of ${regions}. Received ${JSON.stringify(region)}`)
  }
  const url = URL.canParse(found) ? new URL(found) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new TypeError(
      `"baseUrl" must be an http or https URL without query, hash or credentials. Received ${JSON.stringify(url ? `${url.protocol}//${url.host}…` : found)}`,
    )
  }
  return found.replace(/\/+$/, '')
}

/** Longest time that a timer of JavaScript can hold, in milliseconds. */
const LONGEST = 2 ** 31 - 1

function milliseconds(name: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value <= LONGEST) return value
  throw new TypeError(`"${name}" must be milliseconds, more than 0 and at most ${LONGEST}. Received ${String(value)}`)
}

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

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

/**
 * Makes a client.
 *
 * @throws TypeError when an option is missing or wrong; the message names it, what it must be and what came
 * @example
 * const rongcloud = createClient({ appKey, appSecret, region: 'singapore' })
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = baseUrlOf(options)
  const timeout = milliseconds('timeout', options.timeout ?? 5_000)
  const sign = createSigner(options)
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const beneath = createFetchClient({
    baseUrl,
    redirect: 'manual',
    bodySerializer: (body) => encodeForm(body as unknown as Record<string, unknown>),
  })
  const wire: Wire = {
    host: new URL(baseUrl).host,
    sign,
    fetch,
    request: beneath.request as unknown as Wire['request'],
  }

  async function send(name: OperationId, fields: object, call: CallOptions): Promise<Outcome> {
    const { requestId = crypto.randomUUID(), signal } = call
    const headers = { ...lowerCase(call.headers), 'x-request-id': requestId }
    const breaches = options.check === false ? [] : check(name, fields, headers, options)
    if (breaches.length > 0) {
      const message = `${name}: ${breaches.map((one) => one.message).join('; ')}`
      return { error: new RongCloudError(message, { kind: 'contract', breaches, requestId, host: wire.host }) }
    }
    const limit = call.timeout === undefined ? timeout : milliseconds('timeout', call.timeout)
    const operation = operations[name]
    const outcome = await attempt(
      { name, operation, fields: { ...fields }, requestId, headers, timeout: limit, signal },
      wire,
    )
    return outcome.error ? outcome : { data: { ...outcome.data, requestId } }
  }

  /** Mistakes in the options of a call are errors of the call too: `safe` must not throw. */
  const sendSafely = (name: OperationId, fields: object, call: CallOptions = {}): Promise<Outcome> =>
    send(name, fields, call).catch((cause: Error) => ({
      error: new RongCloudError(`${name}: ${cause.message}`, { kind: 'contract', host: wire.host }, cause),
    }))

  const methods: Record<string, unknown> = {}
  const safe: Record<string, unknown> = {}
  for (const name of operationIds) {
    safe[name] = (fields: object, call?: CallOptions) => sendSafely(name, fields, call)
    methods[name] = async (fields: object, call?: CallOptions) => {
      const { data, error } = await sendSafely(name, fields, call)
      if (error) throw error
      return data
    }
  }
  return { ...methods, safe, api: createApi(baseUrl, wire) } as unknown as Client
}
