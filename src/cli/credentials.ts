/**
 * App Key and App Secret of the user: from a flag, a file or the environment.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { type Arguments, type Flags, UsageError } from './args.js'
import type { Env } from './io.js'
import type { Output } from './output.js'

/** Flag of the App Key. */
const APP_KEY_FLAG: Flags = {
  'app-key': { value: 'KEY', about: 'App Key. Default: RONGCLOUD_APP_KEY.' },
}

/** Flags of the App Secret. */
export const APP_SECRET_FLAGS: Flags = {
  'app-secret-file': {
    value: 'FILE',
    about: 'File that holds the App Secret and nothing else. Default: RONGCLOUD_APP_SECRET of the environment.',
  },
  'app-secret': { value: 'SECRET', about: 'App Secret. Every user of the machine can read it with ps; warns of it.' },
}

/** Flags of both. */
export const KEY_FLAGS: Flags = { ...APP_KEY_FLAG, ...APP_SECRET_FLAGS }

/** The App Key, where there is one. */
export const appKeyOf = (args: Arguments, env: Env): string | undefined =>
  args.text('app-key') ?? (env['RONGCLOUD_APP_KEY'] || undefined)

function fromFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    // The path is not shown: it may be the secret itself, given to the wrong flag.
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`"--app-secret-file" must be a file that can be read. Received one that gives ${code}`)
  }
  const secret = text.replace(/^\ufeff/, '').replace(/[\r\n]+$/, '')
  if (secret === '') throw new UsageError('"--app-secret-file" must hold the App Secret. Received an empty file')
  return secret
}

/** The App Secret, where there is one; no output shows it from here on. */
export function appSecretOf(args: Arguments, output: Output, env: Env): string | undefined {
  const file = args.text('app-secret-file')
  const flag = args.text('app-secret')
  const inherited = env['RONGCLOUD_APP_SECRET']
  // Whichever is used: none of them may be seen.
  for (const secret of [flag, inherited]) if (secret) output.hide(secret)
  if (flag !== undefined) {
    output.warn(
      '--app-secret can be read with ps by every user of this machine; use RONGCLOUD_APP_SECRET or --app-secret-file',
    )
  }
  if (file !== undefined && flag !== undefined) {
    throw new UsageError('"--app-secret-file" or "--app-secret" must be there, and only one of them. Received both')
  }
  if (flag === '') throw new UsageError('"--app-secret" must be a string that is not empty. Received an empty one')
  const secret = file === undefined ? (flag ?? (inherited || undefined)) : fromFile(file)
  if (secret) output.hide(secret)
  return secret
}

/** @throws UsageError when there is no App Secret */
export function requiredSecret(args: Arguments, output: Output, env: Env): string {
  const secret = appSecretOf(args, output, env)
  if (secret !== undefined) return secret
  throw new UsageError('RONGCLOUD_APP_SECRET or "--app-secret-file" must hold the App Secret. Received neither')
}

/** @throws UsageError when one of them is missing */
export function requiredKeys(args: Arguments, output: Output, env: Env): { appKey: string; appSecret: string } {
  const appSecret = requiredSecret(args, output, env)
  const appKey = appKeyOf(args, env)
  if (appKey === appSecret) {
    throw new UsageError(
      'The App Key must be another text than the App Secret. Received one for both; nothing was sent',
    )
  }
  if (appKey) return { appKey, appSecret }
  throw new UsageError('RONGCLOUD_APP_KEY or "--app-key" must be the App Key. Received neither')
}

/** What the library refuses as a wrong option is a wrong use of the command line. */
export function asUsage<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error
  }
}
