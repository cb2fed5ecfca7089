/**
 * What the mock records of its calls: no secret, and of bodies that the contract does not bound only the beginning.
 *
 * @module
 */
import { type Kind, mockTables, type OperationId } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { truncate } from '../core/redact.js'
import type { PlainHeaders } from './credentials.js'
import { type Findings, Reached, type RecordedCall } from './report.js'
import type { PlainRequest } from './request.js'
import type { PlainAnswer } from './response.js'
import type { Suspicion } from './suspicions.js'

/** Headers that carry credentials, none of them the contract's. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie']

/** The headers, with credentials hidden. */
function recordedHeaders(headers: PlainHeaders): PlainHeaders {
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
 * bundle there is no such frame, and the caller's code cannot be distinguished from ours.
 */
const ownFolder = (frame: string | undefined): string | undefined =>
  /(?:at |\(|@)(?:file:\/\/)?([^()@]*\/)mock\/call-log\.\w+:\d+/.exec(frame ?? '')?.[1]

/** A frame of the caller's own code: not ours, not the runtime's, not of an installed package. */
const isCallers = (frame: string, own: string) =>
  !frame.includes(own) && !/node_modules|\bnode:|\binternal\/|\(<anonymous>\)|\bnative\b/.test(frame)

/** A frame in short: `sendTyping (src/typing.ts:12:9)`. */
function shortFrame(frame: string): string {
  // Not on every runtime.
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
  readonly suspicions?: readonly Suspicion[]
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
    suspicions: result.suspicions ?? [],
    from: violations.length > 0 ? callerFrames() : [],
    // The fields were decoded by the table of the operation.
  } as RecordedCall
}

/** Most characters that the recorded calls may have in all, as `/__calls` would print them. */
const MAX_SIZE = 2 ** 25

/** About how many characters a value has as text. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  return Object.values(value).reduce((sum: number, one) => sum + 16 + sizeOf(one), 0)
}

/** The last calls: no more than `maxCalls`, and none beyond `MAX_SIZE`. */
class RecentCalls {
  readonly #maxCalls: number
  #all: { readonly call: RecordedCall; readonly size: number }[] = []
  #size = 0

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls
  }

  get calls(): readonly RecordedCall[] {
    return this.#all.slice(-this.#maxCalls).map(({ call }) => call)
  }

  add(call: RecordedCall): void {
    const size = sizeOf(call)
    this.#all.push({ call, size })
    this.#size += size
    // A quarter more than the limit is dropped at a time, so that a call does not cost a copy of the list.
    if (this.#all.length >= 1.25 * this.#maxCalls) this.#drop(this.#all.length - this.#maxCalls)
    let tooMany = 0
    for (let left = this.#size; left > MAX_SIZE; tooMany++) left -= this.#all[tooMany]?.size ?? left
    if (tooMany > 0) this.#drop(tooMany)
  }

  #drop(count: number): void {
    for (const { size } of this.#all.splice(0, count)) this.#size -= size
  }
}

/** What came since the last report. */
class Unreported {
  readonly violating: RecentCalls
  readonly suspicious: RecentCalls
  readonly reached = new Reached()
  total = 0
  violatingCount = 0
  suspiciousCount = 0

  constructor(maxCalls: number) {
    this.violating = new RecentCalls(maxCalls)
    this.suspicious = new RecentCalls(maxCalls)
  }

  add(call: RecordedCall): void {
    this.total++
    this.reached.add(call)
    if (call.violations.length > 0) {
      this.violatingCount++
      this.violating.add(call)
    } else if (call.suspicions.length > 0) {
      this.suspiciousCount++
      this.suspicious.add(call)
    }
  }
}

/** The recorded calls, and what of them is to be reported. */
export class CallLog {
  readonly #maxCalls: number
  #recent: RecentCalls
  #violating: RecentCalls
  #unreported: Unreported

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls
    this.#recent = new RecentCalls(maxCalls)
    this.#violating = new RecentCalls(maxCalls)
    this.#unreported = new Unreported(maxCalls)
  }

  get calls(): readonly RecordedCall[] {
    return this.#recent.calls
  }

  get violations(): readonly Violation[] {
    return this.#violating.calls.flatMap(({ violations }) => violations)
  }

  add(call: RecordedCall): void {
    this.#recent.add(call)
    if (call.violations.length > 0) this.#violating.add(call)
    this.#unreported.add(call)
  }

  /** What was found since the last time, without the calls whose violations were expected. */
  takeFindings(isExpected: (call: RecordedCall) => boolean): Omit<Findings, 'unmet'> {
    const { total, violating, violatingCount, suspicious, suspiciousCount, reached } = this.#unreported
    this.#unreported = new Unreported(this.#maxCalls)
    const all = violating.calls
    const unexpected = all.filter((call) => !isExpected(call))
    return {
      total,
      violating: unexpected,
      violatingCount: violatingCount - (all.length - unexpected.length),
      suspicious: suspicious.calls,
      suspiciousCount,
      reached,
    }
  }

  reset(): void {
    this.#recent = new RecentCalls(this.#maxCalls)
    this.#violating = new RecentCalls(this.#maxCalls)
    this.#unreported = new Unreported(this.#maxCalls)
  }
}
