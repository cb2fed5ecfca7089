/**
 * The real client and, in the same page, the mock that it calls, behind MSW's handlers.
 *
 * The client sends to a path of this site, where the service worker intercepts the request. Without a worker, or when it
 * does not answer, the page calls the same handlers directly. Nothing leaves the page: its policy forbids it.
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
import { APP_KEY, APP_SECRET, type CallIdentity, type Draft, splitHeaders, typedFields, WRONG_SECRET } from './draft.js'
import { startWorker, unwrapResponse } from './service-worker.js'

/** The mock's answer as the client received it. */
export interface MockAnswer {
  readonly status: number
  readonly text: string
  readonly violations: readonly Violation[]
  /** Whether the request came through the service worker or straight from the page. */
  readonly via: 'worker' | 'page'
}

/** The outcome of a call. */
export interface CallResult {
  readonly data?: object | undefined
  readonly error?: RongCloudError | undefined
  /** Missing when the client sent nothing. */
  readonly answer?: MockAnswer | undefined
  /** Milliseconds in the queue of the rate limit. */
  readonly wait: number
  /** Milliseconds in all. */
  readonly time: number
}

type ClientMethod = (fields: object, options: object) => Promise<{ data?: object; error?: RongCloudError }>

/** Requests go to a path beside the page. */
const BASE = new URL('mock', import.meta.url).href
const api = createMockApi({ appKey: APP_KEY, appSecret: APP_SECRET })
const mockHandlers = handlers(api, { baseUrl: BASE })

/** Wakes the service worker; false where there is none. */
export const wakeWorker: () => Promise<boolean> = startWorker(
  mockHandlers,
  new URL('mockServiceWorker.js', import.meta.url),
  `${BASE}/`,
)
const limiters = new Map<OperationId, Limiter>()
const answers = new Map<string, MockAnswer>()

/** The accepted messages of the last period, by operation. */
const accepted = new Map<OperationId, { readonly at: number; readonly cost: number }[]>()

/** How many messages of an operation count towards the limit now. */
export function countedMessages(operation: OperationId): number {
  const { period = 0 } = operations[operation].rateLimit ?? {}
  const recent = (accepted.get(operation) ?? []).filter(({ at }) => at > Date.now() - period)
  accepted.set(operation, recent)
  return recent.reduce((sum, { cost }) => sum + cost, 0)
}

/** Sends through the worker when it is awake, else straight to the handlers. */
async function dispatch(url: string, init: RequestInit): Promise<{ response: Response; via: MockAnswer['via'] }> {
  if (await wakeWorker()) {
    // An answer without the handlers' header came from the web server: the worker has stopped in the meantime.
    const response = await fetch(url, init).then(unwrapResponse, () => undefined)
    if (response) return { response, via: 'worker' }
  }
  const response = await getResponse(mockHandlers, new Request(url, init))
  return { response: response ?? Response.error(), via: 'page' }
}

/** The client's `fetch`. */
async function mockFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const requestId = new Headers(init.headers).get('x-request-id') ?? ''
  const { response, via } = await dispatch(String(input), init)
  const text = await response.clone().text()
  const violations: Violation[] = JSON.parse(response.headers.get('x-contract-violations') ?? '[]')
  answers.set(requestId, { status: response.status, text, violations, via })
  return response
}

/**
 * The client's limiter counts a call when it leaves, the mock when it arrives, and a worker delays some calls. So the
 * client's period is longer than the contract's by this factor.
 */
const PERIOD_FACTOR = 1.2

function limiterOf(operation: OperationId): Limiter | false {
  const { rateLimit } = operations[operation]
  if (!rateLimit) return false
  const limiter = limiters.get(operation) ?? createLimiter({ ...rateLimit, period: PERIOD_FACTOR * rateLimit.period })
  limiters.set(operation, limiter)
  return limiter
}

/** What is off the contract in a draft. */
export function validateDraft(draft: Draft): Violation[] {
  const headers = Object.entries(draft.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return check(draft.operation, typedFields(draft), Object.fromEntries(headers))
}

/** Sends a draft. The example that it asks for answers only a call that is on the contract. */
export async function sendDraft(draft: Draft, identity: CallIdentity): Promise<CallResult> {
  const { operation, settings } = draft
  const fields = typedFields(draft)
  const { headers, requestId = identity.requestId } = splitHeaders(draft)
  const isScripted = settings.scenario !== '' && !settings.wrongSecret && validateDraft(draft).length === 0
  // The type of `respondOnce` wants an example of one operation; here operation and example are chosen at run time.
  if (isScripted) api.respondOnce(operation, settings.scenario as never)
  let wait = 0
  const client = createClient({
    appKey: APP_KEY,
    appSecret: settings.wrongSecret ? WRONG_SECRET : APP_SECRET,
    baseUrl: BASE,
    fetch: mockFetch,
    validate: settings.validate,
    limiter: settings.limiter && limiterOf(operation),
    // The user wants to see the first answer.
    retry: false,
    now: () => identity.timestamp,
    nonce: () => identity.nonce,
    onAttempt: (report) => {
      wait = report.wait
    },
    // The secret is made up, and the server is in this page.
    dangerouslyAllowBrowser: true,
  })
  // The methods differ in the types of their fields; here the contract is checked at run time.
  const method = client.safe[operation] as ClientMethod
  const start = performance.now()
  const { data, error } = await method(fields, { headers, requestId })
  const time = performance.now() - start
  const answer = answers.get(requestId)
  answers.delete(requestId)
  if (data && !isScripted) {
    const message = { at: Date.now(), cost: costOf(operation, fields) }
    accepted.set(operation, [...(accepted.get(operation) ?? []), message])
  }
  return { data, error, answer, wait, time }
}
