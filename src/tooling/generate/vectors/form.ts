/**
 * Vectors of the form itself: repeated names, escapes, order.
 *
 * @module
 */
import { decodeForm } from '../../../core/form.js'
import { ownValue, schemaOf } from '../openapi.js'
import { sampleOf } from '../sample.js'
import { encode, pairsOf, type Vector, type VectorContext, vector } from './vector.js'

const ESCAPES = [
  ['a broken escape', '%zz'],
  ['bytes that are no UTF-8', '%C4%E3'],
  ['UTF-8 that is cut off', '%E4%BD'],
] as const

/** A vector of the form; `refused` is the keyword of the violation, where there is one, and `at` the field of it. */
function formVector(
  context: VectorContext,
  label: string,
  field: string,
  keyword: string,
  body: string,
  refused?: string,
  at = field,
): Vector {
  const violation = refused === undefined ? undefined : { field: at || 'body', keyword: refused }
  return vector(context, label, 'form', { field, keyword }, violation, { body })
}

/** A list, written in ways that are not the contract's, and an item that looks like two. */
function listVectors(context: VectorContext, name: string, value: string): Vector[] {
  const { [name]: _, ...rest } = context.base
  const others = pairsOf(rest)
  const comma = `${value},${value}`
  const joined = { ...context.base, [name]: [comma] }
  const body = [encode(others), `${encodeURIComponent(name)}=${encodeURIComponent(comma)}`].filter(Boolean).join('&')
  return [
    ...[`${name}[]`, `${name}[0]`].map((other) => {
      const label = `${name}: written as ${other}`
      const written = encode([...others, [other, value]])
      const [found] = context.oracle.request(decodeForm(written, context.kinds).fields)
      return formVector(context, label, name, 'required', written, found?.keyword, found?.field)
    }),
    ...(context.oracle.request(joined).length === 0
      ? [formVector(context, `${name}: a comma is data`, name, 'encoding', body)]
      : []),
  ]
}

/** One field, written in other ways. */
function fieldVectors(context: VectorContext, name: string): Vector[] {
  const { spec, operation, base, kinds } = context
  const { [name]: _, ...rest } = base
  const own = ownValue(base, name) ?? sampleOf(spec, schemaOf(spec, operation.form).properties?.[name])
  const value = String([own].flat()[0])
  const others = pairsOf(rest)
  const escapes = ESCAPES.map(([label, text]) => {
    const body = [encode(others), `${encodeURIComponent(name)}=${text}`].filter(Boolean).join('&')
    return formVector(context, `${name}: ${label}`, name, 'encoding', body, 'encoding')
  })
  if (kinds[name]?.endsWith('[]')) return [...listVectors(context, name, value), ...escapes]
  const twice = encode([...others, [name, value], [name, value]])
  return [formVector(context, `${name}: twice`, name, 'repeated', twice, 'repeated'), ...escapes]
}

/** A space as a plus sign, in the first field that may hold one. */
function plusVectors(context: VectorContext): Vector[] {
  const { base, kinds, oracle } = context
  const isFree = (name: string) => kinds[name] === 'string' && oracle.request({ ...base, [name]: 'a b' }).length === 0
  const name = Object.keys(kinds).find(isFree)
  if (name === undefined) return []
  const body = encode(pairsOf({ ...base, [name]: 'a b' })).replaceAll('%20', '+')
  return [formVector(context, `${name}: a space as a plus sign`, name, 'encoding', body)]
}

/** A field more than there are: ignored, unless the schema forbids it. */
function unlistedVector(context: VectorContext, whole: string): Vector {
  const { base, kinds, oracle } = context
  const name = Array.from({ length: 9 }, (_, i) => `unlisted${i || ''}`).find((one) => !Object.hasOwn(kinds, one)) ?? ''
  const refusedBy = oracle.request({ ...base, [name]: '1' })[0]?.keyword
  const label = 'a field that the contract does not list'
  const body = `${whole}&${name}=1`
  return refusedBy === undefined
    ? formVector(context, label, name, 'unknown', body)
    : formVector(context, label, 'body', refusedBy, body, refusedBy)
}

/** Mistakes of the form itself, which no value of a field shows. */
export function formVectors(context: VectorContext): Vector[] {
  const { base, kinds, oracle } = context
  const pairs = pairsOf(base)
  const whole = encode(pairs)
  const unescaped = whole.replaceAll('%3A', ':')
  const empty = oracle.request({}).length > 0 ? 'body' : undefined
  return [
    ...Object.keys(kinds).flatMap((name) => fieldVectors(context, name)),
    unlistedVector(context, whole),
    formVector(context, 'fields in another order', '', 'order', encode(pairs.reverse())),
    ...plusVectors(context),
    ...(unescaped === whole ? [] : [formVector(context, 'colons as they are', '', 'encoding', unescaped)]),
    formVector(context, 'no fields at all', 'body', 'body', '', empty),
  ]
}
