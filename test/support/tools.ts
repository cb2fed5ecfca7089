/**
 * The programs that a folder of tests needs besides Node: the `tools` in its package.json, each with its Debian package.
 * They are looked up in `PATH`; no process is started.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT } from './project-copy.js'

export interface Folder {
  /** Below `test/`: `external/redis`, `mutation`. */
  readonly name: string
  readonly path: string
  /** Debian packages by program. */
  readonly tools: Readonly<Record<string, string>>
  /** How long its tests take, roughly, on two cores. */
  readonly seconds: number
}

/** @param name with or without `external/` */
export function folderOf(name: string): Folder {
  const [found] = [name, `external/${name}`].filter((one) => existsSync(join(ROOT, 'test', one, 'package.json')))
  if (found === undefined) throw new TypeError(`"${name}" is no folder of test/ with a package.json`)
  const path = join(ROOT, 'test', found)
  const { tools, seconds } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Folder
  return { name: found, path, tools, seconds }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const inPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram)

/** Chromium is what `CHROMIUM` in the environment names, else the one in `PATH`, first the one without windows, else Chrome. */
function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM']
  if (named) return isProgram(named) ? named : undefined
  return inPath('chromium-headless-shell') ?? inPath('chromium') ?? inPath('google-chrome')
}

/** Where a program is. */
export const programPath = (name: string): string | undefined => (name === 'chromium' ? chromiumPath() : inPath(name))

/** The programs of a folder that are not on this machine. */
export const missingTools = ({ tools }: Folder): string[] =>
  Object.keys(tools).filter((name) => programPath(name) === undefined)

/** `external/redis: redis-server is missing (apt-get install redis-server)`; undefined when all are there. */
export function missingLine(folder: Folder): string | undefined {
  const missing = missingTools(folder)
  if (missing.length === 0) return undefined
  const packages = [...new Set(missing.map((name) => folder.tools[name]))]
  const verb = missing.length === 1 ? 'is' : 'are'
  return `${folder.name}: ${missing.join(', ')} ${verb} missing (apt-get install ${packages.join(' ')})`
}
