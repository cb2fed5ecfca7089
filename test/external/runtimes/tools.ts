/** Runtimes and versions of MSW: those of the project, and those that only the matrix needs. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'

export interface Tools {
  /** Programs by name: `node-20` … `node-26`, `workerd`, `bun`, `deno`. */
  readonly path: (name: string) => string
  /** Folders of MSW by column. */
  readonly msw: Readonly<Record<string, string>>
}

interface Package {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

const packageOf = async (folder: string): Promise<Package> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Package

export const versionOf = async (folder: string): Promise<string> => (await packageOf(folder)).version

/** The newest of each runtime, Node's majors apart, and of each major of MSW that the package is for. */
const newestOf = (names: readonly string[]): Record<string, string> => ({
  ...Object.fromEntries(
    [...names, 'bun', 'deno'].map((name) => [name, name.startsWith('node-') ? `npm:node@${name.slice(5)}` : 'latest']),
  ),
  'msw-2': 'npm:msw@2',
  'msw-3': 'npm:msw@3',
})

/**
 * Installs into a folder what is not there yet.
 *
 * @param isNewest takes the newest of all, in place of exact versions
 */
export async function installTools(folder: string, isNewest: boolean): Promise<Tools> {
  const own = await packageOf(join(ROOT, 'test/external/runtimes/tools'))
  const dependencies = isNewest ? newestOf(Object.keys(own.dependencies)) : own.dependencies
  await mkdir(folder, { recursive: true })
  const allowScripts = { node: true, workerd: true, bun: true, deno: true }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...own, dependencies, allowScripts }))
  await shell('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], folder)
  const modules = (name: string) => join(name in dependencies ? folder : ROOT, 'node_modules')
  const programs: Record<string, string> = { bun: '.bin/bun', deno: '.bin/deno', workerd: 'workerd/bin/workerd' }
  return {
    path: (name) => join(modules(name), programs[name] ?? `${name}/bin/node`),
    msw: {
      'MSW 2.2.14': join(ROOT, 'node_modules/msw-2.2.14'),
      'MSW 2': isNewest ? join(folder, 'node_modules/msw-2') : join(ROOT, 'node_modules/msw'),
      'MSW 3': join(modules('msw-3'), 'msw-3'),
    },
  }
}
