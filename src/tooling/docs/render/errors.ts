/**
 * The generated part of the page of error codes: a table of them, then one section for each.
 *
 * @module
 */
import { describeOperations, type ErrorAnswer } from '../content/operations.js'
import type { Site } from '../site.js'
import { generatedMarkdown } from './markdown-page.js'

/** Errors of all operations. Those that several operations share come once. */
function errorsOf({ spec }: Site): ErrorAnswer[] {
  const all = describeOperations(spec).flatMap(({ errors }) => errors)
  return all.filter((error, i) => all.findIndex(({ name, code }) => name === error.name && code === error.code) === i)
}

const tableRow = ({ code, status, summary, retry = '' }: ErrorAnswer): string =>
  `| [\`${code}\`](#${code}) | ${status} | ${summary} | ${retry} |\n`

const errorSection = ({ summary, description, value }: ErrorAnswer): string =>
  `**${summary}.** ${description}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`

/** @returns the part as Markdown */
export function errorsMarkdown(site: Site): string {
  const errors = errorsOf(site)
  const codes = [...new Set(errors.map(({ code }) => code))]
  const sections = codes.map(
    (code) =>
      `## ${code}\n\n${errors
        .filter((error) => error.code === code)
        .map(errorSection)
        .join('\n')}`,
  )
  return `| Code | HTTP | What it means | Send again? |\n| --- | --- | --- | --- |\n${errors.map(tableRow).join('')}\n${sections.join('\n')}`
}

/** @returns the part as HTML */
export const errorsPart = (site: Site): string => generatedMarkdown(errorsMarkdown(site))
