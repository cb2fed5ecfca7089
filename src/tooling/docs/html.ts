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

/** By entity, that of React too: Redocly writes its page by it. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ENTITIES).map(([char, entity]) => [entity, char] as const),
  ['&#x27;', "'"],
])

/** Text as it was before `escapeHtml`. */
export const unescapeHtml = (html: string): string =>
  html.replaceAll(/&#?\w+;/g, (entity) => CHARACTERS.get(entity) ?? entity)

/** Longer code may break at the end of a line; a shorter name stays in one piece. */
const MAX_UNBROKEN = 24

/** Code within a line. */
export function codeSpan(text: string): string {
  const isLong = text.length > MAX_UNBROKEN || /\s/.test(text)
  return `<code${isLong ? ' class="long"' : ''}>${escapeHtml(text)}</code>`
}

/** HTML in Markdown is printed, not run. */
const marked = new Marked({
  gfm: true,
  async: false,
  renderer: { html: ({ text }) => escapeHtml(text), codespan: ({ text }) => codeSpan(text) },
})

/** Markdown as paragraphs, lists and other blocks. */
export const markdownBlocks = (markdown = ''): string => String(marked.parse(markdown)).trim()

/** Markdown as the inside of one line. */
export const markdownInline = (markdown = ''): string => String(marked.parseInline(markdown))
