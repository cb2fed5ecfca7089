/**
 * The terms of a text, the same for the index and for what is typed.
 *
 * @module
 */

const HAN = /\p{Script=Han}/u

/** Two characters each: Chinese has no spaces between words, and every runtime would split it in another way. */
function bigrams(run: string): string[] {
  const characters = [...run]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}

/** `toGroupId` is found by its whole name and by each of its words. */
function partsOfName(name: string): string[] {
  const parts = name.split(/(?<=[\p{Ll}\d])(?=\p{Lu})/u)
  return parts.length > 1 ? [name, ...parts] : [name]
}

/** Splits a text into terms, in the order of the text, in lower case. */
export const termsOf = (text: string): string[] =>
  (text.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu) ?? [])
    .flatMap((run) => (HAN.test(run) ? bigrams(run) : partsOfName(run)))
    .map((term) => term.toLowerCase())
