/**
 * Keeps an App Secret out of what goes out, and out of what others said.
 *
 * It looks for the secret as it is, as JSON and JSON within JSON write it, and for what is left of these where a text was
 * truncated. No regular expression ever reads the secret: `RegExp.input` would show it to any code.
 *
 * @module
 */

import { isRecord } from './record.js'

/** A shorter secret is made up, and would be found in innocent words. */
export const MIN_SECRET_LENGTH = 8

/** Written in place of the secret. */
const MASK = '[App Secret]'

/** Fewest characters of a truncated secret that count. */
const MIN_REST = 4

/** Shortens a text. The `…` behind it also marks where a rest of a secret may stand. */
export const truncate = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text

/** Makes a function that masks one secret in texts. A secret below `MIN_SECRET_LENGTH` is left alone. */
export function createRedact(secret: string): (text: string) => string {
  if (secret.length < MIN_SECRET_LENGTH) return (text) => text
  const asJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const forms = [...new Set([secret, asJson(secret), asJson(asJson(secret))])]
  const rests = forms.flatMap((form) =>
    Array.from({ length: form.length - MIN_REST }, (_, i) => `${form.slice(0, form.length - 1 - i)}…`),
  )
  return (text) => {
    let rest = text
    for (const form of forms) rest = rest.replaceAll(form, MASK)
    if (rest.includes('…')) for (const cut of rests) rest = rest.replaceAll(cut, `${MASK}…`)
    return rest
  }
}

/**
 * Gives an error its stack as text. Until a stack is read it may hold the functions that it names, and with them the secret
 * of a client that is long gone.
 */
export function materializeStack<E extends Error>(error: E): E {
  void error.stack
  return error
}

/** Whether a value holds the secret, as deep as this. This looks at every call and answer; a loop costs a third of `Object.entries`. */
function holds(value: unknown, redactText: (text: string) => string, depth: number): boolean {
  if (typeof value === 'string') return redactText(value) !== value
  if (depth === 0 || !isRecord(value)) return false
  for (const name in value) {
    if (redactText(name) !== name || holds(value[name], redactText, depth - 1)) return true
  }
  return false
}

/** @throws TypeError that names the first entry whose name or value holds the secret */
export type Refuse = (entries: object) => void

/** Makes a function that refuses what would give the secret away. */
export function createRefuse(secret: string): Refuse {
  const redactText = createRedact(secret)
  return (entries) => {
    if (!isRecord(entries)) return
    for (const name in entries) {
      // Two levels below are enough for an option or a field, and what callers give may be circular.
      if (!holds({ [name]: entries[name] }, redactText, 3)) continue
      throw materializeStack(new TypeError(`"${redactText(name)}" must not hold the App Secret, which nobody may get`))
    }
  }
}

/** Looks after one secret. */
export interface Guard {
  /** A copy of the value with the secret masked, however deep; the value itself where it holds no secret. */
  readonly redact: <T>(value: T) => T
  readonly refuse: Refuse
}

/** @param secret one below `MIN_SECRET_LENGTH` is found nowhere */
export function createGuard(secret: string): Guard {
  const redactText = createRedact(secret)
  function masked(value: unknown): unknown {
    if (typeof value === 'string') return redactText(value)
    if (Array.isArray(value)) return value.map(masked)
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [redactText(name), masked(one)]))
  }
  return {
    // `masked` keeps the shape of what it is given.
    redact: <T>(value: T) => (holds(value, redactText, Number.POSITIVE_INFINITY) ? (masked(value) as T) : value),
    refuse: createRefuse(secret),
  }
}
