/**
 * curl command lines, both directions.
 *
 * @see https://curl.se/docs/manpage.html
 * @module
 */
import { FORM } from '../../core/contract.js'
import { truncate } from '../../core/redact.js'
import {
  type Capture,
  type CapturedRequest,
  CaptureError,
  headersByName,
  splitHeader,
  type Unreadable,
  unreadableBy,
  type WrittenRequest,
  withHeaders,
} from './capture.js'
import { type ShellCommand, splitCommands } from './shell.js'
import { MAX_ARGUMENT_LENGTH, quoteForShell } from './shell-quote.js'

/** Writes a request as a curl command line for a POSIX shell. */
export function writeCurl({ method, url, headers, body }: WrittenRequest): string {
  const lines = [
    `curl --silent --show-error --request ${method} ${quoteForShell(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quoteForShell(`${name}: ${value}`)}`),
  ]
  const data = quoteForShell(body)
  if (data.length <= MAX_ARGUMENT_LENGTH) return [...lines, `--data-raw ${data}`].join(' \\\n  ')
  return `printf %s ${data} | ${[...lines, '--data-binary @-'].join(' \\\n  ')}`
}

/** Long names of flags by their letter. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'user-agent',
  b: 'cookie',
  c: 'cookie-jar',
  d: 'data',
  D: 'dump-header',
  e: 'referer',
  E: 'cert',
  f: 'fail',
  F: 'form',
  g: 'globoff',
  G: 'get',
  H: 'header',
  i: 'include',
  I: 'head',
  j: 'junk-session-cookies',
  k: 'insecure',
  K: 'config',
  L: 'location',
  m: 'max-time',
  N: 'no-buffer',
  o: 'output',
  O: 'remote-name',
  r: 'range',
  s: 'silent',
  S: 'show-error',
  T: 'upload-file',
  u: 'user',
  v: 'verbose',
  w: 'write-out',
  x: 'proxy',
  X: 'request',
  '0': 'http1.0',
  '1': 'tlsv1',
  '2': 'sslv2',
  '4': 'ipv4',
  '6': 'ipv6',
  '#': 'progress-bar',
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Flags with a value: those read below, and others that do not change the path, the signed headers or the body. */
const WITH_VALUE = words(
  'request header data data-raw data-ascii data-binary data-urlencode json url url-query user-agent cookie referer form form-string user cookie-jar dump-header cert key cacert capath max-time connect-timeout retry retry-delay retry-max-time output output-dir write-out proxy proxy-user noproxy resolve connect-to interface limit-rate trace trace-ascii stderr max-redirs proto proto-default ciphers tls13-ciphers tls-max unix-socket range keepalive-time speed-limit speed-time dns-servers aws-sigv4',
)
/** Flags without a value: those read below, and others that do not change the path, the signed headers or the body. */
const WITHOUT_VALUE = words(
  'get head silent show-error verbose include location location-trusted insecure compressed fail fail-with-body fail-early http1.0 http1.1 http2 http2-prior-knowledge http3 globoff no-buffer buffer ipv4 ipv6 progress-bar progress-meter remote-name remote-name-all path-as-is tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 sslv2 sslv3 ssl-no-revoke trace-time trace-ids junk-session-cookies keepalive sessionid alpn npn post301 post302 post303 retry-connrefused retry-all-errors create-dirs remove-on-error styled-output suppress-connect-headers raw tr-encoding disable',
)
/** Flags that make the request depend on a file. */
const FROM_FILE = words('config upload-file')

interface CurlFlag {
  readonly name: string
  readonly value: string
}

/** @throws CaptureError for a flag whose meaning is not known here */
function readFlags(argv: readonly string[]): { flags: CurlFlag[]; urls: string[] } {
  const flags: CurlFlag[] = []
  const urls: string[] = []
  const rest = [...argv].reverse()
  const value = (flag: string): string => {
    const next = rest.pop()
    if (next === undefined) throw new CaptureError(`has ${flag} of curl without its value`)
    return next
  }
  const add = (name: string, written: string, attached?: string): boolean => {
    if (FROM_FILE.has(name)) throw new CaptureError(`reads a file by ${written} of curl`)
    if (WITH_VALUE.has(name)) {
      flags.push({ name, value: attached || value(written) })
      return true
    }
    if (!WITHOUT_VALUE.has(name.replace(/^no-/, '')) && !WITHOUT_VALUE.has(name)) {
      throw new CaptureError(`has ${truncate(written, 40)}, a flag of curl that is not known here`)
    }
    flags.push({ name, value: '' })
    return false
  }
  for (let word = rest.pop(); word !== undefined; word = rest.pop()) {
    if (word.startsWith('--') && word.length > 2) add(word.slice(2), word)
    else if (/^-./.test(word) && word !== '--') {
      // Short flags can be combined, as in `-sd text`; the first that needs a value takes the rest of the word.
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] ?? ''
        if (add(LETTERS[letter] ?? letter, `-${letter}`, word.slice(i + 1))) break
      }
    } else urls.push(word)
  }
  return { flags, urls }
}

/** As curl encodes: a space as `+`, and all but the unreserved characters. */
const encode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')

/** `content`, `=content` or `name=content`. */
function urlencoded(value: string): string {
  const equals = value.indexOf('=')
  const at = value.indexOf('@')
  if (at >= 0 && (equals < 0 || at < equals)) throw new CaptureError('has data from a file (--data-urlencode @)')
  const name = value.slice(0, Math.max(equals, 0))
  return `${name && `${name}=`}${encode(value.slice(equals + 1))}`
}

/** @param input what is piped into the command; undefined when it is not known */
function readData({ name, value }: CurlFlag, input: string | undefined): string {
  if (name === 'data-urlencode') return urlencoded(value)
  if (name === 'data-raw' || !value.startsWith('@')) return value
  if (value !== '@-') throw new CaptureError(`has data from a file (${truncate(value, 60)})`)
  if (input === undefined) throw new CaptureError('has data from standard input (@-)')
  return name === 'data-binary' || name === 'json' ? input : input.replaceAll(/[\r\n]/g, '')
}

const IS_DATA = /^(data|data-raw|data-ascii|data-binary|data-urlencode|json)$/

/** What curl sends as the media type of its data, where no header says another. */
function impliedMediaType(flags: readonly CurlFlag[], data: readonly CurlFlag[]): string | undefined {
  const has = (name: RegExp) => flags.some((flag) => name.test(flag.name))
  if (has(/^get$/)) return undefined
  if (has(/^form(-string)?$/)) return 'multipart/form-data'
  if (has(/^json$/)) return 'application/json'
  return data.length > 0 ? FORM : undefined
}

function readHeaders(flags: readonly CurlFlag[], data: readonly CurlFlag[]): Record<string, string> {
  const given = flags.filter(({ name }) => name === 'header').map(({ value }) => value)
  if (given.some((line) => line.startsWith('@'))) throw new CaptureError('has headers from a file (--header @)')
  const pairs = given.flatMap((line) => {
    // `Name;` is an empty header.
    if (/^[^:]+;$/.test(line)) return [[line.slice(0, -1), ''] as const]
    const pair = splitHeader(line)
    return pair ? [pair] : []
  })
  const headers = headersByName(pairs)
  const mediaType = impliedMediaType(flags, data)
  if (mediaType !== undefined) headers['content-type'] ??= mediaType
  // `Name:` leaves out a header that curl would send.
  const isLeftOut = (name: string) => given.some((line) => line.trim().toLowerCase() === `${name}:`)
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isLeftOut(name)))
}

/** The data of a request: pieces of JSON as they are, others joined by `&`. */
function joinData(data: readonly CurlFlag[], input: string | undefined): string {
  const separator = data.some(({ name }) => name === 'json') ? '' : '&'
  return data.map((flag) => readData(flag, input)).join(separator)
}

function impliedMethod(flags: readonly CurlFlag[], data: readonly CurlFlag[]): string {
  const has = (name: string) => flags.some((flag) => flag.name === name)
  if (has('head')) return 'HEAD'
  const hasBody = data.length > 0 || has('form') || has('form-string')
  return hasBody && !has('get') ? 'POST' : 'GET'
}

/** The requests of one command: one for each URL. */
function readCommand(at: number, argv: readonly string[], input: string | undefined): CapturedRequest[] {
  const { flags, urls } = readFlags(argv)
  const valuesOf = (name: string) => flags.filter((flag) => flag.name === name).map(({ value }) => value)
  const data = flags.filter(({ name }) => IS_DATA.test(name))
  const all = [...urls, ...valuesOf('url')]
  if (all.length === 0) throw new CaptureError('is a curl command without a URL')
  if (argv.some((word) => /^[–—‘’“”]/.test(word))) throw new CaptureError('has typographic quotes or dashes')
  const isGlob = valuesOf('globoff').length === 0 && all.some((written) => /[{}]|\[\w+-/.test(written))
  if (isGlob) throw new CaptureError('has a URL with braces or brackets, which curl expands')
  const headers = readHeaders(flags, data)
  const text = withHeaders(headers, () => joinData(data, input))
  const method = valuesOf('request').at(-1) ?? impliedMethod(flags, data)
  const isInQuery = valuesOf('get').length > 0
  // curl writes such a body with a boundary of its own.
  const isMultipart = flags.some(({ name }) => /^form(-string)?$/.test(name))
  return all.map((written) => {
    const url = /^[a-z]+:\/\//i.test(written) ? written : `http://${written}`
    if (!isInQuery) return { at, method, url, headers, body: isMultipart ? undefined : text }
    const separator = url.includes('?') ? '&' : '?'
    return { at, method, url: text === '' ? url : url + separator + text, headers, body: '' }
  })
}

/** What `printf` or `echo` print; undefined for other commands, and for formats that are not known here. */
function printedBy({ words, problem }: ShellCommand): string | undefined {
  if (problem !== undefined) return undefined
  const [program, first, second] = words
  if (program === 'printf' && first === '%s' && words.length === 3) return second
  if (program === 'printf' && words.length === 2 && !/[%\\]/.test(first ?? '')) return first
  if (program === 'echo' && first === '-n') return words.slice(2).join(' ')
  return program === 'echo' ? `${words.slice(1).join(' ')}\n` : undefined
}

const programOf = (word = ''): string => word.slice(word.lastIndexOf('/') + 1).replace(/\.exe$/, '')

const isCurl = (word: string | undefined): boolean => programOf(word) === 'curl'

/** Programs that run the command behind them; their own arguments come first. */
const RUNNERS = /^(env|exec|nice|nohup|stdbuf|sudo|time|timeout)$/

/** Whether a word is such a program, an option of it, the value of an option, a variable or a time. */
const isOfRunner = (word: string, before = ''): boolean =>
  RUNNERS.test(programOf(word)) || /^(-|\w+=|\d)/.test(word) || (before.startsWith('-') && !isCurl(word))

/** The command without what a terminal or a script has in front: a prompt, variables of its own, a program that runs it. */
function withoutPrefix(all: readonly string[]): readonly string[] {
  const prompt = all.findIndex((word, i) => /[$%#>❯➜~]$/.test(word) && isCurl(all[i + 1]))
  const start = all.findIndex(
    (word) => !/^([$%!{-]|\++|command|builtin|if|then|elif|else|while|until|do|run:|RUN|\w+=.*)$/s.test(word),
  )
  if (prompt >= 0) return all.slice(prompt + 1)
  if (start < 0) return []
  // A list and the history of a shell have numbers.
  if (!RUNNERS.test(programOf(all[start])) && !/^\d/.test(all[start] ?? '')) return all.slice(start)
  const end = all.slice(start).findIndex((word, i) => !isOfRunner(word, all[start + i - 1]))
  return all.slice(isCurl(all[start + end]) ? start + end : start)
}

/** Whether a command that is not understood may run curl. */
const mentionsCurl = (words: readonly string[]): boolean =>
  words.some((word) => /(^|[^\w.-])curl(\.exe)?(\s|$)/.test(word))

/** Programs that do not run what their arguments name, usual functions of scripts that say something, and words of a sentence. */
const SPEAKERS = /^(echo|printf|cat|alias|grep|git|die|log|info|warn|err|error|fail|abort|usage|[A-Z][a-z].*)$/

/** Whether a command that is none of curl itself makes a call with it: it names curl and then a URL. */
function runsCurl(program: string, words: readonly string[]): boolean {
  const named = words.findIndex((word) => mentionsCurl([word]))
  return named >= 0 && !SPEAKERS.test(program) && words.slice(named).some((word) => /https?:\/\//i.test(word))
}

/** Whether the words are a request line of HTTP. */
const isRequestLine = ([method = '', target = '']: readonly string[]): boolean =>
  /^[A-Z]{3,7}$/.test(method) && /^(\/|https?:\/\/)/i.test(target)

const OTHER_CLIENTS = /^(wget|http|https|xh|xhs|curlie)$/

/** Splits the arguments at `--next`, which begins another request. */
function splitAtNext(argv: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  for (const word of argv) {
    if (word === '--next' || word === '-:') parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

/**
 * Reads the curl commands of a text; other commands are passed over.
 *
 * @param firstLine number of its first line
 */
export function readCurl(text: string, firstLine = 1): Capture {
  const requests: CapturedRequest[] = []
  const unreadable: Unreadable[] = []
  let input: string | undefined
  for (const command of splitCommands(text, firstLine)) {
    const { at, isPiped, problem } = command
    const [program = '', ...argv] = withoutPrefix(command.words)
    const name = programOf(program)
    try {
      if (OTHER_CLIENTS.test(name)) throw new CaptureError(`is a command of ${name}, which is not read`)
      if (isRequestLine(command.words))
        throw new CaptureError('is HTTP behind a curl command, which is not read; put ### between them')
      if (problem !== undefined && (isCurl(name) || mentionsCurl(command.words))) throw new CaptureError(problem)
      if (name === 'xargs' && mentionsCurl(argv)) throw new CaptureError('runs curl through xargs, which is not read')
      if (!isCurl(name) && runsCurl(name, command.words)) throw new CaptureError('runs curl in a way that is not read')
      const parts = isCurl(name) ? splitAtNext(argv) : []
      for (const request of parts.flatMap((part) => readCommand(at, part, input))) requests.push(request)
    } catch (error) {
      unreadable.push(unreadableBy(error, at))
    }
    input = isPiped ? printedBy(command) : undefined
  }
  return { kind: 'curl', requests, unreadable, notSent: [] }
}
