/**
 * The headers that sign a call: of the requests of a capture, or by themselves, however a text has them.
 *
 * A placeholder or a variable is no value: its call is reported as not verified.
 *
 * @module
 */
import { signingHeaders } from '../../core/contract.js'
import { parseJson } from '../../core/json.js'
import {
  type Capture,
  type CapturedHeaders,
  CaptureError,
  headersByName,
  type Unreadable,
  unreadableBy,
} from './capture.js'
import { hasSignedHeader, readHeaderLines, SIGNED } from './header-lines.js'
import { isJson, readCapture, readHeaderObject, refuseBinary, withoutBom } from './read.js'

/** The headers of one call, and where it is. */
export interface SignedCall {
  /** Undefined where the headers stand by themselves. */
  readonly at: number | undefined
  readonly headers: CapturedHeaders
}

/** The signed calls of an input, and what of it was not understood. */
export interface SignedCalls {
  readonly calls: readonly SignedCall[]
  readonly unreadable: readonly Unreadable[]
  /** What their numbers count. */
  readonly unit: 'entry' | 'line'
  /** What the input is, where neither was found and that is known. */
  readonly received?: string | undefined
}

/** Such a name, what languages write between it and its value, and the value, with its quotes and what follows. */
const SIGNED_PAIR = new RegExp(
  `(?:(?<![\\w-])|(?<=\\\\n))(${[...SIGNED].map((name) => name.replaceAll(/\W/g, '\\$&')).join('|')})(["']?)\\s{0,4}(?:[:,\\t]|=>?)\\s{0,4}(?:["']?value["']?\\s{0,4}:\\s{0,4})?\\[?b?(["']?)([^\\s"',;(){}[\\]\\\\]+|\\{\\{)(\\(?)`,
  'gi',
)

/** A placeholder or a variable, which stands for a value. */
const isPlaceholder = (value: string): boolean => /^[$%<]|\{\{|\$\{|\$\(/.test(value)

/** The headers that sign, wherever they are in a text: several on a line, in a table, in the code of a program. */
function scanHeaders(text: string): { headers: CapturedHeaders; unknown: Unreadable[]; unknownNames: string[] } {
  const pairs: [string, string][] = []
  const unknown: Unreadable[] = []
  const unknownNames: string[] = []
  for (const { 1: name = '', 2: nameQuote, 3: quote, 4: value = '', 5: call, index } of text.matchAll(SIGNED_PAIR)) {
    const isExpression = quote === '' && (call === '(' || (nameQuote !== '' && !/^\d/.test(value)))
    if (!isPlaceholder(value) && !isExpression && !isNamedLike(name, value)) {
      pairs.push([name, value.replace(/\^$/, '')])
      continue
    }
    unknownNames.push(name.toLowerCase())
    if (unknown.length > 0) continue
    const at = text.slice(0, index).split('\n').length
    unknown.push(unreadableBy(new CaptureError(`has no value of ${name} that can be read`), at))
  }
  return { headers: headersByName(pairs), unknown, unknownNames }
}

/** Whether a value is the variable of the same name in the code of a program. */
const isNamedLike = (name: string, value: string): boolean =>
  name.replaceAll(/\W/g, '').toLowerCase() === value.replaceAll(/\W|_/g, '').toLowerCase()

const signedNames = (headers: CapturedHeaders): string[] => Object.keys(headers).filter((name) => SIGNED.has(name))

/** The headers of a text that is no capture, in the way that finds the most of them, without values that stand for others. */
function readLooseHeaders(text: string): SignedCalls {
  const scanned = scanHeaders(text)
  const found = [isJson(text) ? readHeaderObject(parseJson(text)) : {}, readHeaderLines(text)].map((headers) =>
    Object.fromEntries(
      Object.entries(headers).filter(([name, value]) => !isPlaceholder(value) && !isNamedLike(name, value)),
    ),
  )
  // The first of those that have the most of them.
  const [headers = {}] = [...found, scanned.headers].toSorted((a, b) => signedNames(b).length - signedNames(a).length)
  if (scanned.unknownNames.some((name) => headers[name] === undefined))
    return { calls: [], unreadable: scanned.unknown, unit: 'line' }
  return { calls: hasSignedHeader(headers) ? [{ at: undefined, headers }] : [], unreadable: [], unit: 'line' }
}

/** Headers by themselves. Blocks of lines that repeat a name are of several calls. */
function readLoose(text: string): SignedCalls {
  let line = 1
  const blocks = text.split(/^(?=[ \t]*\r?\n)/m).map((block) => {
    const first = line
    line += block.split('\n').length - 1
    const names = signedNames(readHeaderLines(block))
    return { block, first, at: first + (/^[ \t]*\r?\n/.test(block) ? 1 : 0), names }
  })
  const names = blocks.flatMap((one) => one.names)
  if (new Set(names).size === names.length) return readLooseHeaders(text)
  const most = blocks.reduce((max, one) => Math.max(max, one.names.length), 0)
  const found = blocks
    .filter((one) => one.names.length === most)
    .map(({ block, first, at }) => {
      const { calls, unreadable } = readLooseHeaders(block)
      return {
        calls: calls.map(({ headers }) => ({ at, headers })),
        unreadable: unreadable.map((one) => ({ ...one, at: one.at + first - 1 })),
      }
    })
  return {
    calls: found.flatMap(({ calls }) => calls),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    unit: 'line',
  }
}

/** Whether all headers that sign are there. */
const isComplete = (headers: CapturedHeaders): boolean =>
  signingHeaders.every(({ names }) => names.some((name) => headers[name] !== undefined))

/** The calls of an input with a header that signs, or such headers by themselves; empty where there are none. */
export function readSignedCalls(given: Buffer): SignedCalls {
  const capture = capturedCalls(given)
  const unit = capture.kind === 'har' ? 'entry' : 'line'
  const unknown = capture.unreadable.filter(({ headers, kind }) => !headers && kind !== 'no-request')
  const known = [
    ...capture.requests,
    ...capture.unreadable.flatMap(({ at, headers }) => (headers ? [{ at, headers }] : [])),
  ]
  const calls = known.filter(({ headers }) => hasSignedHeader(headers)).toSorted((a, b) => a.at - b.at)
  if (calls.length > 0) return { calls, unreadable: unknown, unit }
  const bytes = withoutBom(given)
  refuseBinary(bytes)
  const loose = readLoose(bytes.toString())
  const isFound = loose.calls.length + loose.unreadable.length > 0
  if (!isFound) return { ...loose, received: capture.received ?? capture.unreadable[0]?.received }
  if (unknown.length === 0) return loose
  // A request of which only the headers are understood is enough, when they are all there.
  const [only] = loose.calls
  const isEnough = unknown.length === 1 && loose.calls.length === 1 && only && isComplete(only.headers)
  return isEnough ? loose : { calls: [], unreadable: unknown, unit }
}

/** What cannot be read as a capture may still be headers by themselves. */
function capturedCalls(
  bytes: Buffer,
): Pick<Capture, 'requests' | 'unreadable'> & { kind?: Capture['kind']; received?: string | undefined } {
  try {
    return readCapture(bytes)
  } catch (error) {
    if (error instanceof CaptureError) return { requests: [], unreadable: [], received: error.facts.received }
    throw error
  }
}
