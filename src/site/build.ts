/**
 * `npm run docs`: the whole static site into `dist/site`, from `generated/` and `spec/`.
 *
 * @module
 */
import { rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildChangelog } from './changelog.js'
import { buildGuide } from './guide.js'
import { buildLost } from './lost.js'
import { buildPlayground } from './playground/build.js'
import { buildPrograms } from './programs.js'
import { buildReference } from './reference.js'
import { copy, openSite, type Site } from './site.js'

const USAGE = `Usage: npm run docs -- [--out dist/site] [--url https://example.org/docs/]

  --out  folder to write to; what is in it is removed
  --url  where the site will be published, for sitemap, llms.txt and the 404 page; default: "homepage" of package.json
`

/** All parts of the site; none needs another. */
const BUILDERS: readonly ((site: Site) => Promise<void>)[] = [
  buildAssets,
  buildGuide,
  buildReference,
  buildPlayground,
  buildPrograms,
  buildChangelog,
  buildLost,
]

async function buildAssets(site: Site): Promise<void> {
  await Promise.all([
    copy(site, 'src/site/site.css', 'assets/site.css'),
    copy(site, 'src/site/icon.svg', 'assets/icon.svg'),
  ])
}

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'dist/site' },
    url: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(USAGE)
} else {
  const started = Date.now()
  const site = await openSite(fileURLToPath(new URL('../..', import.meta.url)), resolve(values.out), values.url)
  await rm(site.out, { recursive: true, force: true })
  await Promise.all(BUILDERS.map((build) => build(site)))
  process.stdout.write(
    `${relative(process.cwd(), site.out)}: made in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  )
}
