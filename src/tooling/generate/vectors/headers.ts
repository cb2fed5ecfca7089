/**
 * Vectors of the headers: names, signature, parameters.
 *
 * @module
 */
import { bare, createAjv } from '../ajv.js'
import type { Json, Schema } from '../openapi.js'
import { ABSENT, type Probe, probesOf, sampleOf } from './schema-cases.js'
import { type Bench, headersOf, signed, type Vector, vector } from './vector.js'

type Headers = Readonly<Record<string, string>>

/** One way to sign a call: the part that it is about, the rule, and whether the rule is broken. */
type Row = readonly [label: string, part: string, headers: Headers, keyword: string, refused: boolean]

const keywordOf = (part: string) => (part === 'appKey' ? 'app-key' : 'signature')

/** Names, forms and mistakes of the headers that sign a call. */
export function signatureVectors(bench: Bench): Vector[] {
  const { security } = bench
  return [...nameRows(bench), ...absentRows(bench), ...keyRows(bench), ...signatureRows(bench), ...formRows(bench)].map(
    ([label, part, headers, keyword, refused]) => {
      const rule = { field: security.headers[part] ?? part, keyword }
      return vector(bench, label, 'headers', rule, refused ? rule : undefined, { headers })
    },
  )
}

/** The same headers under other names. */
function nameRows(bench: Bench): Row[] {
  const { security } = bench
  const renamed = (rename: (header: string) => string) =>
    Object.fromEntries(Object.entries(headersOf(bench)).map(([header, value]) => [rename(header), value]))
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
const absentRows = (bench: Bench): Row[] =>
  Object.entries(bench.security.headers).flatMap(([part, name]): Row[] => {
    const all = headersOf(bench)
    const { [name]: _, ...rest } = all
    return [
      [`${name}: left out`, part, rest, keywordOf(part), true],
      [`${name}: empty`, part, { ...all, [name]: '' }, keywordOf(part), true],
    ]
  })

/** App Keys that are none. */
function keyRows(bench: Bench): Row[] {
  const { appKey = '', appSecret = '' } = bench.parts
  const name = bench.security.headers['appKey'] ?? 'appKey'
  const swapped = headersOf(bench, { appKey: appSecret, appSecret: appKey })
  return [
    [`${name}: unknown`, 'appKey', headersOf(bench, { appKey: 'unknown' }), 'app-key', true],
    [`${name}: the App Secret in its place`, 'appKey', swapped, 'app-key', true],
  ]
}

const signatureRows = (bench: Bench): Row[] =>
  signatures(bench).map(([label, value, refused]) => {
    const { signature: part, headers } = bench.security
    return [`${headers[part] ?? part}: ${label}`, part, headersOf(bench, { [part]: value }), 'signature', refused]
  })

/** Forms that are not those of the documentation, and that real clients send. */
function formRows(bench: Bench): Row[] {
  const { headers, nonceLength = 18 } = bench.security
  const timestamp = (bench.parts['timestamp'] ?? '').slice(0, -3)
  const nonce = '7'.repeat(Number(nonceLength) + 1)
  const [time, long] = [headers['timestamp'] ?? 'timestamp', headers['nonce'] ?? 'nonce']
  return [
    [`${time}: seconds, signed as sent`, 'timestamp', headersOf(bench, { timestamp }), 'form', false],
    [`${long}: longer than documented, which real clients send`, 'nonce', headersOf(bench, { nonce }), 'form', false],
    ...oddRows(bench),
  ]
}

/** What a header can carry, and every server leaves as it is. */
const isCarried = (value: unknown): boolean => /^([!-~]( *[!-~])*)?$/.test(String(value))

/** Forms that nobody accepts, signed as sent. */
function oddRows(bench: Bench): Row[] {
  const schemes = (bench.spec['components']?.['securitySchemes'] ?? {}) as Readonly<Record<string, Json>>
  return Object.entries(bench.security.headers).flatMap(([part, name]): Row[] => {
    const accepts = schemes[part]?.['x-accepts'] as unknown as Schema | undefined
    if (!accepts) return []
    const isAccepted = createAjv().compile(bare(accepts) as object)
    const probes = probesOf(bench.spec, accepts, bench.parts[part], false).filter(({ fits }) => !fits)
    return probes.flatMap(({ label, values }): Row[] => {
      const odd = values.find((value) => isCarried(value) && !isAccepted(value))
      if (odd === undefined) return []
      return [
        [`${name}: ${label}, signed as sent`, part, headersOf(bench, { [part]: String(odd) }), keywordOf(part), true],
      ]
    })
  })
}

/** Signatures, right in another way and wrong in all known ways. */
function signatures({ security, parts }: Bench): (readonly [label: string, signature: string, refused: boolean])[] {
  const { signs } = security
  const right = signed(parts, signs)
  const swaps = signs.slice(1).map((part, i) => {
    const order = [...signs]
    ;[order[i], order[i + 1]] = [part, signs[i] as string]
    return [`made with ${signs[i]} and ${part} swapped`, signed(parts, order), true] as const
  })
  const without = signs.map(
    (part) =>
      [
        `made without ${part}`,
        signed(
          parts,
          signs.filter((one) => one !== part),
        ),
        true,
      ] as const,
  )
  const other = (change: Readonly<Record<string, string>>) => signed({ ...parts, ...change }, signs)
  const all = [
    ['in upper case', right.toUpperCase(), false],
    ['made with the App Key in place of the App Secret', other({ appSecret: parts['appKey'] ?? '' }), true],
    ['made with another secret', other({ appSecret: 'another' }), true],
    [
      'made with seconds, while milliseconds are sent',
      other({ timestamp: (parts['timestamp'] ?? '').slice(0, -3) }),
      true,
    ],
    ...swaps,
    ...without,
    ['cut off', right.slice(0, 38), true],
    ['in Base64', Buffer.from(right, 'hex').toString('base64'), true],
    ['one digit off', `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`, true],
  ] as const
  return all.filter(([, signature, refused]) => !refused || signature !== right)
}

/** Header parameters of the operation. */
export function parameterVectors(bench: Bench): Vector[] {
  return bench.operation.headers.flatMap(({ name, required, schema }) => {
    const field = name.toLowerCase()
    const probes: Probe[] = [
      { path: [], keyword: 'required', label: 'left out', values: [ABSENT], fits: !required },
      ...probesOf(bench.spec, schema as Schema, sampleOf(bench.spec, schema), false),
    ]
    const carried = (value: unknown) => value === ABSENT || isCarried(value)
    return probes.flatMap(({ keyword, label, values, fits }) => {
      const value = values.find(
        (one) =>
          carried(one) &&
          bench.judge.header(name, one === ABSENT ? undefined : one)?.keyword === (fits ? undefined : keyword),
      )
      if (value === undefined) return []
      const { [name]: _, ...rest } = headersOf(bench)
      const headers = value === ABSENT ? rest : { ...rest, [name]: String(value) }
      return vector(bench, `${name}: ${label}`, 'headers', { field, keyword }, fits ? undefined : { field, keyword }, {
        headers,
      })
    })
  })
}
