/**
 * The bytes of a body as the text that the stand-in reads.
 *
 * @module
 */

let decoder: TextDecoder | undefined

/** Made at the first use: jsdom has none, and may load this module. A byte order mark is data: no form begins with one. */
function utf8(): TextDecoder {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return decoder
}

const escaped = (byte: number): string => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16)}`)

/** The body as text. Bytes that are no UTF-8 are written as escapes, which the form decoder refuses by name. */
export function textOf(body: Uint8Array): string {
  try {
    return utf8().decode(body)
  } catch {
    return Array.from(body, escaped).join('')
  }
}
