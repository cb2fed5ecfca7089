/** The pages that a report names beside what is wrong, on specs made for it. */
import { expect, test } from 'vitest'
import { operationsOf, type Spec } from '../../../../src/tooling/generate/openapi.js'
import { notesTable } from '../../../../src/tooling/generate/tables/notes.js'

const docs = (url: string) => ({ externalDocs: { url } })

/** A spec with one operation that has a field, a header and a limit, each with more where that is given. */
function specOf({ root = {}, operation = {}, field = {}, header = {}, limit = {}, signature = {} }) {
  const form = { type: 'object', properties: { userId: { type: 'string', ...field } } }
  return {
    ...root,
    paths: {
      '/mute.json': {
        post: {
          ...operation,
          operationId: 'mute',
          parameters: [{ name: 'X-Trace', in: 'header', schema: { type: 'string', ...header } }],
          requestBody: { content: { 'application/x-www-form-urlencoded': { schema: form } } },
          responses: {},
          'x-rate-limit': { limit: 1, period: 1000, ...limit },
        },
      },
    },
    components: {
      securitySchemes: { signature: { type: 'apiKey', in: 'header', name: 'Signature', 'x-signature': signature } },
    },
  } as unknown as Spec
}

test.each([
  ['nothing has one', {}, {}],
  ['only the root has one, which may be about another operation', { root: docs('root') }, {}],
  ['the operation has one', { operation: docs('op') }, { '': 'op', userId: 'op', 'x-trace': 'op', rate: 'op' }],
  ['the signature has one, which is about its headers alone', { signature: { docs: 'sign' } }, { Signature: 'sign' }],
  [
    'a field has its own',
    { operation: docs('op'), field: docs('f') },
    { '': 'op', userId: 'f', 'x-trace': 'op', rate: 'op' },
  ],
  ['a header has its own', { header: docs('h'), signature: { docs: 'sign' } }, { 'x-trace': 'h', Signature: 'sign' }],
  ['the limit has its own', { limit: { docs: 'limits' } }, { rate: 'limits' }],
])('the pages of an operation where %s', (_, parts, pages) => {
  const spec = specOf(parts)
  const notes = operationsOf(spec).flatMap((operation) => Object.entries(notesTable(spec, operation)))
  expect(Object.fromEntries(notes.flatMap(([name, note]) => (note.docs ? [[name, note.docs]] : [])))).toEqual(pages)
})
