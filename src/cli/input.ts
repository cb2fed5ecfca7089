/**
 * What is read: standard input, and files.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { UsageError } from './args.js'
import type { Io } from './io.js'
import { escapeControls } from './output.js'

/** Longest input that is read, in bytes. */
const MAX_INPUT_BYTES = 256 * 2 ** 20

/**
 * All bytes of standard input.
 *
 * @throws UsageError when there are more than `MAX_INPUT_BYTES`
 */
export async function readStdinBytes({ stdin }: Pick<Io, 'stdin'>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stdin) {
    size += chunk.length
    if (size > MAX_INPUT_BYTES) throw new UsageError(`Standard input must be at most ${MAX_INPUT_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Standard input as text, without one line break at its end; undefined on a terminal.
 *
 * @throws UsageError when it is not UTF-8
 */
export async function readStdin(io: Pick<Io, 'stdin'>): Promise<string | undefined> {
  if (io.stdin.isTTY) return undefined
  const bytes = await readStdinBytes(io)
  if (!isUtf8(bytes)) throw new UsageError('Standard input must be UTF-8. Received other bytes')
  const text = bytes.toString()
  const start = text.startsWith('\ufeff') ? 1 : 0
  if (text.endsWith('\r\n')) return text.slice(start, -2)
  return text.endsWith('\n') ? text.slice(start, -1) : text.slice(start)
}

/**
 * All bytes of a file; `-` is standard input.
 *
 * @throws UsageError for a file that cannot be read or is too long
 */
export async function readFileOrStdin(file: string, io: Pick<Io, 'stdin'>): Promise<Buffer> {
  if (file === '-') return readStdinBytes(io)
  try {
    if (statSync(file).size <= MAX_INPUT_BYTES) return readFileSync(file)
  } catch (error) {
    // `fs` throws errors with a code.
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`"${escapeControls(file)}" must be a file that can be read (${code})`)
  }
  throw new UsageError(`"${escapeControls(file)}" must be a file of at most ${MAX_INPUT_BYTES} bytes`)
}
