/** The vectors of a field, on specs made for it. Those of the project's own spec are in `test/unit/vectors.test.ts`. */
import { expect, test } from 'vitest'
import type { Schema, Spec } from '../../../../src/tooling/generate/openapi.js'
import { generateVectors } from '../../../../src/tooling/generate/vectors/file.js'

const scheme = (name: string) => ({ type: 'apiKey', in: 'header', name })

/** A spec with one operation, which has one field and one header. */
const specOf = (field: Schema, header: Schema = { type: 'string' }) =>
  ({
    openapi: '3.1.1',
    info: { title: 'Mute', version: '1.0.0' },
    paths: {
      '/mute.json': {
        post: {
          operationId: 'mute',
          parameters: [{ name: 'X-Trace', in: 'header', schema: header }],
          requestBody: {
            content: {
              'application/x-www-form-urlencoded': {
                schema: { type: 'object', required: ['field'], properties: { field } },
              },
            },
          },
          responses: { 200: { description: 'Muted.' } },
        },
      },
    },
    components: {
      securitySchemes: {
        appKey: scheme('App-Key'),
        nonce: scheme('Nonce'),
        timestamp: scheme('Timestamp'),
        signature: {
          ...scheme('Signature'),
          'x-signature': { algorithm: 'sha1', encoding: 'hex', of: ['appSecret', 'nonce', 'timestamp'] },
        },
      },
    },
  }) as unknown as Spec

interface Row {
  readonly name: string
  readonly rule: { readonly field: string; readonly keyword: string }
  readonly expect: { readonly verdict: string }
}

/** The vectors of a rule: what the value is, and whether it is taken. */
function vectorsOf(field: Schema, keyword: string): string[] {
  const { vectors } = JSON.parse(generateVectors(specOf(field)).vectors) as { vectors: readonly Row[] }
  return vectors
    .filter(({ rule }) => rule.field === 'field' && rule.keyword === keyword)
    .map(({ name, expect: { verdict } }) => `${name.replace(/^mute: field: | \(2\)$/g, '')}: ${verdict}`)
}

test.each<[name: string, field: Schema, keyword: string, vectors: readonly string[]]>([
  [
    'a boolean that must be true',
    { type: 'boolean', const: true },
    'const',
    ['true: accepted', 'another value: refused'],
  ],
  [
    'a boolean that must be false',
    { type: 'boolean', enum: [false] },
    'enum',
    ['false: accepted', 'another value: refused'],
  ],
  [
    'a bound that adding 1 does not change',
    { type: 'number', maximum: 1e21 },
    'maximum',
    ['1e+21: accepted', '2e+21: refused'],
  ],
  ['one below zero', { type: 'number', minimum: -1e21 }, 'minimum', ['-1e+21: accepted', '-2e+21: refused']],
  [
    'one that must not be reached',
    { type: 'number', exclusiveMinimum: 1e21, examples: [3e21] },
    'exclusiveMinimum',
    ['more than 1e+21: accepted', '1e+21: refused'],
  ],
  ['a constant of that size', { type: 'number', const: 1e21 }, 'const', ['1e+21: accepted', 'another value: refused']],
  [
    'the most of a number',
    { type: 'number', maximum: 10 },
    'maximum',
    ['10: accepted', '11: refused', '10.25: refused'],
  ],
  [
    'the least of a number',
    { type: 'number', minimum: 0 },
    'minimum',
    ['0: accepted', '-1: refused', '-0.25: refused'],
  ],
  [
    'a bound below a number',
    { type: 'number', exclusiveMinimum: 0 },
    'exclusiveMinimum',
    ['more than 0: accepted', '0.25: accepted', '0: refused'],
  ],
  [
    'a bound above a number',
    { type: 'number', exclusiveMaximum: 1 },
    'exclusiveMaximum',
    ['less than 1: accepted', '0.75: accepted', '1: refused'],
  ],
  [
    'the most of a number in steps',
    { type: 'number', maximum: 1, multipleOf: 0.5 },
    'maximum',
    ['1: accepted', '2: refused', '1.5: refused'],
  ],
  ['the most of an integer', { type: 'integer', maximum: 10 }, 'maximum', ['10: accepted', '11: refused']],
  [
    'a text of millions of characters',
    { type: 'string', maxLength: 5_000_000 },
    'maxLength',
    [
      '5000000 characters: accepted',
      '5000000 characters of four bytes each: accepted',
      '5000001 characters: refused',
      '5000001 characters of three bytes each: refused',
    ],
  ],
])('%s', (_, field, keyword, vectors) => {
  expect(vectorsOf(field, keyword)).toEqual(vectors)
})

test.each<[keyword: string, field: Schema]>([
  ['maxLength', { type: 'string', maxLength: 2_147_483_647 }],
  ['x-max-bytes', { type: 'string', 'x-max-bytes': 2_147_483_647 }],
  ['maxItems', { type: 'array', items: { type: 'string' }, maxItems: 2_147_483_647 }],
])('a %s of which no value can be made is named', (keyword, field) => {
  expect(generateVectors(specOf(field)).warnings).toEqual([
    `mute: field: "${keyword}" has no vector: no value breaks it alone`,
  ])
})

test('a header that is longer than servers take is not sent', () => {
  const { vectors, warnings } = generateVectors(specOf({ type: 'string' }, { type: 'string', maxLength: 5_000_000 }))
  expect(warnings).toEqual(['mute: X-Trace: "maxLength" has no vector: no value breaks it alone'])
  expect(vectors.length).toBeLessThan(100_000)
})
