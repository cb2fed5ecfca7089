/**
 * What comes in on standard input.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { UsageError } from './arguments.js'

/** All of standard input, without one line break at its end; undefined on a terminal, where nobody would be typing it. */
export async function readStdin(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) throw new UsageError('Standard input must be UTF-8. Received other bytes')
  return bytes
    .toString()
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '')
}
