/** The spec itself, read as plain JSON: complete, consistent, and each error reachable. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answers, requests } from '#validators'
import { commandLine, notes } from '../../src/core/contract.js'
import { createMockApi } from '../../src/testing.js'
import { MORE, TWENTY } from '../support/contract-cases.js'
import { form, KEYS, PATH, raw } from '../support/raw-request.js'

interface Node {
  readonly [key: string]: Node
}
const spec = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8')) as Node
const resolved = (node: Node | undefined): Node => {
  const ref = node?.['$ref'] as unknown as string | undefined
  if (!ref) return node as Node
  return resolved(
    ref
      .slice(2)
      .split('/')
      .reduce<Node | undefined>((at, key) => at?.[key.replaceAll('~1', '/')], spec),
  )
}
const operation = resolved(spec['paths']?.[PATH]?.['post'])
const media = operation['requestBody']?.['content']?.['application/x-www-form-urlencoded'] as Node
const fields = resolved(media['schema'])['properties'] as Node
const examples = (node: Node | undefined) =>
  Object.entries(node?.['examples'] ?? {}).map(([name, one]) => [name, resolved(one)] as const)

/** The table of the vendor, with the HTTP status and whether to send again. */
const ERRORS = [
  [1000, 500, 'unknown'],
  [1001, 401, 'never'],
  [1002, 400, 'never'],
  [1003, 400, 'never'],
  [1004, 401, 'never'],
  [1005, 400, 'never'],
  [1006, 401, 'never'],
  [1007, 401, 'never'],
  [1008, 429, 'after-wait'],
  [1009, 430, 'never'],
  [1050, 504, 'unknown'],
  [404, 404, 'never'],
  [405, 405, 'never'],
  [2007, 403, 'never'],
] as const

/** Which violation is answered by which code: a wrong value by 1002, one that is too long by 1005. */
const RAISED: Readonly<Record<number, string>> = {
  1002: `app-key body const encoding enum maxItems maximum minItems minLength minimum multipleOf pattern repeated required
    type uniqueItems x-message-types x-reserved-prefix`,
  1003: 'media-type',
  1004: 'signature',
  1005: 'body-size maxLength x-max-bytes',
  1008: 'rate-limit',
  404: 'path',
  405: 'method',
}

const answersOfSpec = Object.entries(operation['responses'] ?? {}).flatMap(([status, response]) =>
  examples(resolved(response)['content']?.['application/json']).map(([name, example]) => ({
    status: Number(status),
    name,
    example,
  })),
)

describe('requests', () => {
  test('carry a body and the four headers that sign them, also for tools that know nothing of x- keywords', () => {
    expect(spec['security']).toEqual([{ appKey: [], nonce: [], timestamp: [], signature: [] }])
    expect(operation['requestBody']?.['required']).toBe(true)
    expect(resolved(media['schema'])['type']).toBe('object')
    expect(fields['isIncludeSender']?.['default']).toBe(0)
  })

  test('every list in a form body has its encoding written out', () => {
    const lists = Object.entries(fields).filter(([, schema]) => (schema['type'] as unknown) === 'array')
    expect(lists.map(([name]) => name)).toEqual(['toGroupId'])
    for (const [name] of lists) expect(media['encoding']?.[name]).toEqual({ style: 'form', explode: true })
  })

  test('every example fits its schema, and the mock takes it from the wire', () => {
    const named = examples(media)
    expect(named.map(([name]) => name)).toEqual(['textToTwoGroups', 'typingStatus', 'customType', 'copyToSender'])
    const api = createMockApi(KEYS)
    for (const [, { value = {} }] of named) {
      expect(requests['sendGroupStatusMessage']?.(value)).toBe(true)
      const pairs = Object.entries(value).flatMap(([name, one]) =>
        [one].flat().map((text) => [name, String(text)] as const),
      )
      const { headers, ...rest } = raw({ body: form(pairs) })
      const lower = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]))
      expect(api.handle({ ...rest, headers: lower }).status).toBe(200)
    }
    expect(() => api.verify()).not.toThrow()
  })
})

describe('answers', () => {
  test('every example fits its schema', () => {
    for (const { status, example } of answersOfSpec) {
      if (status === 200) expect(answers['sendGroupStatusMessage']?.(example['value'])).toBe(true)
      else
        expect(example['value']).toEqual({
          url: expect.any(String),
          code: expect.any(Number),
          errorMessage: expect.any(String),
        })
    }
    expect(answers['sendGroupStatusMessage']?.({ code: 1004 })).toBe(false)
  })

  test("every error of the vendor's table is told once, with its status and whether to send again", () => {
    const told = answersOfSpec.filter(({ status }) => status !== 200)
    const rows = told.map(({ status, example }) => [example['value']?.['code'], status, example['x-retry']])
    expect(new Set(rows.map((row) => row.join()))).toEqual(new Set(ERRORS.map((row) => row.join())))
  })

  test('every violation is answered by the error that the vendor gives for it, as far as that is known', () => {
    const told: Record<string, string[]> = {}
    for (const { example } of answersOfSpec) {
      const raisedBy = (example['x-raised-by'] ?? []) as unknown as string[]
      const code = String(example['value']?.['code'])
      if (raisedBy.length > 0) told[code] = [...(told[code] ?? []), ...raisedBy].toSorted()
    }
    expect(told).toEqual(Object.fromEntries(Object.entries(RAISED).map(([code, names]) => [code, names.split(/\s+/)])))
  })

  test('that operations share speak of no operation: no path, no field, no unit, no count', () => {
    const { url } = resolved(answersOfSpec.at(-1)?.example)['value'] ?? {}
    expect(Object.keys(spec['paths'] ?? {})).not.toContain(url)
    const units = Object.values(fields).flatMap((schema) => (schema['x-unit'] ? String(schema['x-unit']) : []))
    expect(units).toEqual(['groups in one call'])
    const words = [
      ...Object.keys(spec['paths'] ?? {}).map((path) => path.replace(/\.json$/, '')),
      // "content" is also the media types of an answer, as OpenAPI calls them.
      ...Object.keys(fields).filter((name) => name !== 'content'),
      ...units.map((unit) => unit.replace(/s .*$/, '')),
      ...['message went', 'messages', 'second', 'minute', 'hour', 'three', 'fourth', 'POST,', 'RC:'],
    ]
    const shared = Object.values(spec['components']?.['responses'] ?? {})
    const text = JSON.stringify([...shared, spec['components']?.['schemas']?.['ApiError']])
    expect(shared.length).toBeGreaterThan(8)
    expect(words.filter((word) => text.includes(word))).toEqual([])
  })

  test('that are a success stand at their operation', () => {
    expect(operation['responses']?.['200']?.['content']?.['application/json']?.['schema']).toBeTruthy()
  })

  test.each(ERRORS)('the error %i is reached by a request or a scenario', (code, status) => {
    const byRequest = [...TWENTY, ...MORE].some((one) => one.violation && one.code === code && one.status === status)
    const example = answersOfSpec.find((one) => (one.example['value']?.['code'] as unknown) === code)
    const api = createMockApi(KEYS)
    api.respondOnce('sendGroupStatusMessage', example?.name as 'rateLimited')
    const { headers, ...rest } = raw()
    const lower = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]))
    const answer = api.handle({ ...rest, headers: lower })
    // It names the path that was called.
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { ...example?.example['value'], url: PATH }])
    // What a request can be guilty of is answered by a request too; the rate limit has tests of its own.
    if (example?.example['x-raised-by'] && code !== 1008) expect(byRequest).toBe(true)
  })
})

describe('words', () => {
  test('stand on every operation, field, type and answer', () => {
    const silent: string[] = []
    const visit = (node: Node, at: string) => {
      const schema = resolved(node)
      if (!schema['description']) silent.push(at)
      for (const [name, child] of Object.entries(schema['properties'] ?? {})) visit(child, `${at}.${name}`)
      if (schema['items']) visit(schema['items'], `${at}[]`)
    }
    for (const [name, schema] of Object.entries(spec['components']?.['schemas'] ?? {})) visit(schema, name)
    for (const { name, example } of answersOfSpec) if (!example['description'] || !example['summary']) silent.push(name)
    for (const [name, scheme] of Object.entries(spec['components']?.['securitySchemes'] ?? {}))
      if (!scheme['description']) silent.push(name)
    for (const server of Object.values(spec['servers'] ?? {}))
      if (!server['description']) silent.push(String(server['url']))
    expect(silent).toEqual([])
  })

  test('mark what nobody could confirm', () => {
    const marked =
      readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8').split('"x-assumption"').length - 1
    expect(marked).toBeGreaterThan(20)
    for (const field of ['toGroupId', 'objectName', 'content']) expect(fields[field]?.['x-assumption']).toBeTruthy()
    expect(operation['x-rate-limit']?.['x-assumption']).toBeTruthy()
  })

  test("lead a reader of a report to the vendor's page of what is wrong", () => {
    const pages = Object.entries(notes.sendGroupStatusMessage).map(([name, { docs = '' }]) => [
      name,
      docs.replace('https://docs.rongcloud.io/platform-chat-api/', ''),
    ])
    const page = 'message/send-status-group'
    expect(Object.fromEntries(pages)).toEqual({
      '': page,
      fromUserId: page,
      toGroupId: page,
      objectName: 'message-about/about-message-types',
      content: page,
      isIncludeSender: 'message/how-to-sync-to-sender-client',
      'x-request-id': 'auth',
      'App-Key': 'auth',
      Nonce: 'auth',
      Timestamp: 'auth',
      Signature: 'auth',
      rate: 'limits',
    })
  })

  test('name the flags of the command line', () => {
    const flags = Object.entries(commandLine.sendGroupStatusMessage.fields).map(([name, { flag }]) => [name, flag])
    expect(Object.fromEntries(flags)).toEqual({
      fromUserId: 'from',
      toGroupId: 'group',
      objectName: 'type',
      content: 'content',
      isIncludeSender: 'include-sender',
    })
  })

  test('name five regions, each with a primary and a backup host', () => {
    const servers = Object.values(spec['servers'] ?? {}).map((one) => [
      one['x-region'],
      new URL(String(one['url'])).host,
      one['x-backup'] ?? false,
    ])
    expect(servers).toEqual([
      ['beijing', 'api.rong-api.com', false],
      ['beijing', 'api-b.rong-api.com', true],
      ['singapore', 'api.sg-light-api.com', false],
      ['singapore', 'api-b.sg-light-api.com', true],
      ['singapore-b', 'api.sg-b-light-api.com', false],
      ['singapore-b', 'api-b.sg-b-light-api.com', true],
      ['north-america', 'api.us-light-api.com', false],
      ['north-america', 'api-b.us-light-api.com', true],
      ['saudi-arabia', 'api.sau-light-api.com', false],
      ['saudi-arabia', 'api-b.sau-light-api.com', true],
    ])
  })
})
