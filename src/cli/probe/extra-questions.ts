/**
 * Questions that no vector asks: lengths of nonces, replays, wrong clocks, and a list that repeats one item.
 *
 * @module
 */
import { type OperationId, security } from '../../core/contract.js'
import { incompleteQuestion, pointerOf, type Question, vectorQuestion } from './questions.js'
import { bodyOf, receiverOf, type Vector, vectorsOf } from './vectors.js'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

/** Nonces as long as documented, and much longer. That of one character more is a vector. */
export function lengthQuestions(operation: OperationId, vector: Vector): Question[] {
  const { nonceLength } = security
  if (nonceLength === undefined) return []
  return [nonceLength, 36, 64].map((length) => ({
    ...incompleteQuestion(operation, vector, 'nonce', 'length', `${length} characters`),
    // Random digits: they are replaced for each request.
    change: { parts: { nonce: '7'.repeat(length) } },
  }))
}

/** New headers, the same again at once, and a minute later. */
export const replayQuestions = (operation: OperationId, vector: Vector): Question[] =>
  (['first', 'again', 'later'] as const).map((replay) => {
    const about = { first: 'new headers', again: 'the same headers again', later: 'the same headers after a minute' }
    // New headers settle nothing about a replay.
    const topic = replay === 'first' ? 'new' : 'replay'
    return { ...incompleteQuestion(operation, vector, 'nonce', topic, about[replay]), replay }
  })

/** Clocks that are wrong by these; later ones are asked only where an earlier one is refused. */
export const SKEWS: readonly (readonly [about: string, skew: number, ifRefused: readonly [string, number][]])[] = [
  [
    'a year ago',
    -YEAR_MS,
    [
      ['a day ago', -DAY_MS],
      ['an hour ago', -3_600_000],
      ['10 minutes ago', -600_000],
    ],
  ],
  [
    'a day ahead',
    DAY_MS,
    [
      ['an hour ahead', 3_600_000],
      ['10 minutes ahead', 600_000],
    ],
  ],
]

/** A question about a clock that is wrong. */
export const skewQuestion = (operation: OperationId, vector: Vector, about: string, skew: number): Question => ({
  ...incompleteQuestion(operation, vector, 'timestamp', 'skew', about),
  change: { skew },
  skew,
})

/** One item named as often as there may not be items, and as often as there may be. */
export function repeatedItemQuestions(operation: OperationId): Question[] {
  const receiver = receiverOf(operation)
  const own = vectorsOf(operation).filter(({ rule }) => rule.field === receiver && rule.keyword === 'maxItems')
  const items = (vector: Vector) => new URLSearchParams(bodyOf(vector)).getAll(receiver ?? '').length
  return own.flatMap((vector): Question[] => {
    if (items(vector) < 2) return []
    const label = `${receiver}: the same ${items(vector)} times`
    const question = vectorQuestion(operation, vector, ['complete'])
    return [
      {
        ...question,
        id: `${pointerOf(operation, vector.rule.field)}: ${label}`,
        name: `${operation}: ${receiver}: repeated-item`,
        label,
        keyword: 'repeated-item',
        change: { sameItems: receiver },
      },
    ]
  })
}

/** The clocks that are less wrong than the one of a question. */
export function smallerSkews(operation: OperationId, { skew, vector }: Question): Question[] {
  const [, , smaller = []] = SKEWS.find(([, one]) => one === skew) ?? []
  return smaller.map(([about, less]) => skewQuestion(operation, vector, about, less))
}
