/**
 * Headers by themselves, as people paste them: `Name: value` lines, `-H` flags, lines of `curl -v`, entries of a JSON or
 * Python object, and the form of browsers with the value on the next line.
 *
 * @module
 */
import { signingHeaders } from '../../core/contract.js'
import { type CapturedHeaders, headersByName, splitHeader } from './capture.js'
import { LineReader } from './lines.js'

/** Names of the headers that sign, in lower case. */
export const SIGNED: ReadonlySet<string> = new Set(signingHeaders.flatMap(({ names }) => names))

/** Whether one of the headers signs the call. */
export const hasSignedHeader = (headers: CapturedHeaders): boolean =>
  Object.keys(headers).some((name) => SIGNED.has(name))

/** A header and, where its value stands in quotes of its own, that value. */
interface HeaderLine {
  readonly name: string
  readonly value: string
  /** Undefined where the value has no quotes, or they are known to be no part of it. */
  readonly unquoted: string | undefined
  /** Whether the line is one of an object: its value is in quotes, and the name too or a comma behind it. */
  readonly isOfObject: boolean
}

/** A line without what stands around a header: `-H '…' \`, `> …`, quotes, a comma, `\r\n` as four characters. */
function unwrap(line: string): string {
  // A line goes on after `\` in a shell, after `^` in the Windows command prompt, after a backtick in PowerShell.
  return line
    .trim()
    .replaceAll('^"', '"')
    .replace(/(\\r)?\\n$/, '')
    .replace(/[\\^`]$/, '')
    .replace(/^>\s?/, '')
    .replace(/^(-H|--header)\s*/, '')
    .trim()
}

/** `'Name: value'` without its quotes. */
const unquote = (text: string): string => /^(["'])(.*)\1,?$/.exec(text)?.[2] ?? text

function readLine(line: string): HeaderLine | undefined {
  const text = unwrap(line)
  const [, quote, name, , unquoted, comma] = /^(["']?)([\w-]+)\1\s*:\s*(["'])(.*)\3(,?)$/.exec(text) ?? []
  if (name !== undefined && unquoted !== undefined) {
    const isOfObject = quote !== '' || comma !== ''
    const value = isOfObject ? unquoted : splitHeader(text)?.[1]
    return { name, value: value ?? '', unquoted: isOfObject ? undefined : unquoted, isOfObject }
  }
  const [other, value = ''] = splitHeader(unquote(text)) ?? []
  return other === undefined ? undefined : { name: other, value, unquoted: undefined, isOfObject: false }
}

/** Reads the headers of a text; lines that hold none are passed over. */
export function readHeaderLines(text: string): CapturedHeaders {
  const reader = new LineReader(text)
  const lines: HeaderLine[] = []
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    const header = line.includes(':') ? readLine(line) : undefined
    if (!header) continue
    const next = reader.peek() ?? ''
    // A browser copies the name and the value as two lines.
    const isOnNextLine = header.value === '' && header.unquoted === undefined && !next.includes(':')
    lines.push(isOnNextLine ? { ...header, value: unquote(unwrap(next)) } : header)
  }
  // Around one value of several, quotes were sent with it. Around each, or in an object, they are how the text is written.
  const areNotation =
    lines.some(({ isOfObject }) => isOfObject) ||
    (lines.length > 1 && lines.every(({ unquoted }) => unquoted !== undefined))
  return headersByName(lines.map(({ name, value, unquoted }) => [name, areNotation ? (unquoted ?? value) : value]))
}
