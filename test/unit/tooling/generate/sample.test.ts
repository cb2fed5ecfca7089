/** The one maker of sample values: for tables, vectors, the command line, the docs and the playground. */
import { expect, test } from 'vitest'
import type { Schema, Spec } from '../../../../src/tooling/generate/openapi.js'
import { sampleOf } from '../../../../src/tooling/generate/sample.js'

const SPEC: Spec = {
  openapi: '3.1.1',
  info: { title: 'Samples', version: '1.0.0' },
  components: {
    schemas: {
      Tree: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          below: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        },
      },
    },
  },
}

const CASES: readonly (readonly [name: string, schema: Schema, sample: unknown])[] = [
  ['the first example', { type: 'string', examples: ['b', 'c'], default: 'a' }, 'b'],
  ['a constant', { const: 7 }, 7],
  ['the first choice', { type: 'string', enum: ['x', 'y'] }, 'x'],
  ['a text that is long enough', { type: 'string', minLength: 6 }, 'textxx'],
  ['a text that is short enough', { type: 'string', maxLength: 2 }, 'te'],
  ['a text of a pattern', { type: 'string', pattern: '^a{3}$' }, 'aaa'],
  ['an integer', { type: 'integer' }, 1],
  ['an integer above its least', { type: 'integer', minimum: 5 }, 6],
  ['an integer between fractions', { type: 'integer', minimum: 3.2, maximum: 4.5 }, 4],
  ['a number below its most', { type: 'number', maximum: -3 }, -3],
  ['a number between two that it must not reach', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
  ['a multiple', { type: 'integer', exclusiveMinimum: 0, multipleOf: 5 }, 5],
  ['a multiple of a fraction', { type: 'number', minimum: 0.3, multipleOf: 0.25 }, 0.5],
  ['a list that is long enough', { type: 'array', minItems: 3, items: { type: 'integer', examples: [7] } }, [7, 8, 9]],
  ['a list of choices', { type: 'array', minItems: 2, items: { type: 'string', enum: ['x', 'y'] } }, ['x', 'y']],
  ['a list of one choice', { type: 'array', minItems: 2, items: { const: 1 } }, [1, 1]],
  ['a list of booleans', { type: 'array', minItems: 3, items: { type: 'boolean' } }, [true, false, true]],
  [
    'a list of numbers up to a most',
    { type: 'array', minItems: 3, items: { type: 'integer', maximum: 1 } },
    [1, 0, -1],
  ],
  ['a list of multiples', { type: 'array', minItems: 2, items: { type: 'integer', multipleOf: 5 } }, [0, 5]],
  ['a list of short texts', { type: 'array', minItems: 2, items: { type: 'string', maxLength: 2 } }, ['te', 't1']],
  [
    'a list of alternatives',
    { type: 'array', minItems: 2, items: { oneOf: [{ type: 'boolean' }, { const: 'x' }] } },
    [true, 'x'],
  ],
  [
    'a longer list of constants as alternatives',
    { type: 'array', minItems: 4, items: { oneOf: [{ const: 0 }, { const: 1 }] } },
    [0, 1, 0, 1],
  ],
  [
    'a longer list of numbers or one text',
    { type: 'array', minItems: 4, items: { anyOf: [{ type: 'integer', maximum: 1 }, { const: 'x' }] } },
    [1, 'x', 0, -1],
  ],
  [
    'a longer list of texts of several patterns',
    {
      type: 'array',
      minItems: 3,
      items: {
        oneOf: [
          { type: 'string', pattern: '^a$' },
          { type: 'string', pattern: '^b$' },
        ],
      },
    },
    ['a', 'b', 'a'],
  ],
  ['a list that must be empty', { type: 'array', maxItems: 0, items: { type: 'string' } }, []],
  ['the first alternative', { oneOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
  ['both parts of an allOf', { type: 'integer', minimum: 2, allOf: [{ maximum: 2 }] }, 2],
  ['an end of what contains itself', { $ref: '#/components/schemas/Tree' }, { name: 'text' }],
]

test.each(CASES)('%s', (_name, schema, sample) => {
  expect(sampleOf(SPEC, schema)).toEqual(sample)
})

test.each([
  ['^["\'`]{2}$', 3],
  ['^R-\\d{3,6}[a-f]$', 3],
  ['^[A-F0-9]{4}$', 3],
  ['^[A-F0-9]{4}$', 40],
  ['^x-[a-z]+$', 20],
])('a list of different texts of %s: %i', (pattern, length) => {
  const list = sampleOf(SPEC, {
    type: 'array',
    minItems: length,
    uniqueItems: true,
    items: { type: 'string', pattern },
  })
  expect(new Set(list as string[]).size).toBe(length)
  for (const text of list as string[]) expect(text).toMatch(new RegExp(pattern))
})
