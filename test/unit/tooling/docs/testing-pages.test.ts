/** The tables of the pages about testing have a row for everything that the contract and the types have. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ContractTests } from '../../../../src/contract-tests.js'
import { mockTables } from '../../../../src/core/contract.js'
import { FAULTS } from '../../../../src/mock/faults.js'
import type { ServerOptions } from '../../../../src/server.js'
import type { MockApiOptions, RecordedCall } from '../../../../src/testing.js'
import { ROOT } from '../../../support/project-copy.js'

const page = (name: string) => readFileSync(join(ROOT, 'src/tooling/docs/pages/testing', name), 'utf8')

/** The names in the first column of a page's tables. */
const namesIn = (text: string): ReadonlySet<string> =>
  new Set(
    text.split('\n').flatMap((line) => {
      const [, first = ''] = line.startsWith('| ') ? line.split('|') : []
      return [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\(.*/, ''))
    }),
  )

// The pages describe the first operation; others may stand beside it.
const OPERATION = 'sendGroupStatusMessage'
const { examples, suspicious = {} } = mockTables[OPERATION]

interface Vectors {
  readonly vectors: readonly {
    readonly operation: string
    readonly expect: { readonly violation?: { readonly keyword: string } }
  }[]
}
// The file is ours, and has a schema.
const { vectors } = JSON.parse(readFileSync(join(ROOT, 'generated/vectors.json'), 'utf8')) as Vectors

const MOCK_OPTIONS: Readonly<Record<keyof MockApiOptions, true>> = {
  appKey: true,
  appSecret: true,
  now: true,
  rateLimit: true,
  strict: true,
  allowUnknownTypes: true,
  maxCalls: true,
  suspicious: true,
  allowSuspicious: true,
  basePath: true,
}
const SERVER_OPTIONS: Readonly<Record<keyof ServerOptions, true>> = {
  port: true,
  host: true,
  maxBody: true,
  headersTimeout: true,
  requestTimeout: true,
  control: true,
}
const CONTRACT_OPTIONS: Readonly<Record<keyof ContractTests<typeof OPERATION>, true>> = {
  test: true,
  send: true,
  expect: true,
  serve: true,
  expresses: true,
  timeout: true,
  atLeastOnce: true,
  strict: true,
  operation: true,
}
const CALL_PROPERTIES: Readonly<Record<keyof RecordedCall, true>> = {
  operation: true,
  body: true,
  at: true,
  method: true,
  path: true,
  headers: true,
  status: true,
  answer: true,
  violations: true,
  suspicions: true,
  from: true,
}

test.each<[string, string, readonly string[]]>([
  ['options of createMockApi', 'mock.md', Object.keys(MOCK_OPTIONS)],
  ['options of startServer', 'mock.md', Object.keys(SERVER_OPTIONS)],
  ['properties of a call', 'mock.md', Object.keys(CALL_PROPERTIES)],
  ['named answers', 'mock.md', Object.keys(examples)],
  ['faults', 'faults.md', FAULTS],
  [
    'violations',
    'violations.md',
    vectors.flatMap(({ operation, expect: { violation } }) =>
      operation === OPERATION && violation ? [violation.keyword] : [],
    ),
  ],
  ['suspicions', 'violations.md', Object.values(suspicious).flatMap((rules) => Object.keys(rules))],
  ['options of describeContract', 'contract-tests.md', Object.keys(CONTRACT_OPTIONS)],
])('all %s stand in %s', (_what, name, expected) => {
  const names = namesIn(page(name))
  expect(expected.length).toBeGreaterThan(3)
  expect([...new Set(expected)].filter((one) => !names.has(one))).toEqual([])
})

test('each named answer stands with its HTTP status and its code', () => {
  const rows = page('mock.md').split('\n')
  for (const [name, { status, body }] of Object.entries(examples)) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\` |`))
    // The examples of errors have a code; that of a success is its status.
    const { code } = body as { code: number }
    // The first error of a code has the code as its anchor; others of the same code have their name behind it.
    const first = Object.entries(examples).find(([, { body }]) => (body as { code: number }).code === code)?.[0]
    const anchor = first === name ? code : `${code}-${name}`
    expect(row).toContain(code === 200 ? '| 200, ' : `| ${status}, [${code}](../errors.md#${anchor}) |`)
  }
})
