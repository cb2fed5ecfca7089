/** `npm pack` of a folder, as a file. `dist/` is packed as it stands. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'

/** The tools of these tests, which the project itself does not install. */
export const MODULES: string = join(ROOT, 'test/external/package/node_modules')

export interface Tarball {
  readonly file: string
  readonly bytes: Buffer
  readonly sha512: string
}

/** @param project the folder to pack; @param into an empty folder */
export async function pack(project: string, into: string): Promise<Tarball> {
  await shell('npm', ['pack', '--ignore-scripts', '--pack-destination', into, '.'], project)
  const [name = ''] = (await readdir(into)).filter((file) => file.endsWith('.tgz'))
  const file = join(into, name)
  const bytes = await readFile(file)
  return { file, bytes, sha512: createHash('sha512').update(bytes).digest('base64') }
}
