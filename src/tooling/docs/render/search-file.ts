/**
 * `search.json`: the texts of all pages, section by section.
 *
 * @module
 */
import type { SourcePage } from '../content/pages.js'
import type { SectionRow } from '../search/search.js'
import type { Files } from '../site.js'
import { anchorsOf } from './outline.js'

/** The main part of a page, without the links beneath it. */
const mainPart = (html: string): string => /<main\b[\s\S]*?(?=<nav class="neighbours"|<\/main>)/.exec(html)?.[0] ?? ''

function sectionsOf({ path, title, summary }: SourcePage, html: string): SectionRow[] {
  const [first, ...others] = anchorsOf(mainPart(html))
  return [
    [path, title, '', first?.text || summary],
    ...others.map(({ id, name, text }): SectionRow => [`${path}#${id}`, title, name, text]),
  ]
}

/** @returns the file; a page that is not among the files is found by its summary */
export function searchFile(pages: readonly SourcePage[], files: Files): Files {
  const rows = pages.flatMap((page) => sectionsOf(page, String(files.get(`${page.path}index.html`) ?? '')))
  return new Map([['search.json', JSON.stringify(rows)]])
}
