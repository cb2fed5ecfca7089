/**
 * The signature of a call, both directions: `createSigner` makes the headers, `verifySignature` compares them. Both are
 * synchronous on every runtime.
 *
 * The value is the hexadecimal SHA-1 of the signed parts, joined with nothing between them; which parts, in which
 * order, under which header names, the contract says. Path and body are not signed.
 *
 * @see https://docs.rongcloud.io/platform-chat-api/auth
 * @module
 */
import { type HeaderPrefix, security } from './contract.js'
import { mustBeFunction } from './error.js'
import { createRefuse } from './redact.js'
import { sha1 } from './sha1.js'

/** The parts that a signature is made of. */
export type Parts = Readonly<Record<string, string>>

type Hash = (algorithm: string, text: string) => string
interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly hash?: Hash } | undefined }
}

/** SHA-1 of a text. Node, Bun and Deno have it; reached without an import, so that a bundle for the edge needs none. */
function digest(text: string): string {
  // The platform's types do not know the other runtimes.
  const hash = (globalThis as Runtime).process?.getBuiltinModule?.('node:crypto')?.hash
  return hash?.('sha1', text) ?? sha1(text)
}

/** The signature of the parts. */
export const signatureOf = (parts: Parts): string => digest(security.signs.map((part) => parts[part]).join(''))

/** Eighteen hexadecimal digits, 70 bits of them random: the end of a UUID, which runtimes make in advance. */
const randomNonce = (): string => crypto.randomUUID().replaceAll('-', '').slice(-18)

/** Who signs, and from where nonce and time come. */
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

/** A page, or a worker of one. */
export function inBrowser(): boolean {
  const { window, WorkerGlobalScope, navigator } = globalThis as {
    readonly window?: { readonly document?: unknown }
    readonly WorkerGlobalScope?: unknown
    readonly navigator?: { readonly userAgent?: string }
  }
  return window?.document !== undefined || (!!WorkerGlobalScope && !!navigator?.userAgent?.startsWith('Mozilla/'))
}

/**
 * What keeps a key out of a header, in words; undefined when nothing does. It reads character by character: a regular
 * expression would leave what it has read in `RegExp.input`.
 */
function flawOf(key: string): string | undefined {
  if (key === '') return 'must not be empty'
  const bad = [...key].find((one) => one <= ' ' || one > '~')
  if (bad === undefined) return undefined
  return bad === '\n' || bad === '\r' ? 'has a line break in it' : 'must be a string of visible ASCII characters'
}

/**
 * A key that may stand in a header. The message never shows what came.
 *
 * @throws TypeError that names it
 */
export function checkedKey(name: string, value: unknown): string {
  if (typeof value !== 'string')
    throw new TypeError(`"${name}" must be a string of visible ASCII characters. Received ${typeof value}`)
  const flaw = flawOf(value)
  if (flaw !== undefined) throw new TypeError(`"${name}" ${flaw}`)
  return value
}

/** @throws TypeError for a prefix that is none of the contract */
function checkPrefix(prefix: string): void {
  const allowed = ['', ...security.prefixes]
  if (allowed.includes(prefix)) return
  throw new TypeError(`"headerPrefix" must be one of ${JSON.stringify(allowed)}. Received ${JSON.stringify(prefix)}`)
}

/** What `nonce` has made, where a header may hold it. */
function checkedNonce(made: unknown): string {
  const { nonceLength = Number.POSITIVE_INFINITY } = security
  if (typeof made === 'string' && made.length <= nonceLength && flawOf(made) === undefined) return made
  const got = typeof made === 'string' ? `${made.length} characters` : typeof made
  throw new TypeError(`"nonce" must give 1 to ${nonceLength} visible ASCII characters. Received ${got}`)
}

/**
 * Settings in, signer out. Each call of the signer makes the headers of one request.
 *
 * @throws TypeError when a key is missing or the prefix is not one of the contract
 * @see https://docs.rongcloud.cn/im/server/signature
 */
export const createSigner = (options: SigningOptions): (() => SignedHeaders) => signerOf(options, (name) => name)

/** The same, with header names written in another way. */
export function signerOf(options: SigningOptions, write: (name: string) => string): () => SignedHeaders {
  // Callers without types may have forgotten them.
  const { appKey: key, appSecret: secret, dangerouslyAllowBrowser }: Partial<SigningOptions> = options ?? {}
  if (inBrowser() && dangerouslyAllowBrowser !== true) {
    throw new TypeError(
      'In a browser every visitor can read the App Secret: sign on a server, or set "dangerouslyAllowBrowser" in tests',
    )
  }
  const appKey = checkedKey('appKey', key)
  const appSecret = checkedKey('appSecret', secret)
  if (appKey === appSecret) throw new TypeError('"appKey" must be another text than "appSecret"')
  const refuse = createRefuse(appSecret)
  refuse({ ...options, appSecret: undefined })
  const { now = () => Date.now(), nonce = randomNonce, headerPrefix = '' } = options
  mustBeFunction('now', now)
  mustBeFunction('nonce', nonce)
  checkPrefix(headerPrefix)
  const names = Object.entries(security.headers).map(([part, name]) => [part, write(headerPrefix + name)] as const)

  return () => {
    const made = checkedNonce(nonce())
    const timestamp = String(now())
    refuse({ nonce: made, now: timestamp })
    if (!/^\d+$/.test(timestamp)) {
      throw new TypeError(`"now" must return whole milliseconds since 1970. Received ${timestamp}`)
    }
    const parts: Record<string, string> = { appKey, nonce: made, timestamp, appSecret }
    parts[security.signature] = signatureOf(parts)
    return Object.fromEntries(names.map(([part, name]) => [name, parts[part] ?? '']))
  }
}

/** Compares in a time that depends on the length of the first text alone. */
export function same(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/** True when the signature fits the parts; upper-case digits count as lower-case ones. */
export const verifySignature = (parts: Parts, signature: string): boolean =>
  same(signature.toLowerCase(), signatureOf(parts))
