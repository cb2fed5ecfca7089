/**
 * A draft as the part of the address behind `#`, both directions. It holds no key and no secret.
 *
 * `#operation?field=value&field=value`; what is no field has `~` in front: `~answer=…`, `~header.X-Name=…`.
 *
 * @module
 */
import { decodeForm, encodeForm } from '../../../../core/form.js'
import { DEFAULTS, type Draft, type Settings } from './draft.js'
import { known } from './embedded-table.js'

/** Settings that are on or off, each with its name in the address and the word for the state that is not the default. */
const SWITCHES = [
  ['check', '~check', 'off'],
  ['limiter', '~limiter', 'off'],
  ['wrong', '~signed', 'wrong'],
] as const satisfies readonly (readonly [keyof Settings, string, string])[]

/** @returns without `#` */
export function linkOf({ operation, fields, headers, settings }: Draft): string {
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) rest[`~header.${name}`] = value
  for (const [key, name, word] of SWITCHES) if (settings[key] !== DEFAULTS[key]) rest[name] = word
  if (settings.scenario) rest['~answer'] = settings.scenario
  if (settings.server !== DEFAULTS.server) rest['~server'] = settings.server
  return `${operation}?${encodeForm({ ...fields, ...rest })}`
}

/**
 * Reads an address. Names that the operation does not have are left out.
 *
 * @param hash with or without `#`
 * @returns undefined where it names no operation
 */
export function draftOf(hash: string, servers: readonly string[]): Draft | undefined {
  const [id = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s)
  const { id: operation, words } = known(id)
  if (operation !== id) return undefined
  const given = decodeForm(query, {}).fields as Record<string, string | string[]>
  const texts = (name: string) => (Object.hasOwn(given, name) ? [given[name] ?? []].flat() : [])
  const fields = words.fields.map(({ name }) => [name, texts(name)] as const)
  const headers = words.headers.map(({ name }) => [name, texts(`~header.${name}`)[0]] as const)
  const settings = { ...DEFAULTS }
  for (const [key, name, word] of SWITCHES) if (texts(name)[0] === word) settings[key] = !DEFAULTS[key]
  const [[scenario = ''], [server = '']] = [texts('~answer'), texts('~server')]
  if (words.answers.some(({ name }) => name === scenario)) settings.scenario = scenario
  if (servers.includes(server)) settings.server = server
  return {
    operation,
    fields: Object.fromEntries(fields.filter(([, values]) => values.length > 0)),
    headers: Object.fromEntries(headers.filter((pair): pair is [string, string] => pair[1] !== undefined)),
    settings,
  }
}
