/**
 * The bytes of a body as the text that the stand-in reads.
 *
 * @module
 */

/** A byte order mark is data: no form begins with one. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const escaped = (byte: number): string => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16)}`)

/** The body as text. Bytes that are no UTF-8 are written as escapes, which the form decoder refuses by name. */
export function textOf(body: Uint8Array): string {
  try {
    return UTF8.decode(body)
  } catch {
    return Array.from(body, escaped).join('')
  }
}
