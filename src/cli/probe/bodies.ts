/**
 * The body of a vector for the user's app: its ids are replaced, and what is to be left out is.
 *
 * @module
 */
import type { OperationId } from '../../core/contract.js'
import { probeTables } from '../../core/contract-cli.js'
import { type RandomBelow, randomAlike, randomId } from './random.js'
import { baseOf, bodyOf, decoded, fieldOf, type Pair, pairsOf, receiverOf, type Vector } from './vectors.js'

/** What of the request of a vector is changed on purpose. */
export interface Change {
  /** A required field that is left out, so that the request is refused for sure. */
  readonly without?: string | undefined
  /** Keeps these fields alone. */
  readonly only?: readonly string[] | undefined
  /** Replaces every item of this list by the first one. */
  readonly sameItems?: string | undefined
  /** The ids of the user, by field: the only ones of an acceptable request. */
  readonly ids?: Readonly<Record<string, readonly string[]>> | undefined
  /** Texts of signing headers, by the name of the part. */
  readonly parts?: Readonly<Record<string, string>> | undefined
  /** Sends these signing headers again. */
  readonly signed?: Readonly<Record<string, string>> | undefined
  /** Milliseconds that are added to the time of now. */
  readonly skew?: number | undefined
}

/** Rules that are about the text of an id. For all others any id will do. */
const TEXT_RULES = ['type', 'minLength', 'maxLength', 'x-max-bytes', 'pattern', 'encoding', 'x-suspicious']

/** Why a request is not made. */
export class SkipError extends Error {}

type ReplaceId = (field: string, value: string) => string

/** Makes the function that replaces the ids of one request: equal ones by equal ones. */
function createReplaceId(operation: OperationId, vector: Vector, { ids }: Change, random: RandomBelow): ReplaceId {
  const base = baseOf(operation)
  const known = new Set(base ? pairsOf(bodyOf(base)).map(({ name, value }) => `${name}=${value}`) : [])
  const made = new Map<string, string>()
  const isOnText = (field: string, value: string) =>
    TEXT_RULES.includes(vector.rule.keyword) &&
    vector.rule.field.replace(/\[\d+\]$/, '') === field &&
    !known.has(`${field}=${value}`)
  return (field, value) => {
    const given = ids?.[field]
    const before = made.get(`${field}=${value}`)
    if (before !== undefined) return before
    const text = decoded(value)
    let id: string
    if (isOnText(field, value)) {
      if (given && field === receiverOf(operation)) throw new SkipError('it would reach someone you did not name')
      if (given && receiverOf(operation) === undefined) throw new SkipError('it would name someone you did not name')
      if (text === undefined) id = randomId(random) + value
      else {
        const alike = randomAlike(text, random)
        if (alike === undefined) throw new SkipError('an id of that form is too short to be random, and might exist')
        id = value.includes('+') ? encodeURIComponent(alike).replaceAll('%20', '+') : encodeURIComponent(alike)
      }
    } else id = encodeURIComponent(given ? (given[0] ?? '') : text === '' ? '' : randomId(random))
    made.set(`${field}=${value}`, id)
    return id
  }
}

/** The pairs of a body with its ids replaced, and without what is to be left out. */
export function changedPairs(operation: OperationId, vector: Vector, change: Change, random: RandomBelow): Pair[] {
  const { without, only, sameItems } = change
  const replaceId = createReplaceId(operation, vector, change, random)
  const first = pairsOf(bodyOf(vector)).find((pair) => fieldOf(pair) === sameItems)
  return pairsOf(bodyOf(vector)).flatMap((pair) => {
    const field = fieldOf(pair)
    if (field === without || (only && !only.includes(field))) return []
    const value = field === sameItems ? (first?.value ?? pair.value) : pair.value
    const isId = probeTables[operation].ids.includes(field)
    return [{ name: pair.name, value: isId ? replaceId(field, value) : value }]
  })
}
