/**
 * Reads missing client options from environment variables.
 *
 * The variables are read when a client is made, never at import.
 *
 * @module
 */
import { messageOf } from '../core/error.js'
import { mustBeOptions } from '../core/options.js'
import type { SigningOptions } from '../core/signature.js'
import { CLIENT_OPTIONS, type ClientOptions, REGIONS } from './options.js'

/** The environment variable of each option that has one. */
const VARIABLES = {
  appKey: 'RONGCLOUD_APP_KEY',
  appSecret: 'RONGCLOUD_APP_SECRET',
  region: 'RONGCLOUD_REGION',
  baseUrl: 'RONGCLOUD_BASE_URL',
} as const

type Variable = keyof typeof VARIABLES

/** Options that include the keys and a host. */
export interface Resolved {
  readonly options: ClientOptions & SigningOptions
  /** The options that came from the environment. */
  readonly found: readonly Variable[]
}

/** The value of a variable, and the reason to show if it has none. */
function readVariable(option: Variable): { readonly value?: string | undefined; readonly why: string } {
  const name = VARIABLES[option]
  try {
    // Not every runtime has `process`.
    const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }
    return { value: process?.env?.[name], why: `${name} is not set` }
  } catch (cause) {
    // Deno throws without the permission.
    return { why: `${name} cannot be read: ${messageOf(cause)}` }
  }
}

/**
 * Whether a value has quotes around it: tools that read an env file without a shell keep them. It uses no regular expression,
 * because the value may be the App Secret.
 */
export const isQuoted = (value: string): boolean =>
  value.length > 1 && value[0] === value.at(-1) && `"'`.includes(value.slice(-1))

function refuseQuotes(option: Variable, value = ''): void {
  if (isQuoted(value)) throw new TypeError(`${VARIABLES[option]} has quotes around it`)
}

const isGiven = (value: unknown) => value !== undefined

/** App Key and App Secret: both from the options, or both from the environment. */
function keyOptions({ appKey, appSecret }: ClientOptions): Pick<SigningOptions, 'appKey' | 'appSecret'> | undefined {
  if (isGiven(appKey) && isGiven(appSecret)) return undefined
  if (isGiven(appKey) || isGiven(appSecret)) {
    const problem = isGiven(appKey)
      ? '"appSecret" must be given together with "appKey"'
      : '"appKey" must be given together with "appSecret"'
    throw new TypeError(`${problem}: the environment is used only when the options have neither`)
  }
  const key = readVariable('appKey')
  const secret = readVariable('appSecret')
  refuseQuotes('appKey', key.value)
  refuseQuotes('appSecret', secret.value)
  if (key.value !== undefined && secret.value !== undefined) return { appKey: key.value, appSecret: secret.value }
  const why = [key, secret].flatMap((variable) => (variable.value === undefined ? variable.why : [])).join(', ')
  throw new TypeError(`"appKey" and "appSecret" must be given, as options or in the environment: ${why}`)
}

/** Base URL or region: from the options, or from the environment, where a base URL wins over a region. */
function hostOptions({ region, baseUrl }: ClientOptions): Pick<ClientOptions, 'region' | 'baseUrl'> | undefined {
  if (isGiven(region) || isGiven(baseUrl)) return undefined
  const url = readVariable('baseUrl')
  if (url.value !== undefined) return { baseUrl: url.value }
  const name = readVariable('region')
  // `baseUrlsOf` checks it like an option.
  if (name.value !== undefined) return { region: name.value as ClientOptions['region'] }
  throw new TypeError(
    `"region" (${REGIONS.join(', ')}) or "baseUrl" must be given, as an option or in the environment: ${url.why}, ${name.why}`,
  )
}

/**
 * The options, completed from the environment. There are two groups: the keys, and base URL or region. A group comes
 * completely from the options or completely from the environment.
 *
 * @throws TypeError when a group is missing in both; the message names options and variables
 */
export function withEnvironment(options: ClientOptions): Resolved {
  mustBeOptions(options, 'a client')
  const found = { ...keyOptions(options), ...hostOptions(options) }
  // An object of a class may inherit options, which a copy of its own fields would lose.
  const known = Object.keys(CLIENT_OPTIONS).filter((name) => name in options)
  const all = Object.fromEntries(known.map((name) => [name, Reflect.get(options, name)]))
  return {
    // The keys are in `options` or in `found`: otherwise `keyOptions` has thrown.
    options: { ...options, ...all, ...found } as Resolved['options'],
    // It has no other options.
    found: Object.keys(found) as Variable[],
  }
}

/** Runs a check. If it refuses an option that came from the environment, the error names the variable in its place. */
export function namingVariables<T>({ found }: Resolved, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const original = messageOf(error)
    const message = found.reduce((text, option) => text.replace(`"${option}"`, VARIABLES[option]), original)
    throw message === original ? error : new TypeError(message)
  }
}
