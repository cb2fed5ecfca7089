/**
 * `npm run docs`: the whole static site into `dist/site`, from `generated/` and `spec/`.
 *
 * @module
 */
import { readdir, rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { transform } from 'esbuild'
import { scriptFiles } from './browser/build.js'
import { machineFiles } from './machine-files.js'
import { playgroundFiles } from './playground/build.js'
import { readChangelog } from './render/changelog.js'
import { generatedParts } from './render/generated-parts.js'
import { navigationFaults } from './render/navigation.js'
import { notFoundFiles } from './render/not-found.js'
import { brokenLinks, pageFiles } from './render/page-files.js'
import { referenceFiles } from './render/reference.js'
import { searchFile } from './render/search-file.js'
import { type Files, mergeFiles, openSite, readSource, type Site, writeFiles } from './site.js'

async function assetFiles(site: Site): Promise<Files> {
  const folder = 'src/tooling/docs/assets'
  const [css, icon] = await Promise.all([
    readSource(site, `${folder}/site.css`),
    readSource(site, `${folder}/icon.svg`),
  ])
  return new Map([
    ['assets/site.css', css],
    ['assets/icon.svg', icon],
  ])
}

/** The pages of the repository but those that other builders make. */
async function markdownPageFiles(site: Site): Promise<Files> {
  const changelog = await readChangelog(site)
  const pages = pageFiles(site, generatedParts(site, changelog), ['playground.md', 'reference.md'])
  return mergeFiles([pages, searchFile(site.pages, pages)])
}

/**
 * All files but scripts, reference and playground. Starts no other program, unless there are releases: for the changelog
 * `redocly diff` compares them.
 */
export const contentFiles = async (site: Site): Promise<Files> =>
  mergeFiles(await Promise.all([assetFiles(site), markdownPageFiles(site), machineFiles(site), notFoundFiles(site)]))

/** The stylesheet of every page. */
const STYLE = 'assets/site.css'

/** All files. Redocly makes the reference; esbuild bundles the scripts and minifies the styles. */
export async function siteFiles(site: Site): Promise<Files> {
  const files = mergeFiles(
    await Promise.all([contentFiles(site), scriptFiles(site), referenceFiles(site), playgroundFiles(site)]),
  )
  const { code } = await transform(String(files.get(STYLE)), { loader: 'css', minify: true })
  return new Map([...files, [STYLE, code]])
}

const USAGE = `Usage: npm run docs -- [--out dist/site] [--url https://example.org/docs/]

  --out  folder to write to: a new or empty one, or a site that was built before, which is removed
  --url  where the site will be published, for sitemap, llms.txt and the 404 page; default: "homepage" of package.json
`

/** Files that every site has. */
const OF_A_SITE = ['.nojekyll', '404.html', 'sitemap.xml']

/** Why a site cannot be written to a folder, in which it would remove all there is; undefined where it can. */
export async function mistakeOfFolder(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => error)
  if (names instanceof Error) return names.code === 'ENOENT' ? undefined : `--out: ${names.message}`
  const isSite = OF_A_SITE.every((name) => names.includes(name))
  // Such as the .git of a branch of pages.
  const isMore = names.some((name) => name.startsWith('.') && !OF_A_SITE.includes(name))
  if (names.length === 0 || (isSite && !isMore)) return undefined
  return `--out: ${folder} must be a new folder, an empty one, or a site that was built before`
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'dist/site' },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const started = Date.now()
  const folder = resolve(values.out)
  const mistake = await mistakeOfFolder(folder)
  if (mistake !== undefined) {
    process.stderr.write(`${mistake}\n`)
    process.exitCode = 1
    return
  }
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const site = await openSite(root, { url: values.url })
  const files = await siteFiles(site)
  const broken = brokenLinks(files).map((link) => `${link}: leads to no page, file or anchor`)
  const faults = [...navigationFaults(site.pages), ...broken]
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n`)
    process.exitCode = 1
    return
  }
  await rm(folder, { recursive: true, force: true })
  await writeFiles(folder, files)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${relative(process.cwd(), folder)}: built in ${seconds} s\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
