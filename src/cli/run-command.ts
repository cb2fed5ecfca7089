/**
 * Runs another program as if it had been started directly: its input and output, its signals, its exit code.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Env, Io } from './io.js'

/** How a program ended. */
export interface Ended {
  /** Its exit code; 128 + n when the signal n ended it; 127 when it was not found, 126 when it could not be started. */
  readonly code: number
  /** The signal that ended it. */
  readonly signal?: NodeJS.Signals
  /** Why it could not be started. */
  readonly failure?: string
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

/** A terminal sends the signals of its keys to the whole foreground group, so the child gets them without our help. */
const isSentByTerminal = (signal: string, { stdin, stdout, stderr }: Io): boolean =>
  (signal === 'SIGINT' || signal === 'SIGQUIT') && [stdin, stdout, stderr].some(({ isTTY }) => isTTY === true)

const startFailure = ({ code }: NodeJS.ErrnoException): Ended =>
  code === 'ENOENT'
    ? { code: 127, failure: 'cannot be found' }
    : { code: 126, failure: `cannot be started (${code ?? 'unknown'})` }

/** Runs a program to its end, on the standard streams of this process. Never throws. */
export function runProgram([program = '', ...args]: readonly string[], env: Env, io: Io): Promise<Ended> {
  return new Promise((resolve) => {
    let child: ChildProcess | undefined
    const removers = FORWARDED.map((signal) =>
      io.onSignal(signal, () => {
        if (!isSentByTerminal(signal, io)) child?.kill(signal)
      }),
    )
    const end = (ended: Ended) => {
      for (const remove of removers) remove()
      resolve(ended)
    }
    try {
      child = spawn(program, args, { stdio: 'inherit', env })
    } catch (error) {
      // Node throws some reasons and emits others. Both are system errors.
      return end(startFailure(error as NodeJS.ErrnoException))
    }
    child.on('error', (error) => {
      // After the program has started, an error only means that a signal could not be sent.
      if (child?.pid === undefined) end(startFailure(error))
    })
    child.on('exit', (code, signal) =>
      end(signal ? { code: 128 + constants.signals[signal], signal } : { code: code ?? 1 }),
    )
  })
}
