/**
 * The bytes of a body as the text that the stand-in reads.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'

/** The body as text. Bytes that are no UTF-8 are written as escapes, which the form decoder refuses by name. */
export function textOf(body: Buffer): string {
  if (isUtf8(body)) return body.toString()
  return body.toString('latin1').replaceAll(/[\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
}
