/**
 * Assumptions: what the contract says although nobody could confirm it. On a page each is a quiet mark that opens its text.
 *
 * @module
 */
import type { Unconfirmed } from '../content/fields.js'
import { escapeHtml, markdownInline } from '../html.js'

/** Markdown without its line breaks. */
export const onOneLine = (markdown: string): string => markdown.replaceAll(/\s*\n\s*/g, ' ').trim()

const SUMMARY = 'Not confirmed'

/** Assumptions about one thing, as HTML: one mark for all of them. */
export function assumptionsHtml(assumptions: readonly Unconfirmed[]): string {
  if (assumptions.length === 0) return ''
  const texts = assumptions.map(({ text }) => `<p>${markdownInline(text)}</p>`)
  return `<details class="assumed"><summary>${SUMMARY}</summary>${texts.join('')}</details>`
}

/** The same as Markdown. */
export function assumptionsMarkdown(assumptions: readonly Unconfirmed[]): string {
  if (assumptions.length === 0) return ''
  const texts = assumptions.map(({ text }) => `${onOneLine(text)}\n`)
  return `<details class="assumed"><summary>${escapeHtml(SUMMARY)}</summary>\n\n${texts.join('\n')}\n</details>`
}
