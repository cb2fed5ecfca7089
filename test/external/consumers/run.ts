/**
 * Strangers' projects: each installs the packed package and runs its own tests, first as it is, then with one mistake
 * at a time put into its sender. As it is it must pass; with a mistake its own tests must fail and name the field.
 *
 * What the docs show of their output must be what they print.
 *
 * `npm run projects` in this folder; with names of folders of `projects/` behind `--`, some of them. With `--once` a mistake
 * that several projects have is tried in one of them, and each project still tries two.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ROOT } from '../../support/project-copy.js'
import { projectBlocks, shownLines } from './pages.js'

const PROJECTS = join(ROOT, 'test/external/consumers/projects')

/** So much of what a project's tests print is shown when they do not end as they must. */
const MOST_PRINTED = 5_000

/** The App Secret of every project, and that of the command line. */
const SECRET = /(test|demo|mock-app)-secret/

/** One mistake in a sender, as `mistakes.json` of the project has it, by name. */
interface Mistake {
  /** Each stands once in the project's sources, and is replaced. */
  readonly edits: Readonly<Record<string, string>>
  /** What the failed tests must print. */
  readonly says?: string
  /** The contract lets it pass, so the tests must too. */
  readonly allowed?: true
}

interface Ended {
  readonly code: number
  readonly printed: string
}

interface Row {
  readonly project: string
  readonly sender: string
  readonly code: number
  readonly seconds: number
  /** What is wrong with it; nothing when all is as it must be. */
  readonly fault?: string | undefined
  /** The line that tells what happened. */
  readonly line: string
}

/** Runs a program, with nothing in its environment of the npm that runs this one. */
function run(cwd: string, program: string, ...args: readonly string[]): Promise<Ended> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|VITEST|CI$)/i.test(name))
  const env = { ...Object.fromEntries(kept), NO_COLOR: '1', npm_config_update_notifier: 'false' }
  return new Promise((done) => {
    const child = execFile(program, args, { cwd, env, maxBuffer: 1e9, timeout: 120_000 }, (error, stdout, stderr) => {
      const code = child.exitCode ?? (error ? -1 : 0)
      done({ code, printed: stdout + stderr })
    })
  })
}

async function must(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  const { code, printed } = await run(cwd, program, ...args)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code} in ${cwd}:\n${printed}`)
  return printed
}

/** A copy of the project, with the package installed as its README says. */
async function installed(project: string, folder: string, tarball: string): Promise<string> {
  const copy = join(folder, project)
  await cp(join(PROJECTS, project), copy, { recursive: true, filter: (path) => !path.endsWith('node_modules') })
  await must(copy, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--save-dev', tarball)
  return copy
}

/** The files of a project that a mistake may be in, without what its build has made. */
async function sources(project: string): Promise<string[]> {
  const all = await readdir(join(PROJECTS, project), { recursive: true, withFileTypes: true })
  const paths = all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return paths
    .map((path) => relative(join(PROJECTS, project), path))
    .filter((path) => !/node_modules|\.json$|^test|_test\.go$|Test\.java$/.test(path))
}

/** Puts a mistake in; gives what takes it out again. */
async function mistaken(project: string, copy: string, { edits }: Mistake): Promise<() => Promise<void>> {
  const texts = new Map<string, string>()
  for (const path of await sources(project)) texts.set(path, await readFile(join(copy, path), 'utf8'))
  const changed = new Map<string, string>()
  for (const [from, to] of Object.entries(edits)) {
    const holders = [...texts].filter(([, text]) => text.includes(from))
    const [[path, text] = ['', '']] = holders
    if (holders.length !== 1 || text.split(from).length !== 2) throw new Error(`${project}: not there once: ${from}`)
    changed.set(
      path,
      (changed.get(path) ?? text).replace(from, () => to),
    )
  }
  for (const [path, text] of changed) await writeFile(join(copy, path), text)
  return async () => {
    for (const path of changed.keys()) await writeFile(join(copy, path), texts.get(path) ?? '')
  }
}

/** What is wrong with how the tests ended; nothing when all is as it must be. */
function faultOf({ code, printed }: Ended, { says, allowed }: Mistake, right: string): string | undefined {
  if (SECRET.test(printed)) return 'prints the App Secret'
  if (allowed) return code === 0 ? undefined : 'failed, and is allowed'
  if (code === 0) return 'passed, and must fail'
  if (!says || !printed.includes(says)) return `does not say "${says}"`
  return right.includes(says) ? `says "${says}" when all is right, too` : undefined
}

const lineWith = (printed: string, text: string | undefined) =>
  (text && printed.split('\n').find((line) => line.includes(text)))?.trim() ?? ''

/** The Node that runs the project's scripts: its own, where it has installed one. */
async function nodeOf(copy: string): Promise<string> {
  const [, version = 'unknown'] = /(v\d+\.\d+\.\d+)/.exec(await must(copy, 'npm', 'exec', '-c', 'node --version')) ?? []
  return `Node ${version}`
}

/** A line that the docs show of this run, and that it does not print. */
function unshown(project: string, sender: string, printed: string): string | undefined {
  const shown = projectBlocks().filter((block) => block.project === project && block.title === sender)
  const line = shown.flatMap(shownLines).find((text) => !printed.includes(text))
  return line === undefined ? undefined : `does not print what the docs show: ${line}`
}

type Mistakes = Readonly<Record<string, Mistake>>

const mistakesOf = async (project: string): Promise<Mistakes> =>
  JSON.parse(await readFile(join(PROJECTS, project, 'mistakes.json'), 'utf8')) as Mistakes

/** Each run of these starts a browser or a compiler, so under `--once` the others come before them. */
const SLOW = ['browser', 'java', 'jest-commonjs']

/** Fewest mistakes of a project under `--once`. */
const FEWEST = 2

/** The mistakes of a project that no project before it has, those whose output the docs show, and others up to the fewest. */
function once(project: string, mistakes: Mistakes, tried: Set<string>): Mistakes {
  const shown = new Set(projectBlocks().flatMap((block) => (block.project === project ? [block.title] : [])))
  const wanted = Object.keys(mistakes).filter((name) => shown.has(name) || !tried.has(name))
  const others = Object.keys(mistakes).filter((name) => !wanted.includes(name))
  const chosen = [...wanted, ...others.slice(0, Math.max(0, FEWEST - wanted.length))]
  for (const name of chosen) tried.add(name)
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => chosen.includes(name)))
}

/** All senders of one project. */
async function* judged(project: string, copy: string, mistakes: Mistakes): AsyncGenerator<Row> {
  const ended = async () => {
    const start = performance.now()
    const result = await run(copy, 'npm', 'test')
    return { ...result, seconds: (performance.now() - start) / 1_000 }
  }
  const right = await ended()
  const types = await run(copy, 'npm', 'run', 'typecheck', '--if-present')
  const failed = [right, types].find((ended) => ended.code !== 0)
  const fault = failed?.printed ?? unshown(project, 'right', right.printed)
  yield { project, sender: 'right', code: right.code, seconds: right.seconds, fault, line: await nodeOf(copy) }
  if (fault !== undefined) return

  for (const [sender, mistake] of Object.entries(mistakes)) {
    const undo = await mistaken(project, copy, mistake)
    const wrong = await ended()
    await undo()
    const found = faultOf(wrong, mistake, right.printed) ?? unshown(project, sender, wrong.printed)
    const line = lineWith(wrong.printed, mistake.says)
    yield {
      project,
      sender,
      code: wrong.code,
      seconds: wrong.seconds,
      fault: found && `${found}\n${wrong.printed}`,
      line,
    }
  }
}

function print({ project, sender, code, seconds, fault, line }: Row): void {
  const cells = [
    fault ? 'BAD' : 'ok ',
    project.padEnd(14),
    sender.padEnd(38),
    `exit ${code}`,
    `${seconds.toFixed(1)} s`,
  ]
  console.log([...cells, line.slice(0, 90)].join('  '))
  if (fault) console.log(`\n${fault.slice(-MOST_PRINTED)}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  const start = performance.now()
  const wanted = args.filter((arg) => arg !== '--once')
  const folder = await mkdtemp(join(tmpdir(), 'consumers-'))
  try {
    const packed = await must(ROOT, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder)
    const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '')
    const all = (await readdir(PROJECTS)).filter((name) => wanted.length === 0 || wanted.includes(name))
    const waiting: [project: string, mistakes: Mistakes][] = []
    const tried = new Set<string>()
    for (const project of all.toSorted((a, b) => Number(SLOW.includes(a)) - Number(SLOW.includes(b)))) {
      const mistakes = await mistakesOf(project)
      waiting.push([project, args.includes('--once') ? once(project, mistakes, tried) : mistakes])
    }
    const rows: Row[] = []
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [project, mistakes] = next
        const copy = await installed(project, folder, tarball)
        for await (const row of judged(project, copy, mistakes)) {
          rows.push(row)
          print(row)
        }
      }
    }
    await Promise.all([worker(), worker()])
    const bad = rows.filter(({ fault }) => fault !== undefined)
    for (const row of bad) print(row)
    const seconds = ((performance.now() - start) / 1_000).toFixed(0)
    console.log(`${all.length} projects, ${rows.length} runs, ${bad.length} not as they must be, ${seconds} s`)
    return bad.length === 0 && all.length > 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2))
