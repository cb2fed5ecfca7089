import { describe, expect, test } from 'vitest'
import { createCredentials, MAX_NONCES } from '../../../src/mock/credentials.js'
import { KEYS, signedHeaders } from '../../support/raw-request.js'

const credentials = (maxNonces?: number) =>
  createCredentials({
    ...KEYS,
    now: Date.now,
    strict: { uniqueNonce: true },
    ...(maxNonces === undefined ? {} : { maxNonces }),
  })

/** Whether a call with this nonce is accepted. */
const taken = ({ check }: ReturnType<typeof credentials>, nonce: number) => {
  const signed = Object.entries(signedHeaders({ nonce: String(nonce) }))
  return check(Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value]))).length === 0
}

test('remembers maxNonces nonces, and forgets the oldest first', () => {
  const three = credentials(3)
  for (const nonce of [0, 1, 2]) expect(taken(three, nonce)).toBe(true)
  // 3 pushes out 0, and 0 then pushes out 1.
  expect([2, 0, 3, 0, 2, 1].map((nonce) => taken(three, nonce))).toEqual([false, false, true, true, false, true])
})

test('remembers a hundred thousand nonces by default', () => {
  expect(MAX_NONCES).toBe(100_000)
  const many = credentials()
  for (let nonce = 0; nonce < 100; nonce++) taken(many, nonce)
  expect([0, 99, 100].map((nonce) => taken(many, nonce))).toEqual([false, false, true])
})

test('forgets all nonces on reset', () => {
  const some = credentials()
  expect([1, 1].map((nonce) => taken(some, nonce))).toEqual([true, false])
  some.reset()
  expect(taken(some, 1)).toBe(true)
})

test.each([
  [{ uniqueNonce: 'no' }, /uniqueNonce/],
  [{ documentedFormat: 1 }, /documentedFormat/],
  [{ clockSkew: '5' }, /^"strict\.clockSkew" must be milliseconds, 0 or more\. Received 5$/],
  [{ clockSkew: -1 }, /^"strict\.clockSkew" must be milliseconds, 0 or more\. Received -1$/],
])('refuses the rules %j', (strict, message) => {
  expect(() => createCredentials({ ...KEYS, now: Date.now, strict: strict as object })).toThrow(message)
})

describe('strict rules', () => {
  const NOW = 1_764_000_000_000
  const violationsOf = (strict: object, timestamp: number | string, change = (signature: string) => signature) => {
    const signed = Object.entries(signedHeaders({ timestamp: String(timestamp) })).map(
      ([name, value]) => [name.toLowerCase(), name === 'Signature' ? change(value) : value] as const,
    )
    return createCredentials({ ...KEYS, now: () => NOW, strict })
      .check(Object.fromEntries(signed))
      .map(({ message }) => message)
  }

  test.each([
    [NOW - 1_000, []],
    [NOW + 1_000, []],
    [NOW - 1_001, ['Timestamp: within 1000 ms of the clock, got 1001 ms off']],
    [NOW + 1_001, ['Timestamp: within 1000 ms of the clock, got 1001 ms off']],
    [NOW / 1_000, []],
  ])('a clock that is off by as much as allowed: %i', (timestamp, violations) => {
    expect(violationsOf({ clockSkew: 1_000 }, timestamp)).toEqual(violations)
  })

  test.each([
    ['in upper case', NOW, 'Signature: lower-case digits, got upper-case ones'],
    ['in upper case, with a time in seconds', NOW / 1_000, `Timestamp: 13 digits, got "${NOW / 1_000}"`],
  ])('the documented format of a signature %s', (_name, timestamp, message) => {
    expect(violationsOf({ documentedFormat: true }, timestamp, (signature) => signature.toUpperCase())).toEqual([
      message,
    ])
    expect(violationsOf({ documentedFormat: true }, NOW)).toEqual([])
  })
})

test('where any App Key is taken, the App Secret in its place is refused, and no key is named', () => {
  const { check } = createCredentials({ appKey: false, appSecret: KEYS.appSecret, now: Date.now, strict: false })
  const signed = Object.entries({ ...signedHeaders(), 'App-Key': KEYS.appSecret })
  const headers = Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value]))
  expect(check(headers).map(({ message }) => message)).toEqual(['App-Key: an App Key, got the App Secret'])
})
