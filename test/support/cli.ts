/** Runs the command line without a process: arguments in, output as text out. */
import { runCli } from '../../src/cli/cli.js'
import type { Io } from '../../src/cli/io.js'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

type Stream = 'stdin' | 'stdout' | 'stderr'

export interface Settings {
  /** The whole environment. Default: an empty one. */
  readonly env?: NodeJS.ProcessEnv
  /** What comes on standard input. Default: nothing. */
  readonly stdin?: string | Uint8Array
  /** The streams that are terminals. Default: none. */
  readonly terminals?: readonly Stream[]
}

export interface Running {
  /** Resolves when the command line has ended. */
  readonly ended: Promise<Ended>
  /** Resolves with standard output once that holds the text; rejects when the command line ends without it. */
  readonly printed: (text: string | RegExp) => Promise<string>
  /** Sends a signal. @returns how many waited for it */
  readonly signal: (name: NodeJS.Signals) => number
}

/** Surroundings of the command line that stay within the test. */
export function createIo({ env = {}, stdin = '', terminals = [] }: Settings = {}): {
  readonly io: Io
  readonly signal: Running['signal']
  readonly written: { stdout: string; stderr: string }
  /** Called whenever something is written to standard output. */
  readonly readers: Set<() => void>
} {
  const written = { stdout: '', stderr: '' }
  const readers = new Set<() => void>()
  const listeners = new Map<NodeJS.Signals, Set<() => void>>()
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: terminals.includes(name),
    write: (text: string) => {
      written[name] += text
      if (name === 'stdout') for (const reader of readers) reader()
    },
  })
  const input = async function* () {
    yield Buffer.from(stdin)
  }
  return {
    io: {
      env,
      stdin: { isTTY: terminals.includes('stdin'), [Symbol.asyncIterator]: input },
      stdout: output('stdout'),
      stderr: output('stderr'),
      onSignal: (name, listener) => {
        const all = listeners.get(name) ?? new Set()
        listeners.set(name, all.add(listener))
        return () => all.delete(listener)
      },
    },
    signal: (name) => {
      const waiting = [...(listeners.get(name) ?? [])]
      for (const listener of waiting) listener()
      return waiting.length
    },
    written,
    readers,
  }
}

/** Starts the command line. */
export function startCli(args: readonly string[], settings?: Settings): Running {
  const { io, signal, written, readers } = createIo(settings)
  const ended = runCli(args, io).then((code) => ({ code, ...written }))
  const printed = (text: string | RegExp) =>
    new Promise<string>((done, fail) => {
      const reader = () => {
        if (typeof text === 'string' ? written.stdout.includes(text) : text.test(written.stdout)) done(written.stdout)
      }
      readers.add(reader)
      reader()
      ended.then(({ stdout, stderr }) => fail(new Error(`ended without "${text}":\n${stdout}\n${stderr}`)), fail)
    })
  return { ended, printed, signal }
}

/** Runs the command line to its end. */
export const cli = (args: readonly string[], settings?: Settings): Promise<Ended> => startCli(args, settings).ended

/** Starts `mock` on a free port and waits for its URL. Without `vi.mock` of the server it opens that port. */
export async function startMock(args: readonly string[] = [], settings?: Settings): Promise<Running & { url: string }> {
  const running = startCli(['mock', '--port', '0', ...args], settings)
  const text = await running.printed(/http:\/\/\S+:\d+/)
  return { ...running, url: /http:\/\/[^\s"]+:\d+/.exec(text)?.[0] ?? '' }
}
