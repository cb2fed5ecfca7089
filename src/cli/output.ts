/**
 * What the command line prints: standard output and standard error, colours only where they are wanted, and no secret.
 *
 * @module
 */
import { styleText } from 'node:util'
import { createRedact } from '../core/redact.js'
import type { Env, Io, OutputStream } from './io.js'

/** The styles that are used. */
export type Style = 'red' | 'green' | 'yellow' | 'bold'

/** Standard output or standard error. */
export interface Channel {
  /** Prints a line. */
  readonly line: (text: string) => void
  /** Prints a value as JSON, in one line or indented. Control characters are written as escapes. */
  readonly json: (value: unknown, indent?: number) => void
  /** The text in a style, where colours are wanted. */
  readonly paint: (style: Style, text: string) => string
}

/** Both channels, and the secrets that neither may print. */
export interface Output {
  readonly stdout: Channel
  readonly stderr: Channel
  /** Prints a warning on standard error. */
  readonly warn: (text: string) => void
  /** Masks this secret in everything that is printed from now on. */
  readonly hide: (secret: string) => void
  /** The text with all secrets masked; for what is written to files. */
  readonly withoutSecrets: (text: string) => string
}

const escapeChar = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Characters that steer a terminal, reorder its text or are invisible: C0, C1, bidirectional controls, zero width. */
const CONTROLS = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu

/** Writes control characters as escapes, so that text of others cannot steer the terminal. */
export const escapeControls = (text: string): string => text.replaceAll(CONTROLS, escapeChar)

/** JSON for a terminal. The line breaks of the indentation are its only control characters. */
export const safeJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent).split('\n').map(escapeControls).join('\n')

/** `NO_COLOR` and `FORCE_COLOR` decide where they are set, else whether the stream is a terminal. */
function wantsColours(stream: OutputStream, env: Env): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] !== undefined) return !/^(0|false)$/.test(env['FORCE_COLOR'])
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** Creates the output for two streams. */
export function createOutput({ env, stdout, stderr }: Pick<Io, 'env' | 'stdout' | 'stderr'>): Output {
  const redactions: ((text: string) => string)[] = []
  const withoutSecrets = (text: string) => redactions.reduce((rest, redact) => redact(rest), text)
  const createChannel = (stream: OutputStream): Channel => {
    const hasColours = wantsColours(stream, env)
    const line = (text: string) => void stream.write(`${withoutSecrets(text)}\n`)
    return {
      line,
      json: (value, indent) => line(safeJson(value, indent)),
      // The stream may not be that of this process.
      paint: (style, text) => (hasColours ? styleText(style, text, { validateStream: false }) : text),
    }
  }
  const errors = createChannel(stderr)
  return {
    stdout: createChannel(stdout),
    stderr: errors,
    warn: (text) => errors.line(`${errors.paint('yellow', 'warning:')} ${text}`),
    hide: (secret) => {
      redactions.push(createRedact(secret))
    },
    withoutSecrets,
  }
}
