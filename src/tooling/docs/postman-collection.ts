/**
 * The Postman collection: a request for each named example, a script that signs it, and a test of its answer.
 *
 * Bruno and newman read the same format, 2.1.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 * @module
 */
import { MADE_UP, PORT } from '../../cli/defaults.js'
import { describeRegions, describeSigning, type Signing } from './content/api.js'
import { type ApiOperation, describeOperations, type SuccessAnswer } from './content/operations.js'
import type { Site } from './site.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A script of Postman. `listen` says when it runs: `prerequest` or `test`. */
const script = (listen: string, exec: readonly string[]) => ({ listen, script: { type: 'text/javascript', exec } })

/** Signs the request at hand. Postman brings CryptoJS. */
function signingScript({ headers, of, signature, algorithm, nonceLength }: Signing): object {
  return script('prerequest', [
    "const crypto = require('crypto-js')",
    'const parts = {',
    "  appKey: pm.variables.get('appKey'),",
    "  appSecret: pm.variables.get('appSecret'),",
    ...(nonceLength < 36 ? [`  // At most ${nonceLength} characters: a UUID is too long.`] : []),
    `  nonce: [0, 0].map(() => Math.random().toString(36).slice(2)).join('').slice(0, ${Math.min(nonceLength, 36)}),`,
    '  timestamp: String(Date.now()),',
    '}',
    `const signed = [${of.map((part) => `parts.${part}`).join(', ')}].join('')`,
    `parts.${signature} = crypto.${algorithm.toUpperCase()}(signed).toString()`,
    ...headers.map(({ id, header }) => `pm.request.headers.upsert({ key: '${header}', value: parts.${id} })`),
  ])
}

/** Tests that the answer is a success. */
function successTest({ status, marks }: SuccessAnswer): object {
  const bodyTests = marks.map(
    ([name, values]) => `  pm.expect(pm.response.json().${name}).to.be.oneOf(${JSON.stringify(values)})`,
  )
  return script('test', [
    "pm.test('is accepted', () => {",
    `  pm.expect(pm.response.code).to.equal(${status})`,
    ...bodyTests,
    '})',
  ])
}

/** A list repeats its name. */
const formPairs = (form: unknown): object[] =>
  Object.entries(form ?? {}).flatMap(([key, value]) =>
    [value].flat().map((item) => ({ key, value: String(item), type: 'text' })),
  )

/** The requests of an operation, one for each of its examples. */
function requestItems({ method, path, headers, examples, description, success, takesForm }: ApiOperation): object[] {
  // Postman makes a new UUID of `{{$guid}}` for each request.
  const header = headers.map(({ name, examples: [value = ''] }) => ({
    key: name,
    value: UUID.test(value) ? '{{$guid}}' : value,
  }))
  return examples.map((example) => ({
    name: example.summary,
    event: [successTest(success)],
    request: {
      method,
      description: example.description || description,
      header,
      url: { raw: `{{baseUrl}}${path}`, host: ['{{baseUrl}}'], path: path.split('/').slice(1) },
      ...(takesForm && { body: { mode: 'urlencoded', urlencoded: formPairs(example.value) } }),
    },
  }))
}

/** @returns the collection as JSON, with a folder for each operation */
export function postmanCollection({ spec, package: packageName }: Site): string {
  const signing = describeSigning(spec)
  const mock = Object.entries({ baseUrl: `http://127.0.0.1:${PORT}`, ...MADE_UP }).map(
    ([variable, value]) => `${variable} ${value}`,
  )
  const baseUrl = describeRegions(spec)[0]?.primary ?? 'http://127.0.0.1:8700'
  const collection = {
    info: {
      name: spec.info.title,
      description:
        `${spec.info.summary ?? ''}\n\nFor the mock, \`npx ${packageName} mock\`: ${mock.join(', ')}.`.trim(),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: describeOperations(spec).map((operation) => ({ name: operation.summary, item: requestItems(operation) })),
    event: signing ? [signingScript(signing)] : [],
    variable: [
      { key: 'baseUrl', value: baseUrl, type: 'string' },
      { key: 'appKey', value: '', type: 'string' },
      { key: 'appSecret', value: '', type: 'secret' },
    ],
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}
