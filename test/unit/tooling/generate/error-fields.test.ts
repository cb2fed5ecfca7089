/** Which fields of an error answer carry the called path, the code and the message. */
import { expect, test } from 'vitest'
import type { Schema, Spec } from '../../../../src/tooling/generate/openapi.js'
import { codeOf, errorFieldsOf } from '../../../../src/tooling/generate/tables/answers.js'

/** A contract with one operation, whose refusals have these fields. */
function specOf(properties: Readonly<Record<string, Schema>>): Spec {
  const answer = (schema: Schema) => ({ description: 'An answer.', content: { 'application/json': { schema } } })
  return {
    openapi: '3.1.1',
    info: { title: 'Errors', version: '1.0.0' },
    paths: {
      '/say.json': {
        post: {
          operationId: 'say',
          responses: {
            200: answer({ properties: { state: { type: 'integer', 'x-error-part': 'code' } } }),
            400: answer({ properties }),
          },
        },
      },
    },
  }
}

test.each<[string, Record<string, Schema>, ReturnType<typeof errorFieldsOf>]>([
  [
    'the fields that say so',
    {
      count: { type: 'integer' },
      fault: { type: 'integer', 'x-error-part': 'code' },
      reason: { type: 'string', 'x-error-part': 'message' },
      called: { type: 'string', 'x-called-path': true },
      more: { type: 'string' },
    },
    { path: 'called', code: 'fault', message: 'reason' },
  ],
  [
    'else the first integer and the last text',
    { at: { type: 'string' }, fault: { type: 'integer' }, reason: { type: 'string' }, count: { type: 'integer' } },
    { path: '', code: 'fault', message: 'reason' },
  ],
  [
    'but not the called path as the message',
    { fault: { type: 'integer' }, called: { type: 'string', 'x-called-path': true } },
    { path: 'called', code: 'fault', message: '' },
  ],
  [
    'an integer that only its values show, but not one that may also be null',
    { count: { type: ['integer', 'null'] }, fault: { enum: [7, 8] } },
    { path: '', code: 'fault', message: '' },
  ],
  ['none where refusals have no fields', {}, { path: '', code: '', message: '' }],
])('are %s', (_name, properties, fields) => {
  expect(errorFieldsOf(specOf(properties))).toEqual(fields)
})

test('the code of an example is that of the field, where it is a number', () => {
  const spec = specOf({ fault: { type: 'integer' } })
  expect([{ fault: 7 }, { code: 7 }, { fault: '7' }, 7].map((value) => codeOf(spec, { value }))).toEqual([
    7,
    undefined,
    undefined,
    undefined,
  ])
})
