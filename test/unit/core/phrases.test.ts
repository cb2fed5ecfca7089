/** Limits in plain words. */
import { expect, test } from 'vitest'
import { count, limitPhrase, oneOf } from '../../../src/core/phrases.js'

test.each([
  [{ limit: 20, period: 1_000, unit: 'messages' }, '20 messages a second'],
  [{ limit: 2, period: 3_600_000 }, '2 calls an hour'],
  [{ limit: 1, period: 3_600_000 }, '1 call an hour'],
  [{ limit: 6_000, period: 60_000 }, '6000 calls a minute'],
  [{ limit: 5, period: 86_400_000, unit: 'queries' }, '5 queries a day'],
  [{ limit: 100, period: 600_000 }, '100 calls in 10 minutes'],
  [{ limit: 3, period: 172_800_000 }, '3 calls in 2 days'],
  [{ limit: 3, period: 21_600_000 }, '3 calls in 6 hours'],
  [{ limit: 9, period: 90_000 }, '9 calls in 90 seconds'],
  [{ limit: 7, period: 500 }, '7 calls in 500 ms'],
])('%j is "%s"', (limit, phrase) => {
  expect(limitPhrase(limit)).toBe(phrase)
})

test.each([
  [1, 'groups in one call', '1 group in one call'],
  [2, 'groups in one call', '2 groups in one call'],
  [0, 'items', '0 items'],
  [1, 'data in rooms', '1 data in rooms'],
])('%i of "%s" is "%s"', (number, unit, phrase) => {
  expect(count(number, unit)).toBe(phrase)
})

test.each([
  ['groups', 'group'],
  ['boxes', 'box'],
  ['entries', 'entry'],
  ['queries', 'query'],
  ['matches', 'match'],
  ['batches in one call', 'batch in one call'],
  ['approaches', 'approach'],
  ['pushes', 'push'],
  ['addresses', 'address'],
  ['statuses', 'status'],
  ['heroes', 'hero'],
  ['series', 'series'],
  ['news', 'news'],
  ['species', 'species'],
  ['e-mails', 'e-mail'],
  ['views', 'view'],
  ['keys', 'key'],
  ['movies', 'movie'],
  ['ties', 'tie'],
  ['caches', 'cache'],
  ['cases', 'case'],
  ['databases', 'database'],
  ['responses', 'response'],
  ['houses', 'house'],
  ['sizes', 'size'],
  ['services', 'service'],
  ['files', 'file'],
  ['names', 'name'],
  ['bytes', 'byte'],
  ['shoes', 'shoe'],
  ['photos', 'photo'],
  ['menus', 'menu'],
  ['process', 'process'],
  ['status', 'status'],
  ['people', 'people'],
])('one of "%s" is one %s', (unit, one) => {
  expect(count(1, unit)).toBe(`1 ${one}`)
})

test.each([
  [1, 'one of n0'],
  [10, 'one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9'],
  [276, 'one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 266 more'],
])('a list of %i names', (length, phrase) => {
  expect(oneOf(Array.from({ length }, (_, i) => `n${i}`))).toBe(phrase)
})

test.each([
  ['news', 'news'],
  ['series', 'series'],
  ['newses', 'newse'],
  ['goodnews', 'goodnew'],
  ['boxes-of', 'boxes-of'],
  ['(groups)', '(groups)'],
  ['entries-like', 'entries-like'],
  ['data', 'data'],
])('one of "%s" is "%s", also where only a part looks like a plural', (plural, one) => {
  expect(count(1, plural)).toBe(`1 ${one}`)
})
