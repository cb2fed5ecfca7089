/**
 * The header `Prefer`: which of the spec's named examples answers this one request.
 *
 * `code=429` is the first example with that HTTP status; where there is none, the first with that error code in its
 * body. `example=rateLimited` is the one of that name. Both together: the one of that name, if it has that code.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 * @module
 */

import type { MockTable } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'

/** The answer that was chosen, or why there is no such answer. */
export type Preference =
  | {
      /** Name of an example; undefined for the operation's usual success, which may have none. */
      readonly example: string | undefined
      /** Value of the header `Preference-Applied`. */
      readonly applied: string
      readonly violation?: never
    }
  | { readonly violation: Violation }

/** A separator, or what stands between two. Commas and semicolons in quotes separate nothing. */
const PIECES = /[,;]|(?:"(?:[^"\\]|\\.?)*"?|[^",;])+/g

const isOurs = (name: string) => name === 'code' || name === 'example'

const unquoted = (text: string) => (/^".*"$/.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text)

/**
 * Our two preferences, by name; the first of a name counts. Others are skipped with their parameters. A parameter of
 * one of ours that has the name of the other is taken for a preference: somebody wrote `;` for `,`.
 */
function read(header: string): Map<string, string> {
  const wishes = new Map<string, string>()
  let separator = ','
  let preference = ''
  for (const [piece] of header.matchAll(PIECES)) {
    if (piece === ',' || piece === ';') {
      separator = piece
      continue
    }
    const [given = '', ...value] = piece.split('=')
    const name = given.trim().toLowerCase()
    if (separator === ',') preference = name
    if (isOurs(name) && isOurs(preference) && !wishes.has(name)) wishes.set(name, unquoted(value.join('=').trim()))
  }
  return wishes
}

const statusOf = ({ examples }: MockTable, name: string) => String(examples[name]?.status)
const codeOf = ({ examples }: MockTable, name: string) => {
  const body = examples[name]?.body
  return String(isRecord(body) ? body['code'] : undefined)
}

/** The examples of a status, or of an error code. */
function withCode(table: MockTable, code: string): string[] {
  const names = Object.keys(table.examples)
  const found = names.filter((name) => statusOf(table, name) === code)
  return found.length > 0 ? found : names.filter((name) => codeOf(table, name) === code)
}

function unknown(expected: string, received: string): Preference {
  const words = received === '' ? 'nothing' : JSON.stringify(truncate(received, 40))
  return { violation: violation('Prefer', 'prefer', expected, words) }
}

/** The answer that a request asks for with this header; undefined when it asks for none. */
export function preferred(header: string, table: MockTable): Preference | undefined {
  const wishes = read(header)
  const { code, example } = Object.fromEntries(wishes)
  if (code === undefined && example === undefined) return undefined
  const all = Object.keys(table.examples)
  const names = code === undefined ? all : withCode(table, code)
  const success = String(table.success.status)
  if (names.length === 0 && code !== success) {
    const codes = new Set([success, ...all.flatMap((name) => [statusOf(table, name), codeOf(table, name)])])
    return unknown(`one of the codes ${[...codes].filter((one) => /^\d+$/.test(one)).join(', ')}`, code ?? '')
  }
  if (example !== undefined && !names.includes(example)) {
    const which = code === undefined ? 'examples' : `examples of code ${code}:`
    return unknown(`one of the ${which} ${names.join(', ')}`, example)
  }
  const word = (value: string) => (/^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : JSON.stringify(value))
  return {
    example: example ?? names[0],
    applied: [...wishes].map(([name, value]) => `${name}=${word(value)}`).join(', '),
  }
}
