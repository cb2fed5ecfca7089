/**
 * `npm run generate`: bundles the generator and runs it. That takes half of the time that it takes to load TypeScript file by
 * file.
 *
 * @module
 */
import { mkdir, rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Inside node_modules, so that the bundle finds its packages. The process id keeps two runs apart.
const folder = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url))
const outfile = `${folder}generate-${process.pid}.mjs`

await mkdir(folder, { recursive: true })
try {
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  await import(pathToFileURL(outfile).href)
} finally {
  await rm(outfile, { force: true })
}
