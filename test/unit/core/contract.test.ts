import { afterEach, expect, test } from 'vitest'
import {
  costOf,
  isSuccess,
  maxCostOf,
  type Operation,
  operations,
  signatureNames,
  signingHeaders,
} from '../../../src/core/contract.js'

const NAME = 'sendGroupStatusMessage'
const table = operations as Record<typeof NAME, Operation>
const real = operations[NAME]
const { rateLimit: _, ...free } = real
const LIMIT = { limit: 20, period: 1_000 }

afterEach(() => {
  table[NAME] = real
})

test.each<readonly [cost: number, fields: unknown, operation: Operation]>([
  [2, { list: ['a', 'b'] }, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { list: ['a'] }, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { list: [] }, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { list: 'ab' }, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { other: ['a', 'b'] }, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, undefined, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, null, { ...free, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { list: ['a', 'b'], undefined: ['a', 'b'] }, { ...free, rateLimit: LIMIT }],
  [1, { list: ['a', 'b'] }, free],
])('a call costs %i message(s), by the list that its limit names: %j', (cost, fields, operation) => {
  table[NAME] = operation
  expect(costOf(NAME, fields)).toBe(cost)
})

test.each<readonly [says: boolean, marks: Operation['success']['marks'], status: number, body: unknown]>([
  [true, { code: [200] }, 200, { code: 200 }],
  [false, { code: [200] }, 201, { code: 200 }],
  [false, { code: [200] }, 200, { code: 1004 }],
  [false, { code: [200] }, 200, undefined],
  [true, { code: [200], state: ['a', 'b'] }, 200, { code: 200, state: 'b' }],
  [false, { code: [200], state: ['a', 'b'] }, 200, { code: 200, state: 'c' }],
  [false, { code: [200], state: ['a', 'b'] }, 200, { state: 'a' }],
  [true, {}, 200, undefined],
  [true, {}, 200, { code: 200 }],
  [true, {}, 200, { code: '1004' }],
  [false, {}, 200, { code: 1004 }],
  [false, {}, 201, { code: 201 }],
])('it is %j that an answer is a success, with the marks %j, HTTP %i and %j', (says, marks, status, body) => {
  expect(isSuccess({ ...real, success: { status: 200, marks } }, status, body)).toBe(says)
})

test.each([
  [true, undefined],
  [true, {}],
  [true, { code: 200 }],
  [true, { code: 201 }],
  [false, { code: 202 }],
  // Of a code with values of its own, a text is no exception.
  [false, { code: '9' }],
])('it is %j that an answer is a success, with the codes 200 and 201, HTTP 202 and %j', (says, body) => {
  expect(isSuccess({ ...real, success: { status: 202, marks: {}, codes: [200, 201] } }, 202, body)).toBe(says)
})

test.each<[most: number, change: Partial<Operation>]>([
  [5, { batch: { field: 'list', size: 5 }, rateLimit: { ...LIMIT, cost: 'list' } }],
  [1, { batch: { field: 'list', size: 5 }, rateLimit: { ...LIMIT, cost: 'other' } }],
  [1, { batch: { field: 'list', size: 5 }, rateLimit: LIMIT }],
  [1, { batch: { field: 'list', size: 5 } }],
  [1, { rateLimit: LIMIT }],
  [1, {}],
])('a call costs at most %i message(s): %j', (most, change) => {
  const { batch: _batch, rateLimit: _rateLimit, ...rest } = real
  table[NAME] = { ...rest, ...change } as Operation
  expect(maxCostOf(NAME)).toBe(most)
})

test('the headers that sign a call, with the prefix that the vendor now writes', () => {
  expect(signingHeaders.map(({ part, name, written, names }) => [part, name, written, names])).toEqual(
    [
      ['appKey', 'App-Key'],
      ['nonce', 'Nonce'],
      ['timestamp', 'Timestamp'],
      ['signature', 'Signature'],
    ].map(([part, name = '']) => [part, name, [name, `RC-${name}`], [name.toLowerCase(), `rc-${name.toLowerCase()}`]]),
  )
  expect(signatureNames).toEqual(['signature', 'rc-signature'])
})
