/**
 * Vectors of the fields of a form, and of the JSON inside a message.
 *
 * @module
 */
import { schemaOf } from '../openapi.js'
import { messageTypesOf } from '../tables/message-types.js'
import type { Fields } from './oracle.js'
import { ABSENT, ownOf, type Probe, probesOf, sampleOf } from './schema-cases.js'
import { type Bench, changed, encode, pairsOf, type Vector, vector, written } from './vector.js'

/** Vectors of the probes of one schema; `place` puts a value into the fields of a request. */
function probed(bench: Bench, probes: readonly Probe[], root: string, place: (probe: Probe, value: unknown) => Fields) {
  const vectors: Vector[] = []
  for (const probe of probes) {
    const field = written(probe.path, root)
    for (const value of probe.values) {
      const fields = place(probe, value)
      const [found, ...others] = bench.judge.request(fields)
      const alone = others.every((one) => one.field === found?.field)
      // Alternatives are told by the first of them that does not fit.
      const named = probe.keyword === 'oneOf' || found?.keyword === probe.keyword
      if (probe.fits ? found : !(found && alone && named && found.field === field)) continue
      const rule = { field, keyword: probe.keyword }
      // A body of nothing would be another violation.
      const body = encode(pairsOf(fields)) || 'unlisted=1'
      vectors.push(vector(bench, `${field || root}: ${probe.label}`, 'fields', rule, found, { body }))
      break
    }
  }
  return vectors
}

/** Each field of the form. */
export const fieldVectors = (bench: Bench): Vector[] => {
  const { spec, operation, base } = bench
  const whole = Object.fromEntries(
    Object.entries(schemaOf(spec, operation.form).properties ?? {}).map(([name, schema]) => [
      name,
      ownOf(base, name) ?? sampleOf(spec, schema),
    ]),
  )
  return probed(bench, probesOf(spec, operation.form, whole, false), '', ({ path }, value) => {
    // A field that the base leaves out is there where its items are probed.
    const [name = ''] = path
    return changed({ ...base, ...(value !== ABSENT && { [name]: whole[name] }) }, path, value) as Fields
  })
}

/** The JSON inside a message, for each type. */
export function messageVectors(bench: Bench): Vector[] {
  const { spec, operation, base } = bench
  const found = Object.entries(schemaOf(spec, operation.form).properties ?? {}).find(
    ([, one]) => schemaOf(spec, one)['x-message-types'],
  )
  if (!found) return []
  const [typeField, schema] = [found[0], schemaOf(spec, found[1])]
  const contentField = String(schema['x-content-field'])
  return [...messageTypesOf(spec).types].flatMap(([type, row]) => {
    const carrying = (text: string): Fields => ({ ...base, [typeField]: type, [contentField]: text })
    const sample = sampleOf(spec, row.schema)
    const json = (value: unknown) => carrying(JSON.stringify(value))
    const rule = { field: contentField, keyword: 'x-message-types' }
    const plain: Probe = { path: [], keyword: 'x-message-types', label: '', values: [sample], fits: true }
    const off: Probe = { ...plain, label: 'text that is no JSON', values: ['text'], fits: false }
    const vectors = [
      ...probed(bench, [{ ...plain, label: 'all its fields' }], contentField, (_, value) => json(value)),
      ...probed(bench, [off], contentField, (_, value) => carrying(value as string)),
      ...probed(bench, probesOf(spec, row.schema, sample, true), contentField, ({ path }, value) =>
        json(changed(sample, path, value)),
      ),
    ]
    return vectors.map((one) => ({ ...one, name: one.name.replace(': ', `: ${type}, `), rule: one.rule ?? rule }))
  })
}
