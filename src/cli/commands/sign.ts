/**
 * `sign`: the headers that sign a call.
 *
 * @module
 */
import { type HeaderPrefix, security } from '../../core/contract.js'
import { createSigner } from '../../core/signature.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { KEY_FLAGS, requireKeys, withUsageErrors } from '../credentials.js'
import { TOOL } from '../help.js'
import type { Io } from '../io.js'
import type { Output } from '../output.js'

const NONCE_LIMIT = security.nonceLength === undefined ? '' : `At most ${security.nonceLength} characters. `

const FLAGS: Flags = {
  ...KEY_FLAGS,
  nonce: { value: 'TEXT', about: `${NONCE_LIMIT}Default: random.` },
  timestamp: { value: 'MS', about: 'Milliseconds since 1970. Default: now.' },
  'header-prefix': { value: 'PREFIX', about: `In front of the names: ${security.prefixes.join(', ')}. Default: none.` },
  json: { about: 'Prints the headers as JSON.' },
}

function run(args: Arguments, output: Output, { env }: Io): number {
  const keys = requireKeys(args, output, env)
  const nonce = args.value('nonce')
  const timestamp = args.number('timestamp', 0, Number.MAX_SAFE_INTEGER)
  const sign = withUsageErrors(args, () =>
    createSigner({
      ...keys,
      // The signer refuses a prefix that the contract does not have.
      headerPrefix: args.value('header-prefix') as HeaderPrefix | undefined,
      nonce: nonce === undefined ? undefined : () => nonce,
      now: timestamp === undefined ? undefined : () => timestamp,
    }),
  )
  if (nonce?.includes(keys.appSecret)) throw new UsageError('"--nonce" must not hold the App Secret')
  const headers = withUsageErrors(args, sign)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  if (args.has('json')) output.stdout.json(headers, 2)
  else output.stdout.line(lines.join('\n'))
  return 0
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about: 'Prints the headers that sign a call made now. Path and body are not signed, so the headers fit any call.',
  flags: () => FLAGS,
  exits: ['0  printed', '2  wrong use of the command line'],
  examples: () => [
    `${TOOL} sign`,
    `${TOOL} sign --app-key KEY --app-secret-file secret.txt --json`,
    `${TOOL} sign | ${TOOL} verify-signature`,
  ],
  run,
}
