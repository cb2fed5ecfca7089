/**
 * The spec's code samples as templates: their own fields are taken out, so that the playground can write those of the form.
 *
 * @module
 */
import type { ApiOperation, CodeSample } from '../content/operations.js'

/** Stand in a line of their own where the lines of a call go. */
export const FIELDS_MARK = '\u0001'
export const HEADERS_MARK = '\u0002'

/** A program with marks in place of its fields and of the headers that a user may add. */
export interface SampleTemplate {
  readonly label: string
  readonly lang: string
  readonly source: string
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? ''

const quotes = (line: string, name: string): boolean => line.includes(`"${name}"`) || line.includes(`'${name}'`)

/** Index of the first line behind `start` that is indented less than it. */
function endOfBlock(lines: readonly string[], start: number): number {
  const { length } = indentOf(lines[start] ?? '')
  const end = lines.findIndex((line, i) => i > start && line.trim() !== '' && indentOf(line).length < length)
  return end < 0 ? lines.length : end
}

/**
 * Takes the fields out of a sample. They are the block that begins with the first line that quotes a field. The lines of
 * headers go in front of the one that sends the signature.
 *
 * @throws Error when the sample has no such lines
 */
export function templateOf(
  { label, lang, source }: CodeSample,
  { id, fields }: Pick<ApiOperation, 'id' | 'fields'>,
  signatureHeader: string,
): SampleTemplate {
  const lines = source.trimEnd().split('\n')
  const start = lines.findIndex((line) => fields.some(({ name }) => quotes(line, name)))
  const header = lines.findIndex((line) => line.includes(`"${signatureHeader}`) || line.includes(`'${signatureHeader}`))
  if (start < 0 || header < 0) {
    const missing = start < 0 ? 'quotes a field' : `begins a text with ${signatureHeader}`
    throw new Error(`playground: the ${label} sample of ${id} has no line that ${missing}`)
  }
  const end = endOfBlock(lines, start)
  const filled = lines.flatMap((line, i) => {
    if (i === start) return [indentOf(line) + FIELDS_MARK]
    if (i > start && i < end) return []
    return i === header ? [indentOf(line) + HEADERS_MARK, line] : [line]
  })
  return { label, lang, source: filled.join('\n') }
}
