/**
 * What nobody could confirm, with the vectors that would settle it.
 *
 * @module
 */
import type { AssumptionRow } from '../../../core/contract-cli.js'
import { PROBED_RULES } from '../../lint/keywords.js'
import { type Assumptions, isObject, type Operation, operationsOf, type Spec } from '../openapi.js'
import { keysOf, step, valueAt } from '../pointer.js'
import type { Vector } from '../vectors/vector.js'
import { answersOf, successOf } from './answers.js'
import { placesOf } from './places.js'

/** The rows by id, and a sentence for each that names a vector that does not exist. */
export interface AssumptionTable {
  readonly rows: Readonly<Record<string, AssumptionRow>>
  readonly warnings: readonly string[]
}

/** An operation that a node of the spec is about, and the field; without a field, all of the operation. */
interface Scope {
  readonly operation: string
  readonly field?: string
}

/** `toGroupId[1]` as a place names it: `toGroupId[]`. */
const placeName = (field: string) => field.replaceAll(/\[\d+\]/g, '[]')

/** What the nodes of the spec that may carry assumptions are about. */
function scopesOf(spec: Spec, operations: readonly Operation[]): Map<object, Scope[]> {
  const scopes = new Map<object, Scope[]>()
  const add = (node: object | undefined, scope: Scope) => {
    if (node) scopes.set(node, [...(scopes.get(node) ?? []), scope])
  }
  for (const operation of operations) {
    const { id, definition } = operation
    for (const { node, field } of placesOf(spec, operation)) add(node, { operation: id, field })
    for (const { examples } of answersOf(spec, operation)) for (const [, node] of examples) add(node, { operation: id })
    add(definition, { operation: id })
    add(definition['x-rate-limit'], { operation: id, field: 'rate' })
    visit(spec, successOf(spec, operation).schema, (node) => add(node, { operation: id }))
  }
  return scopes
}

/** All objects below a node, those behind references too, each once. */
function visit(spec: Spec, root: unknown, see: (node: object) => void): void {
  const seen = new Set<unknown>()
  const go = (node: unknown): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (Array.isArray(node)) for (const child of node) go(child)
    if (!isObject(node)) return
    see(node)
    const { $ref } = node
    if (typeof $ref === 'string') go(valueAt(spec, keysOf($ref)))
    for (const child of Object.values(node)) go(child)
  }
  go(root)
}

/** Every `x-assumption` of the spec, with the node that carries it and that node's pointer. */
function carriersOf(node: unknown, pointer = ''): { node: object; pointer: string; assumptions: Assumptions }[] {
  if (Array.isArray(node)) return node.flatMap((child, i) => carriersOf(child, pointer + step(i)))
  if (!isObject(node)) return []
  const { 'x-assumption': assumptions, ...rest } = node
  const inside = Object.entries(rest).flatMap(([key, child]) => carriersOf(child, pointer + step(key)))
  // The linter has checked the shape.
  return isObject(assumptions) ? [{ node, pointer, assumptions: assumptions as Assumptions }, ...inside] : inside
}

/** Names of the questions that an entry of `settledBy` means. */
function questionsOf(entry: string, scopes: readonly Scope[], vectors: readonly Vector[]): string[] {
  if (PROBED_RULES.includes(entry))
    return scopes.map(({ operation, field }) => `${operation}: ${field ? `${field}: ` : ''}${entry}`)
  return vectors
    .filter(({ name, operation, rule }) =>
      scopes.some((scope) => {
        if (scope.operation !== operation) return false
        if (entry.includes(': ')) return name === `${operation}: ${entry}`
        return rule.keyword === entry && (scope.field === undefined || scope.field === placeName(rule.field))
      }),
    )
    .map(({ name }) => name)
}

/** All assumptions of the spec. */
export function assumptionTable(spec: Spec, vectors: readonly Vector[]): AssumptionTable {
  const scopes = scopesOf(spec, operationsOf(spec))
  const rows: Record<string, AssumptionRow> = {}
  const warnings: string[] = []
  for (const { node, pointer, assumptions } of carriersOf(spec)) {
    for (const [id, { claim, about, settledBy = [], unsettled }] of Object.entries(assumptions)) {
      const found = settledBy.map((entry) => ({
        entry,
        questions: questionsOf(entry, scopes.get(node) ?? [], vectors),
      }))
      const missing = found.filter(({ questions }) => questions.length === 0 && scopes.has(node))
      for (const { entry } of missing) warnings.push(`${id}: settledBy: no vector is called "${entry}" there`)
      const questions = [...new Set(found.flatMap((one) => one.questions))]
      const isAboutAnswer = about === 'answer' ? { isAboutAnswer: true } : {}
      rows[id] = { claim, at: pointer, ...isAboutAnswer, ...(unsettled === undefined ? { questions } : { unsettled }) }
    }
  }
  return { rows, warnings }
}
