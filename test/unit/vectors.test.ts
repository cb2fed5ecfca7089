/**
 * The vectors: complete, true of the mock, and following the spec. That other languages can read them is tested in
 * `test/external/languages/`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { createMockApi } from '../../src/testing.js'
import type { Spec } from '../../src/tooling/generate/openapi.js'
import { commandLineTable } from '../../src/tooling/generate/tables/command-line.js'
import { generateVectors } from '../../src/tooling/generate/vectors/file.js'
import { ROOT } from '../support/project-copy.js'
import { KEYS } from '../support/raw-request.js'

const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, 'generated', name), 'utf8'))

interface Rule {
  readonly field: string
  readonly keyword: string
}
interface Vector {
  readonly name: string
  readonly layer: string
  readonly rule: Rule
  readonly times: number
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Record<string, string>
    readonly body: readonly (string | { readonly repeat: string; readonly times: number })[]
  }
  readonly expect: {
    readonly verdict: string
    readonly status?: number
    readonly code?: number
    readonly violation?: Rule
  }
}
const file = read('vectors.json') as { readonly credentials: typeof KEYS; readonly vectors: readonly Vector[] }
const { vectors } = file
const spec = read('openapi.json') as Spec

const bodyOf = ({ request }: Vector) =>
  request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')

test('the file fits its own schema, and each name comes once', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(read('vectors.schema.json') as object)
  expect([validate(file), validate.errors]).toEqual([true, null])
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length)
})

test("the credentials are the vendor's published ones, and the good request carries the vendor's signature", () => {
  expect(file.credentials).toEqual(KEYS)
  expect(vectors[0]).toMatchObject({ times: 1, expect: { verdict: 'accepted', status: 200 } })
  expect(vectors[0]?.request.headers).toMatchObject({
    Nonce: '14314',
    Timestamp: '1408710653000',
    Signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f',
  })
})

/** Written by hand from the vendor's page: the boundaries that must be there, whatever the generator thinks. */
test.each([
  ['toGroupId: 3 items', undefined, undefined],
  ['toGroupId: 4 items', 'toGroupId maxItems', 1002],
  ['toGroupId: left out, and required', 'toGroupId required', 1002],
  ['toGroupId: written as toGroupId[]', 'toGroupId required', 1002],
  ['toGroupId: a comma is data', undefined, undefined],
  ['fromUserId: twice', 'fromUserId repeated', 1002],
  ['fromUserId: 65 bytes of CJK', 'fromUserId x-max-bytes', 1005],
  ['objectName: 32 characters', undefined, undefined],
  ['objectName: 33 characters', 'objectName maxLength', 1005],
  ['objectName: an unknown name that begins with RC:', 'objectName x-reserved-prefix', 1002],
  ['content: 131072 bytes of CJK', undefined, undefined],
  ['content: 131073 bytes of CJK', 'content x-max-bytes', 1005],
  ['isIncludeSender: a hexadecimal number', 'isIncludeSender type', 1002],
  ['isIncludeSender: another value', 'isIncludeSender enum', 1002],
  ['RC:TypSts, content.typingContentType: left out, and required', 'content.typingContentType required', 1002],
  ['all signing headers with the prefix RC-', undefined, undefined],
  ['Signature: made with nonce and timestamp swapped', 'Signature signature', 1004],
  ['Signature: made with the App Key in place of the App Secret', 'Signature signature', 1004],
  ['App-Key: unknown', 'App-Key app-key', 1002],
  ['X-Request-ID: 37 characters', 'x-request-id maxLength', 1005],
  ['a JSON body', 'Content-Type media-type', 1003],
  ['no fields at all', 'body body', 1002],
  ['method GET', 'method method', 405],
  ['path /statusmessage/group/publish', 'path path', 404],
  ['rate: 20 calls that cost 1 within a period', undefined, undefined],
  ['rate: 7 calls that cost 3 within a period', 'rate rate-limit', 1008],
])('there is "%s"', (name, violation, code) => {
  const found = vectors.find((one) => one.name === `sendGroupStatusMessage: ${name}`)
  const got = found?.expect.violation && `${found.expect.violation.field} ${found.expect.violation.keyword}`
  expect([found?.expect.verdict, got, found?.expect.code]).toEqual([
    violation ? 'refused' : 'accepted',
    violation,
    code,
  ])
})

test('the bodies are what their names say: 131073 bytes of CJK', () => {
  const found = vectors.find(({ name }) => name.endsWith('content: 131073 bytes of CJK'))
  const content = new URLSearchParams(bodyOf(found as Vector)).get('content') ?? ''
  expect(Buffer.byteLength(content)).toBe(131_073)
  expect(JSON.stringify(found).length).toBeLessThan(2_000)
})

test.each(vectors)('the mock agrees: $name', (vector) => {
  const api = createMockApi(file.credentials)
  const { method, path, headers } = vector.request
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = { method, path, headers: lower, body: bodyOf(vector) }
  for (let i = 1; i < vector.times; i++) expect(api.handle(request).status).toBe(200)
  const { status, body } = api.handle(request)
  const { verdict, violation, code } = vector.expect
  // Which error answers a violation that no example claims is not the contract's.
  if (vector.expect.status !== undefined) {
    expect(status).toBe(vector.expect.status)
    expect(JSON.parse(body)).toMatchObject({ code: code ?? 200 })
  }
  const [first] = api.violations
  expect(first && { field: first.field, keyword: first.keyword }).toEqual(
    verdict === 'accepted' ? undefined : violation,
  )
})

interface Schema {
  readonly properties?: Record<string, Schema>
  readonly items?: Schema
  required?: string[]
  [keyword: string]: unknown
}

const PROBED =
  /^(min|max)(Length|Items|imum)$|^exclusive|^multipleOf$|^pattern$|^enum$|^const$|^uniqueItems$|^x-max-bytes$|^x-reserved-prefix$/

/** All constraints of the form's schema: where they stand, and a way to take one away. */
function constraintsOf(schema: Schema, at = ''): { rule: Rule; remove: () => void }[] {
  const own = Object.keys(schema)
    // A list of none leaves no trace in a form: what is missing there is a required field.
    .filter((keyword) => PROBED.test(keyword) && !(keyword === 'minItems' && schema[keyword] === 1))
    .map((keyword) => ({ rule: { field: at, keyword }, remove: () => void delete schema[keyword] }))
  const required = (schema.required ?? []).map((name) => ({
    rule: { field: name, keyword: 'required' },
    remove: () => {
      schema.required = (schema.required ?? []).filter((one) => one !== name)
    },
  }))
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => constraintsOf(one, name))
  return [...own, ...required, ...fields, ...(schema.items ? constraintsOf(schema.items, `${at}[0]`) : [])]
}

/** Message types enough for the vectors of content; each one more makes every test slower. */
const FEW_TYPES = ['RC:TypSts', 'RC:TxtMsg']

/** The spec as it is, but for most of its message types. */
function copyOfSpec(): Spec {
  const copy = structuredClone(spec)
  const objectName = formOf(copy).properties?.['objectName'] as Schema
  const types = Object.entries(objectName['x-message-types'] as object)
  objectName['x-message-types'] = Object.fromEntries(types.filter(([name]) => FEW_TYPES.includes(name)))
  return copy
}
const formOf = (one: Spec) => one['components']?.['schemas']?.['GroupStatusMessage'] as unknown as Schema
/** Those of the operation that the changes are made to. */
const vectorsOf = (one: Spec) =>
  (JSON.parse(generateVectors(one).vectors) as typeof file).vectors.filter(({ name }) => name.startsWith(OPERATION))
const OPERATION = 'sendGroupStatusMessage: '
const before = vectorsOf(copyOfSpec())
const tenantOf = ({ request }: Vector) => request.headers['X-Tenant']
const refusing = ({ field, keyword }: Rule, all: readonly Vector[]) =>
  all.filter(({ expect: { violation } }) => violation?.field === field && violation.keyword === keyword)

test('an example of the command line has as many of a list as fit, where its items alone have examples', () => {
  const items = { type: 'string', description: 'A room.', examples: ['lobby', 'hall'] }
  const room = { type: 'array', description: 'Rooms.', minItems: 2, uniqueItems: true, items }
  const form = {
    type: 'object',
    required: ['room'],
    properties: { room, other: { ...room, items: { type: 'string' } } },
  }
  const header = { name: 'X-Tenant', required: true, schema: { type: 'string', examples: ['acme'] }, description: '' }
  const definition = { summary: 'Mute' }
  const one = { id: 'mute', path: '/', method: 'POST', definition, media: { schema: form }, form, headers: [header] }
  const { fields, headers } = commandLineTable({ openapi: '3.1.1', info: { title: '', version: '' } }, one)
  expect(headers).toEqual(['X-Tenant: acme'])
  expect([fields['room']?.example, fields['other']?.example]).toEqual([['lobby', 'hall'], []])
})

describe('the vectors follow the spec', () => {
  const constraints = constraintsOf(formOf(spec))

  test('which has constraints enough', () => {
    expect(constraints.length).toBeGreaterThanOrEqual(15)
  })

  test.each(constraints.map(({ rule }, i) => ({ ...rule, i })))('$field $keyword: there, and gone with it', ({ i }) => {
    const changed = copyOfSpec()
    const { rule, remove } = constraintsOf(formOf(changed))[i] as (typeof constraints)[number]
    const fits = before.filter((one) => one.rule.field === rule.field && one.rule.keyword === rule.keyword)
    expect(refusing(rule, before)).not.toHaveLength(0)
    if (rule.keyword !== 'required' && !(rule.keyword === 'x-reserved-prefix'))
      expect(fits.some((one) => one.expect.verdict === 'accepted')).toBe(true)
    remove()
    expect(refusing(rule, vectorsOf(changed))).toHaveLength(0)
  })

  test('a constraint that is added brings its own', () => {
    const changed = copyOfSpec()
    const { fromUserId } = formOf(changed).properties ?? {}
    Object.assign(fromUserId as Schema, { maxLength: 10, pattern: '^[0-9]+$' })
    const all = vectorsOf(changed)
    expect(refusing({ field: 'fromUserId', keyword: 'maxLength' }, all)).not.toHaveLength(0)
    expect(refusing({ field: 'fromUserId', keyword: 'pattern' }, all)).not.toHaveLength(0)
  })

  test('a list that is named like a method of every object has its own', () => {
    const changed = copyOfSpec()
    const list = { type: 'array', uniqueItems: true, items: { type: 'string' } }
    Object.assign(formOf(changed).properties ?? {}, { toString: list })
    expect(refusing({ field: 'toString', keyword: 'uniqueItems' }, vectorsOf(changed))).not.toHaveLength(0)
  })

  test('a list of one value is not made longer by others for the rate limit', () => {
    const changed = copyOfSpec()
    const form = formOf(changed)
    form.required = (form.required ?? []).filter((name) => name !== 'toGroupId')
    const list = { minItems: 2, items: { type: 'number', const: 1.5 }, examples: undefined }
    Object.assign(form.properties?.['toGroupId'] as Schema, list)
    const operation = changed['paths']?.['/statusmessage/group/publish.json']?.['post'] as unknown as Schema
    const { content } = operation['requestBody'] as { content: Record<string, Schema> }
    delete content['application/x-www-form-urlencoded']?.['examples']
    expect(vectorsOf(changed)).not.toHaveLength(0)
    const rates = vectorsOf(changed).filter(({ layer }) => layer === 'rate')
    const bodies = rates.map((one) => new URLSearchParams(bodyOf(one)).getAll('toGroupId'))
    expect(bodies.flat().filter((one) => one !== '1.5')).toEqual([])
  })

  describe('a list has its longest and one more, whatever its items must be', () => {
    test.each([
      [{ type: 'string', pattern: '^[A-Za-z0-9]{8}$' }, 20, true, ['AAAAAAAA']],
      [{ type: 'string', enum: ['ios', 'android', 'web'] }, 3, true, ['ios']],
      [{ type: 'string', enum: ['ios', 'android', 'web'] }, 5, false, ['ios']],
      [{ type: 'integer', minimum: 1, maximum: 3 }, 3, true, [3]],
      [{ type: 'integer', minimum: 1, maximum: 3 }, 4, false, [3]],
      [{ type: 'string', maxLength: 3 }, 4, true, ['abc']],
      [{ type: 'boolean' }, 2, false, [true]],
    ])('%j, %i at most, each once: %s', (items, maxItems, uniqueItems, example) => {
      const changed = copyOfSpec()
      const list = { type: 'array', maxItems, items, examples: [example], ...(uniqueItems && { uniqueItems }) }
      Object.assign(formOf(changed).properties ?? {}, { list })
      const all = vectorsOf(changed).filter(({ rule }) => rule.field === 'list' && rule.keyword === 'maxItems')
      const lengths = all.map((one) => [one.expect.verdict, new URLSearchParams(bodyOf(one)).getAll('list').length])
      expect(lengths).toEqual([
        ['accepted', maxItems],
        ['refused', maxItems + 1],
      ])
    })
  })

  test('of the limits in the parts of a schema the narrower one holds', () => {
    const changed = copyOfSpec()
    const parts = [
      { type: 'integer', minimum: 5, maximum: 9 },
      { minimum: 1, maximum: 20 },
    ]
    Object.assign(formOf(changed).properties ?? {}, { both: { description: 'Both.', examples: [7], allOf: parts } })
    // The same where the parts are of the whole form.
    const halves = parts.map((part) => ({ properties: { half: { description: 'Half.', ...part } } }))
    Object.assign(formOf(changed), { allOf: [...halves, { properties: { half: { examples: [7] } } }] })
    const told = (field: string) =>
      vectorsOf(changed)
        .filter(({ rule }) => rule.field === field && /imum$/.test(rule.keyword))
        .map((one) => [new URLSearchParams(bodyOf(one)).get(field), one.expect.verdict])
    expect(told('half')).toEqual(told('both'))
    expect(told('both')).toEqual([
      ['5', 'accepted'],
      ['4', 'refused'],
      ['9', 'accepted'],
      ['10', 'refused'],
    ])
  })

  test('a field that is not listed is one that there is not, and refused where the schema says so', () => {
    const changed = copyOfSpec()
    Object.assign(formOf(changed).properties ?? {}, { unlisted: { type: 'string', examples: ['x'] } })
    const unlisted = () =>
      vectorsOf(changed).find(({ name }) => name.endsWith('a field that the contract does not list'))
    expect(unlisted()).toMatchObject({ rule: { field: 'unlisted1' }, expect: { verdict: 'accepted' } })
    formOf(changed)['additionalProperties'] = false
    expect(unlisted()?.expect).toMatchObject({
      verdict: 'refused',
      violation: { field: 'body', keyword: 'additionalProperties' },
    })
  })

  test('a form that wants any of its fields has vectors', () => {
    const changed = copyOfSpec()
    const form = formOf(changed)
    Object.assign(form, { required: [], minProperties: 1 })
    const operation = changed['paths']?.['/statusmessage/group/publish.json']?.['post'] as unknown as Schema
    const { content } = operation['requestBody'] as { content: Record<string, Schema> }
    delete content['application/x-www-form-urlencoded']?.['examples']
    expect(vectorsOf(changed).length).toBeGreaterThan(100)
  })

  test('a high limit is filled by calls that are dear enough', () => {
    const changed = copyOfSpec()
    const operation = changed['paths']?.['/statusmessage/group/publish.json']?.['post'] as unknown as Schema
    operation['x-rate-limit'] = { limit: 6_000, period: 60_000, cost: 'toGroupId' }
    Object.assign(formOf(changed).properties?.['toGroupId'] as Schema, { maxItems: 1_000 })
    const rates = vectorsOf(changed).filter(({ layer }) => layer === 'rate')
    expect(rates.map((one) => [one.times, one.expect.verdict])).toEqual([
      [6, 'accepted'],
      [7, 'refused'],
    ])
  })

  describe('a header that must be there', () => {
    /** Nobody guesses a value of it. */
    const tenant = {
      name: 'X-Tenant',
      in: 'header',
      required: true,
      schema: { type: 'string', pattern: '^(?=ac)acme$' },
    }
    const withTenant = (change: object) => {
      const changed = copyOfSpec()
      const operation = changed['paths']?.['/statusmessage/group/publish.json']?.['post'] as unknown as Schema
      operation['parameters'] = [{ ...tenant, ...change }]
      return changed
    }

    test.each([
      ['beside its schema', { example: 'acme' }],
      ['among named ones', { examples: { one: { summary: 'One', value: 'acme' } } }],
      ['in its schema', { schema: { ...tenant.schema, examples: ['acme'] } }],
    ])('is sent as its example says, %s', (_where, change) => {
      const all = vectorsOf(withTenant(change))
      expect(all.length).toBeGreaterThan(before.length / 2)
      expect(all.filter(({ expect: { verdict } }) => verdict === 'accepted').map(tenantOf)).toContain('acme')
      for (const keyword of ['required', 'pattern'])
        expect(refusing({ field: 'x-tenant', keyword }, all)).toHaveLength(1)
    })

    test('is named when nothing says what fits', () => {
      expect(generateVectors(withTenant({})).warnings).toEqual([
        'sendGroupStatusMessage: no example of its header "X-Tenant" fits the schema, so it has no vectors',
      ])
    })
  })

  test('a rate limit, an alias and a header parameter that are taken away take theirs along', () => {
    const changed = copyOfSpec()
    const operation = changed['paths']?.['/statusmessage/group/publish.json']?.['post'] as unknown as Schema
    delete operation['x-rate-limit']
    delete operation['parameters']
    const schemes = changed['components']?.['securitySchemes'] as unknown as Record<string, Schema>
    delete schemes['nonce']?.['x-aliases']
    const names = vectorsOf(changed).map(({ name }) => name)
    expect(names.filter((name) => /rate:|X-Request-ID|RC-Nonce/.test(name))).toEqual([])
    expect(names).toContain('sendGroupStatusMessage: Timestamp: as RC-Timestamp')
  })
})
