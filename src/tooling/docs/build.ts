/**
 * `npm run docs`: the whole static site into `dist/site`, from `generated/` and `spec/`.
 *
 * @module
 */
import { rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { siteFiles } from './build-site.js'
import { openSite, writeFiles } from './site.js'

const USAGE = `Usage: npm run docs -- [--out dist/site] [--url https://example.org/docs/]

  --out  folder to write to; what is in it is removed
  --url  where the site will be published, for sitemap, llms.txt and the 404 page; default: "homepage" of package.json
`

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
  const folder = resolve(values.out)
  const files = await siteFiles(
    await openSite(fileURLToPath(new URL('../../..', import.meta.url)), { url: values.url }),
  )
  await rm(folder, { recursive: true, force: true })
  await writeFiles(folder, files)
  process.stdout.write(`${relative(process.cwd(), folder)}: made in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
