/** The matrix judges rightly: each column finds the mistake that it is there for, and the table hides nothing. */
import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Stranger } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'
import { type Hosts, startHosts } from './hosts.js'
import { node } from './processes.js'
import { copyOf, installedSuite, namesOf } from './project.js'
import { runtimesOf } from './runtimes.js'
import { COLUMNS, judge, MSW, REMARKS, ROWS, tableOf } from './table.js'

const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, never>

const PLAN = { form: ['one', 'two'] }
const passes = { name: 'one' }
const fails = { name: 'two', error: 'Error: not there' }
const rowOf = (form: readonly { name: string; error?: string }[]) => ({ name: 'Bun', version: '1', report: { form } })
const REMARK = { rows: ['Bun'], columns: ['form'], reason: 'It is not there.', says: /not there/, cases: ['two'] }

describe('a cell', () => {
  test.each([
    ['is right when all pass', [passes, { name: 'two' }], [], []],
    ['is wrong when a case fails', [passes, fails], [], ['two: Error: not there']],
    ['is wrong when a case has not run', [passes], [], ['two: has not run']],
    ['is wrong when nothing has run', [], [], ['one: has not run', 'two: has not run']],
    ['is wrong when something else has run', [passes, { name: 'two' }, { name: 'x' }], [], ['x: is not planned']],
    ['is right when a case fails as the table says', [passes, fails], [REMARK], []],
    [
      'is wrong when a case passes although the table says that it cannot',
      [passes, { name: 'two' }],
      [REMARK],
      ['two: passes, although the table says: It is not there.'],
    ],
    [
      'is wrong when a case fails in another way than the table says',
      [passes, { name: 'two', error: 'Error: gone' }],
      [REMARK],
      ['two: fails in another way than the table says: Error: gone'],
    ],
    [
      'is wrong when the table speaks of a case that is not there',
      [passes, { name: 'two' }],
      [{ ...REMARK, cases: ['three'] }],
      ['three: is in a remark, and not planned'],
    ],
    [
      'takes the remark of another runtime for nothing',
      [passes, fails],
      [{ ...REMARK, rows: ['Deno'] }],
      [fails.error],
    ],
    ['takes a remark that says nothing for nothing', [passes, fails], [{ ...REMARK, says: undefined }], [fails.error]],
  ])('%s', (_name, outcomes, remarks, faults) => {
    const { faults: got } = judge(rowOf(outcomes), 'form', PLAN, remarks as (typeof REMARK)[])
    expect(got).toHaveLength(faults.length)
    faults.forEach((fault, i) => {
      expect(got[i]).toContain(fault)
    })
  })

  test('is wrong when nothing is planned for it', () => {
    expect(judge(rowOf([]), 'form', { form: [] }).faults).toEqual(['no case is planned'])
  })
})

describe('the table', () => {
  test('tells passed, wrong and missing cells, and each fault', () => {
    const lacking = {
      name: 'Node 20',
      version: '20.1.2',
      report: { 'MSW 3': [{ name: 'one', error: 'withResolvers' }] },
    }
    const wrong = { name: 'Deno', version: '2', report: { 'MSW 3': [{ name: 'one', error: 'boom' }] } }
    const right = { name: 'Node 22', version: '22.1.2', report: { 'MSW 3': [{ name: 'one' }] } }
    const { text, faults } = tableOf([lacking, wrong, right], { 'MSW 3': ['one'] }, { 'MSW 3': 'MSW 3.0.5' })
    expect(text.split('\n')).toEqual([
      '| runtime | version | MSW 3.0.5      |',
      '| ------- | ------- | -------------- |',
      '| Node 20 | 20.1.2  | – (a)          |',
      '| Deno    | 2       | BAD 0 of 1 (b) |',
      '| Node 22 | 22.1.2  | 1              |',
      '',
      '(a) MSW 3 needs Node 22.12.',
      expect.stringMatching(/^\(b\) MSW 3 does not see/),
      '',
      'Deno 2, MSW 3: one: fails in another way than the table says: boom',
    ])
    expect(faults).toBe(1)
  })

  test('has a row for each runtime, and remarks on cells that it has', () => {
    const tools = { path: (name: string) => name, msw: {} }
    expect(runtimesOf(tools, {} as Hosts).map(({ name }) => name)).toEqual(ROWS)
    for (const { rows, columns } of REMARKS) {
      expect(ROWS).toEqual(expect.arrayContaining([...rows]))
      expect([...COLUMNS, ...MSW]).toEqual(expect.arrayContaining([...columns]))
    }
  })

  test('begins with the oldest Node and the oldest MSW that the package is for, in exact versions', () => {
    const { engines, peerDependencies } = json('package.json') as Record<string, Record<string, string>>
    const { dependencies = {} } = json('test/external/runtimes/package.json') as Record<string, Record<string, string>>
    expect(`>=${dependencies['node-20']?.replace('npm:node@', '')}`).toBe(engines?.['node'])
    expect(peerDependencies?.['msw']).toBe(`>=${MSW[0]?.replace('MSW ', '')} <4`)
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^(npm:\w+@)?\d+\.\d+\.\d+$/)
  })

  test('says of MSW 3 what its package says', () => {
    expect(json('test/external/runtimes/node_modules/msw-3/package.json')['engines']).toEqual({ node: '>=22.12.0' })
  })
})

/** Mistakes in the built package, and the columns that must find them. */
const MISTAKES = [
  {
    mistake: 'nonce and timestamp swapped',
    file: 'dist/generated/contract.js',
    from: /("signs": \[\s*"appSecret",\s*)"nonce"(,\s*)"timestamp"/,
    to: '$1"timestamp"$2"nonce"',
    columns: ['signature', 'client', 'mock', 'vectors'],
  },
  {
    mistake: 'a list joined by commas',
    file: 'dist/src/core/form.js',
    from: 'Array.isArray(value) ? value : [value]',
    to: '[value]',
    columns: ['form', 'contract'],
  },
  {
    mistake: 'half a window',
    file: 'dist/src/rate-limit/limiter.js',
    from: 'const window = period + extra',
    to: 'const window = period / 2',
    columns: ['limiter'],
  },
  {
    mistake: 'a lost connection taken for none',
    file: 'dist/src/client/failure.js',
    from: 'return (isAlert',
    to: 'return (true || isAlert',
    columns: ['failures'],
  },
  {
    mistake: 'a server without its own paths',
    file: 'dist/src/mock/http-server.js',
    from: 'admin?.(plain) ?? ',
    to: '',
    columns: ['server'],
  },
  {
    mistake: 'handlers of the known path alone',
    file: 'dist/src/mock/msw-handlers.js',
    from: 'VENDOR_HOSTS.has(withoutDot(hostname))',
    to: "pathname === '/statusmessage/group/publish.json'",
    columns: ['msw'],
  },
]

describe.concurrent('the suite finds', () => {
  let stranger: Stranger
  let hosts: Hosts
  beforeAll(async () => {
    stranger = await installedSuite()
    hosts = await startHosts()
  })
  afterAll(async () => {
    await hosts.stop()
    await stranger.remove()
  })

  test.each(MISTAKES)('$mistake, by $columns', async ({ file, from, to, columns }) => {
    const folder = await copyOf(stranger.folder, join(ROOT, 'node_modules/msw'))
    const path = join(folder, 'node_modules/rongcloud-status-message', file)
    const text = await readFile(path, 'utf8')
    expect(text.replace(from, to)).not.toBe(text)
    await writeFile(path, text.replace(from, to))
    const msw = columns.includes('msw') ? 'any' : undefined
    const report = await node('Node', process.execPath).run({ columns, folder, msw, urls: hosts.urls })
    const plan = await namesOf(stranger.folder, columns)
    for (const column of columns) {
      expect(judge({ name: 'Node', version: '', report }, column, plan).faults, column).not.toEqual([])
    }
    await rm(folder, { recursive: true })
  })
})
