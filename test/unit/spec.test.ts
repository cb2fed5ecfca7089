/** The spec itself, read as plain JSON: complete, consistent, and each error reachable. */
import { readdirSync, readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { answers, requests } from '#validators'
import { notes } from '../../src/core/contract.js'
import { commandLine } from '../../src/core/contract-cli.js'
import { createMockApi } from '../../src/testing.js'
import type { Spec } from '../../src/tooling/generate/openapi.js'
import { errorFieldsOf } from '../../src/tooling/generate/tables/answers.js'
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

  test('say how many groups they may name, for other tools too', () => {
    expect(fields['toGroupId']).toMatchObject({ minItems: 1, maxItems: 3 })
  })

  test.each([
    [0, false],
    [1, true],
    [3, true],
    [4, false],
  ])('to %i groups fit: %s', (count, fits) => {
    const toGroupId = Array.from({ length: count }, (_, i) => `group ${i}`)
    const fields = { fromUserId: '2191', toGroupId, objectName: 'app:x', content: 'x' }
    expect(requests['sendGroupStatusMessage']?.(fields)).toBe(fits)
  })

  test('every list in a form body has its encoding written out', () => {
    const lists = Object.entries(fields).filter(([, schema]) => (schema['type'] as unknown) === 'array')
    expect(lists.map(([name]) => name)).toEqual(['toGroupId'])
    for (const [name] of lists) expect(media['encoding']?.[name]).toEqual({ style: 'form', explode: true })
  })

  test('every example fits its schema, and the mock takes it from the wire', () => {
    const named = examples(media)
    expect(named.map(([name]) => name)).toEqual(['typingStatus', 'textToTwoGroups', 'customType', 'copyToSender'])
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
    // The path in the examples belongs to nobody; the mock puts the one that was called in its place.
    expect(spec['components']?.['schemas']?.['ApiError']?.['properties']?.['url']?.['x-called-path']).toBe(true)
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

/** A rule of `x-suspicious`, as a program reads it. */
interface Rule {
  readonly pattern: string
  readonly examples: readonly string[]
  readonly counterExamples: readonly string[]
}

/** A schema as it is written: what is published does without the texts that prove the patterns. */
const written = (name: string) =>
  parse(readFileSync(new URL(`../../spec/components/schemas/${name}`, import.meta.url), 'utf8')) as Node

/** The rules of each field, those of a list's items among them: field, name, rule. */
const RULES = Object.entries(written('GroupStatusMessage.yaml')['properties'] as Node).flatMap(([field, schema]) =>
  Object.entries({
    ...schema['x-suspicious'],
    ...(schema['items'] && written(String(schema['items']['$ref']))['x-suspicious']),
  }).map(([name, rule]) => [field, name, rule as unknown as Rule] as const),
)

/** The names of what is suspicious about the value of a field. */
const suspicionsOf = (field: string, value: string) =>
  RULES.filter(([of, , { pattern }]) => of === field && new RegExp(pattern, 'u').test(value)).map(([, name]) => name)

/** Ids as people make them: numbers, names, random ones, those of other services, of other scripts. */
const USUAL_IDS = [
  ...['2193', '0', '-1', '00042', '1_000', '3.14', '2026-11-28', '12:30', '+49 30 1234567', '(030) 1234'],
  ...['room 7', 'Room #7', 'a-b_c', 'board east', 'team, berlin', 'Smith, John', 'Smith, John; Smith, Ann', 'a, b; c'],
  ...[
    'R&D',
    "O'Brien",
    '"the" lobby',
    'Top 1,000 fans',
    '100% cotton',
    '50%off',
    '5 % of us',
    'C#',
    'C++',
    'what?',
    'a=b',
  ],
  ...['4be0643f-1d98-573b-97cd-ca98a65347dd', '{4be0643f-1d98-573b-97cd-ca98a65347dd}', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ...[
    '507f1f77bcf86cd799439011',
    'V1StGXR8_Z5jdHi6B-myT',
    'cm3x9k2a80001',
    '0x1b6d3586',
    'd41d8cd98f00b204e9800998ecf8427e',
  ],
  ...[
    'SGVsbG8sIHdvcmxk',
    'YWJj+/==',
    '-_8=',
    'a/b+c=',
    'eyJpZCI6MjE5M30',
    'ann@example.com',
    'ann+tag@mail.example.com',
  ],
  ...[
    '@ann:example.org',
    '!room:example.org',
    'room@muc.example.com/ann',
    'urn:uuid:4be0643f',
    'https://example.com/g/7?x=1&y=2',
  ],
  ...[
    'auth0|507f1f77bcf86cd799439011',
    'google-oauth2|103547991597142817347',
    'github|583231',
    'uid=ann,ou=people,dc=example',
  ],
  ...[
    'tenant=4;room=7',
    'tenant/4/room/7',
    'tenant:4:room:7',
    'tenant.4.room.7',
    'C:\\rooms',
    '~ann',
    '$ann',
    '*',
    '<3',
    ':-)',
    ';-)',
  ],
  ...[
    '[VIP]',
    '[VIP] lobby',
    '[team berlin]',
    '(old) lobby',
    '{lobby}',
    'room[7]',
    'array',
    'arrays',
    'object',
    'the object Object',
  ],
  ...[
    'none',
    'nobody',
    'Null',
    'null-island',
    'nullable',
    'nils',
    'Nora None',
    'nana',
    'nan',
    'undefined-lovers',
    'true',
    'false',
  ],
  ...[
    '中文群',
    '群组，柏林',
    '第１组',
    'группа 7',
    'مجموعة',
    'καφές',
    'naïve café',
    '👋🏽',
    '👩‍👩‍👧 family',
    'a\u00a0b',
    'ｒｏｏｍ',
  ],
]

describe('what is suspicious', () => {
  test('is told of ids, of the type and of the content, each with a name of its own', () => {
    const names = ['fromUserId', 'toGroupId', 'objectName', 'content', 'isIncludeSender'].map((field) =>
      RULES.filter(([of]) => of === field).map(([, name]) => name),
    )
    const ids = ['joined-list', 'list-as-text', 'object-as-text', 'unset', 'encoded-twice', 'blank-around']
    const texts = ['object-as-text', 'unset', 'encoded-twice']
    expect(names).toEqual([
      ids,
      ids,
      ['near-reserved-prefix', 'object-as-text', 'blank-around', 'unset', 'encoded-twice'],
      texts,
      [],
    ])
  })

  test('is published with one example, without the other texts that prove it', () => {
    const published = JSON.stringify(spec)
    expect(published).toContain('"x-suspicious"')
    expect(published).toContain('[object Object]')
    expect(published).not.toContain('counterExamples')
    expect(published).not.toContain('[object Promise]')
  })

  test.each(RULES)(
    '%s, %s: each example is found, by this rule alone, and fits the schema; no counter-example is',
    (field, name, rule) => {
      expect(rule.examples.map((text) => suspicionsOf(field, text))).toEqual(rule.examples.map(() => [name]))
      expect(rule.counterExamples.flatMap((text) => suspicionsOf(field, text))).toEqual([])
      const base = { fromUserId: '2191', toGroupId: ['2193'], objectName: 'app:x', content: 'x' }
      for (const text of [...rule.examples, ...rule.counterExamples]) {
        const value = field === 'toGroupId' ? [text] : text
        // Whether a type is known is a rule of its own, and so is the content of a predefined one.
        const fits = requests['sendGroupStatusMessage']?.({ ...base, [field]: value })
        expect([text, fits]).toEqual([text, true])
      }
    },
  )

  test('no request that was captured from an SDK is, and no example of the spec', () => {
    const folder = new URL('../support/captured/', import.meta.url)
    const captured = readdirSync(folder).map((file) => {
      const [, text = ''] = readFileSync(new URL(file, folder), 'utf8').split('\r\n\r\n')
      return [...new URLSearchParams(text)]
    })
    expect(captured).toHaveLength(4)
    const named = examples(media).map(([, { value = {} }]) =>
      Object.entries(value).flatMap(([name, one]) =>
        [one].flat().map((text): [string, string] => [name, String(text)]),
      ),
    )
    for (const pairs of [...captured, ...named]) {
      expect(pairs.length).toBeGreaterThan(3)
      expect(pairs.flatMap(([field, value]) => suspicionsOf(field, value))).toEqual([])
    }
  })

  test.each(USUAL_IDS)('no usual id is: %s', (id) => {
    expect([suspicionsOf('fromUserId', id), suspicionsOf('toGroupId', id)]).toEqual([[], []])
  })

  test.each([
    'RC:TxtMsg',
    'RC:TypSts',
    'app:cursor',
    'App.Cursor',
    'cursor',
    'RCX:Note',
    'arc:note',
    '光标',
    'app:100%',
    'a b',
  ])('no usual type is: %s', (name) => {
    expect(suspicionsOf('objectName', name)).toEqual([])
  })

  test.each([
    ...[
      '{"content":"hello"}',
      '{"content":"a,b;c|d"}',
      '{"x":null}',
      '["a","b"]',
      '[]',
      '{}',
      '0',
      'true',
      '"text"',
      ' { "x" : 1 }',
    ],
    ...[
      'x=120;y=48',
      'a,b',
      'hello',
      'Hello, world',
      '100% sure',
      'https://example.com/?q=%E4%B8%AD',
      'AAEC/w==',
      '<b>hi</b>',
      '👋',
    ],
    ...[
      '{"url":"https://example.com/%E4%B8%AD%E6%96%87"}',
      '{"data":"{\\"userId\\":\\"2199\\"}"}',
      'nothing',
      'null and void',
      '\n',
    ],
  ])('no usual content is: %s', (content) => {
    expect(suspicionsOf('content', content)).toEqual([])
  })

  test.each([
    ['toGroupId', "JavaScript's String(list)", String(['2193', '2192']), 'joined-list'],
    ['toGroupId', "Python's urlencode without doseq", "['north', 'south']", 'list-as-text'],
    ['toGroupId', "Ruby's inspect", '["north", "south"]', 'list-as-text'],
    ['toGroupId', "PHP's list in a text", 'Array', 'list-as-text'],
    ['toGroupId', "PHP's print_r", 'Array\n(\n    [0] => north\n)\n', 'list-as-text'],
    ['toGroupId', "Java's List.toString", '[2193, 2192]', 'list-as-text'],
    ['toGroupId', "Go's Sprint", '[2193 2192]', 'list-as-text'],
    ['toGroupId', 'JSON.stringify', JSON.stringify(['2193', '2192']), 'list-as-text'],
    ['toGroupId', "JavaScript's String(object)", String({}), 'object-as-text'],
    ['fromUserId', "JavaScript's String(undefined)", String(undefined), 'unset'],
    ['fromUserId', "Python's str(None)", 'None', 'unset'],
    ['fromUserId', 'a value encoded twice', encodeURIComponent('中文'), 'encoded-twice'],
    ['fromUserId', 'a line read from a file', '2191\n', 'blank-around'],
    ['objectName', 'the prefix in small letters', 'rc:TxtMsg', 'near-reserved-prefix'],
    ['objectName', 'a full-width colon', 'RC：TxtMsg', 'near-reserved-prefix'],
    ['objectName', 'a leading blank', ' RC:TxtMsg', 'near-reserved-prefix'],
    ['objectName', 'a type encoded twice', encodeURIComponent('RC:TxtMsg'), 'encoded-twice'],
    ['content', 'JSON encoded twice', encodeURIComponent('{"x":1}'), 'encoded-twice'],
    ['content', 'JSON in JSON', JSON.stringify(JSON.stringify({ x: 1 })), 'encoded-twice'],
    ['content', "JavaScript's String(object)", String({}), 'object-as-text'],
    ['content', "Python's str(dict)", "{'x': 1}", 'object-as-text'],
    ['content', 'JSON.stringify of nothing', String(JSON.stringify(undefined)), 'unset'],
  ])('%s: %s is found', (field, _of, value, name) => {
    expect(suspicionsOf(field, value)).toContain(name)
  })
})

describe('the published file', () => {
  const file = new URL('../../generated/openapi.yaml', import.meta.url)
  const yaml = readFileSync(file, 'utf8')

  test('is clean under the strictest rules that Redocly has by itself', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const problems = async (source: string) =>
      (await lintFromString({ source, absoluteRef: file.pathname, config })).map(({ ruleId }) => ruleId)
    expect(await problems(yaml)).toEqual([])
    // The rules do run.
    expect(await problems(yaml.replace('operationId: sendGroupStatusMessage', 'operationId: "a b"'))).toEqual([
      'operation-operationId-url-safe',
    ])
  })

  test('is the same as YAML and as JSON', () => {
    expect(parse(yaml)).toEqual(spec)
  })

  test('says whom to ask, and has the success at its operation', () => {
    expect(spec['info']?.['contact']).toEqual({
      name: 'RongCloud, the vendor of the API',
      url: 'https://docs.rongcloud.io/platform-chat-api/message/send-status-group',
    })
    const success = operation['responses']?.['200']
    expect([Object.keys(success ?? {}), success?.['$ref']]).toEqual([['description', 'content'], undefined])
  })

  test('bounds in characters whatever is bounded in bytes', () => {
    const bounded = Object.entries(fields).filter(([, schema]) => schema['x-max-bytes'] !== undefined)
    expect(bounded.map(([name, schema]) => [name, schema['maxLength']])).toEqual([
      ['fromUserId', 64],
      ['content', 131_072],
    ])
  })

  test('has one open schema for all message types whose fields are not documented', () => {
    const types = Object.entries(fields['objectName']?.['x-message-types'] ?? {})
    const open = types.filter(([, { schema }]) => !resolved(schema)['properties'])
    expect(open).toHaveLength(11)
    expect(new Set(open.map(([, { schema }]) => schema?.['$ref']))).toEqual(
      new Set(['#/components/schemas/UndocumentedContent']),
    )
    const described = open.map(([, { schema }]) => String(schema?.['description']))
    // Each has one of its own, beside the shared schema; what is known of the internal ones is that alone.
    const internal = described.filter((text) => text.includes('Internal to the vendor'))
    expect(internal).toHaveLength(7)
    expect(new Set(described).size).toBe(11 - 4)
  })

  test('tells all message types in its description, and in JSON Schema', () => {
    const types = Object.entries(fields['objectName']?.['x-message-types'] ?? {})
    const table = String(spec['info']?.['description']).split('\n')
    for (const [name] of types) expect(table.filter((line) => line.startsWith(`| \`${name}\` |`))).toHaveLength(1)
    expect(table).toContain(
      '| `RC:TypSts` | Someone is typing. Not counted, not stored. | `typingContentType`* | no | no | yes |',
    )
    const form = resolved(media['schema'])
    expect(form['if']?.['properties']?.['objectName']?.['enum']).toEqual(types.map(([name]) => name))
    const { contentSchema } = form['then']?.['properties']?.['content'] ?? {}
    const refs = Object.values(contentSchema?.['anyOf'] ?? {}).map((one) => one['$ref'])
    expect(new Set(refs)).toEqual(new Set(types.map(([, { schema }]) => schema?.['$ref'])))
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
      'x-request-id': page,
      'App-Key': 'auth',
      Nonce: 'auth',
      Timestamp: 'auth',
      Signature: 'auth',
      rate: 'limits',
    })
  })

  test('say what each pattern asks for', () => {
    const found: (string | undefined)[] = []
    const visit = (node: unknown, key = ''): void => {
      if (typeof node !== 'object' || node === null || key === 'x-suspicious') return
      if ('pattern' in node && typeof node.pattern === 'string') {
        found.push('x-pattern-words' in node ? String(node['x-pattern-words']) : undefined)
      }
      for (const [name, inner] of Object.entries(node)) visit(inner, name)
    }
    visit(spec)
    const words = [
      '10 or 13 digits',
      '13 digits',
      '40 lower-case hexadecimal digits',
      'four groups of four characters from 0-9 and A-V, joined by hyphens',
      'no line break',
      'visible ASCII only',
    ]
    expect(found).toEqual(expect.arrayContaining(words))
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

test('the fields of an error are named, so that others may stand before and behind them', () => {
  const copy = structuredClone(spec) as unknown as Spec
  const error = copy.components?.schemas?.['ApiError'] as { properties: Record<string, unknown> }
  error.properties = { count: { type: 'integer' }, ...error.properties, hint: { type: 'string' } }
  expect(errorFieldsOf(copy)).toEqual({ path: 'url', code: 'code', message: 'errorMessage' })
})
