/** Search: terms of a text, what is found first, and the piece of text that is shown. */
import { describe, expect, test } from 'vitest'
import { contentFiles } from '../../../../../src/tooling/docs/build.js'
import { unsaidLimits } from '../../../../../src/tooling/docs/content/fields.js'
import { createSearch, excerpt, type SectionRow } from '../../../../../src/tooling/docs/search/search.js'
import { termsOf } from '../../../../../src/tooling/docs/search/terms.js'
import { docsSite, textAt } from '../../../../support/docs-site.js'

describe('the terms of a text', () => {
  test.each([
    ['words, in lower case', 'Rate limit: 20/s', ['rate', 'limit', '20', 's']],
    ['a name and its words', 'toGroupId', ['togroupid', 'to', 'group', 'id']],
    ['a message type', 'RC:TypSts', ['rc', 'typsts', 'typ', 'sts']],
    ['Chinese as pairs of characters', '错误码 1004', ['错误', '误码', '1004']],
    ['one Chinese character', '群', ['群']],
    ['nothing', ' — ', []],
  ])('are %s', (_name, text, terms) => {
    expect(termsOf(text)).toEqual(terms)
  })
})

describe('the search over the built pages', async () => {
  // The build writes the file: its rows have this shape.
  const rows = JSON.parse(textAt(await contentFiles(await docsSite()), 'search.json')) as SectionRow[]
  const search = createSearch(rows)
  const first = (query: string) => search(query)[0]?.path

  test.each([
    ['1004', 'errors/#1004'],
    ['toGroupId', 'endpoint/#sendGroupStatusMessage.toGroupId'],
    ['1008 rate', 'errors/#1008'],
  ])('%s leads to %s', (query, path) => {
    expect(first(query)).toBe(path)
  })

  test('finds a word in spite of a slip', () => {
    expect(first('singature')).toMatch(/sign/i)
  })

  test('finds nothing for a number that is not there, and at most twelve sections', () => {
    expect(search('987654')).toEqual([])
    expect(search('the')).toHaveLength(12)
  })
})

test('an excerpt begins near the first term that was found', () => {
  const text = `${'word '.repeat(100)}needle ${'word '.repeat(100)}`
  expect(excerpt(text, 'Needle')).toMatch(/^… word .*needle.* …$/)
  expect(excerpt(text, 'Needle').length).toBeLessThan(160)
  expect(excerpt('short', 'x')).toBe('short')
})

describe('limits that a description says are not said again', () => {
  test.each([
    ['the same words', 'An id, at most 64 characters.', ['at most 64 characters'], []],
    ['KiB', 'At most 128 KiB, at most 128 KiB of UTF-8.', ['at most 131072 bytes of UTF-8'], []],
    ['numbers as words', 'Groups, one to three of them.', ['at least 1 group', 'at most 3 groups'], []],
    ['numbers as words with the unit', 'One to ten rooms.', ['at least 1 room', 'at most 10 rooms'], []],
    ['numbers of another unit', 'For one to ten days.', ['at least 1 room', 'at most 10 rooms'], ['1 to 10 rooms']],
    [
      'a part of a number',
      'At most 10 changes, at least 100 users.',
      ['at least 1', 'at most 1'],
      ['at least 1', 'at most 1'],
    ],
    ['a number without a unit', 'At most 1 change a day.', ['at most 1'], ['at most 1']],
    [
      'a part of a number of bytes',
      'At most 64 bytes of UTF-80.',
      ['at most 64 bytes of UTF-8'],
      ['at most 64 bytes of UTF-8'],
    ],
    ['a part of a choice', '`10` or `01`', ['one of 1, 0'], ['one of 1, 0']],
    ['each choice', '`1` or `0`', ['one of 0, 1'], []],
    ['each choice of a text', '`low` or `high`', ['one of "low", "high"'], []],
    ['a choice that is missing', '`1`', ['one of 0, 1'], ['one of 0, 1']],
    ['both bounds as one', 'Groups.', ['at least 1 group', 'at most 3 groups', 'each x'], ['1 to 3 groups', 'each x']],
  ])('%s', (_name, description, limits, left) => {
    expect(unsaidLimits({ description, limits })).toEqual(left)
  })
})
