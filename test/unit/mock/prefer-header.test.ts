/** The header `Prefer` chooses the answer of one request, through every entry point. */
import { setupServer } from 'msw/node'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type MockTable, mockTables } from '../../../src/core/contract.js'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { handlers, listenOptions } from '../../../src/mock/msw-handlers.js'
import { preferred } from '../../../src/mock/prefer-header.js'
import { createMockApi } from '../../../src/testing.js'
import { createInMemoryFetch, sendInMemory } from '../../support/in-memory-http.js'
import { form, KEYS, PAIRS, PATH, raw, signedHeaders } from '../../support/raw-request.js'

const api = createMockApi(KEYS)
const interception = setupServer(...handlers(api))
const server = createHttpServer(api)
const fetchInMemory = createInMemoryFetch(server)
beforeEach(() => api.reset())

interface Answer {
  readonly status: number
  readonly code: unknown
  readonly applied: string | null
}

const init = (prefer: string, body = form(PAIRS)) => ({
  method: 'POST',
  headers: { ...signedHeaders(), Prefer: prefer },
  body,
})

async function read(response: Response): Promise<Answer> {
  const { code } = (await response.json()) as { code: unknown }
  return { status: response.status, code, applied: response.headers.get('preference-applied') }
}

const entryPoints: Record<string, (prefer: string, body?: string) => Promise<Answer>> = {
  'the injected fetch': async (...all) => read(await api.fetch(`http://anywhere${PATH}`, init(...all))),
  'the injected fetch, with a Request': async (...all) =>
    read(await api.fetch(new Request(`http://anywhere${PATH}`, init(...all)))),
  MSW: async (...all) => {
    interception.listen(listenOptions)
    const answer = await read(await fetch(`https://api.sg-light-api.com${PATH}`, init(...all)))
    interception.close()
    return answer
  },
  HTTP: async (...all) => read(await fetchInMemory(`http://anywhere${PATH}`, init(...all))),
}

describe.each(Object.entries(entryPoints))('through %s', (_name, send) => {
  test('an example is chosen by its status, by its name, and by its error code', async () => {
    expect(await send('code=429')).toEqual({ status: 429, code: 1008, applied: 'code=429' })
    expect(await send('example=rateLimited')).toEqual({ status: 429, code: 1008, applied: 'example=rateLimited' })
    expect(await send('code=1050')).toEqual({ status: 504, code: 1050, applied: 'code=1050' })
    expect(() => api.verify()).not.toThrow()
  })

  test('only the request with the header gets the example', async () => {
    await send('code=500')
    expect(await send('')).toEqual({ status: 200, code: 200, applied: null })
  })

  test('an invalid request is still refused with its violation', async () => {
    const answer = await send('code=200', form(PAIRS.filter(([name]) => name !== 'fromUserId')))
    expect(answer).toEqual({ status: 400, code: 1002, applied: null })
    expect(api.violations).toMatchObject([{ field: 'fromUserId', keyword: 'required' }])
  })

  test('what the contract does not have is a violation, not a silent success', async () => {
    expect(await send('example=rateLimit')).toEqual({ status: 400, code: 1002, applied: null })
    expect(() => api.verify()).toThrow(
      /^1 of 1 calls off (?:.*\n)* {3}Prefer: one of the examples sent, .*rateLimited, .*, got "rateLimit" \(prefer\)$/m,
    )
  })
})

/** What the header chooses. */
function choose(prefer: string) {
  const headers = Object.fromEntries(
    Object.entries(signedHeaders()).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const { status, body, headers: given } = api.handle({ ...raw(), headers: { ...headers, prefer } })
  return { status, code: (JSON.parse(body) as { code: number }).code, applied: given['preference-applied'] }
}

describe('the syntax of RFC 7240', () => {
  test.each<[string, string, number, number, string]>([
    ['a quoted value', 'code="429"', 429, 1008, 'code=429'],
    ['a quoted value with escapes', 'example="rate\\Limited"', 429, 1008, 'example=rateLimited'],
    ['spaces around everything', '  example =\t"internalError" , wait = 5 ', 500, 1000, 'example=internalError'],
    ['a name in another case', 'Code=429', 429, 1008, 'code=429'],
    ['unknown preferences before and behind', 'respond-async, wait=100, code=504, x', 504, 1050, 'code=504'],
    ['unknown parameters', 'code=504; x="a,b"; y, wait=3', 504, 1050, 'code=504'],
    ['commas inside quotes', 'note="a, code=500", code=504', 504, 1050, 'code=504'],
    ['empty elements', ',, ,code=504,', 504, 1050, 'code=504'],
    ['several headers, joined', 'wait=3, code=504', 504, 1050, 'code=504'],
    ['the first of a name', 'code=429, code=500', 429, 1008, 'code=429'],
    ['the first of several examples with a status', 'code=401', 401, 1004, 'code=401'],
    ['both, in either order', 'example=appLocked, code=401', 401, 1006, 'example=appLocked, code=401'],
    ['both, with an error code', 'code=1002, example=unknownAppKey', 400, 1002, 'code=1002, example=unknownAppKey'],
    ['a semicolon in place of the comma', 'code=401; example=appLocked', 401, 1006, 'code=401, example=appLocked'],
    ['a status before an error code', 'code=200, example=sentWithoutIds', 200, 200, 'code=200, example=sentWithoutIds'],
  ])('takes %s', (_name, prefer, status, code, applied) => {
    expect(choose(prefer)).toEqual({ status, code, applied })
    expect(() => api.verify()).not.toThrow()
  })

  test.each([
    ['preferences of others', 'respond-async, wait=100'],
    ['a parameter of somebody else, though it has our name', 'foo; code=500'],
    ['a value that looks like ours', 'foo="code=500"'],
    ['a longer name', 'code2=500, xcode=500, examples=sent'],
    ['nothing', ''],
  ])('ignores %s', (_name, prefer) => {
    expect(choose(prefer)).toEqual({ status: 200, code: 200, applied: undefined })
    expect(() => api.verify()).not.toThrow()
  })

  test.each([
    ['code=418', /^Prefer: one of the codes 200, 400, 1002, 1003, .*429, 1008, .*, got "418"$/],
    ['code=', /^Prefer: one of the codes .*, got nothing$/],
    ['code', /^Prefer: one of the codes .*, got nothing$/],
    ['code=4xx', /got "4xx"$/],
    ['code=-1', /got "-1"$/],
    ['code=undefined', /got "undefined"$/],
    ['example="rateLimited', /got "\\"rateLimited"$/],
    ['example=constructor', /got "constructor"$/],
    ['example=__proto__', /got "__proto__"$/],
    [
      'code=400, example=rateLimited',
      /^Prefer: one of the examples of code 400: parameterError, .*, got "rateLimited"$/,
    ],
    [`example=${'x'.repeat(5_000)}`, /got "x{40}…"$/],
  ])('refuses %.40s by name', (prefer, message) => {
    expect(choose(prefer)).toEqual({ status: 400, code: 1002, applied: undefined })
    expect(api.violations).toMatchObject([
      { field: 'Prefer', keyword: 'prefer', message: expect.stringMatching(message) },
    ])
  })

  test('reads a long header of quotes and escapes in no time', () => {
    for (const one of ['"', '\\"', '" ', ',"\\', ' =', ';']) choose(`code=429,${one.repeat(200_000 / one.length)}`)
    expect(api.calls).toHaveLength(6)
  }, 5_000)
})

describe('beside api.respondOnce and the rate limit', () => {
  test('a call with the header uses no answer of the queue', () => {
    api.respondOnce('sendGroupStatusMessage', 'internalError')
    expect(choose('code=504').status).toBe(504)
    expect(choose('').status).toBe(500)
  })

  test('a chosen answer neither counts against the rate limit nor is refused by it', () => {
    for (let i = 0; i < 10; i++) choose('')
    expect(choose('').status).toBe(429)
    expect(choose('code=200').status).toBe(200)
    api.reset()
    for (let i = 0; i < 30; i++) choose('code=200')
    expect(choose('').status).toBe(200)
  })
})

test('several headers of HTTP are one list', async () => {
  const headers = { ...signedHeaders(), Prefer: ['wait=5', 'code="500"'] }
  const answer = await read(await sendInMemory(server, { ...raw(), headers }))
  expect(answer).toEqual({ status: 500, code: 1000, applied: 'code=500' })
})

test('if the contract has no example, the status of success selects the default answer', async () => {
  const table = mockTables.sendGroupStatusMessage as { examples: MockTable['examples'] }
  const { examples } = table
  onTestFinished(() => {
    table.examples = examples
  })
  table.examples = {}
  const answer = await read(await api.fetch(`http://anywhere${PATH}`, init('code=200')))
  expect(answer).toEqual({ status: 200, code: 200, applied: 'code=200' })
})

test.each([
  ['wait=10;a=b, example=sent', 'sent'],
  ['example="sent"', 'sent'],
  [String.raw`example="s\ent"`, 'sent'],
  ['example=x"sent"', undefined],
  ['example="sent"x', undefined],
])('the parts of the header are read as written: %s', (header, example) => {
  const table = mockTables.sendGroupStatusMessage
  const found = preferred(header, table)
  expect(found && 'example' in found ? found.example : undefined).toBe(example)
  expect(found?.violation === undefined).toBe(example !== undefined)
})

test.each([
  ['example="a b"', 'a b', 'example="a b"'],
  [String.raw`example="a\"b"`, 'a"b', String.raw`example="a\"b"`],
  ['example=a=b', 'a=b', 'example="a=b"'],
  ['example="b,c"', 'b,c', 'example="b,c"'],
  ['example="ab c"', 'ab c', 'example="ab c"'],
  ['example="c ab"', 'c ab', 'example="c ab"'],
  ['example=x"', 'x"', String.raw`example="x\""`],
  ['example="x', '"x', String.raw`example="\"x"`],
  ['example=!#$%&*+.^_|~-9', '!#$%&*+.^_|~-9', 'example=!#$%&*+.^_|~-9'],
])('a name that is no word is quoted again: %s', (header, example, applied) => {
  const { success } = mockTables.sendGroupStatusMessage
  const table = { success, examples: { [example]: { status: 200, body: {} } } } as unknown as MockTable
  expect(preferred(header, table)).toEqual({ example, applied })
})
