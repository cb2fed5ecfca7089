/**
 * Where a call came from: the caller's own frames of the stack.
 *
 * Only an injected `fetch` runs on the caller's stack; behind MSW and HTTP there is nothing to tell.
 *
 * @module
 */

const MOST = 3

/**
 * Folder of this package's code, by the frame of this file: a module that jest turned into CommonJS has no URL. Bundles have no
 * such frame: there the caller's code cannot be told from ours.
 */
const ownFolder = (frame: string | undefined): string | undefined =>
  /(?:at |\(|@)(?:file:\/\/)?([^()@]*\/)mock\/caller\.\w+:\d+/.exec(frame ?? '')?.[1]

/** A frame of the caller's: not ours, not the runtime's, not of an installed package. */
const isForeign = (frame: string, own: string) =>
  !frame.includes(own) && !/node_modules|\bnode:|\binternal\/|\(<anonymous>\)|\bnative\b/.test(frame)

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
  const frames = stack.split('\n').filter((line) => /:\d+\)?$/.test(line))
  const own = ownFolder(frames[0])
  if (own === undefined) return []
  return frames
    .filter((frame) => isForeign(frame, own))
    .slice(0, MOST)
    .map(short)
}
