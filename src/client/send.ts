/**
 * One call of an operation: copied, checked, and delivered within its limits.
 *
 * @module
 */

import { costOf, type OperationId, operationIds, operations } from '../core/contract.js'
import { type Breach, messageOf, RongCloudError, withoutSecret } from '../core/error.js'
import { createGuard } from '../core/redact.js'
import { check } from '../core/validate.js'
import type { Limiter } from '../rate-limit/limiter.js'
import { createLimiter } from '../rate-limit/memory.js'
import type { Wire } from './attempt.js'
import { createHosts } from './failover.js'
import {
  type CallOptions,
  type ClientOptions,
  copyOf,
  derived,
  milliseconds,
  ownHeaders,
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
  /** @throws TypeError for an entry that tells the App Secret */
  readonly refuse: (entries: object) => void
  /** What an error tells, without the App Secret. */
  readonly told: (error: RongCloudError) => RongCloudError
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

function refused(name: OperationId, breaches: readonly Breach[], requestId: string): Outcome {
  const message = `${name}: ${breaches.map((one) => one.message).join('; ')}`
  return { error: new RongCloudError(message, { kind: 'contract', breaches, requestId }) }
}

/** Options or fields that are no such thing. */
const mistake = (name: OperationId, requestId: string | undefined, cause: unknown): RongCloudError =>
  new RongCloudError(`${name}: ${messageOf(cause)}`, { kind: 'contract', requestId }, cause)

/** Settings of a client in, its calls out. */
export function createCalls(options: ClientOptions, settings: Settings, wire: Wire): Calls {
  const { strike, refuse } = createGuard(options.appSecret)
  const told = (error: RongCloudError) => withoutSecret(error, strike)
  const shared = { wire, hosts: createHosts(settings.baseUrls), retry: settings.retry, onAttempt: options.onAttempt }
  const deliveries = new Map<OperationId, Delivery>()
  for (const name of operationIds) {
    const { period = 1_000 } = operations[name].rateLimit ?? {}
    deliveries.set(name, { ...shared, limiter: limiterOf(name, options.limiter), period })
  }

  async function send(
    name: OperationId,
    given: unknown,
    call: CallOptions,
    line: Line | undefined,
    requestId: string,
  ): Promise<Outcome> {
    const fields = copyOf(given) as Readonly<Record<string, unknown>>
    const own = call.headers !== undefined || call.requestId !== undefined
    const headers = { ...(call.headers && ownHeaders(call.headers)), 'x-request-id': requestId }
    refuse(fields)
    refuse(headers)
    const signal = derived(call.signal)
    const breaches = options.check === false ? [] : check(name, fields, headers, options)
    if (breaches.length > 0) return refused(name, breaches, requestId)
    // Refuses what no header may hold, before anything is sent.
    if (own) new Headers(headers)
    const whole = { name, operation: operations[name], fields, requestId, headers, signal }
    const terms = termsOf(costOf(name, fields), call, settings, line)
    const outcome = await deliver(whole, deliveries.get(name) as Delivery, terms)
    return outcome.error ? outcome : { data: Object.assign(outcome.data, { requestId }) }
  }

  const make: Calls['make'] = async (name, fields, call, line) => {
    let requestId: string | undefined
    try {
      const { requestId: id = crypto.randomUUID() } = call ?? {}
      if (typeof id === 'string') requestId = id
      const outcome = await send(name, fields, call ?? {}, line, id)
      return outcome.error ? { error: told(outcome.error) } : outcome
    } catch (cause) {
      return { error: told(mistake(name, requestId, cause)) }
    }
  }
  return { make, refuse, told }
}
