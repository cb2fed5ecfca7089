/**
 * What comes in on standard input.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { UsageError } from './args.js'
import type { Io } from './io.js'

/** All of standard input, without one line break at its end; undefined on a terminal, where nobody would be typing it. */
export async function readStdin({ stdin }: Pick<Io, 'stdin'>): Promise<string | undefined> {
  if (stdin.isTTY) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) throw new UsageError('Standard input must be UTF-8. Received other bytes')
  return bytes
    .toString()
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '')
}
