/**
 * The command line: finds the command and loads no other.
 *
 * @module
 */
import { createRequire } from 'node:module'
import { type Command, didYouMean, readArguments, UsageError } from './args.js'
import { commandHelp, TOOL, toolHelp } from './help.js'
import type { Io } from './io.js'
import { createOutput, type Output } from './output.js'

interface Entry {
  readonly about: string
  readonly load: () => Promise<{ command: Command }>
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  mock: { about: 'Runs the mock of the API as a server.', load: () => import('./commands/mock.js') },
  test: { about: 'Runs a command against the mock and checks its calls.', load: () => import('./commands/test.js') },
  send: { about: 'Sends one message, or shows the request.', load: () => import('./commands/send.js') },
  sign: { about: 'Prints the signed headers of a call.', load: () => import('./commands/sign.js') },
  'verify-signature': {
    about: 'Says what is wrong with the signed headers of a call.',
    load: () => import('./commands/verify-signature.js'),
  },
  check: {
    about: 'Checks captured traffic against the contract: HAR, HTTP, curl.',
    load: () => import('./commands/check.js'),
  },
  probe: {
    about: "Asks the vendor's server whether the contract is true, by calls that reach no user.",
    load: () => import('./commands/probe.js'),
  },
}

const EXAMPLES = [`${TOOL} mock --port 8700`, `${TOOL} test -- npm test`, `${TOOL} check traffic.har`]

function printVersion({ stdout }: Output): number {
  // The package's own file, which has a version.
  const { version } = createRequire(import.meta.url)(`${TOOL}/package.json`) as { version: string }
  stdout.line(version)
  return 0
}

const helpText = () =>
  toolHelp(
    Object.entries(COMMANDS).map(([name, { about }]) => [name, about] as const),
    EXAMPLES,
  )

/** @throws UsageError for a wrong use of the command line */
async function runCommand([name, ...argv]: readonly string[], output: Output, io: Io): Promise<number> {
  if (name === undefined) {
    // Not on standard output and not 0: a script that forgot the command must not pass.
    output.stderr.line(helpText())
    return 2
  }
  if (name === '--version') return printVersion(output)
  if (name === '--help' || name === '-h' || name === 'help') {
    output.stdout.line(helpText())
    return 0
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!entry) {
    const names = Object.keys(COMMANDS)
    throw new UsageError(`"command" must be one of ${names.join(', ')}.${didYouMean(name, names)}`)
  }
  const { command } = await entry.load()
  // Masked from the start, whether the command reads it or not.
  output.hide(io.env['RONGCLOUD_APP_SECRET'] ?? '')
  const args = readArguments(argv, command.flags(argv), command)
  if (args.has('help')) {
    output.stdout.line(commandHelp(name, command, argv))
    return 0
  }
  return command.run(args, output, io)
}

/**
 * Runs the command line. Never throws: errors are printed on standard error.
 *
 * @param argv the arguments, without the name of the program
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const output = createOutput(io)
  const { line, paint } = output.stderr
  try {
    return await runCommand(argv, output, io)
  } catch (error) {
    if (error instanceof UsageError) {
      const [name = ''] = argv
      const help = Object.hasOwn(COMMANDS, name) ? `${name} --help` : '--help'
      line(`${paint('red', 'error:')} ${error.message}\nSee ${TOOL} ${help}.`)
      return 2
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    line(stack ?? message)
    return 1
  }
}
