import { expect, test } from 'vitest'
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
