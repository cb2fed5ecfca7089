/** What a process gives to the command line. */
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createIo } from '../../../src/cli/io.js'

/** A process that records how it is ended. */
function createProcess() {
  const stdout = Object.assign(new EventEmitter(), { write: vi.fn() })
  const stderr = Object.assign(new EventEmitter(), { write: vi.fn() })
  async function* stdin() {
    yield Buffer.from('typed')
  }
  return Object.assign(new EventEmitter(), {
    env: { NAME: 'value' },
    stdin: stdin(),
    stdout,
    stderr,
    ppid: 5_000_000,
    exit: vi.fn(),
  })
}

test('gives its environment and its streams', () => {
  const process = createProcess()
  const io = createIo(process)
  expect([io.env, io.stdin, io.stdout, io.stderr]).toEqual([process.env, process.stdin, process.stdout, process.stderr])
})

test('leaves standard input closed until a command reads it', () => {
  const process = createProcess()
  const open = vi.fn(() => createProcess().stdin)
  const io = createIo(Object.defineProperty(process, 'stdin', { get: open }))
  expect(open).not.toHaveBeenCalled()
  expect(io.stdin).toBe(open.mock.results[0]?.value)
})

test('calls the listener for each signal, until it is removed', () => {
  const process = createProcess()
  const listener = vi.fn()
  const stop = createIo(process).onSignal('SIGTERM', listener)
  process.emit('SIGTERM')
  process.emit('SIGTERM')
  stop()
  process.emit('SIGTERM')
  expect(listener).toHaveBeenCalledTimes(2)
})

describe('under npx, which ends at a signal and does not pass it on', () => {
  const started = (env: Record<string, string>) => {
    const process = Object.assign(createProcess(), { env })
    const listeners = { SIGTERM: vi.fn(), SIGINT: vi.fn() }
    const { onSignal } = createIo(process)
    return {
      process,
      listeners,
      stop: onSignal('SIGTERM', listeners.SIGTERM),
      other: onSignal('SIGINT', listeners.SIGINT),
    }
  }
  const calls = ({ listeners }: ReturnType<typeof started>) =>
    [listeners.SIGTERM, listeners.SIGINT].map((one) => one.mock.calls.length)
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('calls back for SIGTERM, once, when the parent process is another one', () => {
    const all = started({ npm_command: 'exec' })
    vi.advanceTimersByTime(10_000)
    expect(calls(all)).toEqual([0, 0])
    all.process.ppid = 1
    vi.advanceTimersByTime(10_000)
    expect(calls(all)).toEqual([1, 0])
  })

  test('does not after it was ended, and not when it was started directly', () => {
    const stopped = started({ npm_command: 'exec' })
    stopped.stop()
    const direct = started({})
    for (const { process } of [stopped, direct]) process.ppid = 1
    vi.advanceTimersByTime(10_000)
    expect([calls(stopped), calls(direct)]).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
})

test.each([
  ['141, like a program that SIGPIPE ends', 'EPIPE', 141],
  ['1 for any other reason', 'EIO', 1],
])('ends the process when standard output fails, with %s', (_name, code, exit) => {
  const process = createProcess()
  createIo(process)
  process.stdout.emit('error', Object.assign(new Error('write'), { code }))
  expect(process.exit.mock.calls).toEqual([[exit]])
})

test('goes on when standard error has no reader', () => {
  const process = createProcess()
  createIo(process)
  process.stderr.emit('error', Object.assign(new Error('write'), { code: 'EPIPE' }))
  expect(process.exit).not.toHaveBeenCalled()
})

describe('the program', () => {
  const { argv, exitCode } = process
  afterEach(() => {
    process.argv = argv
    process.exitCode = exitCode
    vi.restoreAllMocks()
  })

  test('runs with the arguments and streams of this process, and leaves it the exit code', async () => {
    process.argv = ['node', 'main.js', 'mok']
    vi.spyOn(process.stdout, 'on').mockReturnThis()
    vi.spyOn(process.stderr, 'on').mockReturnThis()
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await import('../../../src/cli/main.js')
    expect(process.exitCode).toBe(2)
    expect(write.mock.calls.flat().join('')).toContain('Did you mean "mock"?')
  })
})
