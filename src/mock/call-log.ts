/**
 * Records the calls of the mock, without secrets. Only the beginning of a long body is recorded if it violates the contract.
 *
 * @module
 */
import { type Kind, mockTables, type OperationId } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'
import type { PlainHeaders } from './credentials.js'
import { type Findings, Reached, type RecordedCall } from './report.js'
import type { PlainRequest } from './request.js'
import type { PlainAnswer } from './response.js'
import type { Suspicion } from './suspicions.js'

/** Headers that carry credentials and do not belong to the contract. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie']

/** The headers, with credentials hidden. */
function recordedHeaders(headers: PlainHeaders): PlainHeaders {
  const hidden = CREDENTIAL_HEADERS.filter((name) => headers[name] !== undefined)
  if (hidden.length === 0) return headers
  return { ...headers, ...Object.fromEntries(hidden.map((name) => [name, '[hidden]'])) }
}

/** Bodies up to this many characters are recorded completely. */
const SMALL_BODY = 4_096
/** In longer bodies: most characters of a text, and most items of a list or of the body itself. */
const MAX_TEXT = 1_000
const MAX_ITEMS = 100

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return truncate(value, MAX_TEXT)
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS).map(shortened) : value
}

/** A copy through JSON text, because a slice of a string keeps the whole string in memory. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The violations, copied if they may quote a long body. */
const recordedViolations = (violations: readonly Violation[], size: number): readonly Violation[] =>
  size > SMALL_BODY && violations.length > 0 ? copied(violations) : violations

/**
 * The fields of a request, shortened if they are many or long. Small bodies are recorded completely. So are valid fields,
 * because the contract limits their length.
 *
 * @param size of the body, in characters
 * @param fits whether the listed fields are valid
 */
function recordedFields(fields: unknown, size: number, listed: Readonly<Record<string, Kind>>, fits: boolean): unknown {
  if (!isRecord(fields)) return fields
  // An ordinary object, so that it equals an object literal in a test.
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

/** Most stack frames that are recorded for a call. */
const MAX_FRAMES = 3

/**
 * The folder of this package, from the stack frame of this file. A module URL would not do, because jest may turn this module
 * into CommonJS. A bundle has no such frame, so package code and caller code cannot be distinguished there.
 */
const packageFolder = (frame: string | undefined): string | undefined =>
  /(?:at |\(|@)(?:file:\/\/)?([^()@]*\/)mock\/call-log\.\w+:\d+/.exec(frame ?? '')?.[1]

/** Whether a frame is the caller's code, and not this package, the runtime or an installed package. */
const isCallers = (frame: string, packagePath: string) =>
  !frame.includes(packagePath) && !/node_modules|\bnode:|\binternal\/|\(<anonymous>\)|\bnative\b/.test(frame)

/** A short form of a frame: `sendTyping (src/typing.ts:12:9)`. */
function shortFrame(frame: string): string {
  // Not every runtime has `process`.
  const { process } = globalThis as { process?: { cwd?: () => string } }
  const folder = process?.cwd?.()
  const path = frame
    .trim()
    .replace(/^at (async )?/, '')
    .replace('file://', '')
  return folder ? path.replace(`${folder}/`, '') : path
}

/**
 * Stack frames of the caller's code, nearest first. Only a `fetch` runs on the caller's stack, the injected one or one that
 * MSW intercepts in the same process; for HTTP the list is empty.
 */
function callerFrames(): readonly string[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 50
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  const frames = stack.split('\n').filter((line) => /:\d+\)?$/.test(line))
  const packagePath = packageFolder(frames[0])
  if (packagePath === undefined) return []
  return frames
    .filter((frame) => isCallers(frame, packagePath))
    .slice(0, MAX_FRAMES)
    .map(shortFrame)
}

/** What the mock found out about a request, and its answer. */
interface CallResult {
  readonly operation?: OperationId | undefined
  readonly fields?: unknown
  readonly violations: readonly Violation[]
  readonly suspicions?: readonly Suspicion[] | undefined
  readonly path: string
  readonly at: number
  readonly answer: PlainAnswer
}

/** Makes the record of a call. */
export function recordOf({ method, headers, body }: PlainRequest, result: CallResult): RecordedCall {
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
    // The table of the operation decoded the fields, so their types are those of the operation.
  } as RecordedCall
}

/** Most characters of all recorded calls together, as `/__calls` would print them. */
const MAX_SIZE = 2 ** 25

/** The approximate number of characters of a value as text. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (!isRecord(value)) return 8
  return Object.values(value).reduce((sum: number, item) => sum + 16 + sizeOf(item), 0)
}

/** The last calls: at most `maxCalls`, and at most `MAX_SIZE` characters together. */
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
    // Calls are dropped only when there are a quarter too many, so that not every call moves the whole list.
    if (this.#all.length >= 1.25 * this.#maxCalls) this.#drop(this.#all.length - this.#maxCalls)
    let tooMany = 0
    for (let left = this.#size; left > MAX_SIZE; tooMany++) left -= this.#all[tooMany]?.size ?? left
    if (tooMany > 0) this.#drop(tooMany)
  }

  #drop(count: number): void {
    for (const { size } of this.#all.splice(0, count)) this.#size -= size
  }
}

/** The calls since the last report. */
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

  add(call: RecordedCall, isExpected: boolean): void {
    this.total++
    this.reached.add(call)
    if (isExpected) return
    if (call.violations.length > 0) {
      this.violatingCount++
      this.violating.add(call)
    } else if (call.suspicions.length > 0) {
      this.suspiciousCount++
      this.suspicious.add(call)
    }
  }
}

/** All recorded calls, and those that the next report covers. */
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

  /** @param isExpected whether the call has violations, all of them expected */
  add(call: RecordedCall, isExpected: boolean): void {
    this.#recent.add(call)
    if (call.violations.length > 0) this.#violating.add(call)
    this.#unreported.add(call, isExpected)
  }

  /** The findings since the last report, without the calls whose violations were expected, in advance or since then. */
  takeFindings(isExpected: (call: RecordedCall) => boolean): Omit<Findings, 'unmet' | 'fails'> {
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
