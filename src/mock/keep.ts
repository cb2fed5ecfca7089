/**
 * What is kept of a call: never the App Secret, and of bodies that no contract bounds as much as a reader needs.
 *
 * @module
 */
import type { Kind } from '../core/contract.js'
import type { Breach } from '../core/error.js'
import { truncate } from '../core/redact.js'

/** Headers that carry secrets of any kind, and none that the contract knows. */
const SECRETIVE = ['authorization', 'proxy-authorization', 'cookie']

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The headers, without the values of those. */
export function keptHeaders(headers: Headers): Headers {
  const hidden = SECRETIVE.filter((name) => headers[name] !== undefined)
  if (hidden.length === 0) return headers
  return { ...headers, ...Object.fromEntries(hidden.map((name) => [name, '[hidden]'])) }
}

/** Bodies up to this many characters are kept whole. */
const SMALL = 4_096
/** Most characters of a text, and most items of a list or of a body. */
const [TEXT, ITEMS] = [1_000, 100]

function short(value: unknown): unknown {
  if (typeof value === 'string') return truncate(value, TEXT)
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
  if (typeof fields !== 'object' || fields === null) return fields
  // Ordinary objects, which compare with those that a test writes.
  const plain = { ...fields }
  if (size <= SMALL) return plain
  const entries = Object.entries(plain)
  const isBounded = (name: string) => fits && Object.hasOwn(listed, name)
  if (entries.every(([name]) => isBounded(name))) return plain
  const bounded = entries.filter(([name]) => isBounded(name))
  const others = entries.filter(([name]) => !isBounded(name)).slice(0, ITEMS)
  const few = [...bounded, ...others.map(([name, value]) => [short(name) as string, short(value)] as const)]
  return copied(Object.fromEntries(few))
}
