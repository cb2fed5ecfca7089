/**
 * The outline of a page, read from its HTML: for "On this page", for search, and to check links.
 *
 * @module
 */
import { unescapeHtml } from '../html.js'

/** A heading or a row that can be linked to. */
export interface Anchor {
  readonly id: string
  /** 1 to 4 for a heading; 5 for a row. */
  readonly level: number
  /** Its name without tags, as HTML. */
  readonly name: string
  /** The text beneath it, up to the next anchor, with single spaces and without entities. */
  readonly text: string
}

const ANCHOR =
  /<h([1-4]) id="([^"]*)"[^>]*>([\s\S]*?)<\/h\1>|<(?:div|tr) id="([^"]*)"><(dt|t[dh])[^>]*>([\s\S]*?)<\/\5>/g

/** HTML as text for people. Blocks end words. */
export const textOf = (html: string): string =>
  unescapeHtml(
    html
      .replaceAll(/<a class="permalink"[\s\S]*?<\/a>/g, '')
      .replaceAll(/<\/?(?:p|li|tr|td|th|dt|dd|div|pre|h\d|label|br|ul|ol|figcaption|summary)\b[^>]*>/g, ' ')
      .replaceAll(/<[^>]*>/g, ''),
  )
    .replaceAll(/\s+/g, ' ')
    .trim()

/** The name of a row's term, without its type. */
const nameOfRow = (term: string): string => /<code>[\s\S]*?<\/code>/.exec(term)?.[0] ?? term

/** All headings and rows with an id, in order. */
export function anchorsOf(html: string): Anchor[] {
  const matches = [...html.matchAll(ANCHOR)]
  return matches.map((match, i) => {
    const [all, level = '5', headingId, heading, rowId, , term] = match
    const body = html.slice(match.index + all.length, matches[i + 1]?.index)
    return {
      id: unescapeHtml(headingId ?? rowId ?? ''),
      level: Number(level),
      name: textOf(heading ?? nameOfRow(term ?? '')),
      text: textOf(body),
    }
  })
}

/** Every id of a page. */
export const idsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => unescapeHtml(id)))

/** Every address that the page links to. */
export const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]* href="([^"]*)"/g)].map(([, href = '']) => unescapeHtml(href))
