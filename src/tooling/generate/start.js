/**
 * `npm run generate`: bundles the generator and runs it. That takes half of the time that it takes to load TypeScript file by
 * file.
 *
 * @module
 */
import { rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Inside node_modules, so that the bundles find their packages. The process id keeps two runs apart.
const outdir = fileURLToPath(new URL(`../../../node_modules/.cache/generate-${process.pid}`, import.meta.url))

try {
  await build({
    entryPoints: ['main.ts', 'types-thread.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  await import(pathToFileURL(`${outdir}/main.mjs`).href)
} finally {
  await rm(outdir, { force: true, recursive: true })
}
