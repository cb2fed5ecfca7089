/**
 * The signature of a call, both directions: `createSigner` makes the headers, `verifySignature` checks one. Both are
 * synchronous on every runtime.
 *
 * The value is the hexadecimal SHA-1 of the signed parts, joined with nothing between them. The contract says which
 * parts, in which order, and under which header names. Path and body are not signed.
 *
 * @see https://docs.rongcloud.io/platform-chat-api/auth
 * @module
 */
import { type HeaderPrefix, type SignedPart, security } from './contract.js'
import { mustBeFunction } from './error.js'
import { createRefuse } from './redact.js'
import { sha1 } from './sha1.js'

/** The parts that are signed. */
export type SignedParts = Readonly<Record<SignedPart, string>>

/** Parts of a signature by name: those that are signed, and perhaps others. */
export type Parts = Readonly<Record<string, string>>

type Hash = (algorithm: string, text: string) => string
interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly hash?: Hash } | undefined }
}

/** SHA-1 of a text. Uses `node:crypto` on Node, Bun and Deno, without an import that a bundle for the edge could not resolve. */
function digest(text: string): string {
  // The types of `globalThis` do not describe every runtime.
  const hash = (globalThis as Runtime).process?.getBuiltinModule?.('node:crypto')?.hash
  return hash?.('sha1', text) ?? sha1(text)
}

/** The signature of the parts. */
export const signatureOf = (parts: Parts): string => digest(security.signs.map((part) => parts[part]).join(''))

/** 18 hexadecimal digits with 70 random bits: the end of a UUID, which is fast because runtimes make UUIDs in advance. */
const randomNonce = (): string => crypto.randomUUID().replaceAll('-', '').slice(-18)

/** The keys that sign, and the sources of nonce and time. */
export interface SigningOptions {
  /** App Key of the app. Sent with each call. */
  readonly appKey: string
  /** App Secret of the app. Never sent, never printed. */
  readonly appSecret: string
  /** Prefix of the four header names, for proxies that drop names they do not know. Default: none. */
  readonly headerPrefix?: HeaderPrefix | undefined
  /** The time in milliseconds since 1970. Default: `Date.now`, looked up at each call. */
  readonly now?: (() => number) | undefined
  /** A new nonce for each call, at most 18 characters. Default: 18 hexadecimal digits from a cryptographic source. */
  readonly nonce?: (() => string) | undefined
  /** Signs in a browser too, where every visitor can read the App Secret. Only for mocks. Default `false`. */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/** The four headers of one call. */
export type SignedHeaders = Readonly<Record<string, string>>

/** Whether this code runs in a web page or in a worker of a page. */
export function inBrowser(): boolean {
  const { window, WorkerGlobalScope, navigator } = globalThis as {
    readonly window?: { readonly document?: unknown }
    readonly WorkerGlobalScope?: unknown
    readonly navigator?: { readonly userAgent?: string }
  }
  return window?.document !== undefined || (!!WorkerGlobalScope && !!navigator?.userAgent?.startsWith('Mozilla/'))
}

/**
 * Why a key cannot be a header value, as the end of a message; undefined when it can. It looks at each character, because
 * a regular expression would leave the key in `RegExp.input`.
 */
function keyProblem(key: string): string | undefined {
  if (key === '') return 'must not be empty'
  const bad = [...key].find((char) => char <= ' ' || char > '~')
  if (bad === undefined) return undefined
  return bad === '\n' || bad === '\r' ? 'has a line break in it' : 'must be a string of visible ASCII characters'
}

/**
 * Returns a key that can be a header value. The error message never shows the key.
 *
 * @throws TypeError that names the option
 */
export function checkedKey(name: string, value: unknown): string {
  if (typeof value !== 'string')
    throw new TypeError(`"${name}" must be a string of visible ASCII characters. Received ${typeof value}`)
  const problem = keyProblem(value)
  if (problem !== undefined) throw new TypeError(`"${name}" ${problem}`)
  return value
}

/** @throws TypeError for a prefix that the contract does not have */
function checkPrefix(prefix: string): void {
  const allowed = ['', ...security.prefixes]
  if (allowed.includes(prefix)) return
  throw new TypeError(`"headerPrefix" must be one of ${JSON.stringify(allowed)}. Received ${JSON.stringify(prefix)}`)
}

/** Returns a nonce that can be a header value. @throws TypeError for any other value */
function checkedNonce(nonceText: unknown): string {
  // 0: no limit.
  const { nonceLength = 0 } = security
  const isLong = (text: string) => nonceLength && text.length > nonceLength
  if (typeof nonceText === 'string' && !isLong(nonceText) && keyProblem(nonceText) === undefined) return nonceText
  const got = typeof nonceText === 'string' ? `${nonceText.length} characters` : typeof nonceText
  throw new TypeError(
    `"nonce" must return 1 ${nonceLength ? `to ${nonceLength}` : 'or more'} visible ASCII characters. Received ${got}`,
  )
}

/**
 * Makes a signer. Each call of the signer makes the headers of one request.
 *
 * @throws TypeError when an option is missing or wrong, or contains the App Secret
 * @see https://docs.rongcloud.cn/im/server/signature
 */
export const createSigner = (options: SigningOptions): (() => SignedHeaders) => signerOf(options, (name) => name)

/** Like `createSigner`, with a function that rewrites the header names. */
export function signerOf(options: SigningOptions, write: (name: string) => string): () => SignedHeaders {
  // Callers without types may pass nothing.
  const { appKey: key, appSecret: secret, dangerouslyAllowBrowser }: Partial<SigningOptions> = options ?? {}
  if (inBrowser() && dangerouslyAllowBrowser !== true) {
    throw new TypeError(
      'In a browser every visitor can read the App Secret: sign on a server, or set "dangerouslyAllowBrowser" in tests',
    )
  }
  const appKey = checkedKey('appKey', key)
  const appSecret = checkedKey('appSecret', secret)
  if (appKey === appSecret) throw new TypeError('"appKey" must differ from "appSecret"')
  const refuse = createRefuse(appSecret)
  refuse({ ...options, appSecret: undefined })
  const { now = () => Date.now(), nonce = randomNonce, headerPrefix = '' } = options
  mustBeFunction('now', now)
  mustBeFunction('nonce', nonce)
  checkPrefix(headerPrefix)
  const names = Object.entries(security.headers).map(([part, name]) => [part, write(headerPrefix + name)] as const)

  return () => {
    const nonceText = checkedNonce(nonce())
    const timestamp = String(now())
    refuse({ nonce: nonceText, now: timestamp })
    if (!/^\d+$/.test(timestamp)) {
      throw new TypeError(`"now" must return whole milliseconds since 1970. Received ${timestamp}`)
    }
    const parts: Record<string, string> = { appKey, nonce: nonceText, timestamp, appSecret }
    parts[security.signature] = signatureOf(parts)
    return Object.fromEntries(names.map(([part, name]) => [name, parts[part] ?? '']))
  }
}

/** Compares two texts. The time depends only on the length of the first one. */
export function constantTimeEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/** True when the signature belongs to the parts. Upper-case digits count as lower-case ones. */
export const verifySignature = (parts: SignedParts, signature: string): boolean =>
  constantTimeEqual(signature.toLowerCase(), signatureOf(parts))
