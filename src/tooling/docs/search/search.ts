/**
 * Search over the sections of all pages. The page loads their texts and makes the index itself.
 *
 * @module
 */
import MiniSearch from 'minisearch'
import { termsOf } from './terms.js'

/** A section of a page: what stands beneath a heading or in a row. */
export interface Section {
  /** Relative to the site's root, with the anchor. */
  readonly path: string
  /** Title of the page. */
  readonly page: string
  /** Its heading; empty for the text above the first. */
  readonly heading: string
  readonly text: string
}

/** Sections as `search.json` has them: an array each, because their keys would be a third of the file. */
export type SectionRow = readonly [path: string, page: string, heading: string, text: string]

/** Finds the sections that have every term of a query, best first. */
export type Search = (query: string, limit?: number) => Section[]

const isLong = (term: string): boolean => term.length > 4

/** @returns the search over these sections */
export function createSearch(rows: readonly SectionRow[]): Search {
  const sections = rows.map(([path, page, heading, text]): Section => ({ path, page, heading, text }))
  const index = new MiniSearch<Section & { readonly id: number }>({
    fields: ['heading', 'page', 'text'],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { heading: 4, page: 2 },
      combineWith: 'AND',
      prefix: true,
      // A number is meant as it is typed.
      fuzzy: (term) => isLong(term) && !/\d/.test(term) && 0.2,
      boostDocument: (id, term) => (sections[id]?.heading.toLowerCase() === term ? 8 : 1),
    },
  })
  index.addAll(sections.map((section, id) => ({ ...section, id })))
  return (query, limit = 12) =>
    index
      .search(query)
      .slice(0, limit)
      .flatMap(({ id }) => sections[id] ?? [])
}

/** A piece of a text around the first term of the query that is in it. */
export function excerpt(text: string, query: string, length = 140): string {
  const lower = text.toLowerCase()
  const found = termsOf(query)
    .map((term) => lower.indexOf(term))
    .filter((index) => index >= 0)
  const at = found.length > 0 ? Math.min(...found) : 0
  if (text.length <= length) return text
  const from = at < length / 2 ? 0 : text.indexOf(' ', at - length / 3) + 1
  const end = from + length
  return `${from > 0 ? '… ' : ''}${text.slice(from, end)}${end < text.length ? ' …' : ''}`
}
