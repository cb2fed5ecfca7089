/**
 * `describeContract`: runs your own sender through the vectors of the contract, inside your own test run.
 *
 * @module
 */

import file from '#vectors' with { type: 'json' }
import {
  type Fields,
  type FirstOperation,
  mockTables,
  type OperationId,
  operationIds,
  operations,
} from '../core/contract.js'
import { decodeForm } from '../core/form.js'
import { isRecord } from '../core/record.js'
import { createMockApi, type MockApi, type MockApiOptions } from './mock-api.js'
import { suspicionsOf } from './suspicions.js'

/** Where a sender must send to, and how it must sign. */
export interface Target {
  /** Base URL, without a path. Only `fetch` reaches it, unless `serve` was given. */
  readonly baseUrl: string
  /** The App Key that the mock knows. */
  readonly appKey: string
  /** Its App Secret: made up, and safe to print. */
  readonly appSecret: string
  /** Answers for every host, in place of the runtime's `fetch`. */
  readonly fetch: typeof globalThis.fetch
}

/** The sender under test, and how it is run. */
export interface Sender<K extends OperationId> {
  /** The runner's `expect`, for its diffs. Default: none; errors then show both values. */
  readonly expect?:
    | ((value: unknown) => {
        /** Compares by value, and throws with a diff. */
        toEqual(expected: unknown): unknown
      })
    | undefined
  /** Sends one message by your own code. Must reject when the API refuses it. */
  readonly send: (fields: Fields<K>, target: Target) => unknown
  /** `true` also asks for new nonces, the right time and headers of the documented format. Default `false`. */
  readonly strict?: MockApiOptions['strict'] | undefined
  /** Serves the mock to senders that take no `fetch`: `startServer` of the entry point `./server`. */
  readonly serve?:
    | ((api: MockApi) => Promise<{
        /** Base URL, without a path. */
        readonly url: string
        /** Stops serving; called after each test. */
        readonly close: () => Promise<void>
      }>)
    | undefined
}

/** What `describeContract` needs to know. */
export interface ContractTests<K extends OperationId> extends Sender<K> {
  /** The test function of your runner: vitest, jest, `node:test`. What it hands to a test may have `skip`. */
  readonly test: (name: string, run: (...context: readonly unknown[]) => Promise<void>) => unknown
  /** Which operation it sends. Default: the first of the contract. */
  readonly operation?: K | undefined
  /** Skips vectors that the sender has no way to express. Default: none are skipped. */
  readonly expresses?: ((fields: Fields<K>) => boolean) | undefined
  /**
   * Milliseconds after which your sender gives up an attempt. It is then tested against a server that never answers, and
   * must reject within twice that time. Default: no such test.
   */
  readonly timeout?: number | undefined
  /** Your sender sends again, on purpose, what may have been processed. Default `false`: that fails a test. */
  readonly atLeastOnce?: boolean | undefined
}

type Plain = Readonly<Record<string, unknown>>

/** A text that is JSON counts as what it says: key order and spaces are free. */
function meaning(value: unknown): unknown {
  try {
    return typeof value === 'string' && /^[[{]/.test(value) ? sorted(JSON.parse(value)) : value
  } catch {
    return value
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}

/** A value in a hundred characters. */
const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text
}

/** What a sender rejected with, in words. */
function reason(error: unknown): string {
  if (error === undefined) return ''
  return error instanceof Error ? error.message : shown(error)
}

/** Longer values, in characters of JSON, are not shown as a diff. */
const MAX_DIFF = 2_000

/** One run of a sender against a mock of its own. */
interface Run {
  readonly api: MockApi
  /** What the sender rejected with; undefined when it resolved. */
  readonly error: unknown
}

/** Lets the sender send to a new mock, `times` times or until it rejects. */
async function runSender<K extends OperationId>(
  { send, serve, strict = false }: Sender<K>,
  operation: OperationId,
  fields: Plain,
  prepare?: (api: MockApi) => void,
  times = 1,
): Promise<Run> {
  const keys = { appKey: 'contract-app-key', appSecret: 'contract-app-secret' }
  // A vector may be suspicious itself, on purpose.
  const allowSuspicious = suspicionsOf(operation, fields, []).map(({ name }) => name)
  const api = createMockApi({ ...keys, strict, rateLimit: false, allowSuspicious })
  prepare?.(api)
  const server = await serve?.(api)
  const target = { ...keys, baseUrl: server?.url ?? 'http://contract.invalid', fetch: api.fetch }
  try {
    // Decoded by the table of the operation.
    for (let i = 0; i < times; i++) await send({ ...fields } as unknown as Fields<K>, target)
    return { api, error: undefined }
  } catch (error) {
    return { api, error: error ?? new Error('rejected with undefined') }
  } finally {
    await server?.close()
  }
}

/** Throws unless every field arrived. A list may be spread over several calls; other fields are in each call. */
function checkArrival(api: MockApi, operation: OperationId, fields: Plain, expect: Sender<never>['expect']): void {
  const bodies = api.calls.map(({ body }): Plain => (isRecord(body) ? body : {}))
  if (bodies.length === 0) throw new Error('"send" resolved, and made no call')
  for (const [name, wanted] of Object.entries(fields)) {
    if (!Object.hasOwn(mockTables[operation].fields, name)) continue
    const list = Array.isArray(wanted)
    const seen = list ? [bodies.flatMap((body) => body[name] ?? [])] : bodies.map((body) => body[name])
    const wrong = seen.find((got) => JSON.stringify(meaning(got)) !== JSON.stringify(meaning(wanted)))
    if (wrong === undefined && seen.every((got) => got !== undefined)) continue
    const size = Math.max(...[wanted, wrong].map((one) => JSON.stringify(one)?.length ?? 0))
    if (size <= MAX_DIFF) expect?.({ [name]: wrong }).toEqual({ [name]: wanted })
    throw new Error(`${name}: all of it must arrive. Expected ${shown(wanted)}, received ${shown(wrong)}`)
  }
}

/** Throws unless the calls succeeded: no violation, no rejection, every field arrived. */
function expectArrival<K extends OperationId>(
  { api, error }: Run,
  { expect }: Sender<K>,
  operation: K,
  fields: Plain,
): void {
  api.verify()
  if (error !== undefined)
    throw new Error(`"send" rejected what is on the contract: ${reason(error)}`, { cause: error })
  checkArrival(api, operation, fields, expect)
}

/** Throws unless the sender reports what the API answered. A sender that retries after an error may succeed. */
function expectOutcome({ api, error }: Run, succeeds: boolean, answered: string): void {
  api.verify()
  if (api.calls.length === 0) throw new Error(`"send" made no call. ${reason(error)}`)
  if (succeeds && error !== undefined) throw new Error(`"send" rejected a success: ${reason(error)}`, { cause: error })
  if (!succeeds && error === undefined && api.calls.length < 2) {
    throw new Error(`"send" resolved although the API answered ${answered}: nobody learns that nothing was sent`)
  }
}

/** Throws unless two calls were made, each with a signature of its own. */
function expectTwoSignatures({ api, error }: Run): void {
  api.verify()
  if (error !== undefined) throw new Error(`"send" rejected the second call: ${reason(error)}`, { cause: error })
  if (api.calls.length < 2) throw new Error(`two calls must be made. Received ${api.calls.length}`)
}

/** A test to register. */
type Case = readonly [name: string, run: () => Promise<void>]

/** The vectors that a sender can express: those whose fields say all of it. */
const vectorsOf = (operation: OperationId) =>
  file.vectors.filter((vector) => vector.operation === operation && vector.layer === 'fields')

/** The fields of a vector. */
function fieldsOf(operation: OperationId, body: (typeof file)['vectors'][number]['request']['body'] = []): Plain {
  const text = body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  return { ...decodeForm(text, mockTables[operation].fields).fields }
}

/** What fits the contract must be sent unchanged; what does not must be refused by the sender or by the API. */
function vectorCases<K extends OperationId>(tests: ContractTests<K>, operation: K): Case[] {
  const { expresses = () => true } = tests
  return vectorsOf(operation).flatMap(({ name, request, expect }): Case[] => {
    const isRefused = expect.verdict === 'refused'
    const fields = fieldsOf(operation, request.body)
    // Decoded by the table of the operation.
    if (!expresses(fields as unknown as Fields<K>)) return []
    const run = async () => {
      const outcome = await runSender(tests, operation, fields)
      if (isRefused && outcome.error !== undefined) return
      expectArrival(outcome, tests, operation, fields)
    }
    return [[`${name}: ${isRefused ? 'is not taken for sent' : 'is sent as it is'}`, run]]
  })
}

/** The sender must report each answer for what it is, also an error that comes with the status of a success. */
function answerCases<K extends OperationId>(tests: ContractTests<K>, operation: K, good: Plain): Case[] {
  const { success } = operations[operation]
  const succeeds = (status: number, answer: unknown) =>
    status === success.status &&
    Object.entries(success.marks).every(([mark, values]) => values.includes(isRecord(answer) && answer[mark]))
  const examples = Object.entries(mockTables[operation].examples)
  const cases = examples.map(([name, { status, body }]): Case => {
    const isSuccess = succeeds(status, body)
    const answered = `HTTP ${status}${isSuccess ? '' : `, code ${String(isRecord(body) && body['code'])}`}`
    const run = async () => {
      // One of the examples of this operation.
      const outcome = await runSender(tests, operation, good, (api) => api.respondOnce(operation, name as never))
      expectOutcome(outcome, isSuccess, answered)
    }
    return [`${operation}: the answer ${name} (${answered}) ${isSuccess ? 'resolves' : 'rejects'}`, run]
  })
  const error = examples.map(([, example]) => example).find(({ status, body }) => !succeeds(status, body) && body)
  if (!error || Object.keys(success.marks).length === 0) return cases
  const disguised = { status: success.status, body: error.body }
  const run = async () => {
    const outcome = await runSender(tests, operation, good, (api) => api.respondOnce(operation, disguised))
    expectOutcome(outcome, false, `HTTP ${success.status} with an error in its body`)
  }
  return [...cases, [`${operation}: an error that comes with HTTP ${success.status} rejects`, run]]
}

/** A sender must not wait for ever, and must not send again what may have been processed. */
function faultCases<K extends OperationId>(tests: ContractTests<K>, operation: K, good: Plain): Case[] {
  const { timeout, atLeastOnce = false } = tests
  const expectRejection = ({ api, error }: Run, what: string) => {
    api.verify()
    if (api.calls.length === 0) throw new Error(`"send" made no call. ${reason(error)}`)
    if (api.calls.length > 1 && !atLeastOnce) {
      throw new Error(
        `"send" sent ${api.calls.length} times although ${what}: the message may arrive twice. If that is meant, say "atLeastOnce"`,
      )
    }
    if (error === undefined && !atLeastOnce) throw new Error(`"send" resolved although ${what}`)
  }
  const reset = async () =>
    expectRejection(
      await runSender(tests, operation, good, (api) => api.respondOnce(operation, { fault: 'reset' })),
      'the connection broke before the answer',
    )
  const cases: Case[] = [[`${operation}: a connection that breaks rejects, and nothing is sent again`, reset]]
  if (timeout === undefined) return cases
  const limit = 2 * timeout
  const hang = async () => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tooLate = new Promise<never>((_resolve, reject) => {
      const error = new Error(
        `"send" was still waiting after ${limit} ms, twice its time limit, for a server that never answers`,
      )
      timer = setTimeout(() => reject(error), limit)
    })
    // The second attempt hangs as well.
    const times = { times: 2 }
    const prepare = (api: MockApi) => api.respondOnce(operation, { fault: 'hang' }, times)
    try {
      const run = await Promise.race([runSender(tests, operation, good, prepare), tooLate])
      // The answers for further attempts are not used.
      run.api.respondOnce(operation, { fault: 'hang' })
      run.api.reset()
      if (run.error === undefined) throw new Error('"send" resolved although the server never answered')
    } finally {
      clearTimeout(timer)
    }
  }
  return [...cases, [`${operation}: a server that never answers rejects within ${limit} ms`, hang]]
}

/** Skips a test where the runner has a way to; returns whether it did. */
function skip([context]: readonly unknown[]): boolean {
  if (typeof context !== 'object' || context === null || !('skip' in context)) return false
  if (typeof context.skip !== 'function') return false
  context.skip()
  return true
}

/** Violations that all calls of a sender have, whatever it sends. */
const SIGNING: readonly string[] = ['app-key', 'signature']

/**
 * Registers the tests; see `ContractTests`. Each runs against a mock of its own. The first asks whether the sender signs
 * right; where it does not, the others are skipped, or fail in one line where the runner cannot skip.
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
  const good = fieldsOf(operation, vectorsOf(operation)[0]?.request.body)
  let probing: Promise<Run> | undefined
  const probe = async () => {
    probing ??= runSender(options, operation, good)
    const { api } = await probing
    return api.violations.some(({ keyword }) => SIGNING.includes(keyword)) ? api : undefined
  }
  const first = `${operation}: the signature is right`
  test(first, async () => (await probe())?.verify())
  const cases: Case[] = [
    ...vectorCases(options, operation),
    ...answerCases(options, operation, good),
    ...faultCases(options, operation, good),
    [
      `${operation}: two calls are signed one by one`,
      async () => expectTwoSignatures(await runSender(options, operation, good, undefined, 2)),
    ],
  ]
  for (const [name, run] of cases) {
    test(name, async (...context) => {
      if ((await probe()) === undefined) return run()
      if (!skip(context)) throw new Error(`not run: see "${first}"`)
    })
  }
}
