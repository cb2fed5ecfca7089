/**
 * The result of reading a capture: its requests, and the parts of the file that were not understood.
 *
 * A request that is not understood is reported with a reason but not checked, since it is unknown what was really sent.
 *
 * @module
 */
import type { Violation } from '../../core/error.js'
import { truncate } from '../../core/redact.js'

/** Headers by lower-case name. */
export type CapturedHeaders = Readonly<Record<string, string>>

/** The answer to a request. */
export interface CapturedAnswer {
  readonly status: number
  /** Undefined when the capture does not have it. */
  readonly body: string | undefined
}

/** One request of a capture. */
export interface CapturedRequest {
  /** Where it is: the number of the entry in a HAR file, else of the line. */
  readonly at: number
  readonly method: string
  /** URL or path, as it is written. */
  readonly url: string
  readonly headers: CapturedHeaders
  /** Undefined when the capture does not have it. */
  readonly body: string | undefined
  /** What is wrong with the request as a message, such as a body that is shorter than its length says. */
  readonly violation?: Violation | undefined
  readonly answer?: CapturedAnswer | undefined
}

/** A request as it would be sent. */
export interface WrittenRequest {
  readonly method: string
  readonly url: string
  readonly headers: CapturedHeaders
  readonly body: string
}

/** A request that is not checked, and why. */
export interface Unchecked {
  readonly at: number
  readonly reason: string
}

/** Facts about what was not understood. */
interface ProblemFacts {
  /** The headers of the request, where these are known all the same. */
  readonly headers?: CapturedHeaders | undefined
  /** The line that is wrong, where it is not the first one of the request. */
  readonly line?: number | undefined
  /** What stands there instead, as the end of "Received …"; undefined when nothing is known of it. */
  readonly received?: string | undefined
}

/** A request that was not understood. */
export interface Unreadable extends Unchecked, ProblemFacts {
  readonly kind: ProblemKind
}

/**
 * What is not understood: the whole `input`; a `request` of which something is not known here, such as a file; a `syntax` that
 * is wrong; or a text that begins like no request (`no-request`).
 */
export type ProblemKind = 'input' | 'request' | 'syntax' | 'no-request'

/** The kinds of captures. */
export type CaptureKind = 'har' | 'http' | 'curl' | 'curl-trace' | 'dry-run'

/** The content of one file. */
export interface Capture {
  readonly kind: CaptureKind
  readonly requests: readonly CapturedRequest[]
  /** Requests that were not understood. */
  readonly unreadable: readonly Unreadable[]
  /** Requests that were never sent, or never answered, such as those that a browser blocked. */
  readonly notSent: readonly Unchecked[]
}

/** A capture, or one request of it, that is not understood. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly kind: ProblemKind
  readonly facts: ProblemFacts

  constructor(message: string, kind: ProblemKind = 'request', facts: ProblemFacts = {}) {
    super(message)
    this.kind = kind
    this.facts = facts
  }
}

/** The request that was not understood. @throws any error that is not a `CaptureError` */
export function unreadableBy(error: unknown, at: number): Unreadable {
  if (!(error instanceof CaptureError)) throw error
  const { kind, message: reason, facts } = error
  // The reason says what such a request is.
  const received = facts.received ?? (kind === 'request' ? `a request that ${reason}` : undefined)
  return { at, reason, kind, ...facts, received }
}

/** Where a request is that was not understood, and why. @param unit what the numbers of the capture count */
export const problemText = (
  { at, line, reason }: Pick<Unreadable, 'at' | 'line' | 'reason'>,
  unit: 'entry' | 'line',
): string => `${line === undefined ? `${unit} ${at}` : `line ${line}`}: ${reason}`

/** Reads the rest of a request. A `CaptureError` gets the headers that were read before. */
export function withHeaders<T>(headers: CapturedHeaders, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    throw new CaptureError(error.message, error.kind, { ...error.facts, headers })
  }
}

/** Headers by lower-case name. Values of one name are joined, but for the length of the body: the first one counts. */
export function headersByName(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of pairs) {
    const key = name.toLowerCase()
    const before = headers.get(key)
    if (before === undefined) headers.set(key, value)
    else if (key !== 'content-length') headers.set(key, `${before}, ${value}`)
  }
  return Object.fromEntries(headers)
}

/** Characters of a header name. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/

/** The name and value of `Name: value`; undefined when it is not a header. */
export function splitHeader(line: string): readonly [name: string, value: string] | undefined {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(colon, 0))
  return NAME.test(name) ? [name, line.slice(colon + 1).trim()] : undefined
}

/** Encodings of a body that leave it as it is. */
const isPlain = (encoding: string | undefined): boolean => /^(identity)?$/i.test(encoding?.trim() ?? '')

/** @throws CaptureError for headers of a request whose body is compressed */
export function refuseCompressed(headers: CapturedHeaders): void {
  const compression = compressionOf(headers)
  if (compression === undefined) return
  throw new CaptureError(`has a body in ${truncate(compression, 40)}, which is not unpacked`)
}

/** The compression of a body; undefined when it has none. */
export const compressionOf = (headers: CapturedHeaders): string | undefined =>
  isPlain(headers['content-encoding']) ? undefined : headers['content-encoding']
