/**
 * Who is calling? App Key, signature and, when asked for, freshness.
 *
 * @module
 */
import { accepted, security as strictHeaders } from '#validators'
import { security } from '../core/contract.js'
import { type Breach, breach } from '../core/error.js'
import { truncate } from '../core/redact.js'
import { type Parts, same, verifySignature } from '../core/signature.js'
import { breachesOf } from '../core/validate.js'
import { explainSignature } from './signature-diagnosis.js'

/** Headers by lower-case name. */
export type PlainHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rules that the vendor documents and does not seem to enforce. */
export interface Freshness {
  /** Farthest distance of `Timestamp` from the stand-in's clock, in milliseconds; seconds are understood. Default: any. */
  readonly clockSkew?: number
  /** Refuses a nonce that came before. Default `false`. */
  readonly nonceOnce?: boolean
  /** Refuses headers that do not have the documented form: nonce too long, seconds, upper-case digits. Default `false`. */
  readonly documentedForm?: boolean
}

/** What the stand-in knows of its callers. */
export interface CredentialsOptions {
  /** `false`: any App Key will do. */
  readonly appKey: string | false
  /** `false`: signatures are left unjudged, not their headers. */
  readonly appSecret: string | false
  readonly now: () => number
  readonly freshness: 'lenient' | 'strict' | Freshness
  /** How many nonces are remembered; the oldest go first. Default `MAX_NONCES`. */
  readonly maxNonces?: number
}

/** How many nonces a mock remembers. */
export const MAX_NONCES = 100_000

/** The first value of a header that may have come more than once. */
export const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0]

/** Each signing part with the header names it may come under, lower case; looked up once. */
const PARTS = Object.entries(security.headers).map(([part, name]) => {
  const names = [name, ...(security.aliases[part] ?? [])]
  return { part, name, names: names.map((one) => one.toLowerCase()), choice: names.join(' or ') }
})

const nameOf = (part: string) => security.headers[part] ?? part

/** Reads the signing parts; a missing header is a breach of its own. */
function partsOf(headers: PlainHeaders): { parts: Record<string, string>; missing: Breach[] } {
  const parts: Record<string, string> = {}
  const missing: Breach[] = []
  for (const { part, name, names, choice } of PARTS) {
    const found = names.find((one) => headers[one])
    const value = found && first(headers[found])
    if (value) parts[part] = value
    else missing.push(breach(name, part === 'appKey' ? 'app-key' : 'signature', `the header ${choice}`, 'nothing'))
  }
  return { parts, missing }
}

function rulesOf(freshness: unknown): Freshness {
  if (freshness === 'lenient') return {}
  if (freshness === 'strict') return { clockSkew: 300_000, nonceOnce: true, documentedForm: true }
  if (typeof freshness === 'object' && freshness !== null) {
    const unknown = Object.keys(freshness).find((name) => !['clockSkew', 'nonceOnce', 'documentedForm'].includes(name))
    const { clockSkew = 0 } = freshness as Freshness
    if (!(typeof clockSkew === 'number' && clockSkew >= 0)) {
      throw new TypeError(`"freshness.clockSkew" must be milliseconds, 0 or more. Received ${String(clockSkew)}`)
    }
    if (unknown === undefined) return freshness
    throw new TypeError(`"freshness" must have clockSkew, nonceOnce or documentedForm. Received "${unknown}"`)
  }
  throw new TypeError(
    `"freshness" must be "lenient", "strict" or an object of rules. Received ${JSON.stringify(freshness)}`,
  )
}

/** The gate: headers in, breaches out. */
export interface Credentials {
  readonly check: (headers: PlainHeaders) => Breach[]
  /** Forgets the nonces. */
  readonly reset: () => void
}

const refused = (part: string, expected: string, received: string) =>
  breach(nameOf(part), 'signature', expected, received)

/** Nonces of earlier calls. */
interface Nonces {
  readonly seen: Set<string>
  readonly max: number
}

/** Looks whether headers that are signed right are as fresh as the rules want, and remembers the nonce. */
function stale(parts: Parts, rules: Freshness, now: () => number, { seen, max }: Nonces): Breach | undefined {
  const { timestamp = '', nonce = '' } = parts
  if (rules.documentedForm) {
    const [found] = breachesOf(strictHeaders, { ...parts, timestamp, nonce })
    if (found) return refused(found.field, found.expected, found.received)
  }
  if (rules.clockSkew !== undefined) {
    const off = Math.abs(now() - Number(timestamp) * (timestamp.length <= 10 ? 1000 : 1))
    if (!(off <= rules.clockSkew))
      return refused('timestamp', `within ${rules.clockSkew} ms of the clock`, `${off} ms off`)
  }
  if (!rules.nonceOnce) return undefined
  if (seen.has(nonce)) return refused('nonce', 'a new nonce for each call', 'one from an earlier call')
  seen.add(nonce)
  // A set keeps its order: the first is the oldest. There is one, since a nonce was just added.
  if (seen.size > max) seen.delete(seen.values().next().value as string)
  return undefined
}

/** @throws TypeError when a key is missing */
export function createCredentials({
  appKey,
  appSecret,
  now,
  freshness,
  maxNonces = MAX_NONCES,
}: CredentialsOptions): Credentials {
  for (const [name, value] of Object.entries({ appKey, appSecret })) {
    if (value === false || (typeof value === 'string' && value !== '')) continue
    throw new TypeError(`"${name}" must be a string that is not empty. Received ${typeof value}`)
  }
  const rules = rulesOf(freshness)
  const nonces: Nonces = { seen: new Set(), max: maxNonces }

  function check(headers: PlainHeaders): Breach[] {
    const { parts, missing } = partsOf(headers)
    if (missing.length > 0) return missing
    const { appKey: given = '', [security.signature]: signature = '' } = parts
    const isSecret = same(given, appSecret || '')
    if (appKey === false ? isSecret : given !== appKey) {
      const got = isSecret ? 'the App Secret' : JSON.stringify(truncate(given, 40))
      return [breach(nameOf('appKey'), 'app-key', appKey === false ? 'an App Key' : 'the App Key of the stand-in', got)]
    }
    const [odd] = breachesOf(accepted, parts)
    if (odd) return [refused(odd.field, odd.expected, odd.received)]
    const own = Object.assign(parts, { appSecret: appSecret || '' })
    if (appSecret !== false && !verifySignature(own, signature)) {
      const expected = `the SHA-1 of ${security.signs.join(', ')}, as sent and with nothing between them`
      return [breach(nameOf(security.signature), 'signature', expected, explainSignature(own, signature))]
    }
    const old = stale(parts, rules, now, nonces)
    return old ? [old] : []
  }

  return { check, reset: () => nonces.seen.clear() }
}
