/**
 * The arguments of a command, read by a table of its flags. Mistakes are told by the flag's name, never by what it was given:
 * that could be a secret in the wrong place.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import type { Io } from './io.js'
import type { Output } from './output.js'

/** A wrong use of the command line: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** One flag. */
export interface Flag {
  /** What the help calls its value; a flag without one is on or off. */
  readonly value?: string
  /** May be given several times. */
  readonly list?: boolean
  /** For a flag that may stand alone or have one of two values: what it means to be off, and on. */
  readonly switch?: readonly [string, string]
  /** What it is, in a sentence. */
  readonly about: string
}

/** Flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag>>

/** One command of the tool. */
export interface Command {
  /** What comes behind the command's name. */
  readonly usage: string
  /** What it does, in some sentences. */
  readonly about: string
  /** May depend on the arguments. */
  readonly flags: (argv: readonly string[]) => Flags
  /** What its exit codes mean, a line each. */
  readonly exits: readonly string[]
  /** Examples, for what stands behind the command. */
  readonly examples: (argv: readonly string[]) => readonly string[]
  /** What the arguments that are no flags are; without it there may be none. */
  readonly rest?: string
  /** @returns the exit code */
  readonly run: (args: Arguments, output: Output, io: Io) => number | Promise<number>
}

/** Arguments after the reading. */
export interface Arguments {
  /** The value of a flag. */
  readonly text: (flag: string) => string | undefined
  /** All values of a flag. */
  readonly list: (flag: string) => readonly string[]
  /** Whether a flag is there. */
  readonly on: (flag: string) => boolean
  /** The value of a flag as a whole number within limits. */
  readonly number: (flag: string, least: number, most: number) => number | undefined
  /** What is no flag. */
  readonly rest: readonly string[]
  /** What stands behind `--`; undefined where there is none. */
  readonly behind: readonly string[] | undefined
}

/** The known name that shares the most pairs of letters. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const pairs = (word: string) => new Set(Array.from(word, (_, i) => word.slice(i, i + 2)).slice(0, -1))
  const own = pairs(name)
  const scored = known.map((one) => [one, [...pairs(one)].filter((pair) => own.has(pair)).length] as const)
  const [best] = scored.toSorted(([, a], [, b]) => b - a)
  return best && best[1] > 0 ? best[0] : undefined
}

/** `--flag` without a value is `--flag=on`, unless one of its two values follows. */
function expandSwitches(argv: readonly string[], flags: Flags): string[] {
  const end = argv.indexOf('--')
  return argv.flatMap((arg, i) => {
    const { switch: values } = (arg.startsWith('--') && Object.hasOwn(flags, arg.slice(2)) && flags[arg.slice(2)]) || {}
    if (!values || (end >= 0 && i > end) || values.includes(argv[i + 1] ?? '')) return arg
    return `${arg}=${values[1]}`
  })
}

const HELP: Flags = { help: { about: 'Prints this.' } }

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for an unknown flag, one without its value or given too often, and for arguments that nobody takes
 */
export function readArguments(given: readonly string[], known: Flags, rest?: string): Arguments {
  const flags: Flags = { ...known, ...HELP }
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(name === 'help' && { short: 'h' }) } as const,
    ]),
  )
  const argv = expandSwitches(given, flags)
  const { tokens } = parseArgs({ args: argv, options, strict: false, allowPositionals: true, tokens: true })
  const values = new Map<string, string[]>()
  const loose: string[] = []
  let behind: string[] | undefined
  for (const token of tokens) {
    if (token.kind === 'option-terminator') behind = argv.slice(token.index + 1)
    else if (token.kind === 'positional') behind ?? loose.push(token.value)
    else values.set(token.name, [...(values.get(token.name) ?? []), givenTo(token, flags)])
  }
  for (const [name, { length }] of values) {
    if (length > 1 && flags[name]?.value !== undefined && !flags[name].list) {
      throw new UsageError(`"--${name}" must be given once. Received ${length}`)
    }
  }
  if (loose.length > 0 && rest === undefined) {
    throw new UsageError(
      `The command takes flags alone. Received ${loose.length} more; a list repeats its flag, and a value of a switch stands behind "="`,
    )
  }
  return argumentsOf(values, loose, behind)
}

interface Option {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function givenTo({ name, rawName, value, inlineValue }: Option, flags: Flags): string {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (!flag) {
    const near = closest(name, Object.keys(flags))
    throw new UsageError(`"${rawName}" is no flag of this command${near ? `. Did you mean "--${near}"?` : ''}`)
  }
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`"--${name}" must stand alone. Received a value`)
    return ''
  }
  if (value === undefined) throw new UsageError(`"--${name}" must have a value. Received nothing`)
  // A number below zero is a value, another flag is none.
  if (!inlineValue && /^-./.test(value) && !/^-\d/.test(value)) {
    throw new UsageError(
      `"--${name}" must have a value. Received a flag; a value that starts with "-" is written --${name}=-…`,
    )
  }
  return value
}

function argumentsOf(
  values: ReadonlyMap<string, readonly string[]>,
  rest: readonly string[],
  behind: readonly string[] | undefined,
): Arguments {
  const list = (flag: string) => values.get(flag) ?? []
  const text = (flag: string) => list(flag)[0]
  return {
    text,
    list,
    on: (flag) => values.has(flag),
    number: (flag, least, most) => {
      const value = text(flag)
      if (value === undefined) return undefined
      if (/^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value)
      throw new UsageError(`"--${flag}" must be a whole number from ${least} to ${most}. Received something else`)
    },
    rest,
    behind,
  }
}
