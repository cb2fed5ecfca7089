/**
 * When a run ends early, because something is wrong that is not the contract.
 *
 * @module
 */
import { errorFields, mockTables, type OperationId } from '../../core/contract.js'
import { isRecord } from '../../core/record.js'
import { type Failure, isSuccess, type Outcome } from './exchange.js'

/** Failures in a row after which a run ends. */
const MAX_FAILURES = 2

/** Failures that end a run at once. */
const FATAL: readonly Failure['what'][] = ['redirect', 'html', 'tls', 'rate-limit']

/** Acceptances of what must be refused, by rule, after which a run ends. */
const MAX_BROKEN_RULES = 5

/** The run ends here; the message is a sentence for the user. */
export class Stop extends Error {}

/** True where the server gave no answer, or had an error of its own. */
export const isServerFailure = (outcome: Outcome): outcome is Failure =>
  outcome.kind === 'failure' && ['timeout', 'network', 'server-error'].includes(outcome.what)

/** Failures that a web server in front of the API causes, for a call with another method or path. */
const OF_ADDRESS: readonly Failure['what'][] = ['redirect', 'html', 'server-error']

/**
 * Makes a function that ends the run after a fatal failure, and after two others in a row. A call with another method or
 * path may reach a web server in front of the API: what that says is no reason to stop.
 */
export function createStopOnFailure(operation: OperationId): (outcome: Outcome, isOtherAddress: boolean) => void {
  let failures = 0
  return (outcome, isOtherAddress) => {
    if (isRateLimit(operation, outcome)) throw new Stop('The rate limit of the app is used up.')
    if (outcome.kind === 'failure' && isOtherAddress && OF_ADDRESS.includes(outcome.what)) return
    if (outcome.kind === 'failure' && FATAL.includes(outcome.what)) throw new Stop(outcome.text)
    if (!isServerFailure(outcome)) {
      failures = 0
      return
    }
    failures++
    if (failures >= MAX_FAILURES) throw new Stop(`Twice in a row: ${outcome.text}`)
  }
}

/** True for the code of a used-up limit, whatever the status is. */
function isRateLimit(operation: OperationId, outcome: Outcome): boolean {
  const { examples, raisedBy } = mockTables[operation]
  const body = examples[raisedBy['rate-limit'] ?? '']?.body
  const code = isRecord(body) ? body[errorFields.code] : undefined
  return code !== undefined && outcome.kind === 'answer' && outcome.code === code
}

/** Makes a function that counts the rules that the server let a call break, and ends the run after the fifth. */
export function createBrokenRuleCount(): (rule: string) => void {
  const rules = new Set<string>()
  return (rule) => {
    rules.add(rule)
    if (rules.size >= MAX_BROKEN_RULES) {
      throw new Stop(`The server accepted calls that break ${MAX_BROKEN_RULES} rules; it may be another API.`)
    }
  }
}

/** What the contract says about a refusal that no rule of a call raises: the app is locked, the service is not opened. */
export function appRefusal(operation: OperationId, outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answer') return undefined
  const { code } = outcome
  if (isSuccess(operation, outcome)) return undefined
  const { examples, raisedBy } = mockTables[operation]
  const known = Object.entries(examples).flatMap(([name, { body }]) => {
    const isThis = isRecord(body) && body[errorFields.code] === code
    return isThis ? [{ name, words: String(body[errorFields.message] ?? name) }] : []
  })
  const isAboutCall = known.some(({ name }) => Object.values(raisedBy).includes(name))
  return isAboutCall ? undefined : known[0]?.words
}
