/**
 * Answers that a test has asked for: a line for each operation.
 *
 * @module
 */
import { type OperationId, operationIds, operations, standIn } from '../core/contract.js'
import { type CustomAnswer, checkCustom } from './response.js'

/** The name of an example of the contract, or an answer of one's own. */
export type Scenario = string | CustomAnswer

/** Prints a value for a message, without the secret. */
type Show = (value: unknown) => string

/** @throws TypeError for operations, examples and answers that there are not */
function checkScenario(operation: OperationId, scenario: unknown, show: Show): void {
  if (!Object.hasOwn(operations, operation)) {
    throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${show(operation)}`)
  }
  const names = Object.keys(standIn[operation].examples)
  if (typeof scenario === 'string' ? !names.includes(scenario) : typeof scenario !== 'object' || scenario === null) {
    throw new TypeError(`"scenario" must be one of ${names.join(', ')}, or an answer. Received ${show(scenario)}`)
  }
  if (typeof scenario === 'object') checkCustom(scenario as CustomAnswer)
}

/** What is to be answered next, operation by operation. */
export class Scenarios {
  readonly #lines = new Map<OperationId, Scenario[]>()
  readonly #show: Show

  constructor(show: Show) {
    this.#show = show
  }

  add(operation: OperationId, scenario: Scenario): void {
    checkScenario(operation, scenario, this.#show)
    this.#lines.set(operation, [...(this.#lines.get(operation) ?? []), scenario])
  }

  /** The next one, which is then gone. */
  take(operation: OperationId): Scenario | undefined {
    return this.#lines.get(operation)?.shift()
  }

  reset(): void {
    this.#lines.clear()
  }
}
