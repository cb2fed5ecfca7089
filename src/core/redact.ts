/**
 * Keeps the App Secret out of requests, and masks it in answers, errors and records.
 *
 * The secret is found as it is, as escaped by JSON or by JSON within JSON, and where the end of any of these was truncated.
 * No regular expression ever reads the secret, because `RegExp.input` would show it to any code.
 *
 * @module
 */

import { isRecord } from './record.js'

/** A shorter secret is not a real one, and would be found in ordinary words. */
export const MIN_SECRET_LENGTH = 8

/** Written in place of the secret. */
const MASK = '[App Secret]'

/** Fewest characters of a truncated secret that are masked. */
const MIN_TRUNCATED = 4

/** Shortens a text. Its `…` also marks a place where a truncated secret may be. */
export const truncate = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text

/** A text of others as one line of a message: shortened, without line breaks, control characters and marks that turn text round. */
export const oneLine = (text: string): string =>
  truncate(text.replaceAll(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim(), 200)

/** Makes a function that masks one secret in texts. A secret below `MIN_SECRET_LENGTH` is not masked. */
export function createRedact(secret: string, mask: string = MASK): (text: string) => string {
  if (secret.length < MIN_SECRET_LENGTH) return (text) => text
  const asJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const forms = [...new Set([secret, asJson(secret), asJson(asJson(secret))])]
  const truncatedForms = forms.flatMap((form) =>
    Array.from({ length: form.length - MIN_TRUNCATED }, (_, i) => `${form.slice(0, form.length - 1 - i)}…`),
  )
  return (text) => {
    let masked = text
    // To search first takes a third of the time of replacing nothing.
    for (const form of forms) if (masked.includes(form)) masked = masked.replaceAll(form, mask)
    if (masked.includes('…')) for (const form of truncatedForms) masked = masked.replaceAll(form, `${mask}…`)
    return masked
  }
}

/**
 * Reads the stack of an error, which turns it into text. Before that, the stack may hold references to the functions in
 * it, and through them to the secret of a client that is no longer used.
 */
export function materializeStack<E extends Error>(error: E): E {
  void error.stack
  return error
}

/** Whether a value contains the secret, down to this depth. It runs on every call and answer: `for in` takes a third of the time of `Object.entries`. */
function containsSecret(value: unknown, redactText: (text: string) => string, depth: number): boolean {
  if (typeof value === 'string') return redactText(value) !== value
  if (depth === 0 || !isRecord(value)) return false
  for (const name in value) {
    if (redactText(name) !== name || containsSecret(value[name], redactText, depth - 1)) return true
  }
  return false
}

/** @throws TypeError that names the first entry whose name or value contains the secret */
export type Refuse = (entries: object) => void

/** Makes a function that refuses entries that contain the secret. */
export function createRefuse(secret: string): Refuse {
  const redactText = createRedact(secret)
  return (entries) => {
    if (!isRecord(entries)) return
    for (const name in entries) {
      // Two levels are enough for an option or a field. The depth is limited because the caller's objects may be circular.
      if (redactText(name) === name && !containsSecret(entries[name], redactText, 2)) continue
      throw materializeStack(new TypeError(`"${redactText(name)}" must not contain the App Secret`))
    }
  }
}

/** Protects one secret. */
export interface Guard {
  /** A copy of plain data with the secret masked; the value itself if it does not contain the secret. */
  readonly redact: <T>(value: T) => T
  readonly refuse: Refuse
}

/**
 * @param secret not protected when it is shorter than `MIN_SECRET_LENGTH`
 * @param mask written in its place
 */
export function createGuard(secret: string, mask?: string): Guard {
  const redactText = createRedact(secret, mask)
  function masked(value: unknown): unknown {
    if (typeof value === 'string') return redactText(value)
    if (!isRecord(value)) return value
    if (Array.isArray(value)) return value.map(masked)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [redactText(name), masked(item)]))
  }
  return {
    // `masked` returns a value of the same shape.
    redact: <T>(value: T) =>
      containsSecret(value, redactText, Number.POSITIVE_INFINITY) ? (masked(value) as T) : value,
    refuse: createRefuse(secret),
  }
}
