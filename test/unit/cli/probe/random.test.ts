/** Random ids: as long as those that they stand for, of the same bytes, and never one that could exist. */
import { expect, test } from 'vitest'
import { MIN_BITS, randomAlike, randomBelow, randomId } from '../../../../src/cli/probe/random.js'

const bytes = (text = '') => new TextEncoder().encode(text).length

test.each([
  ['65 letters', 'x'.repeat(65)],
  ['digits', '7'.repeat(40)],
  ['characters of three bytes', `${'中'.repeat(21)}xx`],
  ['characters of four bytes', '😀'.repeat(64)],
  ['letters with marks between them', `team-${'a'.repeat(30)}, ${'b'.repeat(20)}`],
])('an id of %s is replaced by another one of the same characters and bytes', (_name, text) => {
  const made = randomAlike(text, randomBelow) ?? ''
  expect([Array.from(made).length, bytes(made)]).toEqual([Array.from(text).length, bytes(text)])
  expect(made).not.toBe(text)
  expect(randomAlike(text, randomBelow)).not.toBe(made)
})

test('an id that would have fewer random bits than it takes is not made', () => {
  const digits = Math.ceil(MIN_BITS / Math.log2(10))
  expect([1, 4, digits - 1].map((length) => randomAlike('7'.repeat(length), randomBelow))).toEqual(
    Array(3).fill(undefined),
  )
  expect(randomAlike('7'.repeat(digits), randomBelow)).toMatch(/^\d+$/)
  // Nothing in these is random.
  expect(randomAlike(' , '.repeat(40), randomBelow)).toBeUndefined()
})

test('an empty id names nobody', () => {
  expect(randomAlike('', randomBelow)).toBe('')
})

test('an id whose length does not matter has enough random bits', () => {
  expect(randomId(randomBelow)).toMatch(/^[0-9a-z]{24}$/)
  expect(24 * Math.log2(36)).toBeGreaterThan(MIN_BITS)
})
