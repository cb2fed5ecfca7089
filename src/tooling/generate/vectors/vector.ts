/**
 * What all vectors are made of: a good request of an operation, and the verdict on a change to it.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { Kind, MockTable, Security } from '../../../core/contract.js'
import { FORM, isObject, type Operation, type Spec } from '../openapi.js'
import { sampleOf } from '../sample.js'
import type { Fields, Oracle } from './oracle.js'
import { ABSENT, type SchemaCase } from './schema-cases.js'

/** What is suspicious, in the order of the fields: the name of the suspicion, and the field. */
export type Suspicions = readonly { readonly name: string; readonly field: string }[]

/** What is suspicious in a form body. Of a list, each item is looked at. */
export function suspicionsIn(table: MockTable['suspicious'], body: string): Suspicions {
  const fields = new URLSearchParams(body)
  return Object.entries(table ?? {}).flatMap(([field, patterns]) =>
    Object.entries(patterns).flatMap(([name, { pattern }]) => {
      const expression = new RegExp(pattern, 'u')
      return fields.getAll(field).some((text) => expression.test(text)) ? [{ name, field }] : []
    }),
  )
}

/** Which part of the request a vector is about. */
type Layer = 'fields' | 'form' | 'headers' | 'request' | 'rate'

/** A piece of a body: text, or a text that is repeated `times` times. */
type BodyPart = string | { readonly repeat: string; readonly times: number }

interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: readonly BodyPart[]
}

/** One vector; `generated/vectors.schema.json` says what each member means. */
export interface Vector {
  readonly name: string
  readonly operation: string
  readonly layer: Layer
  readonly rule: { readonly field: string; readonly keyword: string }
  readonly times: number
  readonly request: Request
  readonly expect:
    | { readonly verdict: 'accepted'; readonly status: number; readonly suspicions?: Suspicions }
    | {
        readonly verdict: 'refused'
        readonly violation: { readonly field: string; readonly keyword: string }
        readonly status?: number
        readonly code?: number
      }
}

/** All that is needed to write the vectors of one operation. */
export interface VectorContext {
  readonly spec: Spec
  readonly operation: Operation
  readonly oracle: Oracle
  readonly kinds: Readonly<Record<string, Kind>>
  readonly security: Security
  /** App Key, App Secret and a value for each signing header. */
  readonly credentials: Readonly<Record<string, string>>
  /** Valid fields. If the operation carries messages, the content is of a type without a schema, where possible. */
  readonly base: Fields
  /** HTTP status of a success. */
  readonly status: number
  readonly errorOf: (keyword: string) => { readonly status?: number; readonly code?: number }
  readonly suspicious: MockTable['suspicious']
}

/** One character of a form body. */
const CHARACTER = /%F.(?:%..){3}|%E.(?:%..){2}|%[CD].%..|%..|./g

/** A run of one character that is as long as this is written as the character and a number. */
const LONG_RUN = 200

/** A text in pieces. */
function bodyParts(text: string): BodyPart[] {
  const parts: BodyPart[] = []
  let written = 0
  CHARACTER.lastIndex = 0
  for (let found = CHARACTER.exec(text); found; found = CHARACTER.exec(text)) {
    const [unit] = found
    let end = CHARACTER.lastIndex
    while (text.startsWith(unit, end)) end += unit.length
    CHARACTER.lastIndex = end
    const times = (end - found.index) / unit.length
    if (times < LONG_RUN) continue
    if (found.index > written) parts.push(text.slice(written, found.index))
    parts.push({ repeat: unit, times })
    written = end
  }
  return written < text.length || parts.length === 0 ? [...parts, text.slice(written)] : parts
}

/** The fields as names and texts, a list's name repeated. */
export const pairsOf = (fields: Fields): [string, string][] =>
  Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))

/** A form body. */
export const encode = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')

/** The signature of the credentials, as the spec says it is made. */
const signed = (credentials: Readonly<Record<string, string>>, of: readonly string[]): string =>
  createHash('sha1')
    .update(of.map((part) => credentials[part]).join(''))
    .digest('hex')

/** The headers of a good request, with other credentials where some are given. */
export function requestHeaders(
  { spec, security, credentials, operation }: VectorContext,
  change: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = { ...credentials, ...change }
  const signature = change[security.signature] ?? signed(own, security.signs)
  const values: Readonly<Record<string, string>> = { ...own, [security.signature]: signature }
  const headers: Record<string, string> = { 'Content-Type': FORM }
  for (const [part, name] of Object.entries(security.headers)) headers[name] = values[part] ?? ''
  for (const { name, required, schema } of operation.headers)
    if (required) headers[name] = String(sampleOf(spec, schema))
  return headers
}

/** What of a vector is not as in a good request. */
interface VectorChange extends Partial<Omit<Request, 'body'>> {
  readonly body?: string
  readonly times?: number
}

/** Writes one vector; what the change leaves out is as in a good request. */
export function vector(
  context: VectorContext,
  name: string,
  layer: Layer,
  rule: Vector['rule'],
  violation: Vector['rule'] | undefined,
  change: VectorChange = {},
): Vector {
  const { operation, base, errorOf, status, suspicious } = context
  const { body = encode(pairsOf(base)), times = 1, path = operation.path, ...request } = change
  const suspicions = violation ? [] : suspicionsIn(suspicious, body)
  return {
    name: `${operation.id}: ${name}`,
    operation: operation.id,
    layer,
    rule,
    times,
    request: {
      method: operation.method,
      // As it comes over the wire.
      path: new URL(path, 'http://x').pathname,
      headers: requestHeaders(context),
      ...request,
      body: bodyParts(body),
    },
    expect: violation
      ? { verdict: 'refused', violation, ...errorOf(violation.keyword) }
      : { verdict: 'accepted', status, ...(suspicions.length > 0 && { suspicions }) },
  }
}

/** A path as people write it: `toGroupId[1]`. */
export const pathText = (path: SchemaCase['path'], root = ''): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${key}`),
    root,
  )

/** A copy with one value changed. */
export function changed(whole: unknown, [key, ...rest]: SchemaCase['path'], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(whole)) {
    const list: readonly unknown[] = whole
    const copy = Array.from({ length: Math.max(list.length, Number(key) + 1) }, (_, i) =>
      i === key ? changed(list[i], rest, value) : list[i],
    )
    return rest.length === 0 && value === ABSENT ? copy.toSpliced(Number(key), 1) : copy
  }
  return changedFields(isObject(whole) ? whole : {}, [key, ...rest], value)
}

/** A copy of an object with one value changed. */
export function changedFields(whole: Fields, [key = '', ...rest]: SchemaCase['path'], value: unknown): Fields {
  const { [key]: before, ...others } = whole
  if (rest.length === 0 && value === ABSENT) return others
  return { ...whole, [key]: changed(before, rest, value) }
}
