/** The Postman collection of the docs site, run by newman against the server. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { machineFiles } from '../../../src/tooling/docs/machine-files.js'
import { writeFiles } from '../../../src/tooling/docs/site.js'
import { docsSite } from '../../support/docs-site.js'
import { KEYS } from '../../support/raw-request.js'

const NEWMAN = join(import.meta.dirname, 'node_modules/newman/bin/newman.js')
const api = createMockApi({ ...KEYS, rateLimit: false, strict: true })
let server: RunningServer
let folder: string
/** How many requests the collection holds: one for each example. */
let samples: number
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collections-'))
  await writeFiles(folder, await machineFiles(await docsSite()))
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
const runCollection = (secret: string): Promise<number> =>
  new Promise((done) => {
    const args = [NEWMAN, 'run', 'postman.json', ...variables(secret)]
    execFile(process.execPath, args, { cwd: join(folder, 'collections') }, (error) =>
      done(error ? Number(error.code ?? 1) : 0),
    )
  })

test('the collection signs every example and repeats the list', { timeout: 60_000 }, async () => {
  expect(await runCollection(KEYS.appSecret)).toBe(0)
  expect(() => api.verify()).not.toThrow()
  expect(api.calls).toHaveLength(samples)
  const lists = api.calls.map(({ body }) => (body as unknown as { toGroupId?: string[] }).toGroupId)
  expect(lists).toContainEqual(['2193', '2192'])
  const fresh = (header: string) => new Set(api.calls.map(({ headers }) => headers[header])).size
  expect([fresh('nonce'), fresh('x-request-id')]).toEqual([samples, samples])
})

test('the collection fails with a wrong secret', { timeout: 60_000 }, async () => {
  expect(await runCollection('wrong')).not.toBe(0)
  expect(api.violations.map(({ keyword }) => keyword)).toEqual(Array(samples).fill('signature'))
})
