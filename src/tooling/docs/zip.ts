/**
 * A zip archive of text files, stored as they are: the same files give the same bytes.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 * @module
 */

import { crc32 } from 'node:zlib'

/** Names in UTF-8. */
const UTF8 = 0x0800
/** 1980-01-01, the first day that the format knows. */
const DAY = 0x0021

/** Numbers of two bytes (`h`) and four (`w`), least byte first. */
function pack(format: string, values: readonly number[]): Buffer {
  const sizes = Array.from(format, (one) => (one === 'h' ? 2 : 4))
  const bytes = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0))
  let at = 0
  sizes.forEach((size, i) => {
    bytes.writeUIntLE(values[i] ?? 0, at, size)
    at += size
  })
  return bytes
}

/** @param files text by path, with slashes between folders */
export function zip(files: ReadonlyMap<string, string>): Uint8Array {
  const [entries, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [path, text] of files) {
    const [name, data] = [Buffer.from(path), Buffer.from(text)]
    // Version needed, flags, method 0, time, day, checksum, sizes, length of the name, of extra fields.
    const facts = [20, UTF8, 0, 0, DAY, crc32(data), data.length, data.length, name.length, 0]
    const entry = Buffer.concat([pack('whhhhhwwwhh', [0x04034b50, ...facts]), name, data])
    // Then: comment, disk, attributes inside and outside, where the entry is.
    directory.push(pack('whhhhhhwwwhhhhhww', [0x02014b50, 20, ...facts, 0, 0, 0, 0, offset]), name)
    entries.push(entry)
    offset += entry.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = pack('whhhhwwh', [0x06054b50, 0, 0, files.size, files.size, size, offset, 0])
  return Buffer.concat([...entries, ...directory, end])
}
