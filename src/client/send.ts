/**
 * One call of an operation: copied, checked, encoded, and delivered within its limits.
 *
 * @module
 */
import { costOf, FORM, type OperationId, operationIds, operations } from '../core/contract.js'
import { messageOf, RongCloudError, redacted, type Violation } from '../core/error.js'
import { encodeForm } from '../core/form.js'
import { createGuard } from '../core/redact.js'
import type { SigningOptions } from '../core/signature.js'
import { check } from '../core/validate.js'
import type { Limiter } from '../rate-limit/limiter.js'
import { createLimiter } from '../rate-limit/memory.js'
import type { Send } from './attempt.js'
import { createHosts } from './failover.js'
import {
  type CallOptions,
  type ClientOptions,
  copyOf,
  derived,
  milliseconds,
  ownHeaders,
  refuseUnknownOfCall,
  type Settings,
} from './options.js'
import type { Outcome } from './response.js'
import { type Delivery, deliver, type Terms } from './retry.js'

/** How long a call may wait in line where its own deadline does not count that; in milliseconds. */
export type Line = Pick<Terms, 'lineDeadline'>

/** The calls of one client. */
export interface Calls {
  /** Makes one. Never throws: mistakes in the options of a call are errors of the call too. */
  readonly make: (name: OperationId, fields: unknown, call?: CallOptions, line?: Line) => Promise<Outcome>
  /** @throws TypeError for an entry that holds the App Secret */
  readonly refuse: (entries: object) => void
  /** An error without the App Secret. */
  readonly redacted: (error: RongCloudError) => RongCloudError
}

/** The limiter of an operation: limits are counted apart. */
function limiterOf(name: OperationId, given: Limiter | false | undefined): Limiter | undefined {
  const { rateLimit } = operations[name]
  if (given === false || !rateLimit) return undefined
  return given ? (given.forOperation?.(name) ?? given) : createLimiter(rateLimit)
}

/** What is true of one call alone. */
const termsOf = (cost: number, call: CallOptions, settings: Settings, line: Line | undefined): Terms => ({
  ...line,
  cost,
  timeout: milliseconds('timeout', call.timeout, settings.timeout),
  deadline: milliseconds('deadline', call.deadline, settings.deadline),
  maxWait: milliseconds('maxWait', call.maxWait, settings.maxWait),
})

function refused(name: OperationId, violations: readonly Violation[], requestId: string): Outcome {
  const message = `${name}: ${violations.map((one) => one.message).join('; ')}`
  return { error: new RongCloudError(message, { kind: 'contract', violations, requestId }) }
}

/** Options or fields that are no such thing. */
const mistake = (name: OperationId, requestId: string | undefined, cause: unknown): RongCloudError =>
  new RongCloudError(`${name}: ${messageOf(cause)}`, { kind: 'contract', requestId }, cause)

/** Settings of a client in, its calls out. */
export function createCalls(options: ClientOptions & SigningOptions, settings: Settings, send: Send): Calls {
  const guard = createGuard(options.appSecret)
  const safe = (error: RongCloudError) => redacted(error, guard.redact)
  const shared = { send, hosts: createHosts(settings.baseUrls), retry: settings.retry, onAttempt: options.onAttempt }
  const deliveries = new Map<OperationId, Delivery>()
  for (const name of operationIds) {
    const { period = 1_000 } = operations[name].rateLimit ?? {}
    deliveries.set(name, { ...shared, limiter: limiterOf(name, options.limiter), period })
  }

  async function run(
    name: OperationId,
    given: unknown,
    call: CallOptions,
    line: Line | undefined,
    requestId: string,
  ): Promise<Outcome> {
    refuseUnknownOfCall(call)
    const fields = copyOf(given)
    const isOwn = call.headers !== undefined || call.requestId !== undefined
    const headers = {
      ...(call.headers && ownHeaders(call.headers)),
      'x-request-id': requestId,
      'content-type': FORM,
    }
    guard.refuse(fields)
    guard.refuse(headers)
    const signal = derived(call.signal)
    const violations = options.validate === false ? [] : check(name, fields, headers, options)
    if (violations.length > 0) return refused(name, violations, requestId)
    // Refuses what no header may hold, before anything is sent.
    if (isOwn) new Headers(headers)
    const whole = { name, operation: operations[name], body: encodeForm(fields), requestId, headers, signal }
    // Each operation has a delivery. Awaited, so that a stack of the mock's reaches back to the caller.
    return await deliver(whole, deliveries.get(name) as Delivery, termsOf(costOf(name, fields), call, settings, line))
  }

  const make: Calls['make'] = async (name, fields, call, line) => {
    let requestId: string | undefined
    try {
      const { requestId: id = crypto.randomUUID() } = call ?? {}
      if (typeof id === 'string') requestId = id
      const outcome = await run(name, fields, call ?? {}, line, id)
      return outcome.error ? { error: safe(outcome.error) } : outcome
    } catch (cause) {
      return { error: safe(mistake(name, requestId, cause)) }
    }
  }
  return { make, refuse: guard.refuse, redacted: safe }
}
