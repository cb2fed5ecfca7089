/** What counts as an object. */
import { expect, test } from 'vitest'
import { isObject, isRecord } from '../../../src/core/record.js'

test.each([
  ['an object', {}, true, true],
  ['an object without a prototype', Object.create(null), true, true],
  ['a list', [], true, false],
  ['null', null, false, false],
  ['nothing', undefined, false, false],
  ['a text', 'x', false, false],
  ['a number', 1, false, false],
  ['a function', () => {}, false, false],
])('%s', (_, value, hasFields, isOne) => {
  expect([isRecord(value), isObject(value)]).toEqual([hasFields, isOne])
})
