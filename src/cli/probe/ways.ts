/**
 * How a vector is asked: by an *incomplete call*, by its complete one, or not at all.
 *
 * An incomplete call is right but for one required field, and so is refused for sure. Rules of fields that hide behind "required"
 * are asked again by the complete call of their vector.
 *
 * @module
 */
import { mockTables, type OperationId, operations } from '../../core/contract.js'
import { assumptions } from '../../core/contract-cli.js'
import { baseOf, bodyOf, receiverOf, requiredOf, type Vector } from './vectors.js'

/** With one required field left out on purpose, or complete. */
export type Way = 'missing-field' | 'complete'

/** Parts of the plan, in their order. */
export type Stage = 'headers' | 'fields' | 'contents' | 'group' | 'signatures'

/** What a command-line user must give to have acceptable requests sent. */
export const NEEDS_IDS = 'needs the ids of your own group and user'

/** The field that `list[0]` or `content.text` belongs to. */
export const rootOf = (field: string): string => field.replace(/[.[].*$/, '')

/** Names of the questions that an assumption waits for. */
export const AWAITED: ReadonlySet<string> = new Set(
  Object.values(assumptions).flatMap(({ questions = [] }) => questions),
)

/** The message type that a request names, as it is written. */
const typeOf = (vector: Vector, field: string): string | undefined =>
  new RegExp(`(?:^|&)${field}=([^&]*)`).exec(bodyOf(vector).slice(0, MAX_HEAD))?.[1]

/** Characters of a body in which the message type is looked for: what is long behind it is content. */
const MAX_HEAD = 2_000

/** True for a vector about the JSON inside a message of a predefined type. */
function isContent(operation: OperationId, vector: Vector): boolean {
  const { message } = operations[operation]
  if (!message || rootOf(vector.rule.field) !== message.content) return false
  const base = baseOf(operation)
  const type = typeOf(vector, message.type)
  return base !== undefined && type !== undefined && type !== typeOf(base, message.type)
}

/** True for a rule of the signed headers, of method, path and media type: the server looks at them before the fields. */
const isAroundFields = (operation: OperationId, { layer, rule }: Vector): boolean =>
  (layer === 'headers' || layer === 'request') && !isParameter(operation, rule.field)

const isParameter = (operation: OperationId, field: string): boolean =>
  mockTables[operation].headers.some((name) => name.toLowerCase() === field.toLowerCase())

/** The field that an incomplete call for a question about this rule leaves out. */
export function missingFor(operation: OperationId, { field, keyword }: Vector['rule']): string | undefined {
  const required = requiredOf(operation)
  // Of a body that it does not read, a server misses the first field: only a later one shows that it has read the body.
  if (keyword === 'media-type') return required.at(-1)
  const receiver = receiverOf(operation)
  const order = [
    ...required.filter((name) => name === receiver),
    ...required.filter((name) => name !== receiver).reverse(),
  ]
  return order.find((name) => name !== rootOf(field))
}

/** True for a broken escape in another field than the first. */
function isLaterEscape(operation: OperationId, { rule, expect }: Vector): boolean {
  const [first] = Object.keys(mockTables[operation].fields)
  return rule.keyword === 'encoding' && expect.verdict === 'refused' && rule.field !== first
}

/** The field that an incomplete call leaves out for a question about no field. */
export const fieldToLeaveOut = (operation: OperationId): string | undefined =>
  missingFor(operation, { field: '', keyword: '' })

/** How a vector is asked; a reason where it is not. */
export function waysOf(operation: OperationId, vector: Vector, hasIds: boolean): readonly Way[] | string {
  const { layer, rule, expect, times } = vector
  const isAccepted = expect.verdict === 'accepted'
  if (times > 1) return 'it would use up the limit of the live app'
  if (fieldToLeaveOut(operation) === undefined) return 'no field is required, so no request is refused for sure'
  if (isLaterEscape(operation, vector))
    return 'a server reads the escapes of all fields alike, so those of one field are asked'
  if (isContent(operation, vector) && (isAccepted || !AWAITED.has(vector.name)))
    return 'of the contents of messages, only texts that are no JSON are asked'
  if (rule.keyword === 'x-suspicious') return 'it is probably a mistake, and the contract allows it'
  // The server may look at a parameter behind the fields, so that an incomplete call shows nothing.
  const isBeforeFields = layer === 'headers' && !isParameter(operation, rule.field)
  if (isAccepted && (isBeforeFields || rule.keyword === 'media-type')) return ['missing-field']
  if (isAccepted) return hasIds ? ['complete'] : NEEDS_IDS
  // A server that does not read such a body misses all fields, as it does with the incomplete call.
  if (rule.keyword === 'media-type') return ['missing-field', 'complete']
  if (isAroundFields(operation, vector)) return ['missing-field']
  const isHidden = layer === 'form' || rule.keyword === 'required' || isContent(operation, vector)
  const canBeIncomplete = !isHidden && missingFor(operation, rule) !== undefined
  return canBeIncomplete ? ['missing-field', 'complete'] : ['complete']
}

/** The part of the plan that a vector belongs to. */
export function stageOf(operation: OperationId, vector: Vector): Stage {
  const { layer, rule, expect } = vector
  if (rule.keyword === 'signature' && expect.verdict === 'refused') return 'signatures'
  const isAccepted = expect.verdict === 'accepted'
  if (isAccepted && isParameter(operation, rule.field)) return 'group'
  if (layer === 'headers' || layer === 'request') return 'headers'
  if (isAccepted) return 'group'
  return isContent(operation, vector) ? 'contents' : 'fields'
}
