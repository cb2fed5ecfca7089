/**
 * Makes one call of an operation: copies, validates, encodes and delivers it.
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
  callerHeaders,
  checkCallOptions,
  copyOf,
  derivedSignal,
  milliseconds,
  type Settings,
} from './options.js'
import type { Outcome } from './response.js'
import { type CallLimits, type Delivery, RetryLoop } from './retry.js'

/** The calls of one client. */
export interface Calls {
  /** Makes a call. Never throws: wrong options of a call are returned as an error too. */
  readonly make: (
    name: OperationId,
    fields: unknown,
    call?: CallOptions,
    /** See `CallLimits`. */
    queueDeadline?: number,
  ) => Promise<Outcome>
  /** @throws TypeError for an entry that contains the App Secret */
  readonly refuse: (entries: object) => void
  /** Returns the error without the App Secret. */
  readonly redacted: (error: RongCloudError) => RongCloudError
}

/** The limiter of an operation. Each operation has its own count. */
function limiterOf(name: OperationId, limiter: Limiter | false | undefined): Limiter | undefined {
  const { rateLimit } = operations[name]
  if (limiter === false || !rateLimit) return undefined
  if (limiter) return limiter.forOperation?.(name) ?? limiter
  const { limit, period } = rateLimit
  return createLimiter({ limit, period })
}

/** Cost and time limits of one call. */
const limitsOf = (
  cost: number,
  call: CallOptions,
  settings: Settings,
  queueDeadline: number | undefined,
): CallLimits => ({
  queueDeadline,
  cost,
  timeout: milliseconds('timeout', call.timeout, settings.timeout),
  deadline: milliseconds('deadline', call.deadline, settings.deadline),
  maxWait: milliseconds('maxWait', call.maxWait, settings.maxWait),
})

function refused(name: OperationId, violations: readonly Violation[], requestId: string): Outcome {
  const message = `${name}: ${violations.map(({ message }) => message).join('; ')}`
  return { error: new RongCloudError(message, { kind: 'contract', violations, requestId }) }
}

/** The error for wrong options of a call, and for fields that cannot be sent. */
const contractError = (name: OperationId, requestId: string | undefined, cause: unknown): RongCloudError =>
  new RongCloudError(`${name}: ${messageOf(cause)}`, { kind: 'contract', requestId }, cause)

/** Makes the functions with which a client makes its calls. */
export function createCalls(options: ClientOptions & SigningOptions, settings: Settings, send: Send): Calls {
  const guard = createGuard(options.appSecret)
  const withoutSecret = (error: RongCloudError) => redacted(error, guard.redact)
  const shared = { send, hosts: createHosts(settings.baseUrls), retry: settings.retry, onAttempt: options.onAttempt }
  const deliveries = new Map<OperationId, Delivery>()
  for (const name of operationIds) {
    const { period = 1_000 } = operations[name].rateLimit ?? {}
    deliveries.set(name, { ...shared, limiter: limiterOf(name, options.limiter), period })
  }

  async function run(
    name: OperationId,
    input: unknown,
    call: CallOptions,
    queueDeadline: number | undefined,
    requestId: string,
  ): Promise<Outcome> {
    checkCallOptions(call)
    const fields = copyOf(input)
    const hasOwnHeaders = call.headers !== undefined || call.requestId !== undefined
    const headers = {
      ...(call.headers && callerHeaders(call.headers)),
      'x-request-id': requestId,
      'content-type': FORM,
    }
    guard.refuse(fields)
    guard.refuse(headers)
    const { signal, release } = derivedSignal(call.signal)
    try {
      const violations = options.validate === false ? [] : check(name, fields, headers, options)
      if (violations.length > 0) return refused(name, violations, requestId)
      // Throws for invalid header names and values before anything is sent.
      if (hasOwnHeaders) new Headers(headers)
      const deliverable = { name, operation: operations[name], body: encodeForm(fields), requestId, headers, signal }
      // Each operation has a delivery. With `await`, stack traces in the mock reach back to the caller.
      const limits = limitsOf(costOf(name, fields), call, settings, queueDeadline)
      return await new RetryLoop(deliverable, deliveries.get(name) as Delivery, limits).run()
    } finally {
      release()
    }
  }

  const make: Calls['make'] = async (name, fields, call, queueDeadline) => {
    let requestId: string | undefined
    try {
      const { requestId: id = crypto.randomUUID() } = call ?? {}
      if (typeof id === 'string') requestId = id
      const outcome = await run(name, fields, call ?? {}, queueDeadline, id)
      return outcome.error ? { error: withoutSecret(outcome.error) } : outcome
    } catch (cause) {
      return { error: withoutSecret(contractError(name, requestId, cause)) }
    }
  }
  return { make, refuse: guard.refuse, redacted: withoutSecret }
}
