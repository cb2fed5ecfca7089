/**
 * The list of assumptions: what the contract says although the vendor's documentation does not.
 *
 * @module
 */
import type { Site } from '../site.js'
import { generatedMarkdown } from './markdown-page.js'

/** An assumption with the place of the spec that has it. */
interface Assumption {
  readonly place: string
  readonly text: string
}

/** Every `x-assumption`, each text once. */
function assumptionsIn(node: unknown, place: string): Assumption[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'x-assumption' ? [{ place, text: String(value).trim() }] : assumptionsIn(value, key),
  )
}

/** @returns the part as Markdown */
export function assumptionsMarkdown({ spec }: Site): string {
  const all = assumptionsIn(spec, 'the contract')
  const once = all.filter(({ text }, i) => all.findIndex((other) => other.text === text) === i)
  return once.map(({ place, text }) => `- \`${place}\`: ${text.replaceAll(/\s*\n\s*/g, ' ')}\n`).join('')
}

/** @returns the part as HTML */
export const assumptionsPart = (site: Site): string => generatedMarkdown(assumptionsMarkdown(site))
