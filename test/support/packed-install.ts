/** The package, packed and installed into an empty folder, without a network. `dist/` was built before the first test. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './project-copy.js'

/** Runs a program; rejects with all it printed when it fails. */
export function shell(
  program: string,
  args: readonly string[],
  cwd: string,
  more: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1', ...more }
  return new Promise((done, fail) => {
    execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      error ? fail(new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`)) : done(stdout),
    )
  })
}

export interface Stranger {
  readonly folder: string
  /** What is in the package, by path. */
  readonly files: readonly string[]
  readonly remove: () => Promise<void>
}

/** `npm pack` of this package or of an installed one. */
async function pack(folder: string, from: string): Promise<{ filename: string; files: { path: string }[] }> {
  const printed = await shell('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, from], ROOT)
  const parsed = JSON.parse(printed.slice(printed.search(/^[[{]/m))) as Record<string, never>
  return Object.values(parsed)[0] as never
}

export async function installed(): Promise<Stranger> {
  const folder = await mkdtemp(join(tmpdir(), 'stranger-'))
  const own = await pack(folder, '.')
  // Packed from what is installed here, so that nothing is downloaded.
  const names = ['openapi-fetch', 'openapi-typescript-helpers']
  const others = await Promise.all(names.map((name) => pack(folder, `./node_modules/${name}`)))
  await writeFile(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }')
  const tarballs = [own, ...others].map(({ filename }) => `./${filename}`)
  await shell('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs], folder)
  return {
    folder,
    files: own.files.map(({ path }) => path),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
