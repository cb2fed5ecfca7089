/**
 * What `curl -v` prints: the headers of request and answer, and the body of the answer where it went to the same place.
 *
 * The body of the request is not part of it. Where the command itself precedes its output, as in a terminal, the body is taken
 * from the command.
 *
 * @see https://everything.curl.dev/usingcurl/verbose/
 * @module
 */
import { parseJson } from '../../core/json.js'
import {
  type Capture,
  type CapturedRequest,
  CaptureError,
  compressionOf,
  headersByName,
  splitHeader,
  type Unreadable,
  unreadableBy,
} from './capture.js'
import { readCurl } from './curl.js'
import { LineReader } from './lines.js'

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/[\d.]+$/
const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})/
const isCommand = (line: string): boolean => /^(?![{"<*])(.{0,80}[$%#>❯➜~+] )?curl /.test(line)
const isHttp = (line: string): boolean => /^[A-Z]{3,7} (\/\S* HTTP\/|https?:\/\/)/.test(line)

/** The numbers of a progress meter, which is written without a line break. */
const PROGRESS = /^\r? *\d[ \d.kMGT]*( +(--|\d+):(--|\d\d):(--|\d\d)){3} +[\d.]+[kMGT]?/

/** A line without what is written in front of it: a progress meter, or the time of `--trace-time`. */
const withoutPrefix = (line: string): string =>
  line
    .slice(0, 120)
    .replace(PROGRESS, '')
    .replace(/^\d\d:\d\d:\d\d\.\d+ /, '') + line.slice(120)

/** Lines of curl about the connection, its progress and sizes. */
const isInfo = (line: string): boolean =>
  line.length < 200 && /^(\*|[{}] \[|\[\d+ bytes data\]| {2}% Total| +Dload|[ \d]+ .*--:--)/.test(line)

/** Whether a text is what `curl -v` prints. */
export const isCurlTrace = (text: string): boolean => /^(?:[\d:.]+ )?> [A-Z]+ \S+ HTTP\/[\d.]+\s*$/m.test(text)

/** A call that is being read. */
interface TracedCall {
  readonly at: number
  readonly method: string
  readonly url: string
  readonly body: string | undefined
  readonly headers: (readonly [string, string])[]
  status: number
  answerHeaders: (readonly [string, string])[]
  answerLines: string[]
}

/** The body of the answer; undefined when it went elsewhere, or only a part of it is here. */
function answerBody({ answerHeaders, answerLines }: TracedCall): string | undefined {
  const headers = headersByName(answerHeaders)
  const text = answerLines.join('\n').trim()
  if (text === '' || compressionOf(headers) !== undefined) return undefined
  const length = Number(headers['content-length'])
  if (Number.isNaN(length)) return parseJson(text) === undefined ? undefined : text
  const bytes = Buffer.from(text)
  // A body ends without a line break, so that a line about the connection may follow it at once.
  const isWhole = bytes.length === length || bytes.subarray(length, length + 2).toString() === '* '
  return isWhole ? bytes.subarray(0, length).toString() : undefined
}

function finish(call: TracedCall): CapturedRequest {
  const { at, method, url, status } = call
  const headers = headersByName(call.headers)
  const answer = status > 0 ? { status, body: answerBody(call) } : undefined
  const length = headers['content-length']
  // A body of a different length belongs to a command that did not send this request.
  const isOther = call.body !== undefined && length !== undefined && Number(length) !== Buffer.byteLength(call.body)
  const body = isOther ? undefined : (call.body ?? (length === '0' ? '' : undefined))
  return { at, method, url, body, headers, answer }
}

/** A command that goes on over lines that end with a backslash. */
function readCommand(reader: LineReader): string {
  const lines: string[] = []
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    lines.push(line)
    if (!line.endsWith('\\')) break
  }
  return lines.join('\n')
}

/** Reads what `curl -v` printed, for any number of calls. */
export function readCurlTrace(text: string): Capture {
  const reader = new LineReader(text)
  const calls: TracedCall[] = []
  const unreadable: Unreadable[] = []
  let call: TracedCall | undefined
  const untraced: CapturedRequest[] = []
  let command: Pick<Capture, 'requests' | 'unreadable'> = { requests: [], unreadable: [] }
  const endCommand = () => {
    for (const request of command.requests) untraced.push(request)
    for (const one of command.unreadable) unreadable.push(one)
    command = { requests: [], unreadable: [] }
  }
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    const at = reader.line
    if (isCommand(line)) {
      endCommand()
      command = readCurl(readCommand(reader), at)
      call = undefined
      continue
    }
    reader.next()
    const plain = withoutPrefix(line)
    const sent = /^> ?/.test(plain) ? plain.replace(/^> ?/, '').trim() : undefined
    const received = /^< ?/.test(plain) ? plain.replace(/^< ?/, '').trim() : undefined
    const [, method, url] = REQUEST_LINE.exec(sent ?? '') ?? []
    const [, status] = STATUS_LINE.exec(received ?? '') ?? []
    if (method !== undefined && url !== undefined) {
      // A command that is not understood leaves the body unknown; the trace itself is read all the same.
      const [sender, ...others] = command.requests
      command = { requests: others, unreadable: [] }
      call = { at, method, url, body: sender?.body, headers: [], status: 0, answerHeaders: [], answerLines: [] }
      calls.push(call)
    } else if (status !== undefined && call) {
      call.status = Number(status) < 200 ? 0 : Number(status)
      call.answerHeaders = []
    } else if (sent !== undefined) {
      const pair = splitHeader(sent)
      if (pair) call?.headers.push(pair)
    } else if (received !== undefined) {
      const pair = splitHeader(received)
      if (pair) call?.answerHeaders.push(pair)
    } else if (isHttp(plain)) {
      const error = new CaptureError('is HTTP behind the output of curl -v, which is not read')
      unreadable.push(unreadableBy(error, at))
    } else if (call && call.status > 0 && !isInfo(plain)) call.answerLines.push(plain)
  }
  endCommand()
  const requests = [...calls.map(finish), ...untraced].toSorted((a, b) => a.at - b.at)
  return { kind: 'curl-trace', requests, unreadable, notSent: [] }
}
