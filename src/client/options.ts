/**
 * Options of a client and of a call: what they mean, and what they must be.
 *
 * @module
 */

import { ByName, type Region, security, servers } from '../core/contract.js'
import { mustBeFunction } from '../core/error.js'
import type { SigningOptions } from '../core/signature.js'
import type { Limiter } from '../rate-limit/limiter.js'
import { MAX_TIMEOUT_MS } from '../rate-limit/wait.js'
import type { AttemptReport } from './attempt.js'
import type { RetryPolicy } from './retry.js'

/** Settings of a client. One of `region` and `baseUrl` must be there. */
export interface ClientOptions extends SigningOptions {
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
  readonly check?: boolean | undefined
  /** Lets message types through that have the reserved prefix and are newer than this contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
  /** Called after each attempt, with plain data. What it throws changes nothing for the call: it is thrown later, to nobody. */
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

const RETRIES: readonly unknown[] = ['not-processed', 'at-least-once', false]

function baseUrlsOf({ region, baseUrl }: ClientOptions): readonly string[] {
  const regions = [...new Set(servers.flatMap((server) => server.region ?? []))].join(', ')
  if ((region === undefined) === (baseUrl === undefined)) {
    const got = region === undefined ? 'neither' : 'both'
    throw new TypeError(`"region" (${regions}) or "baseUrl" must be there, and only one of them. Received ${got}`)
  }
  const ofRegion = servers
    .filter((server) => server.region === region)
    .sort((a, b) => Number(a.backup) - Number(b.backup))
  const found = baseUrl === undefined ? ofRegion.map(({ url }) => url) : [baseUrl].flat()
  if (found.length === 0) {
    const [name, must, got] = baseUrl ? ['baseUrl', 'at least one URL', []] : ['region', `one of ${regions}`, region]
    throw new TypeError(`"${name}" must be ${must}. Received ${JSON.stringify(got)}`)
  }
  return found.map((one) => {
    const url = typeof one === 'string' && URL.canParse(one) ? new URL(one) : undefined
    if (url && /^https?:$/.test(url.protocol) && !/[?#]/.test(one) && !url.username && !url.password) {
      return url.href.replace(/\/+$/, '')
    }
    const got = JSON.stringify(url ? `${url.protocol}//${url.host}…` : one)
    throw new TypeError(`"baseUrl" must be an http or https URL without query, hash or credentials. Received ${got}`)
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

/** @throws TypeError when an option is missing or wrong */
export function settingsOf(options: ClientOptions): Settings {
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
    baseUrls: baseUrlsOf(options),
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

/**
 * A call's headers by lower-case name, but for those that the client makes itself.
 *
 * @throws TypeError for one that belongs to the connection
 */
export function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  if (typeof headers !== 'object') throw new TypeError(`"headers" must be an object. Received ${typeof headers}`)
  const pairs =
    Symbol.iterator in headers ? (headers as unknown as Iterable<[string, string]>) : Object.entries(headers)
  const own: Record<string, string> = {}
  for (const [given, value] of pairs) {
    const name = given.toLowerCase()
    if (OF_CONNECTIONS.test(name)) throw new TypeError(`"headers" must not hold "${name}": the connection has its own`)
    if (!MADE.has(name)) own[name] = value
  }
  return own
}

/** A copy, so that what is checked is what is sent, whatever the caller does with the lists meanwhile. */
export function copyOf(given: unknown): unknown {
  // An operation without fields is called without them.
  const fields = given === undefined ? {} : given
  if (typeof fields !== 'object' || fields === null) return fields
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
