/**
 * What programs read: the contract, its Markdown, the vectors, the collections, each version, the sitemap.
 *
 * @module
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { escaped } from './html.js'
import { llms, referenceMarkdown } from './markdown-files.js'
import { PAGES, page } from './pages/layout.js'
import { postmanCollection } from './postman-collection.js'
import { type Files, merged, type Site, source } from './site.js'
import { filesOf } from './site-map.js'

/** The three files of one version. */
const version = (site: Site): Files =>
  new Map([
    ['openapi.json', `${JSON.stringify(site.spec, null, 2)}\n`],
    ['openapi.yaml', stringify(site.spec, { aliasDuplicateObjects: false, lineWidth: 0 })],
    ['reference.md', referenceMarkdown(site)],
  ])

const inFolder = (folder: string, files: Files): Files =>
  new Map([...files].map(([path, content]) => [folder + path, content]))

/**
 * A folder for each version: the released ones, and the one at hand where its version is new.
 *
 * @param newest files of the one at hand
 */
function versions(site: Site, newest: Files): Files {
  const now = String(site.spec['info']?.['version'])
  const all = new Map(
    site.releases.map((one) => [one.version, { spec: one.spec, note: `released as ${one.tag}` }]).reverse() as [
      string,
      { spec: Site['spec']; note: string },
    ][],
  )
  if (!all.has(now)) all.set(now, { spec: site.spec, note: 'not released yet' })
  const names = [...all.keys()].reverse()
  const item = (name: string) => {
    const links = ['openapi.yaml', 'openapi.json', 'reference.md'].map(
      (file) => `<a href="${escaped(name)}/${file}">${file}</a>`,
    )
    return `<div><dt>${escaped(name)}<span class="type">${escaped(all.get(name)?.note ?? '')}</span></dt><dd><p>${links.join(' · ')}</p></dd></div>`
  }
  const body = `<h1>Versions</h1>\n<p>The contract of each version, the newest first. What stands at the site's root is the newest.</p>\n<dl class="rows">${names.map(item).join('')}</dl>`
  const index = page(site, { path: 'v/', title: 'Versions', description: 'The contract of each version.', body })
  return merged([
    new Map([['v/index.html', index]]),
    ...[...all].map(([name, { spec }]) =>
      inFolder(`v/${name}/`, spec === site.spec ? newest : version({ ...site, spec })),
    ),
  ])
}

function sitemap(site: Site): string {
  const paths = [
    ...PAGES.map(({ path }) => path),
    'v/',
    ...filesOf(site)
      .map(({ path }) => path)
      .filter((path) => /\.(md|txt)$/.test(path)),
  ]
  const urls = paths.map((path) => `  <url><loc>${escaped(site.url + path)}</loc></url>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`
}

/** Files of the project, each with its path in the site. */
const copied = async (site: Site, paths: readonly (readonly [from: string, to: string])[]): Promise<Files> =>
  new Map(await Promise.all(paths.map(async ([from, to]) => [to, await source(site, from)] as const)))

/** Samples as files, as they are printed. */
async function samples(site: Site): Promise<Files> {
  const folder = 'spec/code-samples'
  const names = await readdir(join(site.root, folder))
  return copied(
    site,
    names.map((name) => [`${folder}/${name}`, `samples/${name}`] as const),
  )
}

const VECTORS = ['vectors.json', 'vectors.schema.json']

/** Builds all of it. */
export async function programFiles(site: Site): Promise<Files> {
  const newest = version(site)
  const vectors = (site.vectors ? VECTORS : []).map((file) => [`generated/${file}`, file] as const)
  const own = new Map([
    ['sitemap.xml', sitemap(site)],
    ['llms.txt', llms(site)],
    ['collections/postman.json', postmanCollection(site)],
    ['.nojekyll', ''],
  ])
  return merged([newest, versions(site, newest), own, ...(await Promise.all([copied(site, vectors), samples(site)]))])
}
