/**
 * The files for programs, as the first page and every footer name them.
 *
 * @module
 */

import type { Site } from './site.js'

/** A file of the site; `path` is relative to its root. */
export interface SiteFile {
  readonly path: string
  readonly name: string
  readonly words: string
}

const FILES: readonly SiteFile[] = [
  { path: 'openapi.yaml', name: 'openapi.yaml', words: 'The contract in one file: OpenAPI 3.1.' },
  { path: 'openapi.json', name: 'openapi.json', words: 'The same as JSON.' },
  { path: 'reference.md', name: 'reference.md', words: 'This page and the reference as Markdown.' },
  {
    path: 'vectors.json',
    name: 'vectors.json',
    words: 'Requests on and off the contract, with what is wrong with each.',
  },
  {
    path: 'vectors.schema.json',
    name: 'vectors.schema.json',
    words: 'JSON Schema of those, with what each part means.',
  },
  { path: 'llms.txt', name: 'llms.txt', words: 'What is where, for language models.' },
  {
    path: 'collections/postman.json',
    name: 'Postman',
    words: 'A collection (v2.1) that signs and repeats lists. Bruno imports it too.',
  },
  { path: 'v/', name: 'Versions', words: 'The contract of each version.' },
]

/** The files that the site has. */
export const filesOf = (site: Site): readonly SiteFile[] =>
  FILES.filter(({ path }) => !path.startsWith('vectors.') || site.vectors)
