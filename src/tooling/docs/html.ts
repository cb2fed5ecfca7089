/**
 * Text and Markdown as HTML.
 *
 * @module
 */
import { Marked } from 'marked'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it is printed, in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char)

/** HTML in Markdown is printed, not run. */
const marked = new Marked({ gfm: true, async: false, renderer: { html: ({ text }) => escapeHtml(text) } })

/** Markdown as paragraphs, lists and other blocks. */
export const markdownBlocks = (markdown = ''): string => String(marked.parse(markdown)).trim()

/** Markdown as the inside of one line. */
export const markdownInline = (markdown = ''): string => String(marked.parseInline(markdown))
