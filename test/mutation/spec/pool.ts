/**
 * Workers: each a process in a copy of the project of its own.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyProject, ROOT } from '../../support/project-copy.js'
import type { Mutant } from './constraints.js'
import type { Verdict } from './worker.js'

/** Longest time for one mutant; the slow checks need half a minute. */
const LIMIT = 180_000

/** One copy of the project. */
export interface Worker {
  /** Without a mutant, checks the spec as it is. */
  readonly ask: (mutant?: Mutant) => Promise<Verdict>
  readonly end: () => Promise<void>
}

/** The next message of a worker; undefined when it ended, or gave no answer in time. */
async function answerOf(child: ChildProcess): Promise<Verdict | undefined> {
  const waiting = new AbortController()
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(LIMIT)])
  const answered = once(child, 'message', { signal }).then(([verdict]) => verdict as Verdict)
  const ended = once(child, 'exit', { signal }).then(() => undefined)
  try {
    return await Promise.race([answered, ended])
  } catch {
    return undefined
  } finally {
    waiting.abort()
    await Promise.allSettled([answered, ended])
  }
}

/** Copies the project and starts a process there. */
export async function startWorker(): Promise<Worker> {
  const copy = await copyProject()
  for (const name of ['test', 'vitest.config.ts']) {
    const filter = (path: string) => !path.endsWith('/node_modules')
    await cp(join(ROOT, name), join(copy.folder, name), { recursive: true, filter })
  }
  const script = fileURLToPath(new URL('worker.ts', import.meta.url))
  const start = async () => {
    const child = fork(script, {
      cwd: copy.folder,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await answerOf(child)
    return child
  }
  let child = await start()
  return {
    async ask(mutant) {
      const file = mutant && join(copy.folder, mutant.file)
      const before = file && (await readFile(file))
      child.send({ mutant })
      const verdict = await answerOf(child)
      if (verdict) return verdict
      // Not a kill: a busy machine may be to blame.
      child.kill('SIGKILL')
      if (file && before) await writeFile(file, before)
      child = await start()
      return { said: `no verdict within ${LIMIT / 1000} s` }
    },
    async end() {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
      // Where the worker was killed, its copy is still there.
      await copy.remove()
    },
  }
}
