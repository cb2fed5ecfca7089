/**
 * The answers that a test has set with `respondOnce`: a queue for each operation.
 *
 * @module
 */
import { type MockTable, mockTables, type OperationId, operationIds, operations } from '../core/contract.js'
import { checkOptions } from '../core/options.js'
import { isRecord } from '../core/record.js'
import { type AnsweredCall, type CustomAnswer, checkCustom, exampleAnswer, type PlainAnswer } from './response.js'

/** The name of an example of the contract, or a custom answer. */
export type Scenario = string | CustomAnswer

/** Converts a value to text for a message, without the secret. */
type Show = (value: unknown) => string

/** @throws TypeError unless `times` is a whole number above 0 */
export function checkTimes(times: unknown, show: Show = String): asserts times is number {
  if (Number.isInteger(times) && Number(times) > 0) return
  throw new TypeError(`"times" must be a whole number above 0. Received ${show(times)}`)
}

/** A queued answer, and how many calls it is still for. */
interface Entry {
  readonly scenario: Scenario
  left: number
}

/** The answers that are set, for each operation. */
export class Scenarios {
  readonly #queues = new Map<OperationId, Entry[]>()
  readonly #show: Show

  constructor(show: Show) {
    this.#show = show
  }

  /** @throws TypeError for an unknown operation, a wrong answer, an unknown option or a wrong number of times */
  add(operation: OperationId, scenario: Scenario, options: { readonly times?: number | undefined }): void {
    if (!Object.hasOwn(operations, operation)) {
      throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${this.#show(operation)}`)
    }
    this.#check(mockTables[operation], scenario)
    checkOptions(options, { times: true }, 'a set answer')
    const { times = 1 } = options
    checkTimes(times, this.#show)
    const queue = this.#queues.get(operation) ?? []
    this.#queues.set(operation, [...queue, { scenario, left: times }])
  }

  #check({ examples }: MockTable, scenario: unknown): void {
    const names = Object.keys(examples)
    const isKnown = (name: unknown) => typeof name === 'string' && names.includes(name)
    if (isRecord(scenario)) {
      checkCustom(scenario, this.#show)
      const { example } = scenario
      if (example === undefined || isKnown(example)) return
      throw new TypeError(`"example" must be one of ${names.join(', ')}. Received ${this.#show(example)}`)
    }
    if (isKnown(scenario)) return
    throw new TypeError(`"answer" must be one of ${names.join(', ')}, or an object. Received ${this.#show(scenario)}`)
  }

  /** Takes the answer that is set for this call, if there is one. */
  take(operation: OperationId, call: AnsweredCall): PlainAnswer | undefined {
    const queue = this.#queues.get(operation) ?? []
    const next = queue[0]
    if (!next) return undefined
    next.left--
    if (next.left === 0) queue.shift()
    return exampleAnswer(mockTables[operation], next.scenario, call)
  }

  /** Messages about the answers that were set and not used. */
  get unused(): readonly string[] {
    return [...this.#queues].flatMap(([operation, queue]) =>
      queue.map(({ scenario, left }) => {
        const times = left === 1 ? '' : `, ${left} times`
        return `${operation}: the answer ${this.#show(scenario)} was set and never used${times}`
      }),
    )
  }

  reset(): void {
    this.#queues.clear()
  }
}
