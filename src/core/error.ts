/**
 * `RongCloudError`, and the violations of the contract that it may contain.
 *
 * @module
 */
import { isRecord } from './record.js'
import { type Guard, materializeStack } from './redact.js'

/** One way in which a request violates the contract. */
export interface Violation {
  /** Where: a field (`toGroupId`), a place in it (`toGroupId[1]`, `content.name`), a header, or `path`, `method`, `body`. */
  readonly field: string
  /**
   * Which rule: a keyword of the field's schema, one of the names that the spec lists for `x-raised-by`, or `prefer` when
   * the request asks for an answer that the contract does not have.
   */
  readonly keyword: string
  /** What the contract requires, as text. */
  readonly expected: string
  /** What the request has instead, shortened; never a secret. */
  readonly received: string
  /** The whole violation in one line: `toGroupId: at most 3 groups in one call, got 4`. */
  readonly message: string
}

/** Makes a violation and its message. */
export const violation = (field: string, keyword: string, expected: string, received: string): Violation => ({
  field,
  keyword,
  expected,
  received,
  message: `${field}: ${expected}, got ${received}`,
})

/**
 * What went wrong.
 *
 * - `contract`: the request does not fit the spec, or an option of the call is wrong; nothing was sent.
 * - `usage`: the `fetch` does not work: there is none, it threw a programming error such as a `ReferenceError`, or its
 *   dispatcher belongs to another version of undici.
 * - `rate-limit`: the server refused because of the rate limit, or the limiter refused before sending; nothing was processed.
 * - `api`: the server answered, and the answer is not a success.
 * - `network`: no answer, or only a part of an answer.
 * - `timeout`: no complete answer in time.
 * - `aborted`: the caller's signal ended the call, or a signal in the caller's own `fetch`.
 * - `limiter`: the limiter failed, for example because its Redis is down.
 */
export type ErrorKind = 'contract' | 'usage' | 'rate-limit' | 'api' | 'network' | 'timeout' | 'aborted' | 'limiter'

/** The facts that an error has about its call. */
export interface ErrorFacts {
  /** What went wrong. */
  readonly kind: ErrorKind
  /** The vendor's error code, if the answer had one. */
  readonly code?: number | undefined
  /** HTTP status, if there was an answer. */
  readonly status?: number | undefined
  /** The call's `X-Request-ID`. */
  readonly requestId?: string | undefined
  /** Host that was called last. */
  readonly host?: string | undefined
  /** How often the request was sent; 0 when it was refused before sending. */
  readonly attempts: number
  /** Whether the server processed the request. `no`: certainly not, so sending it again cannot cause a duplicate. */
  readonly processed: 'no' | 'unknown'
  /** Whether the same call may succeed later. Repeating it cannot cause a duplicate only when `processed` is `no`. */
  readonly retryable: boolean
  /** The violations, when `kind` is `contract`. */
  readonly violations: readonly Violation[]
  /** Milliseconds until the rate limit allows the call, when the call was not allowed to wait that long. */
  readonly wait?: number | undefined
}

const factsOf = (error: ErrorFacts): ErrorFacts => {
  const { kind, code, status, requestId, host, attempts, processed, retryable, violations, wait } = error
  return { kind, code, status, requestId, host, attempts, processed, retryable, violations, wait }
}

/** The only error that calls throw, or return from `safe`. It never contains the App Secret or a signature. */
export class RongCloudError extends Error implements ErrorFacts {
  /** Always the same, also in another copy of this package. */
  override readonly name = 'RongCloudError'
  readonly kind: ErrorKind
  readonly code: number | undefined
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly host: string | undefined
  readonly attempts: number
  readonly processed: 'no' | 'unknown'
  readonly retryable: boolean
  readonly violations: readonly Violation[]
  readonly wait: number | undefined
  /** Headers of the answer, without cookies; undefined without an answer. Not enumerable, and not in `toJSON`. */
  declare readonly headers: Headers | undefined

  /** Called by the client. Only `kind` is required. */
  constructor(
    message: string,
    facts: Partial<ErrorFacts> & Pick<ErrorFacts, 'kind'> & Partial<Pick<RongCloudError, 'headers'>>,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = facts.kind
    this.code = facts.code
    this.status = facts.status
    this.requestId = facts.requestId
    this.host = facts.host
    this.attempts = facts.attempts ?? 0
    this.processed = facts.processed ?? 'no'
    this.retryable = facts.retryable ?? false
    this.violations = facts.violations ?? []
    this.wait = facts.wait
    // Not enumerable, because loggers print enumerable properties.
    Object.defineProperty(this, 'headers', { value: facts.headers })
  }

  /** Plain data for logs: all facts and the message, without the cause and the headers. */
  toJSON(): ErrorFacts & Pick<RongCloudError, 'name' | 'message'> {
    const { name, message } = this
    return { name, message, ...factsOf(this) }
  }
}

/** True for a `RongCloudError`, also one of another copy of this package or of another realm. */
export const isRongCloudError = (value: unknown): value is RongCloudError =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value && value.name === 'RongCloudError'

/** The same error with another message or other facts. It may come from another copy of this package. */
export const withFacts = (
  error: RongCloudError,
  change: Partial<ErrorFacts>,
  message: string = error.message,
): RongCloudError => new RongCloudError(message, { ...factsOf(error), headers: error.headers, ...change }, error.cause)

/** @throws TypeError for a value that is neither a function nor undefined */
export function mustBeFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(`"${name}" must be a function. Received ${typeof value}`)
}

/** The message of a thrown value, which may be anything. */
export function messageOf(thrown: unknown): string {
  try {
    return String((isRecord(thrown) ? thrown['message'] : undefined) ?? thrown)
  } catch {
    return 'a value that cannot be converted to text'
  }
}

type Redact = Guard['redact']

/** An error, also one of another realm, as tests in jest have it. */
const isError = (value: unknown): value is Error => isRecord(value) && 'message' in value && 'stack' in value

/** Properties of errors that may be inherited or not enumerable. An `AggregateError` has one error for each address of a host. */
const ERROR_FIELDS = ['name', 'message', 'stack', 'cause', 'errors']

/** Whether an object shows all that it has: a plain object or a list. A `Request`, `Headers` or `Map` cannot be searched. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * The cause with the secret masked and without values that cannot be searched, or the same object if nothing had to change.
 * Each object is copied once, so causes may be circular.
 */
function redactedCause(cause: unknown, redact: Redact): unknown {
  const copies = new Map<object, object>()
  let isSame = true
  function masked<T>(text: T): T {
    const copy = redact(text)
    isSame &&= copy === text
    return copy
  }
  const isHidden = (value: unknown) => typeof value === 'function' || typeof value === 'symbol'
  function copyOf(value: unknown): unknown {
    if (!isRecord(value) && !isHidden(value)) return masked(value)
    if (!isRecord(value) || !(isError(value) || isPlain(value))) {
      isSame = false
      return undefined
    }
    const known = copies.get(value)
    if (known) return known
    const isThrown = isError(value)
    const plain = Array.isArray(value) ? [] : {}
    const copy = isThrown ? new Error() : plain
    copies.set(value, copy)
    const fields = isThrown ? ERROR_FIELDS.filter((name) => name in value) : []
    for (const name of new Set([...Object.keys(value), ...fields])) {
      const enumerable = Object.prototype.propertyIsEnumerable.call(value, name)
      const item = copyOf(value[name])
      if (item === undefined) continue
      Object.defineProperty(copy, masked(name), { value: item, enumerable, configurable: true, writable: true })
    }
    // Symbol properties are not copied. undici marks its errors with one that is true.
    isSame &&= Object.getOwnPropertySymbols(value).every((name) => typeof Reflect.get(value, name) === 'boolean')
    return copy
  }
  const copy = copyOf(cause)
  return isSame ? cause : copy
}

/** The same; undefined for a cause that cannot be read, because a property of it throws or it contains itself. */
function readableCause(cause: unknown, redact: Redact): unknown {
  try {
    return redactedCause(cause, redact)
  } catch {
    return undefined
  }
}

/** Headers with the secret masked, in names and values. */
function redactedHeaders(headers: Headers | undefined, redact: Redact): Headers | undefined {
  if (!headers) return undefined
  const entries = [...headers]
  const masked = redact(entries)
  // A masked name is not a valid header name.
  return masked === entries ? headers : new Headers(masked.filter(([name]) => /^[\w-]+$/.test(name)))
}

/** The error itself, or a copy with the secret masked when the server or one of the caller's functions put it there. */
export function redacted(error: RongCloudError, redact: Redact): RongCloudError {
  const cause = readableCause(error.cause, redact)
  const headers = redactedHeaders(error.headers, redact)
  const facts = error.toJSON()
  const masked = redact(facts)
  const isSame = masked === facts && cause === error.cause && headers === error.headers
  return materializeStack(isSame ? error : new RongCloudError(masked.message, { ...masked, headers }, cause))
}
