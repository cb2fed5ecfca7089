/**
 * `createMockApi`: the API as the contract describes it, without a network. A plain request in, a plain answer out;
 * `fetch`, MSW and HTTP only translate.
 *
 * A request is checked in this order: path and method, media type, App Key, signature, form, fields, `Prefer`,
 * `respondOnce`, rate limit. The first step that finds a violation answers.
 *
 * @module
 */
import { type ExampleName, mockTables, type OperationId } from '../core/contract.js'
import { mustBeFunction, type Violation } from '../core/error.js'
import { createGuard } from '../core/redact.js'
import { CallLog, recorded } from './call-log.js'
import { createCredentials, type StrictRules } from './credentials.js'
import { Expectations, type ExpectOptions } from './expectations.js'
import { createFetch } from './fetch.js'
import { preferred } from './prefer-header.js'
import { createRateLimit, type RateLimitOptions } from './rate-limit.js'
import { type RecordedCall, violationError } from './report.js'
import { inspect, type PlainRequest } from './request.js'
import { answer, build, type CustomAnswer, exampleAnswer, type PlainAnswer, refusal } from './response.js'
import { createPaths, route } from './router.js'
import { Scenarios } from './scenarios.js'
import { checkSuspicious, type Suspicion, type SuspiciousMode, suspicionsOf } from './suspicions.js'

/** Settings of a mock. Mocks share no state. */
export interface MockApiOptions {
  /** The App Key that it knows. `false`: any, for recorded traffic. */
  readonly appKey: string | false
  /** The App Secret that belongs to it. Never printed. `false`: signatures are not verified, for recorded traffic. */
  readonly appSecret: string | false
  /** The time in milliseconds since 1970, for the rate limit and the clock skew. Default: `Date.now`. */
  readonly now?: () => number
  /** `false`: none. Numbers in place of the contract's, where the vendor has raised your limit. Default: the contract's. */
  readonly rateLimit?: false | RateLimitOptions
  /**
   * Enforces what the vendor documents for the signed headers and does not seem to enforce: all three rules with `true`,
   * or those that an object names. Default `false`: what real clients send is accepted.
   */
  readonly strict?: boolean | StrictRules
  /** Accepts message types that have the reserved prefix and are newer than the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean
  /** How many calls are kept in `calls`. Default 1 000; the oldest are dropped first. */
  readonly maxCalls?: number
  /**
   * What to do about calls that the contract allows and nobody means, such as a list joined into one id: `verify` fails
   * (default), they are only recorded, or they are not looked for.
   */
  readonly suspicious?: SuspiciousMode
  /** Names of suspicions that are meant, such as `joined-list`. Default: none. */
  readonly allowSuspicious?: readonly string[]
  /** A path in front of the contract's, where the client's base URL has one: `/proxy`. Default: none. */
  readonly basePath?: string
}

/** Settings of one `respondOnce`. */
export interface RespondOptions {
  /** For how many calls. Default 1. */
  readonly times?: number
}

/** The mock of the API. */
export interface MockApi {
  /** Answers a request. Never throws. */
  readonly handle: (request: PlainRequest) => PlainAnswer
  /** The mock as a `fetch`; it answers for every host. */
  readonly fetch: typeof globalThis.fetch
  /** The calls so far, decoded, oldest first. */
  readonly calls: readonly RecordedCall[]
  /** The violations so far, oldest first: those of the last `maxCalls` calls that had some. */
  readonly violations: readonly Violation[]
  /**
   * Throws `ContractViolationError` with a report when, since the last `verify`, a call violated the contract or was
   * suspicious, an expected violation did not come, or an answer that was set was not used. What was set is then forgotten.
   */
  readonly verify: () => void
  /** Expects a call with this violation, by its keyword, such as `maxItems`. `verify` then does not report that call. */
  readonly expectViolation: (violation: string, options?: ExpectOptions) => void
  /** Answers the next call of the operation that is on the contract: with an example of the spec, or with an answer of your own. */
  readonly respondOnce: <K extends OperationId>(
    operation: K,
    answer: ExampleName<K> | CustomAnswer,
    options?: RespondOptions,
  ) => void
  /** Forgets calls, violations, what was set and expected, nonces and the rate limit. */
  readonly reset: () => void
}

/** What became of a request: the answer, and what of the request violates the contract. */
interface Outcome {
  readonly operation?: OperationId | undefined
  readonly fields?: unknown
  readonly violations: readonly Violation[]
  readonly suspicions?: readonly Suspicion[]
  /** Not there where the violations answer. */
  readonly answer?: PlainAnswer
}

/** @throws TypeError when an option is missing or wrong */
function checkOptions(options: Partial<MockApiOptions>): void {
  const { maxCalls = 1, now, basePath = '', suspicious = 'fail', allowSuspicious = [] } = options
  if (!Number.isInteger(maxCalls) || maxCalls < 1) {
    throw new TypeError(`"maxCalls" must be a whole number above 0. Received ${maxCalls}`)
  }
  mustBeFunction('now', now)
  if (typeof basePath !== 'string') throw new TypeError(`"basePath" must be a path. Received ${typeof basePath}`)
  checkSuspicious(suspicious, allowSuspicious)
}

/**
 * Makes a mock of the API, derived from the contract. It checks path, media type, signature, form and fields as the
 * contract says, answers in the vendor's words, and records the calls.
 *
 * @throws TypeError when an option is missing or wrong
 * @example
 * const api = createMockApi({ appKey, appSecret })
 * const rongcloud = createClient({ appKey, appSecret, baseUrl: 'http://mock', fetch: api.fetch })
 * afterEach(() => api.verify())
 */
export function createMockApi(options: MockApiOptions): MockApi {
  // Callers without types may have forgotten them.
  const given: Partial<MockApiOptions> = options ?? {}
  const { appKey, appSecret, now = () => Date.now(), strict = false, maxCalls = 1_000, allowUnknownTypes } = given
  const { suspicious = 'fail', allowSuspicious = [] } = given
  const { redact, refuse } = createGuard(typeof appSecret === 'string' ? appSecret : '')
  refuse({ ...given, appSecret: undefined })
  checkOptions(given)
  const credentials = createCredentials({ appKey, appSecret, now, strict })
  const rateLimit = createRateLimit(given.rateLimit, now)
  const pathOf = createPaths(given.basePath)
  const scenarios = new Scenarios((value) => redact(String(JSON.stringify(value))))
  const expectations = new Expectations()
  const log = new CallLog(maxCalls)
  let counter = 0

  function success(operation: OperationId, fields: Record<string, unknown>): PlainAnswer {
    const { status, body } = mockTables[operation].success
    return answer(status, body && build(body, fields, () => ++counter))
  }

  /** Answers a request whose fields and headers are on the contract. */
  function respond(operation: OperationId, fields: Record<string, unknown>, path: string, prefer: string): Outcome {
    const table = mockTables[operation]
    const preference = preferred(prefer, table)
    if (preference?.violation) return { violations: [preference.violation] }
    if (preference) {
      const { example, applied } = preference
      const usual = () => success(operation, fields)
      const chosen = example === undefined ? usual() : exampleAnswer(table, example, path, usual)
      return { violations: [], answer: { ...chosen, headers: { ...chosen.headers, 'preference-applied': applied } } }
    }
    const set = scenarios.take(operation, path, () => success(operation, fields))
    if (set) return { violations: [], answer: set }
    const exceeded = rateLimit.take(operation, fields)
    return exceeded ? { violations: [exceeded] } : { violations: [], answer: success(operation, fields) }
  }

  function evaluate(request: PlainRequest, path: string): Outcome {
    const { operation, violation } = route(path, request.method)
    if (operation === undefined) return { violations: [violation] }
    const { fields, violations } = inspect(operation, request, { credentials, allowUnknownTypes })
    if (violations.length > 0) return { operation, fields, violations }
    const prefer = request.headers['prefer'] ?? ''
    const suspicions = suspicious === 'ignore' ? [] : suspicionsOf(operation, fields, allowSuspicious)
    return { operation, fields, suspicions, ...respond(operation, fields, path, prefer) }
  }

  function verify(): void {
    const findings = log.takeFindings(({ violations }) => expectations.match(violations))
    const unmet = [...expectations.unmet, ...scenarios.unused]
    expectations.reset()
    scenarios.reset()
    const isSuspicious = suspicious === 'fail' && findings.suspiciousCount > 0
    if (findings.violatingCount === 0 && !isSuspicious && unmet.length === 0) return
    throw violationError({ ...findings, unmet })
  }

  function handle(request: PlainRequest): PlainAnswer {
    const path = pathOf(request.path)
    const outcome = evaluate(request, path)
    const { operation, violations } = outcome
    const sent = redact(outcome.answer ?? refusal(operation, path, redact(violations)))
    log.add(redact(recorded(request, { ...outcome, path, at: now(), answer: sent })))
    return sent
  }

  return {
    handle,
    fetch: createFetch(handle),
    respondOnce: (operation, scenario, { times = 1 } = {}) => scenarios.add(operation, scenario, times),
    expectViolation: (keyword, options = {}) => expectations.add(keyword, options),
    verify,
    reset: () => {
      log.reset()
      scenarios.reset()
      expectations.reset()
      rateLimit.reset()
      credentials.reset()
      counter = 0
    },
    get calls() {
      return log.calls
    },
    get violations() {
      return log.violations
    },
  }
}
