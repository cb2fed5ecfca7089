/**
 * Does a captured request fit the contract, and is it a request to the API at all?
 *
 * @module
 */
import { servers } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { createSigner } from '../core/signature.js'
import { headerViolations } from '../core/validate.js'
import { createObservedMock, type MockApi, type MockApiOptions } from '../mock/mock-api.js'
import { pathBelow } from '../mock/path-below.js'
import type { RecordedCall } from '../mock/report.js'
import { isTaken } from '../mock/router.js'
import type { Suspicion, SuspiciousMode } from '../mock/suspicions.js'
import { type CapturedRequest, headersByName } from './captures/capture.js'

/** What is known of the callers, and how strictly they are checked. */
export interface RequestCheckOptions {
  /** Undefined: any App Key. */
  readonly appKey: string | undefined
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
function createCheck(options: MockApiOptions): (...request: Parameters<MockApi['handle']>) => RecordedCall {
  const records: RecordedCall[] = []
  const { handle } = createObservedMock(options, { onCall: (call) => records.push(call) })
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
  appSecret = '',
  isStrict,
  allowUnknownTypes,
  suspicious,
  allowSuspicious,
}: RequestCheckOptions): CheckRequest {
  const common = { rateLimit: false, maxCalls: 1, allowUnknownTypes, suspicious, allowSuspicious } as const
  // Timestamps are not compared with the clock: a captured request is old.
  const strict = { documentedFormat: isStrict, uniqueNonce: isStrict }
  const check = createCheck({ ...common, appKey: appKey || false, appSecret: appSecret || false, strict })
  const checkAnyCaller = createCheck({ ...common, appKey: false, appSecret: false })
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

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The path of a request within the API, or why it is not a request to the API. */
export interface Target {
  readonly path: string
  readonly skipped: 'host' | 'path' | undefined
}

/** Whether a URL is on the host of a base URL. A host name may end with a dot. */
const isOnHost = ({ hostname, port }: URL, base: URL): boolean =>
  base.hostname === hostname.replace(/\.$/, '') && (base.port === '' || base.port === port)

/** The path below one of the base URLs: of several, the one that is a path of the contract. Undefined when it is below none. */
function pathBelowBases(pathname: string, bases: readonly URL[]): string | undefined {
  const paths = bases.flatMap((base) => pathBelow(base.pathname, pathname) ?? [])
  return paths.find(isTaken) ?? paths[0]
}

/**
 * Finds the requests to the API among those of a browser or a proxy: by host (those of the contract, this machine and
 * `baseUrls`), and by path.
 */
export function findTarget(url: string, baseUrls: readonly string[]): Target {
  if (!URL.canParse(url)) return { path: url, skipped: 'host' }
  const target = new URL(url)
  const bases = [...baseUrls, ...servers.map((server) => server.url)].map((base) => new URL(base))
  const below = pathBelowBases(
    target.pathname,
    bases.filter((base) => isOnHost(target, base)),
  )
  const pathname = below ?? target.pathname
  const path = pathname + target.search
  if (below === undefined && !LOOPBACK.test(target.hostname)) return { path, skipped: 'host' }
  return { path, skipped: isTaken(pathname) ? undefined : 'path' }
}

/** The path of a request from a capture that is not a HAR file; its host does not matter. */
export function writtenPath(url: string, baseUrls: readonly string[]): Target {
  const isUrl = !url.startsWith('/') && URL.canParse(url)
  const target = isUrl ? new URL(url).pathname + new URL(url).search : url
  const [pathname = ''] = target.split('?', 1)
  const below = pathBelowBases(
    pathname,
    baseUrls.map((base) => new URL(base)),
  )
  return { path: (below ?? pathname) + target.slice(pathname.length), skipped: undefined }
}
