/**
 * What the command line uses of its process: environment, standard streams and signals. Commands take them from here, so
 * that a program can run the command line in-process.
 *
 * @module
 */
import { readFileSync } from 'node:fs'

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>

/** Standard input: chunks of bytes. */
export interface InputStream extends AsyncIterable<Uint8Array> {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined
}

/** Standard output or standard error. */
export interface OutputStream {
  readonly write: (text: string) => unknown
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined
}

/** The environment of one run of the command line. */
export interface Io {
  readonly env: Env
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /**
   * Calls the listener each time the signal arrives. Under npx, SIGTERM also arrives when npx ends.
   *
   * @returns a function that removes the listener
   */
  readonly onSignal: (signal: NodeJS.Signals, listener: () => void) => () => void
}

/** A stream of a process, which may lose its reader. */
interface FailingStream extends OutputStream {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
}

/** What `createIo` needs of a process. */
export interface ProcessLike {
  readonly env: Env
  readonly stdin: InputStream
  readonly stdout: FailingStream
  readonly stderr: FailingStream
  readonly ppid: number
  on(signal: NodeJS.Signals, listener: () => void): unknown
  off(signal: NodeJS.Signals, listener: () => void): unknown
  exit(code: number): unknown
}

/** Between two looks at the parent process. */
const PARENT_INTERVAL_MS = 200

/** The parent of a process; undefined where the system does not say it. */
function parentOf(pid: number): string | undefined {
  try {
    // `pid (name) state ppid …`, where the name may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
  } catch {
    return undefined
  }
}

/**
 * Calls the listener once, when the parent process or its parent has ended: npm starts a shell, which starts the program.
 *
 * @returns a function that removes the listener
 */
function onParentEnd(process: ProcessLike, listener: () => void): () => void {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
  const before = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === before) return
    clearInterval(timer)
    listener()
  }, PARENT_INTERVAL_MS)
  // Looking at the parent keeps no process alive.
  timer.unref()
  return () => clearInterval(timer)
}

/** The environment of a process. Ends the process when its standard output has no reader any more. */
export function createIo(process: ProcessLike): Io {
  // A reader that closed the pipe, such as `| head`, is not an error of this program: 128 + SIGPIPE, as a shell reports it.
  process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 141 : 1))
  // Without a reader of standard error, the work goes on: its results are elsewhere.
  process.stderr.on('error', () => {})
  return {
    env: process.env,
    // Node opens standard input on first access, which changes it for a child that shares it.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    onSignal: (signal, listener) => {
      process.on(signal, listener)
      // npm and npx end at a signal, and do not pass it on to what they started.
      const isUnderNpm = process.env['npm_command'] !== undefined
      const removeParent = signal === 'SIGTERM' && isUnderNpm ? onParentEnd(process, listener) : () => {}
      return () => {
        removeParent()
        process.off(signal, listener)
      }
    },
  }
}
