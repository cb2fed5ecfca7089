/**
 * Options of a client and of a call: what they mean, and what they must be.
 *
 * @module
 */

import { ByName, type Region, security, servers } from '../core/contract.js'
import { mustBeFunction } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'
import type { SigningOptions } from '../core/signature.js'
import { nearest } from '../core/suggest.js'
import type { Limiter } from '../rate-limit/limiter.js'
import { MAX_TIMEOUT_MS } from '../rate-limit/wait.js'
import type { AttemptReport } from './attempt.js'
import type { BatchOptions } from './batch.js'
import type { RetryPolicy } from './retry.js'

/**
 * Settings of a client, all optional. What is not given comes from the environment, in two groups: `appKey` and
 * `appSecret` from `RONGCLOUD_APP_KEY` and `RONGCLOUD_APP_SECRET`; `baseUrl` or `region` from `RONGCLOUD_BASE_URL` or, where that is not
 * set, `RONGCLOUD_REGION`. Of a group of which the options give a part, the environment adds nothing.
 */
export interface ClientOptions extends Omit<SigningOptions, 'appKey' | 'appSecret'> {
  /** App Key of the app. Sent with each call. Default: `RONGCLOUD_APP_KEY`. */
  readonly appKey?: string | undefined
  /** App Secret of the app. Never sent, never printed. Default: `RONGCLOUD_APP_SECRET`. */
  readonly appSecret?: string | undefined
  /** Data centre of the app; its primary host is called, and its backup when that fails. */
  readonly region?: Region | undefined
  /** Base URLs to call in place of a region's, primary first, such as `http://127.0.0.1:8700`. */
  readonly baseUrl?: string | readonly string[] | undefined
  /** Sends the requests. Default: the runtime's `fetch`, looked up at each call. Must honour `signal`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds for one attempt, the answer's body included. Default 5 000, the vendor's advice. */
  readonly timeout?: number | undefined
  /** Milliseconds for a call in all: the wait for its turn and all attempts. Default 10 000. */
  readonly deadline?: number | undefined
  /** Longest wait for a turn in the rate limit, in milliseconds; refused at once when it would be longer. Default: the deadline. */
  readonly maxWait?: number | undefined
  /** When a call is sent again. Default `not-processed`: only when it was surely not processed. */
  readonly retry?: RetryPolicy | undefined
  /** Keeps the rate limit on this side. Default: in memory, at the contract's limit. `false`: none. */
  readonly limiter?: Limiter | false | undefined
  /** Checks each request against the contract before it is sent. Default `true`. */
  readonly validate?: boolean | undefined
  /** Lets message types through that have the reserved prefix and are newer than this contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
  /** Called after each attempt, with plain data. What it throws changes nothing for the call: it is printed by `console.error`. */
  readonly onAttempt?: ((report: AttemptReport) => void) | undefined
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call at once, in line, between attempts or under way; the error then has the kind `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt, the answer's body included. Default: the client's. */
  readonly timeout?: number | undefined
  /** Milliseconds for the call in all. Default: the client's. */
  readonly deadline?: number | undefined
  /** Longest wait for a turn, in milliseconds. Default: the client's. */
  readonly maxWait?: number | undefined
  /** `X-Request-ID` of the call and all its attempts, at most 36 characters. Default: a new UUID. */
  readonly requestId?: string | undefined
  /** Other header parameters of the operation, where it has such. Headers that the client sets itself win. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Every option of a client. */
const CLIENT_OPTIONS: Readonly<Record<keyof ClientOptions, true>> = {
  appKey: true,
  appSecret: true,
  region: true,
  baseUrl: true,
  headerPrefix: true,
  now: true,
  nonce: true,
  dangerouslyAllowBrowser: true,
  fetch: true,
  timeout: true,
  deadline: true,
  maxWait: true,
  retry: true,
  limiter: true,
  validate: true,
  allowUnknownTypes: true,
  onAttempt: true,
}

/** Every option of a call. */
const CALL_OPTIONS: Readonly<Record<keyof CallOptions, true>> = {
  signal: true,
  timeout: true,
  deadline: true,
  maxWait: true,
  requestId: true,
  headers: true,
}

/** Every option of a batch: those of its calls, but for the id, which each of them has of its own. */
const BATCH_OPTIONS: Readonly<Record<keyof BatchOptions | Exclude<keyof CallOptions, 'requestId'>, true>> = {
  concurrency: true,
  deadline: true,
  signal: true,
  timeout: true,
  maxWait: true,
  headers: true,
}

/** How an error names an option. */
export type NameOf = (option: string) => string

/** @throws TypeError for what holds no options */
export function mustBeOptions(options: unknown, of: string): asserts options is object {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `The options of ${of} must be an object. Received ${options === null ? 'null' : typeof options}`,
    )
  }
}

/** @throws TypeError for an option that is none: a misspelt one would do nothing, and say nothing */
function refuseUnknown(options: object, known: Readonly<Record<string, true>>, of: string): void {
  mustBeOptions(options, of)
  for (const name of Object.keys(options)) {
    // No name of `Object.prototype` gives `true`.
    if (known[name] === true) continue
    const names = Object.keys(known)
    const meant = nearest(name, names)
    const hint = meant === undefined ? `Its options are ${names.join(', ')}` : `Did you mean "${meant}"?`
    throw new TypeError(`"${truncate(name, 40)}" is no option of ${of}. ${hint}`)
  }
}

/** @throws TypeError for what is no option of a call */
export const refuseUnknownOfCall = (options: object): void => refuseUnknown(options, CALL_OPTIONS, 'a call')

/** @throws TypeError for what is no option of a batch */
export const refuseUnknownOfBatch = (options: object): void => refuseUnknown(options, BATCH_OPTIONS, 'a batch')

/** The names of all regions. */
export const REGIONS: readonly string[] = /* @__PURE__ */ [...new Set(servers.flatMap(({ region }) => region ?? []))]

/** True for the name of a region, such as one that comes from a setting. */
export const isRegion = (value: unknown): value is Region => typeof value === 'string' && REGIONS.includes(value)

const RETRIES: readonly unknown[] = ['not-processed', 'at-least-once', false]

/** The region's hosts, primary first. */
function hostsOf(region: unknown, name: string): readonly string[] {
  if (!isRegion(region)) {
    throw new TypeError(`${name} must be one of ${REGIONS.join(', ')}. Received ${JSON.stringify(region)}`)
  }
  return servers
    .filter((server) => server.region === region)
    .sort((a, b) => Number(a.backup) - Number(b.backup))
    .map(({ url }) => url)
}

function baseUrlsOf({ region, baseUrl }: ClientOptions, nameOf: NameOf): readonly string[] {
  if (region !== undefined && baseUrl !== undefined) {
    throw new TypeError('"region" or "baseUrl" must be there, and only one of them. Received both')
  }
  const name = nameOf('baseUrl')
  const given = baseUrl === undefined ? hostsOf(region, nameOf('region')) : [baseUrl].flat()
  if (given.length === 0) throw new TypeError(`${name} must be at least one URL. Received []`)
  return given.map((one) => {
    const url = typeof one === 'string' && URL.canParse(one) ? new URL(one) : undefined
    if (url && /^https?:/.test(url.protocol) && !/[?#]/.test(one) && !url.username && !url.password) {
      return url.href.replace(/\/+$/, '')
    }
    const got = JSON.stringify(url ? `${url.protocol}//${url.host}…` : one)
    throw new TypeError(`${name} must be an http or https URL without query, hash or credentials. Received ${got}`)
  })
}

/** Milliseconds, where they are given. */
export function milliseconds(name: string, given: number | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : given
  if (typeof value === 'number' && value > 0 && (value <= MAX_TIMEOUT_MS || name === 'maxWait')) return value
  throw new TypeError(
    `"${name}" must be milliseconds, more than 0 and at most ${MAX_TIMEOUT_MS}. Received ${String(value)}`,
  )
}

/** Options after the check, with their defaults. */
export interface Settings {
  readonly baseUrls: readonly string[]
  readonly retry: RetryPolicy
  readonly timeout: number
  readonly deadline: number
  readonly maxWait: number
}

/** @throws TypeError when an option is missing, wrong or none at all */
export function settingsOf(options: ClientOptions, nameOf: NameOf): Settings {
  refuseUnknown(options, CLIENT_OPTIONS, 'a client')
  const { retry = 'not-processed' } = options
  if (!RETRIES.includes(retry)) {
    throw new TypeError(`"retry" must be "not-processed", "at-least-once" or false. Received ${JSON.stringify(retry)}`)
  }
  const { limiter = false } = options
  if (limiter !== false && (typeof limiter?.acquire !== 'function' || typeof limiter.pauseFor !== 'function')) {
    throw new TypeError(`"limiter" must be one that createLimiter makes, or false. Received ${typeof limiter}`)
  }
  for (const name of ['fetch', 'onAttempt'] as const) mustBeFunction(name, options[name])
  return {
    baseUrls: baseUrlsOf(options, nameOf),
    retry,
    timeout: milliseconds('timeout', options.timeout, 5_000),
    deadline: milliseconds('deadline', options.deadline, 10_000),
    maxWait: milliseconds('maxWait', options.maxWait, Number.POSITIVE_INFINITY),
  }
}

/** Headers that a connection has of its own: one more would break it, and the host would seem unwell. */
const OF_CONNECTIONS =
  /^(connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/
/** Headers that the client makes, under any of their names. */
const MADE: ReadonlySet<string> = new Set(
  [Object.values(security.headers), ...Object.values(security.aliases)].flat().map((name) => name.toLowerCase()),
)

/** Headers of the platform, where the types ask for a plain object. */
const isIterable = (headers: object): headers is Iterable<[string, string]> => Symbol.iterator in headers

/**
 * A call's headers by lower-case name, but for those that the client makes itself.
 *
 * @throws TypeError for one that belongs to the connection
 */
export function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  if (typeof headers !== 'object') throw new TypeError(`"headers" must be an object. Received ${typeof headers}`)
  const own: Record<string, string> = {}
  for (const [given, value] of isIterable(headers) ? headers : Object.entries(headers)) {
    const name = given.toLowerCase()
    if (OF_CONNECTIONS.test(name)) throw new TypeError(`"headers" must not hold "${name}": the connection has its own`)
    if (!MADE.has(name)) own[name] = value
  }
  return own
}

/** A copy, so that what is checked is what is sent, whatever the caller does with the lists meanwhile. */
export function copyOf(given: unknown): Readonly<Record<string, unknown>> {
  // An operation without fields is called without them.
  const fields = given === undefined ? {} : given
  // What holds no fields is refused by the validation.
  if (!isRecord(fields)) return fields as Record<string, never>
  const copy = new ByName()
  for (const [name, value] of Object.entries(fields)) copy[name] = Array.isArray(value) ? [...value] : value
  return copy
}

/** Derived from the caller's signal, which may be shared by any number of calls. */
export function derived(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined
  if (typeof signal.addEventListener === 'function') return AbortSignal.any?.([signal]) ?? signal
  throw new TypeError(
    `"signal" must be an AbortSignal. Received ${Object.prototype.toString.call(signal).slice(8, -1)}`,
  )
}
