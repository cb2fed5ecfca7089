/**
 * `generated/vectors.json` and its schema: requests on and off the contract, as raw headers and bodies, each with the
 * verdict that it must get. For tests in any language.
 *
 * A probe becomes a vector only when Ajv, run over the schemas, agrees with what the probe was made for: a value that
 * breaks another rule as well tells nothing.
 *
 * @module
 */
import { deref, type Json, type Operation, operationsOf, schemaOf } from '../openapi.js'
import { answersOf, successOf } from '../tables/answers.js'
import { formTable } from '../tables/mock.js'
import { securityTable } from '../tables/security.js'
import { fieldVectors, messageVectors } from './fields.js'
import { formVectors } from './form.js'
import { parameterVectors, signatureVectors } from './headers.js'
import { createJudge, type Fields, type Judge } from './oracle.js'
import { rateVectors, requestVectors } from './request.js'
import { SCHEMA } from './schema.js'
import { sampleOf } from './schema-cases.js'
import { type Bench, FORM, type Vector } from './vector.js'

/** Where a scheme has no vector of the vendor's. */
const PARTS = { appKey: 'app-key', appSecret: 'app-secret', nonce: '14314', timestamp: '1408710653000' }

function partsOf(spec: Json): Record<string, string> {
  const schemes = Object.values((spec['components']?.['securitySchemes'] ?? {}) as Json)
  const vector = schemes.map((scheme) => scheme['x-signature']?.['vector']).find((one) => one !== undefined)
  return { ...PARTS, ...(vector as unknown as Record<string, string> | undefined) }
}

/** A good request: one whose content no schema binds, where there is such an example; else the first example, else samples. */
function baseOf(spec: Json, operation: Operation, judge: Judge): Fields | undefined {
  const media = deref(spec, operation.definition['requestBody'])?.['content']?.[FORM]
  const examples = Object.values((media?.['examples'] ?? {}) as Json).map(
    (one) => deref(spec, one)['value'] as unknown as Fields,
  )
  const { properties = {}, required = [] } = schemaOf(spec, operation.form)
  const typed = Object.keys(properties).find((name) => schemaOf(spec, properties[name])['x-message-types'])
  const known = typed === undefined ? {} : (schemaOf(spec, properties[typed])['x-message-types'] as object)
  const free = (fields: Fields) => typed === undefined || !Object.hasOwn(known, String(fields[typed]))
  const needed = Object.fromEntries(required.map((name) => [name, sampleOf(spec, properties[name])]))
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  const filled = optional.map((name) => [name, sampleOf(spec, properties[name])] as const)
  const more = [...filled.map((one) => [one]), filled].map((some) => ({ ...needed, ...Object.fromEntries(some) }))
  return [...examples.filter(free), ...examples, needed, ...more].find(
    (fields) => fields && judge.request(fields).length === 0,
  )
}

/** Status and code of the error that answers a violation, as the examples claim it. */
function errorOf(spec: Json, operations: readonly Operation[]): (operation: Operation) => Bench['errorOf'] {
  const claims = (operation: Operation, keyword: string) =>
    answersOf(spec, operation)
      .flatMap(({ status, examples }) => examples.map(([, example]) => ({ status, example })))
      .find(({ example }) => (example['x-raised-by'] as unknown as string[] | undefined)?.includes(keyword))
  return (operation) => (keyword) => {
    const anyone = keyword === 'path' ? operations : [operation]
    const found = anyone.map((one) => claims(one, keyword)).find((one) => one !== undefined)
    return found ? { status: found.status, code: found.example['value']?.['code'] as unknown } : {}
  }
}

/** Numbers the second and later ones of a name. */
function uniquelyNamed(vectors: readonly Vector[]): Vector[] {
  const seen = new Map<string, number>()
  return vectors.map((one) => {
    const times = (seen.get(one.name) ?? 0) + 1
    seen.set(one.name, times)
    return times === 1 ? one : { ...one, name: `${one.name} (${times})` }
  })
}

/** A line a vector. */
const lines = (vectors: readonly object[]) => vectors.map((one) => JSON.stringify(one)).join(',\n')

const DECLARATIONS = `/** What \`describeContract\` reads of vectors.json. Made by \`npm run generate\`; edit spec/ instead. */

/** A request on the contract, or just off it. */
interface Vector {
  readonly name: string
  readonly operation: string
  /** \`fields\`: the fields alone say all of it. */
  readonly layer: string
  /** The form body, in pieces. */
  readonly request: { readonly body: readonly (string | { readonly repeat: string; readonly times: number })[] }
  readonly expect: { readonly verdict: string }
}
declare const file: { readonly vectors: readonly Vector[] }
export default file
`

/** A header that must be there and of which nobody knows a value that fits. */
const misfitOf = (spec: Json, { headers }: Operation, judge: Judge): string | undefined =>
  headers.find(({ name, required, schema }) => required && judge.header(name, String(sampleOf(spec, schema))))?.name

/** Why an operation has no vectors. */
function silence(spec: Json, operation: Operation): string {
  const header = misfitOf(spec, operation, createJudge(spec, operation))
  const what = header === undefined ? 'request' : `header "${header}"`
  return `${operation.id}: no example of its ${what} fits the schema, so it has no vectors`
}

function vectorsOf(spec: Json, operation: Operation, all: readonly Operation[], parts: Bench['parts']): Vector[] {
  const judge = createJudge(spec, operation)
  const base = baseOf(spec, operation, judge)
  if (!base || misfitOf(spec, operation, judge) !== undefined) return []
  const bench: Bench = {
    spec,
    operation,
    judge,
    security: securityTable(spec),
    parts,
    kinds: formTable(spec, operation),
    base,
    status: successOf(spec, operation).status,
    errorOf: errorOf(spec, all)(operation),
  }
  return [
    ...requestVectors(bench, all),
    ...fieldVectors(bench),
    ...messageVectors(bench),
    ...formVectors(bench),
    ...signatureVectors(bench),
    ...parameterVectors(bench),
    ...rateVectors(bench),
  ]
}

interface VectorFiles {
  readonly vectors: string
  readonly schema: string
  readonly declarations: string
  readonly warnings: readonly string[]
}

/** @returns the sources of the files, by what they are */
export function generateVectors(spec: Json): VectorFiles {
  const operations = operationsOf(spec)
  const parts = partsOf(spec)
  const vectors = uniquelyNamed(operations.flatMap((operation) => vectorsOf(spec, operation, operations, parts)))
  const missing = operations.filter(({ id }) => !vectors.some(({ operation }) => operation === id))
  const head = {
    $schema: './vectors.schema.json',
    version: 1,
    contract: spec['info']?.['version'] as unknown,
    credentials: { appKey: parts['appKey'], appSecret: parts['appSecret'] },
  }
  return {
    vectors: `${JSON.stringify(head).slice(0, -1)},"vectors":[\n${lines(vectors)}\n]}\n`,
    schema: `${JSON.stringify(SCHEMA, null, 2)}\n`,
    declarations: DECLARATIONS,
    warnings: missing.map((operation) => silence(spec, operation)),
  }
}
