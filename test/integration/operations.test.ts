/**
 * A second operation, by YAML alone: client, mock and command line know it without a line of `src/` changed. What the
 * generator makes of it is in `test/unit/tooling/generate/operations.test.ts`.
 */
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SIXTEEN } from '../support/operations/sixteen.js'
import { ALONE, BESIDE, GUIDE, MANY, ODD, type Operations } from '../support/operations.js'
import { copyProject, generate, ROOT, run, TSC, TSX } from '../support/project-copy.js'
import { generateIn } from '../support/spec-copy.js'

let project: Awaited<ReturnType<typeof copyProject>>
beforeAll(async () => {
  project = await copyProject()
})
afterAll(() => project.remove())

/** All vectors of the copy, sent to its mock: those that differ, and how many there are. */
async function vectors(): Promise<{ differing: string[]; names: string[] }> {
  const { stdout, stderr } = await run(project.folder, TSX, ['test/vectors.ts'])
  expect(stderr).toBe('')
  return JSON.parse(stdout) as { differing: string[]; names: string[] }
}

/** Puts the operations into the spec of the copy, and the program that uses them beside it. */
async function prepare(program: string, { pages, root }: Operations): Promise<void> {
  await rm(join(project.folder, 'test'), { recursive: true, force: true })
  for (const one of [program, 'vectors.ts']) {
    await cp(join(ROOT, 'test/support/operations', one), join(project.folder, 'test', one))
  }
  for (const [name, page] of Object.entries(pages)) await writeFile(join(project.folder, 'spec/paths', name), page)
  await writeFile(join(project.folder, 'spec/openapi.yaml'), root)
}

async function generated(): Promise<void> {
  expect((await generateIn(project.folder)).warnings).toEqual([])
}

/** What the compiler says of what is shipped and of the program. The last test of this file compiles the tools too. */
async function compile(): Promise<string> {
  const config = { extends: './tsconfig.json', exclude: ['src/tooling'] }
  await writeFile(join(project.folder, 'shipped.tsconfig.json'), JSON.stringify(config))
  return (await run(project.folder, TSC, ['--noEmit', '-p', 'shipped.tsconfig.json'])).stdout
}

interface Results {
  readonly [name: string]: unknown
  readonly moved: { readonly receipts: readonly { readonly receipt: string }[] }
}

describe.each([
  { name: 'beside the first operation', operations: BESIDE },
  { name: 'alone, in a contract without message types', operations: ALONE },
])('a made-up operation $name', ({ operations }) => {
  let results: Results

  beforeAll(async () => {
    await prepare('program.ts', operations)
    await generated()
    const { stdout, stderr } = await run(project.folder, TSX, ['test/program.ts'])
    expect(stderr).toBe('')
    results = JSON.parse(stdout) as Results
  })

  test('compiles: types, client and mock', async () => {
    expect(await compile()).toBe('')
  })

  test('has vectors of its own limits, and the mock agrees with all of them', async () => {
    const { differing, names } = await vectors()
    expect(differing).toEqual([])
    expect(names.filter((name) => name.startsWith('moveCursor: '))).toEqual(
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

  test('is answered from its own schema', () => {
    expect(results.moved).toEqual({
      cursor: 'pen',
      receipts: [
        { viewer: 7, receipt: expect.stringMatching(/^R-\d{6}[a-f]$/) },
        { viewer: 8, receipt: expect.stringMatching(/^R-\d{6}[a-f]$/) },
      ],
      requestId: expect.any(String),
    })
    expect(results.moved.receipts[0]?.receipt).not.toBe(results.moved.receipts[1]?.receipt)
  })

  test('is read by its own table', () => {
    expect(results['body']).toEqual({ cursor: 'pen', viewerId: [7, 8], x: -12, scale: 1.5 })
  })

  test('is checked by its own limits, in its own words', () => {
    expect(results['wrong']).toEqual([
      'cursor: text like ^[a-z]+$, got "Pen"',
      'viewerId: at most 5 viewers, got 6',
      'viewerId: each item once, got some twice',
      'x: at most 100, got 101',
      'scale: more than 0, got 0',
      'viewerId[0]: at least 1, got 0',
      'viewerId[1]: at least 1, got 0',
      'x-board: required, got nothing',
    ])
    expect(results['withoutHeader']).toBe('moveCursor: x-board: required, got nothing')
    expect(results['wrongHeader']).toBe('moveCursor: x-board: one of "red", "blue", got "green"')
  })

  test('is sent from the command line, by its own flags', async () => {
    const call = ['--cursor', 'pen', '--viewerId', '7', '--viewerId', '8', '--x', '-12', '--header', 'X-Board: red']
    const keys = { RONGCLOUD_APP_KEY: 'k', RONGCLOUD_APP_SECRET: 's' }
    const args = ['src/cli/main.ts', 'send', '--operation', 'moveCursor', '--base-url', 'http://h', ...call]
    const { stdout, stderr } = await run(project.folder, TSX, [...args, '--dry-run', '--json'], keys)
    expect(stderr).toBe('')
    const { request } = JSON.parse(stdout) as { request: Record<string, unknown> }
    expect(request).toMatchObject({
      url: 'http://h/cursor/move.json',
      body: 'cursor=pen&viewerId=7&viewerId=8&x=-12',
      headers: { 'x-board': 'red' },
    })
    const few = await run(project.folder, TSX, [...args.slice(0, -4), '--x', 'far'], keys)
    expect(few.stderr).toContain('x: an integer, got "far"; x-board: required, got nothing')
  })

  test('is shown in the help of the command line, with the header that it needs', async () => {
    const { stdout } = await run(project.folder, TSX, [
      'src/cli/main.ts',
      'send',
      '--operation',
      'moveCursor',
      '--help',
    ])
    const [example = ''] = /^ {2}rongcloud-status-message send --region .*/m.exec(stdout) ?? []
    expect(example).toContain(`--cursor pen --viewerId 7 --viewerId 8 --header 'X-Board: red'`)
  })

  test('has its own limit on Redis, counted apart', () => {
    expect(results['evaluated']).toEqual([['rongcloud:{k}:moveCursor', '7']])
  })

  test('is refused with its own codes', () => {
    expect(results['wrongByServer']).toMatchObject({
      kind: 'api',
      status: 400,
      code: 7001,
      processed: 'no',
      retryable: false,
    })
    expect(results['taken']).toMatchObject({
      kind: 'rate-limit',
      status: 409,
      code: 7009,
      processed: 'no',
      retryable: true,
    })
  })

  test('is limited by its own rate: seven viewers in half a second', () => {
    expect(results['limited']).toMatchObject({
      status: 429,
      code: 1008,
      message: expect.stringContaining('at most 7 calls in 500 ms, got 9'),
    })
    expect(results['later']).toBeUndefined()
  })
})

describe('an operation that is unusual, and legal', () => {
  let results: Record<string, unknown>

  beforeAll(async () => {
    await prepare('odd.ts', ODD)
    await generated()
    const { stdout, stderr } = await run(project.folder, TSX, ['test/odd.ts'])
    expect(stderr).toBe('')
    results = JSON.parse(stdout) as Record<string, unknown>
  })

  test('compiles', async () => {
    expect(await compile()).toBe('')
  })

  test('is sent, read and answered, with names and values that look like code', () => {
    expect(results['sent']).toEqual({
      code: expect.any(Number),
      hint: 'hi',
      constructor: expect.any(Number),
      requestId: expect.any(String),
    })
    expect(results['body']).toEqual({ tags: [1, 2], schema1: 'eval(x)', schema2: 'schema1', flag: 1, constructor: 'x' })
  })

  test('has flags of names that look like code, and of one that the command line has itself', async () => {
    const keys = { RONGCLOUD_APP_KEY: 'k', RONGCLOUD_APP_SECRET: 's' }
    const call = ['--tags', '1', '--tags=-2', '--constructor', 'x', '--field-json', 'y', '--flag', '1']
    const args = ['src/cli/main.ts', 'send', '--operation=sendOddities', '--base-url', 'http://h', ...call]
    const { stdout, stderr } = await run(project.folder, TSX, [...args, '--dry-run', '--json'], keys)
    expect(stderr).toBe('')
    const { request } = JSON.parse(stdout) as { request: { body: string } }
    expect(request.body.split('&').toSorted()).toEqual(['constructor=x', 'flag=1', 'json=y', 'tags=-2', 'tags=1'])
  })

  test('has vectors, and the mock agrees with all of them', async () => {
    const { differing, names } = await vectors()
    expect(differing).toEqual([])
    expect(names.filter((name) => name.startsWith('sendOddities: ')).length).toBeGreaterThan(30)
    expect(names).toEqual(expect.arrayContaining(['sendPing: as it is', 'sendPing: X-Board: 21 characters']))
  })

  test('takes no integer that JavaScript cannot hold, which would arrive as another', () => {
    expect(results['huge']).toBe('sendOddities: parentData: at most 9007199254740991, got 9007199254740992')
  })

  test('may have an empty body, and headers that must be there', () => {
    expect([results['ping'], results['without']]).toEqual(['ok', 'ok'])
    expect(results['unheard']).toBe('sendPing: HTTP 400, code 1002: x-board: required, got nothing')
  })

  test('does without what is optional, and not without an item of a list that must be there', () => {
    expect(results['plain']).toBe('ok')
    expect(results['empty']).toBe('sendOddities: tags: at least 1 item, got 0')
  })

  test('succeeds by each of the values that mark a success, and by no other', () => {
    expect([results['refused'], results['other']]).toEqual([9999, 200])
  })
})

interface Row {
  readonly id: string
  readonly client: string | readonly string[]
  readonly mock: string
  readonly chunks?: number
  readonly cli: { readonly body?: string; readonly error?: string }
  readonly vectors: number
  readonly suspicious: number
  readonly docs: boolean
  /** Names of the fields that the form shows. */
  readonly playground?: readonly string[]
}

interface ProbeRow {
  readonly operation: string
  readonly exitCode: number
  /** The most calls that it says it makes. */
  readonly announced: number
  readonly requests: number
  readonly accepted: number
  readonly count: Readonly<Record<string, number>>
  readonly odd: readonly unknown[]
}

/** Operations with a limit of a few calls an hour: a probe would use it up. */
const RARE: ReadonlySet<string> = new Set(['readHistory', 'pushToTags'])

describe('sixteen endpoints of the family, by YAML alone', () => {
  let rows: readonly Row[]
  let compiled: string

  beforeAll(async () => {
    await prepare('sixteen-program.ts', MANY)
    await cp(join(ROOT, 'test/support/cli.ts'), join(project.folder, 'test/support/cli.ts'))
    await generated()
    compiled = await compile()
    const { stdout, stderr } = await run(project.folder, TSX, ['test/sixteen-program.ts'])
    expect(stderr).toBe('')
    rows = JSON.parse(stdout) as Row[]
  })

  test('compile, and refuse what does not fit', () => {
    expect(compiled).toBe('')
  })

  test.each(SIXTEEN)(
    '$id: client, batch, mock, command line, vectors, docs, playground',
    ({ id, fields, answer, limit }) => {
      const row = rows.find((one) => one.id === id)
      expect(row?.client).toEqual([...Object.keys(answer ?? {}), 'requestId'])
      expect(row?.mock).toBe(id)
      expect(row?.cli.error).toBeUndefined()
      for (const name of Object.keys(fields ?? {})) expect(row?.cli.body).toContain(`${name}=`)
      const lists = Object.values(fields ?? {}).filter(({ maxItems }) => maxItems !== undefined)
      expect(row?.chunks).toBe(lists.length > 0 ? 2 : undefined)
      expect(row?.vectors).toBeGreaterThan(limit ? 30 : 25)
      expect(row?.docs).toBe(true)
      expect(row?.playground).toEqual(Object.keys(fields ?? {}))
    },
  )

  test('have vectors, and the mock agrees with all of them', async () => {
    const { differing } = await vectors()
    expect(differing).toEqual([])
  })

  describe('are probed as they are', () => {
    let probes: readonly ProbeRow[]

    beforeAll(async () => {
      await cp(join(ROOT, 'test/support/operations/probe-program.ts'), join(project.folder, 'test/probe-program.ts'))
      await cp(join(ROOT, 'test/support/probe'), join(project.folder, 'test/support/probe'), { recursive: true })
      const { stdout, stderr } = await run(project.folder, TSX, ['test/probe-program.ts'])
      expect(stderr).toBe('')
      probes = JSON.parse(stdout) as ProbeRow[]
    })

    test.each(SIXTEEN)('$id', ({ id, required, fields }) => {
      const row = probes.find(({ operation }) => operation === id)
      expect(row?.odd).toEqual([])
      expect([row?.accepted, (row?.requests ?? 0) <= (row?.announced ?? 0)]).toEqual([0, true])
      expect(row?.announced).toBeLessThanOrEqual(150)
      const isAskable = (required ?? Object.keys(fields ?? {})).length > 0 && !RARE.has(id)
      expect([row?.exitCode, (row?.count['confirmed'] ?? 0) > 10]).toEqual(isAskable ? [0, true] : [3, false])
    })
  })

  test('say what is suspicious', () => {
    const own = rows.filter(({ id, suspicious }) => id !== 'sendGroupStatusMessage' && suspicious > 0)
    expect(own.map(({ id }) => id)).toEqual(['pushToTags'])
  })
})

test('the endpoint of CONTRIBUTING.md is added as it is written there: a page, a line, a command', async () => {
  await prepare('mute.ts', GUIDE)
  const { code, stderr: warnings } = await generate(project.folder)
  expect([code, warnings]).toEqual([0, ''])
  const lint = await run(project.folder, '@redocly/cli/bin/cli.js', ['lint'])
  expect([lint.code, lint.stderr]).toEqual([0, expect.stringContaining('Your API description is valid')])
  const { stdout, stderr } = await run(project.folder, TSX, ['test/mute.ts'])
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({
    body: { userId: '2191', roomId: ['lobby', 'hall'] },
    wrong: 'muteInRooms: roomId: at most 10 rooms, got 11',
    refused: 'muteInRooms: HTTP 400, code 1002: roomId: at most 10 rooms, got 11',
    chunks: [10, 10, 5],
  })
  // `npm run lint` checks the types of the project's own tests as well.
  const notInstalled = (path: string) => !path.includes('node_modules')
  await cp(join(ROOT, 'test'), join(project.folder, 'test'), { recursive: true, filter: notInstalled })
  await cp(join(ROOT, 'vitest.config.ts'), join(project.folder, 'vitest.config.ts'))
  expect((await run(project.folder, TSC, ['--noEmit', '-p', '.'])).stdout).toBe('')
})
