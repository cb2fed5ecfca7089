/**
 * HTTP as text, both directions: captured bytes, and `.http` files as editors write them, with `###` between the requests.
 *
 * A body with a length is read byte by byte. A body without one is from an editor: comments, response handlers and
 * assertions are not part of it, and it ends at the next `###` or answer. What only the editor knows is refused: variables
 * of other files, scripts that run before the request, bodies from files.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112 HTTP/1.1
 * @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html JetBrains
 * @see https://github.com/Huachao/vscode-restclient REST Client
 * @module
 */
import { FORM } from '../../core/contract.js'
import { violation } from '../../core/error.js'
import { parseJson } from '../../core/json.js'
import { truncate } from '../../core/redact.js'
import { textOf } from '../../mock/request.js'
import {
  type Capture,
  type CapturedAnswer,
  type CapturedHeaders,
  type CapturedRequest,
  CaptureError,
  compressionOf,
  headersByName,
  refuseCompressed,
  splitHeader,
  type Unreadable,
  unreadableBy,
  type WrittenRequest,
  withHeaders,
} from './capture.js'
import { readCurl } from './curl.js'
import { LineReader } from './lines.js'

/** Writes a request as HTTP/1.1, without the headers of the connection. */
export function writeHttp({ method, url, headers, body }: WrittenRequest, lineBreak = '\r\n'): string {
  const { host, pathname, search } = new URL(url)
  const all = { host, ...headers, 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${pathname}${search} HTTP/1.1`, ...lines, '', body].join(lineBreak)
}

const isSeparator = (line: string): boolean => line.startsWith('###')
/** Between the exchanges that Fiddler saves. */
const isRule = (line: string): boolean => /^-{20,}\s*$/.test(line)
const isComment = (line: string): boolean => /^\s*(#|\/\/)/.test(line)
const isStatusLine = (line: string): boolean => /^HTTP\/\d/.test(line)
const isCurl = (line: string): boolean => /^(\$ )?(curl|printf) /.test(line)
/** A request line with its version, as bytes on a connection have it. */
const isVersionedRequestLine = (line: string): boolean => /^[A-Z]+ \S+ HTTP\/\d/.test(line)

/** Variables can refer to one another, so there are limits: for one value, and for what all of them add to a file. */
const MAX_VALUE_LENGTH = 4_096
const MAX_EXPANSION_LENGTH = 2 ** 20

/** The variables that a file itself sets: `@name = value`. */
class Variables {
  readonly #values = new Map<string, string>()
  #added = 0

  /** Reads a line that sets a variable. @returns false when it does not */
  read(line: string): boolean {
    const [, name, value] = /^@([\w.-]+)\s*=(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return false
    const resolved = this.#resolve(value.trim())
    // A request that uses one without a value is refused.
    if (resolved === undefined || resolved.length > MAX_VALUE_LENGTH) this.#values.delete(name)
    else this.#values.set(name, resolved)
    return true
  }

  #resolve(value: string): string | undefined {
    try {
      return this.substitute(value)
    } catch (error) {
      if (error instanceof CaptureError) return undefined
      throw error
    }
  }

  /** Replaces the variables in a text. @throws CaptureError for one that the file does not set */
  substitute(text: string): string {
    if (!text.includes('{{')) return text
    return text.replaceAll(/\{\{([^{}]*)\}\}/g, (written, name: string) => {
      const value = this.#values.get(name.trim())
      this.#added += value?.length ?? 0
      if (value !== undefined && this.#added <= MAX_EXPANSION_LENGTH) return value
      throw new CaptureError(`uses the variable ${truncate(written, 40)}, which only the editor knows`)
    })
  }
}

/** Skips `{% … %}`, which may end on the same line. */
function skipScript(reader: LineReader): void {
  for (let line = reader.next(); line !== undefined; line = reader.next()) if (line.includes('%}')) return
}

/**
 * Skips a line that an editor runs after the answer: `> {% … %}`, `> script.js`, `>> file`, `<> answer`, `?? assertion`.
 *
 * @returns false when the line is none of them
 */
function skipAfterAnswer(reader: LineReader, line: string): boolean {
  if (/^>\s*\{%/.test(line)) skipScript(reader)
  else if (/^(> |>>|<> |\?\? )/.test(line)) reader.next()
  else return false
  return true
}

/** Lines that only files of Hurl have: the expected status, a section, a body in backticks. */
const IS_HURL = /^(HTTP (\d{3}|\*)|\[[A-Z][A-Za-z]+\]|`.*`)\s*$/

/** @throws CaptureError for a line that makes the request depend on a file or a script */
function refuseInput(line: string): void {
  if (/^<\s*\{%/.test(line)) throw new CaptureError('has a script that runs before the request')
  if (/^<(@\w*)?\s/.test(line)) throw new CaptureError(`has a body from a file (${truncate(line, 60)})`)
  if (/^\{\{(?!.*\}\})/.test(line)) throw new CaptureError('has a script of the editor')
  if (IS_HURL.test(line)) throw new CaptureError('is of Hurl, which is not read')
  if (/^(import|run)\s/.test(line)) throw new CaptureError(`refers to another file (${truncate(line, 60)})`)
}

/** Methods in any case, which editors take. Other words may be commands, such as wget. */
const METHODS = /^(get|head|post|put|patch|delete|options|trace|connect)$/i
/** What editors write in place of a method for calls that are no plain HTTP. */
const OTHER_PROTOCOLS = /^(GRAPHQL|GRPC|WEBSOCKET|SSE|MQTT)$/

/** Said of a line that begins no request, as in a text that is no capture. */
const NO_REQUEST_LINE = 'must be a request line, "POST /path HTTP/1.1"'

/** The request line; a URL may go on over indented lines. */
function readRequestLine(reader: LineReader, variables: Variables): { method: string; url: string } {
  const first = reader.next() ?? ''
  const pieces = [first]
  for (let line = reader.peek(); line !== undefined && /^(\s+\S|[?&])/.test(line); line = reader.peek()) {
    pieces.push(line.trim())
    reader.next()
  }
  const words = variables.substitute(pieces.join('')).trim().split(/\s+/)
  if (/^HTTP\/[\d.]+$/i.test(words.at(-1) ?? '')) words.pop()
  const method = words.length === 2 ? (words[0] ?? '') : 'GET'
  const url = words.length === 2 ? (words[1] ?? '') : (words[0] ?? '')
  const isRelative = /^[/*]/.test(url) && words.length === 2
  const isAbsolute = /^https?:\/\//i.test(url)
  const isMethod = METHODS.test(method) || (/^[A-Z]+$/.test(method) && !OTHER_PROTOCOLS.test(method))
  if (words.length <= 2 && isMethod && (isRelative || isAbsolute)) {
    return { method: method.toUpperCase(), url }
  }
  throw new CaptureError(NO_REQUEST_LINE, 'no-request')
}

function readHeaders(reader: LineReader, variables: Variables): CapturedHeaders {
  const pairs: (readonly [string, string])[] = []
  for (let line = reader.peek(); line !== undefined && !isSeparator(line); line = reader.peek()) {
    const at = reader.line
    reader.next()
    if (line.trim() === '') break
    if (isComment(line) || line.startsWith('?? ')) continue
    const pair = splitHeader(variables.substitute(line))
    if (!pair) throw new CaptureError('must be a header, "Name: value"', 'syntax', { line: at })
    pairs.push(pair)
  }
  return headersByName(pairs)
}

const isChunkLength = (line: string): boolean => /^[0-9a-f]{1,8}\s*(;|$)/i.test(line)

/** A chunked body, up to its last chunk and the headers after it. */
function readChunks(reader: LineReader): string {
  const pieces: string[] = []
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    const at = reader.line
    reader.next()
    const [digits = ''] = line.split(';', 1)
    if (!isChunkLength(line)) {
      throw new CaptureError('must be the length of a chunk, hexadecimal', 'syntax', { line: at })
    }
    const size = Number.parseInt(digits, 16)
    if (size === 0) {
      readHeaders(reader, new Variables())
      return pieces.join('')
    }
    const piece = reader.take(size)
    if (piece.length < size) break
    pieces.push(piece)
    if (reader.peek() === '') reader.next()
  }
  throw new CaptureError('has a body in chunks that is cut off')
}

/** A field as JetBrains sends it, which drops the spaces around name, `=` and value. */
function trimField(field: string): string {
  const equals = field.indexOf('=')
  return equals < 0 ? field.trim() : `${field.slice(0, equals).trim()}=${field.slice(equals + 1).trim()}`
}

/**
 * The lines of a form body as one text. Editors let each field have a line: REST Client with `&` in front of the next one,
 * JetBrains with `&` at its end.
 */
function joinFormLines(lines: readonly string[]): string {
  const endsWithAmpersand = (line: string) => line.trimEnd().endsWith('&')
  if (lines.some(endsWithAmpersand))
    return lines
      .flatMap((line) => line.split('&'))
      .map(trimField)
      .filter(Boolean)
      .join('&')
  const pieces: string[] = []
  for (const line of lines) {
    const startsField = line.trimStart().startsWith('&')
    if (!startsField && pieces.length > 0) pieces.push('\n')
    pieces.push(startsField ? line.trimStart() : line)
  }
  return pieces.join('')
}

/** @throws CaptureError for what some editors send as it is, and others change */
function refuseAmbiguous(form: string): void {
  if (/(^|&)[^=&\s]+[ \t]+=/.test(form)) {
    throw new CaptureError('has a space in front of "=", which some editors send and others drop')
  }
  if (/%(?![0-9a-f]{2})/i.test(form)) {
    throw new CaptureError('has a "%" that is not an escape, which some editors encode and others send')
  }
}

/** A body without a length, up to the next separator or answer. */
function readEditorBody(reader: LineReader, variables: Variables, mediaType: string): string {
  const lines: string[] = []
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    if (isSeparator(line) || isRule(line) || isStatusLine(line) || isVersionedRequestLine(line)) break
    refuseInput(line)
    if (skipAfterAnswer(reader, line)) continue
    reader.next()
    if (!isComment(line)) lines.push(line)
  }
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  const isForm = mediaType.toLowerCase().startsWith(FORM)
  const body = variables.substitute(isForm ? joinFormLines(lines) : lines.join('\n'))
  if (isForm) refuseAmbiguous(body)
  return body
}

interface Length {
  readonly isChunked: boolean
  /** From `Content-Length`; undefined without one. */
  readonly bytes: number | undefined
}

function lengthOf(headers: CapturedHeaders): Length {
  const length = headers['content-length'] ?? ''
  return {
    isChunked: /\bchunked\b/i.test(headers['transfer-encoding'] ?? ''),
    bytes: /^\d+$/.test(length) ? Number(length) : undefined,
  }
}

const decode = (bytes: string): string => textOf(Buffer.from(bytes, 'latin1'))

/** Skips `100 Continue`, which a server may send in front of the body. */
function skipInterim(reader: LineReader): void {
  if (!/^HTTP\/[\d.]+ 1\d\d/.test(reader.peek() ?? '')) return
  reader.next()
  readHeaders(reader, new Variables())
}

/** An answer after its request; undefined where none follows. */
function readAnswer(reader: LineReader): CapturedAnswer | undefined {
  let line = reader.peek()
  while (line?.trim() === '') {
    reader.next()
    line = reader.peek()
  }
  if (line === undefined || !isStatusLine(line)) return undefined
  reader.next()
  const status = Number(line.split(' ')[1])
  const headers = readHeaders(reader, new Variables())
  // 100 Continue comes in front of the answer.
  if (status < 200) return readAnswer(reader)
  const body = readAnswerBody(reader, headers)
  return { status, body: compressionOf(headers) === undefined ? body : undefined }
}

/** What may stand behind the last byte of an answer: nothing, a line break that does not go on with JSON, another message. */
const END_OF_ANSWER = /$|\r?\n(?![ \t]*["{}[\]])|(?<![A-Z])[A-Z]+ \S{1,2000} HTTP\/\d|HTTP\/\d|###|-{20}/y

/**
 * The body of an answer. Programs that print an answer in a form of their own leave its headers as they were: then the text is
 * taken when it is JSON, and else is unknown.
 */
function readAnswerBody(reader: LineReader, headers: CapturedHeaders): string | undefined {
  const { isChunked, bytes } = lengthOf(headers)
  if (isChunked && isChunkLength(reader.peek() ?? '')) return readAnswerChunks(reader)
  if (!isChunked && bytes !== undefined && reader.isFollowedBy(bytes, END_OF_ANSWER)) return decode(reader.take(bytes))
  const text = readAnswerText(reader)
  if (!isChunked && bytes === undefined) return text
  return parseJson(text) === undefined ? undefined : text
}

/** An answer in chunks; undefined when the end of the text cuts it off. */
function readAnswerChunks(reader: LineReader): string | undefined {
  try {
    return decode(readChunks(reader))
  } catch (error) {
    if (error instanceof CaptureError && reader.peek() === undefined) return undefined
    throw error
  }
}

/** The lines up to the next message. */
function readAnswerText(reader: LineReader): string {
  const lines: string[] = []
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    if (isSeparator(line) || isRule(line) || isVersionedRequestLine(line)) break
    // HTTPie writes it behind an answer.
    if (!line.startsWith('Elapsed time: ')) lines.push(line)
    reader.next()
  }
  return decode(lines.join('\n').trimEnd())
}

function readRequest(reader: LineReader, variables: Variables): CapturedRequest {
  const at = reader.line
  const { method, url } = readRequestLine(reader, variables)
  const headers = readHeaders(reader, variables)
  const rest = withHeaders(headers, () => readBodyAndAnswer(reader, headers, variables))
  return { at, method, url, headers, ...rest }
}

function readBodyAndAnswer(
  reader: LineReader,
  headers: CapturedHeaders,
  variables: Variables,
): Pick<CapturedRequest, 'body' | 'violation' | 'answer'> {
  refuseCompressed(headers)
  skipInterim(reader)
  const { isChunked, bytes } = lengthOf(headers)
  const next = reader.peek() ?? ''
  if (bytes && (isStatusLine(next) || isSeparator(next) || isVersionedRequestLine(next))) {
    throw new CaptureError(`has none of the ${bytes} bytes of its body`)
  }
  let body: string
  if (isChunked) body = readChunks(reader)
  else if (bytes === undefined) body = readEditorBody(reader, variables, headers['content-type'] ?? '')
  else body = reader.take(bytes)
  const isShort = !isChunked && bytes !== undefined && body.length < bytes
  if (bytes !== undefined && isShort && body.trim() === '')
    throw new CaptureError(`has none of the ${bytes} bytes of its body`)
  const short = isShort
    ? violation('Content-Length', 'body-size', `a body of ${bytes} bytes`, String(body.length))
    : undefined
  return { body: decode(body), violation: short, answer: readAnswer(reader) }
}

/** Skips to the next separator. */
function skipToSeparator(reader: LineReader): string[] {
  const lines: string[] = []
  for (let line = reader.peek(); line !== undefined && !isSeparator(line); line = reader.peek()) {
    lines.push(line)
    reader.next()
  }
  return lines
}

/** The curl commands between two separators, as REST Client takes them. */
function readCurlBlock(reader: LineReader): Pick<Capture, 'requests' | 'unreadable'> {
  const firstLine = reader.line
  const text = skipToSeparator(reader).join('\n')
  return readCurl(decode(text), firstLine)
}

/** Reads a line between requests: blank, comment, separator or variable. @returns false when it is none of them */
function skipBetween(reader: LineReader, line: string, variables: Variables): boolean {
  if (skipAfterAnswer(reader, line)) return true
  if (line.trim() !== '' && !isComment(line) && !isRule(line) && !variables.read(line)) return false
  reader.next()
  return true
}

/**
 * Reads the requests of a file, with their answers where these follow. A request is known by the number of its first line.
 *
 * `send --dry-run` writes each request twice, under `### HTTP` and then under `### curl`; the second is skipped.
 */
export function readHttp(bytes: Buffer): Capture {
  // One character per byte, so that a length in bytes can be taken.
  const reader = new LineReader(bytes.toString('latin1'))
  const variables = new Variables()
  const requests: CapturedRequest[] = []
  const unreadable: Unreadable[] = []
  let title = ''
  let titleBefore = ''
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    if (isSeparator(line)) {
      titleBefore = title
      title = line
    }
    const at = reader.line
    try {
      if (isStatusLine(line))
        throw new CaptureError('is an answer without its request', 'syntax', {
          received: 'an answer without its request',
        })
      refuseInput(line)
      if (skipBetween(reader, line, variables)) continue
      if (!isCurl(line)) requests.push(readRequest(reader, variables))
      else if (titleBefore === '### HTTP' && title === '### curl' && requests.length > 0) skipToSeparator(reader)
      else {
        const block = readCurlBlock(reader)
        for (const request of block.requests) requests.push(request)
        for (const one of block.unreadable) unreadable.push(one)
      }
    } catch (error) {
      unreadable.push(unreadableBy(error, at))
      skipToSeparator(reader)
    }
  }
  return { kind: 'http', requests, unreadable, notSent: [] }
}
