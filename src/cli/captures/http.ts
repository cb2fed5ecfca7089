/**
 * Raw HTTP requests: captured bytes, and `.http` files as editors take them, with `###` between the requests.
 *
 * @module
 */
import { violation } from '../../core/error.js'
import { textOf } from '../../mock/request.js'
import { type CapturedRequest, headersOf, TrafficError } from './read.js'

const REQUEST_LINE = /^([A-Z]+) +(\S+)(?: +HTTP\/[\d.]+)? *$/
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/

/** The line in front of a chunk: its length, and what nobody needs. */
const CHUNK = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i

/** A file under way. Characters are bytes, so that a length in bytes can be cut off. */
interface Cursor {
  readonly text: string
  at: number
}

/** The next line without its end; undefined at the end of the file. */
function peek({ text, at }: Cursor): { line: string; next: number } | undefined {
  if (at >= text.length) return undefined
  const end = text.indexOf('\n', at)
  const stop = end < 0 ? text.length : end
  return { line: text.slice(at, stop).replace(/\r$/, ''), next: end < 0 ? stop : end + 1 }
}

const lineNumber = (text: string, at: number) => text.slice(0, at).split('\n').length

/** Past blank lines, separators, comments and variables of editors, and past commands of curl, which are no HTTP. */
function skip(cursor: Cursor): void {
  for (let line = peek(cursor); line; line = peek(cursor)) {
    if (/^(curl|printf) /.test(line.line)) readToSeparator(cursor)
    else if (/^\s*$|^#|^\/\/|^@/.test(line.line)) cursor.at = line.next
    else return
  }
}

function readHeaders(cursor: Cursor): [string, string][] {
  const pairs: [string, string][] = []
  for (let found = peek(cursor); found; found = peek(cursor)) {
    if (found.line.startsWith('###')) break
    cursor.at = found.next
    if (found.line.trim() === '') break
    const [, name, value] = HEADER.exec(found.line) ?? []
    if (name === undefined || value === undefined) {
      throw new TrafficError(`line ${lineNumber(cursor.text, cursor.at - 1)}: must be a header, "Name: value"`)
    }
    pairs.push([name, value])
  }
  return pairs
}

/** A body of chunks; ends after the last one. */
function readChunks(cursor: Cursor): string {
  let body = ''
  for (let found = peek(cursor); found; found = peek(cursor)) {
    const [, digits = ''] = CHUNK.exec(found.line) ?? []
    if (digits === '') {
      throw new TrafficError(`line ${lineNumber(cursor.text, cursor.at)}: must be the length of a chunk, hexadecimal`)
    }
    const size = Number.parseInt(digits, 16)
    body += cursor.text.slice(found.next, found.next + size)
    cursor.at = found.next + size
    if (size === 0) {
      // Headers may follow the last one.
      readHeaders(cursor)
      break
    }
    // The line break behind a chunk.
    const end = peek(cursor)
    if (end?.line === '') cursor.at = end.next
  }
  return body
}

/** A body of no given length goes on to the next separator. Line breaks at its end and before `&` are the editor's. */
function readToSeparator(cursor: Cursor): string {
  const found = /^###/m.exec(cursor.text.slice(cursor.at))
  const end = found ? cursor.at + found.index : cursor.text.length
  const body = cursor.text.slice(cursor.at, end)
  cursor.at = end
  return body.replace(/[\r\n]+$/, '').replaceAll(/\r?\n(?=&)/g, '')
}

function readRequest(cursor: Cursor): CapturedRequest {
  const first = peek(cursor)
  const at = lineNumber(cursor.text, cursor.at)
  const [, method, url] = REQUEST_LINE.exec(first?.line ?? '') ?? []
  if (method === undefined || url === undefined) {
    throw new TrafficError(`line ${at}: must be a request line, "POST /path HTTP/1.1"`)
  }
  cursor.at = first?.next ?? cursor.at
  const headers = headersOf(readHeaders(cursor))
  const length = /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : undefined
  const chunked = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '')
  const start = cursor.at
  const bytes = chunked
    ? readChunks(cursor)
    : length === undefined
      ? readToSeparator(cursor)
      : cursor.text.slice(start, start + length)
  const request = { at, method, url, headers, body: textOf(Buffer.from(bytes, 'latin1')) }
  if (chunked || length === undefined) return request
  cursor.at = start + bytes.length
  if (bytes.length === length) return request
  return {
    ...request,
    violation: violation('Content-Length', 'body-size', `a body of ${length} bytes`, `${bytes.length}`),
  }
}

/**
 * The requests of a file, one after another, told by the number of their first line.
 *
 * @throws TrafficError when it is no HTTP
 */
export function readRawHttp(bytes: Buffer): CapturedRequest[] {
  const cursor: Cursor = { text: bytes.toString('latin1'), at: 0 }
  const requests: CapturedRequest[] = []
  for (skip(cursor); peek(cursor); skip(cursor)) requests.push(readRequest(cursor))
  if (requests.length === 0) throw new TrafficError('must be HAR or raw HTTP. Received no request')
  return requests
}
