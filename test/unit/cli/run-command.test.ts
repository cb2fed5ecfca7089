/** Another program, run by the command line: its signals and its exit code. The program itself is not started here. */
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { runProgram } from '../../../src/cli/run-command.js'
import { createIo } from '../../support/cli.js'

const spawn = vi.hoisted(() => vi.fn())
vi.mock('node:child_process', () => ({ spawn }))

const systemError = (code?: string) => Object.assign(new Error('spawn'), { code })

/** A program that runs until the test ends it. */
let child: EventEmitter & { pid: number | undefined; kill: ReturnType<typeof vi.fn<ChildProcess['kill']>> }
beforeEach(() => {
  child = Object.assign(new EventEmitter(), { pid: 1 as number | undefined, kill: vi.fn<ChildProcess['kill']>() })
  spawn.mockReset().mockImplementation(() => child)
})

test('gets its arguments, the environment, and the standard streams', async () => {
  const { io } = createIo({ env: { NOT: 'this one' } })
  const ended = runProgram(['program', 'a b', '--json'], { ONLY: 'this' }, io)
  child.emit('exit', 0, null)
  await ended
  expect(spawn.mock.calls).toEqual([['program', ['a b', '--json'], { stdio: 'inherit', env: { ONLY: 'this' } }]])
})

describe('ends with', () => {
  test.each([
    ['its own code', 7, null, { code: 7 }],
    ['128 and the number of the signal that ended it', null, 'SIGKILL', { code: 137, signal: 'SIGKILL' }],
    ['1 where the system tells neither', null, null, { code: 1 }],
  ])('%s', async (_name, code, signal, ended) => {
    const end = runProgram(['program'], {}, createIo().io)
    child.emit('exit', code, signal)
    expect(await end).toEqual(ended)
  })

  // Node throws some reasons at once, and tells others by an event.
  test.each([
    ['ENOENT', { code: 127, failure: 'cannot be found' }],
    ['EACCES', { code: 126, failure: 'cannot be started (EACCES)' }],
    [undefined, { code: 126, failure: 'cannot be started (unknown)' }],
  ])('a reason where it cannot be started: %s, thrown or told later', async (code, ended) => {
    spawn.mockImplementationOnce(() => {
      throw systemError(code)
    })
    expect(await runProgram(['program'], {}, createIo().io)).toEqual(ended)

    child.pid = undefined
    const later = runProgram(['program'], {}, createIo().io)
    child.emit('error', systemError(code))
    expect(await later).toEqual(ended)
  })

  test('its own code, although a signal could not be sent to it', async () => {
    const end = runProgram(['program'], {}, createIo().io)
    child.emit('error', systemError('EPERM'))
    child.emit('exit', 3, null)
    expect(await end).toEqual({ code: 3 })
  })
})

describe('signals', () => {
  const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

  test.each(SIGNALS)('%s is handed on each time that it comes, until the program has ended', async (name) => {
    const { io, signal } = createIo()
    const end = runProgram(['program'], {}, io)
    expect([signal(name), signal(name)]).toEqual([1, 1])
    expect(child.kill.mock.calls).toEqual([[name], [name]])
    child.emit('exit', 0, null)
    await end
    expect(signal(name)).toBe(0)
  })

  test.each(['stdin', 'stdout', 'stderr'] as const)(
    'those of the keys are not handed on where %s is a terminal, which has sent them to the program itself',
    async (terminal) => {
      const { io, signal } = createIo({ terminals: [terminal] })
      const end = runProgram(['program'], {}, io)
      expect(SIGNALS.map(signal)).toEqual([1, 1, 1, 1, 1])
      expect(child.kill.mock.calls).toEqual([['SIGTERM'], ['SIGHUP'], ['SIGUSR2']])
      child.emit('exit', 0, null)
      await end
    },
  )
})
