import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chunksOf, concurrencyOf } from '../../../src/client/batch.js'
import { type Operation, operations } from '../../../src/core/contract.js'
import { type BatchOutcome, createClient, createLimiter, type Result } from '../../../src/index.js'
import { createMockApi } from '../../../src/testing.js'

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

  test('removes duplicates, and lists them', async () => {
    const { client } = mocked()
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ['a', 'b', 'a', 'c', 'a', 'b', 'd'] })
    expect(batch.duplicates).toEqual(['a', 'b'])
    expect(batch.total).toBe(4)
    expect(groupsOf(await all(batch))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('continues with the other chunks when one chunk fails', async () => {
    const { api, client } = mocked({ retry: false })
    api.respondOnce('sendGroupStatusMessage', 'internalError')
    api.respondOnce('sendGroupStatusMessage', 'rateLimited')
    const outcomes = await all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(10) }))
    expect(groupsOf(outcomes)).toEqual(ids(10).toSorted())
    expect(outcomes.filter(({ error }) => error).map(({ error }) => error?.code)).toEqual([1000, 1008])
  })

  test('reports groups that the validation refuses, and sends the rest', async () => {
    const { client } = mocked()
    const outcomes = await all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ['a', 'b', 'c', '', 'd'] }))
    expect(outcomes.map(({ chunk, error }) => `${chunk.length}: ${error?.kind}`).toSorted()).toEqual([
      '2: contract',
      '3: undefined',
    ])
    expect(groupsOf(outcomes)).toEqual(['', 'a', 'b', 'c', 'd'])
  })

  test('never exceeds its concurrency', async () => {
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

  test('of thousands reports its first outcome before most are sent, and never exceeds its concurrency', {
    // A busy machine does not reach this limit.
    timeout: 60_000,
  }, async () => {
    let sent = 0
    const fetch = async () => {
      sent++
      return new Response('{"code":200}')
    }
    const { client } = mocked({ fetch })
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(9_000) })
    let sentGroups = 0
    let outcomes = 0
    let most = 0
    for await (const { chunk, error } of batch) {
      if (!error) sentGroups += chunk.length
      most = Math.max(most, sent - ++outcomes)
    }
    expect([sentGroups, outcomes, sent]).toEqual([9_000, 3_000, 3_000])
    expect(most).toBeLessThan(8)
  })

  test('ends with its signal, and reports the chunks that were not sent', async () => {
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
    for (const { error } of outcomes.slice(2)) {
      const message = 'sendGroupStatusMessage: not sent, aborted by the caller'
      expect(error).toMatchObject({ message, kind: 'aborted', processed: 'no', attempts: 0 })
      expect(error?.cause).toBe(controller.signal.reason)
    }
    expect(api.calls).toHaveLength(2)
  })

  test('has one deadline for all chunks', async () => {
    vi.useFakeTimers()
    const fetch = async () => {
      vi.advanceTimersByTime(50)
      return new Response('{"code":200}')
    }
    const { client } = mocked({ fetch })
    const outcomes = await all(
      client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(30) }, { concurrency: 1, deadline: 100 }),
    )
    vi.useRealTimers()
    expect(groupsOf(outcomes)).toEqual(ids(30).toSorted())
    expect(outcomes.map(({ data }) => data !== undefined)).toEqual([true, true, ...Array(8).fill(false)])
    for (const { error } of outcomes.slice(2)) {
      const message = 'sendGroupStatusMessage: not sent, the deadline of the batch has passed'
      expect(error).toMatchObject({ message, kind: 'timeout', processed: 'no', attempts: 0, retryable: true })
    }
  })

  test('starts no further call after the loop is left', async () => {
    const { api, client } = mocked()
    for await (const _ of client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(60) }, { concurrency: 2 }))
      break
    await new Promise((done) => setTimeout(done, 20))
    expect(api.calls.length).toBeLessThanOrEqual(3)
  })

  test('sends the fields as they were, even if the caller changes them', async () => {
    const { api, client } = mocked()
    const fields = { ...MESSAGE, content: 'first', toGroupId: ids(9) }
    const batch = client.batch.sendGroupStatusMessage(fields, { concurrency: 1 })
    for await (const _ of batch) {
      fields.content = 'second'
      fields.toGroupId.push('more')
    }
    expect(api.calls.map(({ body }) => (body as { content?: string }).content)).toEqual(['first', 'first', 'first'])
  })

  test('is sent once, and cannot be iterated twice', async () => {
    const { api, client } = mocked()
    const batch = client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(6) })
    await all(batch)
    await expect(all(batch)).rejects.toThrow(new TypeError('A batch can be iterated only once'))
    expect(api.calls).toHaveLength(2)
  })

  test('of an empty list sends nothing', async () => {
    expect(await all(mocked().client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: [] }))).toEqual([])
  })

  test.each([
    [{ toGroupId: 'a' }, {}, '"toGroupId" must be a list. Received string'],
    [undefined, {}, '"toGroupId" must be a list. Received undefined'],
    [null, {}, '"toGroupId" must be a list. Received undefined'],
    [{ toGroupId: ['a'] }, { concurrency: 0 }, '"concurrency" must be a number above 0. Received 0'],
    [{ toGroupId: ['a'] }, { deadline: 'soon' }, '"deadline" must be a number above 0. Received soon'],
    [{ toGroupId: ['a'] }, { concurrency: '4' }, '"concurrency" must be a number above 0. Received 4'],
  ])('refuses %j with %j', (fields, options, message) => {
    const send = mocked().client.batch.sendGroupStatusMessage as (...args: unknown[]) => unknown
    expect(() => send(fields && { ...MESSAGE, ...fields }, options)).toThrow(new TypeError(message))
  })
})

describe('a batch whose limit makes it wait', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  /** What becomes of a batch, and how many seconds it takes. */
  async function outcomesOf(change: object, groups: number, options: object = {}) {
    const { client } = mocked({ fetch: async () => new Response('{"code":200}'), ...change })
    const start = performance.now()
    const ended = all(client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(groups) }, options)).then(
      (outcomes) => ({ outcomes, seconds: (performance.now() - start) / 1_000 }),
    )
    await vi.advanceTimersByTimeAsync(4_000_000)
    return ended
  }
  const sent = (outcomes: readonly Outcome[]) => outcomes.filter(({ data }) => data).length

  test.each([
    { limit: 20, period: 1_000, groups: 600 },
    { limit: 3, period: 60_000, groups: 60 },
    { limit: 6_000, period: 60_000, groups: 9_000 },
    { limit: 3, period: 600_000, groups: 12 },
  ])(
    'loses no chunk because of its own wait, with default options: $limit in $period ms',
    // A busy machine does not reach this limit.
    { timeout: 60_000 },
    async ({ groups, ...limit }) => {
      const { outcomes } = await outcomesOf({ limiter: createLimiter(limit) }, groups)
      expect(outcomes.flatMap(({ error }) => error ?? [])).toEqual([])
      expect(sent(outcomes)).toBe(groups / 3)
    },
  )

  test.each([
    [{ maxWait: 10 }, {}],
    [{ maxWait: 10 }, { maxWait: undefined }],
    [{ deadline: 50 }, {}],
  ])('nor by %j of the client, which is for single calls, with %j of the batch', async (change, own) => {
    const limiter = createLimiter({ limit: 3, period: 60_000 })
    const { outcomes } = await outcomesOf({ limiter, ...change }, 12, own)
    expect(sent(outcomes)).toBe(4)
  })

  test('waits no longer than its own maxWait allows', async () => {
    const limiter = createLimiter({ limit: 3, period: 60_000 })
    const { outcomes } = await outcomesOf({ limiter }, 12, { maxWait: 70_000 })
    expect(outcomes.map(({ error }) => error?.kind).toSorted()).toEqual([
      'rate-limit',
      'rate-limit',
      undefined,
      undefined,
    ])
  })

  test('ends at its own deadline, and nothing is sent after it', async () => {
    const limiter = createLimiter({ limit: 3, period: 60_000 })
    const { outcomes, seconds } = await outcomesOf({ limiter }, 60, { deadline: 130_000 })
    expect(groupsOf(outcomes)).toEqual(ids(60).toSorted())
    expect(sent(outcomes)).toBe(3)
    expect(seconds).toBeLessThanOrEqual(130)
    for (const { error } of outcomes) if (error) expect(error).toMatchObject({ attempts: 0, retryable: true })
  })

  test('ends with its signal, and nothing is sent after it', async () => {
    const limiter = createLimiter({ limit: 3, period: 60_000 })
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 70_000)
    const { outcomes, seconds } = await outcomesOf({ limiter }, 60, { signal: controller.signal })
    expect(sent(outcomes)).toBe(2)
    expect(seconds).toBeLessThanOrEqual(70)
  })

  test('tries the backup host also when the deadline of a call is short', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    const fetch = async (url: unknown) =>
      String(url).startsWith('http://b') ? new Response('{"code":200}') : Promise.reject(refused)
    const { outcomes } = await outcomesOf({ baseUrl: ['http://a', 'http://b'], fetch, deadline: 500 }, 3)
    expect(sent(outcomes)).toBe(1)
  })

  test('starts the deadline of each call when the rate limit allows it', async () => {
    const limiter = createLimiter({ limit: 3, period: 60_000 })
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_done, fail) => init?.signal?.addEventListener('abort', () => fail(init.signal?.reason)))
    const { outcomes, seconds } = await outcomesOf({ limiter, fetch, timeout: 5_000, deadline: 2_000 }, 6)
    expect(outcomes.map(({ error }) => error?.kind)).toEqual(['timeout', 'timeout'])
    expect(seconds).toBeCloseTo(61 + 2, 1)
  })
})

describe('of another contract', () => {
  const NAME = 'sendGroupStatusMessage'
  const table = operations as Record<typeof NAME, Operation>
  const real = operations[NAME]
  const { batch: _batch, rateLimit: _limit, ...bare } = real
  afterEach(() => {
    table[NAME] = real
  })

  test('an operation without such a list has no batch', () => {
    table[NAME] = bare
    expect(mocked().client.batch).not.toHaveProperty(NAME)
  })

  test.each<readonly [concurrency: number, change: Partial<Operation>]>([
    [8, {}],
    [8, { rateLimit: { limit: 20, period: 1_000, cost: 'toGroupId' } }],
    [20, { rateLimit: { limit: 20, period: 1_000 } }],
    [20, { rateLimit: { limit: 20, period: 1_000, cost: 'another' } }],
  ])('the default concurrency is %i when the operation has %j', async (concurrency, change) => {
    table[NAME] = { ...bare, batch: { field: 'toGroupId', size: 3 }, ...change }
    let now = 0
    let most = 0
    const fetch = async () => {
      most = Math.max(most, ++now)
      await new Promise((done) => setTimeout(done, 5))
      now--
      return new Response('{"code":200}')
    }
    await all(mocked({ fetch }).client.batch.sendGroupStatusMessage({ ...MESSAGE, toGroupId: ids(90) }))
    expect(most).toBe(concurrency)
  })
})

test.each([
  [{ limit: 20, period: 1_000 }, 3, 8],
  [{ limit: 200, period: 1_000 }, 3, 64],
  [{ limit: 100, period: 1_000 }, 3, 34],
  [{ limit: 6_000, period: 60_000 }, 1_000, 8],
  [{ limit: 6_000, period: 60_000 }, 1, 64],
  [{ limit: 2, period: 3_600_000 }, 1, 8],
  [undefined, 3, 8],
])('with a limit of %j and calls that cost %d, the concurrency is %d', (limit, cost, expected) => {
  expect(concurrencyOf(limit, cost)).toBe(expected)
})

describe('the chunks of a list', () => {
  test.each([
    { values: 0, least: 1, size: 3, lengths: [] },
    { values: 1, least: 1, size: 3, lengths: [1] },
    { values: 7, least: 1, size: 3, lengths: [3, 3, 1] },
    { values: 9, least: 2, size: 4, lengths: [3, 3, 3] },
    { values: 10, least: 2, size: 4, lengths: [4, 4, 2] },
    { values: 6, least: 2, size: 5, lengths: [3, 3] },
    { values: 11, least: 2, size: 5, lengths: [4, 4, 3] },
    { values: 12, least: 3, size: 5, lengths: [4, 4, 4] },
    { values: 2, least: 2, size: 2, lengths: [2] },
    { values: 0, least: 2, size: 5, lengths: [] },
  ])('$values values, $least to $size a call: $lengths', ({ values, lengths, ...split }) => {
    const chunks = chunksOf(ids(values), { field: 'to', ...split })
    expect(chunks.map(({ length }) => length)).toEqual(lengths)
    expect(chunks.flat()).toEqual(ids(values))
  })

  test('of any number of values are all long enough, and not too long, or there are none', () => {
    for (let size = 1; size <= 6; size++)
      for (let least = 1; least <= size; least++)
        for (let count = 0; count <= 30; count++) {
          const isPossible = Array.from({ length: count + 1 }, (_, calls) => calls).some(
            (calls) => calls * least <= count && count <= calls * size,
          )
          const split = () => chunksOf(ids(count), { field: 'to', size, least })
          if (!isPossible) expect(split).toThrow(TypeError)
          else
            expect(split().every(({ length }) => length >= least && length <= size) && split().flat()).toEqual(
              ids(count),
            )
        }
  })

  test.each([
    {
      values: 1,
      least: 2,
      size: 5,
      says: '"to" cannot be split into calls of 2 to 5 values. Received 1 different value',
    },
    {
      values: 6,
      least: 4,
      size: 5,
      says: '"to" cannot be split into calls of 4 to 5 values. Received 6 different values',
    },
  ])('of $values values, where a call has $least to $size, are refused by name', ({ values, says, ...split }) => {
    expect(() => chunksOf(ids(values), { field: 'to', ...split })).toThrow(new TypeError(says))
  })
})
