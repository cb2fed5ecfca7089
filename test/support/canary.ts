/** A made-up App Secret that must not leak, a search for it in all spellings, and the ways in which a value may be printed. */
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'

/** One plain secret, and one with characters that JSON and percent-encoding escape. */
export const CANARIES: readonly string[] = ['Canary-Y1W2MeFww', `c"a\\n<a>&r'y+%41/x`]

const hexadecimal = (text: string) => Buffer.from(text).toString('hex')

/** Base64 of a text within a longer text: the digits that depend only on it, for each of the three possible offsets. */
function base64(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from('x'.repeat(before) + text)
    const digits = whole.toString('base64').replace(/=+$/, '')
    return digits.slice(Math.ceil((before * 4) / 3), Math.floor((whole.length * 8) / 6))
  })
}

/** All spellings of a secret that are searched for, by name. The library itself masks the first two, also when truncated. */
export function spellings(secret: string): Readonly<Record<string, string>> {
  const json = JSON.stringify(secret).slice(1, -1)
  const [first = '', second = '', third = ''] = base64(secret)
  return {
    plain: secret,
    json,
    shell: secret.replaceAll("'", `'\\''`),
    inspected: inspect(secret).slice(1, -1),
    base64: first,
    'base64 behind one byte': second,
    'base64 behind two bytes': third,
    base64url: first.replaceAll('+', '-').replaceAll('/', '_'),
    hex: hexadecimal(secret),
    'hex in capitals': hexadecimal(secret).toUpperCase(),
    bytes: [...Buffer.from(secret)].join(','),
    // The rest of a truncated secret.
    beginning: secret.slice(0, 6),
  }
}

/** Each time that a text is printed within another text, backslashes are added. */
const bare = (text: string) => text.replaceAll('\\', '')

const searched = new Map<string, readonly (readonly [name: string, spelling: string])[]>()

/** The texts to search for, computed once for each secret. */
function bareSpellings(secret: string) {
  const known = searched.get(secret)
  if (known) return known
  const made = Object.entries(spellings(secret)).map(([name, spelling]) => [name, bare(spelling)] as const)
  searched.set(secret, made)
  return made
}

/** The spellings of the secret that are in a text. */
export function found(text: string, secret: string): string[] {
  const printed = bare(text)
  return bareSpellings(secret).flatMap(([name, spelling]) => (printed.includes(spelling) ? [name] : []))
}

const thrown = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

const whole = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true, maxStringLength: null } as const
const all = { ...whole, maxArrayLength: null }

function printed(value: unknown): string {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  const console = new Console({ stdout: stream, stderr: stream, inspectOptions: all })
  console.log(value)
  console.error(
    '%s %o %O %j',
    value,
    value,
    value,
    thrown(() => JSON.parse(JSON.stringify(value))),
  )
  console.table(value)
  console.dir(value)
  return text
}

/** The stacks of an error and of all its causes. */
function stacks(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null || depth > 20) return String(value)
  const { stack, cause } = value as { stack?: unknown; cause?: unknown }
  const inside = value instanceof Error ? [] : Object.values(value)
  return [stack, ...[cause, ...inside].map((one) => (one ? stacks(one, depth + 1) : ''))].join('\n')
}

/** The ways in which a value may be printed. */
export const OUTLETS: Readonly<Record<string, (value: unknown) => string>> = {
  'util.inspect': (value) => inspect(value, all),
  'JSON.stringify': (value) => String(thrown(() => JSON.stringify(value))),
  'String()': (value) =>
    [value, ...Object.values(value ?? {})].map((one) => String(thrown(() => String(one)))).join('\n'),
  'Object.entries': (value) => inspect(Object.entries(value ?? {}), all),
  'own properties, hidden ones too': (value) => inspect(Object.getOwnPropertyDescriptors(value ?? {}), all),
  structuredClone: (value) =>
    [value, ...Object.values(value ?? {})]
      .map((one) =>
        inspect(
          thrown(() => structuredClone(one)),
          all,
        ),
      )
      .join('\n'),
  console: printed,
  stacks,
}

/** Where the secret is visible in a value: way of printing, and spelling. */
export const leaks = (value: unknown, secret: string): string[] =>
  Object.entries(OUTLETS).flatMap(([outlet, write]) =>
    found(write(value), secret).map((spelling) => `${outlet}: ${spelling}`),
  )
