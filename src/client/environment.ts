/**
 * What a client takes from the environment where its options do not say it.
 *
 * The variables are read when a client is made, never at import.
 *
 * @module
 */
import { messageOf } from '../core/error.js'
import type { SigningOptions } from '../core/signature.js'
import { type ClientOptions, mustBeOptions, type NameOf, REGIONS } from './options.js'

/** The variable of each option that may come from the environment. */
const VARIABLES = {
  appKey: 'RONGCLOUD_APP_KEY',
  appSecret: 'RONGCLOUD_APP_SECRET',
  region: 'RONGCLOUD_REGION',
  baseUrl: 'RONGCLOUD_BASE_URL',
} as const

type Variable = keyof typeof VARIABLES

/** Options with all that is needed. */
export interface Resolved {
  readonly options: ClientOptions & SigningOptions
  /** How an error names an option: `"region"`, or `RONGCLOUD_REGION` where it came from there. */
  readonly nameOf: NameOf
}

/** What a variable holds, or why it holds nothing. */
function read(option: Variable): { readonly value?: string | undefined; readonly why: string } {
  const name = VARIABLES[option]
  try {
    // Not on every runtime.
    const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }
    return { value: process?.env?.[name], why: `${name} is not set` }
  } catch (cause) {
    // Deno without the permission.
    return { why: `${name} cannot be read: ${messageOf(cause)}` }
  }
}

const isGiven = (value: unknown) => value !== undefined

/** App Key and App Secret: both from the options, or both from the environment. */
function keysOf({ appKey, appSecret }: ClientOptions): Pick<SigningOptions, 'appKey' | 'appSecret'> | undefined {
  if (isGiven(appKey) && isGiven(appSecret)) return undefined
  if (isGiven(appKey) || isGiven(appSecret)) {
    const names = isGiven(appKey)
      ? '"appSecret" must be given beside "appKey"'
      : '"appKey" must be given beside "appSecret"'
    throw new TypeError(`${names}: the environment is read where the options have neither`)
  }
  const key = read('appKey')
  const secret = read('appSecret')
  if (key.value !== undefined && secret.value !== undefined) return { appKey: key.value, appSecret: secret.value }
  const why = [key, secret].flatMap((one) => (one.value === undefined ? one.why : [])).join(', ')
  throw new TypeError(`"appKey" and "appSecret" must be given, as options or by the environment: ${why}`)
}

/** Where to send to: from the options, or from the environment, where a base URL comes before a region. */
function placeOf({ region, baseUrl }: ClientOptions): Pick<ClientOptions, 'region' | 'baseUrl'> | undefined {
  if (isGiven(region) || isGiven(baseUrl)) return undefined
  const url = read('baseUrl')
  if (url.value !== undefined) return { baseUrl: url.value }
  const name = read('region')
  // The client checks it like one of the options.
  if (name.value !== undefined) return { region: name.value as ClientOptions['region'] }
  throw new TypeError(
    `"region" (${REGIONS.join(', ')}) or "baseUrl" must be given, as an option or by the environment: ${url.why}, ${name.why}`,
  )
}

/**
 * Options, and what the environment adds to them. Keys and place are two groups, each taken whole: the environment
 * completes no group of which the options give a part.
 *
 * @throws TypeError for what neither has, naming the option and the variable
 */
export function withEnvironment(options: ClientOptions): Resolved {
  mustBeOptions(options, 'a client')
  const found = { ...keysOf(options), ...placeOf(options) }
  const names: Readonly<Record<string, string>> = VARIABLES
  return {
    // The keys are in one of the two, or `keysOf` has thrown.
    options: { ...options, ...found } as Resolved['options'],
    nameOf: (option) => (option in found ? (names[option] ?? option) : `"${option}"`),
  }
}

/** Does what may refuse an option: its error then names the variable, where the option came from there. No key is ever quoted. */
export function namingVariables<T>({ nameOf }: Resolved, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const given = messageOf(error)
    const message = Object.keys(VARIABLES).reduce(
      (text, option) => text.replaceAll(`"${option}"`, nameOf(option)),
      given,
    )
    throw message === given ? error : new TypeError(message)
  }
}
