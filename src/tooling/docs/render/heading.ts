/**
 * Headings with permalinks.
 *
 * @module
 */
import { escapeHtml } from '../html.js'

/** A heading that can be linked to. That of the page needs no link. */
export function headingHtml(level: number, id: string, html: string): string {
  if (level === 1) return `<h1 id="${escapeHtml(id)}">${html}</h1>\n`
  const label = html.replaceAll(/<[^>]*>/g, '')
  return `<h${level} id="${escapeHtml(id)}">${html} <a class="permalink" href="#${escapeHtml(id)}" aria-label="Link to “${label}”">#</a></h${level}>\n`
}
