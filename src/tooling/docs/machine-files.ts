/**
 * Files for programs: the contract, its Markdown, the vectors, the Postman collection, each version, the sitemap.
 *
 * @module
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Spec } from './content/spec.js'
import { escapeHtml } from './html.js'
import { llmsText, referenceMarkdown } from './markdown-files.js'
import { postmanCollection } from './postman-collection.js'
import { pageHtml } from './render/layout.js'
import { type Files, mergeFiles, readSource, type Site } from './site.js'
import { machineFileEntries, PAGES } from './site-map.js'

/** The three files of one version. */
const contractFiles = (site: Site): Files =>
  new Map([
    ['openapi.json', `${JSON.stringify(site.spec, null, 2)}\n`],
    ['openapi.yaml', stringify(site.spec, { aliasDuplicateObjects: false, lineWidth: 0 })],
    ['reference.md', referenceMarkdown(site)],
  ])

interface ContractVersion {
  readonly version: string
  readonly spec: Spec
  readonly note: string
}

/** Each version once, the newest first: the released ones, and the current one where it is new. */
function contractVersions({ spec, releases }: Site): ContractVersion[] {
  // The package may be released again with the same contract.
  const released = releases
    .filter(({ version }, i) => releases.findIndex((other) => other.version === version) === i)
    .map(({ version, spec: releasedSpec, tag }) => ({ version, spec: releasedSpec, note: `released as ${tag}` }))
  const { version } = spec.info
  if (released.some((release) => release.version === version)) return released
  return [{ version, spec, note: 'not released yet' }, ...released]
}

function versionRow({ version, note }: ContractVersion): string {
  const links = ['openapi.yaml', 'openapi.json', 'reference.md'].map(
    (file) => `<a href="${escapeHtml(version)}/${file}">${file}</a>`,
  )
  return `<div><dt>${escapeHtml(version)}<span class="type">${escapeHtml(note)}</span></dt><dd><p>${links.join(' · ')}</p></dd></div>`
}

/**
 * The page of versions, and a folder for each.
 *
 * @param current files of the current contract
 */
function versionFiles(site: Site, current: Files): Files {
  const versions = contractVersions(site)
  const body = `<h1>Versions</h1>\n<p>The contract of each version, the newest first. The files at the root of this site are those of the newest.</p>\n<dl class="rows">${versions.map(versionRow).join('')}</dl>`
  const index = pageHtml(site, { path: 'v/', title: 'Versions', description: 'The contract of each version.', body })
  const files = new Map<string, string | Uint8Array>([['v/index.html', index]])
  for (const { version, spec } of versions) {
    const contract = spec === site.spec ? current : contractFiles({ ...site, spec })
    for (const [path, content] of contract) files.set(`v/${version}/${path}`, content)
  }
  return files
}

function sitemap(site: Site): string {
  const texts = machineFileEntries(site).filter(({ path }) => /\.(md|txt)$/.test(path))
  const paths = [...PAGES.map(({ path }) => path), 'v/', ...texts.map(({ path }) => path)]
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
  const current = contractFiles(site)
  const own = new Map([
    ['sitemap.xml', sitemap(site)],
    ['llms.txt', llmsText(site)],
    ['collections/postman.json', postmanCollection(site)],
    ['.nojekyll', ''],
  ])
  const samples = 'spec/code-samples'
  const copied = await Promise.all([
    copiedFiles(site, 'generated', site.vectors ? ['vectors.json', 'vectors.schema.json'] : []),
    copiedFiles(site, samples, await readdir(join(site.root, samples)), 'samples/'),
  ])
  return mergeFiles([current, versionFiles(site, current), own, ...copied])
}
