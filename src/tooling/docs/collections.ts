/**
 * What both collections hold: a request for each named example, the script that signs it, the test of its answer.
 *
 * @module
 */
import { regionsOf, type Signing, signingOf } from './facts.js'
import { MOCK } from './install-snippet.js'
import { type Call, callsOf } from './model.js'
import type { Site } from './site.js'

/** One request of a collection. */
export interface Sample {
  readonly name: string
  readonly description: string
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Form fields in order; a list repeats its name. */
  readonly form: readonly (readonly [name: string, value: string])[]
  readonly success: Call['success']
}

/** A collection, apart from the form that a tool wants it in. */
export interface Collection {
  readonly name: string
  readonly description: string
  readonly folders: readonly { readonly name: string; readonly samples: readonly Sample[] }[]
  /** Variables, with what they are until somebody fills them in. */
  readonly variables: Readonly<Record<string, string>>
  /** The same for the mock on this machine. */
  readonly mock: Readonly<Record<string, string>>
  readonly signing: Signing | undefined
}

const pairs = (form: object): (readonly [string, string])[] =>
  Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const))

function samplesOf(call: Call): Sample[] {
  // Both tools make a new UUID of `{{$guid}}` for each request.
  const fresh = (example = '') => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(example) ? '{{$guid}}' : example)
  const headers = call.headers.map((one) => [one.name, fresh(one.examples[0])] as const)
  return call.examples.map(({ summary, description, value }) => ({
    name: summary,
    description: description || call.description,
    method: call.method,
    path: call.path,
    headers,
    form: pairs(value as object),
    success: call.success,
  }))
}

/** The requests of all operations. */
export function collectionOf({ spec, package: name }: Site): Collection {
  const mock = Object.entries(MOCK).map(([variable, value]) => `${variable} ${value}`)
  return {
    name: String(spec['info']?.['title']),
    description: `${spec['info']?.['summary'] ?? ''}\n\nFor the mock, \`npx ${name} mock\`: ${mock.join(', ')}.`.trim(),
    folders: callsOf(spec).map((call) => ({ name: call.summary, samples: samplesOf(call) })),
    variables: { baseUrl: regionsOf(spec)[0]?.primary ?? 'http://127.0.0.1:8700', appKey: '', appSecret: '' },
    mock: MOCK,
    signing: signingOf(spec),
  }
}

/** How a tool's scripts reach a variable, a header and the answer. */
export interface Tool {
  readonly read: (name: string) => string
  readonly set: (name: string, value: string) => string
  readonly expect: string
  readonly status: string
  readonly body: string
}

/** A script that signs the request at hand, as lines. It needs CryptoJS, which both tools bring. */
export function signingScript({ headers, of, signature, algorithm, nonceLength }: Signing, tool: Tool): string[] {
  return [
    "const crypto = require('crypto-js')",
    'const parts = {',
    `  appKey: ${tool.read('appKey')},`,
    `  appSecret: ${tool.read('appSecret')},`,
    ...(nonceLength < 36 ? [`  // At most ${nonceLength} characters: a UUID is too long.`] : []),
    `  nonce: [0, 0].map(() => Math.random().toString(36).slice(2)).join('').slice(0, ${Math.min(nonceLength, 36)}),`,
    '  timestamp: String(Date.now()),',
    '}',
    `const signed = [${of.map((part) => `parts.${part}`).join(', ')}].join('')`,
    `parts.${signature} = crypto.${algorithm.toUpperCase()}(signed).toString()`,
    ...headers.map(({ id, header }) => tool.set(header, `parts.${id}`)),
  ]
}

/** A test that the answer is a success, as lines. */
export const successTest = ({ status, marks }: Call['success'], tool: Tool): string[] => [
  `  ${tool.expect}(${tool.status}).to.equal(${status})`,
  ...marks.map(([name, values]) => `  ${tool.expect}(${tool.body}.${name}).to.be.oneOf(${JSON.stringify(values)})`),
]
