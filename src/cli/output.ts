/**
 * What the command line prints: two channels, colours on terminals alone, and no secret in either.
 *
 * @module
 */
import { createRedact } from '../core/redact.js'
import type { Env, Io, OutputStream } from './io.js'

const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

/** Names of the colours. */
export type Colour = keyof typeof COLOURS

/** Standard output or standard error. */
export interface Channel {
  /** Prints a line. */
  readonly line: (text: string) => void
  /** The text in a colour, where colours are wanted. */
  readonly paint: (colour: Colour, text: string) => string
}

/** Both channels, and what must not come out of them. */
export interface Output {
  readonly stdout: Channel
  readonly stderr: Channel
  /** Prints a warning on standard error. */
  readonly warn: (text: string) => void
  /** From now on the secret is struck out of everything. */
  readonly hide: (secret: string) => void
  /** The text with all secrets struck out; for what goes to files. */
  readonly withoutSecrets: (text: string) => string
}

/** Control characters as escapes: what others sent must not steer the terminal. */
export const plain = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** `NO_COLOR` and `FORCE_COLOR` decide where they are set, else whether the stream is a terminal. */
function coloured(stream: OutputStream, env: Env): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] !== undefined) return !/^(0|false)$/.test(env['FORCE_COLOR'])
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** Output to two streams. */
export function createOutput({ env, stdout, stderr }: Pick<Io, 'env' | 'stdout' | 'stderr'>): Output {
  const redactions: ((text: string) => string)[] = []
  const withoutSecrets = (text: string) => redactions.reduce((rest, redact) => redact(rest), text)
  const channel = (stream: OutputStream): Channel => {
    const colours = coloured(stream, env)
    return {
      line: (text) => void stream.write(`${withoutSecrets(text)}\n`),
      paint: (colour, text) => (colours ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text),
    }
  }
  const errors = channel(stderr)
  return {
    stdout: channel(stdout),
    stderr: errors,
    warn: (text) => errors.line(`${errors.paint('yellow', 'warning:')} ${text}`),
    hide: (secret) => {
      redactions.push(createRedact(secret))
    },
    withoutSecrets,
  }
}
