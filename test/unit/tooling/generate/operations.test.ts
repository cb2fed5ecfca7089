/**
 * More operations, by YAML alone: what the generator makes of them. That client, mock and command line work with it is
 * tested in copies of the project, by `test/integration/operations.test.ts`.
 */
import ts from 'typescript'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type * as Contract from '../../../../generated/contract.js'
import type * as Validators from '../../../../generated/validators.js'
import { ALONE, BESIDE, GUIDE, MANY, ODD, type Operations } from '../../../support/operations.js'
import { copySpec } from '../../../support/spec-copy.js'

interface Made {
  readonly files: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
  readonly problems: readonly unknown[]
  readonly contract: Record<keyof typeof Contract, Record<string, unknown>>
  readonly validators: typeof Validators
  /** The names of all vectors. */
  readonly names: readonly string[]
}

/** The exports of a module that is here as text alone. */
function evaluated(source: string): Promise<unknown> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(ts.transpile(source, options))}`)
}

async function made(operations: Operations): Promise<Made> {
  const copy = copySpec('few')
  try {
    copy.add(operations)
    const { files, warnings } = await copy.generate()
    const text = (name: string) => files.get(name) ?? ''
    const { vectors } = JSON.parse(text('vectors.json')) as { vectors: readonly { name: string }[] }
    return {
      files,
      warnings,
      problems: await copy.lint(),
      // Modules made of text have no types; these are what the committed ones have.
      contract: (await evaluated(text('contract.ts'))) as Made['contract'],
      validators: (await evaluated(text('validators.js'))) as Made['validators'],
      names: vectors.map(({ name }) => name),
    }
  } finally {
    copy.remove()
  }
}

// A generation takes half a second; on a machine that does much else, as long as that takes.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** What a check finds wrong with a value: where, by which keyword, and what that asks for. */
function misfits(check: Validators.Validate | undefined, value: object): string[] | undefined {
  if (check?.(value)) return []
  return check?.errors?.map(({ instancePath, keyword, expected }) => `${instancePath} ${keyword}: ${expected}`)
}

describe.each([
  { name: 'beside the first operation', operations: BESIDE, first: 'sendGroupStatusMessage' },
  { name: 'alone, in a contract without message types', operations: ALONE, first: 'moveCursor' },
])('a made-up operation $name', ({ operations, first }) => {
  let cursor: Made
  beforeAll(async () => {
    cursor = await made(operations)
  })

  test('is generated without a warning, and no other is', () => {
    expect(cursor.warnings).toEqual([])
    expect(Object.keys(cursor.contract.operations)).toEqual([...new Set([first, 'moveCursor'])])
    expect(cursor.files.get('contract.ts')).toContain(`export type FirstOperation = "${first}"`)
    for (const [name, text] of cursor.files) expect(text.includes('sendGroup'), name).toBe(hasFirst(name, first))
  })

  test('has the types of its fields: a list of two to five numbers, and a header', () => {
    const types = cursor.files.get('openapi.ts') ?? ''
    const own = types.slice(types.indexOf(' moveCursor: {')).replaceAll(/\s+/g, ' ')
    const list = /viewerId: (.*?);/.exec(own)?.[1]
    expect(list).toBe('readonly number[]')
    expect(cursor.files.get('methods.ts')).toContain(
      'readonly viewerId: ListOf<ViewerId, 2 | 3 | 4 | 5, "must be a list of',
    )
    expect(own).toContain('"X-Board": "red" | "blue";')
  })

  test('has tables of its own: path, success, limit, codes, flags', () => {
    const { operations, mockTables, commandLine } = cursor.contract
    expect(operations['moveCursor']).toMatchObject({
      method: 'POST',
      path: '/cursor/move.json',
      success: { status: 200, marks: { code: [200], state: ['moved'] } },
      retry: { 7001: 'never', 7009: 'after-wait' },
      batch: { field: 'viewerId', size: 5, least: 2 },
      rateLimit: { limit: 7, period: 500, cost: 'viewerId' },
    })
    expect(mockTables['moveCursor']).toMatchObject({
      fields: { cursor: 'string', viewerId: 'integer[]', x: 'integer', scale: 'number' },
      headers: ['X-Board'],
      raisedBy: { minItems: 'badMove', enum: 'badMove', 'rate-limit': 'rateLimited' },
    })
    expect(commandLine['moveCursor']).toMatchObject({
      headers: ['X-Board: red'],
      fields: { cursor: { flag: 'cursor', example: ['pen'] }, viewerId: { flag: 'viewerId', example: ['7', '8'] } },
    })
  })

  test('is checked by its own limits, in its own words', () => {
    const { requests, headers, answers } = cursor.validators
    const move = { cursor: 'pen', viewerId: [7, 8], x: -12, scale: 1.5 }
    const wrong = { ...move, cursor: 'Pen', viewerId: [0, 0, 1, 2, 3, 4], x: 101, scale: 0 }
    expect(misfits(requests['moveCursor'], move)).toEqual([])
    expect(misfits(requests['moveCursor'], wrong)).toEqual([
      '/cursor pattern: text like ^[a-z]+$',
      '/viewerId/0 minimum: at least 1',
      '/viewerId/1 minimum: at least 1',
      '/viewerId maxItems: at most 5 viewers',
      '/viewerId uniqueItems: each item once',
      '/x maximum: at most 100',
      '/scale exclusiveMinimum: more than 0',
    ])
    expect(misfits(headers['moveCursor'], {})).toEqual(['/x-board required: required'])
    expect(misfits(headers['moveCursor'], { 'x-board': 'green' })).toEqual(['/x-board enum: one of "red", "blue"'])
    expect(misfits(answers['moveCursor'], { code: 200, state: 'gone' })).toHaveLength(1)
  })

  test('has vectors of its own limits', () => {
    expect(cursor.names).toEqual(
      expect.arrayContaining([
        'moveCursor: cursor: text of another pattern',
        'moveCursor: viewerId: 1 item',
        'moveCursor: viewerId: 6 items',
        'moveCursor: viewerId: an item twice',
        'moveCursor: viewerId[1]: 0',
        'moveCursor: x: -101',
        'moveCursor: scale: 0',
        'moveCursor: X-Board: left out',
        'moveCursor: X-Board: another value',
        'moveCursor: rate: 2 calls that cost 5 within a period',
      ]),
    )
  })
})

/** The files that name the first operation, where the contract has it. */
const hasFirst = (name: string, first: string) =>
  first.startsWith('sendGroup') && !/\.d\.ts$|\.schema\.json$/.test(name)

describe('operations that are unusual, and legal', () => {
  let odd: Made
  beforeAll(async () => {
    odd = await made(ODD)
  })

  test('are generated without a warning', () => {
    expect(odd.warnings).toEqual([])
    expect(Object.keys(odd.contract.operations)).toEqual(
      expect.arrayContaining(['moveCursor', 'sendOddities', 'sendPing']),
    )
  })

  test('are checked, with names and values that look like code', () => {
    const { sendOddities } = odd.validators.requests
    const good = { tags: [1, 2], schema1: 'eval(x)', schema2: 'schema1', flag: 1, constructor: 'x' }
    expect(misfits(sendOddities, good)).toEqual([])
    expect(misfits(sendOddities, { ...good, schema1: 'schema1', schema2: 'x' })).toHaveLength(2)
    expect(misfits(odd.validators.requests['sendPing'], {})).toEqual([])
  })

  test.each([
    ['fields', 'requests', 'sendOddities', { tags: [1] }],
    ['fields, all optional', 'requests', 'sendPing', {}],
    ['headers', 'headers', 'sendOddities', {}],
    ['an answer', 'answers', 'sendOddities', { code: 200 }],
  ] as const)('%s need no `constructor`, which every object inherits', (_, table, operation, value) => {
    const check = odd.validators[table][operation]
    expect(misfits(check, value)).toEqual([])
    expect(misfits(check, { ...value, constructor: null })).toContainEqual(expect.stringMatching(/^\/constructor /))
  })

  test('take no integer that JavaScript cannot hold', () => {
    const { sendOddities } = odd.validators.requests
    expect(misfits(sendOddities, { tags: [1], parentData: 2 ** 53 })).toEqual([
      '/parentData maximum: at most 9007199254740991',
    ])
    expect(misfits(sendOddities, { tags: [1], parentData: 2 ** 53 - 1 })).toEqual([])
  })

  test('need an item of a list that must be there', () => {
    expect(misfits(odd.validators.requests['sendOddities'], { tags: [] })).toEqual(['/tags minItems: at least 1 item'])
  })

  test('have vectors', () => {
    expect(odd.names.filter((name) => name.startsWith('sendOddities: ')).length).toBeGreaterThan(30)
    expect(odd.names).toEqual(expect.arrayContaining(['sendPing: as it is', 'sendPing: X-Board: 21 characters']))
  })

  test('succeed by each of the values that mark a success', () => {
    expect(odd.contract.operations['sendOddities']).toMatchObject({
      success: { status: 202, marks: { code: [200, 201] } },
    })
    expect(odd.contract.operations['sendPing']).toMatchObject({ method: 'DELETE', success: { status: 204 } })
  })
})

test('the endpoint of CONTRIBUTING.md passes linter and generator as it is written there', async () => {
  const { problems, warnings, contract, names } = await made(GUIDE)
  expect([problems, warnings]).toEqual([[], []])
  expect(contract.operations['muteInRooms']).toMatchObject({ batch: { field: 'roomId', size: 10 } })
  expect(names).toContain('muteInRooms: roomId: 11 items')
})

describe('sixteen endpoints of the family', () => {
  let many: Made
  beforeAll(async () => {
    many = await made(MANY)
  })

  test('pass linter and generator without a word', () => {
    expect([many.problems, many.warnings]).toEqual([[], []])
    expect(Object.keys(many.contract.operations)).toHaveLength(17)
  })

  test('have the path that was called in the errors that they share', () => {
    expect(many.contract.mockTables['blockUser']).toMatchObject({
      examples: { blockUserRefused: { body: { code: 1002 } } },
    })
  })

  test('say what is suspicious, in the tables and in the vectors', () => {
    const wanted = { tag: { 'joined-list': { pattern: '^[^,]+(,[^,]+)+$', text: expect.stringContaining('repeat') } } }
    expect(many.contract.mockTables['pushToTags']).toMatchObject({ suspicious: wanted })
    expect(many.contract.mockTables['setLevels']).not.toHaveProperty('suspicious')
    expect(many.names).toContain('pushToTags: tag: suspicious, joined-list')
    const { vectors } = JSON.parse(many.files.get('vectors.json') ?? '') as {
      vectors: { name: string; expect: object }[]
    }
    const suspicious = vectors.filter(
      ({ name, expect: { suspicions = [] } }: { name: string; expect: { suspicions?: [] } }) =>
        name.startsWith('pushToTags') && suspicions.length > 0,
    )
    expect(suspicious.map(({ name }) => name)).toEqual([
      'pushToTags: tag: suspicious, joined-list',
      'pushToTags: tag: a comma is data',
    ])
    for (const one of suspicious)
      expect(one.expect).toEqual({
        verdict: 'accepted',
        status: 200,
        suspicions: [{ name: 'joined-list', field: 'tag' }],
      })
  })
})
