/** A second operation, by YAML alone: generate, client and stand-in know it without a line of `src/` changed. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyHouse, generate, ROOT, run, TSC, TSX } from './house-copy.js'

let house: Awaited<ReturnType<typeof copyHouse>>
beforeAll(async () => {
  house = await copyHouse()
})
afterAll(() => house.remove())

const PATHS = '  /statusmessage/group/publish.json:\n    $ref: paths/statusmessage_group_publish.yaml\n'

async function prepare(change: (root: string) => string): Promise<void> {
  await cp(join(ROOT, 'test/fixture/paths'), join(house.folder, 'spec/paths'), { recursive: true })
  await cp(join(ROOT, 'test/fixture/program.ts'), join(house.folder, 'test/program.ts'))
  const file = join(house.folder, 'spec/openapi.yaml')
  await writeFile(file, change(await readFile(join(ROOT, 'spec/openapi.yaml'), 'utf8')))
  const { code, stderr } = await generate(house.folder)
  expect([code, stderr]).toEqual([0, ''])
}

interface Results {
  readonly [name: string]: unknown
  readonly moved: { readonly receipts: readonly { readonly receipt: string }[] }
}

const CURSOR = '  /cursor/move.json:\n    $ref: paths/cursor_move.yaml\n'

describe.each([
  { name: 'beside the first operation', change: (root: string) => root.replace(PATHS, PATHS + CURSOR) },
  { name: 'alone, in a contract without message types', change: (root: string) => root.replace(PATHS, CURSOR) },
])('a made-up operation $name', ({ change }) => {
  let results: Results

  beforeAll(async () => {
    await prepare(change)
    const { stdout, stderr } = await run(house.folder, TSX, ['test/program.ts'])
    expect(stderr).toBe('')
    results = JSON.parse(stdout) as Results
  })

  test('compiles: types, client and stand-in', async () => {
    const { stdout } = await run(house.folder, TSC, ['--noEmit', '-p', '.'])
    expect(stdout).toBe('')
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

  test('is refused with its own codes', () => {
    expect(results['wrongByServer']).toMatchObject({
      kind: 'api',
      status: 400,
      code: 7001,
      sent: 'no',
      retryable: false,
    })
    expect(results['taken']).toMatchObject({ kind: 'rate-limit', status: 409, code: 7009, sent: 'no', retryable: true })
  })

  test('is limited by its own rate: seven viewers in half a second', () => {
    expect(results['limited']).toMatchObject({
      status: 429,
      code: 1008,
      message: expect.stringContaining('at most 7 messages in 500 ms, got 9'),
    })
    expect(results['later']).toBeUndefined()
  })
})
