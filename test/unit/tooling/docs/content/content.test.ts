/** What the pages say of a spec: fields with their limits, examples of values, regions, sections, operations. */
import { describe, expect, test } from 'vitest'
import { describeRegions, describeSigning, descriptionSections } from '../../../../../src/tooling/docs/content/api.js'
import { exampleForm } from '../../../../../src/tooling/docs/content/examples.js'
import { describeFields } from '../../../../../src/tooling/docs/content/fields.js'
import { describeOperations } from '../../../../../src/tooling/docs/content/operations.js'
import type { Spec } from '../../../../../src/tooling/docs/content/spec.js'
import { SPEC, withOperations } from '../../../../support/docs-site.js'

/** The smallest spec, with more members where a test needs them. */
const specWith = (members: Partial<Spec> = {}): Spec => ({
  openapi: '3.1.0',
  info: { title: 'A', version: '1.0.0' },
  ...members,
})
const NONE = specWith()

describe('fields', () => {
  test.each([
    ['a text', { type: 'string', minLength: 1, maxLength: 8 }, 'string', ['at most 8 characters']],
    [
      'a text bounded in bytes',
      { type: 'string', maxLength: 8, 'x-max-bytes': 8 },
      'string',
      ['at most 8 bytes of UTF-8'],
    ],
    [
      'a list',
      { type: 'array', minItems: 2, items: { type: 'integer', minimum: 1 } },
      'list of integers',
      ['at least 2 items', 'each at least 1'],
    ],
    ['a list of anything', { type: 'array' }, 'list', []],
    ['one of several values', { enum: [1, 2] }, 'number', ['one of 1, 2']],
    ['one value', { type: 'integer', const: 200 }, 'integer', ['always 200']],
    ['a value or nothing', { type: ['boolean', 'null'] }, 'boolean or null', []],
    ['alternatives of one value each', { oneOf: [{ const: '0' }, { const: '1' }] }, 'string', ['one of "0", "1"']],
    [
      'alternatives of several values',
      { anyOf: [{ enum: [1, 2] }, { const: null }] },
      'number or null',
      ['one of 1, 2, null'],
    ],
    ['alternatives of types', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'string or integer', []],
    [
      'a list of lists',
      {
        type: 'array',
        maxItems: 2,
        items: { type: 'array', maxItems: 3, items: { type: 'object', minProperties: 1 } },
      },
      'list of lists of objects',
      ['at most 2 items', 'each at most 3 items', 'in each, each at least 1 field'],
    ],
    [
      'a list of values or nothing',
      { type: ['array', 'null'], items: { type: ['string', 'null'] } },
      'list of strings or nulls or null',
      [],
    ],
    [
      'an object with fields of any name',
      { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      'object of integers',
      ['each at least 1'],
    ],
    [
      'an object with fields beside those of the contract',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'integer' } },
      'object',
      ['any other field: integer'],
    ],
    [
      'an object that needs one field or another',
      { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b', 'c'] }] },
      'object',
      ['at least one of these is required: a, b and c'],
    ],
    [
      'an object that needs one field and not the other',
      { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      'object',
      ['exactly one of these is required: a, b'],
    ],
    ['anything', {}, 'any', []],
  ])('%s has a type and limits in words', (_name, schema, type, limits) => {
    const [field] = describeFields(NONE, { properties: { it: schema } })
    expect([field?.type, field?.limits]).toEqual([type, limits])
  })

  test('of an object, of the objects of a list, of a list of lists and of an object are nested', () => {
    const inner = { properties: { name: { type: 'string', description: ' Of it. ' } }, required: ['name'] }
    const many = { type: 'array', items: inner }
    const [one, ...others] = describeFields(NONE, {
      properties: { one: inner, many, lists: { type: 'array', items: many }, named: { additionalProperties: inner } },
    })
    expect(one?.fields.map(({ name, required, description }) => [name, required, description])).toEqual([
      ['name', true, 'Of it.'],
    ])
    expect(others.map(({ fields }) => fields)).toEqual([one?.fields, one?.fields, one?.fields])
  })

  test('have examples, a default and assumptions with what settles them, those of the items too', () => {
    const [field] = describeFields(NONE, {
      properties: {
        it: {
          type: 'array',
          default: [1],
          'x-assumption': { a: { claim: 'A.', unsettled: 'No.' } },
          items: { examples: [7], 'x-assumption': { b: { claim: 'B.', evidence: 'C.', settledBy: ['answer'] } } },
        },
      },
    })
    const assumptions = [
      { text: 'A.', settles: 'Nothing. No.' },
      { text: 'B. C.', settles: '`probe`: `answer`' },
    ]
    expect(field).toMatchObject({ default: '[1]', examples: ['7'], assumptions, required: false })
  })
})

describe('examples', () => {
  test('of a form have the required fields and those with an example, with different items where the list is unique', () => {
    const form = {
      required: ['a'],
      properties: {
        a: { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer', examples: [7] } },
        b: { type: 'string' },
        c: { type: 'string', examples: ['x'] },
      },
    }
    expect(exampleForm(NONE, form)).toEqual({ a: [7, 8, 9], c: 'x' })
  })
})

describe('the API', () => {
  test('has each region once, with its hosts', () => {
    const regions = describeRegions(SPEC)
    const { servers = [] } = SPEC
    expect(regions.map(({ id }) => id)).toEqual([...new Set(servers.map((one) => one['x-region']))])
    const hosts = regions.flatMap(({ primary, backup }) => [primary, ...(backup ? [backup] : [])])
    expect(hosts.toSorted()).toEqual(servers.map(({ url }) => url).toSorted())
    const plain = specWith({ servers: [{ url: 'https://a.example', description: 'Berlin, main. Slow.' }] })
    expect(describeRegions(plain)).toEqual([
      { id: 'https://a.example', name: 'Berlin', primary: 'https://a.example', backup: undefined, notes: ['Slow.'] },
    ])
  })

  test('has the description by its headings', () => {
    const description = 'Intro.\n\n## One\n\nText.\n### Not one\n## Two\nMore.\n\n## Message types\n\n| a |'
    const spec = specWith({ info: { title: 'A', version: '1.0.0', description } })
    expect(descriptionSections(spec)).toEqual([
      { title: '', markdown: 'Intro.' },
      { title: 'One', markdown: 'Text.\n### Not one' },
      { title: 'Two', markdown: 'More.' },
    ])
  })

  test('has the signature and its published vector, or none', () => {
    expect(describeSigning(SPEC)).toMatchObject({
      algorithm: 'sha1',
      of: ['appSecret', 'nonce', 'timestamp'],
      vector: { signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f' },
    })
    expect(describeSigning(NONE)).toBeUndefined()
  })

  test('has every operation, in the order of the spec', () => {
    const operations = describeOperations(withOperations('cursor_move', 'odd'))
    expect(operations.map(({ id }) => id)).toEqual(['sendGroupStatusMessage', 'moveCursor', 'sendOddities'])
    expect(operations[1]?.rateLimit).toEqual({
      limit: 7,
      period: 500,
      phrase: '7 calls in 500 ms',
      cost: 'viewerId',
      assumptions: [],
    })
    expect(operations[1]?.errors.map(({ code, status }) => [code, status])).toEqual(
      expect.arrayContaining([
        ['7001', 400],
        ['7009', 409],
      ]),
    )
  })
})
