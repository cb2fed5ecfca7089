/** The published file, out of the tarball. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { shell } from '../support/packed-install.js'
import { ROOT } from '../support/project-copy.js'

/** @param folder where the tarball is made and opened */
export async function unpackPublishedFile(folder: string): Promise<string> {
  await shell('npm', ['pack', '--ignore-scripts', '--pack-destination', folder, '.'], ROOT)
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball')
  await shell('tar', ['-xzf', tarball], folder)
  return join(folder, 'package/generated/openapi.yaml')
}
