/**
 * What the mock records of its calls: no secret, and of bodies that the contract does not bound only the beginning.
 *
 * @module
 */
import { type Kind, mockTables, type OperationId } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { truncate } from '../core/redact.js'
import { ContractViolationError, type RecordedCall } from './report.js'
import type { PlainRequest } from './request.js'
import type { PlainAnswer } from './response.js'

/** Headers that carry credentials, none of them the contract's. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie']

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The headers, with credentials hidden. */
function recordedHeaders(headers: Headers): Headers {
  const hidden = CREDENTIAL_HEADERS.filter((name) => headers[name] !== undefined)
  if (hidden.length === 0) return headers
  return { ...headers, ...Object.fromEntries(hidden.map((name) => [name, '[hidden]'])) }
}

/** Bodies up to this many characters are recorded whole. */
const SMALL_BODY = 4_096
/** Of longer ones: the most characters of a text, and the most items of a list or of a body. */
const MAX_TEXT = 1_000
const MAX_ITEMS = 100

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return truncate(value, MAX_TEXT)
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS).map(shortened) : value
}

/** A copy by way of text: a slice of a string would keep the whole string in memory. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Violations may quote the body. */
const recordedViolations = (violations: readonly Violation[], size: number): readonly Violation[] =>
  size > SMALL_BODY && violations.length > 0 ? copied(violations) : violations

/**
 * The fields of a request, shortened where they are many or long. Small bodies are recorded whole, and so are fields that
 * fit the contract, which bounds them.
 *
 * @param size of the body, in characters
 * @param fits whether the listed fields fit the contract
 */
function recordedFields(fields: unknown, size: number, listed: Readonly<Record<string, Kind>>, fits: boolean): unknown {
  if (typeof fields !== 'object' || fields === null) return fields
  // Ordinary objects, which compare with those that a test writes.
  const plain = { ...fields }
  if (size <= SMALL_BODY) return plain
  const entries = Object.entries(plain)
  const isBounded = (name: string) => fits && Object.hasOwn(listed, name)
  if (entries.every(([name]) => isBounded(name))) return plain
  const bounded = entries.filter(([name]) => isBounded(name))
  const others = entries.filter(([name]) => !isBounded(name)).slice(0, MAX_ITEMS)
  const few = [...bounded, ...others.map(([name, value]) => [truncate(name, MAX_TEXT), shortened(value)] as const)]
  return copied(Object.fromEntries(few))
}

/** Most stack frames of a caller that are recorded. */
const MAX_FRAMES = 3

/**
 * Folder of this package's code, from the stack frame of this file: a module that jest turned into CommonJS has no URL. In a
 * bundle there is no such frame, and the caller's code cannot be told from ours.
 */
const ownFolder = (frame: string | undefined): string | undefined =>
  /(?:at |\(|@)(?:file:\/\/)?([^()@]*\/)mock\/call-log\.\w+:\d+/.exec(frame ?? '')?.[1]

/** A frame of the caller's own code: not ours, not the runtime's, not of an installed package. */
const isCallers = (frame: string, own: string) =>
  !frame.includes(own) && !/node_modules|\bnode:|\binternal\/|\(<anonymous>\)|\bnative\b/.test(frame)

/** A frame in short: `sendTyping (src/typing.ts:12:9)`. */
function shortFrame(frame: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } }
  const folder = process?.cwd?.()
  const path = frame
    .trim()
    .replace(/^at (async )?/, '')
    .replace('file://', '')
  return folder ? path.replace(`${folder}/`, '') : path
}

/**
 * Stack frames of the caller's code, nearest first. Only the injected `fetch` runs on the caller's stack: behind MSW and HTTP
 * there are none.
 */
function callerFrames(): readonly string[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 50
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  const frames = stack.split('\n').filter((line) => /:\d+\)?$/.test(line))
  const own = ownFolder(frames[0])
  if (own === undefined) return []
  return frames
    .filter((frame) => isCallers(frame, own))
    .slice(0, MAX_FRAMES)
    .map(shortFrame)
}

/** What the mock knows of a call beside the request. */
interface CallResult {
  readonly operation?: OperationId | undefined
  readonly fields?: unknown
  readonly violations: readonly Violation[]
  readonly path: string
  readonly at: number
  readonly answer: PlainAnswer
}

/** A call as it is recorded. */
export function recorded({ method, headers, body }: PlainRequest, result: CallResult): RecordedCall {
  const { operation, violations, at, path, answer } = result
  const size = body?.length ?? 0
  const kinds = operation && mockTables[operation].fields
  return {
    operation,
    at,
    method,
    path,
    headers: recordedHeaders(headers),
    body: kinds && recordedFields(result.fields, size, kinds, violations.length === 0),
    status: answer.status,
    answer: answer.body,
    violations: recordedViolations(violations, size),
    from: violations.length > 0 ? callerFrames() : [],
    // The fields were decoded by the table of the operation.
  } as RecordedCall
}

/** The last `maxCalls` calls, and beside them the last `maxCalls` of those with a violation. */
export class CallLog {
  readonly #maxCalls: number
  #calls: RecordedCall[] = []
  #withViolations: RecordedCall[] = []
  #unreported: RecordedCall[] = []
  #total = 0
  #violating = 0

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls.slice(-this.#maxCalls)
  }

  get violations(): readonly Violation[] {
    return this.#withViolations.flatMap(({ violations }) => violations)
  }

  add(call: RecordedCall): void {
    this.#total++
    this.#calls = this.#appended(this.#calls, call)
    if (call.violations.length === 0) return
    this.#violating++
    this.#withViolations = this.#appended(this.#withViolations, call)
    this.#unreported = this.#appended(this.#unreported, call)
  }

  /** Drops old calls a quarter of the limit at a time, so that a call does not cost a copy of the list. */
  #appended(list: RecordedCall[], call: RecordedCall): RecordedCall[] {
    list.push(call)
    return list.length >= 1.25 * this.#maxCalls ? list.slice(-this.#maxCalls) : list
  }

  /** @throws ContractViolationError for violations since the last time */
  verify(): void {
    const calls = this.#unreported.slice(-this.#maxCalls)
    const violating = this.#violating
    const total = this.#total
    this.#forgetUnreported()
    if (calls.length > 0) throw new ContractViolationError(calls, violating, total)
  }

  reset(): void {
    this.#calls = []
    this.#withViolations = []
    this.#forgetUnreported()
  }

  #forgetUnreported(): void {
    this.#unreported = []
    this.#total = 0
    this.#violating = 0
  }
}
