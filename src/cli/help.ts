/**
 * The help of the tool and of each command.
 *
 * @module
 */
import type { Command, Flag } from './args.js'

/** Name of the tool. */
export const TOOL = 'rongcloud-status-message'

/** Longest line of the help, in characters. */
const WIDTH = 100

/** What the exit codes mean. */
const EXITS: readonly (readonly [string, string])[] = [
  ['0', 'all is well'],
  ['1', 'something was off the contract or refused, no call was made, or the command failed'],
  ['2', 'wrong use of the command line, or an input that cannot be read'],
  ['3', 'of "probe": inconclusive, so nothing is known of the contract'],
  ['126, 127', 'of "test": the command cannot be started, cannot be found'],
  ['128 + n', 'of "test": the command was ended by the signal n'],
]

/** Breaks a text into lines of at most `width` characters. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && `${line} ${word}`.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line ? `${line} ${word}` : word
    }
  }
  return [...lines, line]
}

/** Two columns; the right one is wrapped to the width that the left one leaves. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows
    .map(([name, about]) => `  ${name}`.padEnd(left) + wrap(about, WIDTH - left).join(`\n${' '.repeat(left)}`))
    .join('\n')
}

function valueShown({ value, switch: values }: Flag): string {
  if (values) return `[=${values.join('|')}]`
  return value === undefined ? '' : ` ${value}`
}

const flagRow = ([name, flag]: readonly [string, Flag]): [string, string] => [
  `--${name}${valueShown(flag)}`,
  flag.list ? `${flag.about} May be given several times.` : flag.about,
]

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join('\n')

/** The help of one command. */
export function commandHelp(name: string, command: Command, argv: readonly string[]): string {
  const flags = Object.entries(command.flags(argv)).map(flagRow)
  const about = typeof command.about === 'string' ? command.about : command.about(argv)
  return [
    `Usage: ${TOOL} ${name} ${command.usage}`,
    wrap(about, WIDTH - 2).join('\n'),
    `Flags:\n${columns([...flags, ['-h, --help', 'Prints this.']])}`,
    `Exit codes:\n${indented(command.exits)}`,
    `Examples:\n${indented(command.examples(argv))}`,
  ].join('\n\n')
}

/** The help of the tool. */
export function toolHelp(commands: readonly (readonly [string, string])[], examples: readonly string[]): string {
  return [
    `Usage: ${TOOL} <command> [flags]`,
    `Commands:\n${columns(commands)}`,
    `Flags:\n${columns([
      ['-h, --help', 'Prints this; after a command, the help of that command.'],
      ['--version', 'Prints the version.'],
    ])}`,
    `Environment:\n${columns([
      ['RONGCLOUD_APP_KEY', 'App Key, unless --app-key is given.'],
      ['RONGCLOUD_APP_SECRET', 'App Secret, unless --app-secret-file is given. It is never printed.'],
      ['RONGCLOUD_BASE_URL', 'Where "send" sends to, unless --region or --base-url is given.'],
      ['RONGCLOUD_REGION', 'The region that "send" sends to, where there is no base URL.'],
      ['NO_COLOR, FORCE_COLOR', 'Turn colours off, or on where there is no terminal.'],
    ])}`,
    `Exit codes:\n${columns(EXITS)}`,
    `Examples:\n${indented(examples)}`,
  ].join('\n\n')
}
