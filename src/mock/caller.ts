/**
 * Where a call came from: the caller's own frames of the stack.
 *
 * Only an injected `fetch` runs on the caller's stack; behind MSW and HTTP there is nothing to tell.
 *
 * @module
 */

/** Folder of this package's code. Bundles may have none: there the caller's code cannot be told from ours. */
const { url } = import.meta as { url?: string }
const OWN = url && new URL('..', url).href

const MOST = 3

/** A frame of the caller's: not ours, not the runtime's, not of an installed package. */
const foreign = (frame: string) =>
  OWN &&
  !frame.includes(OWN) &&
  !frame.includes(OWN.replace(/^file:\/\//, '')) &&
  !/node_modules|\bnode:|\binternal\/|\(<anonymous>\)|\bnative\b/.test(frame)

/** A frame in short: `sendTyping (src/typing.ts:12:9)`. */
function short(frame: string): string {
  const { process } = globalThis as { process?: { cwd?: () => string } }
  const folder = process?.cwd?.()
  const path = frame
    .trim()
    .replace(/^at (async )?/, '')
    .replace('file://', '')
  return folder ? path.replace(`${folder}/`, '') : path
}

/** The caller's frames, nearest first, as the runtime tells them; empty where it does not. */
export function callerFrames(): readonly string[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 50
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  return stack.split('\n').slice(1).filter(foreign).slice(0, MOST).map(short)
}
