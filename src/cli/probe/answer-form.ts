/**
 * The answer to an accepted call, compared with the answer that the contract describes.
 *
 * @module
 */
import { mockTables, type OperationId, type Template } from '../../core/contract.js'
import { isRecord } from '../../core/record.js'
import type { Answer } from './exchange.js'
import type { Question } from './questions.js'
import type { JudgedRow } from './session.js'
import type { Finding } from './verdicts.js'

/** A row about the form of an answer; undefined where the contract says nothing about it. */
export function answerRow(operation: OperationId, question: Question, answer: Answer): JudgedRow | undefined {
  const template = mockTables[operation].success.body
  if (!template) return undefined
  return {
    id: `${question.id}: answer`,
    name: `${operation}: answer`,
    label: `answer to ${question.label}`,
    field: 'answer',
    findings: [judgeForm(differenceOf(template, answer.body, ''))],
    question,
    way: 'plain',
    answer,
  }
}

function judgeForm(difference: string | undefined): Finding {
  const claim = { aspect: 'accepted', expected: 'an answer as the contract describes it' } as const
  if (difference === undefined) return { ...claim, verdict: 'confirmed', got: 'such an answer' }
  return { ...claim, verdict: 'contradicted', direction: 'the contract names another answer', got: difference }
}

/** What of an answer is not as a template says; undefined when all is. Parts that are missing are no difference. */
function differenceOf(template: Template, value: unknown, at: string): string | undefined {
  if (value === undefined) return undefined
  const { text, object, each, item } = template
  if (text) {
    const letters = text.map((part) =>
      typeof part === 'string'
        ? part.replaceAll(/[^\w]/g, '\\$&')
        : `[${part.alphabet.replaceAll(/[\\\]^-]/g, '\\$&')}]{${part.length}}`,
    )
    return new RegExp(`^${letters.join('')}$`).test(String(value)) ? undefined : `${at} has another form`
  }
  if (each !== undefined) {
    if (!Array.isArray(value)) return `${at} is no list`
    const items: readonly unknown[] = value
    return items.map((one, i) => differenceOf(item ?? {}, one, `${at}[${i}]`)).find((one) => one !== undefined)
  }
  if (!object) return undefined
  if (!isRecord(value)) return `${at || 'it'} is no object`
  return Object.entries(object)
    .map(([name, part]) => differenceOf(part, value[name], at ? `${at}.${name}` : name))
    .find((one) => one !== undefined)
}
