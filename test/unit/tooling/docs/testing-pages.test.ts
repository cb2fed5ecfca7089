/** The tables of the pages about testing have a row for everything that the contract and the types have. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ContractTests } from '../../../../src/contract-tests.js'
import { mockTables } from '../../../../src/core/contract.js'
import { FAULTS } from '../../../../src/mock/faults.js'
import type { ServerOptions } from '../../../../src/server.js'
import type { MockApiOptions, RecordedCall } from '../../../../src/testing.js'
import { type Block, projectBlocks } from '../../../external/consumers/pages.js'
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

describe('a reader can follow a page from nothing', () => {
  const PROJECTS = join(ROOT, 'test/external/consumers/projects')
  // A title without a dot is the name of a tab.
  const files = projectBlocks().filter(({ title, language }) => language !== 'text' && title.includes('.'))
  /** The blocks of each file, by page, project and title. */
  const printed = new Map<string, Block[]>()
  for (const block of files) {
    const key = `${block.page}: ${block.project}/${block.title}`
    printed.set(key, [...(printed.get(key) ?? []), block])
  }

  test.each([...printed])(
    '%s is printed whole; of tests in JavaScript, the head and what the page needs',
    (_key, [first, ...others]) => {
      const { project = '', title = '', text = '' } = first ?? {}
      const whole = readFileSync(join(PROJECTS, project, title), 'utf8').trimEnd()
      if (/\.test\.[jt]s$/.test(title)) {
        expect(whole.startsWith(text)).toBe(true)
        expect(others.filter((block) => !whole.includes(block.text))).toEqual([])
      } else {
        expect([text, others]).toEqual([whole, []])
      }
    },
  )

  /** What a file imports of its own project, as paths of it. */
  function importsOf({ project, title, text }: Block): string[] {
    const own = readdirSync(join(PROJECTS, project), { recursive: true, encoding: 'utf8' })
    const relative = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => join(dirname(title), path))
    const python = [...text.matchAll(/^from (\w+) import/gm)].map(([, module = '']) => `${module}.py`)
    const named = relative.map((path) => own.find((file) => file.replace(/\.[jt]s$/, '') === path.replace(/\.js$/, '')))
    return [...named.map((path) => path ?? 'missing'), ...python.filter((file) => own.includes(file))]
  }

  test('each file of a project that a printed file imports is printed on the same page, or on the page that it links', () => {
    const missing = files.flatMap((block) => {
      const shown = files.filter(({ page: other }) => other === block.page || page(block.page).includes(`(${other}#`))
      const has = (path: string) => shown.some(({ project, title }) => project === block.project && title === path)
      return importsOf(block).flatMap((path) => (has(path) ? [] : `${block.page}: ${block.title} imports ${path}`))
    })
    expect(missing).toEqual([])
    expect(files.flatMap(importsOf).length).toBeGreaterThan(8)
  })
})
