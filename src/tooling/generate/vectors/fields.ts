/**
 * Vectors of the fields of a form, and of the JSON inside a message.
 *
 * @module
 */
import { decodeForm } from '../../../core/form.js'
import { entries, isObject, ownValue, propertiesOf } from '../openapi.js'
import { sampleOf } from '../sample.js'
import { messageTypesOf } from '../tables/message-types.js'
import type { Fields } from './oracle.js'
import { ABSENT, casesOf, type SchemaCase } from './schema-cases.js'
import { changed, changedFields, encode, pairsOf, pathText, type Vector, type VectorContext, vector } from './vector.js'

/** Vectors, and the rules that have none because no value was found that breaks only that rule. */
export interface FieldVectors {
  readonly vectors: readonly Vector[]
  readonly untested: readonly Vector['rule'][]
}

/** Makes a request that carries the value of a case. */
type Place = (one: SchemaCase, value: unknown) => Fields

/** The vector of the first value that does what its case says, and nothing else. */
function caseVector(context: VectorContext, one: SchemaCase, root: string, place: Place): Vector | undefined {
  const field = pathText(one.path, root)
  for (const value of one.values) {
    const fields = place(one, value)
    const found = context.oracle.request(fields)
    const [first] = found
    const alone = found.every((other) => other.field === first?.field)
    // Of alternatives, the error names the first that does not fit.
    const isNamed = ['oneOf', 'anyOf'].includes(one.keyword) || first?.keyword === one.keyword
    const fits = first === undefined
    if (one.fits ? !fits : fits || !alone || !isNamed || first.field !== field) continue
    const rule = { field, keyword: one.keyword }
    // A body of nothing would be another violation.
    const body = encode(pairsOf(fields)) || 'unlisted=1'
    // As text, a value may be another: an integer that is too large stays text.
    const [read] = context.oracle.request(decodeForm(body, context.kinds).fields)
    if (read?.field !== first?.field || read?.keyword !== first?.keyword) continue
    const violation = first && { ...first, field: first.field || 'body' }
    return vector(context, `${field || root || 'body'}: ${one.label}`, 'fields', rule, violation, { body })
  }
  return undefined
}

/** Vectors of the cases of one schema; `place` puts a value into the fields of a request. */
function caseVectors(context: VectorContext, cases: readonly SchemaCase[], root: string, place: Place): FieldVectors {
  const made = cases.map((one) => ({ one, vector: caseVector(context, one, root, place) }))
  const broken = new Set<string>()
  const untested = new Map<string, Vector['rule']>()
  for (const { one, vector } of made) {
    if (one.fits) continue
    const rule = { field: pathText(one.path, root), keyword: one.keyword }
    const key = `${rule.field} ${rule.keyword}`
    if (vector) broken.add(key)
    else untested.set(key, rule)
  }
  for (const key of broken) untested.delete(key)
  return { vectors: made.flatMap((row) => row.vector ?? []), untested: [...untested.values()] }
}

/** Each field of the form. */
export function fieldVectors(context: VectorContext): FieldVectors {
  const { spec, operation, base } = context
  const whole = Object.fromEntries(
    propertiesOf(spec, operation.form).map(([name, schema]) => [name, ownValue(base, name) ?? sampleOf(spec, schema)]),
  )
  return caseVectors(context, casesOf(spec, operation.form, whole, false), '', ({ path }, value) => {
    const [name] = path
    if (name === undefined) return isObject(value) ? { ...base, ...value } : base
    // A field that the base leaves out is there where its items are tested.
    return changedFields(value === ABSENT ? base : { ...base, [name]: whole[name] }, path, value)
  })
}

/** The JSON inside a message, for each type. */
export function messageVectors(context: VectorContext): FieldVectors {
  const { spec, operation, base } = context
  const { types, fields: carriers } = messageTypesOf(spec)
  const [, holder] = propertiesOf(spec, operation.form).find(([, schema]) => schema['x-message-types']) ?? []
  if (!carriers || !holder) return { vectors: [], untested: [] }
  const { type: typeField, content } = carriers
  const rows = entries(holder['x-message-types']).map(([type]) => {
    const schema = types.get(type)?.schema
    const carrying = (text: string): Fields => ({ ...base, [typeField]: type, [content]: text })
    const sample = sampleOf(spec, schema)
    const json: Place = ({ path }, value) => carrying(JSON.stringify(changed(sample, path, value)))
    const text: Place = (_, value) => carrying(String(value))
    const whole = { path: [], keyword: 'x-message-types' }
    const good: SchemaCase = { ...whole, label: 'all its fields', values: [sample], fits: true }
    const bad: SchemaCase = { ...whole, label: 'text that is no JSON', values: ['text'], fits: false }
    const all = [
      caseVectors(context, [good], content, json),
      caseVectors(context, [bad], content, text),
      caseVectors(context, casesOf(spec, schema, sample, true), content, json),
    ]
    return {
      vectors: all.flatMap(({ vectors }) =>
        vectors.map((one) => ({ ...one, name: one.name.replace(': ', `: ${type}, `) })),
      ),
      untested: all.flatMap(({ untested }) => untested.map((one) => ({ ...one, field: `${type}, ${one.field}` }))),
    }
  })
  return {
    vectors: rows.flatMap(({ vectors }) => vectors),
    untested: rows.flatMap(({ untested }) => untested),
  }
}
