/**
 * Files for programs: the contract, its Markdown, the vectors, the Postman collection, the sitemap.
 *
 * @module
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { escapeHtml } from './html.js'
import { referenceMarkdown, siteLlmsText } from './markdown-files.js'
import { postmanCollection } from './postman-collection.js'
import { type Files, mergeFiles, readSource, type Site } from './site.js'
import { MACHINE_FILES } from './site-map.js'

/** The contract in three forms. */
const contractFiles = (site: Site): Files =>
  new Map([
    ['openapi.json', `${JSON.stringify(site.spec, null, 2)}\n`],
    ['openapi.yaml', stringify(site.spec, { aliasDuplicateObjects: false, lineWidth: 0 })],
    ['reference.md', referenceMarkdown(site)],
  ])

function sitemap(site: Site): string {
  const texts = MACHINE_FILES.filter(({ path }) => /\.(md|txt)$/.test(path))
  const paths = [...site.pages.map(({ path }) => path), ...texts.map(({ path }) => path)]
  const urls = paths.map((path) => `  <url><loc>${escapeHtml(site.url + path)}</loc></url>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`
}

/** Copies of files of the project. */
async function copiedFiles(site: Site, fromFolder: string, names: readonly string[], toFolder = ''): Promise<Files> {
  const copies = names.map(async (name) => [toFolder + name, await readSource(site, `${fromFolder}/${name}`)] as const)
  return new Map(await Promise.all(copies))
}

/** Builds all of them. */
export async function machineFiles(site: Site): Promise<Files> {
  const own = new Map([
    ['sitemap.xml', sitemap(site)],
    ['llms.txt', siteLlmsText(site)],
    ['collections/postman.json', postmanCollection(site)],
    ['.nojekyll', ''],
  ])
  const samples = 'spec/code-samples'
  const copied = await Promise.all([
    copiedFiles(site, 'generated', ['vectors.json', 'vectors.schema.json']),
    copiedFiles(site, samples, await readdir(join(site.root, samples)), 'samples/'),
  ])
  return mergeFiles([contractFiles(site), own, ...copied])
}
