/**
 * The options of a client, a batch and a call, and their checks.
 *
 * @module
 */

import { type Region, servers, signingHeaders } from '../core/contract.js'
import { mustBeFunction } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { ByName, isRecord } from '../core/record.js'
import type { SigningOptions } from '../core/signature.js'
import { MAX_TIMEOUT_MS } from '../core/wait.js'
import type { Limiter } from '../rate-limit/limiter.js'
import type { AttemptReport } from './attempt.js'
import type { BatchOptions } from './batch.js'
import type { RetryPolicy } from './retry.js'

/**
 * Settings of a client, all optional. Two groups of options default to environment variables: `appKey` and `appSecret` to
 * `RONGCLOUD_APP_KEY` and `RONGCLOUD_APP_SECRET`; `baseUrl` or `region` to `RONGCLOUD_BASE_URL` or, if that is not set,
 * `RONGCLOUD_REGION`. If you pass any option of a group, the environment is not used for that group.
 */
export interface ClientOptions extends Omit<SigningOptions, 'appKey' | 'appSecret'> {
  /** App Key of the app. Sent with each call. Default: `RONGCLOUD_APP_KEY`. */
  readonly appKey?: string | undefined
  /** App Secret of the app. Never sent, never printed. Default: `RONGCLOUD_APP_SECRET`. */
  readonly appSecret?: string | undefined
  /** Data centre of the app. Calls go to its primary host, and to its backup host when the primary fails. */
  readonly region?: Region | undefined
  /** One base URL, or several with the primary first, instead of a region: `http://127.0.0.1:8700`. */
  readonly baseUrl?: string | readonly string[] | undefined
  /**
   * Sends the requests. Default: the runtime's `fetch`, looked up at each call. Must honour `signal`. Once it has sent the
   * request, it must not reject because of another request: the client would take that error for its own.
   */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds for one attempt, the answer's body included. Default 5 000, the vendor's advice. */
  readonly timeout?: number | undefined
  /** Milliseconds for the whole call: the wait for the rate limit and all attempts. Default 10 000. */
  readonly deadline?: number | undefined
  /** Longest wait for the rate limit, in milliseconds. A call that would have to wait longer fails at once; 0 means now or never. Default: the deadline. */
  readonly maxWait?: number | undefined
  /** When a call is sent again. Default `not-processed`: only when it was certainly not processed. */
  readonly retry?: RetryPolicy | undefined
  /** Makes calls wait so that they stay within the rate limit. Default: in memory, with the contract's limit. `false`: none. */
  readonly limiter?: Limiter | false | undefined
  /** Checks each request against the contract before it is sent. Default `true`. */
  readonly validate?: boolean | undefined
  /** Allows message types that have the reserved prefix and are newer than this contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
  /** Called after each attempt, with plain data. An error that it throws is only printed, by `console.error`. */
  readonly onAttempt?: ((report: AttemptReport) => void) | undefined
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call at once, whether it is waiting or sending. The error has the kind `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt, the answer's body included. Default: the client's. */
  readonly timeout?: number | undefined
  /** Milliseconds for the whole call. Default: the client's. */
  readonly deadline?: number | undefined
  /** Longest wait for the rate limit, in milliseconds; 0 means now or never. Default: the client's. */
  readonly maxWait?: number | undefined
  /** `X-Request-ID` of the call and all its attempts, at most 36 characters. Default: a new UUID. */
  readonly requestId?: string | undefined
  /** Header parameters of the operation. Headers that the client sets itself take precedence, except `User-Agent`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Every option of a client. */
export const CLIENT_OPTIONS: OptionNames<ClientOptions> = {
  appKey: true,
  appSecret: true,
  region: true,
  baseUrl: true,
  headerPrefix: true,
  now: true,
  nonce: true,
  dangerouslyAllowBrowser: 'boolean',
  fetch: true,
  timeout: true,
  deadline: true,
  maxWait: true,
  retry: true,
  limiter: true,
  validate: 'boolean',
  allowUnknownTypes: 'boolean',
  onAttempt: true,
}

/** Every option of a call. */
const CALL_OPTIONS: OptionNames<CallOptions> = {
  signal: true,
  timeout: true,
  deadline: true,
  maxWait: true,
  requestId: true,
  headers: true,
}

/** Every option of a batch. */
const BATCH_OPTIONS: OptionNames<BatchOptions> = {
  concurrency: true,
  deadline: true,
  signal: true,
  timeout: true,
  maxWait: true,
  headers: true,
}

/** @throws TypeError for an unknown option of a client */
export const checkClientOptions = (options: object): void => checkOptions(options, CLIENT_OPTIONS, 'a client')

/** @throws TypeError for an unknown option of a call */
export const checkCallOptions = (options: object): void => checkOptions(options, CALL_OPTIONS, 'a call')

/** @throws TypeError for an unknown option of a batch */
export const checkBatchOptions = (options: object): void => checkOptions(options, BATCH_OPTIONS, 'a batch')

/** The names of all regions. */
export const REGIONS: readonly string[] = /* @__PURE__ */ [...new Set(servers.flatMap(({ region }) => region ?? []))]

/** Whether a value, for example from a setting, is the name of a region. */
export const isRegion = (value: unknown): value is Region => REGIONS.includes(value as string)

const RETRIES: readonly unknown[] = ['not-processed', 'at-least-once', false]

/** The region's hosts, primary first. */
function hostsOf(region: unknown): readonly string[] {
  if (!isRegion(region)) {
    throw new TypeError(`"region" must be one of ${REGIONS.join(', ')}. Received ${JSON.stringify(region)}`)
  }
  return servers
    .filter((server) => server.region === region)
    .sort((a, b) => Number(a.backup) - Number(b.backup))
    .map(({ url }) => url)
}

function baseUrlsOf({ region, baseUrl }: ClientOptions): readonly string[] {
  if (region !== undefined && baseUrl !== undefined) {
    throw new TypeError('Either "region" or "baseUrl" must be given. Received both')
  }
  const texts = baseUrl === undefined ? hostsOf(region) : [baseUrl].flat()
  if (texts.length === 0) throw new TypeError(`"baseUrl" must be at least one URL. Received []`)
  return texts.map((text) => {
    const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
    if (url && /^https?:/.test(url.protocol) && !/[?#]/.test(text) && !url.username && !url.password) {
      return url.href.replace(/\/+$/, '')
    }
    // What may hold a password or a token is cut off.
    const got = JSON.stringify(url && /[@?#]/.test(text) ? `${url.protocol}//${url.host}…` : text)
    throw new TypeError(`"baseUrl" must be an http or https URL without query, hash or credentials. Received ${got}`)
  })
}

/** Returns a time option, or its default. @throws TypeError unless it is a valid number of milliseconds */
export function milliseconds(name: string, option: number | undefined, defaultValue: number): number {
  const value = option === undefined ? defaultValue : option
  const isWait = name === 'maxWait'
  if (typeof value === 'number' && (isWait ? value >= 0 : value > 0 && value <= MAX_TIMEOUT_MS)) return value
  const range = isWait ? '0 or more' : `more than 0 and at most ${MAX_TIMEOUT_MS}`
  throw new TypeError(`"${name}" must be milliseconds, ${range}. Received ${String(value)}`)
}

/** The checked options, with defaults. */
export interface Settings {
  readonly baseUrls: readonly string[]
  readonly retry: RetryPolicy
  readonly timeout: number
  readonly deadline: number
  readonly maxWait: number
}

/** @throws TypeError when an option is missing or wrong */
export function settingsOf(options: ClientOptions): Settings {
  const { retry = 'not-processed' } = options
  if (!RETRIES.includes(retry)) {
    throw new TypeError(`"retry" must be "not-processed", "at-least-once" or false. Received ${JSON.stringify(retry)}`)
  }
  const { limiter = false } = options
  if (limiter !== false && (typeof limiter?.acquire !== 'function' || typeof limiter.pauseFor !== 'function')) {
    throw new TypeError(`"limiter" must have the methods acquire and pauseFor, or be false. Received ${typeof limiter}`)
  }
  for (const name of ['fetch', 'onAttempt'] as const) mustBeFunction(name, options[name])
  return {
    baseUrls: baseUrlsOf(options),
    retry,
    timeout: milliseconds('timeout', options.timeout, 5_000),
    deadline: milliseconds('deadline', options.deadline, 10_000),
    maxWait: milliseconds('maxWait', options.maxWait, Number.POSITIVE_INFINITY),
  }
}

/** Headers that the HTTP connection sets. A second one would break the request, and the host would seem to fail. */
const CONNECTION_HEADERS =
  /^(connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/
/** Lower-case names of the headers that sign a call, including aliases. */
const SIGNING_HEADERS: ReadonlySet<string> = /* @__PURE__ */ new Set(signingHeaders.flatMap(({ names }) => names))

/** Whether a caller without types passed `Headers` or a `Map` instead of a plain object. */
const isIterable = (headers: object): headers is Iterable<[string, string]> => Symbol.iterator in headers

/** The value of a header as `fetch` sends it: without blanks and line breaks around it. */
const sentValue = (value: string): string =>
  typeof value === 'string' ? value.replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, '') : value

/**
 * The caller's headers by lower-case name, as they are sent, without those that are undefined and those that the client sets
 * itself.
 *
 * @throws TypeError for a header that the HTTP connection sets
 */
export function callerHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  if (typeof headers !== 'object') throw new TypeError(`"headers" must be an object. Received ${typeof headers}`)
  const allowed: Record<string, string> = {}
  for (const [key, value] of isIterable(headers) ? headers : Object.entries(headers)) {
    const name = key.toLowerCase()
    if (CONNECTION_HEADERS.test(name))
      throw new TypeError(`"headers" must not contain "${name}", which the HTTP connection sets itself`)
    if (value !== undefined && !SIGNING_HEADERS.has(name)) allowed[name] = sentValue(value)
  }
  return allowed
}

/** Copies the fields and their lists, so that the caller cannot change them between validation and sending. */
export function copyOf(input: unknown): Readonly<Record<string, unknown>> {
  // The method of an operation without fields has no argument.
  const fields = input === undefined ? {} : input
  // The validation refuses any other value.
  if (!isRecord(fields)) return fields as Record<string, never>
  const copy = new ByName()
  for (const [name, value] of Object.entries(fields)) copy[name] = Array.isArray(value) ? [...value] : value
  return copy
}

/** The running calls of each signal. A signal may live as long as the process, so nothing of a call may stay on it. */
const followers = new WeakMap<AbortSignal, { readonly calls: Set<AbortController>; readonly abort: () => void }>()

/** A signal for one call, which follows the caller's signal until it is released. */
export interface DerivedSignal {
  readonly signal: AbortSignal | undefined
  readonly release: () => void
}

const NO_SIGNAL: DerivedSignal = { signal: undefined, release: () => {} }

/** Derives a signal for one call. The caller's signal has one listener for all calls, so that Node warns of no leak. */
export function derivedSignal(signal: AbortSignal | undefined): DerivedSignal {
  if (signal === undefined || signal === null) return NO_SIGNAL
  if (typeof signal.addEventListener !== 'function') {
    const got = Object.prototype.toString.call(signal).slice(8, -1)
    throw new TypeError(`"signal" must be an AbortSignal. Received ${got}`)
  }
  if (signal.aborted) return { ...NO_SIGNAL, signal }
  const { calls, abort } = followers.get(signal) ?? follow(signal)
  const controller = new AbortController()
  calls.add(controller)
  const release = () => {
    calls.delete(controller)
    if (calls.size > 0) return
    followers.delete(signal)
    signal.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, release }
}

function follow(signal: AbortSignal) {
  const calls = new Set<AbortController>()
  const abort = () => {
    for (const call of calls) call.abort(signal.reason)
  }
  signal.addEventListener('abort', abort)
  const follower = { calls, abort }
  followers.set(signal, follower)
  return follower
}
