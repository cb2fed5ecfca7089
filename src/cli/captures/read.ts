/**
 * Reads a capture of any kind. Binary data and unsupported kinds of text are refused with an error that names them.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { parseJson } from '../../core/json.js'
import { isObject } from '../../core/record.js'
import { type Capture, type CapturedHeaders, CaptureError, headersByName } from './capture.js'
import { readCurl } from './curl.js'
import { isCurlDump, readCurlDump } from './curl-dump.js'
import { isCurlTrace, readCurlTrace } from './curl-trace.js'
import { readHar } from './har.js'
import { hasSignedHeader, readHeaderLines } from './header-lines.js'
import { readHttp } from './http.js'
import { LineReader } from './lines.js'

const KINDS = 'HAR, HTTP, curl commands or the output of curl -v or --trace'

const HEADERS_ALONE = 'headers without a request, which verify-signature reads'

/** An input that is no capture. @param received what it is instead */
const inputError = (received: string, expected = KINDS): CaptureError =>
  new CaptureError(`must be ${expected}. Received ${received}`, 'input', { received })

/** The first bytes of files that are no text. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x1f, 0x8b], 'gzip; unpack it first'],
  [[0x50, 0x4b, 3, 4], 'a zip archive; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd; unpack it first'],
  [[0xff, 0xfe], 'UTF-16; save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16; save it as UTF-8'],
  [[0xd4, 0xc3, 0xb2, 0xa1], 'a pcap file; save the stream as text'],
  [[0xa1, 0xb2, 0xc3, 0xd4], 'a pcap file; save the stream as text'],
  [[0x0a, 0x0d, 0x0d, 0x0a], 'a pcapng file; save the stream as text'],
]

/** @throws CaptureError for bytes that are no text */
export function refuseBinary(bytes: Buffer): void {
  const found = SIGNATURES.find(([start]) => start.every((byte, i) => bytes[i] === byte))
  if (found) throw inputError(found[1])
  const zeros = bytes.subarray(0, 200).filter((byte) => byte === 0).length
  if (zeros > 20) throw inputError('UTF-16 or other bytes; save it as UTF-8')
}

/** Kinds of text that are known and not read, by how they begin. */
const REFUSED: readonly (readonly [start: RegExp, name: string])[] = [
  [/^<(\?xml|!doctype|html|items|[a-z]+>)/i, 'XML or HTML'],
  [/^((const|let|var) \w+ = )?(await )?fetch\(/, 'a call of fetch; copy it as HAR or as curl'],
  [/^(const|let|var) \w+ = |^(from \w+ )?import \w+$/, 'the code of a program; copy the request as HAR or as curl'],
  [/^---request begin---$/m, 'the debug output of wget; send the request with curl -v'],
  [/^send: b['"]/m, "the debug output of Python's http.client; send the request with curl -v"],
  [/^--> [A-Z]+ https?:/, 'the log of OkHttp; record the call as HAR'],
  [/^\S+ \S+ \S+ \[[^\]]+\] "[A-Z]+ /, 'an access log, which has neither headers nor bodies'],
  [
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\S+:\d+:) [A-Z]+ https?:/,
    'the text of mitmproxy; export the flow as HAR or as curl',
  ],
  [/^[A-Z]+ \S+(: \{| undefined)$/, "the text of Postman's console; copy the request as curl"],
  [/^(\$\w+ = (@\{|New-Object)|Invoke-(WebRequest|RestMethod)|iwr |irm )/i, 'PowerShell; copy it as HAR or as curl'],
  [/^curl(\.exe)? .*\^\s*$/m, 'a curl command for the Windows command prompt; copy it for bash'],
  [/^curl(\.exe)? .*\^"/, 'a curl command for the Windows command prompt; copy it for bash'],
]

/** A command of another HTTP client. */
const OTHER_CLIENT = /^(\$ )?(wget|https?|xhs?) ([-'"]|[A-Z]+ |:|https?:)/

/** How a file of requests begins: a request line, a URL, a variable or a script of an editor. */
const isHttpStart = (line: string): boolean => /^([A-Z]+\s+\S|https?:\/\/|@[\w.-]+\s*=|<\s*\{%|\{\{|HTTP\/)/.test(line)

/** Whether a text has a curl command. */
const hasCurlCommand = (text: string): boolean => /(^|[\s|;&(/])curl(\.exe)?\s/.test(text)

/** The first line that says something. */
function firstLine(text: string): string {
  const reader = new LineReader(text)
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (line.trim() !== '' && !/^\s*(#(?!!)|\/\/)/.test(line)) return line.trim()
  }
  return ''
}

/** What `send --dry-run --json` prints. */
function readDryRun(json: unknown): Capture | undefined {
  const request = isObject(json) ? json['request'] : undefined
  if (!isObject(request)) return undefined
  const { method, url, headers, body } = request
  if (typeof method !== 'string' || typeof url !== 'string' || typeof body !== 'string') return undefined
  const one = { at: 1, method, url, headers: readHeaderObject(headers), body }
  return { kind: 'dry-run', requests: [one], unreadable: [], notSent: [] }
}

export function readHeaderObject(value: unknown): CapturedHeaders {
  const entries = isObject(value) ? Object.entries(value) : []
  return headersByName(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function readJson(text: string): Capture {
  const json = parseJson(text)
  if (json === undefined) {
    throw inputError('JSON that cannot be parsed, or one value on each line')
  }
  const capture = readHar(json) ?? readDryRun(json)
  if (capture) return capture
  if (hasSignedHeader(readHeaderObject(json))) throw inputError(HEADERS_ALONE)
  throw inputError('other JSON', 'HAR, with "log.entries"')
}

export const isJson = (text: string): boolean => /^\s*(\{(?!\{)|\[)/.test(text)

export const withoutBom = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/**
 * Reads a capture.
 *
 * @throws CaptureError when it is not a capture; the message says what it is instead
 */
export function readCapture(given: Buffer): Capture {
  const bytes = withoutBom(given)
  refuseBinary(bytes)
  const text = bytes.toString()
  if (isJson(text)) return readJson(text)
  const line = firstLine(text)
  const refused = REFUSED.find(([start]) => start.test(line) || (start.multiline && start.test(text.slice(0, 4_096))))
  if (refused) throw inputError(refused[1])
  if (OTHER_CLIENT.test(line) && !hasCurlCommand(text)) {
    throw inputError('a command of another client; send the request with curl')
  }
  const capture = readText(bytes, text, line)
  const { requests, unreadable } = capture
  const startsWithHeader = Object.keys(readHeaderLines(line)).length > 0
  if (requests.length === 0 && startsWithHeader && hasSignedHeader(readHeaderLines(text)))
    throw inputError(HEADERS_ALONE)
  if (requests.length + unreadable.length > 0) return capture
  throw inputError('no request')
}

function readText(bytes: Buffer, text: string, line: string): Capture {
  // With separators it is a file of an editor, which may have curl commands between them.
  if (isHttpStart(line) || /^###/m.test(text)) return readHttp(bytes)
  if (isCurlDump(line)) return readCurlDump(text)
  if (isCurlTrace(text)) return readCurlTrace(text)
  return hasCurlCommand(text) && isUtf8(bytes) ? readCurl(text) : readHttp(bytes)
}
