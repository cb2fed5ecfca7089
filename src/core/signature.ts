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
import { createGuard } from './redact.js'
import { sha1 } from './sha1.js'

/** The parts that a signature is made of. */
export type Parts = Readonly<Record<string, string>>

type Hash = (algorithm: string, text: string) => string
interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly hash?: Hash } | undefined }
}

/** SHA-1 of a text. Node, Bun and Deno have it; reached without an import, so that a bundle for the edge needs none. */
function digest(text: string): string {
  const { hash } = (globalThis as Runtime).process?.getBuiltinModule?.('node:crypto') ?? {}
  return hash ? hash('sha1', text) : sha1(text)
}

/** The signature of the parts. */
export const signatureOf = (parts: Parts): string => digest(security.signs.map((part) => parts[part]).join(''))

/** Eighteen hexadecimal digits from the runtime's cryptographic source: a UUID, which runtimes make in advance, cut down. */
function randomNonce(): string {
  const uuid = crypto.randomUUID()
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(30)
}

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
  /** Signs in a browser too, where every visitor can read the App Secret. Only for stand-ins. Default `false`. */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/** The four headers of one call. */
export type SignedHeaders = Readonly<Record<string, string>>

/** A page, or a worker of one. */
export function inBrowser(): boolean {
  const { window, WorkerGlobalScope, navigator } = globalThis as Record<string, unknown> & {
    window?: { document?: unknown }
    navigator?: { userAgent?: string }
  }
  const page = typeof window?.document !== 'undefined'
  const worker = typeof WorkerGlobalScope === 'function' && /^Mozilla\//.test(navigator?.userAgent ?? '')
  return page || worker
}

const isVisible = (code: number) => code > 0x20 && code < 0x7f
const isLineBreak = (code: number) => code === 0x0a || code === 0x0d

/**
 * What keeps a key out of a header, in words; undefined when nothing does. It reads character by character: a regular
 * expression would leave what it has read in `RegExp.input`.
 */
function flawOf(key: string): string | undefined {
  if (key === '') return 'must not be empty'
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (isVisible(code)) continue
    if (code === 0x20) return 'has a space in it'
    if (!isLineBreak(code)) return 'must be visible ASCII characters. It has another one'
    let end = i
    while (isLineBreak(key.charCodeAt(end))) end++
    return end === key.length ? 'ends with a line break' : 'has a line break in it'
  }
  return undefined
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

/** The parts that are sent, each with the name of its header. */
function prefixed(prefix: string): (readonly [part: string, name: string])[] {
  if (prefix !== '' && !security.prefixes.includes(prefix)) {
    const allowed = ['', ...security.prefixes].map((one) => JSON.stringify(one)).join(' or ')
    throw new TypeError(`"headerPrefix" must be ${allowed}. Received ${JSON.stringify(prefix)}`)
  }
  return Object.entries(security.headers).map(([part, name]) => [part, prefix + name])
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

/** The same, with the names of the headers spelled in another way. */
export function signerOf(options: SigningOptions, spelled: (name: string) => string): () => SignedHeaders {
  // Callers without types may have forgotten them.
  const { appKey: key, appSecret: secret, dangerouslyAllowBrowser }: Partial<SigningOptions> = options ?? {}
  if (inBrowser() && dangerouslyAllowBrowser !== true) {
    throw new TypeError(
      'Signing in a browser hands the App Secret to every visitor. Sign on your server and let the page call that. If this is a test with a DOM (jsdom, happy-dom), run it in the environment "node" or set "dangerouslyAllowBrowser", which is for pages that talk to a mock.',
    )
  }
  const appKey = checkedKey('appKey', key)
  const appSecret = checkedKey('appSecret', secret)
  if (appKey === appSecret) throw new TypeError('"appKey" must be another text than "appSecret"')
  const { redact, refuse } = createGuard(appSecret)
  refuse({ ...options, appSecret: undefined })
  const { now = () => Date.now(), nonce = randomNonce } = options
  mustBeFunction('now', now)
  mustBeFunction('nonce', nonce)
  const names = prefixed(options.headerPrefix ?? '').map(([part, name]) => [part, spelled(name)] as const)

  return () => {
    const made = checkedNonce(nonce())
    refuse({ nonce: made })
    const timestamp = String(now())
    if (!/^\d+$/.test(timestamp)) {
      throw new TypeError(`"now" must return whole milliseconds since 1970. Received ${redact(timestamp)}`)
    }
    const parts: Parts = { appKey, nonce: made, timestamp, appSecret }
    const signature = signatureOf(parts)
    const headers: Record<string, string> = {}
    for (const [part, name] of names) headers[name] = part === security.signature ? signature : (parts[part] as string)
    return headers
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
