/**
 * What is kept of a call: never the App Secret, and of bodies that no contract bounds as much as a reader needs.
 *
 * @module
 */
import type { Kind } from '../contract.js'
import type { Breach } from '../errors.js'

/** A shorter secret is made up, and would be found in innocent words. */
const REAL_SECRET = 12

const MASK = '[App Secret]'

const same = <T>(value: T): T => value

/** What is looked at: all that a caller can say. */
interface Told {
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string | undefined
}

/** Gives, for a request that tells the secret, a function that masks it wherever it stands in a value. */
export function createMask(secret: string): (request: Told) => <T>(value: T) => T {
  const forms = [...new Set([secret, encodeURIComponent(secret)])]
  const holds = (text: string) => forms.some((form) => text.includes(form))
  const isTold = ({ path, headers, body = '' }: Told): boolean => {
    for (const name in headers) {
      const value = headers[name]
      if (typeof value === 'string' ? holds(value) : value?.some(holds)) return true
    }
    return holds(path) || holds(body)
  }
  const masked = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(secret, MASK)
    if (Array.isArray(value)) return value.map(masked)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.replaceAll(secret, MASK), masked(one)]))
  }
  return (request) => (secret.length >= REAL_SECRET && isTold(request) ? <T>(value: T) => masked(value) as T : same)
}

/** Bodies up to this many characters are kept whole. */
const SMALL = 4_096
/** Most characters of a text, and most items of a list or of a body. */
const [TEXT, ITEMS] = [1_000, 100]

function short(value: unknown): unknown {
  if (typeof value === 'string') return value.length > TEXT ? `${value.slice(0, TEXT)}…` : value
  return Array.isArray(value) ? value.slice(0, ITEMS).map(short) : value
}

/** A copy by way of text: a piece of a string would keep the whole string alive. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Breaches of a request whose body has so many characters: they may quote it. */
export const keptBreaches = (breaches: readonly Breach[], size: number): readonly Breach[] =>
  size > SMALL && breaches.length > 0 ? copied(breaches) : breaches

/**
 * The fields of a request, cut short where they are many or long. What fits the contract is as small as the contract
 * says, and stays whole; so do small bodies.
 *
 * @param size of the body, in characters
 * @param fits the fields that are listed fit the contract
 */
export function keptFields(
  fields: unknown,
  size: number,
  listed: Readonly<Record<string, Kind>>,
  fits: boolean,
): unknown {
  if (size <= SMALL || typeof fields !== 'object' || fields === null) return fields
  const entries = Object.entries(fields)
  const isBounded = (name: string) => fits && Object.hasOwn(listed, name)
  if (entries.every(([name]) => isBounded(name))) return fields
  const bounded = entries.filter(([name]) => isBounded(name))
  const others = entries.filter(([name]) => !isBounded(name)).slice(0, ITEMS)
  const few = [...bounded, ...others.map(([name, value]) => [short(name) as string, short(value)] as const)]
  return copied(Object.fromEntries(few))
}
