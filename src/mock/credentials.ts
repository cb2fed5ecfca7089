/**
 * Who is calling? App Key, signature and, where they are asked for, the strict rules for the signed headers.
 *
 * @module
 */
import { accepted, security as strictHeaders } from '#validators'
import { security } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { truncate } from '../core/redact.js'
import { type Parts, same, verifySignature } from '../core/signature.js'
import { violationsOf } from '../core/validate.js'
import { signatureViolation } from './signature-diagnosis.js'

/** Headers by lower-case name. */
export type PlainHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rules for the signed headers that the vendor documents and does not seem to enforce. */
export interface StrictRules {
  /** Largest difference between `Timestamp` and the mock's clock, in milliseconds; seconds are understood. Default: any. */
  readonly clockSkew?: number
  /** Refuses a nonce that came before. Default `false`. */
  readonly uniqueNonce?: boolean
  /** Refuses headers that do not have the documented format: nonce too long, seconds, upper-case digits. Default `false`. */
  readonly documentedFormat?: boolean
}

/** What the mock knows of its callers. */
export interface CredentialsOptions {
  /** `false`: any App Key. */
  readonly appKey: string | false | undefined
  /** `false`: signatures are not verified; their headers must be there. */
  readonly appSecret: string | false | undefined
  readonly now: () => number
  readonly strict: boolean | StrictRules
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

/** Reads the signing parts; a missing header is a violation of its own. */
function partsOf(headers: PlainHeaders): { parts: Record<string, string>; missing: Violation[] } {
  const parts: Record<string, string> = {}
  const missing: Violation[] = []
  for (const { part, name, names, choice } of PARTS) {
    const found = names.find((one) => headers[one])
    const value = found && first(headers[found])
    if (value) parts[part] = value
    else missing.push(violation(name, part === 'appKey' ? 'app-key' : 'signature', `the header ${choice}`, 'nothing'))
  }
  return { parts, missing }
}

const STRICT_RULES = ['clockSkew', 'uniqueNonce', 'documentedFormat']

/** @throws TypeError for rules that do not exist */
function rulesOf(strict: unknown): StrictRules {
  if (strict === false) return {}
  if (strict === true) return { clockSkew: 300_000, uniqueNonce: true, documentedFormat: true }
  if (typeof strict !== 'object' || strict === null) {
    throw new TypeError(`"strict" must be true, false or an object of rules. Received ${JSON.stringify(strict)}`)
  }
  const unknown = Object.keys(strict).find((name) => !STRICT_RULES.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`"strict" must have clockSkew, uniqueNonce or documentedFormat. Received "${unknown}"`)
  }
  const rules: StrictRules = strict
  const { clockSkew = 0 } = rules
  if (typeof clockSkew === 'number' && clockSkew >= 0) return rules
  throw new TypeError(`"strict.clockSkew" must be milliseconds, 0 or more. Received ${String(clockSkew)}`)
}

/** Checks the headers of calls. */
export interface Credentials {
  readonly check: (headers: PlainHeaders) => Violation[]
  /** Forgets the nonces. */
  readonly reset: () => void
}

const refused = (part: string, expected: string, received: string) =>
  violation(nameOf(part), 'signature', expected, received)

/** Nonces of earlier calls. */
interface Nonces {
  readonly seen: Set<string>
  readonly max: number
}

/** Checks signed headers against the strict rules, and remembers the nonce. */
function checkStrictly(
  parts: Parts,
  rules: StrictRules,
  now: () => number,
  { seen, max }: Nonces,
): Violation | undefined {
  const { timestamp = '', nonce = '' } = parts
  if (rules.documentedFormat) {
    const [found] = violationsOf(strictHeaders, { ...parts, timestamp, nonce })
    const isUpperCase = found?.field === security.signature && /[A-F]/.test(parts[security.signature] ?? '')
    if (isUpperCase) return refused(found.field, 'lower-case digits', 'upper-case ones')
    if (found) return refused(found.field, found.expected, found.received)
  }
  if (rules.clockSkew !== undefined) {
    const off = Math.abs(now() - Number(timestamp) * (timestamp.length <= 10 ? 1000 : 1))
    if (!(off <= rules.clockSkew))
      return refused('timestamp', `within ${rules.clockSkew} ms of the clock`, `${off} ms off`)
  }
  if (!rules.uniqueNonce) return undefined
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
  strict,
  maxNonces = MAX_NONCES,
}: CredentialsOptions): Credentials {
  for (const [name, value] of Object.entries({ appKey, appSecret })) {
    if (value === false || (typeof value === 'string' && value !== '')) continue
    throw new TypeError(`"${name}" must be a string that is not empty. Received ${typeof value}`)
  }
  const rules = rulesOf(strict)
  const nonces: Nonces = { seen: new Set(), max: maxNonces }

  function check(headers: PlainHeaders): Violation[] {
    const { parts, missing } = partsOf(headers)
    if (missing.length > 0) return missing
    const { appKey: given = '', [security.signature]: signature = '' } = parts
    const isSecret = same(given, appSecret || '')
    if (appKey === false ? isSecret : given !== appKey) {
      const got = isSecret ? 'the App Secret' : JSON.stringify(truncate(given, 40))
      return [violation(nameOf('appKey'), 'app-key', appKey === false ? 'an App Key' : 'the App Key of the mock', got)]
    }
    const [odd] = violationsOf(accepted, parts)
    if (odd) return [refused(odd.field, odd.expected, odd.received)]
    const own = Object.assign(parts, { appSecret: appSecret || '' })
    if (appSecret !== false && !verifySignature(own, signature)) return [signatureViolation(own, signature)]
    const refusal = checkStrictly(parts, rules, now, nonces)
    return refusal ? [refusal] : []
  }

  return { check, reset: () => nonces.seen.clear() }
}
