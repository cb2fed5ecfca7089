/**
 * Error codes: a table of them, and a section for each with its causes.
 *
 * @module
 */
import { type ApiOperation, describeOperations, type ErrorAnswer } from '../content/operations.js'
import type { Spec } from '../content/spec.js'
import { assumptionsMarkdown } from './assumptions.js'
import { generatedMarkdown } from './markdown-page.js'

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The anchor of an error: its code; where another error of the contract has the same code, also its name. */
function anchorOf({ name, code }: ErrorAnswer, all: readonly ErrorAnswer[]): string {
  const first = all.find((error) => error.code === code)
  return first?.name === name ? code : `${code}-${name}`
}

/** Errors of all operations. Those that several operations share come once. */
export function errorsOf(operations: readonly ApiOperation[]): ErrorAnswer[] {
  const all = operations.flatMap(({ errors }) => errors)
  return all.filter((error, i) => all.findIndex(({ name, code }) => name === error.name && code === error.code) === i)
}

/**
 * The table of some errors, as Markdown.
 *
 * @param all those of the page with the sections
 * @param page the path of that page; empty on the page itself
 */
export function errorTable(errors: readonly ErrorAnswer[], all: readonly ErrorAnswer[] = errors, page = ''): string {
  const rows = errors.map((error) => {
    const { code, status, summary, retry = '' } = error
    const [again = ''] = retry.split(':', 1)
    return `| [\`${code}\`](${page}#${anchorOf(error, all)}) | ${status} | ${capitalize(summary)} | ${again} |\n`
  })
  return `| Code | HTTP | What it means | Send again? |\n| --- | --- | --- | --- |\n${rows.join('')}`
}

const listUnder = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `**${title}**\n\n${lines.map((line) => `- ${line}\n`).join('')}`

/** What of the product helps with an error. The first row that fits is shown. */
const REMEDIES: readonly { readonly fits: (error: ErrorAnswer) => boolean; readonly text: string }[] = [
  {
    fits: ({ raisedBy }) => raisedBy.includes('signature'),
    text: '[`verify-signature`](../command-line/#verify-signature) reads the headers of a refused call and names the mistake.',
  },
  {
    fits: ({ raisedBy }) => raisedBy.includes('app-key'),
    text: '[Hosts](../endpoint/#hosts) lists the regions. [Environment](../client/#environment) says where the client takes the App Key and the region from.',
  },
  {
    fits: ({ raisedBy }) => raisedBy.includes('rate-limit'),
    text: '[Rate limit](../client/rate-limit/) says how the client stays within the limit, in one process and in many.',
  },
  {
    fits: ({ processed }) => processed === 'unknown',
    text: '[Sending again](../client/errors/#sending-again) says which calls the client repeats by itself.',
  },
  {
    fits: ({ raisedBy }) => raisedBy.length > 0,
    text: '[`check`](../command-line/#check) compares a captured request with the contract and names the field.',
  },
  {
    fits: () => true,
    text: 'When you ask the vendor, quote the `X-Request-ID` of the call. It is the `requestId` that [every error has](../client/errors/#what-an-error-has).',
  },
]

const remedyOf = (error: ErrorAnswer): string => REMEDIES.find(({ fits }) => fits(error))?.text ?? ''

function errorSection(error: ErrorAnswer, all: readonly ErrorAnswer[]): string {
  const { code, status, summary, description, retry, processed, causes, diagnosis, value, assumptions } = error
  const again = retry ? ` Send again? ${retry} The client says \`processed: '${processed}'\`.` : ''
  return [
    `## ${code}: ${summary} {#${anchorOf(error, all)}}`,
    `HTTP ${status}.${again}`,
    listUnder('Why it happens', causes),
    listUnder('How to find out', diagnosis),
    `**What to do**\n\n${description} ${remedyOf(error)}`,
    `\`\`\`json title="The answer"\n${JSON.stringify(value, null, 2)}\n\`\`\``,
    assumptionsMarkdown(assumptions),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The generated part of the page of error codes, as HTML. */
export function errorsPart({ spec }: { readonly spec: Spec }): string {
  const errors = errorsOf(describeOperations(spec))
  const sections = errors.map((error) => errorSection(error, errors))
  return generatedMarkdown([errorTable(errors), ...sections].join('\n\n'))
}
