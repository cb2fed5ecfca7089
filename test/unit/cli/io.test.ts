/** What a process gives to the command line. */
import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createIo } from '../../../src/cli/io.js'

/** A process that records how it is ended. */
function createProcess() {
  const stdout = Object.assign(new EventEmitter(), { write: vi.fn() })
  const stderr = { write: vi.fn() }
  async function* stdin() {
    yield Buffer.from('typed')
  }
  return Object.assign(new EventEmitter(), { env: { NAME: 'value' }, stdin: stdin(), stdout, stderr, exit: vi.fn() })
}

test('are its environment and its streams', () => {
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

test('calls back for each signal, until it is ended', () => {
  const process = createProcess()
  const listener = vi.fn()
  const stop = createIo(process).onSignal('SIGTERM', listener)
  process.emit('SIGTERM')
  process.emit('SIGTERM')
  stop()
  process.emit('SIGTERM')
  expect(listener).toHaveBeenCalledTimes(2)
})

test.each([
  ['141, as a program that SIGPIPE ends', 'EPIPE', 141],
  ['1 for any other reason', 'EIO', 1],
])('ends the process when standard output fails, with %s', (_name, code, exit) => {
  const process = createProcess()
  createIo(process)
  process.stdout.emit('error', Object.assign(new Error('write'), { code }))
  expect(process.exit.mock.calls).toEqual([[exit]])
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
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await import('../../../src/cli/main.js')
    expect(process.exitCode).toBe(2)
    expect(write.mock.calls.flat().join('')).toContain('Did you mean "mock"?')
  })
})
