/** `verify()`: expected violations, unused answers, suspicious calls, and the groups that the calls have reached. */
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { type MockTable, mockTables } from '../../../src/core/contract.js'
import { createObservedMock, type Observer } from '../../../src/mock/mock-api.js'
import type { Findings } from '../../../src/mock/report.js'
import { Scenarios } from '../../../src/mock/scenarios.js'
import {
  ContractViolationError,
  createMockApi,
  type MockApi,
  type MockApiOptions,
  type RecordedCall,
} from '../../../src/testing.js'
import { form, KEYS, PATH, raw, withPairs } from '../../support/raw-request.js'

const OPERATION = 'sendGroupStatusMessage'
const open = (options: Partial<MockApiOptions> = {}) => createMockApi({ ...KEYS, rateLimit: false, ...options })

/** A request with header names as the mock takes them. */
function plain(body: string = raw().body) {
  const { headers, ...rest } = raw({ body })
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return { ...rest, headers: lower }
}

const call = (api: MockApi, body?: string): number => api.handle(plain(body)).status

const groups = (...ids: string[]) =>
  withPairs(
    ['toGroupId'],
    ids.map((id) => ['toGroupId', id] as const),
  )

function report(api: MockApi): string {
  try {
    api.verify()
    return ''
  } catch (error) {
    if (error instanceof ContractViolationError) return error.message
    throw error
  }
}

describe('expectViolation', () => {
  const api = open()
  afterEach(() => api.reset())

  test('removes the call from the report, but the call is still refused', () => {
    api.expectViolation('maxItems', { field: 'toGroupId' })
    expect(call(api, groups('1', '2', '3', '4'))).toBe(400)
    expect(report(api)).toBe('')
    expect(api.violations).toMatchObject([{ keyword: 'maxItems' }])
  })

  test('may come after the call, and is cleared by verify', () => {
    call(api, groups('1', '2', '3', '4'))
    api.expectViolation('maxItems')
    expect(report(api)).toBe('')
    call(api, groups('1', '2', '3', '4'))
    expect(report(api)).toContain('toGroupId: at most 3 groups')
  })

  test.each([
    ['another keyword', 'minItems', undefined],
    ['another field', 'maxItems', 'fromUserId'],
    ['a field whose name only begins alike', 'maxItems', 'toGroup'],
  ])('does not cover %s', (_what, keyword, field) => {
    api.expectViolation(keyword, field === undefined ? {} : { field })
    call(api, groups('1', '2', '3', '4'))
    const text = report(api)
    expect(text).toContain('1 of 1 calls off the contract')
    expect(text).toContain(`expected 1 call with the violation ${keyword}${field ? ` at ${field}` : ''}, got 0`)
  })

  test('covers a place inside its field', () => {
    api.expectViolation('minLength', { field: 'toGroupId' })
    call(api, groups('1', ''))
    expect(report(api)).toBe('')
  })

  test('covers a call only if all its violations are expected', () => {
    api.expectViolation('maxItems')
    const body = withPairs(
      ['toGroupId', 'fromUserId'],
      ['1', '2', '3', '4'].map((id) => ['toGroupId', id] as const),
    )
    call(api, body)
    expect(report(api)).toMatch(/^1 of 1 calls off/)
    api.expectViolation('maxItems')
    api.expectViolation('required', { field: 'fromUserId' })
    call(api, body)
    expect(report(api)).toBe('')
  })

  const AT_GROUPS = { field: 'toGroupId' }
  test.each<[string, { readonly field?: string; readonly times?: number }[]]>([
    ['the same twice', [{}, {}]],
    ['the same field twice', [AT_GROUPS, AT_GROUPS]],
    ['any field, then one', [{}, AT_GROUPS]],
    ['a field, then any', [AT_GROUPS, {}]],
    ['once, then twice', [{}, { times: 2 }]],
  ])('set more than once counts once for each call: %s', (_what, all) => {
    const calls = all.reduce((sum, { times = 1 }) => sum + times, 0)
    for (const one of all) api.expectViolation('maxItems', one)
    for (let i = 0; i < calls; i++) call(api, groups('1', '2', '3', '4'))
    expect(report(api)).toBe('')
    for (const one of all) api.expectViolation('maxItems', one)
    for (let i = 0; i < calls - 1; i++) call(api, groups('1', '2', '3', '4'))
    expect(report(api)).toContain('with the violation maxItems')
  })

  type Step = 'call' | 'expect'
  test.each<[Step[], string]>([
    [['expect', 'call', 'call', 'expect'], ''],
    [['call', 'expect', 'expect', 'call'], ''],
    [['call', 'call', 'expect', 'expect'], ''],
    [['expect', 'call', 'call'], 'expected 1 call with the violation maxItems, got 2'],
    [['expect', 'call', 'expect'], 'expected 1 call with the violation maxItems, got 0'],
  ])('may be set before and after calls: %j', (steps, message) => {
    const step = { call: () => call(api, groups('1', '2', '3', '4')), expect: () => api.expectViolation('maxItems') }
    for (const name of steps) step[name]()
    const text = report(api)
    if (message === '') expect(text).toBe('')
    else expect(text).toContain(message)
  })

  test.each([
    ['before', 6, 6, ''],
    ['before', 6, 7, 'expected 6 calls with the violation maxItems, got 7'],
    ['before', 6, 5, 'expected 6 calls with the violation maxItems, got 5'],
  ])('set %s counts calls that are no longer kept: %i times, %i calls', (_when, times, calls, message) => {
    const small = open({ maxCalls: 3 })
    small.expectViolation('maxItems', { times })
    for (let i = 0; i < calls; i++) call(small, groups('1', '2', '3', '4'))
    const text = report(small)
    if (message === '') expect(text).toBe('')
    else expect(text).toContain(message)
  })

  test('for any field leaves the one for a field to calls with that field', () => {
    api.expectViolation('minLength')
    api.expectViolation('minLength', AT_GROUPS)
    call(api, groups('1', ''))
    call(api, withPairs(['fromUserId'], [['fromUserId', '']]))
    expect(report(api)).toBe('')
  })

  test.each([
    [1, 2, 'expected 2 calls with the violation maxItems, got 1'],
    [2, 1, 'expected 1 call with the violation maxItems, got 2'],
  ])('counts exactly: %i calls, %i times', (calls, times, message) => {
    api.expectViolation('maxItems', { times })
    for (let i = 0; i < calls; i++) call(api, groups('1', '2', '3', '4'))
    expect(report(api)).toContain(message)
  })

  test.each([
    [undefined, {}, '"violation" must be a keyword of the contract, such as "maxItems". Received undefined'],
    ['', {}, '"violation" must be a keyword of the contract, such as "maxItems". Received string'],
    ['maxItems', { feild: 'x' }, '"feild" is not an option of an expected violation. Did you mean "field"?'],
    ['maxItems', { field: 1 }, '"field" must be the name of a field. Received number'],
    ['maxItems', { times: 0 }, '"times" must be a whole number above 0. Received 0'],
  ])('refuses %j %j by name', (keyword, options, message) => {
    expect(() => api.expectViolation(keyword as never, options as never)).toThrow(message)
  })
})

describe('an answer that was set', () => {
  test.each([
    [undefined, 0, 'was set and never used'],
    [1, 0, 'was set and never used'],
    [2, 0, 'was set for 2 calls; 2 of them were not made'],
    [2, 1, 'was set for 2 calls; 1 of them was not made'],
    [3, 1, 'was set for 3 calls; 2 of them were not made'],
  ])('must be used before verify, which clears it: set for %s, used by %i', (times, used, words) => {
    const api = open()
    api.respondOnce(OPERATION, 'rateLimited', times === undefined ? {} : { times })
    for (let i = 0; i < used; i++) expect(call(api)).toBe(429)
    expect(report(api)).toMatch(`${OPERATION}: the answer "rateLimited" ${words}\n`)
    expect(call(api)).toBe(200)
    expect(report(api)).toBe('')
  })

  test('for the next call waits for an operation that has it, behind the answers of that operation', () => {
    const other = 'another' as typeof OPERATION
    const { success, ...rest } = mockTables[OPERATION]
    const tables: Record<string, object> = mockTables
    tables[other] = { ...rest, success, examples: {} }
    onTestFinished(() => {
      delete tables[other]
    })
    const scenarios = new Scenarios(String)
    scenarios.addForNext('rateLimited', {})
    scenarios.addForNext({ fault: 'reset' }, { times: 2 })
    scenarios.add(OPERATION, { status: 503 }, {})
    const take = (operation: typeof OPERATION) => scenarios.take(operation, { fields: {}, next: () => 0 })
    expect(take(other)).toMatchObject({ fault: 'reset' })
    expect(take(OPERATION)).toMatchObject({ status: 503 })
    expect(take(OPERATION)).toMatchObject({ status: 429 })
    expect(scenarios.unused).toEqual(['the answer [object Object] was set for 2 calls; 1 of them was not made'])
    expect(take(OPERATION)).toMatchObject({ fault: 'reset' })
    expect([take(OPERATION), take(other)]).toEqual([undefined, undefined])
    expect(() => scenarios.addForNext('never', {})).toThrow('"answer" must be one of sent')
  })
})

describe('suspicious calls', () => {
  const withRules = (suspicious: MockTable['suspicious']) => {
    const tables = mockTables as Record<string, { suspicious?: MockTable['suspicious'] }>
    const table = tables[OPERATION] ?? {}
    const { suspicious: before } = table
    table.suspicious = suspicious
    onTestFinished(() => {
      table.suspicious = before
    })
  }
  const RULES = {
    toGroupId: { 'joined-list': { pattern: '^[^,]+(,[^,]+)+$', text: 'several groups in one id; repeat the field' } },
    fromUserId: { undefined: { pattern: '^undefined$', text: 'a variable without a value' } },
  }

  test('are recorded and answered as usual, and fail verify with a text that says what was probably meant', () => {
    withRules(RULES)
    const api = open()
    expect(call(api, groups('2193,2192', 'board east'))).toBe(200)
    expect(api.calls[0]?.suspicions).toEqual([
      {
        name: 'joined-list',
        field: 'toGroupId[0]',
        text: 'several groups in one id; repeat the field',
        received: '"2193,2192"',
      },
    ])
    const text = report(api)
    expect(text).toMatch(/^1 of 1 calls is suspicious: valid, but probably a mistake:\n\n1\) POST /)
    expect(text).toContain(
      '   toGroupId[0]: several groups in one id; repeat the field, got "2193,2192" (joined-list; if it is intended, add it to "allowSuspicious")\n',
    )
    expect(text).toContain('Reached: toGroupId 2193,2192, board east')
    expect(report(api)).toBe('')
  })

  test('are found in a field that is not a list', () => {
    withRules(RULES)
    const api = open()
    call(api, withPairs(['fromUserId'], [['fromUserId', 'undefined']]))
    expect(api.calls[0]?.suspicions).toMatchObject([{ name: 'undefined', field: 'fromUserId' }])
  })

  test.each([
    [{ suspicious: 'report' }, 1],
    [{ suspicious: 'ignore' }, 0],
    [{ allowSuspicious: ['joined-list'] }, 0],
  ] as const)('%j does not fail', (options, recorded) => {
    withRules(RULES)
    const api = open(options)
    call(api, groups('1,2'))
    expect(report(api)).toBe('')
    expect(api.calls[0]?.suspicions).toHaveLength(recorded)
  })

  test.each([
    ['the rate limit', { rateLimit: { limit: 1, period: 1_000 } }, {}, 429],
    ['an unknown preference', {}, { prefer: 'example=none' }, 400],
  ])('are not looked for in a call that is refused for %s', (_what, options, more, status) => {
    withRules(RULES)
    const api = open(options)
    const { headers, ...rest } = raw({ body: groups('1,2', '3') })
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    expect(api.handle({ ...rest, headers: { ...lower, ...more } }).status).toBe(status)
    expect(api.calls[0]).toMatchObject({ suspicions: [], violations: [{}] })
  })

  test('are not looked for in a call with a violation', () => {
    withRules(RULES)
    const api = open()
    call(api, groups('1,2', '2', '3', '4'))
    expect(api.calls[0]?.suspicions).toEqual([])
  })

  test('unknown modes and names are refused', () => {
    withRules(RULES)
    expect(() => open({ suspicious: 'warn' as never })).toThrow(
      '"suspicious" must be "fail", "report" or "ignore". Received "warn"',
    )
    expect(() => open({ allowSuspicious: 'joined-list' as unknown as string[] })).toThrow(
      /^"allowSuspicious" must be a list\. Received string$/,
    )
    expect(() => open({ allowSuspicious: ['joined'] })).toThrow(
      '"allowSuspicious" must contain names of joined-list, undefined. Received "joined"',
    )
  })
})

describe('a mock that is watched', () => {
  const watched = (observer: Observer = {}, options: Partial<MockApiOptions> = {}) => {
    const seen: [event: string, value: RecordedCall | Findings][] = []
    const api = createObservedMock(
      { ...KEYS, rateLimit: false, ...options },
      {
        onCall: (one) => seen.push(['call', one]),
        onExpected: (one) => seen.push(['expected', one]),
        onFindings: (one) => seen.push(['findings', one]),
        ...observer,
      },
    )
    return { api, seen, events: () => seen.map(([event]) => event) }
  }
  const wrong = groups('1', '2', '3', '4')

  test('tells of each call, of those that were expected, and of the findings', () => {
    const { api, seen, events } = watched()
    call(api)
    call(api, withPairs(['fromUserId']))
    api.expectViolation('maxItems')
    call(api, wrong)
    expect(events()).toEqual(['call', 'call', 'call', 'expected'])
    expect(seen.map(([, one]) => one)).toEqual([...api.calls, api.calls[2]])
    expect(report(api)).toMatch(/^1 of 3 calls off/)
    expect(events().slice(4)).toEqual(['findings'])
    expect(seen[4]?.[1]).toMatchObject({ total: 3, violatingCount: 1, unmet: [], fails: true })
    api.reset()
    expect(seen[5]).toEqual(['findings', expect.objectContaining({ total: 0, fails: false })])
  })

  test('tells of a call that was expected later, when that is found out', () => {
    const { api, seen, events } = watched()
    call(api, wrong)
    api.expectViolation('maxItems')
    expect(events()).toEqual(['call'])
    const made = api.calls[0]
    expect(report(api)).toBe('')
    expect(events()).toEqual(['call', 'expected', 'findings'])
    expect(seen[1]?.[1]).toBe(made)
  })

  test.each([
    ['a call', {}, 25],
    ['an answer that is late by itself', { delay: 3 }, 3],
    ['an answer that is not late', { delay: 0 }, 0],
  ])('is late for %s', (_what, answer, delay) => {
    const { api } = watched({ delay: 25 })
    api.respondOnce(OPERATION, { status: 503, ...answer })
    expect(api.handle(plain())).toMatchObject({ status: 503, delay })
  })

  test('has no delay, and nothing that ends an answer, unless it needs one', () => {
    const { api } = watched()
    expect(Object.keys(api.handle(plain()))).toEqual(['status', 'headers', 'body'])
    api.respondOnce(OPERATION, { fault: 'hang' })
    expect(api.handle(plain()).ended).toBeInstanceOf(AbortSignal)
  })

  test('begins with the answers it was given', () => {
    const { api } = watched({ answers: [{ answer: 'rateLimited', times: 2 }] })
    expect([1, 2, 3].map(() => call(api))).toEqual([429, 429, 200])
    expect(watched({ answers: [{ answer: 'rateLimited', times: 2 }] }).api.verify).toThrow('set for 2 calls')
  })
})

describe('the report', () => {
  test('lists the groups that valid calls reached, each once, with the number of calls', () => {
    const api = open()
    call(api, groups('a', 'b'))
    call(api, groups('b', 'b'))
    call(api, form([['toGroupId', 'c']]))
    api.handle({ method: 'GET', path: PATH, headers: {}, body: '' })
    expect(report(api)).toMatch(/\nReached: toGroupId a, b \(2 calls\)\n$/)
  })

  test('prints twenty values, and counts the rest', () => {
    const api = open()
    for (let i = 0; i < 30; i++) call(api, groups(`g${i}`))
    call(api, '')
    expect(report(api)).toMatch(/Reached: toGroupId g0, .*, g19, and 10 more\n$/)
  })
})

test('the recorded calls are limited in number and in total size', () => {
  const api = open({ maxCalls: 100_000 })
  const content = 'x'.repeat(131_072)
  const body = withPairs(
    ['objectName', 'content'],
    [
      ['objectName', 'app:x'],
      ['content', content],
    ],
  )
  for (let i = 0; i < 600; i++) call(api, body)
  expect(api.calls.length).toBeLessThan(300)
  expect(api.calls.length).toBeGreaterThan(200)
  expect(api.calls.at(-1)?.body).toMatchObject({ content })
  expect(JSON.stringify(api.calls).length).toBeLessThan(2 ** 26)
})

test('the header with the violations is never longer than servers accept', () => {
  const api = open()
  const { headers } = raw()
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const bodies = [`${'é'.repeat(9_000)}=1`, Array.from({ length: 30 }, (_, i) => `${'x'.repeat(900)}${i}=1`).join('&')]
  for (const body of bodies) {
    const answer = api.handle({ method: 'POST', path: PATH, headers: lower, body })
    const header = answer.headers['x-contract-violations'] ?? ''
    expect(header.length).toBeGreaterThan(10)
    expect(header.length).toBeLessThanOrEqual(6_000)
    expect(JSON.parse(header)).toBeInstanceOf(Array)
  }
})
