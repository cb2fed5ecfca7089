/**
 * A call as a program of another language: the spec's own sample of it, with the fields and headers of the form.
 *
 * @module
 */
import { mockTables } from '../../../../core/contract.js'
import { FIELDS_MARK, HEADERS_MARK, type SampleTemplate } from '../sample-templates.js'
import { type Draft, typedFields } from './draft.js'
import { findOperation } from './embedded-table.js'

/** A field with its values as texts. */
interface FieldTexts {
  readonly name: string
  readonly values: readonly string[]
  readonly isList: boolean
}

/** How a language writes the fields and headers of a call, a line each. */
interface Writer {
  readonly comment: string
  readonly fields: (fields: readonly FieldTexts[]) => readonly string[]
  readonly header: (name: string, value: string) => string
}

/** Characters that some compilers refuse or that nobody sees, and JSON writes as they are. */
const INVISIBLE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

const escapeInvisible = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A text in double quotes, with the escapes that JSON, Go, Java and Python share. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll(INVISIBLE, escapeInvisible)

/** A text for Go: in backticks where that needs no escape. */
const goQuoted = (text: string): string => {
  const isPlain = /^[^`\p{C}]*$/u.test(text)
  return text.includes('"') && isPlain ? `\`${text}\`` : quoted(text)
}

const phpQuoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`

const pairsOf = (fields: readonly FieldTexts[]): (readonly [name: string, value: string])[] =>
  fields.flatMap(({ name, values }) => values.map((value) => [name, value] as const))

/** Writers by the `lang` of the spec's samples. */
const WRITERS: Readonly<Record<string, Writer>> = {
  Python: {
    comment: '#',
    fields: (fields) =>
      fields.map(({ name, values, isList }) => {
        const texts = values.map(quoted).join(', ')
        return `${quoted(name)}: ${isList ? `[${texts}]` : texts},`
      }),
    header: (name, value) => `${quoted(name)}: ${quoted(value)},`,
  },
  Go: {
    comment: '//',
    fields: (fields) => {
      const longest = Math.max(...fields.map(({ name }) => quoted(name).length))
      return fields.map(
        ({ name, values }) => `${`${quoted(name)}:`.padEnd(longest + 1)} {${values.map(goQuoted).join(', ')}},`,
      )
    },
    header: (name, value) => `request.Header.Set(${quoted(name)}, ${quoted(value)})`,
  },
  PHP: {
    comment: '//',
    fields: (fields) => pairsOf(fields).map(([name, value]) => `[${phpQuoted(name)}, ${phpQuoted(value)}],`),
    header: (name, value) => `${phpQuoted(`${name}: ${value}`)},`,
  },
  Java: {
    comment: '//',
    fields: (fields) => {
      const calls = pairsOf(fields).map(([name, value]) => `field(${quoted(name)}, ${quoted(value)})`)
      return calls.map((call, i) => (i < calls.length - 1 ? `${call},` : call))
    },
    header: (name, value) => `.header(${quoted(name)}, ${quoted(value)})`,
  },
}

function fieldTexts(draft: Draft): FieldTexts[] {
  const kinds = mockTables[draft.operation].fields
  return Object.entries(typedFields(draft)).map(([name, value]) => ({
    name,
    values: [value].flat().map(String),
    isList: kinds[name]?.endsWith('[]') ?? false,
  }))
}

/** Replaces a line with a mark by other lines with its indentation. */
function fill(source: string, mark: string, lines: readonly string[]): string {
  const at = source.indexOf(mark)
  const start = source.lastIndexOf('\n', at) + 1
  const indent = source.slice(start, at)
  const rest = source.slice(at + mark.length).replace(/^\n/, '')
  return source.slice(0, start) + lines.map((line) => `${indent}${line}\n`).join('') + rest
}

/** The languages that can be written for an operation. */
export const programsOf = (draft: Draft): readonly SampleTemplate[] =>
  findOperation(draft.operation).table.samples.filter(({ lang }) => Object.hasOwn(WRITERS, lang))

/** Credentials come from the environment, and so does the host. */
export function programSample({ lang, source }: SampleTemplate, draft: Draft): string {
  const writer = WRITERS[lang]
  if (!writer) throw new Error(`playground: no writer for ${lang}`)
  const headers = Object.entries(draft.headers).map(([name, value]) => writer.header(name, value))
  const program = fill(fill(source, HEADERS_MARK, headers), FIELDS_MARK, writer.fields(fieldTexts(draft)))
  const environment = [
    `${writer.comment} From the environment: RONGCLOUD_APP_KEY, RONGCLOUD_APP_SECRET,`,
    `${writer.comment} RONGCLOUD_BASE_URL=${draft.settings.server}`,
  ].join('\n')
  const opening = /^<\?php\n/.exec(program)?.[0] ?? ''
  return `${opening}${environment}\n${program.slice(opening.length)}`
}
