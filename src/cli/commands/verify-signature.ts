/**
 * `verify-signature`: what is wrong with the signed headers of a call?
 *
 * @module
 */
import { security } from '../../core/contract.js'
import { createCredentials } from '../../mock/credentials.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { APP_SECRET_FLAGS, requiredSecret } from '../credentials.js'
import { TOOL } from '../help.js'
import type { Io } from '../io.js'
import { type Output, plain } from '../output.js'
import { readStdin } from '../stdin.js'

/** Each header that signs has a flag of its name. */
const HEADERS: Flags = Object.fromEntries(
  Object.values(security.headers).map((name) => [
    name.toLowerCase(),
    { value: 'TEXT', about: `The header ${name} of the call.` },
  ]),
)

const FLAGS: Flags = {
  ...HEADERS,
  ...APP_SECRET_FLAGS,
  strict: { about: 'Also holds the headers to the form that is documented.' },
  json: { about: 'Prints { "valid", "violations" } as JSON.' },
}

/** `Name: value` lines; lines of other kinds, such as a request line, are passed over. */
function headersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).map((line) => /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line))
  return Object.fromEntries(lines.flatMap((found) => (found ? [[(found[1] ?? '').toLowerCase(), found[2] ?? '']] : [])))
}

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const appSecret = requiredSecret(args, output, io.env)
  const given = Object.keys(HEADERS).filter((name) => args.on(name))
  const piped = given.length === 0 ? await readStdin(io) : ''
  if (piped === undefined) {
    throw new UsageError(`The headers must come as --${Object.keys(HEADERS).join(', --')}, or on standard input`)
  }
  const headers =
    given.length > 0 ? Object.fromEntries(given.map((name) => [name, args.text(name) ?? ''])) : headersIn(piped)
  const rules = { documentedFormat: args.on('strict') }
  const violations = createCredentials({ appKey: false, appSecret, now: Date.now, strict: rules }).check(headers)
  const valid = violations.length === 0
  if (args.on('json')) output.stdout.line(JSON.stringify({ valid, violations }))
  else if (valid) output.stdout.line(output.stdout.paint('green', 'The signature fits.'))
  else for (const { message } of violations) output.stdout.line(plain(message))
  return valid ? 0 : 1
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about:
    'Says what is wrong with the headers that sign a call: which is missing, and by which known mistake the signature was made. Takes them as flags, or as lines "Name: value" on standard input, also under their other names.',
  flags: () => FLAGS,
  exits: ['0  the signature fits', '1  it does not, or a header is missing', '2  wrong use of the command line'],
  examples: () => [
    `${TOOL} verify-signature ${Object.keys(HEADERS)
      .map((name) => `--${name} …`)
      .join(' ')}`,
    `${TOOL} verify-signature --app-secret-file secret.txt < headers.txt`,
  ],
  run,
}
