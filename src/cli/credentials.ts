/**
 * App Key and App Secret of the user: from a flag, a file or the environment; and how the environment is read.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { isQuoted } from '../client/environment.js'
import { type Arguments, type Flags, UsageError } from './args.js'
import type { Env } from './io.js'
import type { Output } from './output.js'

const APP_KEY_FLAG: Flags = {
  'app-key': { value: 'KEY', about: 'App Key. Default: RONGCLOUD_APP_KEY.' },
}

/** The variable that holds the App Key. */
export const APP_KEY_VARIABLE = 'RONGCLOUD_APP_KEY'

/** Flags of the App Secret. */
export const APP_SECRET_FLAGS: Flags = {
  'app-secret-file': {
    value: 'FILE',
    about: 'File that holds the App Secret and nothing else. Default: RONGCLOUD_APP_SECRET of the environment.',
  },
  'app-secret': { value: 'SECRET', about: 'App Secret. Every user of the machine can read it with ps, so this warns.' },
}

/** Flags of both. */
export const KEY_FLAGS: Flags = { ...APP_KEY_FLAG, ...APP_SECRET_FLAGS }

/** Refuses quotes around a value, as the client does. */
function refuseQuotes(value: string, source: string): void {
  if (isQuoted(value)) throw new UsageError(`${source} has quotes around it`)
}

/** The value of a variable; undefined where it is not set, or empty. @throws UsageError for quotes around it */
export function readVariable(env: Env, name: string): string | undefined {
  const value = env[name] ?? ''
  refuseQuotes(value, name)
  return value || undefined
}

/** The App Key, where one is given. */
export const findAppKey = (args: Arguments, env: Env): string | undefined =>
  args.value('app-key') ?? readVariable(env, APP_KEY_VARIABLE)

function readSecretFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    // The path is not shown: it may be the secret itself, given to the wrong flag. `fs` throws errors with a code.
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`"--app-secret-file" must be a file that can be read (${code})`)
  }
  const secret = text.replace(/^\ufeff/, '').replace(/[\r\n]+$/, '')
  if (secret === '') throw new UsageError('"--app-secret-file" must hold the App Secret. Received an empty file')
  refuseQuotes(secret, 'The App Secret in the file of "--app-secret-file"')
  return secret
}

/** The App Secret, where one is given. No output shows it from here on; that of the environment is masked from the start. */
export function findAppSecret(args: Arguments, output: Output, env: Env): string | undefined {
  const file = args.value('app-secret-file')
  const flag = args.value('app-secret')
  if (flag !== undefined) {
    output.hide(flag)
    output.warn(
      '--app-secret can be read with ps by every user of this machine; use RONGCLOUD_APP_SECRET or --app-secret-file',
    )
  }
  if (file !== undefined && flag !== undefined) {
    throw new UsageError('Only one of "--app-secret-file" and "--app-secret" can be given. Received both')
  }
  if (flag === '') throw new UsageError('"--app-secret" must not be empty')
  const secret = file === undefined ? (flag ?? readVariable(env, 'RONGCLOUD_APP_SECRET')) : readSecretFile(file)
  if (secret !== undefined) output.hide(secret)
  return secret
}

/** @throws UsageError when there is no App Secret */
export function requireAppSecret(args: Arguments, output: Output, env: Env): string {
  const secret = findAppSecret(args, output, env)
  if (secret !== undefined) return secret
  throw new UsageError('RONGCLOUD_APP_SECRET or "--app-secret-file" must hold the App Secret. Received neither')
}

/** @throws UsageError when App Key or App Secret is missing */
export function requireKeys(args: Arguments, output: Output, env: Env): { appKey: string; appSecret: string } {
  const appSecret = requireAppSecret(args, output, env)
  const appKey = findAppKey(args, env)
  if (appKey === appSecret) {
    throw new UsageError('App Key and App Secret must be two different texts. Received the same; nothing was sent')
  }
  if (appKey) return { appKey, appSecret }
  throw new UsageError('RONGCLOUD_APP_KEY or "--app-key" must be the App Key. Received neither')
}

/** `baseUrl` in words of the command line: the flag that gave it, else the variable that holds it. */
function sourceOf(option: string, args: Arguments): string {
  const words = option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const flag = [words, `${words}-file`].find((name) => args.has(name))
  return flag === undefined ? `RONGCLOUD_${words.replaceAll('-', '_').toUpperCase()}` : `"--${flag}"`
}

/** Turns the TypeError for a wrong option of the library into a UsageError, which names the flag or the variable. */
export function withUsageErrors<T>(args: Arguments, create: () => T): T {
  try {
    return create()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const text = error.message.replace(/^"(\w+)"/, (_, option: string) => sourceOf(option, args))
    throw new UsageError(text.replace(' must return ', ' must be '))
  }
}
