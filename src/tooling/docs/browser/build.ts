/**
 * The scripts of all pages, bundled by esbuild.
 *
 * @module
 */
import { join } from 'node:path'
import { bundle } from '../bundle.js'
import type { Files, Site } from '../site.js'

/** Builds `assets/*.js`. */
export async function scriptFiles(site: Site): Promise<Files> {
  const folder = join(site.root, 'src/tooling/docs/browser')
  const { files } = await bundle('assets', { theme: join(folder, 'theme.ts'), site: join(folder, 'site.ts') })
  return files
}
