/** The code of the recipes about typing indicators and shutdown does what their pages say. It runs as printed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient, createLimiter, type Limiter, type RongCloudError } from '../../../../src/index.js'
import { createMockApi } from '../../../../src/testing.js'
import { ROOT } from '../../../support/project-copy.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Imports a file that a page shows, with the sources in place of the package. */
async function importShown(page: string, title: string): Promise<unknown> {
  const text = await readFile(join(ROOT, 'src/tooling/docs/pages/recipes', page), 'utf8')
  const [, code] = text.split(`\`\`\`ts title="${title}"\n`)
  const [block = ''] = code?.split('\n```\n') ?? []
  expect(block, `${page} shows ${title}`).not.toBe('')
  const file = join(folder, page.replace('.md', '.ts'))
  await writeFile(file, block.replaceAll("'rongcloud-status-message'", `'${join(ROOT, 'src/index.ts')}'`))
  return import(file)
}

const keys = { appKey: 'recipe-key', appSecret: 'recipe-secret' }

/** A client of a mock whose answers wait until they are let go, oldest first. */
function heldClient(options: Partial<Parameters<typeof createClient>[0]> = {}) {
  const api = createMockApi({ ...keys, rateLimit: false })
  const held: (() => void)[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const answer = await api.fetch(url, init)
    await new Promise<void>((resolve, reject) => {
      held.push(resolve)
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    })
    return answer
  }
  const client = createClient({ ...keys, baseUrl: 'http://mock', fetch, limiter: false, ...options })
  const letGo = async () => {
    held.shift()?.()
    await settled()
  }
  return { api, client, letGo }
}

/** Lets everything run that waits for no timer. */
const settled = () => setImmediate()

const cursor = (x: number) => ({ objectName: 'app:cursor', content: String(x) })

interface StatusRecipe {
  createStatusSender(
    client: Client,
    onError: (error: RongCloudError) => void,
  ): (user: string, group: string, status?: { objectName: string; content: string }) => void
}

// The type of a file that is read at run time; the tests of the docs check its types as printed.
const statusRecipe = async () => (await importShown('typing-indicator.md', 'src/status.ts')) as StatusRecipe

/** What reached the mock: group and content. */
const sentTo = (api: ReturnType<typeof createMockApi>) =>
  api.calls.map((call) =>
    call.operation === 'sendGroupStatusMessage' ? `${call.body.toGroupId} ${call.body.content}` : 'unknown',
  )

test('of the statuses that follow while one is on its way, only the newest is sent', async () => {
  const { createStatusSender } = await statusRecipe()
  const { api, client, letGo } = heldClient()
  const show = createStatusSender(client, (error) => expect(error).toBe('no error'))
  for (const x of [1, 2, 3, 4]) show('2191', '2193', cursor(x))
  await settled()
  expect(sentTo(api)).toEqual(['2193 1'])
  await letGo()
  expect(sentTo(api)).toEqual(['2193 1', '2193 4'])
  await letGo()
  show('2191', '2193', cursor(5))
  await settled()
  expect(sentTo(api)).toEqual(['2193 1', '2193 4', '2193 5'])
})

test('another user and another group do not wait for it', async () => {
  const { createStatusSender } = await statusRecipe()
  const { api, client } = heldClient()
  const show = createStatusSender(client, (error) => expect(error).toBe('no error'))
  show('2191', '2193', cursor(1))
  show('2191', '2192', cursor(1))
  show('2190', '2193', cursor(1))
  await settled()
  expect(api.calls).toHaveLength(3)
})

test('without a status, it is the sign that someone is typing', async () => {
  const { createStatusSender } = await statusRecipe()
  const { api, client } = heldClient()
  createStatusSender(client, () => {})('2191', '2193')
  await settled()
  expect(sentTo(api)).toEqual(['2193 {"typingContentType":"RC:TxtMsg"}'])
})

test('a status that would wait for more than a second is dropped, without an error', async () => {
  const { createStatusSender } = await statusRecipe()
  const inMemory = createLimiter({ limit: 1, period: 60_000 })
  const waits: (number | undefined)[] = []
  const limiter: Limiter = {
    acquire: (cost, options) => {
      waits.push(options?.maxWait)
      return inMemory.acquire(cost, options)
    },
    pauseFor: inMemory.pauseFor,
  }
  const { api, client } = heldClient({ limiter })
  const errors: RongCloudError[] = []
  const show = createStatusSender(client, (error) => errors.push(error))
  show('2191', '2193', cursor(1))
  show('2191', '2192', cursor(1))
  await settled()
  expect(sentTo(api)).toEqual(['2193 1'])
  expect(errors).toEqual([])
  expect(waits).toEqual([1_000, 1_000])
})

test('any other error is reported, and the next status goes out', async () => {
  const { createStatusSender } = await statusRecipe()
  const { api, client, letGo } = heldClient()
  api.respondOnce('sendGroupStatusMessage', 'appLocked')
  const errors: RongCloudError[] = []
  const show = createStatusSender(client, (error) => errors.push(error))
  show('2191', '2193', cursor(1))
  await settled()
  await letGo()
  show('2191', '2193', cursor(2))
  await settled()
  expect(errors.map(({ kind, code }) => ({ kind, code }))).toEqual([{ kind: 'api', code: 1006 }])
  expect(sentTo(api)).toEqual(['2193 1', '2193 2'])
})

interface Drain {
  run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>
  close(graceMs: number): Promise<void>
}

async function createDrain(): Promise<Drain> {
  // The type of a file that is read at run time, as above.
  const recipe = (await importShown('shutdown.md', 'src/drain.ts')) as { createDrain(): Drain }
  return recipe.createDrain()
}

const fields = { fromUserId: '2191', toGroupId: ['2193'], ...cursor(1) }

test('a drain waits for what is under way, and takes nothing new', async () => {
  const drain = await createDrain()
  const { client, letGo } = heldClient()
  const call = drain.run((signal) => client.sendGroupStatusMessage(fields, { signal }))
  await settled()
  let isClosed = false
  const closing = drain.close(60_000).then(() => {
    isClosed = true
  })
  await expect(drain.run(async () => 'late')).rejects.toThrow('about to end')
  await settled()
  expect(isClosed).toBe(false)
  await letGo()
  await closing
  expect(await call).toMatchObject({ messageUIDs: [{ groupId: '2193' }] })
})

test('after the grace, a call that was sent ends with processed "unknown", and one that waits with "no"', async () => {
  const drain = await createDrain()
  const { client } = heldClient({ limiter: createLimiter({ limit: 1, period: 5_000 }) })
  const send = (signal: AbortSignal) => client.safe.sendGroupStatusMessage(fields, { signal })
  const calls = [drain.run(send), drain.run(send)]
  await settled()
  await drain.close(1)
  const ends = (await Promise.all(calls)).map(({ error }) => `${error?.kind} ${error?.processed}`)
  expect(ends).toEqual(['aborted unknown', 'aborted no'])
})

test('a drain with nothing under way closes at once, and hands on what a task throws', async () => {
  const drain = await createDrain()
  await expect(drain.run(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  await drain.close(60_000)
})
