/**
 * The package's command line, for those who write a sender in any language.
 *
 * @module
 */
import { MADE_UP, PORT } from '../../../cli/defaults.js'
import { escaped } from '../html.js'
import type { Site } from '../site.js'
import { block, highlighted } from './code-block.js'

/** The mock as a tool of the docs meets it. */
export const MOCK: Readonly<Record<string, string>> = { baseUrl: `http://127.0.0.1:${PORT}`, ...MADE_UP }

/** What to type, and why. */
const STEPS = ({ package: name }: Site): readonly (readonly [why: string, command: string])[] => [
  [
    'The npm package of this contract tests a sender in any language. It needs Node 20.19 or newer.',
    `npm install --save-dev ${name}`,
  ],
  [
    'Run any test command against a mock of this API. The command finds its address and keys in `RONGCLOUD_BASE_URL`, `RONGCLOUD_APP_KEY` and `RONGCLOUD_APP_SECRET`; what it called and what was off the contract is told at the end, and fails the run.',
    `npx ${name} test -- python3 -m unittest`,
  ],
  [`Or let the mock listen on ${MOCK['baseUrl']}, and see each call.`, `npx ${name} mock`],
]

const withCode = (text: string) => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

/** The steps for the first page. */
export const toolsHtml = (site: Site): string =>
  STEPS(site)
    .map(([why, command]) => `<p>${withCode(why)}</p>\n${block(highlighted(command, 'Shell'), command)}`)
    .join('\n')

/** The same as Markdown. */
export const toolsMarkdown = (site: Site): string =>
  STEPS(site)
    .map(([why, command]) => `${why}\n\n\`\`\`sh\n${command}\n\`\`\`\n`)
    .join('\n')
