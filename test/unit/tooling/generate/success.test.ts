/** The code of a success: what the mock answers fits the contract, and the client takes it for a success. */
import { expect, test } from 'vitest'
import { isSuccess } from '../../../../src/core/contract.js'
import { build } from '../../../../src/mock/response.js'
import { operationsOf, type Schema, type Spec } from '../../../../src/tooling/generate/openapi.js'
import { operationTable } from '../../../../src/tooling/generate/tables/client.js'
import { mockTable } from '../../../../src/tooling/generate/tables/mock.js'

/** The tables of one operation, whose success has HTTP 202 and this body. */
function tablesOf(schema: Schema) {
  const answer = (body: Schema) => ({ description: 'An answer.', content: { 'application/json': { schema: body } } })
  const refusal: Schema = { required: ['code'], properties: { code: { type: 'integer' } } }
  const spec: Spec = {
    openapi: '3.1.1',
    info: { title: 'Successes', version: '1.0.0' },
    paths: { '/say.json': { post: { operationId: 'say', responses: { 202: answer(schema), 400: answer(refusal) } } } },
  }
  const [operation] = operationsOf(spec)
  if (!operation) throw new Error('no operation')
  return { client: operationTable(spec, operation), mock: mockTable(spec, operation) }
}

const required = ['code']
test.each<[name: string, schema: Schema, sent: number | string, refused: number | string]>([
  ['the status, where it may be any', { required, properties: { code: { type: 'integer' } } }, 202, 200],
  ['the only value', { required, properties: { code: { const: 200 } } }, 200, 202],
  ['the first of its values', { required, properties: { code: { enum: [200, 201] } } }, 200, 202],
  ['the only value, though it may be left out', { properties: { code: { const: 200 } } }, 200, 202],
  [
    'the only value, left out of what is required',
    { required: ['a'], properties: { a: {}, code: { const: 200 } } },
    200,
    202,
  ],
  ['the status, though others may be', { properties: { code: { enum: [201, 202], examples: [201] } } }, 202, 200],
  ['a value of a list without the status', { properties: { code: { enum: [200, 201], examples: [201] } } }, 201, 202],
  ['a text that may be left out', { properties: { code: { const: 'ok' } } }, 'ok', 'failed'],
  ['a text', { required, properties: { code: { const: 'ok' } } }, 'ok', 202],
])('is %s', (_name, schema, sent, refused) => {
  const { client, mock } = tablesOf(schema)
  const body = build(mock.success.body ?? {}, {}, () => 1)
  expect(body).toMatchObject({ code: sent })
  expect(isSuccess(client, 202, { ...(body as object), code: refused })).toBe(false)
  expect(isSuccess(client, 202, body)).toBe(true)
})
