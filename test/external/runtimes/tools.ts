/** Runtimes and versions of MSW: those of this folder's `node_modules`, or the newest of all. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'

const FOLDER = join(ROOT, 'test/external/runtimes')

export interface Tools {
  /** Programs by name: `node-20` … `node-26`, `workerd`, `bun`, `deno`. */
  readonly path: (name: string) => string
  /** Folders of MSW by column. */
  readonly msw: Readonly<Record<string, string>>
}

interface Package {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

const packageOf = async (folder: string): Promise<Package> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Package

export const versionOf = async (folder: string): Promise<string> => (await packageOf(folder)).version

/** Where a program is in its package; that of Node is `bin/node`. */
const PROGRAMS: Readonly<Record<string, string>> = {
  bun: 'bun/bin/bun.exe',
  deno: 'deno/bin.cjs',
  workerd: 'workerd/bin/workerd',
}

const toolsIn = (folder: string, ...mswPaths: readonly [oldest: string, two: string, three: string]): Tools => ({
  path: (name) => join(folder, 'node_modules', PROGRAMS[name] ?? `${name}/bin/node`),
  msw: { 'MSW 2.2.14': mswPaths[0], 'MSW 2': mswPaths[1], 'MSW 3': mswPaths[2] },
})

const OLDEST_MSW = join(FOLDER, 'node_modules/msw-2.2.14')

/** In the exact versions of the lock files; MSW 2 is that of the project itself. */
export const TOOLS: Tools = toolsIn(
  FOLDER,
  OLDEST_MSW,
  join(ROOT, 'node_modules/msw'),
  join(FOLDER, 'node_modules/msw-3'),
)

/** Runtimes for the calls to hosts that fail at random. */
export const CHAOS: readonly string[] = ['Node 20', 'Node 24', 'Bun', 'Deno']

/** The program of a runtime, and its arguments before those of a script. */
export function commandOf(name: string): readonly string[] {
  if (name === 'Deno') return [TOOLS.path('deno'), 'run', '--allow-all']
  return [TOOLS.path(name.toLowerCase().replace(' ', '-'))]
}

/** The newest of a runtime, Node's majors apart, and of each major of MSW that the package is for. */
function newestOf(name: string): string {
  if (/^(node|msw)-/.test(name)) return `npm:${name.replace('-', '@')}`
  return 'latest'
}

/** Installs the newest of all into a folder. */
export async function installNewest(folder: string): Promise<Tools> {
  const { dependencies, allowScripts } = await packageOf(FOLDER)
  const runtimes = Object.keys(dependencies).filter((name) => !/^(msw-|playwright|undici-|node-fetch)/.test(name))
  const newest = Object.fromEntries([...runtimes, 'msw-2', 'msw-3'].map((name) => [name, newestOf(name)]))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: newest, allowScripts }))
  await shell('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--no-bin-links'], folder)
  const modules = join(folder, 'node_modules')
  return toolsIn(folder, OLDEST_MSW, join(modules, 'msw-2'), join(modules, 'msw-3'))
}
