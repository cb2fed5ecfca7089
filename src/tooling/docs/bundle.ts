/**
 * Scripts of the site for the browser, bundled by esbuild.
 *
 * @module
 */
import { basename } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import type { Files } from './site.js'

/**
 * @param folder folder of the site, without a slash; all scripts are written into it
 * @param entryPoints source file of each script, by the script's name without its ending
 * @param options more options of esbuild
 */
export async function bundle(
  folder: string,
  entryPoints: Readonly<Record<string, string>>,
  options: Pick<BuildOptions, 'alias' | 'define' | 'external'> = {},
): Promise<{ readonly files: Files; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  })
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [`${folder}/${basename(path)}`, contents])),
    metafile,
  }
}
