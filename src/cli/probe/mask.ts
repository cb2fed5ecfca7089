/**
 * Masks what an answer repeats of the request: ids, keys, nonces, timestamps and signatures.
 *
 * @module
 */

/** Texts of a request, with what is written in their place. */
export type RequestTexts = readonly (readonly [text: string, mask: string])[]

/** Fewest characters that are masked of a text that is cut off. A shorter text is masked as a word of its own. */
const MIN_PART = 8

const isWordLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

/** How many characters two texts have in common from here on, whatever their case. */
function commonLength(text: string, at: number, known: string): number {
  let length = 0
  while (length < known.length) {
    const one = text[at + length]
    const other = known[length]
    if (one === undefined || (one !== other && one.toLowerCase() !== other?.toLowerCase())) break
    length++
  }
  return length
}

/** Makes a function that masks the texts of one request, and beginnings of them. The longest one counts. */
export function createMask(texts: RequestTexts): (text: string) => string {
  const known = texts.filter(([value]) => value !== '')
  const maskAt = (text: string, at: number) => {
    let length = 0
    let mask = ''
    for (const [value, one] of known) {
      const common = commonLength(text, at, value)
      const isWord = common === value.length && !isWordLetter(text[at - 1]) && !isWordLetter(text[at + common])
      if ((common >= MIN_PART || isWord) && common > length) {
        length = common
        mask = one
      }
    }
    return { length, mask }
  }
  return (text) => {
    let masked = ''
    for (let at = 0; at < text.length; ) {
      const { length, mask } = maskAt(text, at)
      masked += length > 0 ? mask : text[at]
      at += Math.max(1, length)
    }
    return masked
  }
}
