/**
 * The playground: its page, its table of the spec, its script and MSW's worker beside it.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { type Files, type Site, source } from '../site.js'
import { STUBS } from './module-stubs.js'
import { playgroundPage } from './page.js'
import { tableOf } from './spec-table.js'

/** Puts the stubs in their place; fails when one of them has lost it, so that none stays behind unnoticed. */
function lighter(): Plugin {
  return {
    name: 'lighter',
    setup({ onLoad, onEnd }) {
      const met = new Set<RegExp>()
      for (const [path, stub] of STUBS) {
        onLoad({ filter: path }, () => {
          met.add(path)
          return { contents: stub }
        })
      }
      onEnd(({ errors }) => {
        const lost = STUBS.filter(([path]) => !met.has(path)).map(([path]) => ({
          text: `${path}: no such module any more`,
        }))
        return { errors: errors.length > 0 ? [] : lost }
      })
    },
  }
}

/** The page's script. */
async function script(site: Site): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(site.root, 'src/tooling/docs/playground/browser/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { PLAYGROUND_TABLE: JSON.stringify(tableOf(site.spec, site.package)) },
    plugins: [lighter()],
    logLevel: 'silent',
    write: false,
  })
  return (outputFiles[0] as { contents: Uint8Array }).contents
}

/** MSW's worker, of the version that answers it. */
async function worker(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('msw/package.json'))
  const { code } = await transform(await readFile(join(folder, 'lib/mockServiceWorker.js'), 'utf8'), { minify: true })
  return code
}

/** Builds `playground/`. */
export async function playgroundFiles(site: Site): Promise<Files> {
  const [code, msw, css, html] = await Promise.all([
    script(site),
    worker(),
    source(site, 'src/tooling/docs/playground/playground.css'),
    playgroundPage(site),
  ])
  const { code: style } = await transform(css, { loader: 'css', minify: true })
  return new Map<string, string | Uint8Array>([
    ['playground/index.html', html],
    ['playground/playground.js', code],
    ['playground/playground.css', style],
    ['playground/mockServiceWorker.js', msw],
  ])
}
