/**
 * Vectors of the form itself: repeated names, escapes, order.
 *
 * @module
 */
import { schemaOf } from '../openapi.js'
import { ownOf, sampleOf } from './schema-cases.js'
import { type Bench, encode, pairsOf, type Vector, vector } from './vector.js'

const ESCAPES = [
  ['a broken escape', '%zz'],
  ['bytes that are no UTF-8', '%C4%E3'],
  ['UTF-8 that is cut off', '%E4%BD'],
] as const

/** A vector of the form; `refused` is the keyword of the violation, where there is one. */
const written = (bench: Bench, label: string, field: string, keyword: string, body: string, refused?: string): Vector =>
  vector(bench, label, 'form', { field, keyword }, refused === undefined ? undefined : { field, keyword: refused }, {
    body,
  })

/** A list, written in ways that are not the contract's, and an item that looks like two. */
function listVectors(bench: Bench, name: string, value: string): Vector[] {
  const { [name]: _, ...rest } = bench.base
  const others = pairsOf(rest)
  const missing = bench.judge.request(rest)[0]?.keyword
  const comma = `${value},${value}`
  const joined = { ...bench.base, [name]: [comma] }
  const body = [encode(others), `${encodeURIComponent(name)}=${encodeURIComponent(comma)}`].filter(Boolean).join('&')
  return [
    ...[`${name}[]`, `${name}[0]`].map((other) =>
      written(bench, `${name}: written as ${other}`, name, 'required', encode([...others, [other, value]]), missing),
    ),
    ...(bench.judge.request(joined).length === 0
      ? [written(bench, `${name}: a comma is data`, name, 'encoding', body)]
      : []),
  ]
}

/** One field, written in other ways. */
function fieldVectors(bench: Bench, name: string): Vector[] {
  const { spec, operation, base, kinds } = bench
  const { [name]: _, ...rest } = base
  const own = ownOf(base, name) ?? sampleOf(spec, schemaOf(spec, operation.form).properties?.[name])
  const value = String([own].flat()[0])
  const others = pairsOf(rest)
  const escapes = ESCAPES.map(([label, text]) => {
    const body = [encode(others), `${encodeURIComponent(name)}=${text}`].filter(Boolean).join('&')
    return written(bench, `${name}: ${label}`, name, 'encoding', body, 'encoding')
  })
  if (kinds[name]?.endsWith('[]')) return [...listVectors(bench, name, value), ...escapes]
  const twice = encode([...others, [name, value], [name, value]])
  return [written(bench, `${name}: twice`, name, 'repeated', twice, 'repeated'), ...escapes]
}

/** A space as a plus sign, in the first field that may hold one. */
function plusVectors(bench: Bench): Vector[] {
  const { base, kinds, judge } = bench
  const isFree = (name: string) => kinds[name] === 'string' && judge.request({ ...base, [name]: 'a b' }).length === 0
  const name = Object.keys(kinds).find(isFree)
  if (name === undefined) return []
  const body = encode(pairsOf({ ...base, [name]: 'a b' })).replaceAll('%20', '+')
  return [written(bench, `${name}: a space as a plus sign`, name, 'encoding', body)]
}

/** A field more than there are: ignored, unless the schema forbids it. */
function unlistedVector(bench: Bench, whole: string): Vector {
  const { base, kinds, judge } = bench
  const name = Array.from({ length: 9 }, (_, i) => `unlisted${i || ''}`).find((one) => !Object.hasOwn(kinds, one)) ?? ''
  const refusedBy = judge.request({ ...base, [name]: '1' })[0]?.keyword
  const [field, keyword] = refusedBy === undefined ? [name, 'unknown'] : ['body', refusedBy]
  return written(bench, 'a field that the contract does not list', field, keyword, `${whole}&${name}=1`, refusedBy)
}

/** What a form can get wrong that its fields cannot tell. */
export function formVectors(bench: Bench): Vector[] {
  const { base, kinds, judge } = bench
  const pairs = pairsOf(base)
  const whole = encode(pairs)
  const unescaped = whole.replaceAll('%3A', ':')
  const empty = judge.request({}).length > 0 ? 'body' : undefined
  return [
    ...Object.keys(kinds).flatMap((name) => fieldVectors(bench, name)),
    unlistedVector(bench, whole),
    written(bench, 'fields in another order', '', 'order', encode(pairs.reverse())),
    ...plusVectors(bench),
    ...(unescaped === whole ? [] : [written(bench, 'colons as they are', '', 'encoding', unescaped)]),
    written(bench, 'no fields at all', 'body', 'body', '', empty),
  ]
}
