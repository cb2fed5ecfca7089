import { expect, test } from 'vitest'
import { nearest } from '../../../src/core/suggest.js'

test.each<readonly [given: string, names: readonly string[], meant: string | undefined, why: string]>([
  ['TIMEOUT', ['deadline', 'timeout'], 'timeout', 'only the case differs'],
  ['retries', ['retry'], 'retry', 'four characters of the beginning are the same'],
  ['retard', ['retry'], undefined, 'three are too few'],
  ['xyout', ['about'], 'about', 'two characters that stand together are wrong'],
  ['xyzut', ['about'], undefined, 'three are too many'],
  ['deadlin', ['deadlock', 'deadline'], 'deadline', 'of two that are near, the nearest'],
  ['aaaa', ['aa', 'aaab'], 'aaab', 'no character counts at both ends'],
  ['baaa', ['aa', 'caaa'], 'caaa', 'nor from the end alone'],
  ['agent', ['fetch', 'limiter'], undefined, 'none is near'],
  ['agent', [], undefined, 'there is none'],
])('%s among %j means %s: %s', (given, names, meant) => {
  expect(nearest(given, names)).toBe(meant)
})
