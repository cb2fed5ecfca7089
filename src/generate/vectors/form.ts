/**
 * Vectors of the form itself: repeated names, escapes, order.
 *
 * @module
 */
import { schemaOf } from '../spec.js'
import { type Bench, encode, pairsOf, type Vector, vector } from './bench.js'
import { ownOf, sampleOf } from './probes.js'

const ESCAPES = [
  ['a broken escape', '%zz'],
  ['bytes that are no UTF-8', '%C4%E3'],
  ['UTF-8 that is cut off', '%E4%BD'],
] as const

/** What a form can get wrong that its fields cannot tell. */
export function formVectors(bench: Bench): Vector[] {
  const { spec, operation, base, kinds, judge } = bench
  const write = (label: string, field: string, keyword: string, body: string, refused?: string) =>
    vector(bench, label, 'form', { field, keyword }, refused === undefined ? undefined : { field, keyword: refused }, {
      body,
    })

  /** One field, written in other ways. */
  function written(name: string): Vector[] {
    const { [name]: _, ...rest } = base
    const own = ownOf(base, name) ?? sampleOf(spec, schemaOf(spec, operation.form).properties?.[name])
    const value = String([own].flat()[0])
    const others = pairsOf(rest)
    const raw = (text: string) => [encode(others), `${encodeURIComponent(name)}=${text}`].filter(Boolean).join('&')
    const escapes = ESCAPES.map(([label, text]) => write(`${name}: ${label}`, name, 'encoding', raw(text), 'encoding'))
    if (!kinds[name]?.endsWith('[]')) {
      const twice = encode([...others, [name, value], [name, value]])
      return [write(`${name}: twice`, name, 'repeated', twice, 'repeated'), ...escapes]
    }
    const missing = judge.request(rest)[0]?.keyword
    const comma = `${value},${value}`
    const joined = judge.request({ ...base, [name]: [comma] }).length === 0
    return [
      ...[`${name}[]`, `${name}[0]`].map((other) =>
        write(`${name}: written as ${other}`, name, 'required', encode([...others, [other, value]]), missing),
      ),
      ...(joined ? [write(`${name}: a comma is data`, name, 'encoding', raw(encodeURIComponent(comma)))] : []),
      ...escapes,
    ]
  }

  const whole = encode(pairsOf(base))
  const empty = judge.request({}).length > 0 ? 'body' : undefined
  return [
    ...Object.keys(kinds).flatMap(written),
    write('a field that the contract does not list', 'unlisted', 'unknown', `${whole}&unlisted=1`),
    write('fields in another order', '', 'order', encode(pairsOf(base).reverse())),
    write(
      'spaces as plus signs, colons as they are',
      '',
      'encoding',
      whole.replaceAll('%20', '+').replaceAll('%3A', ':'),
    ),
    write('no fields at all', 'body', 'body', '', empty),
  ]
}
