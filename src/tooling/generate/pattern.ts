/**
 * A `pattern` turned into a recipe for strings that match it.
 *
 * @module
 */
import { SpecError } from './openapi.js'

/** Parts of a string, in order: fixed text, or as many characters of an alphabet. */
export type Recipe = readonly (string | { readonly alphabet: string; readonly length: number })[]

const CLASSES: Readonly<Record<string, string>> = {
  '\\d': '0123456789',
  '\\w': '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  '.': 'abcdefghijklmnopqrstuvwxyz',
}

/** One atom, with how often it comes: a class, an escape or a character, then `{n}`, `{n,m}`, `+`, `*` or `?`. */
const ATOM = /\[(?<set>[^\]^][^\]]*)\]|(?<escaped>\\.)|(?<plain>[^\\[\](){}|*+?^$])/y
const COUNT = /\{(?<exactly>\d+)(?:,\d*)?\}|(?<sign>[+*?])/y

function alphabetOf(set: string): string {
  const ranges = set.replaceAll('\\d', '0-9').replaceAll('\\w', '0-9A-Za-z_').replaceAll(/\\(.)/g, '$1')
  return ranges.replaceAll(/(.)-(.)/g, (_, from: string, to: string) =>
    Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) =>
      String.fromCharCode(from.charCodeAt(0) + i),
    ).join(''),
  )
}

/**
 * Reads a regular expression of the simple kind: anchored, made of characters, classes and counts. Open counts
 * yield their least, but at least one.
 *
 * @throws SpecError for groups, alternatives and look-arounds
 */
export function recipeOf(pattern: string): Recipe {
  const source = pattern.replace(/^\^/, '').replace(/\$$/, '')
  const recipe: (string | { alphabet: string; length: number })[] = []
  for (let at = 0; at < source.length; ) {
    ATOM.lastIndex = at
    const { set, escaped, plain } = ATOM.exec(source)?.groups ?? {}
    if (ATOM.lastIndex === 0) {
      throw new SpecError(
        `pattern "${pattern}": cannot make strings for "${source.slice(at)}"; write it with characters, classes and counts`,
      )
    }
    COUNT.lastIndex = at = ATOM.lastIndex
    const { exactly, sign } = COUNT.exec(source)?.groups ?? {}
    if (COUNT.lastIndex > 0) at = COUNT.lastIndex
    const length = exactly ? Math.max(1, Number(exactly)) : sign === '?' ? 0 : 1
    const classes = (set ?? escaped ?? '').match(/\\[A-Za-z]/g) ?? []
    if (classes.some((one) => !(one in CLASSES))) {
      throw new SpecError(
        `pattern "${pattern}": cannot make strings for "${classes.join('')}"; of these, only \\d and \\w are known`,
      )
    }
    const alphabet = set ? alphabetOf(set) : (CLASSES[escaped ?? plain ?? ''] ?? (escaped?.slice(1) || plain) ?? '')
    if (alphabet.length === 1) recipe.push(alphabet.repeat(length))
    else if (length > 0) recipe.push({ alphabet, length })
  }
  return recipe
}
