/**
 * The probe in words: what it will do, and what it found.
 *
 * @module
 */
import { mockTables, type OperationId, operations } from '../../core/contract.js'
import { assumptions } from '../../core/contract-cli.js'
import { count, limitPhrase } from '../../core/phrases.js'
import { VERSION } from '../../core/version.js'
import { escapeControls } from '../output.js'
import { CONTROL_EVERY } from './controls.js'
import { type Plan, whyNothing } from './plan.js'
import type { Question } from './questions.js'
import { paceOf } from './sender.js'
import type { ProbeResult } from './session.js'
import { type Claim, exitCodeOf, type SettledAssumption, type Summary } from './summary.js'
import { receiverOf, requiredOf } from './vectors.js'
import type { Direction, Verdict } from './verdicts.js'
import { rootOf } from './ways.js'

const VERDICTS: readonly Verdict[] = ['confirmed', 'consistent', 'contradicted', 'inconclusive']

/** The verdicts that do not speak for themselves. */
const MEANINGS: Partial<Readonly<Record<Verdict, string>>> = {
  consistent: 'the answer that the contract predicts, but perhaps for another reason',
  inconclusive: 'the answer says nothing about the contract',
}

/** The end of a key, for a report. */
export const keyTail = (appKey: string): string => `…${appKey.slice(-4)}`

/** Whom a run asks, and how much. */
export interface Announcement {
  readonly plan: Plan
  readonly host: string
  /** Undefined in a dry run without keys. */
  readonly appKey: string | undefined
  /** The user's own ids by field. */
  readonly ids: Readonly<Record<string, readonly string[]>> | undefined
}

/** `3 minutes`, or a little less. */
const duration = (milliseconds: number): string => count(Math.max(1, Math.ceil(milliseconds / 60_000)), 'minutes')

/** What will be sent, to whom it can reach, how long it takes, and what it costs. */
export function announce({ plan, host, appKey, ids }: Announcement): string {
  const { operation } = plan
  const right = plan.questions.filter(({ isGroup }) => isGroup).length
  const { intervalMs, maxRequests } = paceOf(operation)
  const { rateLimit } = operations[operation]
  const receiver = receiverOf(operation)
  const named = Object.entries(ids ?? {}).map(([field, values]) => `${field} ${values.join(', ')}`)
  const reach =
    ids === undefined
      ? 'No user. Each call is wrong on purpose, so the server should refuse it. All ids are random: a call that the server accepts after all reaches no user.'
      : `Most calls reach no user: they are wrong on purpose, and their ids are random. ${right} calls are right, and each of them may be sent a second time; they reach only whom you named: ${named.join('; ')}.${receiver === undefined ? '' : ' Users who are online there may receive them.'}`
  const limit = rateLimit ? limitPhrase(rateLimit) : undefined
  const why = whyNothing(plan)
  const howMuch =
    why === undefined
      ? `${plan.questions.length} questions. With controls and repeats at most ${maxRequests} calls, one at a time, one each ${intervalMs / 1_000} s.`
      : `No call at all. ${why}`
  const longest = why === undefined ? maxRequests * intervalMs + 30_000 : 0
  return [
    `The probe of ${operation} asks the server whether the contract is true.`,
    '',
    `  Where        ${host}${appKey === undefined ? '' : `, as the app with the App Key ${keyTail(appKey)}`}`,
    `  Whom         ${reach}`,
    `  How much     ${howMuch}`,
    `  How long     At most ${duration(longest)}, if the server answers within a second. Stop it at any time with Ctrl-C.`,
    `  Cost         ${limit === undefined ? 'The contract names no rate limit.' : `Each call costs ${plan.highestCost === 1 ? '1' : `1 to ${plan.highestCost}`} of the rate limit of your live app (${limit}). It stops at the first answer that the limit is used up.`}`,
    '  App Secret   Signs the calls. It is not sent, not printed and not written to files.',
  ].join('\n')
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The plan: every question, and how many are left out for which reason. */
export function planText(plan: Plan): string {
  const rows = plan.questions.map((question) => {
    const { label } = question
    return [label, predictionText(question), wayText(question)] as const
  })
  const widths = [0, 1].map((i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)))
  return [
    `Controls, at the beginning, every ${CONTROL_EVERY} calls and at the end: a right signature, another secret, an unknown App Key.`,
    `The required fields one after the other: ${requiredOf(plan.operation).join(', ') || 'none'}.`,
    '',
    'Asked, with what the contract says of it:',
    '  without x      The required field x is left out, so that the call is refused in any case.',
    '  whole          All required fields, with random ids. "or whole": only where the answer before says nothing.',
    '  no difference  The call is refused like any other without that field.',
    '',
    ...rows.map(
      ([label, predicted, way]) => `  ${label.padEnd(widths[0] ?? 0)}  ${predicted.padEnd(widths[1] ?? 0)}  ${way}`,
    ),
    '',
    ...skippedText(plan.skipped),
  ].join('\n')
}

function predictionText({ expected, isGroup }: Question): string {
  if (expected === 'accepted') return isGroup ? 'accepted' : 'no difference'
  return `HTTP ${expected.status ?? '4xx'}, code ${expected.code ?? 'any'}`
}

function wayText({ isGroup, missing, ways }: Question): string {
  if (isGroup) return 'with your ids'
  if (!ways.includes('missing-field')) return 'whole'
  return ways.includes('complete') ? `without ${missing}, or whole` : `without ${missing}`
}

function skippedText(skipped: readonly { readonly reason: string }[]): string[] {
  const counts = new Map<string, number>()
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  if (counts.size === 0) return []
  return ['Not asked:', ...[...counts].map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason}`)]
}

/** Fields in the order of the spec, then headers and the rest. */
function fieldTable(operation: OperationId, claims: readonly Claim[]): string[] {
  const asked = claims.filter(({ verdict }) => verdict !== 'not asked')
  const roots = [...new Set(asked.map(({ field }) => rootOf(field)))]
  const listed = Object.keys(mockTables[operation].fields).filter((name) => roots.includes(name))
  const all = [...listed, ...roots.filter((name) => !listed.includes(name))]
  const width = Math.max(5, ...all.map((name) => nameOf(name).length))
  const head = `  ${'field'.padEnd(width)}  ${VERDICTS.map((one) => one.padStart(12)).join('  ')}`
  const rows = all.map((name) => {
    const counts = VERDICTS.map((verdict) => {
      const count = asked.filter((one) => rootOf(one.field) === name && one.verdict === verdict).length
      return String(count || '').padStart(12)
    })
    return `  ${nameOf(name).padEnd(width)}  ${counts.join('  ')}`.trimEnd()
  })
  const words = VERDICTS.flatMap((one) => {
    const meaning = asked.some(({ verdict }) => verdict === one) ? MEANINGS[one] : undefined
    return meaning === undefined ? [] : `  ${one}: ${meaning}`
  })
  return rows.length === 0 ? [] : ['Claims of the contract, by field:', head, ...rows, ...words, '']
}

const nameOf = (field: string) => field || '(whole call)'

function assumptionText({ id, claim, verdict, reason }: SettledAssumption): string {
  return `  ${verdict.padEnd(12)}  ${claim} [${id}]${reason === undefined ? '' : `\n                ${capitalized(reason)}.`.replace(/\.\.$/, '.')}`
}

/** The directions, as somebody says them who reads them for the first time. */
const DIRECTIONS: Readonly<Record<Direction, string>> = {
  'the contract is stricter': 'the server takes what the contract refuses',
  'the contract is laxer': 'the server refuses what the contract allows',
  'the contract names another answer': 'the server refuses it too, with another answer',
}

const isCode = (aspect: string | undefined) => aspect === 'status' || aspect === 'code'

/** What the server contradicts, a question each, with what was seen. */
function contradictionTexts(claims: readonly Claim[]): string[] {
  const byQuestion = new Map<string, Claim[]>()
  for (const claim of claims) byQuestion.set(claim.asked, [...(byQuestion.get(claim.asked) ?? []), claim])
  return [...byQuestion].map(([asked, all]) => {
    const [{ direction, evidence } = {}] = all
    const expected = all.map((one) => (isCode(one.aspect) ? `${one.aspect} ${one.expected}` : one.expected)).join(', ')
    const got = all.map((one) => (isCode(one.aspect) ? `${one.aspect} ${one.got}` : one.got)).join(', ')
    const way = evidence?.via === 'missing-field' ? ' (asked with a required field left out)' : ''
    const words = evidence?.message ? `\n    in its words: ${evidence.message}` : ''
    return `  ${asked}: ${direction ? DIRECTIONS[direction] : ''}\n    expected: ${expected}; got: ${got}${way}${words}`
  })
}

function conclusion(result: ProbeResult, summary: Summary): string {
  const number = (verdict: Verdict) => summary.claims.filter((one) => one.verdict === verdict).length
  const code = exitCodeOf(result, summary)
  const sent = `${result.requests} calls were sent, which cost ${result.cost} of the rate limit.`
  if (code === 3) {
    const kept = number('confirmed') + number('contradicted')
    const rest =
      result.stopped !== undefined && kept > 0 ? ` The ${kept} claims above that were checked before stay valid.` : ''
    const why =
      number('inconclusive') > 0
        ? 'Most answers say nothing about the contract.'
        : 'No answer shows that the rule which was asked is its reason.'
    return `Inconclusive. ${result.stopped ?? why}${rest}\n${sent}`
  }
  const known = number('contradicted') - summary.newContradictions.length
  const counts = VERDICTS.flatMap((one) => {
    const isTold = number(one) > 0 || one === 'confirmed' || one === 'contradicted'
    const before = one === 'contradicted' && known > 0 ? ` (${known} as in the baseline)` : ''
    return isTold ? `${number(one)} ${one}${before}` : []
  })
  return `${verdictText(code, summary)}\nClaims: ${counts.join(', ')}.\n${sent}`
}

function verdictText(code: number, { hasBaseline, newContradictions }: Summary): string {
  const isNew = hasBaseline ? ' that the baseline does not have' : ''
  if (code === 1) return `The server contradicts the contract in ${count(newContradictions.length, 'claims')}${isNew}.`
  return hasBaseline ? 'Nothing new since the baseline.' : 'The server keeps to the contract, as far as it was asked.'
}

/** What a run found. */
export function reportText(result: ProbeResult, summary: Summary): string {
  const contradicted = summary.claims.filter(({ verdict }) => verdict === 'contradicted')
  const known = contradicted.filter((one) => !summary.newContradictions.includes(one))
  const { message } = operations[result.operation]
  const ignoredContent = result.ignoresContent
    ? `The server does not look inside messages: it takes a ${message?.content} that is no JSON for each type that was asked.`
    : undefined
  const lines = [
    ...fieldTable(result.operation, summary.claims),
    ...(summary.assumptions.length > 0
      ? ['Assumptions of the contract, and what this run says of them:', ...summary.assumptions.map(assumptionText), '']
      : []),
    ...(result.order.length > 0
      ? [`The server asks for required fields in this order: ${result.order.join(', ')}.`, '']
      : []),
    ...(ignoredContent === undefined ? [] : [ignoredContent, '']),
    ...(summary.newContradictions.length > 0
      ? ['Contradicted, each seen twice:', ...contradictionTexts(summary.newContradictions), '']
      : []),
    ...(known.length > 0 ? [`Contradicted as in the baseline: ${known.length}.`, ''] : []),
    ...(summary.changes.length > 0
      ? [
          'Another verdict than in the baseline:',
          ...summary.changes.map(({ id, verdict }) => `  ${verdict.padEnd(12)}  ${id}`),
          '',
        ]
      : []),
    ...skippedText(result.skipped),
    '',
    conclusion(result, summary),
  ]
  return lines.map((line) => line.split('\n').map(escapeControls).join('\n')).join('\n')
}

/** What else a JSON result says. */
export interface ResultFacts {
  readonly host: string
  readonly appKey: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The result as JSON; `probe.schema.json` describes it. */
export function reportJson(result: ProbeResult, summary: Summary, { host, appKey, at }: ResultFacts): string {
  const facts = {
    // From the folder where the package is installed.
    $schema: './node_modules/rongcloud-status-message/generated/probe.schema.json',
    version: 1,
    tool: VERSION,
    operation: result.operation,
    host,
    appKey: keyTail(appKey),
    at: new Date(at).toISOString(),
    exitCode: exitCodeOf(result, summary),
    ...(result.stopped !== undefined && { stopped: result.stopped }),
    requests: result.requests,
    cost: result.cost,
    order: result.order,
    claims: summary.claims,
    assumptions: summary.assumptions,
    newContradictions: summary.newContradictions.map(({ id }) => id),
  }
  return `${JSON.stringify(facts, null, 2)}\n`
}

/** How many assumptions the contract has. */
export const assumptionCount: number = Object.keys(assumptions).length
