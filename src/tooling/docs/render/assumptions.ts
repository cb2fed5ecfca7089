/**
 * Assumptions: what the contract says although nobody could confirm it. On a page each is a quiet mark that opens its text.
 *
 * @module
 */
import { describeAssumptions } from '../content/assumptions.js'
import type { Spec } from '../content/spec.js'
import { escapeHtml, markdownInline } from '../html.js'
import { generatedMarkdown } from './markdown-page.js'

const onOneLine = (markdown: string): string => markdown.replaceAll(/\s*\n\s*/g, ' ').trim()

const SUMMARY = 'Not confirmed'

/** Assumptions about one thing, as HTML: one mark for all of them. */
export function assumptionsHtml(assumptions: readonly string[]): string {
  if (assumptions.length === 0) return ''
  const texts = assumptions.map((text) => `<p>${markdownInline(text)}</p>`)
  return `<details class="assumed"><summary>${SUMMARY}</summary>${texts.join('')}</details>`
}

/** The same as Markdown. */
export function assumptionsMarkdown(assumptions: readonly string[]): string {
  if (assumptions.length === 0) return ''
  const texts = assumptions.map((text) => `${onOneLine(text)}\n`)
  return `<details class="assumed"><summary>${escapeHtml(SUMMARY)}</summary>\n\n${texts.join('\n')}\n</details>`
}

/** The list of all of them, as Markdown. */
export function assumptionList(spec: Spec): string {
  const groups = describeAssumptions(spec).map(({ title, assumptions }) => {
    const rows = assumptions.map(({ about, text }) => `| ${about} | ${onOneLine(text).replaceAll('|', '\\|')} |\n`)
    return `### ${title}\n\n| About | Not confirmed |\n| --- | --- |\n${rows.join('')}`
  })
  return groups.join('\n')
}

/** The generated part with the list, as HTML. */
export const assumptionsPart = ({ spec }: { readonly spec: Spec }): string => generatedMarkdown(assumptionList(spec))
