/**
 * Checks App Key and signature of a call and, if asked for, the strict rules for the signed headers.
 *
 * @module
 */
import { accepted, security as strictHeaders } from '#validators'
import { security, signingHeaders } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { isRecord } from '../core/record.js'
import { truncate } from '../core/redact.js'
import { constantTimeEqual, type Parts, type SignedParts, verifySignature } from '../core/signature.js'
import { violationsOf } from '../core/validate.js'
import { signatureViolation } from './signature-diagnosis.js'

/** Headers by lower-case name. The values of a repeated header are joined by commas. */
export type PlainHeaders = Readonly<Record<string, string | undefined>>

/** Rules for the signed headers that the vendor's API does not seem to enforce. */
export interface StrictRules {
  /** Largest difference between `Timestamp` and the mock's clock, in milliseconds. A `Timestamp` in seconds is accepted. Default: no limit. */
  readonly clockSkew?: number | undefined
  /** Refuses a nonce that was used before. Default `false`. */
  readonly uniqueNonce?: boolean | undefined
  /** Refuses headers without the documented format: a long nonce, a time in seconds, upper-case digits. Default `false`. */
  readonly documentedFormat?: boolean | undefined
}

/** What the mock checks its callers against. */
export interface CredentialsOptions {
  /** `false` accepts any App Key. */
  readonly appKey: string | false | undefined
  /** What messages call the App Key. Default: that of the mock. */
  readonly appKeyName?: string | undefined
  /** `false`: signatures are not verified, but their headers are required. */
  readonly appSecret: string | false | undefined
  readonly now: () => number
  readonly strict: boolean | StrictRules
  /** How many nonces are remembered; the oldest are dropped first. Default `MAX_NONCES`. */
  readonly maxNonces?: number
}

/** How many nonces a mock remembers. */
export const MAX_NONCES = 100_000

const headerNameOf = (part: string) => security.headers[part] ?? part

/** Reads the signing parts. Each missing header is one violation. */
function partsOf(headers: PlainHeaders): { parts: Record<string, string>; missing: Violation[] } {
  const parts: Record<string, string> = {}
  const missing: Violation[] = []
  for (const { part, name, written, names } of signingHeaders) {
    const value = names.map((header) => headers[header]).find((text) => text)
    if (value) parts[part] = value
    else {
      const keyword = part === 'appKey' ? 'app-key' : 'signature'
      missing.push(violation(name, keyword, `the header ${written.join(' or ')}`, 'nothing'))
    }
  }
  return { parts, missing }
}

const STRICT_RULES: OptionNames<StrictRules> = { clockSkew: true, uniqueNonce: 'boolean', documentedFormat: 'boolean' }

/** @throws TypeError for unknown or wrong rules */
function strictRulesOf(strict: unknown): StrictRules {
  if (strict === false) return {}
  if (strict === true) return { clockSkew: 300_000, uniqueNonce: true, documentedFormat: true }
  if (!isRecord(strict)) {
    throw new TypeError(`"strict" must be true, false or an object of rules. Received ${JSON.stringify(strict)}`)
  }
  checkOptions(strict, STRICT_RULES, '"strict"')
  const rules: StrictRules = strict
  const { clockSkew = 0 } = rules
  if (typeof clockSkew === 'number' && clockSkew >= 0) return rules
  throw new TypeError(`"strict.clockSkew" must be milliseconds, 0 or more. Received ${String(clockSkew)}`)
}

/** Checks the headers of calls. */
export interface Credentials {
  readonly check: (headers: PlainHeaders) => Violation[]
  /** Clears the nonces. */
  readonly reset: () => void
}

const headerViolation = (part: string, expected: string, received: string) =>
  violation(headerNameOf(part), 'signature', expected, received)

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
    if (isUpperCase) return headerViolation(found.field, 'lower-case digits', 'upper-case ones')
    if (found) return headerViolation(found.field, found.expected, found.received)
  }
  if (rules.clockSkew !== undefined) {
    const off = Math.abs(now() - Number(timestamp) * (timestamp.length <= 10 ? 1000 : 1))
    if (!(off <= rules.clockSkew))
      return headerViolation('timestamp', `within ${rules.clockSkew} ms of the clock`, `${off} ms off`)
  }
  if (!rules.uniqueNonce) return undefined
  if (seen.has(nonce)) return headerViolation('nonce', 'a new nonce for each call', 'one from an earlier call')
  seen.add(nonce)
  // A set is in order of insertion, so its first nonce is the oldest. It is not empty: a nonce was just added.
  if (seen.size > max) seen.delete(seen.values().next().value as string)
  return undefined
}

/** @throws TypeError when a key is missing or a strict rule is wrong */
export function createCredentials({
  appKey,
  appKeyName = 'the App Key of the mock',
  appSecret,
  now,
  strict,
  maxNonces = MAX_NONCES,
}: CredentialsOptions): Credentials {
  for (const [name, value] of Object.entries({ appKey, appSecret })) {
    if (value === false || (typeof value === 'string' && value !== '')) continue
    throw new TypeError(
      `"${name}" must be a string that is not empty. Received ${value === '' ? 'an empty one' : typeof value}`,
    )
  }
  const rules = strictRulesOf(strict)
  const nonces: Nonces = { seen: new Set(), max: maxNonces }

  /** When the caller sent the App Secret as its key, the message does not show the App Key: the two may be swapped. */
  function expectedKey(isSecretSent: boolean): string {
    if (appKey === false || appKey === undefined) return 'an App Key'
    return isSecretSent ? appKeyName : `${appKeyName}, ${JSON.stringify(truncate(appKey, 40))}`
  }

  function check(headers: PlainHeaders): Violation[] {
    const { parts, missing } = partsOf(headers)
    if (missing.length > 0) return missing
    const { appKey: sentKey = '', [security.signature]: signature = '' } = parts
    const isSecret = constantTimeEqual(sentKey, appSecret || '')
    if (appKey === false ? isSecret : sentKey !== appKey) {
      const got = isSecret ? 'the App Secret' : JSON.stringify(truncate(sentKey, 40))
      return [violation(headerNameOf('appKey'), 'app-key', expectedKey(isSecret), got)]
    }
    const [malformed] = violationsOf(accepted, parts)
    if (malformed) return [headerViolation(malformed.field, malformed.expected, malformed.received)]
    const signedParts = Object.assign(parts, { appSecret: appSecret || '' })
    // None is missing.
    if (appSecret !== false && !verifySignature(signedParts as SignedParts, signature)) {
      return [signatureViolation(signedParts, signature)]
    }
    const refusal = checkStrictly(parts, rules, now, nonces)
    return refusal ? [refusal] : []
  }

  return { check, reset: () => nonces.seen.clear() }
}
