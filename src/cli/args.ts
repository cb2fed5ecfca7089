/**
 * The arguments of a command, read by the table of its flags. An error names the flag and never shows its value, which
 * could be a secret in the wrong place.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { count } from '../core/phrases.js'
import { nearest } from '../core/suggest.js'
import type { Io } from './io.js'
import type { Output } from './output.js'

/** The command line was used in a wrong way: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** One flag. */
export interface Flag {
  /** Name of its value in the help. A flag without one takes no value. */
  readonly value?: string
  /** May be given several times. */
  readonly list?: boolean
  /** For a flag that may stand alone or have one of two values: the values for off and on. */
  readonly switch?: readonly [string, string]
  /** Another name for the same thing, under which people look for it. Only for "did you mean". */
  readonly alias?: string
  /** What it is, in a sentence. */
  readonly about: string
}

/** Flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag>>

/** One command of the tool. */
export interface Command {
  /** What follows the name of the command. */
  readonly usage: string
  /** What it does, in some sentences, which may depend on the arguments. */
  readonly about: string | ((argv: readonly string[]) => string)
  /** The flags, which may depend on the arguments. */
  readonly flags: (argv: readonly string[]) => Flags
  /** What its exit codes mean, a line each. */
  readonly exits: readonly string[]
  readonly examples: (argv: readonly string[]) => readonly string[]
  /** Whether it takes arguments that are not flags. Default: it does not. */
  readonly takesArguments?: boolean
  /** Whether what follows `--` is a command of its own. Default: arguments that are not flags. */
  readonly takesCommand?: boolean
  /** @returns the exit code */
  readonly run: (args: Arguments, output: Output, io: Io) => number | Promise<number>
}

/** The arguments of one call. */
export interface Arguments {
  /** The value of a flag. */
  readonly value: (flag: string) => string | undefined
  /** All values of a flag. */
  readonly values: (flag: string) => readonly string[]
  /** Whether a flag was given. */
  readonly has: (flag: string) => boolean
  /** The value of a flag as a whole number within limits. */
  readonly number: (flag: string, min: number, max: number) => number | undefined
  /** Arguments that are not flags. */
  readonly positionals: readonly string[]
  /** The command that follows `--`; undefined without `--`, and for a command that takes none. */
  readonly afterDashes: readonly string[] | undefined
}

/** The known name that was probably meant: the nearest one, or one that begins or ends with what was given. */
export function suggest(given: string, names: readonly string[]): string | undefined {
  const text = given.toLowerCase()
  const isPart = (name: string) => text.length > 1 && (name.startsWith(text) || name.endsWith(text))
  return nearest(given, names) ?? names.find((name) => isPart(name.toLowerCase()))
}

/** ` Did you mean …?`, where a known name is near to what was given. */
export function didYouMean(given: string, names: readonly string[], prefix = ''): string {
  const name = suggest(given, names)
  return name === undefined ? '' : ` Did you mean "${prefix}${name}"?`
}

/**
 * The arguments as `parseArgs` takes them: a switch without a value gets its "on" value, and a negative number is
 * joined to its flag by `=`.
 */
function withInlineValues(argv: readonly string[], flags: Flags): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const expanded: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? ''
    const next = argv[i + 1] ?? ''
    const name = arg.slice(2)
    const flag = i < end && arg.startsWith('--') && Object.hasOwn(flags, name) ? flags[name] : undefined
    if (flag?.switch && !flag.switch.includes(next)) expanded.push(`${arg}=${flag.switch[1]}`)
    else if (flag?.value !== undefined && /^-\d/.test(next)) expanded.push(`${arg}=${argv[++i]}`)
    else expanded.push(arg)
  }
  return expanded
}

/** What `parseArgs` refuses, in words that show no value. */
function usageError(error: unknown, flags: Flags): unknown {
  // `parseArgs` throws errors with a code; the name of the flag stands in the message alone.
  const { code, message = '' } = error as NodeJS.ErrnoException
  if (!code?.startsWith('ERR_PARSE_ARGS')) return error
  // A flag with a short name is written with both: `'-h, --help'`.
  const written = /'(?:-\w, )?(-[^' ]*)/.exec(message)?.[1] ?? ''
  const name = written.replace(/^-+/, '')
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const aliases = Object.entries(flags).map(([flag, { alias = flag }]) => [alias, flag] as const)
    const byName = new Map([...aliases, ...Object.keys(flags).map((flag) => [flag, flag] as const)])
    const meant = byName.get(suggest(name, [...Object.keys(flags), ...byName.keys()]) ?? '')
    const hint = meant === undefined ? '' : ` Did you mean "--${meant}"?`
    return new UsageError(`"${written}" is not a flag of this command.${hint}`)
  }
  if (/does not take/.test(message)) return new UsageError(`"--${name}" takes no value`)
  return new UsageError(`"--${name}" needs a value. If the value starts with "-", write --${name}=-…`)
}

const HELP: Flags = { help: { about: 'Prints this.' } }

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for an unknown flag, a flag without its value or given too often, and for arguments that the command
 * does not take
 */
export function readArguments(
  argv: readonly string[],
  known: Flags,
  { takesArguments, takesCommand }: Pick<Command, 'takesArguments' | 'takesCommand'>,
): Arguments {
  const flags: Flags = { ...known, ...HELP }
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const)
      return [name, { type, multiple: true, ...(name === 'help' && { short: 'h' }) }] as const
    }),
  )
  const args = withInlineValues(argv, flags)
  const { tokens } = parseStrictly(args, options, flags)
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  let afterDashes: readonly string[] | undefined
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      if (takesCommand) afterDashes = args.slice(token.index + 1)
    } else if (token.kind === 'option') values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? ''])
    else if (afterDashes === undefined) positionals.push(token.value)
  }
  for (const [name, { length }] of values) {
    if (length === 1 || flags[name]?.value === undefined || flags[name].list) continue
    throw new UsageError(`"--${name}" must be given once. Received ${length}`)
  }
  if (positionals.length > 0 && !takesArguments) {
    throw new UsageError(
      `This command takes only flags. Received ${count(positionals.length, 'arguments')} without a flag. A list repeats its flag (--flag a --flag b); a file is standard input (< FILE)`,
    )
  }
  return createArguments(values, positionals, afterDashes)
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parseStrictly(args: string[], options: Options, flags: Flags) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true, tokens: true })
  } catch (error) {
    throw usageError(error, flags)
  }
}

function createArguments(
  byFlag: ReadonlyMap<string, readonly string[]>,
  positionals: readonly string[],
  afterDashes: readonly string[] | undefined,
): Arguments {
  const values = (flag: string) => byFlag.get(flag) ?? []
  const value = (flag: string) => values(flag)[0]
  return {
    value,
    values,
    has: (flag) => byFlag.has(flag),
    number: (flag, min, max) => {
      const text = value(flag)
      if (text === undefined) return undefined
      // As many digits as the largest number has that is exact.
      const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
      if (number >= min && number <= max) return number
      throw new UsageError(`"--${flag}" must be a whole number from ${min} to ${max}`)
    },
    positionals,
    afterDashes,
  }
}
