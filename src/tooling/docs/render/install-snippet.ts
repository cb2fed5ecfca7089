/**
 * How to install the package's command line, for those who write a sender in any language.
 *
 * @module
 */
import { MADE_UP, PORT } from '../../../cli/defaults.js'
import { escapeHtml } from '../html.js'
import type { Site } from '../site.js'
import { codeBlock, highlightCode } from './code-block.js'

/** Address and credentials of the mock that `mock` starts. */
export const MOCK: Readonly<Record<string, string>> = { baseUrl: `http://127.0.0.1:${PORT}`, ...MADE_UP }

interface Step {
  readonly why: string
  readonly command: string
}

const installSteps = ({ package: packageName }: Site): readonly Step[] => [
  {
    why: 'The npm package of this contract tests a sender in any language. It needs Node 20.19 or newer.',
    command: `npm install --save-dev ${packageName}`,
  },
  {
    why: 'Run any test command against a mock of this API. The command finds the address and keys of the mock in `RONGCLOUD_BASE_URL`, `RONGCLOUD_APP_KEY` and `RONGCLOUD_APP_SECRET`. At the end, all calls are listed; one that is off the contract fails the run.',
    command: `npx ${packageName} test -- python3 -m unittest`,
  },
  { why: `Or let the mock listen on ${MOCK['baseUrl']}, and see each call.`, command: `npx ${packageName} mock` },
]

const withCode = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

/** The steps as HTML. */
export const installHtml = (site: Site): string =>
  installSteps(site)
    .map(({ why, command }) => `<p>${withCode(why)}</p>\n${codeBlock(highlightCode(command, 'Shell'), command)}`)
    .join('\n')

/** The steps as Markdown. */
export const installMarkdown = (site: Site): string =>
  installSteps(site)
    .map(({ why, command }) => `${why}\n\n\`\`\`sh\n${command}\n\`\`\`\n`)
    .join('\n')
