/** The mutants of a spec: nothing that decides something is left out, and no words are among them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMutants } from './constraints.js'

const ROOT = `
openapi: 3.1.1
info: { title: Words }
servers:
  - { url: https://a.example, x-region: here, description: Words }
paths:
  /a.json:
    post:
      operationId: a
      x-rate-limit: { limit: 7, period: 500, cost: list, x-assumption: { a: { claim: Words., unsettled: Words } } }
      parameters:
        - { name: X-A, in: header, required: false, schema: { type: string } }
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: form.yaml }
            encoding: { list: { style: form, explode: true } }
      responses:
        "400":
          content:
            application/json:
              examples:
                wrong: { x-raised-by: [required, type], x-retry: never, value: { code: 1, errorMessage: Words } }
`
const FORM = `
type: object
required: [list, description]
properties:
  description: { type: string, description: Words, minLength: 1, enum: [a, b], examples: [a] }
  list: { type: array, maxItems: 5, items: { type: integer } }
  self: { $ref: form.yaml }
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutants-'))
  await Promise.all([writeFile(join(folder, 'root.yaml'), ROOT), writeFile(join(folder, 'form.yaml'), FORM)])
})
afterAll(() => rm(folder, { recursive: true }))

test('are each keyword, each name and each entry of a list, taken away and changed, through every $ref once', () => {
  const names = findMutants(folder, 'root.yaml').map(({ name }) => name.replace('paths./a.json.post.', ''))
  expect(names.filter((name) => name.startsWith('form.yaml'))).toEqual([
    'form.yaml type: away',
    'form.yaml required: away',
    'form.yaml required.0: away',
    'form.yaml required.1: away',
    'form.yaml properties.description: away',
    'form.yaml properties.description.type: away',
    'form.yaml properties.description.minLength: away',
    'form.yaml properties.description.minLength: 1 -> 2',
    'form.yaml properties.description.enum: away',
    'form.yaml properties.description.enum.0: away',
    'form.yaml properties.description.enum.1: away',
    'form.yaml properties.list: away',
    'form.yaml properties.list.type: away',
    'form.yaml properties.list.maxItems: away',
    'form.yaml properties.list.maxItems: 5 -> 6',
    'form.yaml properties.list.maxItems: 5 -> 4',
    'form.yaml properties.list.items.type: away',
    'form.yaml properties.list.items.type: "integer" -> "number"',
    'form.yaml properties.self: away',
  ])
  const body = 'requestBody.content.application/x-www-form-urlencoded'
  const example = 'responses.400.content.application/json.examples.wrong'
  const root = names.filter((name) => name.startsWith('root.yaml')).map((name) => name.replace('root.yaml ', ''))
  expect(root).toEqual([
    'servers: away',
    'servers.0.url: away',
    'servers.0.url: "https://a.example" -> "https://a.examplex"',
    'servers.0.x-region: away',
    'servers.0.x-region: "here" -> "herex"',
    'paths./a.json: away',
    'operationId: away',
    'x-rate-limit: away',
    'x-rate-limit.limit: away',
    'x-rate-limit.limit: 7 -> 8',
    'x-rate-limit.limit: 7 -> 6',
    'x-rate-limit.period: away',
    'x-rate-limit.period: 500 -> 501',
    'x-rate-limit.period: 500 -> 499',
    'x-rate-limit.cost: away',
    'parameters: away',
    'parameters.0.name: away',
    'parameters.0.name: "X-A" -> "X-Ax"',
    'parameters.0.in: away',
    'parameters.0.required: false -> true',
    'parameters.0.schema.type: away',
    `${body}: away`,
    `${body}.schema.$ref: away`,
    `${body}.encoding.list: away`,
    `${body}.encoding.list.style: away`,
    `${body}.encoding.list.explode: away`,
    `${body}.encoding.list.explode: true -> false`,
    'responses.400: away',
    'responses.400.content.application/json: away',
    `${example}: away`,
    `${example}.x-raised-by: away`,
    `${example}.x-raised-by.0: away`,
    `${example}.x-raised-by.1: away`,
    `${example}.x-retry: away`,
    `${example}.x-retry: "never" -> "after-wait"`,
    `${example}.x-retry: "never" -> "unknown"`,
    `${example}.value.code: away`,
    `${example}.value.code: 1 -> 2`,
  ])
})
