/**
 * What can be said of the headers that sign a call without the App Secret: which are there, and whether they look right.
 *
 * It reads what people paste with the readers of `verify-signature`, and prints that command for the rest.
 *
 * @module
 */
import { accepted, security as documented } from '#validators'
import { type CapturedHeaders, headersByName } from '../../../../cli/captures/capture.js'
import { readCurl } from '../../../../cli/captures/curl.js'
import { readHeaderLines } from '../../../../cli/captures/header-lines.js'
import { quoteForShell } from '../../../../cli/captures/shell-quote.js'
import { security, signingHeaders } from '../../../../core/contract.js'
import { isRecord } from '../../../../core/record.js'
import { nearest } from '../../../../core/suggest.js'
import { violationsOf } from '../../../../core/validate.js'
import { explainSignature } from '../../../../mock/signature-diagnosis.js'
import { specTable } from './embedded-table.js'

/** What was found of one header. */
export interface HeaderFinding {
  readonly name: string
  /** What it looks like. */
  readonly facts: readonly string[]
  readonly problems: readonly string[]
}

/** What was found in a pasted text. */
export interface HeaderReport {
  readonly findings: readonly HeaderFinding[]
  /** Why nothing was found. */
  readonly problem: string | undefined
  /** Checks the signature on the user's own machine. */
  readonly command: string | undefined
}

const isSigned = (headers: CapturedHeaders): boolean =>
  signingHeaders.some(({ names }) => names.some((name) => headers[name]))

/** The headers of the first curl command that is signed, and why others cannot be read. */
function readCommands(text: string): { headers: CapturedHeaders | undefined; problem: string | undefined } {
  if (!/(^|[\s|;&(/])curl(\.exe)?\s/.test(text)) return { headers: undefined, problem: undefined }
  const { requests, unreadable } = readCurl(text)
  return { headers: requests.map(({ headers }) => headers).find(isSigned), problem: unreadable[0]?.reason }
}

/** The headers of a JSON object; undefined for any other text. */
function readJson(text: string): CapturedHeaders | undefined {
  try {
    const json: unknown = JSON.parse(text)
    if (!isRecord(json)) return undefined
    return headersByName(Object.entries(json).map(([name, value]) => [name, String(value)] as const))
  } catch {
    return undefined
  }
}

const UNITS: Readonly<Record<number, string>> = {
  10: 'seconds',
  13: 'milliseconds',
  16: 'microseconds',
  19: 'nanoseconds',
}
/** Powers of ten that make milliseconds of a time with this many digits. */
const MILLISECONDS: Readonly<Record<number, number>> = { 10: 1e3, 13: 1, 16: 1e-3, 19: 1e-6 }

const MINUTE_MS = 60_000

function distance(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE_MS)
  if (minutes < 1) return 'less than a minute from the clock of this device'
  const direction = milliseconds < 0 ? 'behind' : 'ahead of'
  const days = Math.round(minutes / 1_440)
  const hours = Math.round(minutes / 60)
  const amounts = [
    { count: days, unit: 'day' },
    { count: hours, unit: 'hour' },
    { count: minutes, unit: 'minute' },
  ]
  const { count, unit } = amounts.find((amount) => amount.count >= 2) ?? { count: minutes, unit: 'minute' }
  return `${count} ${unit}${count === 1 ? '' : 's'} ${direction} the clock of this device`
}

function timeFacts(value: string, now: number): string[] {
  const unit = UNITS[value.length]
  const factor = MILLISECONDS[value.length]
  if (!/^\d+$/.test(value) || unit === undefined || factor === undefined) return ['no time in seconds or milliseconds']
  const time = Number(value) * factor
  return [`${unit} since 1970: ${new Date(time).toISOString()}`, distance(time - now)]
}

const ALPHABETS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^\d+$/, 'digits only'],
  [/^[0-9a-f]+$/, 'lower-case hexadecimal digits'],
  [/^[0-9A-F]+$/, 'upper-case hexadecimal digits'],
  [/^[0-9a-f]+$/i, 'hexadecimal digits of both cases'],
  [/^[A-Za-z0-9+/]+={1,2}$/, 'Base64'],
  [/^[\w-]+$/, 'letters and digits'],
]

function lookOf(value: string): string[] {
  const alphabet = ALPHABETS.find(([pattern]) => pattern.test(value))?.[1] ?? 'characters of several kinds'
  return [`${value.length} ${value.length === 1 ? 'character' : 'characters'}`, alphabet]
}

/** A header that was probably meant. */
function misspelling(headers: CapturedHeaders, name: string): string | undefined {
  const known = new Set(signingHeaders.flatMap(({ names }) => names))
  const plain = (text: string) => text.replaceAll(/[-_]|^x-/gi, '')
  return Object.keys(headers).find((given) => !known.has(given) && nearest(plain(given), [plain(name)]) !== undefined)
}

/** What the contract says of the parts, by part. */
function contractProblems(parts: Readonly<Record<string, string>>): Map<string, string> {
  const problems = new Map<string, string>()
  for (const validate of [documented, accepted]) {
    for (const { field, expected, received } of violationsOf(validate, parts)) {
      if (parts[field] !== undefined) problems.set(field, `must be ${expected}, got ${received}`)
    }
  }
  return problems
}

/** A timestamp in seconds works, but the documentation asks for milliseconds. */
const timeProblem = (value: string): string | undefined =>
  /^\d{10}$/.test(value) ? 'is in seconds, where the documentation has milliseconds' : undefined

function signatureProblem(parts: Readonly<Record<string, string>>, signature: string): string | undefined {
  if (/^[0-9a-f]{40}$/.test(signature)) return undefined
  if (/^[0-9a-f]{40}$/i.test(signature)) return 'has upper-case digits, where the documentation has lower-case ones'
  return explainSignature(parts, signature)
}

function commandOf(parts: Readonly<Record<string, string>>): string {
  const flags = signingHeaders
    .filter(({ part }) => parts[part])
    .map(({ part, name }) => `--${name.toLowerCase()} ${quoteForShell(parts[part] ?? '')}`)
  return [`npx ${specTable.package} verify-signature`, ...flags].join(' \\\n  ')
}

/** @param now milliseconds since 1970 */
export function checkHeaders(text: string, now: number): HeaderReport {
  const commands = readCommands(text)
  const headers = commands.headers ?? readJson(text) ?? readHeaderLines(text)
  if (!isSigned(headers)) {
    const names = signingHeaders.map(({ name }) => name).join(', ')
    const reason = commands.problem ? `The curl command ${commands.problem}.` : `Paste at least one of ${names}.`
    return { findings: [], problem: `No header found. ${reason}`, command: undefined }
  }
  const parts: Record<string, string> = {}
  for (const { part, names } of signingHeaders) {
    const value = names.map((name) => headers[name]).find((one) => one)
    if (value) parts[part] = value
  }
  const problems = contractProblems(parts)
  const findings = signingHeaders.map(({ part, name }): HeaderFinding => {
    const value = parts[part]
    if (value === undefined) {
      const other = misspelling(headers, name)
      return { name, facts: [], problems: [other ? `missing; “${other}” is another name` : 'missing'] }
    }
    const facts = [...lookOf(value), ...(part === 'timestamp' ? timeFacts(value, now) : [])]
    const known = part === security.signature ? signatureProblem(parts, value) : problems.get(part)
    const problem = (part === 'timestamp' && timeProblem(value)) || known
    return { name, facts, problems: problem === undefined ? [] : [problem] }
  })
  return { findings, problem: undefined, command: commandOf(parts) }
}
