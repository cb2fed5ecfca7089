/**
 * The header `Prefer`: which of the spec's named examples answers this one request.
 *
 * `code=429` is the first example with that HTTP status; where there is none, the first with that error code in its
 * body. `example=rateLimited` is the one of that name. Both together: the one of that name, if it has that code.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 * @module
 */
import type { StandIn } from '../core/contract.js'
import { type Breach, breach } from '../core/error.js'
import { truncate } from '../core/redact.js'

/** What was chosen. */
export interface Preferred {
  /** Name of an example; undefined for the operation's ordinary success, which may have none. */
  readonly example: string | undefined
  /** Value of the header `Preference-Applied`. */
  readonly applied: string
}

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
  let [separator, preference] = [',', '']
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

const statusOf = ({ examples }: StandIn, name: string) => String(examples[name]?.status)
const codeOf = ({ examples }: StandIn, name: string) =>
  String((examples[name]?.body as { readonly code?: unknown } | undefined)?.code)

/** The examples of a status, or of an error code. */
function withCode(table: StandIn, code: string): string[] {
  const names = Object.keys(table.examples)
  const found = names.filter((name) => statusOf(table, name) === code)
  return found.length > 0 ? found : names.filter((name) => codeOf(table, name) === code)
}

const unknown = (expected: string, received: string) =>
  breach('Prefer', 'prefer', expected, received === '' ? 'nothing' : JSON.stringify(truncate(received, 40)))

/**
 * The answer that a request asks for; undefined when it asks for none, a breach when there is no such answer.
 *
 * @param header its values, as they came
 */
export function preferred(
  header: string | readonly string[] | undefined,
  table: StandIn,
): Preferred | Breach | undefined {
  const wishes = read([header ?? ''].flat().join(','))
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
