/**
 * How long `npm run generate` takes, and how much memory, for a spec of one operation and of many; and whether what is
 * generated for 400 operations compiles.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Prints the most memory that a process had, in kilobytes, when it ends. */
const MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write('rss '+process.resourceUsage().maxRSS+'\\n'))`

/** A copy of the project with `count` operations in its spec: the first, and others that differ only in their names. */
export function copyWithOperations(count) {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'))
  for (const name of [
    'spec',
    'src',
    'generated',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'redocly.yaml',
    '.redocly.lint-ignore.yaml',
  ])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const page = readFileSync(join(ROOT, 'test/support/operations/paths/cursor_move.yaml'), 'utf8')
  const lines = Array.from({ length: count - 1 }, (_, i) => {
    const text = page.replaceAll('moveCursor', `moveCursor${i}`).replaceAll('/cursor/move', `/cursor/move${i}`)
    writeFileSync(join(folder, `spec/paths/cursor_move${i}.yaml`), text)
    return `  /cursor/move${i}.json:\n    $ref: paths/cursor_move${i}.yaml\n`
  })
  const root = join(folder, 'spec/openapi.yaml')
  writeFileSync(
    root,
    readFileSync(root, 'utf8').replace(/^components:/m, (head) => lines.join('') + head),
  )
  return folder
}

/** Runs a tool of the project in a copy. @returns seconds and megabytes */
function timed(folder, script, args) {
  const from = performance.now()
  const { status, stderr, stdout } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: `--import ${JSON.stringify(MEMORY)}` },
  })
  if (status !== 0) throw new Error(stdout + stderr)
  const kilobytes = [...stderr.matchAll(/^rss (\d+)$/gm)].map(([, number]) => Number(number))
  return { seconds: (performance.now() - from) / 1_000, megabytes: Math.max(...kilobytes) / 1_024 }
}

const print = (what, { seconds, megabytes }) =>
  console.log(`${what.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s ${megabytes.toFixed(0).padStart(6)} MB`)

/** Prints a line for each size. */
export function measureGenerate() {
  for (const count of [1, 30, 100, 400]) {
    const folder = copyWithOperations(count)
    try {
      print(`generate, ${count} operations`, timed(folder, join(folder, 'src/tooling/generate/start.js'), []))
      if (count === 400)
        print(
          'build, 400 operations',
          timed(folder, join(ROOT, 'node_modules/typescript/bin/tsc'), ['-p', 'tsconfig.build.json']),
        )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
