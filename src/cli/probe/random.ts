/**
 * Random ids in place of those of the vectors, which may exist. An id of the probe has at least 96 random bits, so that it
 * names nobody, whatever the server makes of the request.
 *
 * @module
 */
import { randomInt } from 'node:crypto'

/** Fewest random bits of an id that may be sent. */
export const MIN_BITS = 96

/** A source of random whole numbers below a limit. */
export type RandomBelow = (limit: number) => number

/** The cryptographic source. */
export const randomBelow: RandomBelow = (limit) => randomInt(limit)

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Length of an id whose own length does not matter: 24 letters have 124 bits. */
const ID_LENGTH = 24

/** Characters that stand for others of the same number of bytes: where they begin, and how many there are. */
const ALPHABETS = [
  { has: /[0-9]/, first: 0x30, size: 10 },
  { has: /[a-z]/, first: 0x61, size: 26 },
  { has: /[A-Z]/, first: 0x41, size: 26 },
  // Three bytes of UTF-8.
  { has: /[\u4e00-\u9fff]/, first: 0x4e00, size: 0x5000 },
  // Four bytes of UTF-8.
  { has: /[\u{1f300}-\u{1f6ff}]/u, first: 0x1f300, size: 0x300 },
] as const

/** A random text of letters and digits. */
export const randomText = (length: number, random: RandomBelow): string =>
  Array.from({ length }, () => LETTERS.charAt(random(LETTERS.length))).join('')

/** A random id, where its length does not matter. */
export const randomId = (random: RandomBelow): string => randomText(ID_LENGTH, random)

/** A text of the same length and alphabet; undefined when it would have fewer than 96 random bits. */
export function randomAlike(text: string, random: RandomBelow): string | undefined {
  if (text === '') return ''
  let bits = 0
  const letters = Array.from(text, (letter) => {
    const alphabet = ALPHABETS.find(({ has }) => has.test(letter))
    if (!alphabet) return letter
    // The letters of an id may be digits as well: `xxxx` is no alphabet of its own.
    if (alphabet.size === 26 && alphabet.first === 0x61) {
      bits += Math.log2(LETTERS.length)
      return LETTERS.charAt(random(LETTERS.length))
    }
    bits += Math.log2(alphabet.size)
    return String.fromCodePoint(alphabet.first + random(alphabet.size))
  })
  return bits >= MIN_BITS ? letters.join('') : undefined
}
