/** `describeContract`: the right sender passes, each wrong one fails, and the message names the field. */
import { createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/client/client.js'
import { startServer } from '../../../src/mock/server.js'
import { type ContractTests, describeContract, type Fields, type Target } from '../../../src/mock/testing.js'
import { form, PATH } from '../../support/raw-request.js'

type Message = Fields<'sendGroupStatusMessage'>

describe('our own client', () => {
  describeContract({
    test,
    expect,
    operation: 'sendGroupStatusMessage',
    freshness: 'strict',
    send: (fields, target) => createClient(target).sendGroupStatusMessage(fields),
  })
})

describe('our own client over HTTP, without its check', () => {
  describeContract({
    test,
    operation: 'sendGroupStatusMessage',
    freshness: 'strict',
    serve: startServer,
    send: (fields, { fetch: _, ...target }) =>
      createClient({ ...target, validate: false }).sendGroupStatusMessage(fields),
    // The same vectors again, but for the message types.
    expresses: ({ objectName }) => !objectName?.startsWith('RC:'),
  })
})

/** What a careful user would write by hand, without the package. */
async function byHand(
  fields: Message,
  { baseUrl, appKey, appSecret, fetch }: Target,
  wrong: Wrong = {},
): Promise<void> {
  const [nonce, timestamp] = [randomBytes(8).toString('hex'), String(Date.now())]
  const secret = wrong.secret?.(appKey) ?? appSecret
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (wrong.values?.(name, value) ?? [value].flat()).map((one) => [name, String(one)] as const),
  )
  const headers = {
    'content-type': wrong.json ? 'application/json' : 'application/x-www-form-urlencoded',
    'app-key': appKey,
    nonce: wrong.nonce ?? nonce,
    timestamp,
    signature: createHash('sha1')
      .update(secret + (wrong.nonce ?? nonce) + timestamp)
      .digest('hex'),
  }
  const body = wrong.json ? JSON.stringify(fields) : form(pairs)
  const response = await fetch(baseUrl + PATH, { method: 'POST', headers, body })
  const answer = (await response.json()) as { code: number }
  if (wrong.careless) return
  if (!response.ok || (answer.code !== 200 && !wrong.statusAlone)) throw new Error(`refused with ${answer.code}`)
}

interface Wrong {
  readonly secret?: (appKey: string) => string
  readonly values?: (name: string, value: unknown) => unknown[] | undefined
  readonly json?: boolean
  readonly nonce?: string
  readonly careless?: boolean
  readonly statusAlone?: boolean
}

describe('a sender written by hand', () => {
  describeContract({
    test,
    expect,
    operation: 'sendGroupStatusMessage',
    freshness: 'strict',
    send: (fields, target) => byHand(fields, target),
  })
})

/** Runs the contract's tests aside, and gives the messages of those that fail. */
async function failures(options: Partial<ContractTests<'sendGroupStatusMessage'>>): Promise<Map<string, string>> {
  const tests: [string, () => Promise<void>][] = []
  describeContract({
    test: (name, run) => tests.push([name, run]),
    operation: 'sendGroupStatusMessage',
    send: byHand,
    ...options,
  })
  const failed = new Map<string, string>()
  for (const [name, run] of tests) {
    await run().catch((error: Error) => failed.set(name.replace('sendGroupStatusMessage: ', ''), error.message))
  }
  expect(tests.length).toBeGreaterThan(400)
  return failed
}

const ids = (name: string, change: (groups: string[]) => string[]) => (field: string, value: unknown) =>
  field === name ? change(value as string[]) : undefined

describe('a wrong sender fails', () => {
  test.each<[string, Wrong, string, RegExp]>([
    [
      'that keeps the last group alone',
      { values: ids('toGroupId', (groups) => groups.slice(-1)) },
      'toGroupId: 3 items: is sent as it is',
      /^toGroupId: all of it must arrive\. Expected \["2193",.*, received \["[^"]*"\]$/,
    ],
    [
      'that joins the groups with commas',
      { values: ids('toGroupId', (groups) => [groups.join(',')]) },
      'toGroupId: 3 items: is sent as it is',
      /^toGroupId: all of it must arrive/,
    ],
    [
      'that signs with the App Key',
      { secret: (appKey) => appKey },
      'as it is: is sent as it is',
      /Signature: the SHA-1 of appSecret, nonce, timestamp, .* in place of the App Secret/,
    ],
    [
      'that sends JSON',
      { json: true },
      'as it is: is sent as it is',
      /Content-Type: application\/x-www-form-urlencoded, got application\/json/,
    ],
    [
      'that cuts the type at 32 characters',
      { values: (name, value) => (name === 'objectName' ? [String(value).slice(0, 32)] : undefined) },
      'objectName: 33 characters: is not taken for sent',
      /^objectName: all of it must arrive/,
    ],
    [
      'that takes every answer for a success',
      { careless: true },
      'the answer signatureError (HTTP 401, code 1004) rejects',
      /^"send" resolved although the API answered HTTP 401, code 1004/,
    ],
    [
      'that looks at the HTTP status alone',
      { statusAlone: true },
      'an error that comes with HTTP 200 rejects',
      /^"send" resolved although the API answered HTTP 200 with an error in its body/,
    ],
  ])('%s', async (_, wrong, name, message) => {
    const failed = await failures({ send: (fields, target) => byHand(fields, target, wrong) })
    expect(failed.get(name)).toMatch(message)
  })

  test('that replays one nonce, when asked to be strict, and only then', async () => {
    const send = (fields: Message, target: Target) => byHand(fields, target, { nonce: 'always-the-same' })
    expect((await failures({ send })).size).toBe(0)
    const failed = await failures({ send, freshness: 'strict' })
    expect([...failed.keys()]).toEqual(['two calls are signed one by one'])
    expect(failed.get('two calls are signed one by one')).toContain('Nonce: a new nonce for each call')
  })

  test('with a short message where the values are long, whatever the runner would print', async () => {
    const cut = (name: string, value: unknown) => (name === 'content' ? [String(value).slice(0, 40_000)] : undefined)
    const send = (fields: Message, target: Target) => byHand(fields, target, { values: cut })
    const failed = await failures({ send, expect })
    expect(failed.get('content: 131072 bytes of ASCII: is sent as it is')).toMatch(
      /^content: all of it must arrive\. Expected "x{99}… \(131074 characters\), received "x{99}… \(40002 characters\)$/,
    )
    expect(Math.max(...[...failed.values()].map((message) => message.length))).toBeLessThan(1_000)
  })

  test('that makes no call', async () => {
    const failed = await failures({ send: () => undefined })
    expect(failed.get('as it is: is sent as it is')).toBe('"send" resolved, and made no call')
  })

  test('that rejects everything', async () => {
    const failed = await failures({ send: () => Promise.reject(new Error('no')) })
    expect(failed.get('as it is: is sent as it is')).toBe('"send" rejected what is on the contract: no')
    expect(failed.has('toGroupId: 4 items: is not taken for sent')).toBe(false)
  })
})

test('a sender that splits a long list into several calls passes', async () => {
  const send = async (fields: Message, target: Target) => {
    const groups: readonly string[] = fields.toGroupId ?? []
    if (groups.length < 4) return byHand(fields, target)
    for (const one of groups) await byHand({ ...fields, toGroupId: [one] }, target)
  }
  expect((await failures({ send })).size).toBe(0)
})

/**
 * The vendor's SDK by its own public method for groups. It has none for status messages, so the server below takes its
 * path for ours; all else is as the SDK sends it.
 */
test("the vendor's rongcloud-sdk fails for what it really gets wrong, and for nothing else", async () => {
  const sdk = createRequire(import.meta.url)('rongcloud-sdk') as (config: object) => {
    Message: { Group: { send: (message: object) => Promise<unknown> } }
  }
  const failed = await failures({
    freshness: { nonceOnce: true },
    serve: (api) => {
      const handle: typeof api.handle = (request) =>
        api.handle({ ...request, path: request.path.replace('/message/', '/statusmessage/') })
      return startServer({ handle, calls: [], reset: api.reset })
    },
    send: ({ fromUserId, toGroupId, ...others }, { baseUrl, appKey, appSecret }) => {
      const { Message } = sdk({ appkey: appKey, secret: appSecret, api: baseUrl })
      return Message.Group.send({ ...others, senderId: fromUserId, targetId: toGroupId })
    },
  })
  // What it sends is right.
  expect([...failed.keys()].filter((name) => name.endsWith('is sent as it is'))).toEqual([])
  // A refusal is a value like any other to it, a 401 too.
  expect(failed.get('the answer signatureError (HTTP 401, code 1004) rejects')).toMatch(/^"send" resolved although/)
  expect(failed.get('the answer internalError (HTTP 500, code 1000) rejects')).toMatch(/^"send" resolved although/)
  expect(failed.has('toGroupId: 4 items: is not taken for sent')).toBe(true)
  // One nonce for the life of the process.
  expect(failed.get('two calls are signed one by one')).toContain('Nonce: a new nonce for each call')
})

test.each([
  [{ test: undefined }, '"test" must be a function. Received undefined'],
  [{ send: 'no' }, '"send" must be a function. Received string'],
  [{ operation: 'sendNothing' }, /^"operation" must be one of .*sendGroupStatusMessage.*\. Received "sendNothing"$/],
])('wrong options are named: %j', (wrong, message) => {
  expect(() => describeContract({ test, send: byHand, ...wrong } as never)).toThrow(message)
})
