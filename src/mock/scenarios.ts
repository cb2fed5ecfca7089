/**
 * The answers that a test has set with `respondOnce`: a queue for each operation.
 *
 * @module
 */
import { type MockTable, mockTables, type OperationId, operationIds, operations } from '../core/contract.js'
import { checkOptions } from '../core/options.js'
import { isRecord } from '../core/record.js'
import { type AnsweredCall, type CustomAnswer, checkCustom, type PlainAnswer, scenarioAnswer } from './response.js'

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
  readonly times: number
  left: number
}

/** Whether an operation can give an answer: it has the example, or the answer names none. */
function fits({ examples }: MockTable, scenario: Scenario): boolean {
  const { example } = typeof scenario === 'string' ? { example: scenario } : scenario
  return example === undefined || Object.hasOwn(examples, example)
}

/** The answers that are set: for each operation, and for the next call of any. */
export class Scenarios {
  readonly #queues = new Map<OperationId | undefined, Entry[]>()
  readonly #show: Show

  constructor(show: Show) {
    this.#show = show
  }

  /** @throws TypeError for an unknown operation, a wrong answer, an unknown option or a wrong number of times */
  add(operation: OperationId, scenario: Scenario, options: { readonly times?: number | undefined }): void {
    if (!Object.hasOwn(operations, operation)) {
      throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${this.#show(operation)}`)
    }
    this.#add(operation, [operation], scenario, options)
  }

  /** Sets an answer for the next call of an operation that has it. @throws TypeError as `add` does */
  addForNext(scenario: Scenario, options: { readonly times?: number | undefined }): void {
    this.#add(undefined, operationIds, scenario, options)
  }

  #add(
    key: OperationId | undefined,
    ids: readonly OperationId[],
    scenario: Scenario,
    options: { readonly times?: number | undefined },
  ): void {
    this.#check(new Set(ids.flatMap((id) => Object.keys(mockTables[id].examples))), scenario)
    checkOptions(options, { times: true }, 'a set answer')
    const { times = 1 } = options
    checkTimes(times, this.#show)
    this.#queues.set(key, [...(this.#queues.get(key) ?? []), { scenario, times, left: times }])
  }

  #check(known: ReadonlySet<string>, scenario: unknown): void {
    const names = [...known]
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
    const table = mockTables[operation]
    for (const key of [operation, undefined]) {
      const queue = this.#queues.get(key) ?? []
      const next = queue.find(({ scenario }) => fits(table, scenario))
      if (!next) continue
      next.left--
      if (next.left === 0) queue.splice(queue.indexOf(next), 1)
      return scenarioAnswer(table, next.scenario, call)
    }
    return undefined
  }

  /** Messages about the answers that were set and not used. */
  get unused(): readonly string[] {
    return [...this.#queues].flatMap(([operation, queue]) =>
      queue.map(({ scenario, times, left }) => {
        const answer = `${operation === undefined ? '' : `${operation}: `}the answer ${this.#show(scenario)}`
        if (times === 1) return `${answer} was set and never used`
        return `${answer} was set for ${times} calls; ${left} of them ${left === 1 ? 'was' : 'were'} not made`
      }),
    )
  }

  reset(): void {
    this.#queues.clear()
  }
}
