/**
 * SHA-1 in plain JavaScript, for places that must hash at once and have no `node:crypto`: the stand-in in a browser.
 *
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf section 6.1
 * @module
 */

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

/** The message with a 1 bit, zeros and its length in bits behind it: a multiple of 64 bytes, as big-endian words. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(new ArrayBuffer(((bytes.length + 8) >>> 6) * 64 + 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(view.byteLength - 4, bytes.length << 3)
  return view
}

/** SHA-1 of the UTF-8 bytes of a text, as 40 lower-case hexadecimal digits. */
export function sha1(text: string): string {
  const view = padded(text)
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const w = new Int32Array(80)
  const at = (t: number) => w[t] as number
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 80; t++) {
      w[t] = t < 16 ? view.getInt32(block + t * 4) : rotate(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1)
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let t = 0; t < 80; t++) {
      const mixed =
        t < 20
          ? ((b & c) | (~b & d)) + 0x5a827999
          : t < 40
            ? (b ^ c ^ d) + 0x6ed9eba1
            : t < 60
              ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
              : (b ^ c ^ d) + 0xca62c1d6
      ;[a, b, c, d, e] = [(rotate(a, 5) + mixed + e + at(t)) | 0, a, rotate(b, 30), c, d]
    }
    for (const [i, word] of [a, b, c, d, e].entries()) state[i] = ((state[i] as number) + word) | 0
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
