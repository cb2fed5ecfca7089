/**
 * `npm run test:mutation -- spec`: takes each constraint of the spec away, or changes it a little, in a copy of the project, and
 * asks the tests. A mutant that lives is a constraint that no test holds.
 *
 * Before and after, each copy is checked as it is: a check that fails for the spec itself proves nothing.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { ROOT } from '../../support/project-copy.js'
import { findMutants, type Mutant } from './constraints.js'
import { startWorker, type Worker } from './pool.js'
import type { Verdict } from './worker.js'

const USAGE = `Usage: npm run test:mutation -- spec [--only TEXT] [--workers 2] [--list] [--verbose]

  --only     only mutants whose name holds the text
  --workers  copies of the project that work at the same time
  --list     name the mutants, and do nothing
  --verbose  tell of each mutant who killed it
`

interface Checked extends Verdict {
  readonly mutant: Mutant
}

/** Asks the workers about all mutants, each worker about the next one as soon as it is free. */
async function checkAll(
  workers: readonly Worker[],
  mutants: readonly Mutant[],
  tell: (one: Checked) => void,
): Promise<Checked[]> {
  const queue = [...mutants]
  const checked: Checked[] = []
  await Promise.all(
    workers.map(async (worker) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const one = { mutant, ...(await worker.ask(mutant)) }
        checked.push(one)
        tell(one)
      }
    }),
  )
  return checked
}

/** @throws Error when a check fails for the spec as it is */
async function expectNoFault(workers: readonly Worker[]): Promise<void> {
  for (const { by, said } of await Promise.all(workers.map((worker) => worker.ask()))) {
    if (by ?? said) throw new Error(`The spec as it is fails${by ? ` by ${by}` : ''}: ${said}`)
  }
}

/** Killers with the number of their mutants: test files by their name, tools by theirs. */
function tally(checked: readonly Checked[]): string {
  const counts = new Map<string, number>()
  for (const { by, said = '' } of checked) {
    const killer = by && (/^test\/[\w.-]+/.exec(said)?.[0] ?? by)
    if (killer) counts.set(killer, (counts.get(killer) ?? 0) + 1)
  }
  return [...counts].map(([killer, count]) => `${String(count).padStart(6)} by ${killer}\n`).join('')
}

const print = (text: string) => process.stdout.write(text)

async function hunt(mutants: readonly Mutant[], count: number, verbose: boolean): Promise<Checked[]> {
  const workers = await Promise.all(Array.from({ length: count }, startWorker))
  try {
    await expectNoFault(workers)
    const checked = await checkAll(workers, mutants, ({ mutant, by, said }) => {
      if (!by) print(`LIVES  ${mutant.name}${said ? ` (${said})` : ''}\n`)
      else if (verbose) print(`killed ${mutant.name}\n       by ${by}: ${said}\n`)
    })
    await expectNoFault(workers)
    return checked
  } finally {
    await Promise.all(workers.map((worker) => worker.end()))
  }
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
  const mutants = findMutants(ROOT, 'spec/openapi.yaml').filter(({ name }) => name.includes(values.only))
  if (values.help || values.list) {
    print(values.help ? USAGE : mutants.map(({ name }) => `${name}\n`).join(''))
    return 0
  }
  const start = Date.now()
  const checked = await hunt(mutants, Number(values.workers), values.verbose)
  const living = checked.filter(({ by }) => !by).length
  print(`${checked.length} mutants, ${living} live, ${Math.round((Date.now() - start) / 1000)} s\n${tally(checked)}`)
  return living > 0 || checked.length === 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 2
}
