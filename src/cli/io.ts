/**
 * What a command line has of its process: environment, standard streams and signals. Commands read them from here alone, so
 * that a program can run the command line within itself.
 *
 * @module
 */

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>

/** Standard input: chunks of bytes. */
export interface InputStream extends AsyncIterable<Uint8Array> {
  /** Whether a terminal is at its other end. */
  readonly isTTY?: boolean | undefined
}

/** Standard output or standard error. */
export interface OutputStream {
  readonly write: (text: string) => unknown
  /** Whether a terminal is at its other end. */
  readonly isTTY?: boolean | undefined
}

/** The surroundings of one run of the command line. */
export interface Io {
  readonly env: Env
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** Calls back each time the signal comes. @returns what ends that */
  readonly onSignal: (signal: NodeJS.Signals, listener: () => void) => () => void
}

/** What `ioOf` needs of a process. */
export interface ProcessLike {
  readonly env: Env
  readonly stdin: InputStream
  readonly stdout: OutputStream & { on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown }
  readonly stderr: OutputStream
  on(signal: NodeJS.Signals, listener: () => void): unknown
  off(signal: NodeJS.Signals, listener: () => void): unknown
  exit(code: number): unknown
}

/** The surroundings that a process gives. Ends the process when nobody reads its standard output any more. */
export function ioOf(process: ProcessLike): Io {
  // A reader that has gone, such as `| head`, is no error of this program: 128 + SIGPIPE, as the system would have it.
  process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 141 : 1))
  return {
    env: process.env,
    // Node opens standard input when it is first asked for, which changes it for a child that shares it.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    onSignal: (signal, listener) => {
      process.on(signal, listener)
      return () => process.off(signal, listener)
    },
  }
}
