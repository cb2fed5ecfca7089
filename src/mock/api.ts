/**
 * The stand-in: a plain request in, a plain answer out. Synchronous, without `Request`, timer or network; the doors
 * (`fetch`, MSW, HTTP) only translate.
 *
 * Order of checks: path and method, media type, App Key, signature, form, fields, `Prefer`, scenario, rate limit, answer. The first
 * that finds a breach answers.
 *
 * @module
 */
import { check, fieldBreaches } from '../check.js'
import { type ExampleName, FORM, type OperationId, operationIds, operations, standIn } from '../contract.js'
import { type Breach, breach } from '../errors.js'
import { decodeForm } from '../form.js'
import { createGuard, cut } from '../secret.js'
import { answer, build, type CustomAnswer, checkCustom, type PlainAnswer, refusal, staged } from './answer.js'
import { callerFrames } from './caller.js'
import { createCredentials, type Freshness, first, type PlainHeaders } from './credentials.js'
import { keptBreaches, keptFields, keptHeaders } from './keep.js'
import { preferred } from './prefer.js'
import { createRateLimit, type RateLimitOptions } from './rate-limit.js'
import { Recorder } from './record.js'
import type { RecordedCall } from './report.js'
import { createPaths, route } from './route.js'

/** A request as the doors hand it in. */
export interface PlainRequest {
  /** HTTP method, in capitals. */
  readonly method: string
  /** Path, with or without a query. */
  readonly path: string
  /** By lower-case name. */
  readonly headers: PlainHeaders
  /** The body as text; `undefined` when it was longer than the door takes. */
  readonly body: string | undefined
}

/** Settings of a stand-in. All state lives inside it: two never touch each other. */
export interface MockApiOptions {
  /** The App Key it knows. `false`: any, for traffic of others. */
  readonly appKey: string | false
  /** The App Secret that belongs to it. Never printed. `false`: leaves signatures unjudged, for traffic of others. */
  readonly appSecret: string | false
  /** The time in milliseconds since 1970, for rate limit and freshness. Default: `Date.now`. */
  readonly now?: () => number
  /** `false`: none. Numbers in place of the contract's, where the vendor has raised the limit for you. Default: the contract's. */
  readonly rateLimit?: false | RateLimitOptions
  /** `lenient` (default) takes what real clients send; `strict` holds nonce, clock and form to the documentation; or single rules. */
  readonly freshness?: 'lenient' | 'strict' | Freshness
  /** Lets message types through that have the reserved prefix and are newer than the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean
  /** How many calls are kept in `calls`. Default 1 000; the oldest go first. */
  readonly record?: number
  /** A path in front of the contract's, where the client's base URL has one: `/proxy`. Default: none. */
  readonly basePath?: string
}

/** The stand-in of the API, without a door. */
export interface MockCore {
  /** Answers a request. Never throws. */
  readonly handle: (request: PlainRequest) => PlainAnswer
  /** The calls so far, decoded, oldest first. */
  readonly calls: readonly RecordedCall[]
  /** All breaches so far, oldest first. */
  readonly breaches: readonly Breach[]
  /** Throws `ContractBreachError` with a report when a call since the last `verify` was off the contract. */
  readonly verify: () => void
  /** The next call of the operation that is on the contract gets this answer; calls of `next` queue up. */
  readonly next: <K extends OperationId>(operation: K, scenario: ExampleName<K> | CustomAnswer) => void
  /** Forgets calls, breaches, scenarios, nonces and the rate limit. */
  readonly reset: () => void
}

function mediaTypeBreach(headers: PlainHeaders): Breach | undefined {
  const given = first(headers['content-type'])
  if (given?.split(';', 1)[0]?.trim().toLowerCase() === FORM) return undefined
  return breach('Content-Type', 'media-type', FORM, given === undefined ? 'nothing' : cut(given, 100))
}

/** The stand-in behind every door. */
export function createMockCore(options: MockApiOptions): MockCore {
  const { appKey, appSecret, now = Date.now, freshness = 'lenient', record = 1_000 } = options
  const { strike, refuse } = createGuard(typeof appSecret === 'string' ? appSecret : '')
  refuse({ ...options, appSecret: undefined })
  if (!Number.isInteger(record) || record < 1) {
    throw new TypeError(`"record" must be a whole number above 0. Received ${record}`)
  }
  const credentials = createCredentials({ appKey, appSecret, now, freshness })
  const recorder = new Recorder(record)
  const rateLimit = createRateLimit(options.rateLimit, now)
  const scenarios = new Map<OperationId, (string | CustomAnswer)[]>()
  const pathOf = createPaths(options.basePath)
  let counter = 0

  function judge(
    operation: OperationId,
    { headers, body }: PlainRequest,
  ): { fields: unknown; breaches: readonly Breach[] } {
    const { fields: kinds } = standIn[operation]
    const wrongType = mediaTypeBreach(headers)
    if (wrongType) return { fields: {}, breaches: [wrongType] }
    const before = credentials.check(headers)
    const { fields, breaches } = decodeForm(body ?? '', kinds)
    if (before.length > 0) return { fields, breaches: before }
    if (body === undefined)
      return { fields, breaches: [breach('body', 'body-size', 'a body that the server takes', 'a longer one')] }
    if (body === '' && fieldBreaches(operation, fields).length > 0)
      return { fields, breaches: [breach('body', 'body', 'form fields', 'an empty body')] }
    if (breaches.length > 0) return { fields, breaches }
    return { fields, breaches: check(operation, fields, headers, options) }
  }

  /** What a request gets whose fields and headers are on the contract. */
  function serve(
    operation: OperationId,
    fields: Record<string, unknown>,
    { prefer }: PlainHeaders,
  ): PlainAnswer | Breach {
    const table = standIn[operation]
    const success = () => {
      const { status, body } = table.success
      return answer(status, body && build(body, fields, () => ++counter))
    }
    const wish = prefer === undefined ? undefined : preferred(prefer, table)
    if (wish && 'keyword' in wish) return wish
    if (wish) {
      const out = wish.example === undefined ? success() : staged(table, wish.example)
      return { ...out, headers: { ...out.headers, 'preference-applied': wish.applied } }
    }
    const scenario = scenarios.get(operation)?.shift()
    if (scenario !== undefined) return staged(table, scenario)
    return rateLimit.take(operation, fields) ?? success()
  }

  function handle(request: PlainRequest): PlainAnswer {
    const { method, headers, body = '' } = request
    const path = pathOf(request.path)
    const found = route(path, method)
    const operation = typeof found === 'string' ? found : undefined
    const judged = typeof found === 'string' ? judge(found, request) : { fields: undefined, breaches: [found] }
    const fits = operation !== undefined && judged.breaches.length === 0
    const served = fits ? serve(operation, judged.fields as Record<string, unknown>, headers) : undefined
    const breaches = served && 'keyword' in served ? [served] : judged.breaches
    const out = strike(served && 'status' in served ? served : refusal(operation, path, strike(breaches)))
    recorder.add(
      strike({
        operation,
        at: now(),
        method,
        path,
        headers: keptHeaders(headers),
        body: operation && keptFields(judged.fields, body.length, standIn[operation].fields, breaches.length === 0),
        status: out.status,
        answer: out.body,
        breaches: keptBreaches(breaches, body.length),
        from: breaches.length > 0 ? callerFrames() : [],
      }) as RecordedCall,
    )
    return out
  }

  function next<K extends OperationId>(operation: K, scenario: ExampleName<K> | CustomAnswer): void {
    if (!Object.hasOwn(operations, operation)) {
      throw new TypeError(
        `"operation" must be one of ${operationIds.join(', ')}. Received ${strike(JSON.stringify(operation))}`,
      )
    }
    const names = Object.keys(standIn[operation].examples)
    if (typeof scenario === 'string' ? !names.includes(scenario) : typeof scenario !== 'object' || scenario === null) {
      throw new TypeError(
        `"scenario" must be one of ${names.join(', ')}, or an answer. Received ${strike(JSON.stringify(scenario))}`,
      )
    }
    if (typeof scenario === 'object') checkCustom(scenario)
    scenarios.set(operation, [...(scenarios.get(operation) ?? []), scenario])
  }

  function reset(): void {
    recorder.reset()
    rateLimit.reset()
    scenarios.clear()
    credentials.reset()
    counter = 0
  }

  return {
    handle,
    next,
    reset,
    verify: () => recorder.verify(),
    get calls() {
      return recorder.calls
    },
    get breaches() {
      return recorder.breaches
    },
  }
}
