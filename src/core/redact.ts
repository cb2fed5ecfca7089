/**
 * The App Secret in what others said: found in each of its spellings, and struck out.
 *
 * No regular expression ever reads the secret itself: `RegExp.input` would then tell it to anybody.
 *
 * @module
 */

/** A shorter secret is made up, and would be found in innocent words. */
const REAL_SECRET = 12

/** What stands in its place. */
const MASK = '[App Secret]'

/** Fewest characters of a spelling that count where a text was cut off. */
const PIECE = 4

/** Cuts a text off. `…` tells so, also to those who look for what is left of a secret. */
export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** As it is, in JSON, in JSON within JSON, in XML. */
function spellings(secret: string): string[] {
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  const json = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, json, JSON.stringify(json).slice(1, -1), xml])]
}

/** A percent escape of ASCII: each program leaves other characters as they are. */
const ESCAPE = /%([2-7][0-9a-f])/gi
const unescaped = (text: string) =>
  text.replaceAll(ESCAPE, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** Where each character of the unescaped text begins in the text, and where the text ends. */
function beginnings(text: string): number[] {
  const found: number[] = []
  let at = 0
  for (const { index, 0: whole } of text.matchAll(ESCAPE)) {
    for (; at < index; at++) found.push(at)
    found.push(at)
    at += whole.length
  }
  for (; at <= text.length; at++) found.push(at)
  return found
}

/** Strikes out what a text tells by its percent escapes; all other escapes stay, since a file may need them. */
function strikeEscaped(text: string, masks: readonly (readonly [form: string, mask: string])[]): string {
  const [read, at] = [unescaped(text), beginnings(text)]
  const spans: [start: number, end: number, mask: string][] = []
  for (const [form, mask] of masks) {
    for (let start = read.indexOf(form); start >= 0; start = read.indexOf(form, start + form.length))
      spans.push([start, start + form.length, mask])
  }
  let [rest, done] = ['', 0]
  for (const [start, end, mask] of spans.sort((a, b) => a[0] - b[0])) {
    if (start < done) continue
    rest += text.slice(at[done], at[start]) + mask
    done = end
  }
  return rest + text.slice(at[done])
}

/** Makes a function that strikes the secret out of a text, and what a cut has left of it; any other text stays as it is. */
export function createStrike(secret: string): (text: string) => string {
  const forms = spellings(secret)
  const pieces = forms.flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - PIECE) }, (_, i) => `${form.slice(0, form.length - 1 - i)}…`),
  )
  const masks = [...forms.map((form) => [form, MASK] as const), ...pieces.map((piece) => [piece, `${MASK}…`] as const)]
  const plainly = (text: string): string => {
    let rest = text
    for (const form of forms) if (rest.includes(form)) rest = rest.replaceAll(form, MASK)
    if (rest.includes('…')) for (const piece of pieces) rest = rest.replaceAll(piece, `${MASK}…`)
    return rest
  }
  return (text) => {
    const rest = plainly(text)
    if (!rest.includes('%')) return rest
    const read = unescaped(rest)
    if (plainly(read) === read) return rest
    return strikeEscaped(rest, masks)
  }
}

/**
 * The error with its stack as text. Until somebody reads it, a stack may be the functions themselves, which keep all that
 * they know: an error in a list of errors would keep the secret of a client that is long gone.
 */
export function settled<E extends Error>(error: E): E {
  void error.stack
  return error
}

/** Looks after one secret. */
export interface Guard {
  /** The value without the secret, however deep in lists and objects; the value itself where nothing tells it. */
  readonly strike: <T>(value: T) => T
  /** @throws TypeError for an entry that tells the secret, by its name */
  readonly refuse: (entries: object) => void
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** @param secret one of less than 12 characters is found nowhere */
export function createGuard(secret: string): Guard {
  if (secret.length < REAL_SECRET) return { strike: (value) => value, refuse: () => {} }
  const strikeText = createStrike(secret)
  const tells = (text: string) => (text.length >= REAL_SECRET || text.includes('…')) && strikeText(text) !== text

  function holds(value: unknown, depth: number): boolean {
    if (typeof value === 'string') return tells(value)
    if (depth === 0 || !isObject(value)) return false
    if (Array.isArray(value)) return value.some((one) => holds(one, depth - 1))
    // Looks at every call and every answer: a loop costs a third of `Object.entries`.
    for (const name in value) if (tells(name) || holds((value as Record<string, unknown>)[name], depth - 1)) return true
    return false
  }

  function struck(value: unknown): unknown {
    if (typeof value === 'string') return strikeText(value)
    if (Array.isArray(value)) return value.map(struck)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [strikeText(name), struck(one)]))
  }

  return {
    strike: <T>(value: T) => (holds(value, Number.POSITIVE_INFINITY) ? (struck(value) as T) : value),
    refuse: (entries) => {
      // Not deeper than an option of a few settings: what callers hand in may go round in a circle.
      for (const name in entries) {
        if (!tells(name) && !holds((entries as Record<string, unknown>)[name], 2)) continue
        throw settled(new TypeError(`"${strikeText(name)}" must not hold the App Secret, which nobody may get`))
      }
    },
  }
}
