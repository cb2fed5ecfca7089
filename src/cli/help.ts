/**
 * The help, of the tool and of each command.
 *
 * @module
 */
import type { Command, Flags } from './args.js'

/** Name of the tool. */
export const TOOL = 'rongcloud-status-message'

/** What the exit codes mean. */
const EXITS: readonly (readonly [string, string])[] = [
  ['0', 'all is well'],
  ['1', 'off the contract, refused, no call at all, or it could not be done'],
  ['2', 'wrong use of the command line'],
  ['128 + n', 'ended by the signal n'],
]

/** Cuts a text into lines that fit beside a column. */
function wrapped(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.length - 1
    if (lines[last] && `${lines[last]} ${word}`.length > width) lines.push(word)
    else lines[last] = lines[last] ? `${lines[last]} ${word}` : word
  }
  return lines
}

/** Two columns; the right one is cut to the width that is left of 100 characters. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows
    .map(([name, about]) => `  ${name}`.padEnd(left) + wrapped(about, 100 - left).join(`\n${' '.repeat(left)}`))
    .join('\n')
}

const flagRows = (flags: Flags): [string, string][] =>
  Object.entries(flags).map(([name, { value, list, switch: values, about }]) => {
    const shown = values ? `[=${values.join('|')}]` : value === undefined ? '' : ` ${value}`
    return [`--${name}${shown}`, list ? `${about} May be given several times.` : about]
  })

const examplesOf = (examples: readonly string[]) => examples.map((line) => `  ${line}`).join('\n')

/** The help of one command. */
export function helpOf(name: string, command: Command, argv: readonly string[]): string {
  return [
    `Usage: ${TOOL} ${name} ${command.usage}`,
    wrapped(command.about, 98).join('\n'),
    `Flags:\n${columns([...flagRows(command.flags(argv)), ['-h, --help', 'Prints this.']])}`,
    `Exit codes:\n${command.exits.map((line) => `  ${line}`).join('\n')}`,
    `Examples:\n${examplesOf(command.examples(argv))}`,
  ].join('\n\n')
}

/** The help of the tool. */
export function helpOfTool(commands: readonly (readonly [string, string])[], examples: readonly string[]): string {
  return [
    `Usage: ${TOOL} <command> [flags]`,
    `Commands:\n${columns(commands)}`,
    `Flags:\n${columns([
      ['-h, --help', 'Prints this; behind a command, the help of that command.'],
      ['--version', 'Prints the version.'],
    ])}`,
    `Environment:\n${columns([
      ['RONGCLOUD_APP_KEY', 'App Key, where --app-key is not given.'],
      ['RONGCLOUD_APP_SECRET', 'App Secret, where --app-secret-file is not given. It is never printed.'],
      ['RONGCLOUD_BASE_URL', 'Where "send" sends to, where neither --region nor --base-url is given.'],
      ['NO_COLOR, FORCE_COLOR', 'No colours, or colours where there is no terminal too.'],
    ])}`,
    `Exit codes:\n${columns(EXITS)}`,
    `Examples:\n${examplesOf(examples)}`,
  ].join('\n\n')
}
