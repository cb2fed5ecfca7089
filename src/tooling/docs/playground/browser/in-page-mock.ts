/**
 * The real client and, in the same page, the mock that it calls.
 *
 * The client sends to a path of this site, where MSW's service worker intercepts the request. Without a worker, or when it
 * does not answer, the client gets the mock's own `fetch`. Nothing leaves the page: its policy forbids it.
 *
 * @module
 */
import { costOf, type OperationId, operations } from '../../../../core/contract.js'
import type { RongCloudError, Violation } from '../../../../core/error.js'
import { check } from '../../../../core/validate.js'
import { createClient } from '../../../../index.js'
import { halfOf } from '../../../../mock/faults.js'
import { createFetch } from '../../../../mock/fetch.js'
import { type Suspicion, suspicionsOf } from '../../../../mock/suspicions.js'
import type { Limiter } from '../../../../rate-limit/limiter.js'
import { createLimiter } from '../../../../rate-limit/memory.js'
import {
  type CustomAnswer,
  createMockApi,
  type Fault,
  type PlainAnswer,
  type PlainRequest,
} from '../../../../testing.js'
import {
  APP_KEY,
  APP_SECRET,
  type CallIdentity,
  type Draft,
  splitHeaders,
  TIMEOUT_MS,
  typedFields,
  WRONG_SECRET,
} from './draft.js'
import { createWorkerAccess } from './worker-access.js'

/** What the mock answered. */
export interface MockAnswer {
  readonly status: number
  /** The part of the body that arrives; empty when none does. */
  readonly text: string
  readonly fault: Fault | undefined
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
const BASE = new URL('mock', import.meta.url)

/** Suspicions are shown at the field, as the user types. */
const api = createMockApi({ appKey: APP_KEY, appSecret: APP_SECRET, suspicious: 'ignore', maxCalls: 1 })

/** Answers of the mock that nobody has looked at yet, by request id. */
const answers = new Map<string, Omit<MockAnswer, 'via'>>()

const arrivingText = ({ body, fault, delay = 0 }: PlainAnswer): string => {
  if (fault === 'hang' || fault === 'reset' || delay > TIMEOUT_MS) return ''
  return fault === 'truncate' ? halfOf(body) : body
}

const observed = {
  handle(request: PlainRequest): PlainAnswer {
    const answer = api.handle(request)
    const violations = api.calls.at(-1)?.violations ?? []
    const { status, fault } = answer
    answers.set(request.headers['x-request-id'] ?? '', { status, fault, violations, text: arrivingText(answer) })
    return answer
  },
}

/** Wakes the service worker, which starts at the first call; false where there is none. */
export const wakeWorker: () => Promise<boolean> = createWorkerAccess(async () => {
  const { startMockWorker } = await import('./mock-worker.js')
  await startMockWorker(observed, { baseUrl: BASE.href })
})

const directFetch = createFetch(observed.handle)

/** A `fetch` for one call, and how the request reached the mock. */
function createRoute(requestId: string) {
  let via: MockAnswer['via'] = 'page'
  const route: typeof fetch = async (input, init) => {
    if (await wakeWorker()) {
      via = 'worker'
      try {
        const response = await fetch(input, init)
        if (answers.has(requestId)) return response
      } catch (error) {
        if (answers.has(requestId)) throw error
      }
      // The worker has stopped in the meantime: the request went to the web server, or nowhere.
      via = 'page'
    }
    return directFetch(String(input).replace(BASE.pathname, ''), init)
  }
  return { fetch: route, via: () => via }
}

const limiters = new Map<OperationId, Limiter>()

/** The accepted messages of the last period, by operation. */
const accepted = new Map<OperationId, { readonly at: number; readonly cost: number }[]>()

/** How many messages of an operation count towards the limit now. */
export function countedMessages(operation: OperationId): number {
  const { period = 0 } = operations[operation].rateLimit ?? {}
  const recent = (accepted.get(operation) ?? []).filter(({ at }) => at > Date.now() - period)
  accepted.set(operation, recent)
  return recent.reduce((sum, { cost }) => sum + cost, 0)
}

/**
 * The client's limiter counts a call when it leaves, the mock when it arrives, and a worker delays some calls. So the
 * client's period is longer than the contract's by this factor.
 */
const PERIOD_FACTOR = 1.2

function limiterOf(operation: OperationId): Limiter | false {
  const { rateLimit } = operations[operation]
  if (!rateLimit) return false
  const limiter =
    limiters.get(operation) ?? createLimiter({ limit: rateLimit.limit, period: PERIOD_FACTOR * rateLimit.period })
  limiters.set(operation, limiter)
  return limiter
}

/** What is off the contract in a draft. */
export function validateDraft(draft: Draft): Violation[] {
  const headers = Object.entries(draft.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return check(draft.operation, typedFields(draft), Object.fromEntries(headers))
}

/** What is on the contract in a draft, and probably a mistake. */
export const suspicionsIn = (draft: Draft): readonly Suspicion[] =>
  suspicionsOf(draft.operation, typedFields(draft), [])

/** The answer that the user has chosen; undefined for the mock's own. */
function chosenAnswer({ settings: { scenario, fault, delay } }: Draft): CustomAnswer | undefined {
  if (scenario === '' && fault === '' && delay === 0) return undefined
  return { ...(scenario && { example: scenario }), ...(fault && { fault }), ...(delay && { delay }) }
}

/** Sends a draft. The answer that the user has chosen answers only a call that is on the contract. */
export async function sendDraft(draft: Draft, identity: CallIdentity): Promise<CallResult> {
  const { operation, settings } = draft
  const fields = typedFields(draft)
  const { headers, requestId = identity.requestId } = splitHeaders(draft)
  const chosen = chosenAnswer(draft)
  const isChosen = chosen !== undefined && !settings.wrongSecret && validateDraft(draft).length === 0
  if (isChosen) api.respondOnce(operation, chosen)
  let wait = 0
  const route = createRoute(requestId)
  const client = createClient({
    appKey: APP_KEY,
    appSecret: settings.wrongSecret ? WRONG_SECRET : APP_SECRET,
    baseUrl: BASE.href,
    fetch: route.fetch,
    timeout: TIMEOUT_MS,
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
  if (data && !isChosen) {
    const message = { at: Date.now(), cost: costOf(operation, fields) }
    accepted.set(operation, [...(accepted.get(operation) ?? []), message])
  }
  return { data, error, answer: answer && { ...answer, via: route.via() }, wait, time }
}
