/** Messages of violations, for values and schemas that no operation of the contract has. */
import { describe, expect, test, vi } from 'vitest'
import { type Misfit, requests, type Validate } from '#validators'
import { check, violationsOf } from '../../../src/core/validate.js'

/** A validator that refuses every value for these reasons. */
const refusing = (...errors: Misfit[]): Validate => Object.assign(() => false, { errors })
const at = (instancePath: string, keyword = 'type', expected = 'something else'): Misfit => ({
  instancePath,
  keyword,
  expected,
})
const only = (value: unknown, misfit: Misfit, root?: string) => violationsOf(refusing(misfit), value, root)[0]

describe('the received value is described', () => {
  test.each([
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a list', [1, 2], 'a list of 2'],
    ['an object', { secret: 'x' }, 'an object'],
    ['a function', () => 1, 'a function'],
    ['a big integer', 1n, 'a bigint'],
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a number', -1.5, '-1.5'],
    ['what JSON writes as null: no number', Number.NaN, 'NaN'],
    ['what JSON writes as null: an endless number', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['a short text', 'x'.repeat(38), `"${'x'.repeat(38)}"`],
    ['a long text', 'x'.repeat(39), `"${'x'.repeat(39)}…`],
  ])('in a few characters: %s', (_name, value, received) => {
    expect(only({ a: value }, at('/a'))?.received).toBe(received)
  })

  test.each([
    ['minLength', '中😀', '2'],
    ['maxLength', '中😀', '2'],
    ['minItems', ['a', 'b', 'c'], '3'],
    ['maxItems', ['a', 'b', 'c'], '3'],
    ['x-max-bytes', '中😀', '7'],
    ['uniqueItems', ['a', 'a'], 'some twice'],
    ['minimum', 12, '12'],
    // A rule for the names of an object is reported at the object.
    ['maxLength', {}, 'an object'],
    ['x-max-bytes', {}, 'an object'],
  ])('as a count, where %s asks for one', (keyword, value, received) => {
    expect(only({ a: value }, at('/a', keyword))?.received).toBe(received)
  })
})

describe('the field is written in the form a.b[1]', () => {
  const value = { list: [{ 'a/b~c': 1 }], gone: null, long: { ['k'.repeat(65)]: 1, ['k'.repeat(64)]: 1 } }

  test.each([
    ['', '', 'body', 'an object'],
    ['', 'content', 'content', 'an object'],
    ['/list', '', 'list', 'a list of 1'],
    ['/list/0', 'content', 'content.list[0]', 'an object'],
    ['/list/0/a~1b~0c', '', 'list[0].a/b~c', '1'],
    ['/gone/deep/deeper', '', 'gone.deep.deeper', 'nothing'],
    [`/long/${'k'.repeat(64)}`, '', `long.${'k'.repeat(64)}`, '1'],
    [`/long/${'k'.repeat(65)}`, '', `long.${'k'.repeat(64)}…`, '1'],
  ])('%s below "%s"', (pointer, root, field, received) => {
    expect(only(value, at(pointer), root)).toMatchObject({ field, received })
  })
})

describe('of many violations', () => {
  test('the first twenty are reported', () => {
    const misfits = Array.from({ length: 30 }, (_, i) => at(`/f${i}`))
    expect(violationsOf(refusing(...misfits), {}).map(({ field }) => field)).toEqual(
      Array.from({ length: 20 }, (_, i) => `f${i}`),
    )
  })

  test('the list comes before its items, the object before its fields', () => {
    const misfits = [at('/a/0/x'), at('/b/0'), at('/a'), at('/c/1'), at('')]
    expect(violationsOf(refusing(...misfits), { a: [{}], b: [1], c: [1, 2] }).map(({ field }) => field)).toEqual([
      'body',
      'a',
      'b[0]',
      'c[1]',
      'a[0].x',
    ])
  })

  test('a value of a wrong type has no other violation', () => {
    const misfits = [at('/a', 'enum'), at('/a'), at('/a', 'x-max-bytes'), at('/b', 'enum')]
    expect(violationsOf(refusing(...misfits), { a: 1, b: 2 }).map(({ field, keyword }) => [field, keyword])).toEqual([
      ['a', 'type'],
      ['b', 'enum'],
    ])
  })
})

test('a valid value has no violations, also after an invalid one', () => {
  expect(
    violationsOf(
      Object.assign(() => true, { errors: [at('')] }),
      {},
    ),
  ).toEqual([])
})

const messages = (fields: unknown, options = {}) =>
  check('sendGroupStatusMessage', fields, {}, options).map(({ message }) => message)

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['text', '"text"'],
  [[], 'a list of 0'],
])('a value that is not an object is reported as such: %j', (fields, received) => {
  expect(messages(fields)).toEqual([`body: an object, got ${received}`])
})

describe('the message inside', () => {
  const FIELDS = { fromUserId: '1', toGroupId: ['2'] }

  test.each(['toString', 'constructor', '__proto__'])('is not checked when the type is called %s', (objectName) => {
    expect(messages({ ...FIELDS, objectName, content: 'not JSON' })).toEqual([])
  })

  test('is not checked when its type or its text is not a string', () => {
    const inside = (objectName: unknown, content: unknown) => messages({ ...FIELDS, objectName, content })
    expect(inside(['RC:TxtMsg'], 'not JSON')).toEqual(['objectName: a string, got a list of 1'])
    expect(inside('RC:TxtMsg', 5)).toEqual(['content: a string, got 5'])
    expect(inside('RC:TxtMsg', '')).toEqual(['content: at least 1 character, got 0'])
  })

  test('is not required when a contract lets it be missing', () => {
    const lenient = vi.spyOn(requests as Record<string, Validate>, 'sendGroupStatusMessage').mockReturnValue(true)
    expect(messages({ objectName: 'RC:TxtMsg' })).toEqual([])
    lenient.mockRestore()
  })

  test('that is not JSON is reported with the rule that requires JSON', () => {
    const [violation, ...others] = check(
      'sendGroupStatusMessage',
      { ...FIELDS, objectName: 'RC:TxtMsg', content: '{' },
      {},
    )
    expect(violation).toMatchObject({ field: 'content', keyword: 'x-message-types' })
    expect(violation?.message).toBe('content: the JSON of RC:TxtMsg, got text that is not JSON: "{"')
    expect(others).toEqual([])
  })

  test('is reported together with violations in other fields', () => {
    expect(messages({ ...FIELDS, toGroupId: [], objectName: 'RC:TxtMsg', content: '{}' })).toEqual([
      'toGroupId: at least 1 group in one call, got 0',
      'content.content: required, got nothing',
    ])
  })
})

test('allowing a reserved type does not hide other violations', () => {
  const fields = { fromUserId: '', toGroupId: ['2'], objectName: 'RC:Newer', content: 'x' }
  expect(messages(fields)).toHaveLength(2)
  expect(messages(fields, { allowUnknownTypes: true })).toEqual(['fromUserId: at least 1 character, got 0'])
})

describe('a missing field', () => {
  test.each([
    [{ fromUserID: '1' }, '"fromUserID" in its place'],
    [{ from_user_id: '1' }, '"from_user_id" in its place'],
    [{ 'fromUserId[]': '1' }, '"fromUserId[]" in its place'],
    [{ fromUserID: undefined }, 'nothing'],
    [{ fromUserId: undefined }, 'nothing'],
    [{ sender: '1' }, 'nothing'],
  ])('in %j is received as %s', (fields, received) => {
    expect(check('sendGroupStatusMessage', fields, {})[0]).toMatchObject({ field: 'fromUserId', received })
  })
})
