/**
 * The answer to an accepted call, compared with the answer that the contract describes.
 *
 * @module
 */
import { mockTables, type OperationId, type Template } from '../../core/contract.js'
import { isRecord } from '../../core/record.js'
import type { Answer } from './exchange.js'
import type { Question } from './questions.js'
import type { ReadyRequest } from './requests.js'
import type { JudgedRow } from './session.js'
import { fieldOf, pairsOf } from './vectors.js'
import type { Finding } from './verdicts.js'

/** Rows about an answer: its form, and for a list that repeats an item, that each is answered. Empty where the contract says nothing. */
export function answerRows(
  operation: OperationId,
  question: Question,
  request: ReadyRequest,
  answer: Answer,
): JudgedRow[] {
  const template = mockTables[operation].success.body
  if (!template) return []
  const row = (name: string, about: string, finding: Finding): JudgedRow => ({
    id: `${question.id}: ${about}`,
    name,
    label: `${about} to ${question.label}`,
    field: 'answer',
    findings: [finding],
    question,
    way: 'complete',
    answer,
  })
  const form = row(`${operation}: answer`, 'answer', judgeForm(differencesOf(template, answer.body, '')))
  if (question.keyword !== 'repeated-item') return [form]
  const counts = countDifferences(template, answer.body, '', request.body)
  return [form, row(question.name, 'number of answers', judgeForm(counts))]
}

/** How an answer differs from a template. A part that is missing is no proof: the contract may not promise it. */
interface Difference {
  readonly text: string
  readonly isMissing: boolean
}

function judgeForm(differences: readonly Difference[]): Finding {
  const claim = { aspect: 'accepted', expected: 'an answer as the contract describes it' } as const
  const [other] = differences.filter(({ isMissing }) => !isMissing)
  if (other) {
    return { ...claim, verdict: 'contradicted', direction: 'the contract names another answer', got: other.text }
  }
  const [missing] = differences
  if (missing) return { ...claim, verdict: 'consistent', got: 'an answer without a part of it', reason: missing.text }
  return { ...claim, verdict: 'confirmed', got: 'such an answer' }
}

const different = (text: string): Difference[] => [{ text, isMissing: false }]

/** What of an answer is not as a template says. */
function differencesOf(template: Template, value: unknown, at: string): Difference[] {
  if (value === undefined) return [{ text: `${at} is missing`, isMissing: true }]
  const { text, object, each, item } = template
  if (text) {
    const letters = text.map((part) =>
      typeof part === 'string'
        ? part.replaceAll(/[^\w]/g, '\\$&')
        : `[${part.alphabet.replaceAll(/[\\\]^-]/g, '\\$&')}]{${part.length}}`,
    )
    return new RegExp(`^${letters.join('')}$`).test(String(value)) ? [] : different(`${at} has another form`)
  }
  if (each !== undefined) {
    if (!Array.isArray(value)) return different(`${at} is no list`)
    const items: readonly unknown[] = value
    return items.flatMap((one, i) => differencesOf(item ?? {}, one, `${at}[${i}]`))
  }
  if (!object) return []
  if (!isRecord(value)) return different(`${at || 'it'} is no object`)
  return Object.entries(object).flatMap(([name, part]) => differencesOf(part, value[name], at ? `${at}.${name}` : name))
}

/** Lists of an answer with another number of items than the list of the request that they are about. */
function countDifferences(template: Template, value: unknown, at: string, sentBody: string): Difference[] {
  const { object, each } = template
  if (each !== undefined) {
    if (value === undefined) return [{ text: `${at} is missing`, isMissing: true }]
    const sent = pairsOf(sentBody).filter((pair) => fieldOf(pair) === each).length
    const got = Array.isArray(value) ? value.length : 0
    return sent === got ? [] : different(`${at} has ${got} items for ${sent} that were sent`)
  }
  if (!object || !isRecord(value)) return []
  return Object.entries(object).flatMap(([name, part]) =>
    countDifferences(part, value[name], at ? `${at}.${name}` : name, sentBody),
  )
}
