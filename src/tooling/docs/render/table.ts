/**
 * Tables. On narrow screens a table with long texts is shown as a list of its rows.
 *
 * @module
 */
import { escapeHtml } from '../html.js'
import { textOf } from './outline.js'

/** Characters that fit beside each other on a narrow screen, over all columns. */
const MAX_NARROW = 100

/** Whether the longest text of each column leaves too little room for the others. */
function isWide(rows: readonly (readonly string[])[]): boolean {
  const columns = rows[0]?.map((_, i) => Math.max(...rows.map((cells) => textOf(cells[i] ?? '').length))) ?? []
  return columns.length > 2 && columns.reduce((sum, length) => sum + length, 0) > MAX_NARROW
}

/** The heading of a column as a label. It begins with a capital, as in the table, unless it is a name in code. */
function labelOf(html: string): string {
  const text = textOf(html)
  return html.includes('<code') ? text : text.replace(/^./u, (first) => first.toUpperCase())
}

/** A heading without text is none. */
const headingCell = (html: string): string => (html === '' ? '<td></td>' : `<th scope="col">${html}</th>`)

/** A table of cells, each as HTML. */
export function tableHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const wide = isWide(rows)
  const cell = (html: string, i: number) => {
    const label = wide && i > 0 ? labelOf(head[i] ?? '') : ''
    return `<td${label && ` data-label="${escapeHtml(label)}"`}>${html}</td>`
  }
  const body = rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>\n`)
  const headings = `<thead><tr>${head.map(headingCell).join('')}</tr></thead>`
  return `<div class="table${wide ? ' wide' : ''}" tabindex="0" role="group" aria-label="Table"><table>${headings}<tbody>${body.join('')}</tbody></table></div>\n`
}
