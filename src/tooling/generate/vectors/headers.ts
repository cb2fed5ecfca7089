/**
 * Vectors of the headers: names, signature, parameters.
 *
 * @module
 */
import { type Header, schemesOf } from '../openapi.js'
import { sampleOf } from '../sample.js'
import type { FieldVectors } from './fields.js'
import { ABSENT, casesOf, type SchemaCase } from './schema-cases.js'
import { requestHeaders, signed, type Vector, type VectorContext, vector } from './vector.js'

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

const signatureRows = (context: VectorContext): Row[] =>
  signatures(context).map(([label, value, refused]) => {
    const { signature: part, headers } = context.security
    return [
      `${headers[part] ?? part}: ${label}`,
      part,
      requestHeaders(context, { [part]: value }),
      'signature',
      refused,
    ]
  })

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

/** What a header can carry, and every server leaves as it is. */
const isCarried = (value: unknown): boolean => /^([!-~]( *[!-~])*)?$/.test(String(value))

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

/** Each pair of neighbours in another order. */
function swappedNeighbours(parts: readonly string[]): { label: string; order: string[] }[] {
  return parts.slice(1).map((part, i) => {
    const before = parts[i] ?? ''
    return { label: `made with ${before} and ${part} swapped`, order: parts.toSpliced(i, 2, part, before) }
  })
}

/** Signatures, right in another way and wrong in all known ways. */
function signatures({
  security,
  credentials,
}: VectorContext): (readonly [label: string, value: string, refused: boolean])[] {
  const { signs } = security
  const { appKey = '', timestamp = '' } = credentials
  const right = signed(credentials, signs)
  const other = (change: Readonly<Record<string, string>>) => signed({ ...credentials, ...change }, signs)
  const swaps = swappedNeighbours(signs).map(({ label, order }) => [label, signed(credentials, order), true] as const)
  const without = signs.map((part) => {
    const rest = signs.filter((one) => one !== part)
    return [`made without ${part}`, signed(credentials, rest), true] as const
  })
  const all = [
    ['in upper case', right.toUpperCase(), false],
    ['made with the App Key in place of the App Secret', other({ appSecret: appKey }), true],
    ['made with another secret', other({ appSecret: 'another' }), true],
    ['made with seconds, while milliseconds are sent', other({ timestamp: timestamp.slice(0, -3) }), true],
    ...swaps,
    ...without,
    ['cut off', right.slice(0, 38), true],
    ['in Base64', Buffer.from(right, 'hex').toString('base64'), true],
    ['one digit off', `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`, true],
  ] as const
  return all.filter(([, signature, refused]) => !refused || signature !== right)
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
