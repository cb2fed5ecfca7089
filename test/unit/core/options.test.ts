/** Objects of options: every function that takes one refuses an unknown option by its name, and what is no object. `createSigner` takes those of a client too. */
import { describe, expect, test } from 'vitest'
import { describeContract } from '../../../src/contract-tests.js'
import { checkOptions } from '../../../src/core/options.js'
import { createClient, createLimiter, message } from '../../../src/index.js'
import { handlers } from '../../../src/msw.js'
import { createRedisLimiter } from '../../../src/redis.js'
import { startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'

const keys = { appKey: 'options-key', appSecret: 'options-secret' }
const api = createMockApi(keys)
const client = createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch })
const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' }
const send = async () => {}

/** Callers without types may pass anything. */
type Untyped = (options: unknown) => unknown

/** Each function with its options, one of them misspelt. */
const FUNCTIONS: readonly (readonly [name: string, call: Untyped, good: object, misspelt: string, meant: string])[] = [
  ['createClient', createClient as Untyped, { ...keys, region: 'singapore' }, 'timeOut', 'timeout'],
  ['a call', (options) => client.sendGroupStatusMessage(fields, options as object), {}, 'maxwait', 'maxWait'],
  ['a batch', (options) => client.batch.sendGroupStatusMessage(fields, options as object), {}, 'signals', 'signal'],
  ['createLimiter', createLimiter as Untyped, { limit: 5, period: 1_000 }, 'limits', 'limit'],
  ['createRedisLimiter', createRedisLimiter as Untyped, { appKey: 'k', evaluate: send }, 'whendown', 'whenDown'],
  ['message', (options) => message('app:x', {}, options as object), {}, 'allowUnknown', 'allowUnknownTypes'],
  ['createMockApi', createMockApi as Untyped, keys, 'ratelimit', 'rateLimit'],
  [
    'respondOnce',
    (options) => api.respondOnce('sendGroupStatusMessage', 'sent', options as object),
    { times: 1 },
    'time',
    'times',
  ],
  ['expectViolation', (options) => api.expectViolation('maxItems', options as object), {}, 'feld', 'field'],
  ['startServer', (options) => startServer(api, options as object), {}, 'prot', 'port'],
  ['handlers', (options) => handlers(api, options as object), {}, 'baseurl', 'baseUrl'],
  ['describeContract', describeContract as Untyped, { test: send, send }, 'timeOut', 'timeout'],
]

/** The message of what a function throws, or of its rejection. */
async function messageOf(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'nothing was thrown'
  } catch (error) {
    return (error as Error).message
  }
}

describe('what is on or off', () => {
  const [, createUntyped] = FUNCTIONS[0] as (typeof FUNCTIONS)[number]
  const client = { ...keys, region: 'singapore' }
  test.each<[name: string, call: Untyped, good: object]>([
    ['validate', createUntyped, client],
    ['allowUnknownTypes', createUntyped, client],
    ['dangerouslyAllowBrowser', createUntyped, client],
    ['allowUnknownTypes', (options) => message('app:x', {}, options as object), {}],
    ['allowUnknownTypes', createMockApi as Untyped, keys],
    ['control', async (options) => (await startServer(api, options as object)).close(), {}],
    ['atLeastOnce', describeContract as Untyped, { test: send, send }],
  ])('%s must be a boolean, or undefined, which is as if it were left out', async (name, call, good) => {
    expect(await messageOf(() => call({ ...good, [name]: undefined }))).not.toContain('must be true or false')
    for (const wrong of ['no', 0, null]) {
      const text = await messageOf(() => call({ ...good, [name]: wrong }))
      expect(text).toBe(`"${name}" must be true or false. Received ${wrong}`)
    }
  })
})

describe('what takes a mock', () => {
  test.each<[name: string, call: Untyped]>([
    ['startServer', (mock) => startServer(mock as typeof api)],
    ['handlers', (mock) => handlers(mock as typeof api)],
  ])('%s refuses what is none', async (_, call) => {
    for (const wrong of [keys, undefined, 'mock']) {
      const text = await messageOf(() => call(wrong))
      expect(text).toBe(`The first argument must be a mock, made by createMockApi. Received ${typeof wrong}`)
    }
  })
})

describe.each(FUNCTIONS)('%s', (_, call, good, misspelt, meant) => {
  test('refuses an unknown option by its name, and says which one was meant', async () => {
    const text = await messageOf(() => call({ ...good, [misspelt]: 1 }))
    expect(text).toMatch(new RegExp(`"${misspelt}" is not an option of .+\\. Did you mean "${meant}"\\?$`))
  })

  test.each([
    ['a text', 'string'],
    [7, 'number'],
  ])('refuses %j in place of its options', async (wrong, kind) => {
    const text = await messageOf(() => call(wrong))
    expect(text).toMatch(new RegExp(`The options of .* must be an object\\. Received ${kind}$`))
  })
})

test.each([
  [null, 'The options of a thing must be an object. Received null'],
  [undefined, 'The options of a thing must be an object. Received undefined'],
  ['x', 'The options of a thing must be an object. Received string'],
  [{ zzzzzz: 1 }, '"zzzzzz" is not an option of a thing. Its options are size, isOpen'],
  [{ sise: 1 }, '"sise" is not an option of a thing. Did you mean "size"?'],
  [{ isOpen: 'yes' }, '"isOpen" must be true or false. Received yes'],
])('%j are no options', (options, message) => {
  const check = () => checkOptions(options as object, { size: true, isOpen: 'boolean' }, 'a thing')
  expect(check).toThrow(new TypeError(message))
})

test.each([{}, { size: 'any', isOpen: false }, { isOpen: undefined }])('%j are options', (options) => {
  expect(() => checkOptions(options, { size: true, isOpen: 'boolean' }, 'a thing')).not.toThrow()
})
