/**
 * One thing that is asked: what the contract says about it, and the safe ways to ask.
 *
 * @module
 */
import { type OperationId, security } from '../../core/contract.js'
import { probeTables } from '../../core/contract-cli.js'
import type { Change } from './bodies.js'
import type { Vector } from './vectors.js'
import { fieldToLeaveOut, missingFor, type Stage, stageOf, type Way } from './ways.js'

/** A status and a code of the vendor's. */
export interface Refusal {
  readonly status: number | undefined
  readonly code: number | undefined
}

/** One thing that is asked. */
export interface Question {
  /** Stable across versions: the pointer of the rule, and the label. */
  readonly id: string
  /** Name of the vector, or of the question that an assumption names. */
  readonly name: string
  /** What it is, without the operation: `toGroupId: 4 items`. */
  readonly label: string
  /** The field, header or part of the request that it is about. */
  readonly field: string
  readonly keyword: string
  readonly vector: Vector
  /** What the contract says: taken, or refused with these. */
  readonly expected: 'accepted' | Refusal
  /** The ways to ask, the safest first: the next one is used when the answer of one tells nothing. */
  readonly ways: readonly Way[]
  /** The required field that its incomplete call leaves out. */
  readonly missing: string | undefined
  readonly change: Change
  /** Needs the ids of the user, since the contract says that it is accepted. */
  readonly isGroup: boolean
  /** Replays the headers of the question before; `later` a minute after it. */
  readonly replay?: 'first' | 'again' | 'later'
  /** Milliseconds by which the clock is wrong. */
  readonly skew?: number
  /** Part of the plan that it belongs to. */
  readonly stage: Stage
}

/** Something that is not asked, and why. */
export interface Skipped {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly field: string
  readonly reason: string
  /** True when the contract says that the call is refused. */
  readonly isRefusal: boolean
}

/** A question that is not asked, and why. */
export const skippedOf = ({ id, name, label, field, expected }: Question, reason: string): Skipped => ({
  id,
  name,
  label,
  field,
  reason,
  isRefusal: expected !== 'accepted',
})

const placeName = (field: string) => field.replaceAll(/\[\d+\]/g, '[]')

/** JSON pointer of the rule of a vector: its field or header, else the operation. */
export function pointerOf(operation: OperationId, field: string): string {
  const { places, pointer } = probeTables[operation]
  return places[placeName(field)] ?? places[placeName(field).replace(/[.[].*$/, '')] ?? pointer
}

const labelOf = (operation: OperationId, name: string) => name.replace(`${operation}: `, '')

const expectedOf = ({ expect }: Vector): Question['expected'] =>
  expect.verdict === 'accepted' ? 'accepted' : { status: expect.status, code: expect.code }

/** The question of a vector. */
export function vectorQuestion(operation: OperationId, vector: Vector, ways: Question['ways']): Question {
  const label = labelOf(operation, vector.name)
  return {
    id: `${pointerOf(operation, vector.rule.field)}: ${label}`,
    name: vector.name,
    label,
    field: vector.rule.field,
    keyword: vector.rule.keyword,
    vector,
    expected: expectedOf(vector),
    ways,
    missing: missingFor(operation, vector.rule),
    change: {},
    isGroup: ways[0] === 'complete' && vector.expect.verdict === 'accepted',
    stage: stageOf(operation, vector),
  }
}

/** A question that no vector asks: the good request, asked by the incomplete call, which must be answered as ever. */
export function incompleteQuestion(
  operation: OperationId,
  vector: Vector,
  part: string,
  topic: string,
  about: string,
): Question {
  const field = security.headers[part] ?? part
  const label = `${field}: ${about}`
  return {
    id: `${pointerOf(operation, field)}: ${label}`,
    name: `${operation}: ${field}: ${topic}`,
    label,
    field,
    keyword: topic,
    vector,
    expected: 'accepted',
    ways: ['missing-field'],
    missing: fieldToLeaveOut(operation),
    change: {},
    isGroup: false,
    stage: 'headers',
  }
}
