/**
 * What is kept of a call: never the App Secret, and of bodies that no contract bounds as much as a reader needs.
 *
 * @module
 */
import type { Kind } from '../contract.js'

/** A shorter secret is made up, and would be found in innocent words. */
const REAL_SECRET = 12

const MASK = '[App Secret]'

/** Gives a value with the secret masked wherever it stands; the value itself where it does not. */
export function createMask(secret: string): <T>(value: T) => T {
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return value.includes(secret)
    if (typeof value !== 'object' || value === null) return false
    for (const name in value) if (name.includes(secret) || holds((value as Record<string, unknown>)[name])) return true
    return false
  }
  const masked = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(secret, MASK)
    if (Array.isArray(value)) return value.map(masked)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.replaceAll(secret, MASK), masked(one)]))
  }
  return (value) => (secret.length >= REAL_SECRET && holds(value) ? (masked(value) as typeof value) : value)
}

/** Bodies up to this many characters are kept whole. */
const SMALL = 16_384
/** Most characters of a text, and most items of a list or of a body. */
const [TEXT, ITEMS] = [1_000, 100]

function short(value: unknown): unknown {
  if (typeof value === 'string') return value.length > TEXT ? `${value.slice(0, TEXT)}…` : value
  return Array.isArray(value) ? value.slice(0, ITEMS).map(short) : value
}

/**
 * The fields of a request, cut short where they are many or long. What fits the contract is as small as the contract
 * says, and stays whole; so do small bodies.
 *
 * @param size of the body, in characters
 * @param fits the fields that are listed fit the contract
 */
export function kept(fields: unknown, size: number, listed: Readonly<Record<string, Kind>>, fits: boolean): unknown {
  if (typeof fields !== 'object' || fields === null) return fields
  const entries = Object.entries(fields)
  const isBounded = (name: string) => fits && Object.hasOwn(listed, name)
  if (entries.length <= ITEMS && (size <= SMALL || entries.every(([name]) => isBounded(name)))) return fields
  const bounded = entries.filter(([name]) => isBounded(name))
  const others = entries.filter(([name]) => !isBounded(name)).slice(0, ITEMS)
  const few = [...bounded, ...others.map(([name, value]) => [short(name) as string, short(value)] as const)]
  // A copy by way of text: a piece of a string keeps the whole string alive.
  return JSON.parse(JSON.stringify(Object.fromEntries(few)))
}
