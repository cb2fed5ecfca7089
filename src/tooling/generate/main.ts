/**
 * `npm run generate`: all of `generated/` from `spec/`. With `--check` nothing is written, and files that are stale or no
 * longer made are named.
 *
 * Everything is made in memory first; a mistake in the spec leaves `generated/` as it was.
 *
 * @module
 */
import { once } from 'node:events'
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { generate } from './generate.js'
import { type Spec, SpecError } from './openapi.js'

const USAGE = `Usage: npm run generate -- [--check] [--spec spec/openapi.yaml] [--out generated]

  --check  write nothing; exit with 1 and name the files that are stale, or no longer made
  --spec   root file of the spec
  --out    folder to write to; from generated/, files that are no longer made are removed
`

/** Starts to load TypeScript at once. */
const thread = new Worker(new URL('types-thread.mjs', import.meta.url))

async function typesFromThread(spec: Spec): Promise<string> {
  thread.postMessage(spec)
  try {
    const [types]: string[] = await once(thread, 'message')
    return types ?? ''
  } catch (error) {
    throw new SpecError(`the types: ${error instanceof Error ? error.message : error}`)
  }
}

async function stale(files: ReadonlyMap<string, string>, out: string): Promise<string[]> {
  const differs = await Promise.all(
    [...files].map(async ([name, text]) =>
      (await readFile(join(out, name), 'utf8').catch(() => '')) === text ? [] : [name],
    ),
  )
  return differs.flat()
}

/**
 * Files of the project's own `generated/` that are no longer made. Any other folder may have files of others, also one that
 * a link of that name leads to.
 */
async function leftOver(files: ReadonlyMap<string, string>, out: string): Promise<string[]> {
  const status = await lstat(out).catch(() => undefined)
  if (out !== resolve('generated') || !status?.isDirectory()) return []
  const entries = await readdir(out, { withFileTypes: true })
  const others = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !files.has(entry.name))
  return others.map(({ name }) => name)
}

/** Writes new files, then renames them, so that no reader sees half a file. */
async function write(files: ReadonlyMap<string, string>, out: string): Promise<void> {
  await mkdir(out, { recursive: true }).catch((error: Error) => {
    throw new SpecError(`--out: ${error.message}`)
  })
  await Promise.all([...files].map(([name, text]) => writeFile(join(out, `.${name}.new`), text)))
  await Promise.all([...files.keys()].map((name) => rename(join(out, `.${name}.new`), join(out, name))))
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      spec: { type: 'string', default: 'spec/openapi.yaml' },
      out: { type: 'string', default: 'generated' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const out = resolve(values.out)
  const { files, warnings } = await generate(values.spec, process.cwd(), typesFromThread)
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`)
  if (!values.check) {
    await write(files, out)
    await Promise.all((await leftOver(files, out)).map((name) => rm(join(out, name))))
    process.stdout.write(`${[...files.keys()].map((name) => join(values.out, name)).join('\n')}\n`)
    return 0
  }
  const lines = [
    ...(await stale(files, out)).map((name) => `${join(values.out, name)}: stale, run npm run generate\n`),
    ...(await leftOver(files, out)).map((name) => `${join(values.out, name)}: no longer made, run npm run generate\n`),
  ]
  process.stderr.write(lines.join(''))
  return lines.length > 0 ? 1 : 0
}

/** What a person can mend: a mistake in the spec, or in the arguments. */
const isExpected = (error: Error): boolean =>
  error instanceof SpecError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Error)) throw error
  process.stderr.write(`${isExpected(error) ? error.message : (error.stack ?? error.message)}\n`)
  process.exitCode = 1
} finally {
  await thread.terminate()
}
