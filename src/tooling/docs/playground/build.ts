/**
 * The playground: its page, its script with the table of the spec, and MSW's service worker.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { type Files, readSource, type Site } from '../site.js'
import { MODULE_STUBS } from './module-stubs.js'
import { playgroundPage } from './page.js'
import { tableOf } from './spec-table.js'

/** Replaces modules by their stubs; fails for a stub whose module no longer exists, so that none stays unnoticed. */
function stubModules(): Plugin {
  return {
    name: 'stub-modules',
    setup({ onLoad, onEnd }) {
      const replaced = new Set<RegExp>()
      for (const { path, contents } of MODULE_STUBS) {
        onLoad({ filter: path }, () => {
          replaced.add(path)
          return { contents }
        })
      }
      onEnd(({ errors }) => {
        const unused = MODULE_STUBS.filter(({ path }) => !replaced.has(path))
        // A build that failed has not loaded all modules.
        return { errors: errors.length > 0 ? [] : unused.map(({ path }) => ({ text: `${path}: no such module` })) }
      })
    },
  }
}

/** The page's script. */
async function bundleScript(site: Site): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(site.root, 'src/tooling/docs/playground/browser/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { PLAYGROUND_TABLE: JSON.stringify(tableOf(site.spec, site.package)) },
    plugins: [stubModules()],
    logLevel: 'silent',
    write: false,
  })
  const [script] = outputFiles
  if (!script) throw new Error('esbuild: no script')
  return script.contents
}

/** The service worker of the MSW version that the script is bundled with. */
async function serviceWorkerScript(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('msw/package.json'))
  const { code } = await transform(await readFile(join(folder, 'lib/mockServiceWorker.js'), 'utf8'), { minify: true })
  return code
}

/** Builds `playground/`. */
export async function playgroundFiles(site: Site): Promise<Files> {
  const [script, serviceWorker, css, html] = await Promise.all([
    bundleScript(site),
    serviceWorkerScript(),
    readSource(site, 'src/tooling/docs/playground/playground.css'),
    playgroundPage(site),
  ])
  const { code: style } = await transform(css, { loader: 'css', minify: true })
  return new Map<string, string | Uint8Array>([
    ['playground/index.html', html],
    ['playground/playground.js', script],
    ['playground/playground.css', style],
    ['playground/mockServiceWorker.js', serviceWorker],
  ])
}
