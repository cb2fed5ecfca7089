/**
 * `verify-signature`: what is wrong with the signed headers of a call?
 *
 * @module
 */
import { security } from '../../core/contract.js'
import { createCredentials } from '../../mock/credentials.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { CaptureError, problemText } from '../captures/capture.js'
import { readSignedCalls, type SignedCalls } from '../captures/signed-calls.js'
import { APP_KEY_VARIABLE, APP_SECRET_FLAGS, readVariable, requireAppSecret } from '../credentials.js'
import { TOOL } from '../help.js'
import { readStdinBytes } from '../input.js'
import type { Io } from '../io.js'
import { escapeControls, type Output } from '../output.js'

/** Each header that signs has a flag of its name. */
const HEADERS: Flags = Object.fromEntries(
  Object.values(security.headers).map((name) => [
    name.toLowerCase(),
    { value: 'TEXT', about: `The header ${name} of the call.` },
  ]),
)

/** The flag of the App Key of the call. */
const APP_KEY_FLAG = (security.headers['appKey'] ?? '').toLowerCase()

const FLAGS: Flags = {
  ...HEADERS,
  [APP_KEY_FLAG]: {
    value: 'TEXT',
    about: `The header ${security.headers['appKey']} of the call. Default: ${APP_KEY_VARIABLE}, where other headers are given.`,
  },
  ...APP_SECRET_FLAGS,
  strict: { about: 'Also enforces the documented format of the headers.' },
  json: { about: 'Prints { "valid", "violations" } as JSON, a line for each call.' },
}

/** @throws UsageError where no header is found */
async function readCalls(args: Arguments, io: Io, appKey: string | undefined): Promise<SignedCalls> {
  const given = Object.keys(HEADERS).filter((name) => args.has(name))
  if (given.length > 0) {
    const headers = Object.fromEntries(given.map((name) => [name, args.value(name) ?? '']))
    if (appKey !== undefined) headers[APP_KEY_FLAG] ??= appKey
    return { calls: [{ at: undefined, headers }], unreadable: [], unit: 'line' }
  }
  const flags = `--${Object.keys(HEADERS).join(', --')}`
  if (io.stdin.isTTY) throw new UsageError(`The headers must come as ${flags}, or on standard input`)
  const found = readSignedCallsOf(await readStdinBytes(io))
  if (found.calls.length + found.unreadable.length > 0) return found
  const names = Object.values(security.headers).join(', ')
  const received = found.received === undefined ? '' : `. Received ${found.received}`
  throw new UsageError(
    `No header found. Standard input must have at least one of ${names}, as lines "Name: value" or in a capture; or give ${flags}${received}`,
  )
}

function readSignedCallsOf(bytes: Buffer): SignedCalls {
  try {
    return readSignedCalls(bytes)
  } catch (error) {
    throw error instanceof CaptureError ? new UsageError(`Standard input ${error.message}`) : error
  }
}

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const { stdout, stderr } = output
  const appSecret = requireAppSecret(args, output, io.env)
  const appKey = readVariable(io.env, APP_KEY_VARIABLE)
  const { calls, unreadable, unit } = await readCalls(args, io, appKey)
  const strict = { documentedFormat: args.has('strict') }
  const appKeyName = `the App Key of ${APP_KEY_VARIABLE}`
  const { check } = createCredentials({ appKey: appKey ?? false, appKeyName, appSecret, now: Date.now, strict })
  let invalid = 0
  for (const { at, headers } of calls) {
    const violations = check(headers)
    const isValid = violations.length === 0
    if (!isValid) invalid++
    const place = calls.length > 1 && at !== undefined ? `${at}: ` : ''
    if (args.has('json')) stdout.json({ valid: isValid, violations, ...(calls.length > 1 && { at }) })
    else if (isValid) stdout.line(`${place}${stdout.paint('green', 'The signature fits.')}`)
    else for (const { message } of violations) stdout.line(escapeControls(place + message))
  }
  for (const one of unreadable) {
    stderr.line(`${stderr.paint('red', 'error:')} not verified: ${escapeControls(problemText(one, unit))}`)
  }
  if (invalid > 0) return 1
  return unreadable.length > 0 ? 2 : 0
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about: `Says what is wrong with the headers that sign a call: which one is missing, whether the App Key is that of ${APP_KEY_VARIABLE}, where that is set, or which known mistake was made in signing. It takes them as flags, or on standard input: lines "Name: value", the output of sign, -H flags, or any capture that check reads.`,
  flags: () => FLAGS,
  exits: [
    '0  the signature fits',
    '1  it does not, the App Key differs, or a header is missing',
    '2  wrong use of the command line, no header found, or a call that was not understood',
  ],
  examples: () => [
    `${TOOL} verify-signature ${Object.keys(HEADERS)
      .map((name) => `--${name} …`)
      .join(' ')}`,
    `${TOOL} verify-signature --app-secret-file secret.txt < headers.txt`,
  ],
  run,
}
