/** The report's text, from recorded calls that are written by hand. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { notes, operations } from '../../../src/core/contract.js'
import type { Violation } from '../../../src/core/error.js'
import { ContractViolationError, type Findings, joinFindings, Reached, reportOf } from '../../../src/mock/report.js'
import type { RecordedCall } from '../../../src/testing.js'
import { PATH } from '../../support/raw-request.js'

const OPERATION = 'sendGroupStatusMessage'
const DOCS = 'https://docs.rongcloud.io/platform-chat-api/message/send-status-group'

const call = (change: object = {}): RecordedCall =>
  ({
    operation: OPERATION,
    at: 0,
    method: 'POST',
    path: PATH,
    headers: {},
    body: { toGroupId: ['a'] },
    status: 200,
    answer: '',
    violations: [],
    suspicions: [],
    from: [],
    ...change,
  }) as unknown as RecordedCall

const violation = (field: string): Violation => ({ field, keyword: 'rule', message: `${field}: wrong` }) as Violation

const findings = (change: Partial<Findings> = {}): Findings => ({
  total: 0,
  violating: [],
  violatingCount: 0,
  suspicious: [],
  suspiciousCount: 0,
  unmet: [],
  reached: new Reached(),
  fails: false,
  ...change,
})

/** The findings of `count` calls with one violation each. */
const violating = (calls: readonly RecordedCall[], count = calls.length): Partial<Findings> => ({
  total: count,
  violating: calls,
  violatingCount: count,
  fails: true,
})

/** The counts of these calls. */
function reached(...calls: readonly RecordedCall[]): Reached {
  const counts = new Reached()
  for (const one of calls) counts.add(one)
  return counts
}

const toGroups = (...ids: string[]) => call({ body: { toGroupId: ids } })

describe('a call with violations', () => {
  test('has its number, request, answer, id, and the frames below each other', () => {
    const calls = [
      call({
        status: 400,
        violations: [violation('other')],
        headers: { 'x-request-id': 'id-1' },
        from: ['a (x:1)', 'b'],
      }),
      call({ status: 401, method: 'PUT', path: '/p', violations: [violation('other')] }),
    ]
    const note = `     contract: Send a status message to up to three groups\n     see ${DOCS}\n`
    expect(reportOf(findings(violating(calls)))).toBe(`2 of 2 calls off the contract:

1) POST ${PATH} -> 400, X-Request-ID id-1
   called from a (x:1)
               b
   other: wrong (rule)
${note}
2) PUT /p -> 401
   other: wrong (rule)
${note}`)
  })

  test.each([
    ['a field', 'toGroupId', 'The receiving groups, one to three of them.'],
    ['an item of a list', 'toGroupId[2]', 'The receiving groups, one to three of them.'],
    ['a member of a field', 'toGroupId.x', 'The receiving groups, one to three of them.'],
    ['what is no field', 'path', 'Send a status message to up to three groups'],
  ])('tells what the contract says of %s', (_what, field, text) => {
    const report = reportOf(findings(violating([call({ violations: [violation(field)] })])))
    expect(report).toContain(`   ${field}: wrong (rule)\n     contract: ${text}\n     see ${DOCS}\n`)
  })

  test('of a field that the contract says nothing about has no note of its own', () => {
    const noted = notes[OPERATION] as Record<string, { text?: string; docs?: string }>
    const before = { ...noted }
    onTestFinished(() => {
      Object.assign(noted, before)
      delete noted['bare']
    })
    noted['bare'] = {}
    noted['linked'] = { docs: 'https://docs.example/x' }
    const line = (field: string) => reportOf(findings(violating([call({ violations: [violation(field)] })])))
    expect(line('bare')).toMatch(/\n {3}bare: wrong \(rule\)\n$/)
    expect(line('linked')).toMatch(/\n {3}linked: wrong \(rule\)\n {5}see https:\/\/docs\.example\/x\n$/)
    delete noted['linked']
    delete noted['']
    expect(line('other')).toMatch(/\n {3}other: wrong \(rule\)\n$/)
  })

  test('that no longer has a record is counted', () => {
    const report = reportOf(findings(violating([call({ violations: [violation('x')] })], 3)))
    expect(report).toMatch(/^3 of 3 calls off the contract:\n\n1\) /)
    expect(report).toMatch(/\n\nand 2 more\n$/)
  })
})

test('one suspicious call is, several are, and the parts are in order', () => {
  const suspicion = { name: 'joined', field: 'toGroupId[0]', text: 'several in one', received: '"1,2"' }
  const suspicious = [call({ suspicions: [suspicion] })]
  const entry =
    `1) POST ${PATH} -> 200\n   toGroupId[0]: several in one, got "1,2" ` +
    '(joined; if it is intended, add it to "allowSuspicious")'
  const one = { total: 2, suspicious, suspiciousCount: 1, unmet: ['never used', 'nor this'], reached: reached(call()) }
  expect(reportOf(findings(one))).toBe(
    `1 of 2 calls is suspicious: valid, but probably a mistake:\n\n${entry}\n\nnever used\nnor this\n\nReached: toGroupId a\n`,
  )
  expect(reportOf(findings({ ...one, suspiciousCount: 2, unmet: [], reached: new Reached() }))).toBe(
    `2 of 2 calls are suspicious: valid, but probably a mistake:\n\n${entry}\n\nand 1 more\n`,
  )
})

test('without findings there is an empty line', () => {
  expect(reportOf(findings())).toBe('\n')
})

describe('what calls have reached', () => {
  test.each([
    ['a call that was accepted', {}, ['toGroupId a']],
    ['the last success', { status: 299 }, ['toGroupId a']],
    ['a call that was refused', { status: 300 }, []],
    ['no operation', { operation: undefined }, []],
    ['no fields', { body: undefined }, []],
    ['no such field', { body: {} }, []],
    ['a field that is no list', { body: { toGroupId: 'a' } }, []],
    ['a value that is no text', { body: { toGroupId: [1] } }, ['toGroupId 1']],
    ['a long value', { body: { toGroupId: ['x'.repeat(65)] } }, [`toGroupId ${'x'.repeat(64)}…`]],
  ])('%s', (_what, change, lines) => {
    expect(reached(call(change)).lines).toEqual(lines)
  })

  test('is nothing where the operation has no list of receivers', () => {
    const table = operations[OPERATION] as { batch?: unknown }
    const { batch } = table
    delete table.batch
    onTestFinished(() => {
      table.batch = batch
    })
    expect(reached(call()).lines).toEqual([])
  })

  const ids = (count: number, prefix = '') => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

  test.each([
    [19, ''],
    [20, ''],
    [21, ', and 1 more'],
  ])('%i values', (count, rest) => {
    const shown = ids(Math.min(count, 20)).join(', ')
    expect(reached(toGroups(...ids(count))).lines).toEqual([`toGroupId ${shown}${rest}`])
  })

  test('stops at a thousand values, and counts on what it has', () => {
    expect(reached(toGroups(...ids(999)), toGroups('last', 'late', '0')).lines).toEqual([
      `toGroupId 0 (2 calls), ${ids(20).slice(1).join(', ')}, and 980 more`,
    ])
  })

  test('has a line for each list, and the report has them in one', () => {
    const table = operations[OPERATION] as { batch?: { field: string } }
    const { batch } = table
    onTestFinished(() => {
      Object.assign(table, { batch })
    })
    const counts = reached(call())
    table.batch = { field: 'room' }
    counts.add(call({ body: { room: ['r'] } }))
    expect(counts.lines).toEqual(['toGroupId a', 'room r'])
    expect(reportOf(findings({ reached: counts }))).toBe('Reached: toGroupId a; room r\n')
  })

  test('is joined by value', () => {
    const both = reached(toGroups('a', 'b')).join(reached(toGroups('b', 'c'), toGroups('b')))
    expect(both.lines).toEqual(['toGroupId a, b (3 calls), c'])
  })
})

describe('two reports in one', () => {
  const first = findings({
    ...violating([call({ path: '/1' })]),
    suspicious: [call({ path: '/2' })],
    suspiciousCount: 1,
    unmet: ['one'],
    reached: reached(toGroups('a')),
  })
  const second = findings({
    ...violating([call({ path: '/3' })], 5),
    suspicious: [call({ path: '/4' })],
    suspiciousCount: 7,
    unmet: ['two'],
    reached: reached(toGroups('a', 'b')),
  })

  test('have the calls of both in order, and the sums', () => {
    const { reached: both, ...rest } = joinFindings(first, second)
    expect(rest).toEqual({
      total: 6,
      violating: [...first.violating, ...second.violating],
      violatingCount: 6,
      suspicious: [...first.suspicious, ...second.suspicious],
      suspiciousCount: 8,
      unmet: ['one', 'two'],
      fails: true,
    })
    expect(both.lines).toEqual(['toGroupId a (2 calls), b'])
    // The findings that were joined stay as they were.
    expect([first.reached.lines, second.reached.lines]).toEqual([['toGroupId a'], ['toGroupId a, b']])
  })

  test.each([
    [false, false, false],
    [true, false, true],
    [false, true, true],
  ])('fail where one of them fails: %s, %s', (one, other, fails) => {
    expect(joinFindings(findings({ fails: one }), findings({ fails: other })).fails).toBe(fails)
  })

  test('keep the last thousand calls of a kind', () => {
    const many = (path: string) => Array.from({ length: 600 }, (_, i) => call({ path: `${path}${i}` }))
    const all = [...many('/a'), ...many('/b')]
    const half = (path: string) => findings({ violating: many(path), suspicious: many(path) })
    const { violating: joined, suspicious } = joinFindings(half('/a'), half('/b'))
    expect([joined, suspicious]).toEqual([all.slice(-1_000), all.slice(-1_000)])
  })
})

test('the error has the report as its message, and the calls', () => {
  const calls = [call()]
  const error = new ContractViolationError('the report', calls)
  expect([error.name, error.message, error.calls]).toEqual(['ContractViolationError', 'the report', calls])
  expect(Object.hasOwn(error, 'stack')).toBe(true)
  expect(error.stack).toContain('the report')
})
