/** What is recorded of a call, and for how long. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Violation } from '../../../src/core/error.js'
import { CallLog, recordOf } from '../../../src/mock/call-log.js'
import type { RecordedCall } from '../../../src/testing.js'
import { PATH } from '../../support/raw-request.js'

const OPERATION = 'sendGroupStatusMessage'
const VIOLATION = { field: 'x', keyword: 'rule', message: 'x: wrong' } as unknown as Violation
const ANSWER = { status: 200, headers: {}, body: '{}' }

type Given = Partial<Parameters<typeof recordOf>[0] & Parameters<typeof recordOf>[1]>

/** The record of a call whose body has as many characters as `size` says. */
function record({ headers = {}, body = '', ...change }: Given = {}): RecordedCall {
  const result = { operation: OPERATION, fields: {}, violations: [], path: PATH, at: 5, answer: ANSWER, ...change }
  return recordOf({ method: 'POST', path: PATH, headers, body }, result as Parameters<typeof recordOf>[1])
}

describe('a record', () => {
  test('has all that is known of a call', () => {
    const suspicions = [{ name: 'n', field: 'f', text: 't', received: 'r' }]
    expect(record({ headers: { host: 'x' }, fields: { a: '1' }, suspicions })).toEqual({
      operation: OPERATION,
      at: 5,
      method: 'POST',
      path: PATH,
      headers: { host: 'x' },
      body: { a: '1' },
      status: 200,
      answer: '{}',
      violations: [],
      suspicions,
      from: [],
    })
  })

  test('has no fields without an operation, and no suspicions where none were looked for', () => {
    expect(record({ operation: undefined, fields: { a: '1' } })).toMatchObject({ body: undefined, suspicions: [] })
    expect(record({ body: undefined }).body).toEqual({})
  })

  test('hides credentials of others, and keeps the headers as they are where there are none', () => {
    const headers = { host: 'x', signature: 's' }
    expect(record({ headers }).headers).toBe(headers)
    const secret = { authorization: 'a', 'proxy-authorization': '', cookie: 'c' }
    expect(record({ headers: { ...headers, ...secret } }).headers).toEqual({
      ...headers,
      authorization: '[hidden]',
      'proxy-authorization': '[hidden]',
      cookie: '[hidden]',
    })
    expect(record({ headers: { host: 'x', cookie: 'c' } }).headers).toEqual({ host: 'x', cookie: '[hidden]' })
  })
})

/** The least body that counts as long. */
const LONG = 'x'.repeat(4_097)

describe('the fields of a record', () => {
  const invalid = { violations: [VIOLATION] }
  const long = (length: number) => 'y'.repeat(length)

  test('are whole in a small body, also in an invalid one', () => {
    const fields = { content: long(4_000), toGroupId: Array.from({ length: 200 }, String), other: long(2_000) }
    expect(record({ fields, body: LONG.slice(1), ...invalid }).body).toEqual(fields)
  })

  test('are whole in a long body that is valid, as the contract limits them', () => {
    const fields = { content: long(4_000) }
    expect(record({ fields, body: LONG }).body).toEqual(fields)
  })

  test('that the contract does not list are shortened in a valid body, behind the others', () => {
    const fields = { [long(1_001)]: long(1_001), content: long(4_000), other: [long(1_001), long(1_000)], n: 7 }
    const { body } = record({ fields, body: LONG })
    expect(body).toEqual({
      content: long(4_000),
      [`${long(1_000)}…`]: `${long(1_000)}…`,
      other: [`${long(1_000)}…`, long(1_000)],
      n: 7,
    })
    expect(Object.keys(body as object)[0]).toBe('content')
  })

  test('are shortened in a long body that is invalid: texts, lists, and their number', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, String(i)]))
    const groups = Array.from({ length: 101 }, String)
    const { body } = record({ fields: { content: long(1_001), toGroupId: groups, ...many }, body: LONG, ...invalid })
    expect(body).toMatchObject({ content: `${long(1_000)}…`, toGroupId: groups.slice(0, 100), f0: '0', f97: '97' })
    expect(Object.keys(body as object)).toHaveLength(100)
  })

  test('are a copy, and what is no object is kept', () => {
    const fields = Object.assign(Object.create(null) as object, { a: '1' })
    const { body } = record({ fields })
    expect(body).not.toBe(fields)
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
    expect(record({ fields: undefined }).body).toBeUndefined()
  })
})

describe('the violations of a record', () => {
  test('are copied from a long body, of which they may be slices', () => {
    const violations = [VIOLATION]
    expect(record({ violations, body: LONG.slice(1) }).violations).toBe(violations)
    expect(record({ violations, body: LONG }).violations).not.toBe(violations)
    expect(record({ violations, body: LONG }).violations).toEqual(violations)
    const none: Violation[] = []
    expect(record({ violations: none, body: LONG }).violations).toBe(none)
  })
})

describe('the frames of a call with a violation', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** The frames found on a stack. `#` stands for the package's folder. */
  function framesOf(...lines: readonly string[]): readonly string[] {
    const stack = ['Error', '    at callerFrames (file:///pkg/dist/mock/call-log.js:9:9)', ...lines].join('\n')
    vi.stubGlobal(
      'Error',
      class extends Error {
        override stack = stack
      },
    )
    try {
      return record({ violations: [VIOLATION] }).from
    } finally {
      vi.unstubAllGlobals()
    }
  }

  test.each([
    ['a function', '    at send (file:///app/a.ts:1:2)', 'send (/app/a.ts:1:2)'],
    ['a function that waits', '    at async send (/app/a.ts:1:2)', 'send (/app/a.ts:1:2)'],
    ['a module', '    at file:///app/a.ts:1:2', '/app/a.ts:1:2'],
    ['a frame of other engines', 'send@file:///app/a.ts:1:2', 'send@/app/a.ts:1:2'],
    ['a folder called internals', '    at send (/app/internals/a.ts:1:2)', 'send (/app/internals/a.ts:1:2)'],
    ['a file called native.ts in words', '    at send (/app/natively.ts:1:2)', 'send (/app/natively.ts:1:2)'],
    ['a line in the tens', '    at send (/app/a.ts:10:25)', 'send (/app/a.ts:10:25)'],
    ['a file of this folder', `    at send (${process.cwd()}/a.ts:1:2)`, 'send (a.ts:1:2)'],
  ])('has %s', (_what, line, frame) => {
    expect(framesOf(line)).toEqual([frame])
  })

  test.each([
    ['this package', '    at handle (file:///pkg/dist/server.js:1:2)'],
    ['an installed package', '    at send (/app/node_modules/axios/index.js:1:2)'],
    ['Node', '    at process (node:internal/process:1:2)'],
    ['a part of the runtime', '    at process (ext:internal/x.js:1:2)'],
    ['a built-in', '    at new Promise (<anonymous>)'],
    ['a built-in at a place', '    at Array.map (native:1:2)'],
    ['a text', '    where nothing is'],
    ['a text with a place in it', '    at send (/app/a.ts:1:2) and so on'],
  ])('has none of %s', (_what, line) => {
    expect(framesOf(line, '    at mine (/app/a.ts:1:2)')).toEqual(['mine (/app/a.ts:1:2)'])
  })

  test('has the nearest three', () => {
    const lines = [1, 2, 3, 4].map((i) => `    at f${i} (/app/a.ts:${i}:1)`)
    expect(framesOf(...lines)).toEqual(['f1 (/app/a.ts:1:1)', 'f2 (/app/a.ts:2:1)', 'f3 (/app/a.ts:3:1)'])
  })

  test.each([
    ['no stack', ''],
    ['a bundle', 'Error\n    at callerFrames (/app/bundle.js:1:2)\n    at send (/app/a.ts:1:2)'],
  ])('has none with %s', (_what, stack) => {
    class Bundled extends Error {
      override stack = stack
    }
    vi.stubGlobal('Error', Bundled)
    const { from } = record({ violations: [VIOLATION] })
    vi.unstubAllGlobals()
    expect(from).toEqual([])
  })

  test('has whole paths where there is no current folder', () => {
    vi.stubGlobal('process', undefined)
    expect(framesOf('    at send (/app/a.ts:1:2)')).toEqual(['send (/app/a.ts:1:2)'])
    vi.stubGlobal('process', {})
    expect(framesOf('    at send (/app/a.ts:1:2)')).toEqual(['send (/app/a.ts:1:2)'])
  })

  test('looks far up, and leaves the limit of stack traces as it was', () => {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 1
    const deep = (depth: number): RecordedCall => (depth > 0 ? deep(depth - 1) : record({ violations: [VIOLATION] }))
    const { from } = deep(5)
    const after = Error.stackTraceLimit
    Error.stackTraceLimit = limit
    expect([after, from.length]).toEqual([1, 3])
    expect(from[0]).toMatch(/^record \(test\/unit\/mock\/call-log\.test\.ts:\d+:\d+\)$/)
  })

  test('is not looked for where a call is valid', () => {
    expect(record().from).toEqual([])
  })
})

const named = (path: string, change: Given = {}) => record({ ...change, path })
const paths = (calls: readonly RecordedCall[]) => calls.map(({ path }) => path)
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => String(from + i))

describe('the log', () => {
  test.each([1, 2, 3, 4, 5, 8])('has the last %i calls at any time', (maxCalls) => {
    const log = new CallLog(maxCalls)
    for (let i = 0; i < 30; i++) {
      log.add(named(String(i)), false)
      expect(paths(log.calls)).toEqual(names(Math.max(0, i + 1 - maxCalls), i + 1))
    }
  })

  test('has the violations of its calls, and those of calls that it no longer has', () => {
    const log = new CallLog(2)
    log.add(record({ violations: [VIOLATION, VIOLATION] }), false)
    for (let i = 0; i < 5; i++) log.add(record(), false)
    expect(log.violations).toEqual([VIOLATION, VIOLATION])
  })

  // A record of these has 2^20 characters, and a little more.
  const large = (path: string) => named(path, { answer: { ...ANSWER, body: 'x'.repeat(2 ** 20) } })

  test('has as many calls as 2^25 characters allow, and not one less', () => {
    const log = new CallLog(100)
    for (let i = 0; i < 40; i++) log.add(large(String(i)), false)
    expect(paths(log.calls)).toEqual(names(9, 40))
    // Many small ones take the place of one.
    for (let i = 40; i < 60; i++) log.add(named(String(i)), false)
    expect(paths(log.calls)).toEqual(names(9, 60))
    log.add(large('60'), false)
    expect(paths(log.calls)).toEqual(names(10, 61))
  })

  test('frees what dropped calls took', () => {
    const log = new CallLog(10)
    for (let i = 0; i < 100; i++) log.add(large(String(i)), false)
    expect(log.calls).toHaveLength(10)
  })

  test('has none of a call that is larger than all that it may have', () => {
    const log = new CallLog(10)
    log.add(named('small'), false)
    log.add(named('huge', { answer: { ...ANSWER, body: 'x'.repeat(2 ** 25) } }), false)
    expect(log.calls).toEqual([])
    log.add(named('next'), false)
    expect(paths(log.calls)).toEqual(['next'])
  })

  test('counts the fields and their names', () => {
    const log = new CallLog(1_000)
    const fields = { toGroupId: Array.from({ length: 2 ** 17 }, () => '12345678') }
    for (let i = 0; i < 20; i++) log.add(named(String(i), { fields }), false)
    expect(paths(log.calls)).toEqual(names(10, 20))
  })
})

describe('the findings', () => {
  const suspicious = { suspicions: [{ name: 'n', field: 'f', text: 't', received: 'r' }] }
  const take = (log: CallLog, isExpected = (_: RecordedCall) => false) => {
    const { violating, suspicious: suspect, reached, ...counts } = log.takeFindings(isExpected)
    return { ...counts, violating: paths(violating), suspicious: paths(suspect), reached: reached.lines }
  }
  const filled = () => {
    const log = new CallLog(2)
    log.add(named('fine', { fields: { toGroupId: ['a'] } }), false)
    for (const path of ['1', '2', '3']) log.add(named(path, { violations: [VIOLATION] }), false)
    for (const path of ['4', '5', '6', '7']) log.add(named(path, suspicious), false)
    log.add(named('expected', { violations: [VIOLATION], ...suspicious }), true)
    return log
  }
  const NONE = {
    total: 0,
    violating: [],
    violatingCount: 0,
    suspicious: [],
    suspiciousCount: 0,
    reached: [],
  }

  test('are those since the last ones', () => {
    const log = filled()
    expect(take(log)).toEqual({
      total: 9,
      violating: ['2', '3'],
      violatingCount: 3,
      suspicious: ['6', '7'],
      suspiciousCount: 4,
      reached: ['toGroupId a'],
    })
    expect(take(log)).toEqual(NONE)
    for (const path of ['8', '9', '10']) log.add(named(path, { violations: [VIOLATION] }), false)
    expect(take(log)).toMatchObject({ total: 3, violating: ['9', '10'], violatingCount: 3 })
    expect(paths(log.calls)).toEqual(['9', '10'])
  })

  test('leave out calls whose violations were expected since', () => {
    expect(take(filled(), ({ path }) => path === '2')).toMatchObject({ violating: ['3'], violatingCount: 2 })
  })

  test('count a call with violations as such, though it is suspicious too', () => {
    const log = new CallLog(2)
    log.add(named('both', { violations: [VIOLATION], ...suspicious }), false)
    expect(take(log)).toMatchObject({ violating: ['both'], suspicious: [], suspiciousCount: 0 })
  })

  test('are gone after a reset, with all calls', () => {
    const log = filled()
    log.reset()
    expect([log.calls, log.violations, take(log)]).toEqual([[], [], NONE])
    for (const path of ['8', '9', '10']) log.add(named(path, { violations: [VIOLATION], ...suspicious }), false)
    expect([paths(log.calls), log.violations.length]).toEqual([['9', '10'], 2])
    expect(take(log)).toMatchObject({ total: 3, violating: ['9', '10'], violatingCount: 3 })
  })
})
