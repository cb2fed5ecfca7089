/**
 * `npm run build`: compiles what ships into `dist/`, without files of earlier builds, and writes `llms.txt`.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { packageLlmsText } from './docs/markdown-files.js'
import { openSite } from './docs/site.js'

const FOLDERS = ['dist/src', 'dist/generated']
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

/** Indents a file by tabs, in place of four spaces. */
function indentByTabs(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replaceAll(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
  )
}

/**
 * Removes declarations that no entry point leads to, as the compiler finds them: no import can reach them. The others, and the
 * tables of the contract, are indented by tabs: that saves a tenth of the declarations and a quarter of the tables.
 */
function tidy(): void {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Readonly<Record<string, string>> }
  const entries = Object.values(exports)
    .filter((path) => path.endsWith('.js'))
    .map((path) => path.replace(/js$/, 'd.ts'))
  const args = ['--listFilesOnly', '--skipLibCheck', '--module', 'nodenext', '--types', 'node']
  const listed = execFileSync(process.execPath, [tsc, ...args, ...entries], { encoding: 'utf8' })
  const reached = new Set(listed.split('\n').map((path) => resolve(path)))
  for (const folder of FOLDERS) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => resolve(join(folder, name)))
    for (const path of files.filter((name) => name.endsWith('.d.ts'))) {
      if (reached.has(path)) indentByTabs(path)
      else rmSync(path)
    }
  }
  // It holds data alone: no text of it spans lines.
  indentByTabs('dist/generated/contract.js')
}

for (const folder of FOLDERS) rmSync(folder, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
tidy()
chmodSync('dist/src/cli/main.js', 0o755)
writeFileSync('llms.txt', packageLlmsText(await openSite('.', { releases: [] })))
