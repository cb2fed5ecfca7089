/**
 * A draft as the part of the address behind `#`, both directions, and the address bar, which keeps the draft for a reload
 * and for sharing. It contains no key and no secret.
 *
 * `#operation?~size=…&field=value&field=value`. A name that begins with `~` is no field: `~answer=…`, `~header.X-Name=…`.
 * `~size` is the number of characters behind it, so that a link that was cut on its way can be recognized.
 *
 * @module
 */
import { decodeForm, encodeForm } from '../../../../core/form.js'
import { truncate } from '../../../../core/redact.js'
import { FAULTS } from '../../../../mock/faults.js'
import { copyText } from './dom.js'
import { DEFAULTS, DELAYS_MS, type Draft, type Settings } from './draft.js'
import { findOperation } from './embedded-table.js'

/** Settings that are on or off, each with its name in the address and the word for the state that is not the default. */
const SWITCHES = [
  { setting: 'validate', name: '~check', changed: 'off' },
  { setting: 'limiter', name: '~limiter', changed: 'off' },
  { setting: 'wrongSecret', name: '~signed', changed: 'wrong' },
] as const satisfies readonly { readonly setting: keyof Settings; readonly name: string; readonly changed: string }[]

const SIZE = '~size'

/** @returns without `#` */
export function encodeLink({ operation, fields, headers, settings }: Draft): string {
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) rest[`~header.${name}`] = value
  for (const { setting, name, changed } of SWITCHES) {
    if (settings[setting] !== DEFAULTS[setting]) rest[name] = changed
  }
  if (settings.scenario) rest['~answer'] = settings.scenario
  if (settings.fault) rest['~fault'] = settings.fault
  if (settings.delay) rest['~delay'] = String(settings.delay)
  if (settings.server !== DEFAULTS.server) rest['~server'] = settings.server
  const query = encodeForm({ ...fields, ...rest })
  return `${operation}?${encodeForm({ [SIZE]: query.length })}&${query}`
}

/** What an address says. */
export interface ReadLink {
  /** Undefined where the address names no operation. */
  readonly draft: Draft | undefined
  /** What is wrong with the address, in words; empty when nothing is. */
  readonly problems: readonly string[]
}

/** The settings in a link. Those that cannot be are named in `problems`. */
function readSettings(
  valueAt: (name: string) => string | undefined,
  servers: readonly string[],
  answers: readonly string[],
) {
  const settings = { ...DEFAULTS }
  const problems: string[] = []
  for (const { setting, name, changed } of SWITCHES) {
    if (valueAt(name) === changed) settings[setting] = !DEFAULTS[setting]
  }
  /** The value at a name, when it is one of the choices. */
  const choiceAt = (name: string, choices: readonly string[]): string | undefined => {
    const value = valueAt(name)
    if (value === undefined || choices.includes(value)) return value
    problems.push(`it has a value of ${name} that is not known here`)
    return undefined
  }
  settings.scenario = choiceAt('~answer', answers) ?? ''
  const fault = choiceAt('~fault', FAULTS)
  settings.fault = FAULTS.find((one) => one === fault) ?? ''
  settings.delay = Number(choiceAt('~delay', DELAYS_MS.map(String)) ?? 0)
  settings.server = choiceAt('~server', servers) ?? DEFAULTS.server
  return { settings, problems }
}

/**
 * Reads an address. Names that the operation does not have are left out, and named as a problem.
 *
 * @param hash with or without `#`
 */
export function decodeLink(hash: string, servers: readonly string[]): ReadLink {
  const text = hash.replace(/^#/, '')
  if (text === '') return { draft: undefined, problems: [] }
  const [id = '', query = ''] = text.split(/\?(.*)/s)
  const { id: operation, table } = findOperation(id)
  if (operation !== id) return { draft: undefined, problems: ['it names no call that is known here'] }
  const { fields: pairs, violations } = decodeForm(query, {})
  const valuesAt = (name: string) => (Object.hasOwn(pairs, name) ? [pairs[name]].flat().map(String) : [])
  const valueAt = (name: string) => valuesAt(name)[0]
  const fields = table.fields.map(({ name }) => [name, valuesAt(name)] as const)
  const headers = table.headers.flatMap(({ name }) => {
    const value = valueAt(`~header.${name}`)
    return value === undefined ? [] : [[name, value] as const]
  })
  const answers = table.answers.map(({ name }) => name)
  const { settings, problems } = readSettings(valueAt, servers, answers)
  const known = [
    ...table.fields.map(({ name }) => name),
    ...table.headers.map(({ name }) => `~header.${name}`),
    ...SWITCHES.map(({ name }) => name),
    ...[SIZE, '~answer', '~fault', '~delay', '~server'],
  ]
  const unknown = Object.keys(pairs).filter((name) => !known.includes(name))
  if (unknown.length > 0) problems.push(`it has names that this call has not: ${truncate(unknown.join(', '), 80)}`)
  if (violations.length > 0) problems.push('some of its characters are broken')
  const size = valueAt(SIZE)
  const found = query.replace(/^[^&]*&?/, '').length
  if (size !== undefined && Number(size) !== found) {
    problems.push(`it was cut or changed on its way: ${found} of ${truncate(size, 10)} characters are left`)
  }
  return {
    draft: {
      operation,
      fields: Object.fromEntries(fields.filter(([, values]) => values.length > 0)),
      headers: Object.fromEntries(headers),
      settings,
    },
    problems,
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
  if (link.length > MAX_LINK_LENGTH) {
    const size = link.length.toLocaleString('en')
    const max = MAX_LINK_LENGTH.toLocaleString('en')
    return `Not copied: this request makes a link of ${size} characters, and many programs cut links above ${max}. Copy the request itself.`
  }
  replaceAddress(link)
  return copyText(location.href, 'Link copied', 'The link is in the address bar.')
}
