/**
 * HTML and Markdown as text.
 *
 * @module
 */
import { Marked } from 'marked'

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that stands for itself, in an element or in a quoted attribute. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => NAMES[char] as string)

/** Raw HTML in Markdown is shown, not run. */
const marked = new Marked({ gfm: true, renderer: { html: ({ text }) => escaped(text) } })

/** Markdown of the spec, as blocks. */
export const blocks = (markdown: unknown): string =>
  typeof markdown === 'string' ? (marked.parse(markdown, { async: false }) as string).trim() : ''

/** Markdown of the spec, as words of a line. */
export const line = (markdown: unknown): string =>
  typeof markdown === 'string' ? (marked.parseInline(markdown, { async: false }) as string) : ''
