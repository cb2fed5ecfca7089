/**
 * Runs the tests part by part, and prints how long each part took.
 *
 *     tsx test/run.ts                       unit, integration, then each folder of test/external, the quickest first
 *     tsx test/run.ts --except unit         the same without a part that has just run
 *     tsx test/run.ts redis                 one folder of test/external, or of test
 *     tsx test/run.ts runtimes matrix Bun   another script of the folder's package.json, with its arguments
 *     tsx test/run.ts --missing [redis]     prints the Debian packages that are missing, and runs nothing
 *     tsx test/run.ts --install             installs the packages of all folders, and runs nothing
 *
 * A folder installs what its lock file says. One whose programs are missing is left out, and the last line says so;
 * where `CI` is set, or where the folder is asked for by name, that is a failure before anything starts.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './support/project-copy.js'
import { type Folder, folderOf, missingLine, missingTools, programPath } from './support/tools.js'

interface Part {
  readonly name: string
  /** @returns whether all went well */
  readonly run: () => Promise<boolean>
}

/** How many of the last lines of a failed part are printed again at the end. */
const LAST_LINES = 40

let printed = ''

/** Runs a program in a folder; what it prints is shown as it comes. */
function start(cwd: string, program: string, ...args: readonly string[]): Promise<boolean> {
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env
  const child = spawn(program, args, { cwd, env, stdio: ['inherit', 'pipe', 'pipe'] })
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.on('data', (chunk: Buffer) => {
      to.write(chunk)
      printed = (printed + chunk.toString()).split('\n').slice(-LAST_LINES).join('\n')
    })
  }
  return new Promise((ended) => {
    child.on('error', ({ message }) => {
      console.error(message)
      ended(false)
    })
    child.on('close', (code) => ended(code === 0))
  })
}

const modified = (path: string) => (existsSync(path) ? statSync(path).mtimeMs : 0)

/** Installs a folder's packages, unless they are newer than its lock file. */
async function install({ path }: Folder): Promise<boolean> {
  const isFresh = modified(join(path, 'node_modules/.package-lock.json')) >= modified(join(path, 'package-lock.json'))
  return isFresh || (await start(path, 'npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'))
}

/** Builds `dist/` once for all that comes after. */
async function build(): Promise<boolean> {
  process.env['DIST_IS_BUILT'] ||= (await start(ROOT, 'npm', 'run', '--silent', 'build')) ? 'yes' : ''
  return process.env['DIST_IS_BUILT'] === 'yes'
}

interface Script {
  readonly folder: Folder
  readonly script: string
  readonly args?: readonly string[]
  /** Without what npm runs before the script: the folder's types. */
  readonly alone?: boolean
}

const scriptPart = ({ folder, script, args = [], alone = false }: Script): Part => ({
  name: [folder.name, ...(script === 'test' ? [] : [script]), ...args].join(' '),
  run: async () => {
    const flags = alone ? ['--silent', '--ignore-scripts'] : ['--silent']
    return (
      (await install(folder)) &&
      (await build()) &&
      (await start(folder.path, 'npm', 'run', ...flags, script, '--', ...args))
    )
  },
})

/** The types of all folders in one run, in a quarter of the time that they take one by one. */
const typesPart = (folders: readonly Folder[]): Part => ({
  name: 'types of external',
  run: async () => {
    for (const folder of folders) if (!(await install(folder))) return false
    return start(ROOT, process.execPath, 'node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.external.json')
  },
})

const externalFolders = (): Folder[] =>
  readdirSync(join(ROOT, 'test/external'))
    .map((name) => folderOf(`external/${name}`))
    .toSorted((a, b) => a.seconds - b.seconds)

const rootParts: readonly Part[] = [
  { name: 'unit', run: () => start(ROOT, 'npm', 'test', '--silent') },
  {
    name: 'integration',
    run: async () => (await build()) && (await start(ROOT, 'npm', 'run', '--silent', 'test:integration')),
  },
]

/** @returns the exit code */
async function runAll(parts: readonly Part[], leftOut: readonly string[] = []): Promise<number> {
  const rows: string[] = []
  const failures: string[] = []
  for (const { name, run } of parts) {
    console.log(`\n── ${name}`)
    printed = ''
    const from = performance.now()
    const passed = await run()
    const row = `${((performance.now() - from) / 1_000).toFixed(0).padStart(8)}  ${name}`
    rows.push(passed ? row : `${row}  FAILED`)
    if (!passed) failures.push(`\n── ${name} FAILED; its last lines:\n${printed}`)
  }
  for (const text of parts.length > 1 ? failures : []) console.log(text)
  console.log('\n seconds  part')
  for (const row of rows) console.log(row)
  if (leftOut.length > 0) console.log(`Left out: ${leftOut.join('; ')}`)
  return failures.length === 0 ? 0 : 1
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  const chromium = programPath('chromium')
  if (chromium) process.env['CHROMIUM'] = chromium
  if (name === '--missing') {
    const folders = rest.length > 0 ? rest.map(folderOf) : externalFolders()
    const packages = folders.flatMap((folder) => missingTools(folder).map((tool) => folder.tools[tool]))
    console.log([...new Set(packages)].join(' '))
    return 0
  }
  if (name === '--install') {
    for (const folder of externalFolders()) if (!(await install(folder))) return 1
    return 0
  }
  const isAll = name === undefined || name === '--except'
  const folders = isAll ? externalFolders() : [folderOf(name)]
  const leftOut = folders.flatMap((folder) => missingLine(folder) ?? [])
  for (const line of leftOut) console.error(line)
  if (leftOut.length > 0 && (process.env['CI'] || !isAll)) return 1
  if (isAll) {
    const able = folders.filter((folder) => missingTools(folder).length === 0)
    // The types of a folder can be checked only where its packages are.
    const alone = leftOut.length === 0
    const types = alone ? [typesPart(able)] : []
    const parts = [...rootParts, ...types, ...able.map((folder) => scriptPart({ folder, script: 'test', alone }))]
    return runAll(
      parts.filter(({ name }) => !rest.includes(name)),
      leftOut,
    )
  }
  const [script = 'test', ...args] = rest
  return runAll(folders.map((folder) => scriptPart({ folder, script, args })))
}

process.exitCode = await main(process.argv.slice(2))
