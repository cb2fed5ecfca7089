/** The error of all calls: its facts, its copies, and that it never contains the App Secret. */
import { describe, expect, test } from 'vitest'
import {
  type ErrorFacts,
  isRongCloudError,
  messageOf,
  mustBeFunction,
  RongCloudError,
  redacted,
  withFacts,
} from '../../../src/core/error.js'
import { createGuard } from '../../../src/core/redact.js'

describe('an error', () => {
  test('with only a kind says that nothing was sent', () => {
    const error = new RongCloudError('x', { kind: 'usage' })
    expect({ ...error }).toEqual({
      name: 'RongCloudError',
      kind: 'usage',
      attempts: 0,
      processed: 'no',
      retryable: false,
      violations: [],
    })
    expect(error.headers).toBeUndefined()
    expect(Object.hasOwn(error, 'cause')).toBe(false)
  })

  test('has all its other facts when one fact or the message changes', () => {
    const headers = new Headers({ a: 'b' })
    const facts: ErrorFacts = {
      kind: 'api',
      code: 1,
      status: 400,
      requestId: 'r',
      host: 'h',
      attempts: 2,
      processed: 'unknown',
      retryable: true,
      violations: [{ field: 'f', keyword: 'k', expected: 'e', received: 'r', message: 'm' }],
      wait: 3,
    }
    const cause = new Error('cause')
    const error = new RongCloudError('x', { ...facts, headers }, cause)
    const changed = withFacts(error, { status: 500 })
    expect(changed.toJSON()).toEqual({ ...facts, name: 'RongCloudError', message: 'x', status: 500 })
    expect([changed.headers, changed.cause]).toEqual([headers, cause])
    expect(withFacts(error, {}, 'y').toJSON()).toEqual({ ...facts, name: 'RongCloudError', message: 'y' })
  })

  test.each([
    [new RongCloudError('x', { kind: 'api' }), true],
    [{ name: 'RongCloudError', kind: 'api' }, true],
    [{ name: 'RongCloudError' }, false],
    [{ kind: 'api' }, false],
    [{ name: 'Error', kind: 'api' }, false],
    [Object.assign(() => {}, { kind: 'api' }), false],
    ['RongCloudError', false],
    [null, false],
    [undefined, false],
  ])('is recognised by name and kind: %j', (value, expected) => {
    expect(isRongCloudError(value)).toBe(expected)
  })
})

test.each([
  [new Error('x'), 'x'],
  [{ message: 5 }, '5'],
  [{ message: null }, '[object Object]'],
  ['text', 'text'],
  [Symbol('x'), 'Symbol(x)'],
  [null, 'null'],
  [undefined, 'undefined'],
  [Object.create(null), 'a value that cannot be converted to text'],
])('any thrown value has a message: %#', (thrown, words) => {
  expect(messageOf(thrown)).toBe(words)
})

test('a value that is not a function is refused by its name', () => {
  expect(() => mustBeFunction('fetch', 'x')).toThrow(new TypeError('"fetch" must be a function. Received string'))
  expect(() => mustBeFunction('fetch', null)).toThrow(new TypeError('"fetch" must be a function. Received object'))
  for (const value of [undefined, () => {}]) expect(() => mustBeFunction('fetch', value)).not.toThrow()
})

describe('without the App Secret', () => {
  const SECRET = 'canary-secret'
  const { redact } = createGuard(SECRET)
  const without = (cause: unknown, facts: object = {}) =>
    redacted(new RongCloudError('x', { kind: 'api', ...facts }, cause), redact)

  test.each([
    ['no cause', undefined],
    ['a text', 'lost'],
    ['an error', new Error('lost', { cause: new Error('reset', { cause: 'why' }) })],
    ['an error for each address', new AggregateError([new Error('one'), new Error('two')], 'lost')],
    ['an error with a list that is none', Object.assign(new Error('lost'), { errors: 'none' })],
    ['an object', { any: 'thing' }],
    ['null', null],
  ])('an error that does not contain it is not copied: %s', (_name, cause) => {
    const error = new RongCloudError('x', { kind: 'api', headers: new Headers({ a: 'b' }) }, cause)
    expect(redacted(error, redact)).toBe(error)
  })

  test('a copy has all facts, masked', () => {
    const error = new RongCloudError(`a ${SECRET}`, { kind: 'api', status: 400, host: SECRET, attempts: 2 }, 'cause')
    const copy = redacted(error, redact)
    expect(copy).toMatchObject({
      message: 'a [App Secret]',
      kind: 'api',
      status: 400,
      host: '[App Secret]',
      attempts: 2,
    })
    expect(copy.cause).toBe('cause')
  })

  test('header values are masked, and header names that contain it are removed', () => {
    const headers = new Headers({ 'x-a': `is ${SECRET}`, [`x-${SECRET}`]: 'x', [`${SECRET}-x`]: 'x', 'x-b': 'b' })
    const copy = without(undefined, { headers })
    expect([...(copy.headers ?? [])]).toEqual([
      ['x-a', 'is [App Secret]'],
      ['x-b', 'b'],
    ])
  })

  test('objects and properties of errors in a cause are masked', () => {
    expect(without({ any: [SECRET] }).cause).toEqual({ any: ['[App Secret]'] })
    const copy = without(Object.assign(new Error('lost'), { code: 'E', config: { headers: [SECRET] } })).cause
    expect(copy).toMatchObject({ message: 'lost', code: 'E', config: { headers: ['[App Secret]'] } })
  })

  class Foreign {
    readonly text = 'x'
  }
  test.each<readonly [what: string, value: unknown]>([
    ['a Map', new Map([['a', SECRET]])],
    ['a Set', new Set([SECRET])],
    ['Headers', new Headers({ a: SECRET })],
    ['URLSearchParams', new URLSearchParams({ a: SECRET })],
    ['a Request', new Request('http://x', { headers: { a: SECRET } })],
    ['a function', Object.assign(() => {}, { a: SECRET })],
    ['bytes', new TextEncoder().encode(SECRET)],
    ['a symbol', Symbol(SECRET)],
    ['an object of a class', new Foreign()],
  ])('%s in a cause cannot be searched, and is left out', (_what, value) => {
    expect(without(value).cause).toBeUndefined()
    const copy = without(Object.assign(new TypeError('lost'), { code: 'E', value, list: [1, value] })).cause as Error
    expect(copy).toMatchObject({ name: 'TypeError', message: 'lost', code: 'E', list: [1] })
    expect(Object.keys(copy)).toEqual(['code', 'list'])
    const named = without(Object.assign(new TypeError('lost'), { [Symbol('s')]: value })).cause as Error
    expect(Object.getOwnPropertySymbols(named)).toEqual([])
  })

  test('a mark under a symbol, as undici has it, is no reason for a copy', () => {
    const cause = Object.assign(new Error('lost'), { [Symbol('undici')]: true, at: 1, fine: null, own: undefined })
    expect(without(cause).cause).toBe(cause)
  })

  test.each([
    ['has a message', { message: SECRET }],
    ['has a stack', { stack: SECRET }],
    ['has no prototype', Object.assign(Object.create(null) as object, { message: SECRET })],
  ])('an object that %s is no error, and its copy is an object', (_what, thrown) => {
    const { cause } = without(thrown)
    expect(cause).not.toBeInstanceOf(Error)
    expect(Object.entries(cause as object)).toEqual(Object.entries(thrown).map(([name]) => [name, '[App Secret]']))
  })

  test('a copy has what was enumerable, and no more', () => {
    const thrown = Object.defineProperty({ shown: SECRET }, 'hidden', { value: SECRET, enumerable: false })
    const { cause } = without({ thrown, error: Object.assign(new Error(SECRET), { code: 'E' }) })
    expect(Object.keys((cause as { thrown: object }).thrown)).toEqual(['shown'])
    expect(Object.keys((cause as { error: object }).error)).toEqual(['code'])
  })

  test('a cause is searched however deep it is, and each object in it once', () => {
    let deep: object = { a: SECRET }
    for (let depth = 0; depth < 50; depth++) deep = { deep, again: deep }
    const cause = Object.assign(new AggregateError([], 'round'), { deep })
    for (let i = 0; i < 50; i++) cause.errors.push(cause)
    const copy = without(cause).cause as AggregateError & { deep: Record<string, unknown> }
    expect(copy.errors).toHaveLength(50)
    expect(copy.errors[0]).toBe(copy)
    let inner: unknown = copy.deep
    for (let depth = 0; depth < 50; depth++) inner = (inner as Record<string, unknown>)['again']
    expect(inner).toEqual({ a: '[App Secret]' })
  })

  test('all errors and texts in a cause are masked', () => {
    expect(without(`lost ${SECRET}`).cause).toBe('lost [App Secret]')
    const innermost = new Error(`reset ${SECRET}`)
    const one = new Error('one')
    const two = Object.assign(new Error(`two ${SECRET}`), { name: SECRET })
    const cause = Object.assign(new Error('lost', { cause: innermost }), { name: 'LostError', errors: [one, two] })
    const copy = without(cause).cause as Error & { readonly errors: readonly Error[] }
    expect(copy).toMatchObject({ name: 'LostError', message: 'lost', stack: cause.stack })
    expect(copy.cause).toMatchObject({ message: 'reset [App Secret]' })
    expect(copy.errors[0]).toMatchObject({ name: 'Error', message: 'one' })
    expect(copy.errors[1]).toMatchObject({ name: '[App Secret]', message: 'two [App Secret]' })
    expect(copy.errors[1]?.stack).not.toContain(SECRET)
    expect(Object.hasOwn(copy.cause as Error, 'errors')).toBe(false)
    expect(Object.hasOwn(copy.cause as Error, 'cause')).toBe(false)
  })

  test('a cause that contains it only in its list of errors is copied with that list', () => {
    const copy = without(new AggregateError([new Error('one'), new Error(SECRET)], 'lost')).cause as AggregateError
    expect(copy.errors).toMatchObject([{ message: 'one' }, { message: '[App Secret]' }])
  })

  test('circular lists of errors end', () => {
    const cause = Object.assign(new Error('round'), { errors: [] as Error[] })
    cause.errors.push(cause)
    expect(without(cause).cause).toBe(cause)
  })

  test('circular causes end', () => {
    const cause = new Error(`round ${SECRET}`)
    cause.cause = cause
    let copy: unknown = without(cause)
    for (let depth = 0; depth <= 10; depth++) {
      copy = (copy as Error).cause
      expect(copy).toMatchObject({ message: 'round [App Secret]' })
    }
  })
})
