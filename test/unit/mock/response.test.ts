/** How the mock makes an answer: from a template, from violations, and from a scenario. */
import { describe, expect, test } from 'vitest'
import { mockTables } from '../../../src/core/contract.js'
import { type Violation, violation } from '../../../src/core/error.js'
import { answer, build, refusal, scenarioAnswer } from '../../../src/mock/response.js'
import { createMockApi } from '../../../src/testing.js'

test('a list inside another takes the item at hand of both', () => {
  const pair = { object: { user: { value: 'userId' }, room: { value: 'roomId' } } }
  const template = { each: 'userId', item: { each: 'roomId', item: pair } }
  expect(build(template, { userId: ['ann', 'bob'], roomId: ['lobby'] }, () => 0)).toEqual([
    [{ user: 'ann', room: 'lobby' }],
    [{ user: 'bob', room: 'lobby' }],
  ])
})

test('outside its list, a field is the whole list', () => {
  const template = {
    object: { users: { value: 'userId' }, each: { each: 'userId', item: { value: 'userId' } } },
  }
  expect(build(template, { userId: ['ann', 'bob'] }, () => 0)).toEqual({ users: ['ann', 'bob'], each: ['ann', 'bob'] })
})

test.each([
  [{ each: 'roomId', item: { value: 'roomId' } }, { roomId: 'lobby' }, ['lobby']],
  [{ each: 'roomId', item: { value: 'roomId' } }, {}, []],
])('a list is made of one value, and of none: %j, %j', (template, fields, made) => {
  expect(build(template, fields, () => 0)).toEqual(made)
})

test.each([
  [0, 'x-aaa-00'],
  [1, 'x-aaa-01'],
  [4, 'x-aab-00'],
  [31, 'x-bbb-11'],
  // What does not fit is left out.
  [32, 'x-aaa-00'],
])('a new text is the counter in the alphabets of its recipe: %i', (counter, text) => {
  const recipe = ['x-', { alphabet: 'ab', length: 3 }, '-', { alphabet: '01', length: 2 }]
  expect(build({ text: recipe }, {}, () => counter)).toBe(text)
})

test('an answer without a body has none, and so has a status that allows none', () => {
  expect(answer(200, undefined).body).toBe('')
  expect([204, 205, 304].map((status) => answer(status, { code: 200 }).body)).toEqual(['', '', ''])
  expect(answer(206, { code: 200 }).body).toBe('{"code":200}')
})

describe('the header with the violations', () => {
  const headerOf = (violations: readonly Violation[]) => {
    const header = refusal(undefined, '/x', violations).headers['x-contract-violations'] ?? ''
    return { header, listed: JSON.parse(header) as Violation[] }
  }
  const many = (count: number, received: string) =>
    Array.from({ length: count }, (_, i) => violation(`f${i}`, 'type', 'text', received))

  test.each([
    [1, 1],
    [5, 5],
    [7, 5],
  ])('lists at most five: of %i it lists %i', (count, listed) => {
    expect(headerOf(many(count, '1')).listed).toEqual(many(listed, '1'))
  })

  test('lists as many as fit in 6000 characters', () => {
    expect(headerOf(many(5, 'x'.repeat(1_100))).listed).toEqual(many(2, 'x'.repeat(1_100)))
    const [one] = many(1, '')
    // The text stands in `received` and in `message`.
    const room = 6_000 - JSON.stringify([one]).length
    expect(room % 2).toBe(0)
    const fits = many(1, 'x'.repeat(room / 2))
    expect(headerOf(fits)).toEqual({ header: JSON.stringify(fits), listed: fits })
  })

  test('shortens the texts of the first one that is too long by itself', () => {
    const { header, listed } = headerOf(many(3, 'x'.repeat(9_000)))
    expect(header.length).toBeLessThan(1_000)
    expect(listed).toEqual([{ ...many(1, '')[0], received: expect.any(String), message: expect.any(String) }])
    expect(listed[0]?.received).toMatch(/^x{190,}…/)
  })

  test('is ASCII, and reads as what it was', () => {
    const { header, listed } = headerOf(many(1, 'ü\u0001中😀'))
    expect(header).toContain(String.raw`\u00fc\u0001\u4e2d\ud83d\ude00`)
    expect(listed).toEqual(many(1, 'ü\u0001中😀'))
  })
})

test('an answer has a delay and a fault only where the scenario has them', () => {
  const [operation = ''] = Object.keys(mockTables)
  const table = mockTables[operation as keyof typeof mockTables]
  const [name = ''] = Object.keys(table.examples)
  const call = { fields: {}, next: () => 0 }
  expect(Object.keys(scenarioAnswer(table, name, call))).toEqual(['status', 'headers', 'body'])
  expect(scenarioAnswer(table, { example: name, delay: 0, fault: 'reset' }, call)).toMatchObject({
    delay: 0,
    fault: 'reset',
  })
})

describe('an answer of your own', () => {
  const api = createMockApi({ appKey: 'key', appSecret: 'secret' })
  const set = (custom: object) => () => api.respondOnce('sendGroupStatusMessage', custom)

  test.each([
    [{ status: 599 }],
    [{ delay: 2_147_483_647 }],
    [{ headers: { 'x-connection': '1', 'trailer-x': '1', 'my-upgrade': '1' } }],
  ])('may have %j', (custom) => {
    expect(set(custom)).not.toThrow()
  })

  test.each([
    [{ status: 600 }, /^"status" must be a whole number from 200 to 599\. Received 600$/],
    [{ delay: 2_147_483_648 }, /^"delay" must be milliseconds, from 0 to 2147483647\. Received 2147483648$/],
    [{ headers: { Connection: 'close' } }, /^"headers" must not contain "connection", which the server sets$/],
  ])('must not have %j', (custom, message) => {
    expect(set(custom)).toThrow(message)
  })
})

describe('an example of a success', () => {
  const exampleOf = (body: unknown, template: unknown) => {
    const table = { success: { status: 200, body: template }, examples: { one: { status: 200, body } } }
    const call = { fields: { userId: 'ann', roomId: ['lobby', 'hall'] }, next: () => 0 }
    return JSON.parse(scenarioAnswer(table as never, 'one', call).body) as unknown
  }
  const value = { value: 'userId' }
  const each = { each: 'roomId', item: { object: { room: { value: 'roomId' } } } }
  const rooms = [{ room: 'lobby' }, { room: 'hall' }]

  test.each([
    ['a value of the call', 'bob', value, 'ann'],
    ['an entry for each item', [{ room: 'x' }], each, rooms],
    [
      'parts of both',
      { who: 'bob', rooms: [], more: 1 },
      { object: { who: value, rooms: each } },
      { who: 'ann', rooms, more: 1 },
    ],
    ['parts of parts', { in: { who: 'bob' } }, { object: { in: { object: { who: value } } } }, { in: { who: 'ann' } }],
    ['no part that it lacks', { more: 1 }, { object: { who: value } }, { more: 1 }],
    ['itself, where it is no object', 'plain', { object: { who: value } }, 'plain'],
    ['itself, where it is a list', [1], { is: [2] }, [1]],
    ['itself, where nothing says how to make it', { who: 'bob' }, undefined, { who: 'bob' }],
    ['itself, where a text is made', 'ABC', { text: ['x'] }, 'ABC'],
  ])('has %s', (_what, body, template, made) => {
    expect(exampleOf(body, template)).toEqual(made)
  })
})
