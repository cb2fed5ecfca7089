/**
 * Mutation testing of `src/`: changes one expression at a time, and names those changes that no test misses.
 *
 * Usage: `npm run test:mutation`, or with files behind `--`: `core/form rate-limit/memory`. Prints the score of each file, and
 * the survivors that `survivors.md` does not argue. Fails when a file is under its score.
 *
 * `test/mutation/spec/` is another thing: it takes the constraints of the spec away.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/project-copy.js'

interface Point {
  readonly line: number
  readonly column: number
}

interface Mutant {
  readonly status: string
  readonly replacement: string
  readonly location: { readonly start: Point; readonly end: Point }
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

const CONFIG = 'test/mutation/stryker.json'
const STRYKER = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const { mutate, thresholds, jsonReporter } = JSON.parse(read(CONFIG)) as {
  readonly mutate: readonly string[]
  readonly thresholds: { readonly break: number }
  readonly jsonReporter: { readonly fileName: string }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

/** A mutant as `survivors.md` writes it. */
function describeMutant(source: string, { location: { start, end }, replacement }: Mutant): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  lines[last] = (lines[last] as string).slice(0, end.column - 1)
  lines[0] = (lines[0] as string).slice(start.column - 1)
  return `\`\`${oneLine(lines.join('\n'))}\`\` → \`\`${oneLine(replacement)}\`\``
}

const named = process.argv.slice(2).map((name) => `src/${name.replace(/^src\//, '').replace(/\.ts$/, '')}.ts`)
const chosen = named.length > 0 ? named : mutate
rmSync(join(ROOT, jsonReporter.fileName), { force: true })
const { status } = spawnSync(process.execPath, [STRYKER, 'run', CONFIG, '--mutate', chosen.join()], {
  cwd: ROOT,
  stdio: 'inherit',
})
// A test that fails without a mutant ends the run before there is a report.
if (!existsSync(join(ROOT, jsonReporter.fileName))) process.exit(status || 1)

const chapters = read('test/mutation/survivors.md').split(/^## /m)
const { files } = JSON.parse(read(jsonReporter.fileName)) as Report
const folders = new Map<string, { killed: number; all: number }>()
let low = false
for (const [file, { source, mutants }] of Object.entries(files)) {
  // A line may be broken anywhere.
  const argued = oneLine(chapters.find((one) => one.startsWith(`${file.replace('src/', '')}\n`)) ?? '')
  const count = (...all: string[]) => mutants.filter((one) => all.includes(one.status)).length
  const killed = count('Killed', 'Timeout')
  const survived = count('Survived', 'NoCoverage')
  if (killed + survived === 0) continue
  const score = (100 * killed) / (killed + survived)
  if (score < thresholds.break) low = true
  const folder = file.split('/').slice(0, 2).join('/')
  const sum = folders.get(folder) ?? { killed: 0, all: 0 }
  folders.set(folder, { killed: sum.killed + killed, all: sum.all + killed + survived })
  console.log(`${file.padEnd(32)} ${score.toFixed(1).padStart(5)} %  ${killed} killed, ${survived} survived`)
  for (const one of mutants.filter((each) => ['Survived', 'NoCoverage'].includes(each.status))) {
    const text = describeMutant(source, one)
    if (!argued.includes(text)) console.log(`  line ${one.location.start.line}: ${text}`)
  }
}
for (const [folder, { killed, all }] of folders) {
  console.log(`${folder.padEnd(32)} ${((100 * killed) / all).toFixed(1).padStart(5)} %  ${killed} of ${all}`)
}
process.exit(low ? 1 : (status ?? 1))
