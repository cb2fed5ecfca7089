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

/** An error with the ids of the operations that answer with it. */
export interface SharedError extends ErrorAnswer {
  readonly operations: readonly string[]
}

/** Errors of all operations, by code. Those that several operations share in every word come once. */
export function errorsOf(operations: readonly ApiOperation[]): SharedError[] {
  const shared = new Map<string, SharedError>()
  for (const { id, errors } of operations) {
    for (const error of errors) {
      const key = JSON.stringify(error)
      shared.set(key, { ...error, operations: [...(shared.get(key)?.operations ?? []), id] })
    }
  }
  const all = [...shared.values()]
  const codes = new Set(all.map(({ code }) => code))
  return [...codes].flatMap((code) => all.filter((error) => error.code === code))
}

/** The anchor of an error: its code; of further errors with that code, also the name, and the operation where that is not enough. */
function anchorOf({ code, name, operations: [operation] }: SharedError, all: readonly SharedError[]): string {
  const [first, ...others] = all.filter((error) => error.code === code)
  const isIt = (error: SharedError | undefined) => error?.name === name && error.operations[0] === operation
  if (isIt(first)) return code
  return isIt(others.find((error) => error.name === name)) ? `${code}-${name}` : `${code}-${name}-${operation}`
}

/** The operations of an error, where others have another error of the same code: `` of `moveCursor` ``. */
function owners({ code, operations }: SharedError, all: readonly SharedError[]): string {
  const isShared = all.every((error) => error.code !== code || String(error.operations) === String(operations))
  return isShared ? '' : `of ${operations.map((id) => `\`${id}\``).join(', ')}`
}

function errorRow(error: SharedError, all: readonly SharedError[], page: string, owner: string): string {
  const { code, status, summary, retry = '' } = error
  const [again = ''] = retry.split(':', 1)
  const meaning = capitalize(summary) + (owner && ` (${owner})`)
  return `| [\`${code}\`](${page}#${anchorOf(error, all)}) | ${status} | ${meaning} | ${again} |\n`
}

const TABLE_HEAD = '| Code | HTTP | What it means | Send again? |\n| --- | --- | --- | --- |\n'

/**
 * The table of the errors of one operation, as Markdown.
 *
 * @param all those of the page with the sections
 * @param page the path of that page
 */
export const errorTable = (operation: string, all: readonly SharedError[], page: string): string =>
  TABLE_HEAD +
  all
    .filter(({ operations }) => operations.includes(operation))
    .map((error) => errorRow(error, all, page, ''))
    .join('')

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

function errorSection(error: SharedError, all: readonly SharedError[]): string {
  const { code, status, summary, description, retry, processed, causes, diagnosis, value, assumptions } = error
  const again = retry ? ` Send again? ${retry} The client says \`processed: '${processed}'\`.` : ''
  const owner = owners(error, all)
  return [
    `## ${code}: ${summary} {#${anchorOf(error, all)}}`,
    `HTTP ${status}${owner && `, ${owner}`}.${again}`,
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
  const rows = errors.map((error) => errorRow(error, errors, '', owners(error, errors)))
  return generatedMarkdown([TABLE_HEAD + rows.join(''), ...sections].join('\n\n'))
}
