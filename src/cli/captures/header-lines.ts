/**
 * Headers by themselves, as people paste them: `Name: value` lines, `-H` flags, lines of `curl -v`, entries of a JSON or
 * Python object, and the form of browsers with the value on the next line.
 *
 * @module
 */
import { type CapturedHeaders, headersByName, splitHeader } from './capture.js'
import { LineReader } from './lines.js'

/** A line without what stands around a header: `-H '…' \`, `> …`, quotes, a comma. */
function unwrap(line: string): string {
  const trimmed = line.trim()
  // A line goes on after `\` in a shell, after `^` in the Windows command prompt, after a backtick in PowerShell.
  const text = trimmed
    .replace(/[\\^`]$/, '')
    .replace(/^>\s?/, '')
    .replace(/^(-H|--header)\s*/, '')
    .trim()
  const quoted = /^(["'])(.*)\1,?$/.exec(text)
  // `"Name": "value",` has quotes around both; `'Name: value'` around all.
  const [, , inner = ''] = quoted ?? []
  const pair = /^(["']?)([\w-]+)\1\s*:\s*(["'])(.*)\3,?$/.exec(text)
  if (pair) return `${pair[2]}: ${pair[4]}`
  return quoted ? inner : text
}

/** Reads the headers of a text; lines that hold none are passed over. */
export function readHeaderLines(text: string): CapturedHeaders {
  const reader = new LineReader(text)
  const pairs: (readonly [string, string])[] = []
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    const pair = line.includes(':') ? splitHeader(unwrap(line)) : undefined
    if (!pair) continue
    const [name, value] = pair
    const next = reader.peek() ?? ''
    // A browser copies the name and the value as two lines.
    pairs.push([name, value === '' && !next.includes(':') ? unwrap(next) : value])
  }
  return headersByName(pairs)
}
