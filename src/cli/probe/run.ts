/**
 * Runs a plan against a server: one request at a time, slowly, with controls before, between and after, and stops when
 * something is wrong that is not the contract.
 *
 * @module
 */
import { mockTables, type OperationId, operations, type Template } from '../../core/contract.js'
import { isRecord } from '../../core/record.js'
import { type Answer, exchange, isSuccess, type Outcome } from './exchange.js'
import { missingFor, type Plan, planOf, type Question, SKEWS, skewQuestion, type Unasked } from './plan.js'
import { type RandomBelow, randomText } from './random.js'
import {
  baseOf,
  type Change,
  type Keys,
  type Making,
  NotAsked,
  type ReadyRequest,
  rebuild,
  requiredOf,
  type Vector,
} from './requests.js'
import { agrees, allFindings, type Finding, isNamed, judge, type Known, outcomeText } from './verdicts.js'

/** Most requests of a run, controls included. */
export const MAX_REQUESTS = 150

/** Milliseconds between the starts of two requests; between two with wrong signatures it is twice that. */
const INTERVAL = 1_000

/** Requests after which the controls are asked again. */
const CONTROL_EVERY = 20

/** Requests that the controls take. */
const CONTROLS = 3

/** Milliseconds after which headers are replayed for the second time. */
const REPLAY_AFTER = 60_000

/** Acceptances of what must be refused, by rule, after which the run stops. */
const MAX_SURPRISES = 5

/** Fields whose rules stood behind the missing field of the carrier, after which rules of fields are asked without it. */
const MAX_HIDDEN = 4

/** Longest run in milliseconds. A limit of two calls an hour leaves no room for a probe. */
const MAX_DURATION = 30 * 60_000

/** Fewest requests that are worth a run. */
const MIN_REQUESTS = 10

/** What a run needs. */
export interface ProbeSettings {
  readonly operation: OperationId
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly keys: Keys
  /** The user's own ids by field, for acceptable requests; without them none is sent. */
  readonly ids?: Readonly<Record<string, readonly string[]>> | undefined
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly random: RandomBelow
  /** Milliseconds for one answer. */
  readonly timeout: number
  readonly onProgress?: ((done: number, planned: number) => void) | undefined
  readonly isInterrupted?: (() => boolean) | undefined
}

/** What was sent and came back, for a report. */
export interface Evidence {
  readonly via: 'carrier' | 'plain'
  readonly outcome: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

/** A question with what is known of it. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly field: string
  readonly findings: readonly Finding[]
  readonly evidence?: Evidence
}

/** What came of a run. */
export interface ProbeResult {
  readonly operation: OperationId
  readonly rows: readonly Row[]
  /** What was not asked, and why. */
  readonly unasked: readonly Unasked[]
  readonly requests: number
  /** What the requests cost of the rate limit. */
  readonly cost: number
  /** Why the run ended early, in a sentence. */
  readonly stopped?: string
  /** The required fields in the order in which the server asks for them. */
  readonly order: readonly string[]
  /** True when every message was accepted whose content does not fit its type. */
  readonly isBlind: boolean
}

/** How fast a run may be, and how long. */
export interface Pace {
  /** Milliseconds between two requests. */
  readonly interval: number
  readonly maxRequests: number
}

/** At most half of the limit, and never more than a request a second. */
export function paceOf(operation: OperationId): Pace {
  const { limit, period } = operations[operation].rateLimit ?? { limit: Number.POSITIVE_INFINITY, period: 0 }
  const interval = Math.max(INTERVAL, Math.ceil((2 * period) / limit))
  return { interval, maxRequests: Math.min(MAX_REQUESTS, Math.floor(MAX_DURATION / interval)) }
}

/** The run ends here; the message is a sentence for the user. */
class Stop extends Error {}

/** A row while the run goes on. */
interface Judged extends Row {
  readonly question: Question
  readonly way: 'carrier' | 'plain'
  readonly answer: Outcome
}

interface Controls {
  readonly good: Outcome
  readonly wrongSecret: Outcome
  readonly unknownKey: Outcome
}

const isSame = (one: Outcome, other: Outcome) =>
  one.kind === 'answer' && other.kind === 'answer' && one.fingerprint === other.fingerprint

const rootOf = (field: string) => field.replace(/[.[].*$/, '')

class Run {
  requests = 0
  cost = 0
  rows: Judged[] = []
  readonly unasked: Unasked[] = []
  order: string[] = []
  #controls: Controls | undefined
  /** Rows before this one stand: the controls behind them were good. */
  #safeRows = 0
  #sinceControls = 0
  #lastStart: number | undefined
  #nextInterval: number
  #failures = 0
  #carriers = new Map<string, Outcome>()
  #surprises = new Set<string>()
  /** Why no more calls that are right are sent. */
  #refusedIds: string | undefined
  #hidden = 0
  #shown = 0
  #replayed: { headers: Readonly<Record<string, string>>; at: number } | undefined
  readonly #settings: ProbeSettings
  readonly #plan: Plan
  readonly #base: Vector
  readonly #pace: Pace

  constructor(settings: ProbeSettings, plan: Plan, base: Vector) {
    this.#settings = settings
    this.#plan = plan
    this.#base = base
    this.#pace = paceOf(settings.operation)
    this.#nextInterval = this.#pace.interval
  }

  get #making(): Making {
    const { keys, now, random } = this.#settings
    return { keys, now, random }
  }

  get isBlind(): boolean {
    const contents = this.rows.filter(({ question }) => question.stage === 'contents')
    return contents.length > 0 && contents.every(({ findings: [first] }) => first?.verdict === 'contradicted')
  }

  /** Everything in its order. @returns why it ended early */
  async run(): Promise<string | undefined> {
    try {
      await this.#firstControls()
      await this.#ladder()
      await this.#references()
      for (const question of this.#plan.questions) {
        if (this.#sinceControls >= CONTROL_EVERY) await this.#repeatControls()
        await this.#ask(question)
      }
      await this.#repeatControls()
      return undefined
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      this.#discard(error.message)
      return error.message
    }
  }

  /** What was judged since the last good controls counts for nothing. */
  #discard(why: string): void {
    this.rows = this.rows.map((row, i) => {
      if (i < this.#safeRows) return row
      const [{ got = '' } = {}] = row.findings
      return { ...row, findings: allFindings(row.question, 'inconclusive', got, why) }
    })
  }

  #rebuild(vector: Vector, change: Change): ReadyRequest {
    return rebuild(this.#settings.operation, vector, change, this.#making)
  }

  /** Sends a request, at its time. */
  async #send(request: ReadyRequest, pause = 1): Promise<Outcome> {
    const { now, onProgress } = this.#settings
    const { interval, maxRequests } = this.#pace
    this.#checkInterrupt()
    if (this.requests >= maxRequests) throw new Stop(`It reached its limit of ${maxRequests} requests.`)
    if (this.#lastStart !== undefined) await this.#waitUntil(this.#lastStart + this.#nextInterval)
    this.#lastStart = now()
    this.#nextInterval = interval * Math.max(pause, request.cost > 1 && interval > INTERVAL ? request.cost : 1)
    this.requests++
    this.#sinceControls++
    this.cost += request.cost
    const outcome = await exchange(request, { ...this.#settings, appSecret: this.#settings.keys.appSecret })
    onProgress?.(this.requests, this.#plan.questions.length)
    this.#checkStop(outcome)
    return outcome
  }

  #checkInterrupt(): void {
    if (this.#settings.isInterrupted?.()) throw new Stop('You interrupted it.')
  }

  /** Sleeps until then, and looks once a second whether the user has had enough. */
  async #waitUntil(time: number): Promise<void> {
    const { now, sleep } = this.#settings
    for (let left = time - now(); left > 0; left -= INTERVAL) {
      await sleep(Math.min(left, INTERVAL))
      this.#checkInterrupt()
    }
  }

  /** @throws Stop for what is no matter of the contract */
  #checkStop(outcome: Outcome): void {
    if (outcome.kind === 'answer') {
      this.#failures = 0
      return
    }
    if (['redirect', 'html', 'tls', 'rate-limit'].includes(outcome.what)) throw new Stop(outcome.text)
    this.#failures = outcome.what === 'not-json' ? 0 : this.#failures + 1
    if (this.#failures >= 2) throw new Stop(`Twice in a row: ${outcome.text}`)
  }

  /** The three controls: right, with another secret, with an unknown key. */
  async #askControls(): Promise<Controls> {
    const { keys, random } = this.#settings
    const change = { without: this.#plan.missing }
    const ask = (parts: Readonly<Record<string, string>>) => this.#send(this.#rebuild(this.#base, { ...change, parts }))
    const good = await ask({})
    const wrongSecret = await ask({ appSecret: randomText(keys.appSecret.length + 1, random) })
    const unknownKey = await ask({ appKey: randomText(Math.max(12, keys.appKey.length), random) })
    this.#sinceControls = 0
    return { good, wrongSecret, unknownKey }
  }

  async #firstControls(): Promise<void> {
    const controls = await this.#askControls()
    const { good, wrongSecret, unknownKey } = controls
    const { operation } = this.#settings
    const failed = [good, wrongSecret, unknownKey].find((one) => one.kind === 'failure')
    if (failed) throw new Stop(outcomeText(failed))
    if (isSuccess(operation, good)) {
      throw new Stop(
        `The server accepted a call without the required field ${this.#plan.missing}, so nothing can be asked safely.`,
      )
    }
    const other = this.#otherRefusal(good)
    if (other !== undefined) throw new Stop(`The server refuses every call of this app: ${other}`)
    if (isSame(good, unknownKey)) {
      throw new Stop(
        'A call with your App Key and one with an unknown App Key get the same answer: the App Key or the region is wrong, or the server gives this answer to everything.',
      )
    }
    if (isSame(good, wrongSecret)) {
      throw new Stop(
        'A call signed with your App Secret and one signed with another get the same answer: the App Secret is wrong.',
      )
    }
    this.#controls = controls
    this.#carriers.set(this.#plan.missing ?? '', good)
  }

  /** What the contract says about the answer, where it is no answer to a missing field. */
  #otherRefusal(good: Outcome): string | undefined {
    if (good.kind !== 'answer') return undefined
    const { examples, raisedBy } = mockTables[this.#settings.operation]
    const known = Object.entries(examples).flatMap(([name, { status, body }]) => {
      const isThis = status === good.status && isRecord(body) && body['code'] === good.code
      return isThis && isRecord(body) ? [{ name, words: String(body['errorMessage'] ?? name) }] : []
    })
    const isAboutCall = known.some(({ name }) => Object.values(raisedBy).includes(name))
    return isAboutCall ? undefined : known[0]?.words
  }

  /** @throws Stop when the server does not answer as it did at first */
  async #repeatControls(): Promise<void> {
    const before = this.#controls
    const after = await this.#askControls()
    const isGood =
      before !== undefined &&
      isSame(before.good, after.good) &&
      isSame(before.wrongSecret, after.wrongSecret) &&
      isSame(before.unknownKey, after.unknownKey)
    if (!isGood) throw new Stop('The server answers the same control calls differently than at the beginning.')
    this.#safeRows = this.rows.length
  }

  /** One required field more with each step: shows in which order the server looks at them, and what it makes of made-up ids. */
  async #ladder(): Promise<void> {
    const { operation } = this.#settings
    const required = requiredOf(operation)
    const rungs: { missing: string[]; outcome: Outcome }[] = []
    for (let i = 0; i < required.length; i++) {
      const only = required.slice(0, i)
      const missing = required.slice(i)
      const outcome = await this.#send(this.#rebuild(this.#base, { only }))
      rungs.push({ missing, outcome })
      if (missing.length === 1) this.#carriers.set(missing[0] ?? '', outcome)
      const named = required.find((field) => outcome.kind === 'answer' && isNamed(operation, outcome.message, field))
      if (named !== undefined && !this.order.includes(named)) this.order.push(named)
    }
    const [empty, ...others] = rungs
    const suspicious = others.filter(
      ({ outcome, missing }) =>
        empty !== undefined &&
        outcome.kind === 'answer' &&
        !isSame(outcome, empty.outcome) &&
        !missing.some((field) => isNamed(operation, outcome.message, field)),
    )
    const twice = suspicious.some((one, i) =>
      suspicious.slice(i + 1).some((other) => isSame(one.outcome, other.outcome)),
    )
    if (twice) {
      throw new Stop(
        'The server refuses made-up ids before it looks at anything else, so its refusals say nothing about the contract.',
      )
    }
  }

  /** The carriers that questions need and that neither the controls nor the ladder have asked. */
  async #references(): Promise<void> {
    const { operation } = this.#settings
    const needed = new Set(this.#plan.questions.map(({ field }) => missingFor(operation, field)))
    for (const without of needed) {
      if (without === undefined || this.#carriers.has(without)) continue
      this.#carriers.set(without, await this.#send(this.#rebuild(this.#base, { without })))
    }
    this.#safeRows = this.rows.length
  }

  #known(question: Question, way: 'carrier' | 'plain'): Known {
    const { operation } = this.#settings
    const missing = missingFor(operation, way === 'carrier' && question.field === '' ? '' : question.field)
    return {
      operation,
      carrier: this.#carriers.get(missing ?? ''),
      wrong: this.#controls ? [this.#controls.wrongSecret, this.#controls.unknownKey] : [],
      carriers: [...this.#carriers.values()],
    }
  }

  #leaveOut({ id, name, label, field }: Question, reason: string): void {
    this.unasked.push({ id, name, label, field, reason })
  }

  /** Asks a question in its ways, until an answer tells something. */
  async #ask(question: Question): Promise<void> {
    const { maxRequests } = this.#pace
    if (question.isGroup && this.#refusedIds !== undefined) return this.#leaveOut(question, this.#refusedIds)
    if (question.keyword === 'repeated-item' && this.#isLongerAllowed(question)) {
      return this.#leaveOut(
        question,
        'the server takes longer lists, so that it says nothing about an item named twice',
      )
    }
    const canHide = question.ways.length > 1
    // This server looks for missing fields first: no carrier tells anything about a field.
    const ways = canHide && this.#hidden >= MAX_HIDDEN && this.#shown === 0 ? question.ways.slice(1) : question.ways
    for (const way of ways) {
      // The last controls, and a repeat.
      if (this.requests + CONTROLS + 2 > maxRequests) {
        return this.#leaveOut(question, `the limit of ${maxRequests} requests is reached`)
      }
      let request: ReadyRequest
      try {
        request = this.#requestFor(question, way)
      } catch (error) {
        if (!(error instanceof NotAsked)) throw error
        return this.#leaveOut(question, error.message)
      }
      await this.#waitForReplay(question)
      const outcome = await this.#send(request, question.stage === 'signatures' ? 2 : 1)
      if (question.replay === 'first') this.#remember(request)
      if (question.isGroup && question.vector === this.#base && this.#isRefused(question, outcome)) return
      const found = judge(question, way, outcome, this.#known(question, way))
      if (found === undefined) {
        this.#hidden++
        continue
      }
      if (canHide && way === 'carrier') this.#shown++
      const findings = await this.#confirm(question, way, found)
      this.#record(question, way, outcome, findings)
      this.#countSurprise(question, outcome)
      if (findings.some(({ verdict }) => verdict === 'contradicted')) await this.#narrow(question)
      return
    }
  }

  #isLongerAllowed({ vector }: Question): boolean {
    const rows = this.rows.filter(({ question }) => question.vector === vector && question.keyword !== 'repeated-item')
    return rows.some(({ findings }) => findings.some(({ verdict }) => verdict === 'contradicted'))
  }

  /** Where the plainest call with the ids of the user is refused, all others would be too, whatever the contract says. */
  #isRefused(question: Question, outcome: Outcome): boolean {
    const words = outcome.kind === 'answer' && outcome.message !== '' ? `: ${outcome.message}` : ''
    if (isSuccess(this.#settings.operation, outcome)) return false
    const reason = `the server refuses the plainest call with your ids (${outcomeText(outcome)}${words})`
    this.#refusedIds = reason
    this.#record(question, 'plain', outcome, allFindings(question, 'inconclusive', outcomeText(outcome), reason))
    return true
  }

  #requestFor(question: Question, way: 'carrier' | 'plain'): ReadyRequest {
    const { ids, operation, random } = this.#settings
    const nonce = question.change.parts?.['nonce']
    const change: Change = {
      ...question.change,
      ...(nonce !== undefined && {
        parts: { nonce: Array.from(nonce, () => String(random(10))).join('') },
      }),
      ...(way === 'carrier' && { without: missingFor(operation, question.field) }),
      ...(question.isGroup && { ids }),
      ...(question.replay !== undefined && question.replay !== 'first' && { signed: this.#replayed?.headers }),
    }
    return this.#rebuild(question.vector, change)
  }

  #remember({ headers }: ReadyRequest): void {
    const signed = Object.entries(headers).filter(([name]) => !/^(content-type|x-request-id)$/i.test(name))
    this.#replayed = { headers: Object.fromEntries(signed), at: this.#settings.now() }
  }

  async #waitForReplay({ replay }: Question): Promise<void> {
    if (replay !== 'later' || !this.#replayed) return
    await this.#waitUntil(this.#replayed.at + REPLAY_AFTER)
  }

  /** A contradiction counts only when a repeat with new ids agrees. */
  async #confirm(question: Question, way: 'carrier' | 'plain', found: readonly Finding[]): Promise<readonly Finding[]> {
    if (!found.some(({ verdict }) => verdict === 'contradicted')) return found
    const again = await this.#send(this.#requestFor(question, way), question.stage === 'signatures' ? 2 : 1)
    const second = judge(question, way, again, this.#known(question, way))
    if (second && agrees(found, second)) return found
    return allFindings(question, 'inconclusive', found[0]?.got ?? '', 'a repeat got another answer')
  }

  #record(question: Question, way: 'carrier' | 'plain', answer: Outcome, findings: readonly Finding[]): void {
    const { id, name, label, field } = question
    const evidence: Evidence = {
      via: way,
      outcome: outcomeText(answer),
      message: answer.kind === 'answer' ? answer.message : '',
      headers: answer.kind === 'answer' ? answer.headers : {},
    }
    this.rows.push({ id, name, label, field, findings, evidence, question, way, answer })
    if (question.isGroup && answer.kind === 'answer' && isSuccess(this.#settings.operation, answer)) {
      this.#checkAnswer(question, answer)
    }
  }

  /** Compares an answer to an accepted call with the answer that the contract describes. */
  #checkAnswer(question: Question, answer: Answer): void {
    const { operation } = this.#settings
    const template = mockTables[operation].success.body
    if (!template) return
    const problem = differenceOf(template, answer.body, '')
    const expected = 'an answer as the contract describes it'
    const finding: Finding = problem
      ? {
          aspect: 'accepted',
          verdict: 'contradicted',
          direction: 'the contract names another answer',
          expected,
          got: problem,
        }
      : { aspect: 'accepted', verdict: 'confirmed', expected, got: 'such an answer' }
    const name = `${operation}: answer`
    const row = { id: `${question.id}: answer`, name, label: `answer to ${question.label}`, field: 'answer' }
    this.rows.push({ ...row, findings: [finding], question, way: 'plain', answer })
  }

  /** @throws Stop after the fifth rule whose breach was accepted */
  #countSurprise(question: Question, outcome: Outcome): void {
    if (question.expected === 'accepted' || !isSuccess(this.#settings.operation, outcome)) return
    this.#surprises.add(`${rootOf(question.field)} ${question.vector.rule.keyword}`)
    if (this.#surprises.size >= MAX_SURPRISES) {
      throw new Stop(`The server accepted calls that break ${MAX_SURPRISES} rules; it may be another API.`)
    }
  }

  /** Where a wrong clock is refused: how far off it may be. */
  async #narrow({ skew, vector }: Question): Promise<void> {
    const [, , smaller = []] = SKEWS.find(([, one]) => one === skew) ?? []
    for (const [about, less] of smaller) {
      const before = this.rows.length
      await this.#ask(skewQuestion(this.#settings.operation, vector, about, less))
      const isRefused = this.rows
        .slice(before)
        .some(({ findings }) => findings.some(({ verdict }) => verdict === 'contradicted'))
      if (!isRefused) return
    }
  }
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

/** A refusal that several fields share says nothing about any of them. */
function withoutShared(rows: readonly Judged[]): Row[] {
  const fields = new Map<string, Set<string>>()
  for (const { way, answer, question } of rows) {
    if (way !== 'plain' || answer.kind !== 'answer' || question.expected === 'accepted') continue
    const known = fields.get(answer.fingerprint) ?? new Set()
    fields.set(answer.fingerprint, known.add(rootOf(question.field)))
  }
  const reason = 'the same answer came for other fields'
  return rows.map(({ question, way, answer, ...row }) => {
    const isShared = way === 'plain' && answer.kind === 'answer' && (fields.get(answer.fingerprint)?.size ?? 0) > 1
    if (!isShared || question.expected === 'accepted') return row
    const findings = row.findings.map((finding): Finding => {
      if (finding.verdict === 'confirmed') return { ...finding, verdict: 'consistent', reason }
      if (finding.verdict !== 'contradicted' || finding.aspect === 'refused') return finding
      const { direction: _, ...rest } = finding
      return { ...rest, verdict: 'inconclusive', reason }
    })
    return { ...row, findings }
  })
}

/** Probes an operation. Never throws for what the server does. */
export async function runProbe(settings: ProbeSettings): Promise<ProbeResult> {
  const { operation, ids } = settings
  const plan = planOf(operation, ids !== undefined)
  const base = baseOf(operation)
  const none = { operation, rows: [], requests: 0, cost: 0, order: [], isBlind: false }
  const { maxRequests } = paceOf(operation)
  const everything = [...plan.unasked, ...plan.questions.map((one) => ({ ...one, reason: 'nothing was asked' }))]
  const notAsked = everything.map(({ id, name, label, field, reason }): Unasked => ({ id, name, label, field, reason }))
  if (!base || plan.missing === undefined) {
    const stopped = 'No request of this operation is refused for sure, so nothing can be asked safely.'
    return { ...none, unasked: notAsked, stopped }
  }
  if (maxRequests < MIN_REQUESTS) {
    const stopped = 'The limit of this operation is so low that a probe would use it up for the app.'
    return { ...none, unasked: notAsked, stopped }
  }
  const run = new Run(settings, plan, base)
  const stopped = await run.run()
  const asked = new Set([...run.rows, ...run.unasked].map(({ id }) => id))
  const left = plan.questions
    .filter(({ id }) => !asked.has(id))
    .map(({ id, name, label, field }) => ({ id, name, label, field, reason: 'the run ended before' }))
  return {
    operation,
    rows: withoutShared(run.rows),
    unasked: [...plan.unasked, ...run.unasked, ...left],
    requests: run.requests,
    cost: run.cost,
    order: run.order,
    isBlind: run.isBlind,
    ...(stopped !== undefined && { stopped }),
  }
}
