/**
 * The list of all assumptions, and what would settle each.
 *
 * @module
 */
import { describeAssumptions } from '../content/assumptions.js'
import type { Spec } from '../content/spec.js'
import { onOneLine } from './assumptions.js'
import { generatedMarkdown } from './markdown-page.js'

const cell = (markdown: string): string => onOneLine(markdown).replaceAll('|', '\\|')

/** The list of all of them, as Markdown. */
export function assumptionList(spec: Spec): string {
  const groups = describeAssumptions(spec).map(({ title, assumptions }) => {
    const rows = assumptions.map(({ about, text, settles }) => `| ${about} | ${cell(text)} | ${cell(settles)} |\n`)
    return `### ${title}\n\n| About | Not confirmed | What would settle it |\n| --- | --- | --- |\n${rows.join('')}`
  })
  return groups.join('\n')
}

/** The generated part with the list, as HTML. */
export const assumptionsPart = ({ spec }: { readonly spec: Spec }): string => generatedMarkdown(assumptionList(spec))
