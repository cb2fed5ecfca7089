/**
 * What programs read: the contract, its Markdown, the vectors, the collections, each version, the sitemap.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { brunoArchive } from './bruno.js'
import { collectionOf } from './collections.js'
import { filesOf } from './files.js'
import { escaped } from './html.js'
import { llms, referenceMarkdown } from './markdown.js'
import { PAGES, page } from './page.js'
import { postmanCollection } from './postman.js'
import { releasesOf } from './releases.js'
import { copy, type Site, write } from './site.js'

/** The three files of one version, in its folder. */
async function version(site: Site, folder: string): Promise<void> {
  await Promise.all([
    write(site, `${folder}openapi.json`, `${JSON.stringify(site.spec, null, 2)}\n`),
    write(site, `${folder}openapi.yaml`, stringify(site.spec, { aliasDuplicateObjects: false, lineWidth: 0 })),
    write(site, `${folder}reference.md`, referenceMarkdown(site)),
  ])
}

/** A folder for each version: the released ones, and the one at hand where its version is new. */
async function versions(site: Site): Promise<void> {
  const now = String(site.spec['info']?.['version'])
  const released = await releasesOf(site.root)
  const all = new Map(
    released.map((one) => [one.version, { spec: one.spec, note: `released as ${one.tag}` }]).reverse() as [
      string,
      { spec: Site['spec']; note: string },
    ][],
  )
  if (!all.has(now)) all.set(now, { spec: site.spec, note: 'not released yet' })
  const names = [...all.keys()].reverse()
  await Promise.all([...all].map(([name, { spec }]) => version({ ...site, spec }, `v/${name}/`)))
  const item = (name: string) => {
    const links = ['openapi.yaml', 'openapi.json', 'reference.md'].map(
      (file) => `<a href="${escaped(name)}/${file}">${file}</a>`,
    )
    return `<div><dt>${escaped(name)}<span class="type">${escaped(all.get(name)?.note ?? '')}</span></dt><dd><p>${links.join(' · ')}</p></dd></div>`
  }
  const body = `<h1>Versions</h1>\n<p>The contract of each version, the newest first. What stands at the site's root is the newest.</p>\n<dl class="rows">${names.map(item).join('')}</dl>`
  await write(
    site,
    'v/index.html',
    page(site, { path: 'v/', title: 'Versions', description: 'The contract of each version.', body }),
  )
}

async function sitemap(site: Site): Promise<void> {
  const paths = [
    ...PAGES.map(({ path }) => path),
    'v/',
    ...filesOf(site)
      .map(({ path }) => path)
      .filter((path) => /\.(md|txt)$/.test(path)),
  ]
  const urls = paths.map((path) => `  <url><loc>${escaped(site.url + path)}</loc></url>\n`)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`
  await write(site, 'sitemap.xml', xml)
}

/** Samples as files, as they are printed. */
async function samples(site: Site): Promise<void> {
  const folder = 'spec/code-samples'
  const names = await readdir(join(site.root, folder))
  await Promise.all(
    names.map(async (name) => write(site, `samples/${name}`, await readFile(join(site.root, folder, name)))),
  )
}

const VECTORS = ['vectors.json', 'vectors.schema.json']

/** Writes all of it. */
export async function buildPrograms(site: Site): Promise<void> {
  const collection = collectionOf(site)
  await Promise.all([
    version(site, ''),
    ...(site.vectors ? VECTORS.map((file) => copy(site, `generated/${file}`, file)) : []),
    versions(site),
    sitemap(site),
    samples(site),
    write(site, 'llms.txt', llms(site)),
    write(site, 'collections/postman.json', postmanCollection(collection)),
    write(site, 'collections/bruno.zip', brunoArchive(collection)),
    write(site, '.nojekyll', ''),
  ])
}
