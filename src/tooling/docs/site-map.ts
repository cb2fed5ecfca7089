/**
 * The pages of the site and the files for programs, as headers, footers, `llms.txt` and the sitemap list them.
 *
 * @module
 */
import type { Site } from './site.js'

/** A page or a file. */
export interface SiteEntry {
  /** Relative to the site's root. That of a page ends with a slash, and that of the first page is empty. */
  readonly path: string
  readonly name: string
  /** What it is, in a sentence. */
  readonly summary: string
}

/** The pages, in the order of the header. */
export const PAGES: readonly SiteEntry[] = [
  { path: '', name: 'Guide', summary: 'What it is, and how a call is made, signed and answered.' },
  { path: 'reference/', name: 'Reference', summary: 'Every field, header, answer and example.' },
  { path: 'playground/', name: 'Playground', summary: 'Calls to the mock, which runs in the page.' },
  { path: 'changelog/', name: 'Changelog', summary: 'What changed, release by release.' },
]

const MACHINE_FILES: readonly SiteEntry[] = [
  { path: 'openapi.yaml', name: 'openapi.yaml', summary: 'The contract in one file: OpenAPI 3.1.' },
  { path: 'openapi.json', name: 'openapi.json', summary: 'The same as JSON.' },
  { path: 'reference.md', name: 'reference.md', summary: 'This page and the reference as Markdown.' },
  {
    path: 'vectors.json',
    name: 'vectors.json',
    summary: 'Requests on and off the contract, with the violations of each.',
  },
  {
    path: 'vectors.schema.json',
    name: 'vectors.schema.json',
    summary: 'JSON Schema of the vectors, with a description of each part.',
  },
  { path: 'llms.txt', name: 'llms.txt', summary: 'An index of this site for language models.' },
  {
    path: 'collections/postman.json',
    name: 'Postman',
    summary: 'A collection (v2.1) that signs and repeats lists. Bruno imports it too.',
  },
  { path: 'v/', name: 'Versions', summary: 'The contract of each version.' },
]

/** The files for programs that the site has. */
export const machineFileEntries = (site: Site): readonly SiteEntry[] =>
  MACHINE_FILES.filter(({ path }) => !path.startsWith('vectors.') || site.vectors)
