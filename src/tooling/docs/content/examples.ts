/**
 * The fields of a request without named examples, made of the samples of its fields.
 *
 * @module
 */

import { entries, type Schema, type Spec, sampleOf, schemaOf } from './spec.js'

/** The required fields of a form, and those that have an example. */
export function exampleForm(spec: Spec, form: Schema | undefined): Readonly<Record<string, unknown>> {
  const { properties, required = [] } = schemaOf(spec, form)
  const chosen = entries(properties).filter(([name, schema]) => {
    const { examples, example, items } = schemaOf(spec, schema)
    return required.includes(name) || (examples ?? example ?? schemaOf(spec, items).examples) !== undefined
  })
  return Object.fromEntries(chosen.map(([name, schema]) => [name, sampleOf(spec, schema)]))
}
