/**
 * `npm run test:runtimes -- matrix`: the suite of the packed package on every runtime and with every version of MSW, as one table.
 *
 * `-- --newest` takes the newest of all, from npm, in place of the versions of this folder's lock file; names of rows
 * (`Bun`) run those alone.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHosts } from './hosts.js'
import { copyOf, installedSuite, namesOf } from './project.js'
import type { Job, Outcome, Report, Runtime } from './runtime.js'
import { runtimesOf } from './runtimes.js'
import { COLUMNS, MSW, type Plan, ROWS, type Row, suiteColumn, tableOf } from './table.js'
import { installNewest, TOOLS, type Tools, versionOf } from './tools.js'

/** So many at once: they wait more than they work. */
const AT_ONCE = 4

/** What is done, last first, when all is over. */
const after: (() => unknown)[] = []
const removed = (folder: string) => after.push(() => rm(folder, { recursive: true, force: true }))

/** Columns of the table, run in one go. */
interface Run {
  readonly job: Job
  readonly columns: readonly string[]
}

/** The suite by itself, and once more with each version of MSW. */
async function runsOf(folder: string, msw: Tools['msw'], urls: Job['urls']): Promise<Run[]> {
  const runs: Run[] = [{ job: { folder, columns: COLUMNS, urls }, columns: COLUMNS }]
  for (const column of MSW) {
    const from = msw[column] ?? ''
    const copy = await copyOf(folder, from)
    removed(copy)
    runs.push({ job: { folder: copy, columns: ['msw'], msw: await versionOf(from), urls }, columns: [column] })
  }
  return runs
}

/** The outcomes by column of the table; without a report each case has failed. */
async function reportOf(runtime: Runtime, { job, columns }: Run, plan: Plan): Promise<Report> {
  const failed = (error: string) => (column: string) => (plan[column] ?? []).map((name): Outcome => ({ name, error }))
  const outcomes = await runtime.run(job).then(
    (report) => (column: string) => report[suiteColumn(column)] ?? [],
    (error: unknown) => failed((error as Error).message),
  )
  return Object.fromEntries(columns.map((column) => [column, outcomes(column)]))
}

/** Runs all columns on all runtimes. */
async function rowsOf(runtimes: readonly Runtime[], runs: readonly Run[], plan: Plan): Promise<Row[]> {
  const reports = runtimes.map((): Record<string, readonly Outcome[]> => ({}))
  const waiting = runs.flatMap((run) => runtimes.map((runtime, i) => ({ run, runtime, i })))
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      Object.assign(reports[one.i] ?? {}, await reportOf(one.runtime, one.run, plan))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const versions = await Promise.all(runtimes.map(({ version }) => version().catch(() => 'unknown')))
  return runtimes.map(({ name }, i) => ({ name, version: versions[i] ?? '', report: reports[i] ?? {} }))
}

async function newestTools(): Promise<Tools> {
  const folder = await mkdtemp(join(tmpdir(), 'newest-runtimes-'))
  removed(folder)
  return installNewest(folder)
}

async function main(args: readonly string[]): Promise<number> {
  const start = performance.now()
  const wanted = args.filter((arg) => arg !== '--newest')
  const unknown = wanted.find((name) => !ROWS.includes(name))
  if (unknown !== undefined) throw new TypeError(`a row must be one of ${ROWS.join(', ')}. Received ${unknown}`)
  const tools = args.includes('--newest') ? await newestTools() : TOOLS
  const installed = performance.now()
  const hosts = await startHosts()
  after.push(hosts.stop)
  const runtimes = runtimesOf(tools, hosts).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  for (const { stop } of runtimes) if (stop) after.push(stop)
  const { folder, remove } = await installedSuite()
  after.push(remove)
  const runs = await runsOf(folder, tools.msw, hosts.urls)
  const names = await namesOf(folder, [...COLUMNS, 'msw'])
  const plan = Object.fromEntries([...COLUMNS, ...MSW].map((column) => [column, names[suiteColumn(column)] ?? []]))
  const rows = await rowsOf(runtimes, runs, plan)
  const titles = Object.fromEntries(runs.flatMap(({ job, columns }) => columns.map((one) => [one, `MSW ${job.msw}`])))
  for (const column of COLUMNS) delete titles[column]
  const { text, faults } = tableOf(rows, plan, titles)
  const [seconds, installing] = [performance.now() - start, installed - start].map((one) => (one / 1_000).toFixed(0))
  console.log(`${text}\n\n${rows.length} runtimes, ${faults} faults, ${seconds} s, ${installing} s of it for npm`)
  return faults === 0 && rows.length > 0 ? 0 : 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} finally {
  for (const end of after.toReversed()) await end()
}
