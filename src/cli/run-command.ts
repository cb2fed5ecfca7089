/**
 * Another program, run as if nobody stood between: its output and input, its signals, its exit code.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Env, Io } from './io.js'

/** How a program has ended. */
export interface Ended {
  /** Its exit code; 128 and the number of the signal that ended it; 127 and 126 where it could not be started. */
  readonly code: number
  /** The signal that ended it. */
  readonly signal?: NodeJS.Signals
  /** Why it could not be started. */
  readonly failure?: string
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

/** On a terminal, its keys send a signal to every program in front, this one's child too. */
const ofTerminal = (signal: string, { stdin, stdout, stderr }: Io): boolean =>
  (signal === 'SIGINT' || signal === 'SIGQUIT') && [stdin, stdout, stderr].some(({ isTTY }) => isTTY === true)

const failureOf = ({ code }: NodeJS.ErrnoException): Ended =>
  code === 'ENOENT'
    ? { code: 127, failure: 'cannot be found' }
    : { code: 126, failure: `cannot be started (${code ?? 'unknown'})` }

/** Runs a program to its end, on the standard streams of this process. Never throws. */
export function runProgram([program = '', ...args]: readonly string[], env: Env, io: Io): Promise<Ended> {
  return new Promise((done) => {
    const stops = FORWARDED.map((signal) =>
      io.onSignal(signal, () => {
        if (!ofTerminal(signal, io)) child?.kill(signal)
      }),
    )
    const end = (ended: Ended) => {
      for (const stop of stops) stop()
      done(ended)
    }
    let child: ChildProcess | undefined
    try {
      child = spawn(program, args, { stdio: 'inherit', env })
    } catch (error) {
      // Some reasons are thrown, others come as an event.
      return end(failureOf(error as NodeJS.ErrnoException))
    }
    child.on('error', (error) => {
      // One that comes later is of a signal that could not be sent.
      if (child?.pid === undefined) end(failureOf(error))
    })
    child.on('exit', (code, signal) =>
      end(signal ? { code: 128 + constants.signals[signal], signal } : { code: code ?? 1 }),
    )
  })
}
