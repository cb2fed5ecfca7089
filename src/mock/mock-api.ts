/**
 * The stand-in: a plain request in, a plain answer out. Synchronous, without `Request`, timer or network; the doors
 * (`fetch`, MSW, HTTP) only translate.
 *
 * Order of checks: path and method, media type, App Key, signature, form, fields, `Prefer`, scenario, rate limit, answer. The first
 * that finds a breach answers.
 *
 * @module
 */
import { type ExampleName, type OperationId, standIn } from '../core/contract.js'
import { type Breach, mustBeFunction } from '../core/error.js'
import { createGuard, type Guard } from '../core/redact.js'
import { Recorder } from './call-log.js'
import { callerFrames } from './caller.js'
import { createCredentials, type Freshness, type PlainHeaders } from './credentials.js'
import { keptBreaches, keptFields, keptHeaders } from './keep.js'
import { preferred } from './prefer-header.js'
import { createRateLimit, type RateLimitOptions } from './rate-limit.js'
import type { RecordedCall } from './report.js'
import { inspect } from './request.js'
import { answer, build, type CustomAnswer, type PlainAnswer, refusal, staged } from './response.js'
import { createPaths, route } from './router.js'
import { Scenarios } from './scenarios.js'

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
  /** How many bytes the door takes, for words about a longer body. */
  readonly maxBody?: number
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
  /** The breaches so far, oldest first; of the last calls off the contract, as many as `record` says. */
  readonly breaches: readonly Breach[]
  /** Throws `ContractBreachError` with a report when a call since the last `verify` was off the contract. */
  readonly verify: () => void
  /** The next call of the operation that is on the contract gets this answer; calls of `next` queue up. */
  readonly next: <K extends OperationId>(operation: K, scenario: ExampleName<K> | CustomAnswer) => void
  /** Forgets calls, breaches, scenarios, nonces and the rate limit. */
  readonly reset: () => void
}

/** The state of one stand-in, and how it answers. */
class Core {
  readonly #options: MockApiOptions
  readonly #now: () => number
  readonly #redact: Guard['redact']
  readonly #credentials: ReturnType<typeof createCredentials>
  readonly #rateLimit: ReturnType<typeof createRateLimit>
  readonly #pathOf: ReturnType<typeof createPaths>
  readonly recorder: Recorder
  readonly scenarios: Scenarios
  #counter = 0

  constructor(options: MockApiOptions, { redact }: Guard) {
    const { appKey, appSecret, now = () => Date.now(), freshness = 'lenient', record = 1_000 } = options
    this.#options = options
    this.#now = now
    this.#redact = redact
    this.recorder = new Recorder(record)
    this.#credentials = createCredentials({ appKey, appSecret, now, freshness })
    this.#rateLimit = createRateLimit(options.rateLimit, now)
    this.#pathOf = createPaths(options.basePath)
    this.scenarios = new Scenarios((value) => redact(String(JSON.stringify(value))))
  }

  #success(operation: OperationId, fields: Record<string, unknown>): PlainAnswer {
    const { status, body } = standIn[operation].success
    return answer(status, body && build(body, fields, () => ++this.#counter))
  }

  /** What a request gets whose fields and headers are on the contract. */
  #serve(operation: OperationId, fields: Record<string, unknown>, { prefer }: PlainHeaders): PlainAnswer | Breach {
    const table = standIn[operation]
    const wish = prefer === undefined ? undefined : preferred(prefer, table)
    if (wish && 'keyword' in wish) return wish
    if (wish) {
      const out = wish.example === undefined ? this.#success(operation, fields) : staged(table, wish.example)
      return { ...out, headers: { ...out.headers, 'preference-applied': wish.applied } }
    }
    const scenario = this.scenarios.take(operation)
    if (scenario !== undefined) return staged(table, scenario)
    return this.#rateLimit.take(operation, fields) ?? this.#success(operation, fields)
  }

  handle({ method, headers, body, path: target, maxBody }: PlainRequest): PlainAnswer {
    const path = this.#pathOf(target)
    const found = route(path, method)
    const operation = typeof found === 'string' ? found : undefined
    const { allowUnknownTypes } = this.#options
    const finding =
      typeof found === 'string'
        ? inspect(found, { headers, body, maxBody }, { credentials: this.#credentials, allowUnknownTypes })
        : { fields: undefined, breaches: [found] }
    const fields = finding.fields as Record<string, unknown>
    const served = operation && finding.breaches.length === 0 ? this.#serve(operation, fields, headers) : undefined
    const breaches = served && 'keyword' in served ? [served] : finding.breaches
    const out = this.#redact(served && 'status' in served ? served : refusal(operation, path, this.#redact(breaches)))
    const { length } = body ?? ''
    const call = {
      operation,
      at: this.#now(),
      method,
      path,
      headers: keptHeaders(headers),
      body: operation && keptFields(fields, length, standIn[operation].fields, breaches.length === 0),
      status: out.status,
      answer: out.body,
      breaches: keptBreaches(breaches, length),
      from: breaches.length > 0 ? callerFrames() : [],
    }
    this.recorder.add(this.#redact(call) as RecordedCall)
    return out
  }

  reset(): void {
    this.recorder.reset()
    this.scenarios.reset()
    this.#rateLimit.reset()
    this.#credentials.reset()
    this.#counter = 0
  }
}

/** The stand-in behind every door. */
export function createMockCore(options: MockApiOptions): MockCore {
  // Callers without types may have forgotten them.
  const { appSecret, record = 1_000, now, basePath = '' }: Partial<MockApiOptions> = options ?? {}
  const guard = createGuard(typeof appSecret === 'string' ? appSecret : '')
  guard.refuse({ ...options, appSecret: undefined })
  if (!Number.isInteger(record) || record < 1) {
    throw new TypeError(`"record" must be a whole number above 0. Received ${record}`)
  }
  mustBeFunction('now', now)
  if (typeof basePath !== 'string') throw new TypeError(`"basePath" must be a path. Received ${typeof basePath}`)
  const core = new Core(options ?? {}, guard)
  return {
    handle: (request) => core.handle(request),
    next: (operation, scenario) => core.scenarios.add(operation, scenario),
    reset: () => core.reset(),
    verify: () => core.recorder.verify(),
    get calls() {
      return core.recorder.calls
    },
    get breaches() {
      return core.recorder.breaches
    },
  }
}
