/**
 * Names that no tool below could carry: each would take them for JavaScript's own.
 *
 * @module
 */
import { atOperation, deref, type Json, operationsOf, SpecError } from './openapi.js'

const TAKEN: ReadonlySet<string> = new Set([
  '__proto__',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'valueOf',
])

/** @throws SpecError for a field, anywhere in an operation, that has such a name */
export function refuseNames(spec: Json): void {
  const seen = new Set<unknown>()
  const visit = (given: unknown, at: readonly string[]): void => {
    if (typeof given !== 'object' || given === null) return
    const node = deref(spec, given as Json)
    if (seen.has(node)) return
    seen.add(node)
    const inFields = at.at(-1) === 'properties'
    for (const [name, child] of Object.entries(node)) {
      const place = [...at, name]
      if (inFields && TAKEN.has(name)) throw new SpecError(`a field cannot be called "${name}"`, place)
      // The parts of an `allOf` are looked into by themselves.
      if (name === 'allOf' && Array.isArray(child)) for (const part of child) visit(part, at)
      else visit(child, place)
    }
  }
  for (const operation of operationsOf(spec)) visit(operation.definition, atOperation(operation))
}
