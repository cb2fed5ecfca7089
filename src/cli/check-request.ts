/**
 * Does a captured request fit the contract, and is it a request to the API at all?
 *
 * @module
 */
import { operationIds, operations, servers } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { createSigner } from '../core/signature.js'
import { headerViolations } from '../core/validate.js'
import { createObservedMock, type MockApi, type MockApiOptions } from '../mock/mock-api.js'
import { pathBelowLongest, withoutDot } from '../mock/path-below.js'
import type { RecordedCall } from '../mock/report.js'
import type { Suspicion, SuspiciousMode } from '../mock/suspicions.js'
import { type CapturedRequest, headersByName } from './captures/capture.js'

/** What is known of the callers, and how strictly they are checked. */
export interface RequestCheckOptions {
  /** Undefined: any App Key. */
  readonly appKey: string | undefined
  /** Where the App Key comes from, as messages name it. */
  readonly appKeyName: string
  /** Undefined: signatures are not verified. */
  readonly appSecret: string | undefined
  readonly isStrict: boolean
  readonly allowUnknownTypes: boolean
  readonly suspicious: SuspiciousMode
  /** Names of suspicions to ignore because they are intended. */
  readonly allowSuspicious: readonly string[]
}

/** A checked request. */
export interface CheckedRequest {
  readonly operation: RecordedCall['operation']
  readonly violations: readonly Violation[]
  readonly suspicions: readonly Suspicion[]
  /** The decoded fields; undefined when there is no body, or it is off the contract. */
  readonly fields: Readonly<Record<string, unknown>> | undefined
}

/** Checks one request at a path of the API. */
export type CheckRequest = (request: CapturedRequest, path: string) => CheckedRequest

/** Violations of App Key and signature. */
const OF_CALLER: ReadonlySet<string> = new Set(['app-key', 'signature'])
/** Violations that are found without a body. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['path', 'method', 'media-type', ...OF_CALLER])

/** In place of a body that the capture does not have. Violations of the body itself are not reported. */
const UNKNOWN_BODY = 'unknown'

/** Makes a mock, and a function that gives it a request and returns the record of the call. */
function createCheck(
  options: MockApiOptions,
  appKeyName: string,
): (...request: Parameters<MockApi['handle']>) => RecordedCall {
  const records: RecordedCall[] = []
  const { handle } = createObservedMock(options, { appKeyName, onCall: (call) => records.push(call) })
  return (request) => {
    handle(request)
    // The mock records every request.
    return records.pop() as RecordedCall
  }
}

/**
 * Creates a check. A wrong App Key or signature does not end it: the rest of the request is still checked.
 *
 * @throws TypeError for a wrong option
 */
export function createRequestCheck({
  appKey = '',
  appKeyName,
  appSecret = '',
  isStrict,
  allowUnknownTypes,
  suspicious,
  allowSuspicious,
}: RequestCheckOptions): CheckRequest {
  const common = { rateLimit: false, maxCalls: 1, allowUnknownTypes, suspicious, allowSuspicious } as const
  // Timestamps are not compared with the clock: a captured request is old.
  const strict = { documentedFormat: isStrict, uniqueNonce: isStrict }
  const check = createCheck({ ...common, appKey: appKey || false, appSecret: appSecret || false, strict }, appKeyName)
  const checkAnyCaller = createCheck({ ...common, appKey: false, appSecret: false }, appKeyName)
  const callerHeaders = headersByName(Object.entries(createSigner({ appKey: 'any', appSecret: 'unverified' })()))

  return ({ method, headers, body, violation }, path) => {
    const call = check({ method, path, headers, body: body ?? UNKNOWN_BODY })
    const operation = call.operation
    const found = call.violations
    if (body === undefined) {
      const ofHeaders = operation ? headerViolations(operation, headers) : []
      const violations = [...found.filter(({ keyword }) => WITHOUT_BODY.has(keyword)), ...ofHeaders]
      return { operation, violations, suspicions: [], fields: undefined }
    }
    if (violation) return { operation, violations: [violation], suspicions: [], fields: undefined }
    const isOfCaller = found.length > 0 && found.every(({ keyword }) => OF_CALLER.has(keyword))
    const otherCall = isOfCaller
      ? checkAnyCaller({ method, path, headers: { ...headers, ...callerHeaders }, body })
      : call
    const { violations: others, suspicions } = otherCall
    const fields = others.length === 0 ? { ...otherCall.body } : undefined
    return { operation, violations: isOfCaller ? [...found, ...others] : found, suspicions, fields }
  }
}

/** The paths of the operations, the longest first. */
const PATHS: readonly string[] = [
  ...new Set(operationIds.map((id) => new URL(operations[id].path, 'http://x').pathname)),
].sort((a, b) => b.length - a.length)

/** The hosts of the contract. A base path of theirs is left to the mock. */
const CONTRACT_HOSTS: readonly URL[] = servers.map(({ url }) => new URL('/', url))

/** Where a request goes: its path within the API, or the host if it is not a request to the API. */
export type Target =
  | { readonly path: string; readonly other?: undefined }
  | { readonly path?: undefined; readonly other: string }

const isSameHost = (base: URL, { hostname, port }: URL): boolean =>
  withoutDot(base.hostname) === withoutDot(hostname) && (base.port === '' || base.port === port)

/**
 * Where a captured request goes. It is one to the API if its host is one of the contract, if its URL is below one of
 * `baseUrls`, or if its path ends as that of an operation; also if it names no host.
 */
export function findTarget({ url, headers }: CapturedRequest, baseUrls: readonly string[]): Target {
  const host = headers['host']
  const ownBases = baseUrls.map((base) => new URL(base))
  if (url.startsWith('/') && host === undefined) {
    const [pathname = ''] = url.split('?', 1)
    return { path: (pathBelowLongest(ownBases, pathname) ?? pathname) + url.slice(pathname.length) }
  }
  const absolute = url.startsWith('/') ? `http://${host}${url}` : url
  if (!URL.canParse(absolute)) return { other: 'an unknown host' }
  const target = new URL(absolute)
  const { pathname, search } = target
  const bases = [...ownBases, ...CONTRACT_HOSTS].filter((base) => isSameHost(base, target))
  const path = pathBelowLongest(bases, pathname) ?? PATHS.find((one) => pathname.endsWith(one))
  return path === undefined ? { other: target.host || target.protocol } : { path: path + search }
}
