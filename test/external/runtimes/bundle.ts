/** The suite as modules for what has no `node_modules`: Chromium and workerd. */
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Job } from './runtime.js'

/**
 * Bundles an entry of the suite. What is imported on demand stays a module of its own, so that a column that cannot be
 * loaded leaves the others alone.
 *
 * @returns names of the files in `out`, the entry's first
 */
export async function bundle(job: Job, entry: string, out: string, conditions: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: job.folder,
    entryPoints: [`${entry}.mjs`],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: [...conditions],
    // Loaded where the runtime has them. MSW is there only in its own columns.
    external: ['node:*', ...(job.msw ? ['msw/node'] : ['msw', 'msw/*'])],
    metafile: true,
    logLevel: 'silent',
  })
  const names = Object.keys(metafile.outputs).map((path) => path.slice(path.lastIndexOf('/') + 1))
  return names.toSorted((a, b) => Number(b === `${entry}.js`) - Number(a === `${entry}.js`) || (a < b ? -1 : 1))
}

/** Where the bundle of a job goes, for one runtime. */
export const bundleFolder = (job: Job, runtime: string): string =>
  join(job.folder, `bundle-${runtime.replaceAll(' ', '-')}`)
