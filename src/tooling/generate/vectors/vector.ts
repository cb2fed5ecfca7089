/**
 * What all vectors are made of: a good request of an operation, and the verdict on a change to it.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { Json, Operation } from '../openapi.js'
import type { securityTable } from '../tables/security.js'
import type { Fields, Judge } from './oracle.js'
import { ABSENT, type Probe, sampleOf } from './schema-cases.js'

export const FORM = 'application/x-www-form-urlencoded'

/** What is changed, as the vectors tell it. */
type Layer = 'fields' | 'form' | 'headers' | 'request' | 'rate'

/** A piece of a body: text, or a text so many times. */
type Part = string | { readonly repeat: string; readonly times: number }

interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: readonly Part[]
}

/** One vector; `generated/vectors.schema.json` tells what each member means. */
export interface Vector {
  readonly name: string
  readonly operation: string
  readonly layer: Layer
  readonly rule: { readonly field: string; readonly keyword: string }
  readonly times: number
  readonly request: Request
  readonly expect:
    | { readonly verdict: 'accepted'; readonly status: number }
    | {
        readonly verdict: 'refused'
        readonly violation: { readonly field: string; readonly keyword: string }
        readonly status?: number
        readonly code?: unknown
      }
}

/** All that is needed to write the vectors of one operation. */
export interface Bench {
  readonly spec: Json
  readonly operation: Operation
  readonly judge: Judge
  readonly kinds: Readonly<Record<string, string>>
  readonly security: ReturnType<typeof securityTable>
  readonly parts: Readonly<Record<string, string>>
  /** Fields on the contract, content free of any schema where the operation carries messages. */
  readonly base: Fields
  readonly status: number
  readonly errorOf: (keyword: string) => { readonly status?: number; readonly code?: unknown }
}

/** Long runs of one character are told, not written out. */
const LONG = /(%[0-9A-F]{2}%[0-9A-F]{2}%[0-9A-F]{2}(?:%[0-9A-F]{2})?|[^%])\1{199,}/g

/** A text in pieces. */
function inParts(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { 0: run, 1: unit = '', index } of text.matchAll(LONG)) {
    if (index > from) parts.push(text.slice(from, index))
    parts.push({ repeat: unit, times: run.length / unit.length })
    from = index + run.length
  }
  return from < text.length || parts.length === 0 ? [...parts, text.slice(from)] : parts
}

export const pairsOf = (fields: Fields): [string, string][] =>
  Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))

export const encode = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')

/** The signature of the parts, as the spec says it is made. */
export const signed = (parts: Readonly<Record<string, string>>, of: readonly string[]): string =>
  createHash('sha1')
    .update(of.map((part) => parts[part]).join(''))
    .digest('hex')

export function headersOf(
  { security, parts, operation }: Bench,
  change: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = { ...parts, ...change }
  const signature = change[security.signature] ?? signed(own, security.signs)
  const values: Readonly<Record<string, string>> = { ...own, [security.signature]: signature }
  const headers: Record<string, string> = { 'Content-Type': FORM }
  for (const [part, name] of Object.entries(security.headers)) headers[name] = values[part] ?? ''
  for (const { name, required, schema } of operation.headers)
    if (required) headers[name] = String(sampleOf({} as Json, schema))
  return headers
}

/** Writes one vector; what is not said is as in a good request. */
export function vector(
  bench: Bench,
  name: string,
  layer: Layer,
  rule: Vector['rule'],
  violation: Vector['rule'] | undefined,
  change: Partial<Omit<Request, 'body'>> & { body?: string; times?: number } = {},
): Vector {
  const { operation, base, errorOf, status } = bench
  const { body = encode(pairsOf(base)), times = 1, path = operation.path, ...request } = change
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
      headers: headersOf(bench),
      ...request,
      body: inParts(body),
    },
    expect: violation
      ? { verdict: 'refused', violation, ...errorOf(violation.keyword) }
      : { verdict: 'accepted', status },
  }
}

/** A path as people write it: `toGroupId[1]`. */
export const written = (path: Probe['path'], root = ''): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${key}`),
    root,
  )

/** A copy with one value changed. */
export function changed(whole: unknown, [key, ...rest]: Probe['path'], value: unknown): unknown {
  if (key === undefined) return value
  const copy: Record<string | number, unknown> = Array.isArray(whole) ? ([...whole] as never) : { ...(whole as object) }
  if (rest.length === 0 && value === ABSENT) delete copy[key]
  else copy[key] = changed(copy[key], rest, value)
  return copy
}
