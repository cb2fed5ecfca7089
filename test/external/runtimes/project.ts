/** A stranger's project with the suite in it, beside the installed package. */
import { cp, mkdtemp, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installed, type Stranger } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'

/** The packed package, installed, and the suite. */
export async function installedSuite(): Promise<Stranger> {
  const stranger = await installed()
  await cp(join(ROOT, 'test/external/runtimes/suite'), stranger.folder, { recursive: true })
  await cp(join(ROOT, 'test/external/runtimes/guard/watch.mjs'), join(stranger.folder, 'watch.mjs'))
  return stranger
}

/** A copy of the project, with one version of MSW where it is given. */
export async function copyOf(folder: string, msw?: string): Promise<string> {
  const copy = await mkdtemp(`${folder}-`)
  await cp(folder, copy, { recursive: true })
  if (msw) await symlink(msw, join(copy, 'node_modules/msw'))
  return copy
}

/** Names of all cases of some columns of the suite. */
export async function namesOf(folder: string, columns: readonly string[]): Promise<Record<string, string[]>> {
  const suite = (await import(pathToFileURL(join(folder, 'suite.mjs')).href)) as {
    namesOf: (column: string) => Promise<string[]>
  }
  const entries = columns.map(async (column) => [column, await suite.namesOf(column)] as const)
  return Object.fromEntries(await Promise.all(entries))
}
