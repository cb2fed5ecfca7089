/** Nothing that goes to the vendor's hosts leaves the machine: watched where the runtime looks names up and connects. */
import { cp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installed, type Stranger, shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'
import { TOOLS } from './tools.js'

let stranger: Stranger
beforeAll(async () => {
  stranger = await installed()
  for (const file of ['watch.mjs', 'guard.mjs'])
    await cp(join(ROOT, 'test/external/runtimes/guard', file), join(stranger.folder, file))
}, 120_000)
afterAll(() => stranger.remove())

/** The Node that runs the tests, and a newer one, which MSW 3 needs. */
const nodes = [
  { node: process.execPath, columns: ['MSW 2.2.14', 'MSW 2'] },
  { node: TOOLS.path('node-24'), columns: ['MSW 2.2.14', 'MSW 2', 'MSW 3'] },
]
const runs = nodes.flatMap(({ node, columns }) => columns.map((msw) => ({ node, msw, from: TOOLS.msw[msw] ?? '' })))

interface Seen {
  readonly statuses: readonly unknown[]
  readonly violations: readonly string[]
  /** Names that were looked up. */
  readonly names: readonly string[]
  /** Look-ups and connections. */
  readonly sockets: number
  /** What has arrived at the port that one of the URLs names. */
  readonly bytes: unknown
}

interface Printed {
  readonly requests: number
  readonly fetch: Seen
  readonly 'node:http': Seen
  readonly unguarded: Seen
}

describe.each(runs)('on $msw and $node', ({ node, msw, from }) => {
  beforeAll(async () => {
    const link = join(stranger.folder, 'node_modules/msw')
    await rm(link, { force: true })
    await symlink(from, link)
  })

  test.each(['error', 'warn', 'bypass'])(
    'a path that is unknown opens no socket and is a violation, under "%s"',
    async (mode) => {
      const printed = await shell(node, ['--import', './watch.mjs', 'guard.mjs', mode], stranger.folder)
      const { requests, fetch, 'node:http': byNode, unguarded } = JSON.parse(printed) as Printed
      expect(requests).toBeGreaterThan(20)
      const guarded = { statuses: [404], violations: Array(requests).fill('path'), bytes: 0 }
      expect(fetch).toEqual({ ...guarded, names: [], sockets: 0 })
      // Before 2.4.5 MSW itself connects for `node:http`, whatever the handlers say, and sends nothing.
      if (msw === 'MSW 2.2.14') expect(byNode).toMatchObject(guarded)
      else expect(byNode).toEqual({ ...guarded, names: [], sockets: 0 })
      // The same watch, without the guard.
      expect(unguarded).toMatchObject({ status: 200, bytes: true, names: ['api.rong-api.com'] })
      expect(unguarded.sockets).toBeGreaterThan(0)
    },
  )
})
