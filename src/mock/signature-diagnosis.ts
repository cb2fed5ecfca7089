/**
 * Why does a signature not fit? Known mistakes, each with the signature that it makes.
 *
 * @module
 */
import { security } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { sha1 } from '../core/sha1.js'
import { constantTimeEqual, type Parts } from '../core/signature.js'

/** A part as the contract's header names it; the App Secret is in no header. */
const labelOf = (part: string): string => security.headers[part] ?? 'App Secret'

const LABELS = security.signs.map(labelOf)

/** What a signature must be, in words. */
export const EXPECTED_SIGNATURE: string = `the SHA-1 of ${LABELS.join(' + ')}, with no separator and each header exactly as sent`

/** One way to sign that is wrong. */
interface Mistake {
  /** What was done, in words. */
  readonly cause: string
  /** The signature that it makes. */
  readonly sign: (parts: Parts) => string
}

const joined = (parts: Parts, names: readonly string[] = security.signs, separator = ''): string =>
  names.map((name) => parts[name] ?? '').join(separator)

/** All orders of a list. */
const ordersOf = (list: readonly string[]): readonly (readonly string[])[] =>
  list.length < 2
    ? [list]
    : list.flatMap((one, i) => ordersOf(list.filter((_, other) => other !== i)).map((rest) => [one, ...rest]))

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** UTF-16, little-endian: what some languages call Unicode. */
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([...Array(text.length * 2).keys()], (i) => (text.charCodeAt(i >> 1) >> (8 * (i % 2))) & 0xff)

const bytesFromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** HMAC-SHA1, RFC 2104. */
function hmac(key: string, text: string): string {
  const given = bytesOf(key)
  const short = given.length > 64 ? bytesFromHex(sha1(given)) : given
  const block = (pad: number) => Uint8Array.from({ length: 64 }, (_, i) => (short[i] ?? 0) ^ pad)
  const inner = bytesFromHex(sha1(Uint8Array.from([...block(0x36), ...bytesOf(text)])))
  return sha1(Uint8Array.from([...block(0x5c), ...inner]))
}

/** The App Secret was changed before it was used. */
const withSecret = (cause: string, change: (parts: Parts) => string): Mistake => ({
  cause,
  sign: (parts) => sha1(joined({ ...parts, appSecret: change(parts) })),
})

const secretOf = (parts: Parts): string => parts['appSecret'] ?? ''

/** Everything that is signed but the App Secret, in order. */
const PUBLIC = security.signs.filter((part) => security.headers[part] !== undefined)

/** What languages write for a value that was never set. */
const UNSET = ['undefined', 'null', 'None', 'nil', '<nil>'] as const

const MISTAKES: readonly Mistake[] = [
  withSecret('signed with the App Key in place of the App Secret', (parts) => parts['appKey'] ?? ''),
  {
    cause: 'signed with the timestamp in seconds, while the header has milliseconds',
    sign: ({ timestamp = '', ...rest }) => sha1(joined({ ...rest, timestamp: timestamp.slice(0, -3) })),
  },
  {
    cause: 'signed with the timestamp in milliseconds, while the header has seconds',
    sign: ({ timestamp = '', ...rest }) => sha1(joined({ ...rest, timestamp: `${timestamp}000` })),
  },
  ...['\n', '\r\n'].map((end) => ({
    cause: 'signed with a line break at the end of the text (echo adds one; use printf or echo -n)',
    sign: (parts: Parts) => sha1(joined(parts) + end),
  })),
  ...['\n', '\r\n'].map((end) =>
    withSecret(
      'signed with a line break at the end of the App Secret, as a file may have one',
      (parts) => secretOf(parts) + end,
    ),
  ),
  ...['"', "'"].map((quote) =>
    withSecret('signed with quotes around the App Secret', (parts) => quote + secretOf(parts) + quote),
  ),
  ...UNSET.map((word) =>
    withSecret(`signed with "${word}" in place of the App Secret, which was never set`, () => word),
  ),
  ...PUBLIC.flatMap((part) =>
    UNSET.map((word) => ({
      cause: `signed with "${word}" in place of the ${labelOf(part)}, which was never set`,
      sign: (parts: Parts) => sha1(joined({ ...parts, [part]: word })),
    })),
  ),
  {
    cause: 'signed with ".0" behind the timestamp, as Python writes a float',
    sign: ({ timestamp = '', ...rest }) => sha1(joined({ ...rest, timestamp: `${timestamp}.0` })),
  },
  ...["'", '"'].map((quote) =>
    withSecret(
      `signed with b${quote}…${quote} around the App Secret: bytes of Python turned into text`,
      (parts) => `b${quote}${secretOf(parts)}${quote}`,
    ),
  ),
  withSecret(
    'signed with the App Secret without the quotes, blanks or line breaks that the one given here has around it',
    (parts) => secretOf(parts).replaceAll(/^["'\s]+|["'\s]+$/g, ''),
  ),
  withSecret('signed with a space at the end of the App Secret', (parts) => `${secretOf(parts)} `),
  withSecret('signed with a space in front of the App Secret', (parts) => ` ${secretOf(parts)}`),
  withSecret('signed with a byte order mark in front of the App Secret', (parts) => `\ufeff${secretOf(parts)}`),
  ...ordersOf(security.signs)
    .slice(1)
    .map((order) => ({
      cause: `signed in the order ${order.map(labelOf).join(', ')}`,
      sign: (parts: Parts) => sha1(joined(parts, order)),
    })),
  ...security.signs.map((missing) => ({
    cause: `signed without the ${labelOf(missing)}`,
    sign: (parts: Parts) => sha1(joined({ ...parts, [missing]: '' })),
  })),
  ...[':', ',', ';', '.', '/', '&', '+', ' ', '|', '-', '_', '\n'].map((separator) => ({
    cause: `signed with ${JSON.stringify(separator)} between the parts`,
    sign: (parts: Parts) => sha1(joined(parts, security.signs, separator)),
  })),
  { cause: 'signed with the App Key at the end', sign: (parts) => sha1(joined(parts) + (parts['appKey'] ?? '')) },
  { cause: 'signed with the App Key in front', sign: (parts) => sha1((parts['appKey'] ?? '') + joined(parts)) },
  {
    cause: 'signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1',
    sign: (parts) => hmac(secretOf(parts), joined(parts, PUBLIC)),
  },
  {
    cause: 'signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1',
    sign: (parts) => hmac(secretOf(parts), joined(parts)),
  },
  {
    cause: 'signed with HMAC-SHA1 and the App Secret as its text, not with SHA-1',
    sign: (parts) => hmac(joined(parts, PUBLIC), secretOf(parts)),
  },
  { cause: 'signed as UTF-16, not as UTF-8', sign: (parts) => sha1(utf16(joined(parts))) },
]

/** Digests by the number of their hexadecimal digits. */
const DIGESTS: Readonly<Record<number, string>> = {
  32: 'MD5',
  56: 'SHA-224',
  64: 'SHA-256',
  96: 'SHA-384',
  128: 'SHA-512',
}

const IS_HEX = /^[0-9a-f]*$/i

/** 20 bytes in Base64, with either alphabet. */
const IS_BASE64 = /^[\w+/-]{27}=?$/

/** What a text is that is not hexadecimal. */
function textCause(signature: string): string {
  if (/^[0-9a-f]{40}\s+\*?-/i.test(signature)) return 'has the " -" that sha1sum prints after the digits'
  if (/^sha-?1[=:]\s*[0-9a-f]{40}$/i.test(signature)) return 'has the name of the digest in front of the digits'
  if (/^0x[0-9a-f]{40}$/i.test(signature)) return 'has "0x" in front of the digits'
  if (/=\s*[0-9a-f]{40}$/i.test(signature)) return 'has the text that openssl prints in front of the digits'
  if (/^b(["']).*\1$/.test(signature)) return 'is bytes of Python turned into text'
  if (/^(["']).*\1$/.test(signature)) return 'is in quotes'
  if (/^([0-9a-f]{2}:)+[0-9a-f]{2}$/i.test(signature)) return 'has colons between the digits'
  if (/^([0-9a-f]{2}-)+[0-9a-f]{2}$/i.test(signature))
    return 'has hyphens between the digits, as BitConverter of .NET writes them'
  if (IS_BASE64.test(signature)) return 'is written in Base64, not in hexadecimal digits'
  return 'is text that is not hexadecimal'
}

/**
 * The known mistake that made this signature, or what it looks like. Never shows the right one, or the secret.
 *
 * @param signature one that `verifySignature` refused
 */
export function explainSignature(parts: Parts, signature: string): string {
  if (!IS_HEX.test(signature)) return textCause(signature)
  if (signature.length !== 40) {
    const digest = DIGESTS[signature.length]
    return `has ${signature.length} hexadecimal digits${digest ? `, as ${digest} has` : ''}`
  }
  const given = signature.toLowerCase()
  const mistake = MISTAKES.find(({ sign }) => constantTimeEqual(given, sign(parts)))
  return mistake?.cause ?? `does not fit: the ${LABELS.join(', the ')} or the way they are joined differs`
}

/** The violation of a signature that was refused, with its cause in front. */
export function signatureViolation(parts: Parts, signature: string): Violation {
  const name = labelOf(security.signature)
  const cause = explainSignature(parts, signature)
  return {
    ...violation(name, 'signature', EXPECTED_SIGNATURE, cause),
    message: `${name}: ${cause}; it must be ${EXPECTED_SIGNATURE}`,
  }
}
