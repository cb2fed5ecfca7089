/**
 * Vectors of the headers: names, signature, parameters.
 *
 * @module
 */
import type { Schema } from '../spec.js'
import { type Bench, headersOf, signed, type Vector, vector } from './bench.js'
import { ABSENT, type Probe, probesOf, sampleOf } from './probes.js'

/** Names, forms and mistakes of the headers that sign a call. */
export function signatureVectors(bench: Bench): Vector[] {
  const { security, parts } = bench
  const name = (part: string) => security.headers[part] ?? part
  const vectors: Vector[] = []
  const add = (
    label: string,
    part: string,
    headers: Readonly<Record<string, string>>,
    keyword: string,
    refused: boolean,
  ) => {
    const rule = { field: name(part), keyword }
    vectors.push(vector(bench, label, 'headers', rule, refused ? rule : undefined, { headers }))
  }
  const renamed = (rename: (header: string) => string) =>
    Object.fromEntries(Object.entries(headersOf(bench)).map(([header, value]) => [rename(header), value]))
  const owners = new Map(Object.entries(security.headers).map(([part, header]) => [header, part]))
  const keywordOf = (part: string) => (part === 'appKey' ? 'app-key' : 'signature')
  for (const prefix of security.prefixes) {
    add(
      `all signing headers with the prefix ${prefix}`,
      security.signature,
      renamed((one) => (owners.has(one) ? prefix + one : one)),
      'aliases',
      false,
    )
  }
  for (const [part, others] of Object.entries(security.aliases)) {
    for (const other of others)
      add(
        `${name(part)}: as ${other}`,
        part,
        renamed((one) => (one === name(part) ? other : one)),
        'aliases',
        false,
      )
  }
  add(
    'header names in lower case',
    security.signature,
    renamed((one) => one.toLowerCase()),
    'case',
    false,
  )
  for (const part of Object.keys(security.headers)) {
    const { [name(part)]: _, ...rest } = headersOf(bench)
    add(`${name(part)}: left out`, part, rest, keywordOf(part), true)
    add(`${name(part)}: empty`, part, { ...headersOf(bench), [name(part)]: '' }, keywordOf(part), true)
  }
  add(`${name('appKey')}: unknown`, 'appKey', headersOf(bench, { appKey: 'unknown' }), 'app-key', true)
  add(
    `${name('appKey')}: the App Secret in its place`,
    'appKey',
    headersOf(bench, { appKey: parts['appSecret'] ?? '', appSecret: parts['appKey'] ?? '' }),
    'app-key',
    true,
  )
  for (const [label, signature, refused] of signatures(bench)) {
    add(
      `${name(security.signature)}: ${label}`,
      security.signature,
      headersOf(bench, { [security.signature]: signature }),
      'signature',
      refused,
    )
  }
  const seconds = { timestamp: (parts['timestamp'] ?? '').slice(0, -3) }
  add(`${name('timestamp')}: seconds, signed as sent`, 'timestamp', headersOf(bench, seconds), 'form', false)
  const nonce = { nonce: '7'.repeat(Number(security.nonceLength ?? 18) + 1) }
  add(
    `${name('nonce')}: longer than documented, which real clients send`,
    'nonce',
    headersOf(bench, nonce),
    'form',
    false,
  )
  return vectors
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
    // What a header can carry, and every server leaves as it is.
    const carried = (value: unknown) => value === ABSENT || /^([!-~]( *[!-~])*)?$/.test(String(value))
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
