/** Reads zip archives of text files, by their local headers. */
import { inflateRawSync } from 'node:zlib'

export function unzipped(archive: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(archive)
  const files = new Map<string, string>()
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50; ) {
    const packed = bytes.readUInt16LE(at + 8) === 8
    const nameAt = at + 30
    const start = nameAt + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const end = start + bytes.readUInt32LE(at + 18)
    const body = bytes.subarray(start, end)
    const name = bytes.subarray(nameAt, nameAt + bytes.readUInt16LE(at + 26)).toString()
    files.set(name, (packed ? inflateRawSync(body) : body).toString())
    at = end
  }
  return files
}
