/**
 * SHA-1 in plain JavaScript, for runtimes that have no `node:crypto`: browsers and the edge. For texts below 256 MiB.
 *
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf section 6.1
 * @module
 */

type Mix = (b: number, c: number, d: number) => number
const parity: Mix = (b, c, d) => b ^ c ^ d
/** How each quarter of the 80 rounds mixes; its constant is the square root of 2, 3, 5 or 10. */
const QUARTERS: readonly (readonly [mix: Mix, square: number])[] = [
  [(b, c, d) => (b & c) | (~b & d), 2],
  [parity, 3],
  [(b, c, d) => (b & c) | (b & d) | (c & d), 5],
  [parity, 10],
]

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

/** The message as big-endian words: a 1 bit, zeros and its length in bits behind it, a multiple of 16 words. */
function padded(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(((bytes.length + 8) >> 6) * 16 + 16)
  for (const [i, byte] of [...bytes, 0x80].entries())
    words[i >> 2] = (words[i >> 2] as number) | (byte << (24 - (i % 4) * 8))
  words[words.length - 1] = bytes.length * 8
  return words
}

/** SHA-1 of bytes, or of the UTF-8 bytes of a text, as 40 lower-case hexadecimal digits. */
export function sha1(data: string | Uint8Array): string {
  const words = padded(typeof data === 'string' ? new TextEncoder().encode(data) : data)
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const w = new Int32Array(80)
  const at = (t: number) => w[t] as number
  for (let block = 0; block < words.length; block += 16) {
    let five = [...state]
    w.set(words.subarray(block, block + 16))
    for (let t = 0; t < 80; t++) {
      if (t > 15) w[t] = rotate(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1)
      const [mix, square] = QUARTERS[Math.floor(t / 20)] as (typeof QUARTERS)[number]
      const [a, b, c, d, e] = five as [number, number, number, number, number]
      const next = rotate(a, 5) + mix(b, c, d) + e + at(t) + Math.floor(Math.sqrt(square) * 2 ** 30)
      five = [next | 0, a, rotate(b, 30), c, d]
    }
    for (const [i, word] of five.entries()) state[i] = (state[i] as number) + word
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
