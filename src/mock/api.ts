/**
 * The stand-in: a plain request in, a plain answer out. Synchronous, without `Request`, timer or network; the doors
 * (`fetch`, MSW, HTTP) only translate.
 *
 * Order of checks: path and method, media type, App Key, signature, form, fields, scenario, rate limit, answer. The first
 * that finds a breach answers.
 *
 * @module
 */
import { security as strictHeaders } from '#validators'
import { breachesOf, check } from '../check.js'
import { type ExampleName, FORM, type OperationId, operationIds, operations, security, standIn } from '../contract.js'
import { type Breach, breach } from '../errors.js'
import { decodeForm } from '../form.js'
import { explainSignature, type Parts, verifySignature } from '../signature.js'
import { answer, build, type PlainAnswer, refusal } from './answer.js'
import { createRateLimit, type RateLimitOptions } from './rate-limit.js'
import { type RecordedCall, Recorder } from './record.js'

/** A request as the doors hand it in. */
export interface PlainRequest {
  readonly method: string
  /** Path, with or without a query. */
  readonly path: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body as text; `undefined` when it was longer than the door takes. */
  readonly body: string | undefined
}

/** Rules that the vendor documents and does not seem to enforce. */
export interface Freshness {
  /** Farthest distance of `Timestamp` from the stand-in's clock, in milliseconds; seconds are understood. Default: any. */
  readonly clockSkew?: number
  /** Refuses a nonce that came before. Default `false`. */
  readonly nonceOnce?: boolean
  /** Refuses headers that do not have the documented form: nonce too long, seconds, upper-case digits. Default `false`. */
  readonly documentedForm?: boolean
}

/** Settings of a stand-in. All state lives inside it: two never touch each other. */
export interface MockApiOptions {
  /** The App Key it knows. */
  readonly appKey: string
  /** The App Secret that belongs to it. Never printed. */
  readonly appSecret: string
  /** The time in milliseconds since 1970, for rate limit and freshness. Default: `Date.now`. */
  readonly now?: () => number
  /** `false`: none. Numbers in place of the contract's, where the vendor has raised the limit for you. Default: the contract's. */
  readonly rateLimit?: false | RateLimitOptions
  /** `lenient` (default) takes what real clients send; `strict` holds nonce, clock and form to the documentation; or single rules. */
  readonly freshness?: 'lenient' | 'strict' | Freshness
  /** Lets message types through that have the reserved prefix and are newer than the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean
  /** How many calls are kept in `calls`. Default 10 000; the oldest go first. */
  readonly record?: number
}

/** An answer of your own: any status, any body. A string is sent as it is, all else as JSON. */
export interface CustomAnswer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
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

const STRICT: Freshness = { clockSkew: 300_000, nonceOnce: true, documentedForm: true }

/** Path to operations: `{ [path]: { [method]: operation } }`. */
const ROUTES = new Map<string, Map<string, OperationId>>()
for (const id of operationIds) {
  const { path, method } = operations[id]
  ROUTES.set(path, (ROUTES.get(path) ?? new Map<string, OperationId>()).set(method, id))
}

type Headers = PlainRequest['headers']
const first = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? value : value?.[0])

/** Each signing part with the header names it may come under, lower case; looked up once. */
const PARTS = Object.entries(security.headers).map(([part, name]) => {
  const names = [name, ...(security.aliases[part] ?? [])]
  return { part, name, names: names.map((one) => one.toLowerCase()), choice: names.join(' or ') }
})

function route(path: string, method: string): OperationId | Breach {
  const methods = ROUTES.get(path)
  if (!methods) return breach('path', 'path', `one of ${[...ROUTES.keys()].join(', ')}`, path.slice(0, 100))
  return methods.get(method) ?? breach('method', 'method', [...methods.keys()].join(' or '), method)
}

function mediaTypeBreach(headers: Headers): Breach | undefined {
  const given = first(headers['content-type'])
  if (given?.split(';', 1)[0]?.trim().toLowerCase() === FORM) return undefined
  return breach('Content-Type', 'media-type', FORM, given === undefined ? 'nothing' : given.slice(0, 100))
}

/** Reads the signing parts; a missing header is a breach of its own. */
function partsOf(headers: Headers): { parts: Record<string, string>; missing: Breach[] } {
  const parts: Record<string, string> = {}
  const missing: Breach[] = []
  for (const { part, name, names, choice } of PARTS) {
    const found = names.find((one) => headers[one])
    const value = found && first(headers[found])
    if (value) parts[part] = value
    else missing.push(breach(name, part === 'appKey' ? 'app-key' : 'signature', `the header ${choice}`, 'nothing'))
  }
  return { parts, missing }
}

/** The stand-in behind every door. */
export function createMockCore(options: MockApiOptions): MockCore {
  const { appKey, appSecret, now = Date.now, freshness = 'lenient' } = options
  for (const name of ['appKey', 'appSecret'] as const) {
    if (typeof options[name] !== 'string' || options[name] === '') {
      throw new TypeError(`"${name}" must be a string that is not empty. Received ${typeof options[name]}`)
    }
  }
  const limit = options.record ?? 10_000
  if (!Number.isInteger(limit) || limit < 1)
    throw new TypeError(`"record" must be a whole number above 0. Received ${limit}`)
  const rules = freshness === 'strict' ? STRICT : freshness === 'lenient' ? {} : freshness
  const recorder = new Recorder(limit)
  const rateLimit = createRateLimit(options.rateLimit, now)
  const scenarios = new Map<OperationId, (string | CustomAnswer)[]>()
  const nonces = new Set<string>()
  let counter = 0

  function freshnessBreach(parts: Parts): Breach | undefined {
    const { timestamp = '', nonce = '' } = parts
    if (rules.documentedForm) {
      const [found] = breachesOf(strictHeaders, parts)
      if (found)
        return breach(security.headers[found.field] ?? found.field, 'signature', found.expected, found.received)
    }
    if (rules.clockSkew !== undefined) {
      const off = Math.abs(now() - Number(timestamp) * (timestamp.length <= 10 ? 1000 : 1))
      const words = `within ${rules.clockSkew} ms of the clock`
      if (!(off <= rules.clockSkew))
        return breach(security.headers['timestamp'] ?? '', 'signature', words, `${off} ms off`)
    }
    if (rules.nonceOnce) {
      if (nonces.has(nonce))
        return breach(
          security.headers['nonce'] ?? '',
          'signature',
          'a new nonce for each call',
          'one from an earlier call',
        )
      nonces.add(nonce)
    }
    return undefined
  }

  function signatureBreaches(headers: Headers): Breach[] {
    const { parts, missing } = partsOf(headers)
    if (missing.length > 0) return missing
    if (parts['appKey'] !== appKey) {
      return [
        breach(
          security.headers['appKey'] ?? '',
          'app-key',
          'the App Key of the stand-in',
          JSON.stringify(parts['appKey']?.slice(0, 40)),
        ),
      ]
    }
    const signature = parts[security.signature] ?? ''
    const own = { ...parts, appSecret }
    if (!verifySignature(own, signature)) {
      const expected = `the SHA-1 of ${security.signs.join(', ')}, as sent and with nothing between them`
      return [
        breach(security.headers[security.signature] ?? '', 'signature', expected, explainSignature(own, signature)),
      ]
    }
    const stale = freshnessBreach(parts)
    return stale ? [stale] : []
  }

  /** The answer that a scenario asks for. */
  function staged(operation: OperationId, scenario: string | CustomAnswer): PlainAnswer {
    if (typeof scenario === 'string') {
      const { status, body } = standIn[operation].examples[scenario] ?? { status: 500, body: {} }
      return answer(status, body)
    }
    const { status = 200, body = {}, headers } = scenario
    const plain = answer(status, body, headers)
    return typeof body === 'string' ? { ...plain, body } : plain
  }

  function judge(
    operation: OperationId,
    { headers, body }: PlainRequest,
  ): { fields: unknown; breaches: readonly Breach[] } {
    const { fields: kinds } = standIn[operation]
    const wrongType = mediaTypeBreach(headers)
    const before = wrongType ? [wrongType] : signatureBreaches(headers)
    const { fields, breaches } = wrongType ? { fields: {}, breaches: [] } : decodeForm(body ?? '', kinds)
    if (before.length > 0) return { fields, breaches: before }
    if (body === undefined)
      return { fields, breaches: [breach('body', 'body-size', 'a body that the server takes', 'a longer one')] }
    if (body === '' && Object.keys(kinds).length > 0)
      return { fields, breaches: [breach('body', 'body', 'form fields', 'an empty body')] }
    if (breaches.length > 0) return { fields, breaches }
    return { fields, breaches: check(operation, fields, headers, options) }
  }

  /** What a request that is on the contract gets. */
  function serve(
    operation: OperationId,
    fields: Record<string, unknown>,
    path: string,
  ): { out: PlainAnswer; breaches: Breach[] } {
    const scenario = scenarios.get(operation)?.shift()
    if (scenario !== undefined) return { out: staged(operation, scenario), breaches: [] }
    const over = rateLimit.take(operation, fields)
    if (over) return { out: refusal(operation, path, [over]), breaches: [over] }
    const { status, body } = standIn[operation].success
    return {
      out: answer(
        status,
        build(body, fields, () => ++counter),
      ),
      breaches: [],
    }
  }

  function handle(request: PlainRequest): PlainAnswer {
    const query = request.path.indexOf('?')
    const path = query < 0 ? request.path : request.path.slice(0, query)
    const { method } = request
    const found = route(path, method)
    const operation = typeof found === 'string' ? found : undefined
    const judged = typeof found === 'string' ? judge(found, request) : { fields: undefined, breaches: [found] }
    const { out, breaches } =
      operation && judged.breaches.length === 0
        ? serve(operation, judged.fields as Record<string, unknown>, path)
        : { out: refusal(operation, path, judged.breaches), breaches: judged.breaches }
    const headers = request.headers as Readonly<Record<string, string>>
    const { status, body: text } = out
    const call = { operation, at: now(), method, path, headers, body: judged.fields, status, answer: text, breaches }
    recorder.add(call as RecordedCall)
    return out
  }

  function next<K extends OperationId>(operation: K, scenario: ExampleName<K> | CustomAnswer): void {
    if (!Object.hasOwn(operations, operation)) {
      throw new TypeError(
        `"operation" must be one of ${operationIds.join(', ')}. Received ${JSON.stringify(operation)}`,
      )
    }
    const names = Object.keys(standIn[operation].examples)
    if (typeof scenario === 'string' ? !names.includes(scenario) : typeof scenario !== 'object' || scenario === null) {
      throw new TypeError(
        `"scenario" must be one of ${names.join(', ')}, or an answer. Received ${JSON.stringify(scenario)}`,
      )
    }
    scenarios.set(operation, [...(scenarios.get(operation) ?? []), scenario])
  }

  function reset(): void {
    recorder.reset()
    rateLimit.reset()
    scenarios.clear()
    nonces.clear()
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
