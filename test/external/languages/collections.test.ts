/** The collections as people get them, run by the tools that they are for against the server. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { programFiles } from '../../../src/tooling/docs/machine-files.js'
import { writeFiles } from '../../../src/tooling/docs/site.js'
import { docsSite } from '../../support/docs-site.js'
import { KEYS } from '../../support/raw-request.js'

const MODULES = join(import.meta.dirname, 'node_modules')
const api = createMockApi({ ...KEYS, rateLimit: false, strict: true })
let server: RunningServer
let folder: string
/** How many requests a collection holds: one for each example. */
let samples: number
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collections-'))
  await writeFiles(folder, await programFiles(await docsSite()))
  // Python unpacks what our own code packed.
  execFileSync('python3', ['-m', 'zipfile', '-e', 'bruno.zip', 'bruno'], { cwd: join(folder, 'collections') })
  const { item } = JSON.parse(await readFile(join(folder, 'collections/postman.json'), 'utf8')) as {
    item: { item: object[] }[]
  }
  samples = item.flatMap((one) => one.item).length
  expect(samples).toBeGreaterThanOrEqual(4)
  server = await startServer(api)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => api.reset())

const variables = (secret: string) =>
  Object.entries({ baseUrl: server.url, appKey: KEYS.appKey, appSecret: secret }).flatMap(([name, value]) => [
    '--env-var',
    `${name}=${value}`,
  ])

/** @returns the exit code */
const start = (cwd: string, script: string, args: readonly string[]): Promise<number> =>
  new Promise((done) => {
    execFile(process.execPath, [join(MODULES, script), ...args], { cwd: join(folder, cwd) }, (error) =>
      done(error ? Number(error.code ?? 1) : 0),
    )
  })

const TOOLS: Record<string, (secret: string) => Promise<number>> = {
  newman: (secret) => start('collections', 'newman/bin/newman.js', ['run', 'postman.json', ...variables(secret)]),
  'the Bruno CLI': (secret) =>
    start('collections/bruno', '@usebruno/cli/bin/bru.js', ['run', '-r', '--env', 'Production', ...variables(secret)]),
}

test('the archive holds what Bruno needs, readable by another program', () => {
  const listed = execFileSync('python3', ['-m', 'zipfile', '-l', 'bruno.zip'], {
    cwd: join(folder, 'collections'),
    encoding: 'utf8',
  })
  for (const file of ['bruno.json', 'collection.bru', 'environments/Production.bru']) expect(listed).toContain(file)
  execFileSync('python3', ['-m', 'zipfile', '-t', 'bruno.zip'], { cwd: join(folder, 'collections') })
})

for (const [name, send] of Object.entries(TOOLS)) {
  test(`the collection in ${name} signs every example and repeats the list`, { timeout: 60_000 }, async () => {
    expect(await send(KEYS.appSecret)).toBe(0)
    expect(() => api.verify()).not.toThrow()
    expect(api.calls).toHaveLength(samples)
    const lists = api.calls.map(({ body }) => (body as unknown as { toGroupId?: string[] }).toGroupId)
    expect(lists).toContainEqual(['2193', '2192'])
    const fresh = (header: string) => new Set(api.calls.map(({ headers }) => headers[header])).size
    expect([fresh('nonce'), fresh('x-request-id')]).toEqual([samples, samples])
  })

  test(`the collection in ${name} fails with a wrong secret`, { timeout: 60_000 }, async () => {
    expect(await send('wrong')).not.toBe(0)
    expect(api.violations.map(({ keyword }) => keyword)).toEqual(Array(samples).fill('signature'))
  })
}
