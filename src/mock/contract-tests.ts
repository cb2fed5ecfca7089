/**
 * `describeContract`: drives a sender of your own through the vectors of the contract, inside your own test run.
 *
 * @module
 */
import { fieldVectors } from '#vectors'
import {
  type Fields,
  type FirstOperation,
  type OperationId,
  operationIds,
  operations,
  standIn,
} from '../core/contract.js'
import { decodeForm } from '../core/form.js'
import { meet, mustArrive, mustSignTwice, mustTell, type Plain, type Sender, shown } from './trial.js'

/** What `describeContract` needs to know. */
export interface ContractTests<K extends OperationId> extends Sender<K> {
  /** The test function of your runner: vitest, jest, `node:test`. */
  readonly test: (name: string, run: () => Promise<void>) => unknown
  /** Which operation it sends. Default: the first of the contract. */
  readonly operation?: K | undefined
  /** Passes over what the sender has no way to express. Default: all is expressed. */
  readonly expresses?: ((fields: Fields<K>) => boolean) | undefined
}

/** A test to be registered. */
type Case = readonly [name: string, run: () => Promise<void>]

const vectorsOf = (operation: OperationId) => fieldVectors.filter((vector) => vector.operation === operation)

/** The fields of a vector. */
function fieldsOf(operation: OperationId, body: (typeof fieldVectors)[number]['body'] = []): Plain {
  const text = body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  return { ...decodeForm(text, standIn[operation].fields).fields }
}

/** What is on the contract is sent as it is; what is not, is not taken for sent. */
function vectorCases<K extends OperationId>(tests: ContractTests<K>, operation: K): Case[] {
  const { expresses = () => true } = tests
  return vectorsOf(operation).flatMap(({ name, body, breach }): Case[] => {
    const fields = fieldsOf(operation, body)
    // Decoded by the table of the operation.
    if (!expresses(fields as unknown as Fields<K>)) return []
    const run = async () => {
      const meeting = await meet(tests, fields)
      if (breach && meeting.error !== undefined) return
      mustArrive(meeting, tests, operation, fields)
    }
    return [[`${name}: ${breach ? 'is not taken for sent' : 'is sent as it is'}`, run]]
  })
}

/** Each answer that the spec has an example of is told for what it is, and so is an error that comes as a success. */
function answerCases<K extends OperationId>(tests: ContractTests<K>, operation: K, good: Plain): Case[] {
  const { success } = operations[operation]
  const succeeds = (status: number, answer: unknown) =>
    status === success.status &&
    Object.entries(success.marks).every(([mark, values]) => values.includes((answer as Plain | null)?.[mark]))
  const examples = Object.entries(standIn[operation].examples)
  const cases = examples.map(([name, { status, body }]): Case => {
    const fine = succeeds(status, body)
    const told = `HTTP ${status}${fine ? '' : `, code ${String((body as Plain | null)?.['code'])}`}`
    const run = async () => mustTell(await meet(tests, good, (api) => api.next(operation, name as never)), fine, told)
    return [`${operation}: the answer ${name} (${told}) ${fine ? 'resolves' : 'rejects'}`, run]
  })
  const error = examples.map(([, example]) => example).find(({ status, body }) => !succeeds(status, body) && body)
  if (!error || Object.keys(success.marks).length === 0) return cases
  const disguised = { status: success.status, body: error.body }
  const told = `HTTP ${success.status} with an error in its body`
  const run = async () => mustTell(await meet(tests, good, (api) => api.next(operation, disguised)), false, told)
  return [...cases, [`${operation}: an error that comes with HTTP ${success.status} rejects`, run]]
}

/**
 * Registers the tests; see `ContractTests`. Each runs against a stand-in of its own.
 *
 * @throws TypeError for a wrong option
 */
export function describeContract<K extends OperationId = FirstOperation>(options: ContractTests<K>): void {
  const { test, send, operation = operationIds[0] as K } = options
  if (typeof test !== 'function') throw new TypeError(`"test" must be a function. Received ${typeof test}`)
  if (typeof send !== 'function') throw new TypeError(`"send" must be a function. Received ${typeof send}`)
  if (!Object.hasOwn(operations, operation)) {
    throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${shown(operation)}`)
  }
  const good = fieldsOf(operation, vectorsOf(operation)[0]?.body)
  const cases = [...vectorCases(options, operation), ...answerCases(options, operation, good)]
  for (const [name, run] of cases) test(name, run)
  test(`${operation}: two calls are signed one by one`, async () =>
    mustSignTwice(await meet(options, good, undefined, 2)))
}
