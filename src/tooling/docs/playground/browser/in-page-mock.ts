/**
 * The real client and, in the same page, the mock that it talks to, behind MSW's handlers.
 *
 * The client sends to a path of this site, where the service worker catches the request. Where there is no worker, or
 * it does not answer, the same handlers are asked directly. Nothing goes anywhere else: the page's policy forbids it.
 *
 * @module
 */
import { getResponse } from 'msw'
import { costOf, type OperationId, operations } from '../../../../core/contract.js'
import type { RongCloudError, Violation } from '../../../../core/error.js'
import { check } from '../../../../core/validate.js'
import { createClient } from '../../../../index.js'
import { createMockApi } from '../../../../mock/mock-api.js'
import { handlers } from '../../../../mock/msw-handlers.js'
import type { Limiter } from '../../../../rate-limit/limiter.js'
import { createLimiter } from '../../../../rate-limit/memory.js'
import { APP_KEY, APP_SECRET, type Draft, type Draw, fieldsOf, headersOf, WRONG_SECRET } from './draft.js'
import { startWorker, unwrapped } from './service-worker.js'

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly violations: readonly Violation[]
  /** Who handed the request to the handlers. */
  readonly by: 'worker' | 'page'
}

/** What became of a call. */
export interface Sent {
  readonly data?: object | undefined
  readonly error?: RongCloudError | undefined
  /** Missing when the client sent nothing. */
  readonly answer?: Answer | undefined
  /** Milliseconds in line for the rate limit, and in all. */
  readonly wait: number
  readonly time: number
}

type Method = (fields: object, options: object) => Promise<{ data?: object; error?: RongCloudError }>

/** Where the requests go: a path beside the page. */
const BASE = new URL('mock', import.meta.url).href
const api = createMockApi({ appKey: APP_KEY, appSecret: APP_SECRET })
const mocks = handlers(api, { baseUrl: BASE })
/** Wakes the worker, where there is one. */
export const wake: () => Promise<boolean> = startWorker(
  mocks,
  new URL('mockServiceWorker.js', import.meta.url),
  `${BASE}/`,
)
const limiters = new Map<OperationId, Limiter>()
const answers = new Map<string, Answer>()

/** The accepted messages of the last period, by operation. */
const spent = new Map<OperationId, { readonly at: number; readonly cost: number }[]>()

/** How many messages of an operation the mock counts now. */
export function used(operation: OperationId): number {
  const { period = 0 } = operations[operation].rateLimit ?? {}
  const fresh = (spent.get(operation) ?? []).filter(({ at }) => at > Date.now() - period)
  spent.set(operation, fresh)
  return fresh.reduce((sum, { cost }) => sum + cost, 0)
}

/** Through the worker when it is awake, else straight to the handlers. */
async function pass(url: string, init: RequestInit): Promise<{ response: Response; by: Answer['by'] }> {
  if (await wake()) {
    // What is not the handlers' came from the web server of this site: the worker went to sleep.
    const response = await fetch(url, init).then(unwrapped, () => undefined)
    if (response) return { response, by: 'worker' }
  }
  const response = await getResponse(mocks, new Request(url, init))
  return { response: response ?? Response.error(), by: 'page' }
}

/** The client's `fetch`. */
async function send(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const id = new Headers(init.headers).get('x-request-id') ?? ''
  const { response, by } = await pass(String(input), init)
  const text = await response.clone().text()
  const violations = JSON.parse(response.headers.get('x-contract-violations') ?? '[]') as Violation[]
  answers.set(id, { status: response.status, text, violations, by })
  return response
}

/**
 * The client's own limiter counts when a call leaves; the mock, when it arrives. A worker makes some calls late, so
 * the period is longer here by this factor than the contract's.
 */
const LATE = 1.2

function limiterOf(operation: OperationId): Limiter | false {
  const { rateLimit } = operations[operation]
  if (!rateLimit) return false
  const limiter = limiters.get(operation) ?? createLimiter({ ...rateLimit, period: LATE * rateLimit.period })
  limiters.set(operation, limiter)
  return limiter
}

/** Does the draft fit the contract? */
export function violationsOf(draft: Draft): Violation[] {
  const { own, requestId } = headersOf(draft)
  return check(draft.operation, fieldsOf(draft), requestId === undefined ? own : { ...own, 'x-request-id': requestId })
}

/**
 * Sends a draft as it is. The example that it asks for answers only a call that is on the contract.
 *
 * @param drawn nonce, time and request id of the call
 */
export async function sendDraft(draft: Draft, drawn: Draw): Promise<Sent> {
  const { operation, settings } = draft
  const fields = fieldsOf(draft)
  const { own: headers, requestId = drawn.requestId } = headersOf(draft)
  const staged = settings.scenario !== '' && !settings.wrong && violationsOf(draft).length === 0
  if (staged) api.respondOnce(operation, settings.scenario as never)
  let wait = 0
  const client = createClient({
    appKey: APP_KEY,
    appSecret: settings.wrong ? WRONG_SECRET : APP_SECRET,
    baseUrl: BASE,
    fetch: send,
    validate: settings.check,
    limiter: settings.limiter && limiterOf(operation),
    // What is answered is to be seen.
    retry: false,
    now: () => drawn.timestamp,
    nonce: () => drawn.nonce,
    onAttempt: (report) => {
      wait = report.wait
    },
    // The secret is made up, and the other side is in this page.
    dangerouslyAllowBrowser: true,
  })
  const start = performance.now()
  const { data, error } = await (client.safe[operation] as Method)(fields, { headers, requestId })
  const time = performance.now() - start
  const answer = answers.get(requestId)
  answers.delete(requestId)
  if (data && !staged)
    spent.set(operation, [...(spent.get(operation) ?? []), { at: Date.now(), cost: costOf(operation, fields) }])
  return { data, error, answer, wait, time }
}
