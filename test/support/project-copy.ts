/** A copy of the project in a temporary folder, so that a test can change its spec. */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs one of the project's tools by node: a file of `node_modules`, or one by its whole path. */
export function run(cwd: string, tool: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const script = resolve(ROOT, 'node_modules', tool)
  return new Promise((done) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd, env: { ...process.env, ...env }, maxBuffer: 1e8 },
      (error, stdout, stderr) => done({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    )
  })
}

export const TSX = 'tsx/dist/cli.mjs'
export const TSC = 'typescript/bin/tsc'
/** As `npm run generate` runs it. */
export const generate = (cwd: string, ...args: string[]): Promise<Ran> =>
  run(cwd, join(cwd, 'src/tooling/generate/start.js'), args)

/** @returns the folder, to be removed by `remove` */
export async function copyProject(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'))
  const folders = [
    'spec',
    'src',
    'generated',
    'package.json',
    'CHANGELOG.md',
    'tsconfig.json',
    'redocly.yaml',
    '.redocly.lint-ignore.yaml',
  ]
  await Promise.all(folders.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
