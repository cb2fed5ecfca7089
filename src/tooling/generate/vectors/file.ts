/**
 * `generated/vectors.json` and its schema: requests on and off the contract, as raw headers and bodies, each with the
 * verdict that it must get. For tests in any language.
 *
 * A case becomes a vector only when Ajv, run over the schemas, agrees with what the case was made for: a value that
 * breaks another rule as well proves nothing.
 *
 * @module
 */
import {
  deref,
  isObject,
  type Operation,
  operationsOf,
  propertiesOf,
  type Spec,
  schemaOf,
  schemesOf,
} from '../openapi.js'
import { sampleOf } from '../sample.js'
import { type Answer, answersOf, codeOf, successOf } from '../tables/answers.js'
import { formTable, suspiciousTable } from '../tables/mock.js'
import { securityTable } from '../tables/security.js'
import { fieldVectors, messageVectors } from './fields.js'
import { formVectors } from './form.js'
import { parameterVectors, signatureVectors } from './headers.js'
import { createOracles, type Fields, type Oracle } from './oracle.js'
import { rateVectors, requestVectors } from './request.js'
import { SCHEMA } from './schema.js'
import { suspicionVectors } from './suspicions.js'
import type { Vector, VectorContext } from './vector.js'

/** Where a scheme has no vector of the vendor's. */
const CREDENTIALS = { appKey: 'app-key', appSecret: 'app-secret', nonce: '14314', timestamp: '1408710653000' }

function credentialsOf(spec: Spec): Record<string, string> {
  const vectors = schemesOf(spec).map(([, scheme]) => scheme['x-signature']?.vector)
  return { ...CREDENTIALS, ...vectors.find((one) => one !== undefined) }
}

/** The examples of the request body. */
function bodyExamples(spec: Spec, { media }: Operation): Fields[] {
  const values = Object.values(media?.examples ?? {}).map((one) => deref(spec, one).value)
  return [...values, media?.example].filter(isObject)
}

/** A good request: an example whose content has no schema, if there is one; else the first example that fits, else samples. */
function baseOf(spec: Spec, operation: Operation, oracle: Oracle): Fields | undefined {
  const examples = bodyExamples(spec, operation)
  const properties = propertiesOf(spec, operation.form)
  const [typeField, schema] = properties.find(([, one]) => one['x-message-types']) ?? []
  const isFree = (fields: Fields) =>
    typeField === undefined || !Object.hasOwn(schema?.['x-message-types'] ?? {}, String(fields[typeField]))
  const { required = [] } = schemaOf(spec, operation.form)
  const samples = properties.map(([name, one]) => ({ name, value: sampleOf(spec, one) }))
  const fieldsOf = (some: typeof samples): Fields => Object.fromEntries(some.map(({ name, value }) => [name, value]))
  const needed = samples.filter(({ name }) => required.includes(name))
  const withOne = samples.map((one) => fieldsOf([...needed, one]))
  const candidates = [...examples.filter(isFree), ...examples, fieldsOf(needed), ...withOne, fieldsOf(samples)]
  return candidates.find((fields) => oracle.request(fields).length === 0)
}

/** Status and code of the error that answers a violation, as the examples claim it. */
function errorsOf(spec: Spec, operations: readonly Operation[]): (operation: Operation) => VectorContext['errorOf'] {
  const claimIn = ({ status, examples }: Answer, keyword: string) => {
    const [, example] = examples.find(([, one]) => one['x-raised-by']?.includes(keyword)) ?? []
    const code = example && codeOf(spec, example)
    return example ? [{ status, ...(code !== undefined && { code }) }] : []
  }
  return (operation) => (keyword) => {
    // An unknown path belongs to no operation.
    const asked = keyword === 'path' ? operations : [operation]
    const [claim] = asked.flatMap((one) => answersOf(spec, one).flatMap((answer) => claimIn(answer, keyword)))
    return claim ?? {}
  }
}

/** Vectors by names that are all different. */
function uniquelyNamed(vectors: readonly Vector[]): Vector[] {
  const seen = new Map<string, number>()
  return vectors.map((one) => {
    const times = (seen.get(one.name) ?? 0) + 1
    seen.set(one.name, times)
    return times === 1 ? one : { ...one, name: `${one.name} (${times})` }
  })
}

/** One line for each vector. */
const lines = (vectors: readonly Vector[]) => vectors.map((one) => JSON.stringify(one)).join(',\n')

const DECLARATIONS = `/** What \`describeContract\` and \`probe\` read of vectors.json. Made by \`npm run generate\`; edit spec/ instead. */

/** A rule, by its place and its keyword. */
interface Rule {
  readonly field: string
  readonly keyword: string
}

/** A request on the contract, or just off it. */
interface Vector {
  readonly name: string
  readonly operation: string
  /** \`fields\`: the fields alone say all of it. */
  readonly layer: string
  readonly rule: Rule
  readonly times: number
  /** The form body is in pieces. */
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: readonly (string | { readonly repeat: string; readonly times: number })[]
  }
  readonly expect: {
    readonly verdict: string
    readonly violation?: Rule
    readonly status?: number
    readonly code?: number
    readonly suspicions?: readonly { readonly name: string; readonly field: string }[]
  }
}
declare const file: {
  readonly credentials: { readonly appKey: string; readonly appSecret: string }
  readonly vectors: readonly Vector[]
}
export default file
`

/** A required header for which no fitting value is known. */
const headerWithoutSample = (spec: Spec, { headers }: Operation, oracle: Oracle): string | undefined =>
  headers.find(({ name, required, schema }) => required && oracle.header(name, String(sampleOf(spec, schema))))?.name

/** The vectors of an operation, and what they leave out, a sentence each. */
interface OperationVectors {
  readonly vectors: readonly Vector[]
  readonly warnings: readonly string[]
}

/** What all operations share. */
interface Shared {
  readonly spec: Spec
  readonly all: readonly Operation[]
  readonly oracleOf: (operation: Operation) => Oracle
  readonly errorOf: (operation: Operation) => VectorContext['errorOf']
  readonly credentials: VectorContext['credentials']
}

function vectorsOf(shared: Shared, operation: Operation): OperationVectors {
  const { spec, all, credentials } = shared
  const oracle = shared.oracleOf(operation)
  const base = baseOf(spec, operation, oracle)
  const header = headerWithoutSample(spec, operation, oracle)
  if (!base || header !== undefined) {
    const what = header === undefined ? 'request' : `header "${header}"`
    const warning = `${operation.id}: no example of its ${what} fits the schema, so it has no vectors`
    return { vectors: [], warnings: [warning] }
  }
  const context: VectorContext = {
    spec,
    operation,
    oracle,
    security: securityTable(spec),
    credentials,
    kinds: formTable(spec, operation),
    base,
    status: successOf(spec, operation).status,
    errorOf: shared.errorOf(operation),
    suspicious: suspiciousTable(spec, operation),
  }
  const fields = fieldVectors(context)
  const messages = messageVectors(context)
  const suspicions = suspicionVectors(context)
  const parameters = parameterVectors(context)
  const untested = [...fields.untested, ...messages.untested, ...suspicions.untested, ...parameters.untested].map(
    ({ field, keyword }) => `${operation.id}: ${field || 'body'}: "${keyword}" has no vector: no value breaks it alone`,
  )
  return {
    vectors: [
      ...requestVectors(context, all),
      ...fields.vectors,
      ...messages.vectors,
      ...suspicions.vectors,
      ...formVectors(context),
      ...signatureVectors(context),
      ...parameters.vectors,
      ...rateVectors(context),
    ],
    warnings: [...new Set(untested)],
  }
}

interface VectorFiles {
  readonly all: readonly Vector[]
  readonly vectors: string
  readonly schema: string
  readonly declarations: string
  readonly warnings: readonly string[]
}

/** @returns the sources of the files, by what they are */
export function generateVectors(spec: Spec): VectorFiles {
  const all = operationsOf(spec)
  const credentials = credentialsOf(spec)
  const shared: Shared = { spec, all, credentials, oracleOf: createOracles(spec), errorOf: errorsOf(spec, all) }
  const made = all.map((operation) => vectorsOf(shared, operation))
  const head = {
    $schema: './vectors.schema.json',
    version: 1,
    contract: spec.info.version,
    credentials: { appKey: credentials['appKey'], appSecret: credentials['appSecret'] },
  }
  const vectors = uniquelyNamed(made.flatMap((one) => one.vectors))
  return {
    all: vectors,
    vectors: `${JSON.stringify(head).slice(0, -1)},"vectors":[\n${lines(vectors)}\n]}\n`,
    schema: `${JSON.stringify(SCHEMA)}\n`,
    declarations: DECLARATIONS,
    warnings: made.flatMap(({ warnings }) => warnings),
  }
}
