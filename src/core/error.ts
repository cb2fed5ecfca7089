/**
 * `RongCloudError` and the breaches of the contract it may carry.
 *
 * @module
 */
import { settled } from './redact.js'

/** One thing in a request that is off the contract. */
export interface Breach {
  /** Where: a field (`toGroupId`), a place in it (`toGroupId[1]`, `content.name`), a header, or `path`, `method`, `body`. */
  readonly field: string
  /**
   * Which rule: a keyword of the field's schema, one of the names that the spec lists for `x-raised-by`, or `prefer` for
   * an answer that was asked for and that the contract does not have.
   */
  readonly keyword: string
  /** What the contract asks for, in words. */
  readonly expected: string
  /** What came, shortened; never a secret. */
  readonly received: string
  /** All of it in one line: `toGroupId: at most 3 groups in one call, got 4`. */
  readonly message: string
}

/** Puts a breach into words. */
export const breach = (field: string, keyword: string, expected: string, received: string): Breach => ({
  field,
  keyword,
  expected,
  received,
  message: `${field}: ${expected}, got ${received}`,
})

/**
 * What went wrong.
 *
 * - `contract`: the request does not fit the spec; nothing was sent.
 * - `api`: the server answered, and the answer is not a success.
 * - `rate-limit`: the server refused because of the rate limit; nothing was processed.
 * - `network`: no answer, or only a part of one.
 * - `limiter`: the limiter failed, such as one whose Redis is down; nothing was sent.
 * - `timeout`: no whole answer in time.
 * - `aborted`: the caller's signal ended the call.
 */
export type ErrorKind = 'contract' | 'api' | 'network' | 'timeout' | 'aborted' | 'rate-limit' | 'limiter'

/** What an error says about its call. */
export interface ErrorFacts {
  /** What went wrong. */
  readonly kind: ErrorKind
  /** The vendor's error code, where the answer had one. */
  readonly code?: number | undefined
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined
  /** The call's `X-Request-ID`. */
  readonly requestId?: string | undefined
  /** Host that was called last. */
  readonly host?: string | undefined
  /** How many times the request was sent; 0 when it was refused before. */
  readonly attempts: number
  /**
   * Whether the server processed the request. `no`: surely not, sending again cannot double it. `yes` is for contracts to come: no
   * error of this one says so.
   */
  readonly sent: 'no' | 'yes' | 'unknown'
  /** Whether the same call may succeed later. Safe without doubling only when `sent` is `no`. */
  readonly retryable: boolean
  /** What is off the contract, when `kind` is `contract`. */
  readonly breaches: readonly Breach[]
  /** Milliseconds that the turn in the rate limit would have taken, where it was refused for that. */
  readonly wait?: number | undefined
}

/** The one error that calls throw, or return from `safe`. It never holds the App Secret or a signature. */
export class RongCloudError extends Error implements ErrorFacts {
  /** Always the same, also in another copy of this package. */
  override readonly name = 'RongCloudError'
  readonly kind: ErrorKind
  readonly code: number | undefined
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly host: string | undefined
  readonly attempts: number
  readonly sent: 'no' | 'yes' | 'unknown'
  readonly retryable: boolean
  readonly breaches: readonly Breach[]
  readonly wait: number | undefined

  /** The client makes these; `kind` is the one fact that must be there. */
  constructor(message: string, facts: Partial<ErrorFacts> & Pick<ErrorFacts, 'kind'>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = facts.kind
    this.code = facts.code
    this.status = facts.status
    this.requestId = facts.requestId
    this.host = facts.host
    this.attempts = facts.attempts ?? 0
    this.sent = facts.sent ?? 'no'
    this.retryable = facts.retryable ?? false
    this.breaches = facts.breaches ?? []
    this.wait = facts.wait
  }

  /** Plain data for logs: all facts and the message, without the cause. */
  toJSON(): ErrorFacts & Pick<RongCloudError, 'name' | 'message'> {
    const { name, message, kind, code, status, requestId, host, attempts, sent, retryable, breaches, wait } = this
    return { name, message, kind, code, status, requestId, host, attempts, sent, retryable, breaches, wait }
  }
}

/** @throws TypeError for what is given and no function */
export function mustBeFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(`"${name}" must be a function. Received ${typeof value}`)
}

/** What was thrown, in words: anything can be. */
export function messageOf(thrown: unknown): string {
  try {
    return String((thrown as Error | null | undefined)?.message ?? thrown)
  } catch {
    return 'something without words'
  }
}

/** A cause in words, without the secret; those that do not tell it stay what they are. */
function causeWithout(cause: unknown, strike: <T>(value: T) => T, depth = 0): unknown {
  if (typeof cause === 'string') return strike(cause)
  if (!(cause instanceof Error) || depth > 10) return cause
  const told = { name: cause.name, message: cause.message, stack: cause.stack }
  const [words, beneath] = [strike(told), causeWithout(cause.cause, strike, depth + 1)]
  // One for each address of a host, say.
  const { errors } = cause as { readonly errors?: unknown }
  const each = Array.isArray(errors) ? errors.map((one) => causeWithout(one, strike, depth + 1)) : []
  const same = each.every((one, i) => one === (errors as unknown[])[i])
  if (words === told && beneath === cause.cause && same) return cause
  const { name, message, stack } = words
  const copy = new Error(message, beneath === undefined ? {} : { cause: beneath })
  return Object.assign(copy, { name, stack }, each.length > 0 && { errors: each })
}

/** The error; where the server or a hook of the caller's told the secret, the same one without it. */
export function withoutSecret(error: RongCloudError, strike: <T>(value: T) => T): RongCloudError {
  const cause = causeWithout(error.cause, strike)
  const facts = error.toJSON()
  const struck = strike(facts)
  return settled(struck === facts && cause === error.cause ? error : new RongCloudError(struck.message, struck, cause))
}

/** True for a `RongCloudError`, also one of another copy of this package. */
export const isRongCloudError = (value: unknown): value is RongCloudError =>
  value instanceof Error && value.name === 'RongCloudError' && 'kind' in value
