/**
 * Texts that match a `pattern`, made while the spec is linted and generated: the package ships no library for it.
 *
 * @module
 */
import fc from 'fast-check'

/** The same texts in every run. */
const SAMPLES = { seed: 1, numRuns: 100 }

/** Headers and forms carry plain text best, and people read the short best. */
const plainness = (text) => [
  /^[ -~]*$/.test(text) ? 0 : 1,
  text === '' ? 1 : 0,
  text.replaceAll(/[0-9A-Za-z]/g, '').length,
  text.length,
]

function byPlainness(one, other) {
  const left = plainness(one)
  const right = plainness(other)
  const at = left.findIndex((rank, i) => rank !== right[i])
  if (at >= 0) return left[at] - right[at]
  return one < other ? -1 : 1
}

/** @type {Map<string, readonly string[]>} */
const known = new Map()

/**
 * Texts that match the pattern, the plainest first; empty if no text can be made for it, such as for a look-ahead.
 *
 * @param {string} pattern
 * @returns {readonly string[]}
 */
export function textsOf(pattern) {
  const before = known.get(pattern)
  if (before) return before
  let texts = []
  try {
    const expression = new RegExp(pattern, 'u')
    const made = fc.sample(fc.stringMatching(expression), SAMPLES)
    texts = [...new Set(made)].filter((text) => expression.test(text)).sort(byPlainness)
  } catch {
    // Not an expression, or not one that fast-check can read: the caller says so.
  }
  known.set(pattern, texts)
  return texts
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** How many fillings of a recipe are tried. */
const TRIES = 32

/** Texts of a recipe: the first and the last letter of each alphabet, then others by a fixed rule. */
function fillings(parts) {
  const fill = (pick) => parts.map((letters, i) => letters[pick(letters.length, i)]).join('')
  const others = Array.from({ length: TRIES }, (_, n) => fill((size, i) => ((n + 1) * 7919 + (i + 1) * 104_729) % size))
  return [fill(() => 0), fill((size) => size - 1), ...others]
}

/** Parts of a text as a recipe: fixed text, or as many letters of an alphabet. */
function joined(parts) {
  const recipe = []
  for (const letters of parts) {
    const last = recipe.at(-1)
    if (letters.length === 1) {
      if (typeof last === 'string') recipe[recipe.length - 1] = last + letters
      else recipe.push(letters)
    } else if (typeof last === 'object' && last.alphabet === letters) last.length++
    else recipe.push({ alphabet: letters, length: 1 })
  }
  return recipe
}

/**
 * A recipe for texts that match the pattern, made from one of them: each letter that may be replaced becomes an
 * alphabet. Whoever fills it with a counter gets texts that differ.
 *
 * @param {string} pattern
 * @param {string} text one that matches
 */
export function recipeOf(pattern, text) {
  const expression = new RegExp(pattern, 'u')
  const parts = Array.from(text)
  // From the end, because a counter changes its last digits first.
  for (let i = parts.length - 1; i >= 0; i--) {
    const before = parts[i]
    const fits = (letter) =>
      expression.test([...Array.from(text).slice(0, i), letter, ...Array.from(text).slice(i + 1)].join(''))
    const letters = Array.from(LETTERS).filter(fits).join('')
    if (letters.length < 2) continue
    parts[i] = letters
    if (!fillings(parts).every((one) => expression.test(one))) parts[i] = before
  }
  return joined(parts)
}
