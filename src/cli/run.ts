/**
 * The command line: finds the command, and loads no other.
 *
 * @module
 */
import { createRequire } from 'node:module'
import { type Command, closest, readArguments, UsageError } from './args.js'
import { helpOf, helpOfTool, TOOL } from './help.js'
import type { Io } from './io.js'
import { createOutput, type Output } from './output.js'

interface Entry {
  readonly about: string
  readonly load: () => Promise<{ command: Command }>
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  mock: { about: 'Runs the mock of the API as a server.', load: () => import('./commands/mock.js') },
  test: {
    about: 'Runs a command against the mock and judges its calls.',
    load: () => import('./commands/test.js'),
  },
  send: { about: 'Sends one message, or shows the request.', load: () => import('./commands/send.js') },
  sign: { about: 'Prints the signed headers of a call.', load: () => import('./commands/sign.js') },
  'verify-signature': {
    about: 'Says what is wrong with the signed headers of a call.',
    load: () => import('./commands/verify-signature.js'),
  },
  check: {
    about: 'Judges captured traffic, HAR or raw HTTP, against the contract.',
    load: () => import('./commands/check.js'),
  },
}

const EXAMPLES = [`${TOOL} mock --port 8700`, `${TOOL} test -- npm test`, `${TOOL} check traffic.har`]

function printVersion({ stdout }: Output): number {
  const { version } = createRequire(import.meta.url)(`${TOOL}/package.json`) as { version: string }
  stdout.line(version)
  return 0
}

/** What prints the help for a command, or for the tool. */
const helpFor = (name = ''): string => (Object.hasOwn(COMMANDS, name) ? `${name} --help` : '--help')

/** @throws UsageError for a wrong use of the command line */
async function runCommand([name, ...argv]: readonly string[], output: Output, io: Io): Promise<number> {
  const help = () => {
    const commands = Object.entries(COMMANDS).map(([command, { about }]) => [command, about] as const)
    output.stdout.line(helpOfTool(commands, EXAMPLES))
    return 0
  }
  if (name === '--version') return printVersion(output)
  if (name === '--help' || name === '-h' || name === 'help') return help()
  const entry = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (name === undefined || !entry) {
    const near = name === undefined ? undefined : closest(name, Object.keys(COMMANDS))
    const known = `one of ${Object.keys(COMMANDS).join(', ')}`
    throw new UsageError(
      `"command" must be ${known}. Received ${name === undefined ? 'none' : `another one${near ? `; did you mean "${near}"?` : ''}`}`,
    )
  }
  const { command } = await entry.load()
  // Struck out from the start, whether the command asks for it or not.
  output.hide(io.env['RONGCLOUD_APP_SECRET'] ?? '')
  const args = readArguments(argv, command.flags(argv), command.rest)
  if (args.on('help')) {
    output.stdout.line(helpOf(name, command, argv))
    return 0
  }
  return command.run(args, output, io)
}

/**
 * Runs the command line. Never throws: what goes wrong is printed on standard error.
 *
 * @param argv the arguments, without the program's own name
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const output = createOutput(io)
  const { line, paint } = output.stderr
  try {
    return await runCommand(argv, output, io)
  } catch (error) {
    if (error instanceof UsageError) {
      line(`${paint('red', 'error:')} ${error.message}\nSee ${TOOL} ${helpFor(argv[0])}.`)
      return 2
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    line(stack ?? message)
    return 1
  }
}
