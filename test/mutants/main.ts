/**
 * `npm run test:mutants`: takes each constraint of the spec away, or changes it a little, in a copy of the house, and
 * asks the tests. A mutant that lives is a constraint that no test holds.
 *
 * Before and after, each copy is judged as it is: a judge who finds fault with the spec itself proves nothing.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { copyHouse, ROOT } from '../house-copy.js'
import { findMutants, type Mutant } from './constraints.js'
import type { Verdict } from './worker.js'

const USAGE = `Usage: npm run test:mutants -- [--only TEXT] [--workers 2] [--list] [--verbose]

  --only     only mutants whose name holds the text
  --workers  copies of the house that work at the same time
  --list     name the mutants, and do nothing
  --verbose  tell of each mutant who killed it
`

/** Longest time for one mutant; the slow judges need half a minute. */
const LIMIT = 180_000

interface Worker {
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

async function startWorker(): Promise<Worker> {
  const house = await copyHouse()
  for (const room of ['test', 'vitest.config.ts']) {
    await cp(join(ROOT, room), join(house.folder, room), { recursive: true })
  }
  const script = fileURLToPath(new URL('worker.ts', import.meta.url))
  const start = async () => {
    const child = fork(script, {
      cwd: house.folder,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await answerOf(child)
    return child
  }
  let child = await start()
  return {
    async ask(mutant) {
      child.send({ mutant })
      const verdict = await answerOf(child)
      if (verdict) return verdict
      child.kill('SIGKILL')
      child = await start()
      return { by: 'time', said: `no verdict within ${LIMIT / 1000} s` }
    },
    async end() {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
      // Where the worker was killed, its copy is still there.
      await house.remove()
    },
  }
}

interface Judged extends Verdict {
  readonly mutant: Mutant
}

/** Asks the workers about all mutants, each worker about the next one as soon as it is free. */
async function judgeAll(
  workers: readonly Worker[],
  mutants: readonly Mutant[],
  tell: (one: Judged) => void,
): Promise<Judged[]> {
  const [queue, judged]: [Mutant[], Judged[]] = [[...mutants], []]
  await Promise.all(
    workers.map(async (worker) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const one = { mutant, ...(await worker.ask(mutant)) }
        judged.push(one)
        tell(one)
      }
    }),
  )
  return judged
}

/** Fault that the judges find with the spec as it is. */
async function faultsOf(workers: readonly Worker[]): Promise<string[]> {
  const verdicts = await Promise.all(workers.map((worker) => worker.ask()))
  return verdicts.flatMap(({ by, said }) => (by === undefined ? [] : [`The spec as it is fails by ${by}: ${said}`]))
}

/** Killers with the number of their mutants: test files by their name, tools by theirs. */
function tally(judged: readonly Judged[]): string {
  const counts = new Map<string, number>()
  for (const { by, said = '' } of judged) {
    const killer = by && (/^test\/[\w.-]+/.exec(said)?.[0] ?? by)
    if (killer) counts.set(killer, (counts.get(killer) ?? 0) + 1)
  }
  return [...counts].map(([killer, count]) => `${String(count).padStart(6)} by ${killer}\n`).join('')
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      workers: { type: 'string', default: '2' },
      list: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const print = (text: string) => process.stdout.write(text)
  if (values.help) return print(USAGE) ? 0 : 0
  const mutants = findMutants(ROOT, 'spec/openapi.yaml').filter(({ name }) => name.includes(values.only))
  if (values.list) return print(mutants.map(({ name }) => `${name}\n`).join('')) ? 0 : 0
  const start = Date.now()
  const workers = await Promise.all(Array.from({ length: Number(values.workers) }, startWorker))
  try {
    const faults = await faultsOf(workers)
    const judged =
      faults.length > 0
        ? []
        : await judgeAll(workers, mutants, ({ mutant, by, said }) => {
            if (!by) print(`LIVES  ${mutant.name}\n`)
            else if (values.verbose) print(`killed ${mutant.name}\n       by ${by}: ${said}\n`)
          })
    if (faults.length === 0) faults.push(...(await faultsOf(workers)))
    if (faults.length > 0) {
      process.stderr.write(`${faults.join('\n')}\n`)
      return 2
    }
    const living = judged.filter(({ by }) => !by).length
    print(`${judged.length} mutants, ${living} live, ${Math.round((Date.now() - start) / 1000)} s\n${tally(judged)}`)
    return living > 0 || judged.length === 0 ? 1 : 0
  } finally {
    await Promise.all(workers.map((worker) => worker.end()))
  }
}

process.exitCode = await main()
