/** `describeContract`: a correct sender passes, each wrong one fails, and the message names the field. */
import { createHash, randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import file from '#vectors' with { type: 'json' }
import { createClient } from '../../../src/client/client.js'
import { describeContract, type Fields, type Target } from '../../../src/contract-tests.js'
import { mockTables, operations } from '../../../src/core/contract.js'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { contractFailures } from '../../support/contract-failures.js'
import { createInMemoryFetch } from '../../support/in-memory-http.js'
import { form, PATH } from '../../support/raw-request.js'

type Message = Fields<'sendGroupStatusMessage'>

test('a server instead of fetch starts and ends with each test', async () => {
  let server: Server | undefined
  let started = 0
  let ended = 0
  const failed = await contractFailures({
    strict: true,
    serve: async (api) => {
      server = createHttpServer(api)
      const url = `http://server-${started++}`
      return { url, close: async () => void ended++ }
    },
    send: (fields, { fetch: _, ...target }) => {
      if (!server) throw new Error('no server')
      const options = { ...target, fetch: createInMemoryFetch(server), validate: false, retry: false } as const
      expect(target.baseUrl).toBe(`http://server-${started - 1}`)
      return createClient(options).sendGroupStatusMessage(fields)
    },
    expresses: ({ objectName }) => !objectName?.startsWith('RC:'),
  })
  expect([...failed]).toEqual([])
  expect(started).toBeGreaterThan(50)
  expect(ended).toBe(started)
})

/** What a careful user would write by hand, without the package. */
async function byHand(
  fields: Message,
  { baseUrl, appKey, appSecret, fetch }: Target,
  wrong: Wrong = {},
): Promise<void> {
  const nonce = wrong.nonce ?? randomBytes(8).toString('hex')
  const timestamp = wrong.timestamp ?? String(Date.now())
  const secret = wrong.secret?.(appKey) ?? appSecret
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (wrong.values?.(name, value) ?? [value].flat()).map((one) => [name, String(one)] as const),
  )
  const headers = {
    'content-type': wrong.json ? 'application/json' : 'application/x-www-form-urlencoded',
    'app-key': appKey,
    nonce,
    timestamp,
    signature: createHash('sha1')
      .update(secret + nonce + timestamp)
      .digest('hex'),
  }
  const body = wrong.json ? JSON.stringify(fields) : form(pairs)
  const response = await fetch(baseUrl + (wrong.path ?? PATH), { method: 'POST', headers, body })
  const answer = (await response.json()) as { code: number }
  if (wrong.careless) return
  if (!response.ok || (answer.code !== 200 && !wrong.statusAlone)) throw new Error(`refused with ${answer.code}`)
}

interface Wrong {
  readonly secret?: (appKey: string) => string
  readonly values?: (name: string, value: unknown) => unknown[] | undefined
  readonly json?: boolean
  readonly path?: string
  readonly nonce?: string
  readonly timestamp?: string
  readonly careless?: boolean
  readonly statusAlone?: boolean
}

test('a sender written by hand passes', async () => {
  expect([...(await contractFailures({ send: byHand, strict: true }))]).toEqual([])
})

/** Two of three, the last one first, so that they arrive in another order. */
const chunksOf = (groups: readonly string[]) => [groups.slice(2), groups.slice(0, 2)].filter(({ length }) => length > 0)

test.each<[string, (fields: Message, target: Target) => Promise<unknown>]>([
  [
    'one after another',
    async (fields, target) => {
      const groups: readonly string[] = fields.toGroupId ?? []
      if (groups.length < 4) return byHand(fields, target)
      for (const one of groups) await byHand({ ...fields, toGroupId: [one] }, target)
    },
  ],
  [
    'all at once, in another order',
    (fields, target) => {
      const chunks = chunksOf(fields.toGroupId ?? [])
      if (chunks.length < 2) return byHand(fields, target)
      return Promise.all(chunks.map((toGroupId) => byHand({ ...fields, toGroupId } as Message, target)))
    },
  ],
])('a sender that splits a long list into several calls passes: %s', async (_name, send) => {
  expect([...(await contractFailures({ send }))]).toEqual([])
})

const ids = (name: string, change: (groups: string[]) => string[]) => (field: string, value: unknown) =>
  field === name ? change(value as string[]) : undefined

describe('a wrong sender fails', () => {
  test.each<[string, Wrong, string, RegExp]>([
    [
      'that sends only the last group',
      { values: ids('toGroupId', (groups) => groups.slice(-1)) },
      'toGroupId: 3 items: is sent unchanged',
      /^toGroupId: the whole value must arrive\. Expected \["2193",.*, received \["[^"]*"\]$/,
    ],
    [
      'that joins the groups with commas',
      { values: ids('toGroupId', (groups) => [groups.join(',')]) },
      'toGroupId: 3 items: is sent unchanged',
      /^1 of 1 calls is suspicious.*several groups in one id; repeat the field/s,
    ],
    [
      'that signs with the App Key',
      { secret: (appKey) => appKey },
      'the signature is right',
      /Signature: signed with the App Key in place of the App Secret; it must be the SHA-1 of App Secret \+ Nonce \+ Timestamp/,
    ],
    [
      'that sends JSON',
      { json: true },
      'as it is: is sent unchanged',
      /Content-Type: application\/x-www-form-urlencoded, got application\/json/,
    ],
    [
      'that cuts the type at 32 characters',
      { values: (name, value) => (name === 'objectName' ? [String(value).slice(0, 32)] : undefined) },
      'objectName: 33 characters: is refused',
      /^objectName: the whole value must arrive/,
    ],
    [
      'that treats every answer as a success',
      { careless: true },
      'the answer signatureError (HTTP 401, code 1004) rejects',
      /^"send" resolved although the API answered HTTP 401, code 1004/,
    ],
    [
      'that looks only at the HTTP status',
      { statusAlone: true },
      'an error that comes with HTTP 200 rejects',
      /^"send" resolved although the API answered HTTP 200 with an error in its body/,
    ],
  ])('%s', async (_, wrong, name, message) => {
    const failed = await contractFailures({ send: (fields, target) => byHand(fields, target, wrong) }, [name])
    expect(failed.get(name)).toMatch(message)
  })

  test('that sends again after a broken connection, unless atLeastOnce is set', async () => {
    const send = async (fields: Message, target: Target) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await byHand(fields, target)
        } catch (error) {
          if (attempt === 2 || !(error instanceof TypeError)) throw error
        }
      }
    }
    const name = 'a broken connection rejects, and nothing is sent again'
    expect((await contractFailures({ send }, [name])).get(name)).toMatch(
      /^"send" sent 2 times although the connection broke before the answer: the message may arrive twice/,
    )
    expect([...(await contractFailures({ send, atLeastOnce: true }, [name]))]).toEqual([])
  })

  test('that sends again after a server did not answer in time', async () => {
    const send = async (fields: Message, target: Target) => {
      const fetch: typeof target.fetch = (url, init) => target.fetch(url, { ...init, signal: AbortSignal.timeout(30) })
      await byHand(fields, { ...target, fetch }).catch(() => byHand(fields, target))
    }
    const name = 'a server that never answers rejects within 200 ms'
    expect((await contractFailures({ send, timeout: 100 }, [name])).get(name)).toMatch(
      /^"send" sent 2 times although the server never answered: the message may arrive twice/,
    )
    expect([...(await contractFailures({ send, timeout: 100, atLeastOnce: true }, [name]))]).toEqual([])
  })

  test('that treats a broken connection as a success', async () => {
    const send = (fields: Message, target: Target) => byHand(fields, target).catch(() => {})
    const name = 'a broken connection rejects, and nothing is sent again'
    expect((await contractFailures({ send }, [name])).get(name)).toBe(
      '"send" resolved although the connection broke before the answer',
    )
  })

  test('that waits for ever, when it states a time limit', async () => {
    const name = 'a server that never answers rejects within 200 ms'
    const failed = await contractFailures({ send: byHand, timeout: 100 }, [name])
    expect(failed.get(name)).toBe(
      '"send" did not settle within 200 ms, twice its time limit, although the server never answered',
    )
    const send = (fields: Message, target: Target) => {
      const fetch: typeof target.fetch = (url, init) => target.fetch(url, { ...init, signal: AbortSignal.timeout(50) })
      return byHand(fields, { ...target, fetch })
    }
    expect([...(await contractFailures({ send, timeout: 100 }, [name]))]).toEqual([])
  })

  test.each<[string, (skipped: () => void) => unknown[]]>([
    ['jest gives none', () => []],
    ['node:test gives an object', (skip) => [{ skip }]],
    ['vitest gives a function', (skip) => [Object.assign(() => {}, { skip })]],
  ])('in one test when its signature is wrong, the others skip; of contexts, %s', async (_what, contextOf) => {
    const send = (fields: Message, target: Target) => byHand(fields, target, { secret: (appKey) => appKey })
    let skipped = 0
    const runs: (() => Promise<void>)[] = []
    const context = contextOf(() => skipped++)
    describeContract({ test: (_name, run) => runs.push(() => run(...context)), send })
    const results = await Promise.allSettled(runs.map((run) => run()))
    expect(results.map(({ status }) => status === 'rejected')).toEqual(runs.map((_run, i) => i === 0))
    expect(results[0]).toMatchObject({ reason: { message: expect.stringContaining('signed with the App Key') } })
    expect(skipped).toBe(context.length === 0 ? 0 : runs.length - 1)
  })

  test('in the first test that runs, also when a filter leaves out others, and when it is tried again', async () => {
    const send = (fields: Message, target: Target) => byHand(fields, target, { secret: (appKey) => appKey })
    const runs: (() => Promise<void>)[] = []
    describeContract({ test: (_name, run) => runs.push(() => run({ skip: () => {} })), send })
    const message = 'signed with the App Key'
    await expect(runs[7]?.()).rejects.toThrow(message)
    await expect(runs[7]?.()).rejects.toThrow(message)
    await expect(runs[0]?.()).resolves.toBeUndefined()
  })

  test('that reuses a nonce, but only in strict mode', async () => {
    let time = Date.now()
    const send = (fields: Message, target: Target) =>
      byHand(fields, target, { nonce: 'always-the-same', timestamp: String(time++) })
    const names = ['as it is: is sent unchanged', 'two calls have two signatures']
    expect([...(await contractFailures({ send }, names))]).toEqual([])
    const failed = await contractFailures({ send, strict: true }, names)
    expect([...failed.keys()]).toEqual(['two calls have two signatures'])
    expect(failed.get('two calls have two signatures')).toContain('Nonce: a new nonce for each call')
  })

  test('that makes one signature for all calls, also where the mock is not strict', async () => {
    const send = (fields: Message, target: Target) =>
      byHand(fields, target, { nonce: 'always-the-same', timestamp: '1408710653000' })
    const names = ['as it is: is sent unchanged', 'two calls have two signatures']
    expect([...(await contractFailures({ send }, names))]).toEqual([
      [
        'two calls have two signatures',
        'two calls must have two signatures. Received one signature twice: nonce or time must be new',
      ],
    ])
  })

  test.each<[string, Partial<Parameters<typeof contractFailures>[0]>, RegExp]>([
    [
      'a wrong path',
      { send: (fields, target) => byHand(fields, target, { path: '/message/group/publish' }) },
      /path: /,
    ],
    [
      'a send that never ends',
      { send: () => new Promise(() => {}), timeout: 20 },
      /^"send" did not settle within 30000 ms for a valid message$/,
    ],
    [
      'a wrong method',
      {
        send: (fields, target) =>
          byHand(fields, { ...target, fetch: (url, init) => target.fetch(url, { ...init, method: 'PUT' }) }),
      },
      /method: /,
    ],
    ['a wrong App Key', { send: (fields, target) => byHand(fields, { ...target, appKey: 'another' }) }, /App-Key: /],
    ['a server that does not start', { send: byHand, serve: () => Promise.reject(new Error('in use')) }, /^in use$/],
  ])('in one test when no call can be right: %s', async (_name, options, message) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.setTimerTickMode('nextTimerAsync')
    onTestFinished(() => void vi.useRealTimers())
    const failed = await contractFailures({ send: byHand, ...options })
    const [[name, text] = [], ...others] = failed
    expect(name).toBe('the signature is right')
    expect(text).toMatch(message)
    expect(others).toEqual([])
  })

  test('with a short message for long values, for any runner', async () => {
    const cut = (name: string, value: unknown) => (name === 'content' ? [String(value).slice(0, 40_000)] : undefined)
    const send = (fields: Message, target: Target) => byHand(fields, target, { values: cut })
    const failed = await contractFailures({ send, expect }, /^content: /)
    expect(failed.get('content: 131072 bytes of ASCII: is sent unchanged')).toMatch(
      /^content: the whole value must arrive\. Expected "x{99}… \(131074 characters\), received "x{99}… \(40002 characters\)$/,
    )
    expect(Math.max(...[...failed.values()].map((message) => message.length))).toBeLessThan(1_000)
  })

  const NO_CALL = `It must send to the target's "baseUrl", or with its "fetch"`
  test.each<[string, (fields: Message, target: Target) => unknown, string]>([
    ['resolves', () => undefined, `"send" made no call to the mock. ${NO_CALL}`],
    ['rejects', () => Promise.reject(new Error('no')), `"send" made no call to the mock, and rejected: no. ${NO_CALL}`],
    [
      'sends to another server',
      (fields, target) => byHand(fields, { ...target, fetch: () => Promise.reject(new TypeError('fetch failed')) }),
      `"send" made no call to the mock, and rejected: fetch failed. ${NO_CALL}`,
    ],
  ])('in one test when the sender makes no call and %s', async (_how, send, message) => {
    expect([...(await contractFailures({ send }))]).toEqual([['the signature is right', message]])
  })

  test('that makes no call for some messages', async () => {
    const send = (fields: Message, target: Target) =>
      fields.toGroupId.length === 3 ? undefined : byHand(fields, target)
    const failed = await contractFailures({ send }, ['toGroupId: 3 items: is sent unchanged'])
    expect([...failed.values()]).toEqual(['"send" made no call to the mock'])
  })

  test('that rejects some messages, except in tests of refused messages', async () => {
    const send = (fields: Message, target: Target) =>
      fields.toGroupId.length > 2 ? Promise.reject(new Error('no')) : byHand(fields, target)
    const names = ['toGroupId: 3 items: is sent unchanged', 'toGroupId: 4 items: is refused']
    const failed = await contractFailures({ send }, names)
    expect([...failed]).toEqual([[names[0], '"send" rejected a valid message: no']])
  })

  test('that drops a field, with what to do about it', async () => {
    const send = ({ isIncludeSender: _, ...fields }: Message, target: Target) => byHand(fields, target)
    const failed = await contractFailures({ send, expect }, ['isIncludeSender: a fraction: is refused'])
    expect([...failed.values()]).toEqual([
      'isIncludeSender: the whole value must arrive. Expected "1.5", received nothing. If your sender cannot say it, leave it out with "expresses"',
    ])
  })
})

describe('what the tests say', () => {
  /** The errors of the tests with these names. */
  async function errorsOf(options: Partial<Parameters<typeof contractFailures>[0]>, names: readonly string[]) {
    const runs = new Map<string, () => Promise<void>>()
    describeContract({
      operation: 'sendGroupStatusMessage',
      test: (name, run) => runs.set(name.replace('sendGroupStatusMessage: ', ''), run),
      send: byHand,
      ...options,
    })
    const errors: unknown[] = []
    for (const name of names) {
      const run = runs.get(name)
      if (!run) throw new Error(`no test ${name}`)
      errors.push(
        await run().then(
          () => undefined,
          (error: unknown) => error,
        ),
      )
    }
    return errors
  }
  const FIRST = 'the signature is right'
  const SUCCESS = 'the answer sent (HTTP 200) resolves'
  const BROKEN = 'a broken connection rejects, and nothing is sent again'
  const TWO = 'two calls have two signatures'
  const PLAIN = 'as it is: is sent unchanged'

  /** Sends the first time, and then does as it is told. */
  const firstThen = (then: (fields: Message, target: Target) => unknown) => {
    let isFirst = true
    return (fields: Message, target: Target) => {
      if (!isFirst) return then(fields, target)
      isFirst = false
      return byHand(fields, target)
    }
  }

  test.each<[string, () => unknown, string]>([
    ['rejects', () => Promise.reject(new Error('no')), 'no'],
    ['rejects with a text', () => Promise.reject('no'), '"no"'],
    ['rejects with nothing', () => Promise.reject(), 'rejected with undefined'],
  ])('of a sender that makes no call any more and %s', async (_how, then, words) => {
    const errors = await errorsOf({ send: firstThen(then) }, [FIRST, SUCCESS, BROKEN, TWO])
    expect(errors.map((error) => (error as Error | undefined)?.message)).toEqual([
      undefined,
      `"send" made no call to the mock, and rejected: ${words}`,
      `"send" made no call to the mock, and rejected: ${words}`,
      `"send" rejected the second call: ${words}`,
    ])
  })

  test('of a sender that makes no call any more and resolves', async () => {
    const errors = await errorsOf({ send: firstThen(() => {}) }, [FIRST, SUCCESS, BROKEN, TWO, PLAIN])
    expect(errors.map((error) => (error as Error | undefined)?.message)).toEqual([
      undefined,
      '"send" made no call to the mock',
      '"send" made no call to the mock',
      'two calls must be made. Received 0',
      '"send" made no call to the mock',
    ])
  })

  test('of a sender that rejects what has succeeded, with its error as the cause', async () => {
    const own = new Error('mine')
    const send = firstThen(async (fields, target) => {
      await byHand(fields, target)
      throw own
    })
    const errors = (await errorsOf({ send }, [FIRST, SUCCESS, PLAIN, TWO])).slice(1) as Error[]
    expect(errors.map(({ message }) => message)).toEqual([
      '"send" rejected a success: mine',
      '"send" rejected a valid message: mine',
      '"send" rejected the second call: mine',
    ])
    expect(errors.map(({ cause }) => cause)).toEqual([own, own, own])
    const [first] = await errorsOf({ send: () => Promise.reject(own) }, [FIRST])
    expect((first as Error).cause).toBe(own)
  })

  test('nothing of a sender that tries again after a refusal, and then succeeds', async () => {
    const send = (fields: Message, target: Target) => byHand(fields, target).catch(() => byHand(fields, target))
    const names = [
      'the answer internalError (HTTP 500, code 1000) rejects',
      'an error that comes with HTTP 200 rejects',
    ]
    expect(await errorsOf({ send }, names)).toEqual([undefined, undefined])
  })

  test('of a sender with another mistake: its first call is not to blame', async () => {
    const send = (fields: Message, target: Target) => byHand(fields, target, { json: true })
    const [first, plain] = await errorsOf({ send }, [FIRST, PLAIN])
    expect(first).toBeUndefined()
    expect((plain as Error).message).toContain('Content-Type: ')
  })

  test('of a sender that changes the order of the groups in one call', async () => {
    const send = (fields: Message, target: Target) =>
      byHand(fields, target, { values: ids('toGroupId', (groups) => groups.toReversed()) })
    const [error] = await errorsOf({ send }, ['toGroupId: 3 items: is sent unchanged'])
    expect((error as Error).message).toMatch(/^toGroupId: the whole value must arrive/)
  })

  const content = (change: (text: string) => string) => (fields: Message, target: Target) =>
    byHand(fields, target, { values: (name, value) => (name === 'content' ? [change(String(value))] : undefined) })

  const isolated = 'RC:IWStatusMsg, content: all its fields: is sent unchanged'
  const reversed = (value: object) => Object.fromEntries(Object.entries(value).toReversed())
  test.each<[string, (text: string) => string]>([
    ['other blanks', (text) => JSON.stringify(JSON.parse(text), undefined, 2)],
    ['another order of its keys', (text) => JSON.stringify(reversed(JSON.parse(text) as object))],
    [
      'another order of the keys inside',
      (text) =>
        JSON.stringify(JSON.parse(text), (_key, value: object) => (Object(value) === value ? reversed(value) : value)),
    ],
  ])('passes a sender that writes JSON with %s', async (_what, change) => {
    const changed = change('{"msgType":"cursor","msgFields":{"x":"120","y":"48"}}')
    expect(changed).not.toBe('{"msgType":"cursor","msgFields":{"x":"120","y":"48"}}')
    expect(
      await errorsOf({ send: content((text) => (text.startsWith('{') ? change(text) : text)) }, [isolated]),
    ).toEqual([undefined])
  })

  test.each<[string, (text: string) => string]>([
    ['another value', (text) => text.replace('120', '121')],
    ['another value beside it', (text) => text.replace('48', '49')],
    ['one key less', (text) => text.replace('"x":"120",', '')],
    ['one key more', (text) => text.replace('"x"', '"more":"1","x"')],
  ])('names the field of a sender that writes JSON with %s', async (_what, change) => {
    const [error] = await errorsOf({ send: content(change) }, [isolated])
    expect((error as Error).message).toMatch(/^content: the whole value must arrive/)
  })

  test('has a diff of the runner for short values', async () => {
    const compared: unknown[] = []
    const own = new Error('a diff')
    const fakeExpect = (value: unknown) => ({
      toEqual(expected: unknown) {
        compared.push([value, expected])
        throw own
      },
    })
    const options = { send: content((text) => text.slice(0, 5)), expect: fakeExpect }
    const long = 'content: 131072 bytes of ASCII: is sent unchanged'
    const [short, cut] = await errorsOf(options, [PLAIN, long])
    expect(short).toBe(own)
    expect(compared).toEqual([[{ content: 'x=120' }, { content: 'x=120;y=48' }]])
    expect((cut as Error).message).toMatch(/^content: the whole value must arrive/)
  })
})

describe('the tests', () => {
  const namesOf = (options: object = {}) => {
    const names: string[] = []
    describeContract({
      operation: 'sendGroupStatusMessage',
      test: (name) => names.push(name),
      send: byHand,
      ...options,
    })
    return names
  }
  const isVector = (name: string) => /: (is refused|is sent unchanged)$/.test(name)

  test('are one for each vector of fields, one for each answer, and these', () => {
    const names = namesOf()
    const vectors = file.vectors.filter((one) => one.operation === 'sendGroupStatusMessage' && one.layer === 'fields')
    expect(vectors.length).toBeLessThan(file.vectors.length)
    expect(names.filter(isVector)).toEqual(
      vectors.map(
        ({ name, expect: { verdict } }) => `${name}: ${verdict === 'refused' ? 'is refused' : 'is sent unchanged'}`,
      ),
    )
    const answers = Object.keys(mockTables.sendGroupStatusMessage.examples)
    const others = names.filter((name) => !isVector(name)).map((name) => name.replace('sendGroupStatusMessage: ', ''))
    expect(others.filter((name) => name.startsWith('the answer ')).map((name) => name.split(' ')[2])).toEqual(answers)
    expect(others.filter((name) => !name.startsWith('the answer '))).toEqual([
      'the signature is right',
      'an error that comes with HTTP 200 rejects',
      'a broken connection rejects, and nothing is sent again',
      'two calls have two signatures',
    ])
  })

  test('leave out what the sender cannot express', () => {
    expect(namesOf({ expresses: () => false }).filter(isVector)).toEqual([])
    const all = namesOf().length
    const few = namesOf({ expresses: ({ toGroupId }: Message) => toGroupId?.length !== 4 }).length
    expect(all - few).toBeGreaterThan(0)
  })

  test('have no error in disguise where nothing marks a success, or nothing is an error', () => {
    const DISGUISED = 'sendGroupStatusMessage: an error that comes with HTTP 200 rejects'
    const table = operations.sendGroupStatusMessage as { success: object }
    const mockTable = mockTables.sendGroupStatusMessage as { examples: object }
    const [{ success }, { examples }] = [table, mockTable]
    onTestFinished(() => {
      Object.assign(table, { success })
      Object.assign(mockTable, { examples })
    })
    expect(namesOf()).toContain(DISGUISED)
    table.success = { status: 200, marks: {} }
    expect(namesOf()).not.toContain(DISGUISED)
    table.success = success
    mockTable.examples = { sent: { status: 200, body: { code: 200 } } }
    expect(namesOf()).not.toContain(DISGUISED)
  })
})

describe('a sender that never ends', () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.setTimerTickMode('nextTimerAsync')
  })
  afterAll(() => void vi.useRealTimers())

  const isFault = (name: string) => /broken connection|never answers/.test(name)
  const isLong = (fields: Message) => (fields.toGroupId?.length ?? 0) > 3

  test.each<[string, (run: number, fields: Message) => boolean]>([
    ['the first call', () => true],
    ['a call with a wrong message', (_run, fields) => isLong(fields)],
    ['a second call', (run) => run === 2],
  ])('leaves no server open: %s', async (_what, hangs) => {
    let started = 0
    let ended = 0
    const calls = new Map<string, number>()
    const failed = await contractFailures(
      {
        serve: async () => ({ url: `http://server-${started++}`, close: async () => void ended++ }),
        send: (fields, target) => {
          const run = (calls.get(target.baseUrl) ?? 0) + 1
          calls.set(target.baseUrl, run)
          return hangs(run, fields) ? new Promise(() => {}) : byHand(fields, target)
        },
      },
      ['the signature is right', 'toGroupId: 4 items: is refused', 'two calls have two signatures'],
    )
    expect([...failed.values()][0]).toMatch(/^"send" did not settle within 30000 ms/)
    expect(started).toBeGreaterThan(0)
    expect(ended).toBe(started)
  })

  test('gives the runner more time than the message about it takes', () => {
    const limits = (timeout?: number) => {
      const all = new Map<string, number | undefined>()
      const register = (name: string, _run: unknown, limit?: number) => void all.set(name, limit)
      describeContract({ test: register, send: byHand, ...(timeout !== undefined && { timeout }) })
      return [...all].filter(([, limit]) => limit !== undefined).map(([name, limit]) => [isFault(name), limit])
    }
    expect(limits()).toEqual([[false, 35_000]])
    expect(limits(500)).toEqual([
      [false, 35_000],
      [true, 6_000],
    ])
    expect(limits(60_000)).toEqual([
      [false, 125_000],
      [true, 125_000],
    ])
    // A timer with a longer time fires at once.
    expect(limits(2 ** 30 - 1)).toEqual([
      [false, 2 ** 31 - 1],
      [true, 2 ** 31 - 1],
    ])
  })
})

test.each([
  [{ test: undefined }, '"test" must be a function. Received undefined'],
  [{ tests: 1 }, '"tests" is not an option of describeContract. Did you mean "test"?'],
  [{ atLeastOnce: 'yes' }, '"atLeastOnce" must be true or false. Received yes'],
  [{ operation: 'x'.repeat(98) }, /Received "x{98}"$/],
  [{ operation: 'x'.repeat(99) }, /Received "x{99}… \(101 characters\)$/],
  [{ send: 'no' }, '"send" must be a function. Received string'],
  [{ timeout: 0 }, '"timeout" must be milliseconds, more than 0 and at most 1073741823. Received 0'],
  [{ timeout: Number.NaN }, '"timeout" must be milliseconds, more than 0 and at most 1073741823. Received NaN'],
  [{ timeout: '5' }, '"timeout" must be milliseconds, more than 0 and at most 1073741823. Received 5'],
  [{ timeout: 1e12 }, '"timeout" must be milliseconds, more than 0 and at most 1073741823. Received 1000000000000'],
  [{ serve: 5 }, '"serve" must be a function. Received number'],
  [{ expect: 5 }, '"expect" must be a function. Received number'],
  [{ expresses: 'all' }, '"expresses" must be a function. Received string'],
  [{ operation: 'sendNothing' }, /^"operation" must be one of .*sendGroupStatusMessage.*\. Received "sendNothing"$/],
])('wrong options are named: %j', (wrong, message) => {
  expect(() => describeContract({ test, send: byHand, ...wrong } as never)).toThrow(message)
})
