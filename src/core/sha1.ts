/**
 * SHA-1 in plain JavaScript, for runtimes that have no `node:crypto`: browsers and the edge. For texts below 256 MiB.
 *
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf section 6.1
 * @module
 */

type Mix = (b: number, c: number, d: number) => number
const parity: Mix = (b, c, d) => b ^ c ^ d
/** For each quarter of the 80 rounds: how it mixes, and the number whose square root is its constant. */
const QUARTERS: readonly (readonly [mix: Mix, square: number])[] = [
  [(b, c, d) => (b & c) | (~b & d), 2],
  [parity, 3],
  [(b, c, d) => (b & c) | (b & d) | (c & d), 5],
  [parity, 10],
]

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

/** The bytes of the message, a 1 bit, zeros, and its length in bits: a multiple of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const message = new Uint8Array((((bytes.length + 8) >> 6) + 1) * 64)
  message.set(bytes)
  message[bytes.length] = 0x80
  const view = new DataView(message.buffer)
  view.setUint32(message.length - 4, bytes.length * 8)
  return view
}

/** SHA-1 of bytes, or of the UTF-8 bytes of a text, as 40 lower-case hexadecimal digits. */
export function sha1(data: string | Uint8Array): string {
  const view = padded(typeof data === 'string' ? new TextEncoder().encode(data) : data)
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const w = new Int32Array(80)
  const at = (t: number) => w[t] ?? 0
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    for (let t = 0; t < 80; t++)
      w[t] = t < 16 ? view.getInt32(offset + t * 4) : rotate(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1)
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
    for (const [quarter, [mix, square]] of QUARTERS.entries()) {
      const constant = Math.floor(Math.sqrt(square) * 2 ** 30)
      for (let t = quarter * 20; t < quarter * 20 + 20; t++) {
        const next = (rotate(a, 5) + mix(b, c, d) + e + at(t) + constant) | 0
        e = d
        d = c
        c = rotate(b, 30)
        b = a
        a = next
      }
    }
    for (const [i, word] of [a, b, c, d, e].entries()) state[i] = (state[i] ?? 0) + word
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}
