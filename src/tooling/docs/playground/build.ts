/**
 * The playground: its page, its script with the table of the spec, and MSW's service worker.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { transform } from 'esbuild'
import { bundle } from '../bundle.js'
import { type Files, readSource, type Site } from '../site.js'
import { playgroundPage } from './page.js'
import { tableOf } from './spec-table.js'

/** The script's files, and those of them that it needs at once. */
interface Scripts {
  readonly files: Files
  readonly preloads: readonly string[]
}

/** The page's script, and the parts of it that are loaded later. */
async function bundleScripts(site: Site): Promise<Scripts> {
  const folder = join(site.root, 'src/tooling/docs/playground')
  const { files, metafile } = await bundle(
    'playground',
    { playground: join(folder, 'browser/main.ts') },
    {
      define: { PLAYGROUND_TABLE: JSON.stringify(tableOf(site.spec, site.package)) },
      alias: { 'tough-cookie': join(folder, 'no-cookies.ts') },
      // MSW loads it for handlers of GraphQL, of which there are none.
      external: ['graphql'],
    },
  )
  const entry = Object.entries(metafile.outputs).find(([path]) => basename(path) === 'playground.js')
  const imports = entry?.[1].imports ?? []
  return {
    files,
    preloads: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)),
  }
}

/** The service worker of the MSW version that the script is bundled with. */
async function serviceWorkerScript(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('msw/package.json'))
  const { code } = await transform(await readFile(join(folder, 'lib/mockServiceWorker.js'), 'utf8'), { minify: true })
  return code
}

/** Builds `playground/`. */
export async function playgroundFiles(site: Site): Promise<Files> {
  const [{ files, preloads }, serviceWorker, css] = await Promise.all([
    bundleScripts(site),
    serviceWorkerScript(),
    readSource(site, 'src/tooling/docs/playground/playground.css'),
  ])
  const html = await playgroundPage(site, preloads)
  const { code: style } = await transform(css, { loader: 'css', minify: true })
  return new Map<string, string | Uint8Array>([
    ...files,
    ['playground/index.html', html],
    ['playground/playground.css', style],
    ['playground/mockServiceWorker.js', serviceWorker],
  ])
}
