/**
 * A draft as the part of the address behind `#`, both directions, and the address bar, which keeps the draft for a reload
 * and for sharing. It contains no key and no secret.
 *
 * `#operation?field=value&field=value`. A name that begins with `~` is no field: `~answer=…`, `~header.X-Name=…`.
 *
 * @module
 */
import { decodeForm, encodeForm } from '../../../../core/form.js'
import { DEFAULTS, type Draft, type Settings } from './draft.js'
import { findOperation } from './embedded-table.js'

/** Settings that are on or off, each with its name in the address and the word for the state that is not the default. */
const SWITCHES = [
  { setting: 'validate', name: '~check', changed: 'off' },
  { setting: 'limiter', name: '~limiter', changed: 'off' },
  { setting: 'wrongSecret', name: '~signed', changed: 'wrong' },
] as const satisfies readonly { readonly setting: keyof Settings; readonly name: string; readonly changed: string }[]

/** @returns without `#` */
export function encodeLink({ operation, fields, headers, settings }: Draft): string {
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) rest[`~header.${name}`] = value
  for (const { setting, name, changed } of SWITCHES) {
    if (settings[setting] !== DEFAULTS[setting]) rest[name] = changed
  }
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
export function decodeLink(hash: string, servers: readonly string[]): Draft | undefined {
  const [id = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s)
  const { id: operation, table } = findOperation(id)
  if (operation !== id) return undefined
  const pairs = decodeForm(query, {}).fields
  const valuesAt = (name: string) => (Object.hasOwn(pairs, name) ? [pairs[name]].flat().map(String) : [])
  const valueAt = (name: string) => valuesAt(name)[0]
  const fields = table.fields.map(({ name }) => [name, valuesAt(name)] as const)
  const headers = table.headers.flatMap(({ name }) => {
    const value = valueAt(`~header.${name}`)
    return value === undefined ? [] : [[name, value] as const]
  })
  const settings = { ...DEFAULTS }
  for (const { setting, name, changed } of SWITCHES) {
    if (valueAt(name) === changed) settings[setting] = !DEFAULTS[setting]
  }
  const scenario = valueAt('~answer')
  if (scenario !== undefined && table.answers.some(({ name }) => name === scenario)) settings.scenario = scenario
  const server = valueAt('~server')
  if (server !== undefined && servers.includes(server)) settings.server = server
  return {
    operation,
    fields: Object.fromEntries(fields.filter(([, values]) => values.length > 0)),
    headers: Object.fromEntries(headers),
    settings,
  }
}

/** Longer addresses are not kept: some programs truncate them. */
const MAX_LINK_LENGTH = 8_000

/** Browsers refuse to change an address often. */
const SAVE_DELAY_MS = 300

let saving: ReturnType<typeof setTimeout> | undefined

function replaceAddress(link: string): void {
  clearTimeout(saving)
  history.replaceState(undefined, '', link.length > MAX_LINK_LENGTH ? location.pathname : `#${link}`)
}

/** Saves the draft in the address bar, after a short delay. */
export function saveInAddress(draft: Draft): void {
  clearTimeout(saving)
  saving = setTimeout(() => replaceAddress(encodeLink(draft)), SAVE_DELAY_MS)
}

/** @returns a message for the user */
export async function copyLink(draft: Draft): Promise<string> {
  const link = encodeLink(draft)
  if (link.length > MAX_LINK_LENGTH) return 'This request is too long for a link.'
  replaceAddress(link)
  return navigator.clipboard.writeText(location.href).then(
    () => 'Link copied',
    () => 'The link is in the address bar.',
  )
}
