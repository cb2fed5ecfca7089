/**
 * The header `Prefer`: it selects one of the spec's named examples as the answer to this request.
 *
 * `code=429` selects the first example with that HTTP status, or else the first with that error code in its body.
 * `example=rateLimited` selects the example of that name. With both, the example must have that name and that code.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 * @module
 */

import { errorFields, type MockTable } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'

/** The selected answer, or a violation if there is no such answer. */
export type Preference =
  | {
      /** Name of the example; undefined for the default success, which may have no example. */
      readonly example: string | undefined
      /** Value of the header `Preference-Applied`. */
      readonly applied: string
      readonly violation?: never
    }
  | { readonly violation: Violation }

/** A separator, or the text between two. Commas and semicolons in quotes are not separators. */
const PIECES = /[,;]|(?:"(?:[^"\\]|\\.?)*"?|[^",;])+/g

const isSupported = (name: string) => name === 'code' || name === 'example'

const unquoted = (text: string) => (/^".*"$/.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text)

/**
 * Reads the two preferences `code` and `example`. If a name is repeated, the first one counts. Other preferences are skipped
 * with their parameters. `code=429;example=x` counts as two preferences, because callers write `;` instead of `,`.
 */
function parsePreferences(header: string): Map<string, string> {
  const preferences = new Map<string, string>()
  let separator = ','
  let preference = ''
  for (const [piece] of header.matchAll(PIECES)) {
    if (piece === ',' || piece === ';') {
      separator = piece
      continue
    }
    const [key = '', ...value] = piece.split('=')
    const name = key.trim().toLowerCase()
    if (separator === ',') preference = name
    if (isSupported(name) && isSupported(preference) && !preferences.has(name))
      preferences.set(name, unquoted(value.join('=').trim()))
  }
  return preferences
}

const statusOf = ({ examples }: MockTable, name: string) => String(examples[name]?.status)
const codeOf = ({ examples }: MockTable, name: string) => {
  const body = examples[name]?.body
  return String(isRecord(body) ? body[errorFields.code] : undefined)
}

/** Names of the examples with a status; if there is none, with an error code. */
function withCode(table: MockTable, code: string): string[] {
  const names = Object.keys(table.examples)
  const found = names.filter((name) => statusOf(table, name) === code)
  return found.length > 0 ? found : names.filter((name) => codeOf(table, name) === code)
}

function unknownPreference(expected: string, received: string): Preference {
  const words = received === '' ? 'nothing' : JSON.stringify(truncate(received, 40))
  return { violation: violation('Prefer', 'prefer', expected, words) }
}

/** The answer that this header asks for; undefined when it asks for none. */
export function preferred(header: string, table: MockTable): Preference | undefined {
  if (header === '') return undefined
  const preferences = parsePreferences(header)
  const { code, example } = Object.fromEntries(preferences)
  if (code === undefined && example === undefined) return undefined
  const all = Object.keys(table.examples)
  const names = code === undefined ? all : withCode(table, code)
  const success = String(table.success.status)
  if (names.length === 0 && code !== success) {
    const codes = new Set([success, ...all.flatMap((name) => [statusOf(table, name), codeOf(table, name)])])
    return unknownPreference(
      `one of the codes ${[...codes].filter((text) => /^\d+$/.test(text)).join(', ')}`,
      code ?? '',
    )
  }
  if (example !== undefined && !names.includes(example)) {
    const which = code === undefined ? 'examples' : `examples of code ${code}:`
    return unknownPreference(`one of the ${which} ${names.join(', ')}`, example)
  }
  const word = (value: string) => (/^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : JSON.stringify(value))
  return {
    example: example ?? names[0],
    applied: [...preferences].map(([name, value]) => `${name}=${word(value)}`).join(', '),
  }
}
