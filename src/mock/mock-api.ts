/**
 * `createMockApi`: the API as the contract describes it, without a network. It turns a plain request into a plain answer.
 * The adapters for `fetch`, MSW and HTTP only translate.
 *
 * A request is checked in this order: path and method, media type, App Key, signature, form, fields, `Prefer`,
 * `respondOnce`, rate limit. The first step that finds a violation answers.
 *
 * @module
 */
import { type ExampleName, mockTables, type OperationId } from '../core/contract.js'
import { mustBeFunction, type Violation } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { createGuard } from '../core/redact.js'
import { CallLog, recordOf } from './call-log.js'
import { createCredentials, type StrictRules } from './credentials.js'
import { Expectations, type ExpectOptions } from './expectations.js'
import { createFetch } from './fetch.js'
import { preferred } from './prefer-header.js'
import { createRateLimit, type RateLimitOptions } from './rate-limit.js'
import { ContractViolationError, type Findings, type RecordedCall, reportOf } from './report.js'
import { inspect, type PlainRequest } from './request.js'
import { type CustomAnswer, type PlainAnswer, refusal, scenarioAnswer, successAnswer } from './response.js'
import { createPaths, route } from './router.js'
import { type Scenario, Scenarios } from './scenarios.js'
import { checkSuspicious, type Suspicion, type SuspiciousMode, suspicionsOf } from './suspicions.js'

/** Settings of a mock. Mocks share no state. */
export interface MockApiOptions {
  /** The App Key that the mock accepts. `false` accepts any, for recorded traffic. */
  readonly appKey: string | false
  /** The App Secret for that key. Never printed. `false`: signatures are not verified, for recorded traffic. */
  readonly appSecret: string | false
  /** The time in milliseconds since 1970, for the rate limit and the clock skew. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
  /** `false` for no limit, or other numbers if the vendor has raised your limit. Default: the contract's limit. */
  readonly rateLimit?: false | RateLimitOptions | undefined
  /**
   * Enforces rules for the signed headers that the vendor's API does not seem to enforce: all three with `true`, or
   * those that an object names. Default `false`, which accepts what real clients send.
   */
  readonly strict?: boolean | StrictRules | undefined
  /** Accepts message types that have the reserved prefix and are newer than the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
  /** Most calls in `calls`; the oldest are dropped first. Default 1 000. */
  readonly maxCalls?: number | undefined
  /**
   * What to do about calls that are valid but probably a mistake, such as a list joined into one id. `fail` makes `verify`
   * throw (default), `report` only records them, `ignore` does not look for them.
   */
  readonly suspicious?: SuspiciousMode | undefined
  /** Names of suspicions that are not a mistake in your tests, such as `joined-list`. Default: none. */
  readonly allowSuspicious?: readonly string[] | undefined
  /** The path of the client's base URL, if it has one: `/proxy`. Default: none. */
  readonly basePath?: string | undefined
}

/** Settings of one `respondOnce`. */
export interface RespondOptions {
  /** The number of calls that get the answer. Default 1. */
  readonly times?: number | undefined
}

/** Every option of a mock. */
const MOCK_OPTIONS: OptionNames<MockApiOptions> = {
  appKey: true,
  appSecret: true,
  now: true,
  rateLimit: true,
  strict: true,
  allowUnknownTypes: 'boolean',
  maxCalls: true,
  suspicious: true,
  allowSuspicious: true,
  basePath: true,
}

/** The mock of the API. */
export interface MockApi {
  /** Answers a request. Never throws. */
  readonly handle: (request: PlainRequest) => PlainAnswer
  /** The mock as a `fetch`; it answers for every host. */
  readonly fetch: typeof globalThis.fetch
  /** The calls so far, decoded, oldest first. */
  readonly calls: readonly RecordedCall[]
  /** The violations so far, oldest first, from the last `maxCalls` calls that had any. */
  readonly violations: readonly Violation[]
  /**
   * Throws `ContractViolationError` with a report when, since the last `verify`, a call violated the contract or was
   * suspicious, an expected violation is missing, or an answer from `respondOnce` was not used. It also clears expected
   * violations and unused answers.
   */
  readonly verify: () => void
  /** Expects a call with this violation, by its keyword, such as `maxItems`. `verify` then does not report that call. */
  readonly expectViolation: (violation: string, options?: ExpectOptions) => void
  /** Sets the answer to the next valid call of the operation: an example of the spec, or your own answer. */
  readonly respondOnce: <K extends OperationId>(
    operation: K,
    answer: ExampleName<K> | CustomAnswer,
    options?: RespondOptions,
  ) => void
  /** Clears calls, violations, set answers, expected violations, nonces and the rate limit. Ends calls that hang. */
  readonly reset: () => void
}

/** A request that was checked: the answer and the violations. */
interface CheckedCall {
  readonly operation?: OperationId | undefined
  readonly fields?: unknown
  readonly violations: readonly Violation[]
  readonly suspicions?: readonly Suspicion[]
  /** Missing if there are violations; the answer is then made from them. */
  readonly answer?: PlainAnswer | undefined
}

/** What the command line sets and watches in its mock. */
export interface Observer {
  /** Called for each call when it is answered. */
  readonly onCall?: (call: RecordedCall) => void
  /** Called for a call whose violations were expected, when that is found out. */
  readonly onExpected?: (call: RecordedCall) => void
  /** Called with what `verify` and `reset` clear. */
  readonly onFindings?: (findings: Findings) => void
  /** Milliseconds that every answer is late which has no delay of its own. */
  readonly delay?: number | undefined
  /** What messages call the App Key. Default: that of the mock. */
  readonly appKeyName?: string | undefined
  /** How a report says to allow a suspicion. Default: by the option. */
  readonly toAllow?: string | undefined
  /** The answers to the next valid calls, of whatever operation. */
  readonly answers?: readonly { readonly answer: Scenario; readonly times: number }[]
}

/** Joins the values of a header that is a list, as an `IncomingMessage` of Node may have it, by commas, as `fetch` does. */
function withTextHeaders(request: PlainRequest): PlainRequest {
  const headers: Readonly<Record<string, unknown>> = request.headers
  if (!Object.values(headers).some(Array.isArray)) return request
  const texts = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])
  return { ...request, headers: Object.fromEntries(texts) }
}

/** @throws TypeError when an option is missing, wrong or unknown */
function checkMockOptions(options: Partial<MockApiOptions>): void {
  checkOptions(options, MOCK_OPTIONS, 'a mock')
  const { maxCalls = 1, now, basePath = '', suspicious = 'fail', allowSuspicious = [] } = options
  if (!Number.isInteger(maxCalls) || maxCalls < 1) {
    throw new TypeError(`"maxCalls" must be a whole number above 0. Received ${maxCalls}`)
  }
  mustBeFunction('now', now)
  const isPath = typeof basePath === 'string' && /^(\/|$)/.test(basePath)
  if (!isPath || /[?#\\]|\/(\.|%2e){1,2}(\/|$)/i.test(basePath))
    throw new TypeError(
      `"basePath" must be a path that begins with "/", without query, hash, "." or "..". Received ${JSON.stringify(basePath)}`,
    )
  checkSuspicious(suspicious, allowSuspicious)
}

/**
 * Makes a mock of the API, derived from the contract. It checks path, media type, signature, form and fields, answers like
 * the vendor's API, and records the calls.
 *
 * @throws TypeError when an option is missing or wrong
 * @example
 * const api = createMockApi({ appKey, appSecret })
 * const rongcloud = createClient({ appKey, appSecret, baseUrl: 'http://mock', fetch: api.fetch })
 * beforeEach(() => api.reset())
 * afterEach(() => api.verify())
 */
export const createMockApi = (options: MockApiOptions): MockApi => createObservedMock(options, {})

/** The same mock, watched. */
export function createObservedMock(options: MockApiOptions, observer: Observer): MockApi {
  const { onCall, onExpected, onFindings, delay, appKeyName, toAllow, answers = [] } = observer
  // Callers without types may pass nothing.
  const untypedOptions: Partial<MockApiOptions> = options ?? {}
  const {
    appKey,
    appSecret,
    now = () => Date.now(),
    strict = false,
    maxCalls = 1_000,
    allowUnknownTypes,
  } = untypedOptions
  const { suspicious = 'fail', allowSuspicious = [] } = untypedOptions
  const { redact, refuse } = createGuard(typeof appSecret === 'string' ? appSecret : '')
  refuse({ ...untypedOptions, appSecret: undefined })
  checkMockOptions(untypedOptions)
  const credentials = createCredentials({ appKey, appKeyName, appSecret, now, strict })
  const rateLimit = createRateLimit(untypedOptions.rateLimit, now)
  const toContractPath = createPaths(untypedOptions.basePath)
  const scenarios = new Scenarios((value) => redact(String(JSON.stringify(value))))
  const expectations = new Expectations()
  const log = new CallLog(maxCalls)
  let counter = 0
  let hanging: AbortController | undefined

  /** Answers a request with valid fields and headers. */
  function respond(operation: OperationId, fields: Record<string, unknown>, prefer: string): CheckedCall {
    const table = mockTables[operation]
    const call = { fields, next: () => ++counter }
    const preference = preferred(prefer, table)
    if (preference?.violation) return { violations: [preference.violation] }
    if (preference) {
      const { example, applied } = preference
      const chosen = example === undefined ? successAnswer(table, call) : scenarioAnswer(table, example, call)
      return { violations: [], answer: { ...chosen, headers: { ...chosen.headers, 'preference-applied': applied } } }
    }
    const set = scenarios.take(operation, call)
    if (set) return { violations: [], answer: set }
    const exceeded = rateLimit.take(operation, fields)
    return exceeded ? { violations: [exceeded] } : { violations: [], answer: successAnswer(table, call) }
  }

  function evaluate(request: PlainRequest, path: string): CheckedCall {
    const { operation, violation } = route(path, request.method)
    if (operation === undefined) return { violations: [violation] }
    const { fields, violations } = inspect(operation, request, { credentials, allowUnknownTypes })
    if (violations.length > 0) return { operation, fields, violations }
    const prefer = request.headers['prefer'] ?? ''
    const { answer: chosen, violations: refused } = respond(operation, fields, prefer)
    const isSearched = suspicious !== 'ignore' && refused.length === 0
    const suspicions = isSearched ? suspicionsOf(operation, fields, allowSuspicious) : []
    return { operation, fields, violations: refused, suspicions, answer: chosen }
  }

  /** The findings since the last time, with expected violations and set answers, all of which it clears. */
  function takeFindings(): Findings {
    const found = log.takeFindings((call) => {
      const isExpected = expectations.match(call.violations, true)
      if (isExpected) onExpected?.(call)
      return isExpected
    })
    const unmet = [...expectations.unmet, ...scenarios.unused]
    expectations.reset()
    scenarios.reset()
    const isSuspicious = suspicious === 'fail' && found.suspiciousCount > 0
    const findings = { ...found, unmet, fails: found.violatingCount > 0 || isSuspicious || unmet.length > 0 }
    onFindings?.(findings)
    return findings
  }

  function verify(): void {
    const findings = takeFindings()
    if (!findings.fails) return
    throw new ContractViolationError(reportOf(findings, toAllow), [...findings.violating, ...findings.suspicious])
  }

  function handle(given: PlainRequest): PlainAnswer {
    const request = withTextHeaders(given)
    const path = toContractPath(request.path)
    const { operation, fields, violations, suspicions, answer: chosen } = evaluate(request, path)
    const sent = redact(chosen ?? refusal(operation, path, redact(violations)))
    // Each property is named, because a spread takes a tenth of the time of a call.
    const call = redact(recordOf(request, { operation, fields, violations, suspicions, path, at: now(), answer: sent }))
    const isExpected = expectations.match(call.violations, false)
    log.add(call, isExpected)
    onCall?.(call)
    if (isExpected) onExpected?.(call)
    const timed = delay === undefined ? sent : { delay, ...sent }
    if (sent.fault !== 'hang') return timed
    hanging ??= new AbortController()
    return { ...timed, ended: hanging.signal }
  }

  for (const { answer, times } of answers) scenarios.addForNext(answer, { times })

  return {
    handle,
    fetch: createFetch(handle),
    respondOnce: (operation, scenario, options = {}) => scenarios.add(operation, scenario, options),
    expectViolation: (keyword, options = {}) => expectations.add(keyword, options),
    verify,
    reset: () => {
      takeFindings()
      log.reset()
      rateLimit.reset()
      credentials.reset()
      counter = 0
      hanging?.abort()
      hanging = undefined
    },
    get calls() {
      return log.calls
    },
    get violations() {
      return log.violations
    },
  }
}
