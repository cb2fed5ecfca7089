/** What the published file says in standard keywords, on specs made for it. The project's own is in spec.test.ts. */
import { expect, test } from 'vitest'
import { published } from '../../../../src/tooling/generate/published.js'

const row = (schema: object, more: object = {}) => ({ schema, counted: true, stored: false, ...more })

/** A spec with one schema. */
const specOf = (schema: object, more: object = {}) => ({
  info: { title: 'x', description: 'Words.' },
  components: { schemas: { Form: schema, ...more } },
})

const formOf = (schema: object) => published(specOf(schema)).components.schemas.Form

test.each([
  ['bytes alone', { 'x-max-bytes': 64 }, 64],
  ['a longer limit in characters', { 'x-max-bytes': 64, maxLength: 100 }, 64],
  ['a shorter limit in characters', { 'x-max-bytes': 64, maxLength: 10 }, 10],
  ['a limit in characters alone', { maxLength: 10 }, 10],
  ['no limit', {}, undefined],
])('a limit in bytes has one in characters beside it: %s', (_name, limits, maxLength) => {
  const schema = { type: 'string', ...limits }
  const expected = { ...schema, ...(maxLength !== undefined && { maxLength }) }
  expect(formOf(schema)).toEqual(expected)
  expect(formOf({ type: 'array', items: schema })).toEqual({ type: 'array', items: expected })
  expect(formOf({ properties: { default: schema, example: schema } })).toEqual({
    properties: { default: expected, example: expected },
  })
  expect(formOf({ allOf: [{ properties: { x: schema } }] })).toEqual({ allOf: [{ properties: { x: expected } }] })
})

test('values are no schemas, and the spec itself stays as it was', () => {
  const value = { 'x-max-bytes': 64, 'x-message-types': { A: row({}) } }
  const spec = specOf(
    { examples: [value], default: value, const: value, enum: [value] },
    { Bytes: { 'x-max-bytes': 1 } },
  )
  const before = structuredClone(spec)
  expect(published(spec).components.schemas.Form).toEqual(spec.components.schemas.Form)
  expect(spec).toEqual(before)
})

const TYPES = {
  'A:one': row({ $ref: '#/components/schemas/One' }, { status: true }),
  'A:two': row({ $ref: '#/components/schemas/Open', description: 'Two | more,\nin two lines.' }),
  'A:three': row({ $ref: '#/components/schemas/Open' }),
  'A:four': row({ type: 'object', description: 'Four.', properties: { 'a/b': {} } }),
}
const MESSAGES = {
  type: 'object',
  properties: {
    kind: { type: 'string', 'x-message-types': TYPES, 'x-content-field': 'text' },
    text: { type: 'string' },
  },
}
const SCHEMAS = {
  One: { type: 'object', description: 'One.', required: ['id'], properties: { id: {}, more: {} } },
  Open: { type: 'object', description: 'Open.' },
}

test('a known message type has JSON of one of the schemas as its content, each named once', () => {
  const {
    if: condition,
    then,
    ...rest
  } = published(specOf(MESSAGES, SCHEMAS)).components.schemas.Form as Record<string, unknown>
  expect(rest).toEqual(MESSAGES)
  expect(condition).toEqual({ required: ['kind'], properties: { kind: { enum: Object.keys(TYPES) } } })
  const anyOf = [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Open' }, TYPES['A:four'].schema]
  expect(then).toEqual({
    properties: { text: { contentMediaType: 'application/json', contentSchema: { anyOf } } },
    additionalProperties: true,
  })
})

test.each([
  ['a condition of its own', { ...MESSAGES, if: { required: ['text'] } }],
  ['no field for the content', { properties: { kind: { 'x-message-types': TYPES } } }],
  ['no types', { properties: { kind: { 'x-message-types': {}, 'x-content-field': 'text' } } }],
])('a schema stays as it is that has %s', (_name, schema) => {
  expect(formOf(schema)).toEqual(schema)
})

test('the description ends with a table of the message types', () => {
  const spec = published(specOf(MESSAGES, SCHEMAS))
  expect(spec.info.description.split('\n').filter((line) => /^\| `|^Words|^##/.test(line))).toEqual([
    'Words.',
    '## Message types',
    '| `A:one` | One. | `id`*, `more` | yes | no | yes |',
    '| `A:two` | Two \\| more, in two lines. | not documented | yes | no | no |',
    '| `A:three` | Open. | not documented | yes | no | no |',
    '| `A:four` | Four. | `a/b` | yes | no | no |',
  ])
  const bare = specOf(SCHEMAS.One)
  expect(published(bare)).toEqual(bare)
})
