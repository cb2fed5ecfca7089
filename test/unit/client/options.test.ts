/** Options of clients, calls and batches: where they come from, and the errors for wrong, missing and unknown ones. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { callerHeaders } from '../../../src/client/options.js'
import { type ClientOptions, createClient, isRegion, type Region } from '../../../src/index.js'
import { createMockApi } from '../../../src/testing.js'

const KEYS = { appKey: 'options-key', appSecret: 'options-secret' }
const ENVIRONMENT = {
  RONGCLOUD_APP_KEY: 'environment-key',
  RONGCLOUD_APP_SECRET: 'environment-secret',
  RONGCLOUD_REGION: 'singapore',
  RONGCLOUD_BASE_URL: 'http://environment.test',
}
type Variables = Partial<Readonly<Record<keyof typeof ENVIRONMENT, string | undefined>>>

/** Sets only these environment variables, whatever the machine has. */
function environment(variables: Variables): void {
  for (const name of Object.keys(ENVIRONMENT)) vi.stubEnv(name, (variables as Record<string, string | undefined>)[name])
}

beforeEach(() => environment({}))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

/** Makes a client and a call. Returns where it was sent to, and with which App Key. */
async function senderOf(options: ClientOptions): Promise<{ readonly url: string; readonly key: string | null }> {
  let sent = { url: '', key: null as string | null }
  const client = createClient({
    ...options,
    retry: false,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      sent = { url: new URL(request.url).origin, key: request.headers.get('app-key') }
      return Response.json({ code: 200 })
    },
  })
  await client.sendGroupStatusMessage({ fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' })
  return sent
}

const messageOf = (make: () => unknown): string => {
  try {
    make()
    return 'nothing was thrown'
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return (error as Error).message
  }
}

describe('a client takes', () => {
  const { RONGCLOUD_BASE_URL: _url, ...region } = ENVIRONMENT
  const { RONGCLOUD_REGION: _region, ...url } = ENVIRONMENT
  const FROM_ENVIRONMENT = { url: 'http://environment.test', key: 'environment-key' }

  test.each<[what: string, options: ClientOptions | undefined, variables: Variables, sent: object]>([
    ['all from the environment', undefined, url, FROM_ENVIRONMENT],
    ['the region of the environment', {}, region, { url: 'https://api.sg-light-api.com', key: 'environment-key' }],
    ['the base URL before the region there', {}, ENVIRONMENT, FROM_ENVIRONMENT],
    ['the keys of the options', KEYS, ENVIRONMENT, { url: 'http://environment.test', key: 'options-key' }],
    [
      'the base URL of the options',
      { baseUrl: 'http://options.test' },
      ENVIRONMENT,
      { url: 'http://options.test', key: 'environment-key' },
    ],
    [
      'the region of the options, though the environment has a base URL',
      { region: 'beijing' },
      ENVIRONMENT,
      { url: 'https://api.rong-api.com', key: 'environment-key' },
    ],
    [
      'all from the options, without an environment',
      { ...KEYS, baseUrl: 'http://options.test' },
      {},
      { url: 'http://options.test', key: 'options-key' },
    ],
    [
      'the environment where an option is undefined',
      { appKey: undefined, appSecret: undefined, region: undefined, baseUrl: undefined },
      ENVIRONMENT,
      FROM_ENVIRONMENT,
    ],
  ])('%s', async (_what, options, variables, sent) => {
    environment(variables)
    expect(await senderOf({ ...options })).toEqual(sent)
  })

  test('the environment only at the time when it is made', async () => {
    environment(ENVIRONMENT)
    const api = createMockApi(KEYS)
    const client = createClient({ ...KEYS, fetch: api.fetch })
    environment({})
    const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' } as const
    expect(await client.sendGroupStatusMessage(fields)).toMatchObject({ requestId: expect.any(String) })
  })

  test.each([undefined, {}])('nothing from the environment when the runtime has none: %j', (process) => {
    vi.stubGlobal('process', process)
    expect(messageOf(() => createClient())).toContain('RONGCLOUD_APP_KEY is not set, RONGCLOUD_APP_SECRET is not set')
    expect(messageOf(() => createClient({ ...KEYS, region: 'beijing' }))).toBe('nothing was thrown')
  })
})

describe('an error names the option or the variable that the user has set:', () => {
  const keys = '"appKey" and "appSecret" must be given, as options or in the environment: '
  const place =
    '"region" (beijing, singapore, singapore-b, north-america, saudi-arabia) or "baseUrl" must be given, as an option or in the environment: '
  const url = 'must be an http or https URL without query, hash or credentials. Received'
  const regions = 'must be one of beijing, singapore, singapore-b, north-america, saudi-arabia. Received'

  test.each<[what: string, options: unknown, variables: Variables, message: unknown]>([
    ['nothing at all', {}, {}, `${keys}RONGCLOUD_APP_KEY is not set, RONGCLOUD_APP_SECRET is not set`],
    ['a variable', {}, { ...ENVIRONMENT, RONGCLOUD_APP_SECRET: undefined }, `${keys}RONGCLOUD_APP_SECRET is not set`],
    ['another', {}, { ...ENVIRONMENT, RONGCLOUD_APP_KEY: undefined }, `${keys}RONGCLOUD_APP_KEY is not set`],
    ['no place', KEYS, {}, `${place}RONGCLOUD_BASE_URL is not set, RONGCLOUD_REGION is not set`],
    [
      'half of the keys, though the environment has both',
      { appKey: 'k' },
      ENVIRONMENT,
      '"appSecret" must be given together with "appKey": the environment is used only when the options have neither',
    ],
    [
      'the other half',
      { appSecret: 's' },
      ENVIRONMENT,
      '"appKey" must be given together with "appSecret": the environment is used only when the options have neither',
    ],
    ['an empty key', { ...KEYS, appKey: '' }, ENVIRONMENT, '"appKey" must not be empty'],
    ['an empty variable', {}, { ...ENVIRONMENT, RONGCLOUD_APP_KEY: '' }, 'RONGCLOUD_APP_KEY must not be empty'],
    ['an empty secret', { ...KEYS, appSecret: '' }, ENVIRONMENT, '"appSecret" must not be empty'],
    [
      'a key that is null',
      { ...KEYS, appKey: null },
      ENVIRONMENT,
      expect.stringMatching(/^"appKey" must be a string.*Received object$/),
    ],
    ['a line break', { ...KEYS, appSecret: 's\n' }, ENVIRONMENT, '"appSecret" has a line break in it'],
    [
      'a line break of a variable',
      {},
      { ...ENVIRONMENT, RONGCLOUD_APP_SECRET: 'secret\r\n' },
      'RONGCLOUD_APP_SECRET has a line break in it',
    ],
    [
      'a line break inside',
      {},
      { ...ENVIRONMENT, RONGCLOUD_APP_KEY: 'key\nkey' },
      'RONGCLOUD_APP_KEY has a line break in it',
    ],
    [
      'a blank',
      {},
      { ...ENVIRONMENT, RONGCLOUD_APP_SECRET: 'two words' },
      'RONGCLOUD_APP_SECRET must be a string of visible ASCII characters',
    ],
    [
      'one text for both keys',
      {},
      { ...ENVIRONMENT, RONGCLOUD_APP_SECRET: 'environment-key' },
      'RONGCLOUD_APP_KEY must differ from RONGCLOUD_APP_SECRET',
    ],
    ['an empty base URL', { ...KEYS, baseUrl: '' }, ENVIRONMENT, `"baseUrl" ${url} ""`],
    [
      'an empty base URL there, though there is a region',
      KEYS,
      { ...ENVIRONMENT, RONGCLOUD_BASE_URL: '' },
      `RONGCLOUD_BASE_URL ${url} ""`,
    ],
    [
      'a base URL that is none',
      KEYS,
      { RONGCLOUD_BASE_URL: 'localhost:8700' },
      `RONGCLOUD_BASE_URL ${url} "localhost:8700"`,
    ],
    [
      'no base URL in the list',
      { ...KEYS, baseUrl: [] },
      ENVIRONMENT,
      '"baseUrl" must be at least one URL. Received []',
    ],
    ['a region that is none', { ...KEYS, region: 'mars' }, ENVIRONMENT, `"region" ${regions} "mars"`],
    ['an empty region', { ...KEYS, region: '' }, ENVIRONMENT, `"region" ${regions} ""`],
    ['a region that is null', { ...KEYS, region: null }, ENVIRONMENT, `"region" ${regions} null`],
    ['a region there', KEYS, { RONGCLOUD_REGION: 'singapore\n' }, `RONGCLOUD_REGION ${regions} "singapore\\n"`],
    ['an empty region there', KEYS, { RONGCLOUD_REGION: '' }, `RONGCLOUD_REGION ${regions} ""`],
    [
      'a region and a base URL',
      { ...KEYS, region: 'beijing', baseUrl: 'http://x' },
      {},
      'Either "region" or "baseUrl" must be given. Received both',
    ],
    ['no options', null, ENVIRONMENT, 'The options of a client must be an object. Received null'],
    ['options that are a text', 'singapore', ENVIRONMENT, 'The options of a client must be an object. Received string'],
  ])('%s', (_what, options, variables, message) => {
    environment(variables)
    expect(messageOf(() => createClient(options as ClientOptions))).toEqual(message)
  })

  test('a variable that may not be read counts as not set, and the error says why', () => {
    const denied = new Proxy<NodeJS.ProcessEnv>(
      {},
      {
        get: (_, name) => {
          throw new Error(`Requires env access to "${String(name)}"`)
        },
      },
    )
    vi.stubGlobal('process', { ...process, env: denied })
    expect(messageOf(() => createClient({ region: 'beijing' }))).toBe(
      `${keys}RONGCLOUD_APP_KEY cannot be read: Requires env access to "RONGCLOUD_APP_KEY", RONGCLOUD_APP_SECRET cannot be read: Requires env access to "RONGCLOUD_APP_SECRET"`,
    )
    expect(messageOf(() => createClient(KEYS))).toBe(
      `${place}RONGCLOUD_BASE_URL cannot be read: Requires env access to "RONGCLOUD_BASE_URL", RONGCLOUD_REGION cannot be read: Requires env access to "RONGCLOUD_REGION"`,
    )
    expect(messageOf(() => createClient({ ...KEYS, region: 'beijing' }))).toBe('nothing was thrown')
  })

  test('an error that an option throws during its check is thrown unchanged', () => {
    const thrown = new Error('out of luck')
    const headerPrefix = {
      toJSON() {
        throw thrown
      },
    }
    let caught: unknown
    try {
      createClient({ ...KEYS, region: 'beijing', headerPrefix: headerPrefix as never })
    } catch (error) {
      caught = error
    }
    expect(caught).toBe(thrown)
  })

  test('no message quotes a key', () => {
    environment({ ...ENVIRONMENT, RONGCLOUD_APP_SECRET: 'environment secret' })
    expect(messageOf(() => createClient())).not.toContain('environment secret')
  })
})

test('options of a class, its getters and what it inherits count like own ones', async () => {
  class Settings {
    get baseUrl() {
      return 'http://inherited'
    }
    get appKey() {
      return KEYS.appKey
    }
    readonly appSecret = KEYS.appSecret
  }
  class Limits extends Settings {
    get timeout() {
      return -1
    }
  }
  let url = ''
  const fetch = async (input: unknown) => {
    url = new URL(String(input)).origin
    return Response.json({ code: 200 })
  }
  const client = createClient(Object.assign(new Settings(), { fetch }))
  await client.sendGroupStatusMessage({ fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' })
  expect(url).toBe('http://inherited')
  expect(messageOf(() => createClient(new Limits()))).toContain('"timeout" must be milliseconds')
})

describe('a variable with quotes around its value', () => {
  test.each([
    ['RONGCLOUD_APP_SECRET', '"environment-secret"'],
    ['RONGCLOUD_APP_SECRET', "'environment-secret'"],
    ['RONGCLOUD_APP_KEY', '"environment-key"'],
    ['RONGCLOUD_APP_KEY', '""'],
  ])('%s=%s is named', (name, value) => {
    environment({ ...ENVIRONMENT, [name]: value })
    expect(messageOf(() => createClient())).toBe(`${name} has quotes around it`)
  })

  test.each([`"k'`, '"', 'k"k', '"k', 'k"'])('is none where the quotes are not around it: %s', (value) => {
    environment({ ...ENVIRONMENT, RONGCLOUD_APP_KEY: value })
    expect(() => createClient()).not.toThrow()
  })
})

describe('an unknown option is refused by its name', () => {
  const FIELDS = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' } as const
  const api = createMockApi(KEYS)
  const client = () => createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, limiter: false })

  test.each([
    ['timeOut', 'Did you mean "timeout"?'],
    ['time_out', 'Did you mean "timeout"?'],
    ['limtier', 'Did you mean "limiter"?'],
    ['deadlin', 'Did you mean "deadline"?'],
    ['appsecret', 'Did you mean "appSecret"?'],
    ['baseURL', 'Did you mean "baseUrl"?'],
    ['retries', 'Did you mean "retry"?'],
    ['timeoutMs', 'Did you mean "timeout"?'],
    ['onAttempts', 'Did you mean "onAttempt"?'],
    ['validation', 'Did you mean "validate"?'],
    ['agent', expect.stringMatching(/^Its options are appKey, .*onAttempt$/)],
    ['toString', expect.stringMatching(/^Its options are /)],
  ])('of a client: %s', (name, hint) => {
    const message = messageOf(() => createClient({ ...KEYS, region: 'beijing', [name]: 1 }))
    const [, quoted, rest] = /^"(\w+)" is not an option of a client\. (.*)$/.exec(message) ?? []
    expect([quoted, rest]).toEqual([name, hint])
  })

  test.each([
    ['timeOut', 'Did you mean "timeout"?'],
    ['requestID', 'Did you mean "requestId"?'],
    ['header', 'Did you mean "headers"?'],
    ['concurrency', expect.stringMatching(/^Its options are signal, timeout, /)],
  ])('of a call: %s, thrown or returned, and nothing is sent', async (name, hint) => {
    api.reset()
    const options = { [name]: 1 } as object
    const { error } = await client().safe.sendGroupStatusMessage(FIELDS, options)
    const [, quoted, rest] =
      /^sendGroupStatusMessage: "(\w+)" is not an option of a call\. (.*)$/.exec(error?.message ?? '') ?? []
    expect([quoted, rest, error?.kind]).toEqual([name, hint, 'contract'])
    await expect(client().sendGroupStatusMessage(FIELDS, options)).rejects.toThrow(
      `"${name}" is not an option of a call`,
    )
    expect(api.calls).toEqual([])
  })

  test.each([
    ['concurency', 'Did you mean "concurrency"?'],
    ['timeOut', 'Did you mean "timeout"?'],
    ['requestId', expect.stringMatching(/^Its options are concurrency, /)],
  ])('of a batch: %s', (name, hint) => {
    const message = messageOf(() => client().batch.sendGroupStatusMessage(FIELDS, { [name]: 1 } as object))
    const [, quoted, rest] = /^"(\w+)" is not an option of a batch\. (.*)$/.exec(message) ?? []
    expect([quoted, rest]).toEqual([name, hint])
  })

  test.each(['concurrency', 'deadline', 'timeout', 'maxWait', 'signal', 'headers', 'misspelt'])(
    'of a batch never shows an App Secret that was passed as "%s"',
    (name) => {
      const message = messageOf(() =>
        client().batch.sendGroupStatusMessage(FIELDS, { [name]: KEYS.appSecret } as object),
      )
      expect(message).toBe(`"${name}" must not contain the App Secret`)
    },
  )

  test('and so is what is no object, for a batch', () => {
    const message = messageOf(() => client().batch.sendGroupStatusMessage(FIELDS, null as never))
    expect(message).toBe('The options of a batch must be an object. Received null')
  })

  test('even when its value is undefined, and when its name is long', () => {
    expect(messageOf(() => createClient({ ...KEYS, region: 'beijing', ...{ timeOut: undefined } }))).toContain(
      '"timeOut"',
    )
    const long = 'x'.repeat(1_000)
    expect(messageOf(() => createClient({ ...KEYS, region: 'beijing', [long]: 1 })).length).toBeLessThan(400)
  })

  test('and every known option is accepted', async () => {
    const signal = new AbortController().signal
    const call = { signal, timeout: 1_000, deadline: 1_000, maxWait: 1_000, headers: {} }
    expect(await client().sendGroupStatusMessage(FIELDS, { ...call, requestId: 'r' })).toMatchObject({ requestId: 'r' })
    const outcomes = []
    for await (const { error } of client().batch.sendGroupStatusMessage(FIELDS, { ...call, concurrency: 1 })) {
      outcomes.push(error)
    }
    expect(outcomes).toEqual([undefined])
    const all: Required<ClientOptions> = {
      ...KEYS,
      region: 'beijing',
      baseUrl: undefined,
      headerPrefix: 'RC-',
      now: Date.now,
      nonce: () => 'n',
      dangerouslyAllowBrowser: false,
      fetch: globalThis.fetch,
      timeout: 2 ** 31 - 1,
      deadline: 1,
      maxWait: 1,
      retry: false,
      limiter: false,
      validate: false,
      allowUnknownTypes: true,
      onAttempt: () => {},
    }
    expect(messageOf(() => createClient(all))).toBe('nothing was thrown')
  })
})

test.each([
  ['singapore', true],
  ['singapore-b', true],
  ['Singapore', false],
  ['', false],
  [undefined, false],
  [['singapore'], false],
])('isRegion(%j) is %s', (value: unknown, expected) => {
  const known: Region | undefined = isRegion(value) ? value : undefined
  expect(known !== undefined).toBe(expected)
})

test.each([
  [' a', 'a'],
  ['a\t ', 'a'],
  ['\r\n a b\n', 'a b'],
  ['\n \t', ''],
  ['\u00a0a', '\u00a0a'],
  ['\u000ba\f', '\u000ba\f'],
])('checks the value of a header as fetch sends it: %j as %j', async (value, sent) => {
  expect(callerHeaders({ 'X-A': value })).toEqual({ 'x-a': sent })
  // The runtime's own class is the witness, for the values that it takes.
  if (!/[\v\f]/.test(value)) expect(new Headers({ 'x-a': value }).get('x-a')).toBe(sent)
})

test('leaves a header that is no text to the check', () => {
  expect(callerHeaders({ 'X-A': 5 as never })).toEqual({ 'x-a': 5 })
})
