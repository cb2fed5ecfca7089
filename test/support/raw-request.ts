/** Requests made without any code of the package, to test its client and its mock. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export const PATH = '/statusmessage/group/publish.json'
const spec = new URL('../../generated/openapi.json', import.meta.url)
/** All paths of the contract: it may have more operations than the one that the tests know. */
export const PATHS: readonly string[] = Object.keys((JSON.parse(readFileSync(spec, 'utf8')) as { paths: object }).paths)
export const KEYS = { appKey: 'uwd1c0sxdlx2', appSecret: 'Y1W2MeFwwwRxa0' }

export const sha1 = (text: string): string => createHash('sha1').update(text, 'utf8').digest('hex')

/** A request as it is sent: header names unchanged, body as text. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The vendor's own example, one pair for each field, so that a case may change one of them. */
export const PAIRS: readonly (readonly [string, string])[] = [
  ['fromUserId', '2191'],
  ['toGroupId', '2193'],
  ['toGroupId', '2192'],
  ['objectName', 'RC:TxtMsg'],
  ['content', '{"content":"hello","extra":"helloExtra"}'],
  ['isIncludeSender', '0'],
]

export const form = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')

/** The example with some fields taken out and others put in. */
export const withPairs = (out: readonly string[], added: readonly (readonly [string, string])[] = []): string =>
  form([...PAIRS.filter(([name]) => !out.includes(name)), ...added])

/** The four headers, signed by hand. */
export function signedHeaders(
  change: { secret?: string; nonce?: string; timestamp?: string; prefix?: string } = {},
): Record<string, string> {
  const { secret = KEYS.appSecret, nonce = '14314', timestamp = String(Date.now()), prefix = '' } = change
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    [`${prefix}App-Key`]: KEYS.appKey,
    [`${prefix}Nonce`]: nonce,
    [`${prefix}Timestamp`]: timestamp,
    [`${prefix}Signature`]: sha1(secret + nonce + timestamp),
  }
}

export const raw = (change: Partial<RawRequest> = {}): RawRequest => ({
  method: 'POST',
  path: PATH,
  headers: signedHeaders(),
  body: form(PAIRS),
  ...change,
})
