/**
 * Vectors of the headers: names, signature, parameters.
 *
 * @module
 */
import { signaturesOf } from '../../../cli/probe/signatures.js'
import { type Header, schemesOf } from '../openapi.js'
import { sampleOf } from '../sample.js'
import type { FieldVectors } from './fields.js'
import { ABSENT, casesOf, type SchemaCase } from './schema-cases.js'
import { requestHeaders, type Vector, type VectorContext, vector } from './vector.js'

type Headers = Readonly<Record<string, string>>

/** One way to sign a call: the part that it is about, the rule, and whether the rule is broken. */
type Row = readonly [label: string, part: string, headers: Headers, keyword: string, refused: boolean]

const keywordOf = (part: string) => (part === 'appKey' ? 'app-key' : 'signature')

/** Names, forms and mistakes of the headers that sign a call. */
export function signatureVectors(context: VectorContext): Vector[] {
  const { security } = context
  return [
    ...nameRows(context),
    ...absentRows(context),
    ...keyRows(context),
    ...signatureRows(context),
    ...formRows(context),
  ].map(([label, part, headers, keyword, refused]) => {
    const rule = { field: security.headers[part] ?? part, keyword }
    return vector(context, label, 'headers', rule, refused ? rule : undefined, { headers })
  })
}

/** The same headers under other names. */
function nameRows(context: VectorContext): Row[] {
  const { security } = context
  const renamed = (rename: (header: string) => string) =>
    Object.fromEntries(Object.entries(requestHeaders(context)).map(([header, value]) => [rename(header), value]))
  const own = Object.values(security.headers)
  const prefixed = security.prefixes.map((prefix): Row => {
    const headers = renamed((one) => (own.includes(one) ? prefix + one : one))
    return [`all signing headers with the prefix ${prefix}`, security.signature, headers, 'aliases', false]
  })
  const aliased = Object.entries(security.aliases).flatMap(([part, others]) => {
    const name = security.headers[part] ?? part
    return others.map((other): Row => {
      return [`${name}: as ${other}`, part, renamed((one) => (one === name ? other : one)), 'aliases', false]
    })
  })
  const lower = renamed((one) => one.toLowerCase())
  return [...prefixed, ...aliased, ['header names in lower case', security.signature, lower, 'case', false]]
}

/** Each of the headers missing, and empty. */
const absentRows = (context: VectorContext): Row[] =>
  Object.entries(context.security.headers).flatMap(([part, name]): Row[] => {
    const all = requestHeaders(context)
    const { [name]: _, ...rest } = all
    return [
      [`${name}: left out`, part, rest, keywordOf(part), true],
      [`${name}: empty`, part, { ...all, [name]: '' }, keywordOf(part), true],
    ]
  })

/** App Keys that are none. */
function keyRows(context: VectorContext): Row[] {
  const { appKey = '', appSecret = '' } = context.credentials
  const name = context.security.headers['appKey'] ?? 'appKey'
  const swapped = requestHeaders(context, { appKey: appSecret, appSecret: appKey })
  return [
    [`${name}: unknown`, 'appKey', requestHeaders(context, { appKey: 'unknown' }), 'app-key', true],
    [`${name}: the App Secret in its place`, 'appKey', swapped, 'app-key', true],
  ]
}

/** Signatures, right in another way and wrong in all known ways. */
function signatureRows(context: VectorContext): Row[] {
  const { signature: part, signs, headers } = context.security
  const [right, ...others] = signaturesOf(context.credentials, signs)
  return others
    .filter(({ signature, isRefused }) => !isRefused || signature !== right?.signature)
    .map(({ label, signature, isRefused }) => [
      `${headers[part] ?? part}: ${label}`,
      part,
      requestHeaders(context, { [part]: signature }),
      'signature',
      isRefused,
    ])
}

/** Forms that are not those of the documentation, and that real clients send. */
function formRows(context: VectorContext): Row[] {
  const { headers, nonceLength = 18 } = context.security
  const { timestamp: milliseconds = '' } = context.credentials
  const timestamp = milliseconds.slice(0, -3)
  const nonce = '7'.repeat(nonceLength + 1)
  const timeHeader = headers['timestamp'] ?? 'timestamp'
  const nonceHeader = headers['nonce'] ?? 'nonce'
  const longLabel = `${nonceHeader}: longer than documented, which real clients send`
  return [
    [`${timeHeader}: seconds, signed as sent`, 'timestamp', requestHeaders(context, { timestamp }), 'form', false],
    [longLabel, 'nonce', requestHeaders(context, { nonce }), 'form', false],
    ...refusedFormRows(context),
  ]
}

/** Most characters of a header that every server takes. */
const MAX_HEADER_LENGTH = 8_000

/** What a header can carry, and every server leaves as it is. */
function isCarried(value: unknown): boolean {
  const text = String(value)
  return text.length <= MAX_HEADER_LENGTH && /^([!-~]( *[!-~])*)?$/.test(text)
}

/** Header formats that the API does not accept, signed as sent. */
function refusedFormRows(context: VectorContext): Row[] {
  const schemes = new Map(schemesOf(context.spec))
  return Object.entries(context.security.headers).flatMap(([part, name]): Row[] => {
    const accepts = schemes.get(part)?.['x-accepts']
    if (!accepts) return []
    const cases = casesOf(context.spec, accepts, context.credentials[part], false).filter(({ fits }) => !fits)
    const microseconds = { label: 'microseconds', values: [`${context.credentials[part]}000`] }
    return [...cases, ...(part === 'timestamp' ? [microseconds] : [])].flatMap(({ label, values }): Row[] => {
      const odd = values.find((value) => value !== '' && isCarried(value) && !context.oracle.accepts(accepts, value))
      if (odd === undefined) return []
      const headers = requestHeaders(context, { [part]: String(odd) })
      return [[`${name}: ${label}, signed as sent`, part, headers, keywordOf(part), true]]
    })
  })
}

/** One case of a header parameter, with the first value that does what the case says; none where there is none. */
function parameterVector(context: VectorContext, { name }: Header, { keyword, label, values, fits }: SchemaCase) {
  const value = values.find((one) => {
    const found = context.oracle.header(name, one === ABSENT ? undefined : one)
    return (one === ABSENT || isCarried(one)) && found?.keyword === (fits ? undefined : keyword)
  })
  if (value === undefined) return []
  const { [name]: _, ...rest } = requestHeaders(context)
  const headers = value === ABSENT ? rest : { ...rest, [name]: String(value) }
  const rule = { field: name.toLowerCase(), keyword }
  return [vector(context, `${name}: ${label}`, 'headers', rule, fits ? undefined : rule, { headers })]
}

/** Header parameters of the operation. */
export function parameterVectors(context: VectorContext): FieldVectors {
  const { spec, operation } = context
  const rows = operation.headers.flatMap((header) => {
    const { name, required, schema } = header
    const cases: SchemaCase[] = [
      { path: [], keyword: 'required', label: 'left out', values: [ABSENT], fits: !required },
      ...casesOf(spec, schema, sampleOf(spec, schema), false),
    ]
    return cases.map((one) => ({
      rule: { field: name, keyword: one.keyword },
      fits: one.fits,
      vectors: parameterVector(context, header, one),
    }))
  })
  const isTested = (rule: Vector['rule']) =>
    rows.some(
      (row) =>
        !row.fits && row.vectors.length > 0 && row.rule.field === rule.field && row.rule.keyword === rule.keyword,
    )
  return {
    vectors: rows.flatMap(({ vectors }) => vectors),
    untested: rows.filter(({ fits, rule }) => !fits && !isTested(rule)).map(({ rule }) => rule),
  }
}
