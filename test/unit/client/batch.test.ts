import { describe, expect, test, vi } from 'vitest'
import { type BatchOutcome, createClient, type Result } from '../../../src/index.js'
import { createMockApi } from '../../../src/mock/testing.js'

const KEYS = { appKey: 'k', appSecret: 's' }
const MESSAGE = { fromUserId: '1', objectName: 'app:note', content: 'x' } as const
const ids = (count: number) => Array.from({ length: count }, (_, i) => `g${i}`)

type Outcome = BatchOutcome<string, Result<'sendGroupStatusMessage'>>

async function all(batch: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for await (const outcome of batch) outcomes.push(outcome)
  return outcomes
}

const groupsOf = (outcomes: readonly Outcome[]) => outcomes.flatMap(({ chunk }) => chunk).toSorted()

function mocked(change: object = {}) {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  return { api, client: createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, limiter: false, ...change }) }
}

describe('a batch', () => {
  test('sends any number of groups in chunks of three, each once', async () => {
    const { api, client } = mocked()
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(100) })
    const outcomes = await all(batch)
    expect(batch.total).toBe(100)
    expect(outcomes).toHaveLength(34)
    expect(groupsOf(outcomes)).toEqual(ids(100).toSorted())
    expect(
      outcomes.every(({ data, chunk }) => data?.messageUIDs?.map(({ groupId }) => groupId).join() === chunk.join()),
    ).toBe(true)
    expect(() => api.verify()).not.toThrow()
  })

  test('removes duplicates, and tells them', async () => {
    const { client } = mocked()
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ['a', 'b', 'a', 'c', 'a', 'b', 'd'] })
    expect(batch.duplicates).toEqual(['a', 'b'])
    expect(batch.total).toBe(4)
    expect(groupsOf(await all(batch))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('neither stops nor loses the others when one chunk fails', async () => {
    const { api, client } = mocked({ retry: false })
    api.next('sendGroupStatusMessage', 'internalError')
    api.next('sendGroupStatusMessage', 'rateLimited')
    const outcomes = await all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(10) }))
    expect(groupsOf(outcomes)).toEqual(ids(10).toSorted())
    expect(outcomes.filter(({ error }) => error).map(({ error }) => error?.code)).toEqual([1000, 1008])
  })

  test('tells of groups that the check refuses, and sends the rest', async () => {
    const { client } = mocked()
    const outcomes = await all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ['a', 'b', 'c', '', 'd'] }))
    expect(outcomes.map(({ chunk, error }) => `${chunk.length}: ${error?.kind}`).toSorted()).toEqual([
      '2: contract',
      '3: undefined',
    ])
    expect(groupsOf(outcomes)).toEqual(['', 'a', 'b', 'c', 'd'])
  })

  test('keeps to its concurrency', async () => {
    let [now, most] = [0, 0]
    const fetch = async () => {
      most = Math.max(most, ++now)
      await new Promise((done) => setTimeout(done, 5))
      now--
      return new Response('{"code":200}')
    }
    const { client } = mocked({ fetch })
    await all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(60) }, { concurrency: 4 }))
    expect(most).toBe(4)
  })

  test('of thousands tells its first outcome before most are sent, and never holds more than its concurrency', async () => {
    let sent = 0
    const fetch = async () => {
      sent++
      return new Response('{"code":200}')
    }
    const { client } = mocked({ fetch })
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(9_000) })
    let [told, outcomes, most] = [0, 0, 0]
    for await (const { chunk, error } of batch) {
      if (!error) told += chunk.length
      most = Math.max(most, sent - ++outcomes)
    }
    expect([told, outcomes, sent]).toEqual([9_000, 3_000, 3_000])
    expect(most).toBeLessThan(8)
  })

  test('a signal ends it: what was not sent is told as such, and nothing is lost', async () => {
    const { api, client } = mocked()
    const controller = new AbortController()
    const outcomes: Outcome[] = []
    for await (const outcome of client.batch.sendGroupStatusMessage(
      { ...MESSAGE, toGroupId: ids(60) },
      { concurrency: 1, signal: controller.signal },
    )) {
      outcomes.push(outcome)
      if (outcomes.length === 2) controller.abort()
    }
    expect(groupsOf(outcomes)).toEqual(ids(60).toSorted())
    expect(outcomes.filter(({ data }) => data)).toHaveLength(2)
    expect(outcomes.slice(2).every(({ error }) => error?.kind === 'aborted' && error.processed === 'no')).toBe(true)
    expect(api.calls).toHaveLength(2)
  })

  test('its deadline is for the whole', async () => {
    vi.useFakeTimers()
    const fetch = async () => {
      vi.advanceTimersByTime(40)
      return new Response('{"code":200}')
    }
    const { client } = mocked({ fetch })
    const outcomes = await all(
      client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(30) }, { concurrency: 1, deadline: 100 }),
    )
    vi.useRealTimers()
    expect(groupsOf(outcomes)).toEqual(ids(30).toSorted())
    expect(outcomes.at(-1)?.error).toMatchObject({ kind: 'timeout', processed: 'no' })
    expect(outcomes.filter(({ data }) => data).length).toBeLessThan(4)
  })

  test('leaving the loop lets no further call begin', async () => {
    const { api, client } = mocked()
    for await (const _ of client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(60) }, { concurrency: 2 }))
      break
    await new Promise((done) => setTimeout(done, 20))
    expect(api.calls.length).toBeLessThanOrEqual(3)
  })

  test('is of the fields as they were, whatever becomes of them meanwhile', async () => {
    const { api, client } = mocked()
    const fields = { ...MESSAGE, content: 'first', toGroupId: ids(9) }
    const batch = client.batch.sendGroupStatusMessage(fields, { concurrency: 1 })
    for await (const _ of batch) {
      fields.content = 'second'
      fields.toGroupId.push('more')
    }
    expect(api.calls.map(({ body }) => (body as { content?: string }).content)).toEqual(['first', 'first', 'first'])
  })

  test('is sent once, also when it is looped over twice', async () => {
    const { api, client } = mocked()
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(6) })
    await all(batch)
    await expect(all(batch)).rejects.toThrow(new TypeError('A batch is sent once: loop over it once'))
    expect(api.calls).toHaveLength(2)
  })

  test('of nothing is nothing', async () => {
    expect(await all(mocked().client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: [] }))).toEqual([])
  })

  test.each([
    [{ toGroupId: 'a' }, {}, '"toGroupId" must be a list. Received string'],
    [undefined, {}, '"toGroupId" must be a list. Received undefined'],
    [{ toGroupId: ['a'] }, { concurrency: 0 }, '"concurrency" must be a number above 0. Received 0'],
    [{ toGroupId: ['a'] }, { deadline: 'soon' }, '"deadline" must be a number above 0. Received soon'],
  ])('refuses %j with %j', (fields, options, message) => {
    const send = mocked().client.batch.sendGroupStatusMessage as (...args: unknown[]) => unknown
    expect(() => send(fields && { ...MESSAGE, ...fields }, options)).toThrow(new TypeError(message))
  })
})
