/**
 * The scripts of all pages, bundled by esbuild.
 *
 * @module
 */
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import type { Files, Site } from '../site.js'

/** Builds `assets/*.js`. */
export async function scriptFiles(site: Site): Promise<Files> {
  const folder = join(site.root, 'src/tooling/docs/browser')
  const { outputFiles } = await build({
    entryPoints: ['theme.ts', 'site.ts'].map((file) => join(folder, file)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [`assets/${basename(path)}`, contents]))
}
