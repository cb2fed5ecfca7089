/**
 * Answers that a test has set with `respondOnce`: a queue for each operation.
 *
 * @module
 */
import { mockTables, type OperationId, operationIds, operations } from '../core/contract.js'
import { type CustomAnswer, checkCustom } from './response.js'

/** The name of an example of the contract, or an answer of one's own. */
export type Scenario = string | CustomAnswer

/** Prints a value for a message, without the secret. */
type Show = (value: unknown) => string

/** @throws TypeError for an operation, an example or an answer that does not exist */
function checkScenario(operation: OperationId, scenario: unknown, show: Show): void {
  if (!Object.hasOwn(operations, operation)) {
    throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${show(operation)}`)
  }
  const names = Object.keys(mockTables[operation].examples)
  if (typeof scenario === 'string' ? !names.includes(scenario) : typeof scenario !== 'object' || scenario === null) {
    throw new TypeError(`"answer" must be one of ${names.join(', ')}, or an object. Received ${show(scenario)}`)
  }
  if (typeof scenario === 'object') checkCustom(scenario as CustomAnswer)
}

/** The answers that are set, by operation. */
export class Scenarios {
  readonly #queues = new Map<OperationId, Scenario[]>()
  readonly #show: Show

  constructor(show: Show) {
    this.#show = show
  }

  /** @throws TypeError for an operation, an answer or a number of times that does not exist */
  add(operation: OperationId, scenario: Scenario, times: number): void {
    checkScenario(operation, scenario, this.#show)
    if (!Number.isInteger(times) || times < 1) {
      throw new TypeError(`"times" must be a whole number above 0. Received ${this.#show(times)}`)
    }
    const queue = this.#queues.get(operation) ?? []
    this.#queues.set(operation, [...queue, ...Array.from({ length: times }, () => scenario)])
  }

  /** Removes the next one and returns it. */
  take(operation: OperationId): Scenario | undefined {
    return this.#queues.get(operation)?.shift()
  }

  reset(): void {
    this.#queues.clear()
  }
}
