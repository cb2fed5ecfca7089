/**
 * `describeContract`: tests your sender against the vectors of the contract, inside your own test run.
 *
 * @module
 */

import file from '#vectors' with { type: 'json' }
import {
  errorFields,
  type Fields,
  type FirstOperation,
  isSuccess,
  mockTables,
  type OperationId,
  operationIds,
  operations,
  signatureNames,
} from '../core/contract.js'
import { mustBeFunction } from '../core/error.js'
import { decodeForm } from '../core/form.js'
import { parseJson } from '../core/json.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { isRecord } from '../core/record.js'
import { MAX_TIMEOUT_MS, withTimeout } from '../core/wait.js'
import { createMockApi, type MockApi, type MockApiOptions } from './mock-api.js'
import { suspicionsOf } from './suspicions.js'

/** Where a sender must send to, and the keys for its signature. */
export interface Target {
  /** Base URL, without a path. Only `fetch` reaches it, unless `serve` was given. */
  readonly baseUrl: string
  /** The App Key that the mock knows. */
  readonly appKey: string
  /** The App Secret for that key: made up, and safe to print. */
  readonly appSecret: string
  /** Use it in place of the runtime's `fetch`. It answers for every host. */
  readonly fetch: typeof globalThis.fetch
}

/** Fields of a message. Its lists may be changed, because senders rarely declare theirs as `readonly`. */
export type SenderFields<K extends OperationId> = {
  readonly [Name in keyof Fields<K>]: Fields<K>[Name] extends infer Value
    ? Value extends readonly (infer Item)[]
      ? Item[]
      : Value
    : never
}

/** The sender under test, and how to run it. */
export interface Sender<K extends OperationId> {
  /** The `expect` of your test runner, for its diffs. Default: none; error messages then show both values. */
  readonly expect?:
    | ((value: unknown) => {
        /** Compares by value, and throws with a diff. */
        toEqual(expected: unknown): unknown
      })
    | undefined
  /** Sends one message with your code. Must reject when the API refuses the message. */
  readonly send: (fields: SenderFields<K>, target: Target) => unknown
  /** `true` also requires new nonces, the current time and headers in the documented format. Default `false`. */
  readonly strict?: MockApiOptions['strict'] | undefined
  /** Starts a server for senders that cannot use `fetch`: `startServer` of the entry point `./server`. */
  readonly serve?:
    | ((api: MockApi) => Promise<{
        /** Base URL, without a path. */
        readonly url: string
        /** Stops the server. Called after each test. */
        readonly close: () => Promise<void>
      }>)
    | undefined
}

/** Options of `describeContract`. */
export interface ContractTests<K extends OperationId> extends Sender<K> {
  /**
   * The test function of your runner: vitest, jest, `node:test`. Tests are skipped with `skip` of the context, if there is one.
   * Tests that wait for a sender that never ends come with a time limit in milliseconds, which is longer than that of most
   * runners; vitest and jest use it, and `node:test` has no limit.
   */
  readonly test: (
    name: string,
    run: (...context: readonly unknown[]) => Promise<void>,
    limit?: number | undefined,
  ) => unknown
  /** The operation that the sender calls. Default: the first of the contract. */
  readonly operation?: K | undefined
  /** Returns false for fields that the sender cannot express; such vectors are left out. Default: no vector is left out. */
  readonly expresses?: ((fields: SenderFields<K>) => boolean) | undefined
  /**
   * Milliseconds after which your sender gives up an attempt. With this option, the sender is also tested against a server
   * that never answers, and must reject within twice this time. Default: no such test.
   */
  readonly timeout?: number | undefined
  /** `true` if your sender repeats requests that may have been processed. Default `false`: a repeated request fails a test. */
  readonly atLeastOnce?: boolean | undefined
}

/** Every option of `describeContract`. */
const CONTRACT_TEST_OPTIONS: OptionNames<ContractTests<OperationId>> = {
  test: true,
  send: true,
  expect: true,
  serve: true,
  expresses: true,
  timeout: true,
  atLeastOnce: 'boolean',
  strict: true,
  operation: true,
}

type Plain = Readonly<Record<string, unknown>>

/** The value of a text that is JSON, so that a comparison ignores key order and spaces. Any other value unchanged. */
const parsedJson = (value: unknown): unknown =>
  typeof value === 'string' && /^[[{]/.test(value) ? sorted(parseJson(value) ?? value) : value

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

/** A value as JSON, in at most 100 characters. */
const shortJson = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text
}

/** The message of a rejection. */
const rejectionMessage = (error: unknown): string => (error instanceof Error ? error.message : shortJson(error))

/** Throws when the sender made no call, before the mock complains of answers that were not used. */
function expectCall({ api, error }: Run, hint = ''): void {
  if (api.calls.length > 0) return
  const rejection = error === undefined ? '' : `, and rejected: ${rejectionMessage(error)}`
  throw new Error(`"send" made no call to the mock${rejection}${hint}`, { cause: error })
}

/** Shortest time limit for a call of a sender, which may have to start a program. */
const CALL_LIMIT_MS = 30_000

/** How long a call of a sender may take that gives up after `timeout` milliseconds. */
const callLimit = (timeout = 0) => Math.max(CALL_LIMIT_MS, 2 * timeout)

/** Longest `timeout`, in milliseconds: a timer can still take twice as long. */
const MAX_SENDER_TIMEOUT_MS = Math.floor(MAX_TIMEOUT_MS / 2)

/** The limit of a test for its runner, in milliseconds: long enough for the message about a sender that takes too long. */
const runnerLimit = (limit: number) => Math.min(limit + 5_000, MAX_TIMEOUT_MS)

/** Most characters of JSON in a value that is shown as a diff. */
const MAX_DIFF = 2_000

/** One run of a sender against its own mock. */
interface Run {
  readonly api: MockApi
  /** The rejection; undefined when the sender resolved. */
  readonly error: unknown
}

/** How the sender is run. */
interface RunOptions {
  /** Sets the answers of the mock. */
  readonly prepare?: (api: MockApi) => void
  /** Number of calls. Default 1. */
  readonly times?: number
  /** Milliseconds for each call. Default `CALL_LIMIT_MS`, or twice the sender's own time limit if that is longer. */
  readonly limit?: number
  /** Ends the message about a sender that takes longer. */
  readonly reason?: string
}

/** Runs the sender against a new mock, `times` times or until it rejects. @throws Error when it does neither in time */
async function runSender<K extends OperationId>(
  { send, serve, strict = false, timeout }: ContractTests<K>,
  operation: OperationId,
  fields: Plain,
  { prepare, times = 1, limit = callLimit(timeout), reason = '' }: RunOptions = {},
): Promise<Run> {
  const keys = { appKey: 'contract-app-key', appSecret: 'contract-app-secret' }
  // Some vectors are suspicious on purpose.
  const allowSuspicious = suspicionsOf(operation, fields, []).map(({ name }) => name)
  const api = createMockApi({ ...keys, strict, rateLimit: false, allowSuspicious })
  prepare?.(api)
  const server = await serve?.(api)
  const target = { ...keys, baseUrl: server?.url ?? 'http://contract.invalid', fetch: api.fetch }
  const call = async (): Promise<Run> => {
    try {
      // Decoded by the table of the operation.
      for (let i = 0; i < times; i++) await send({ ...fields } as unknown as SenderFields<K>, target)
      return { api, error: undefined }
    } catch (error) {
      return { api, error: error ?? new Error('rejected with undefined') }
    }
  }
  try {
    const late = () => new Error(`"send" did not settle within ${limit} ms${reason}`)
    return await withTimeout(call(), times * limit, late)
  } finally {
    // Also when the sender never ends: an open server would keep the process alive.
    await server?.close()
  }
}

/** Throws unless every field arrived. A list may be split over several calls; each call must have all other fields. */
function checkArrival(run: Run, operation: OperationId, fields: Plain, expect: Sender<never>['expect']): void {
  expectCall(run)
  const bodies = run.api.calls.map(({ body }): Plain => (isRecord(body) ? body : {}))
  for (const [name, wanted] of Object.entries(fields)) {
    if (!Object.hasOwn(mockTables[operation].fields, name)) continue
    const list = Array.isArray(wanted)
    const seen = list ? [bodies.flatMap((body) => body[name] ?? [])] : bodies.map((body) => body[name])
    // Calls that are made at the same time may arrive in any order.
    const comparable = (value: unknown) =>
      JSON.stringify(list && bodies.length > 1 && Array.isArray(value) ? value.toSorted() : parsedJson(value))
    const wrong = seen.find((got) => comparable(got) !== comparable(wanted))
    if (wrong === undefined && seen.every((got) => got !== undefined)) continue
    const size = Math.max(...[wanted, wrong].map((value) => JSON.stringify(value)?.length ?? 0))
    if (size <= MAX_DIFF && wrong !== undefined) expect?.({ [name]: wrong }).toEqual({ [name]: wanted })
    const hint = wrong === undefined ? `. If your sender cannot say it, leave it out with "expresses"` : ''
    throw new Error(
      `${name}: the whole value must arrive. Expected ${shortJson(wanted)}, received ${shortJson(wrong)}${hint}`,
    )
  }
}

/** Throws unless the calls succeeded: no violation, no rejection, and every field arrived. */
function expectArrival<K extends OperationId>(run: Run, { expect }: Sender<K>, operation: K, fields: Plain): void {
  const { api, error } = run
  api.verify()
  if (error !== undefined)
    throw new Error(`"send" rejected a valid message: ${rejectionMessage(error)}`, { cause: error })
  checkArrival(run, operation, fields, expect)
}

/** Throws unless the sender resolves or rejects as the API answered. A sender that retries after an error may succeed. */
function expectOutcome(run: Run, succeeds: boolean, answerText: string): void {
  const { api, error } = run
  expectCall(run)
  api.verify()
  if (succeeds && error !== undefined)
    throw new Error(`"send" rejected a success: ${rejectionMessage(error)}`, { cause: error })
  if (!succeeds && error === undefined && api.calls.length < 2) {
    throw new Error(
      `"send" resolved although the API answered ${answerText}: its caller does not learn that nothing was sent`,
    )
  }
}

/** Throws unless two calls were made, each with its own signature. */
function expectTwoSignatures({ api, error }: Run): void {
  api.verify()
  if (error !== undefined)
    throw new Error(`"send" rejected the second call: ${rejectionMessage(error)}`, { cause: error })
  if (api.calls.length < 2) throw new Error(`two calls must be made. Received ${api.calls.length}`)
  const signatures = api.calls.map(({ headers }) => signatureNames.map((name) => headers[name]).find(Boolean))
  if (new Set(signatures).size < signatures.length) {
    throw new Error('two calls must have two signatures. Received one signature twice: nonce or time must be new')
  }
}

/** A test to register. `limit` are the milliseconds that it may take, where the runner's own limit may be too short. */
type Case = readonly [name: string, run: () => Promise<void>, limit?: number]

/** The vectors for a sender: those that differ only in their fields. */
const vectorsOf = (operation: OperationId) =>
  file.vectors.filter((vector) => vector.operation === operation && vector.layer === 'fields')

/** Decodes the fields of a vector. */
function vectorFields(operation: OperationId, body: (typeof file)['vectors'][number]['request']['body'] = []): Plain {
  const text = body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  return { ...decodeForm(text, mockTables[operation].fields).fields }
}

/** The sender must send valid fields unchanged. The sender or the API must refuse all others. */
function vectorCases<K extends OperationId>(tests: ContractTests<K>, operation: K): Case[] {
  const { expresses = () => true } = tests
  return vectorsOf(operation).flatMap(({ name, request, expect }): Case[] => {
    const isRefused = expect.verdict === 'refused'
    const fields = vectorFields(operation, request.body)
    // Decoded by the table of the operation.
    if (!expresses(fields as unknown as SenderFields<K>)) return []
    const run = async () => {
      const outcome = await runSender(tests, operation, fields)
      if (isRefused && outcome.error !== undefined) return
      expectArrival(outcome, tests, operation, fields)
    }
    return [[`${name}: ${isRefused ? 'is refused' : 'is sent unchanged'}`, run]]
  })
}

/** The sender must resolve or reject as the answer says, also for an error that comes with the HTTP status of a success. */
function answerCases<K extends OperationId>(tests: ContractTests<K>, operation: K, good: Plain): Case[] {
  const { success } = operations[operation]
  const succeeds = (status: number, answer: unknown) => isSuccess(operations[operation], status, answer)
  const examples = Object.entries(mockTables[operation].examples)
  const cases = examples.map(([name, { status, body }]): Case => {
    const isSuccess = succeeds(status, body)
    const answerText = `HTTP ${status}${isSuccess ? '' : `, code ${String(isRecord(body) && body[errorFields.code])}`}`
    const run = async () => {
      // One of the examples of this operation.
      const outcome = await runSender(tests, operation, good, {
        prepare: (api) => api.respondOnce(operation, name as never),
      })
      expectOutcome(outcome, isSuccess, answerText)
    }
    return [`${operation}: the answer ${name} (${answerText}) ${isSuccess ? 'resolves' : 'rejects'}`, run]
  })
  const error = examples.map(([, example]) => example).find(({ status, body }) => !succeeds(status, body) && body)
  if (!error || Object.keys(success.marks).length === 0) return cases
  const disguised = { status: success.status, body: error.body }
  const run = async () => {
    const outcome = await runSender(tests, operation, good, { prepare: (api) => api.respondOnce(operation, disguised) })
    expectOutcome(outcome, false, `HTTP ${success.status} with an error in its body`)
  }
  return [...cases, [`${operation}: an error that comes with HTTP ${success.status} rejects`, run]]
}

/** The sender must not wait for ever, and must not repeat a request that may have been processed. */
function faultCases<K extends OperationId>(tests: ContractTests<K>, operation: K, good: Plain): Case[] {
  const { timeout, atLeastOnce = false } = tests
  const expectRejection = (run: Run, what: string) => {
    const { api, error } = run
    expectCall(run)
    api.verify()
    if (api.calls.length > 1 && !atLeastOnce) {
      throw new Error(
        `"send" sent ${api.calls.length} times although ${what}: the message may arrive twice. If this is intended, set "atLeastOnce"`,
      )
    }
    if (error === undefined && !atLeastOnce) throw new Error(`"send" resolved although ${what}`)
  }
  const reset = async () =>
    expectRejection(
      await runSender(tests, operation, good, { prepare: (api) => api.respondOnce(operation, { fault: 'reset' }) }),
      'the connection broke before the answer',
    )
  const cases: Case[] = [[`${operation}: a broken connection rejects, and nothing is sent again`, reset]]
  if (timeout === undefined) return cases
  const limit = 2 * timeout
  const hang = async () => {
    const run = await runSender(tests, operation, good, {
      prepare: (api) => api.respondOnce(operation, { fault: 'hang' }),
      limit,
      reason: ', twice its time limit, although the server never answered',
    })
    expectRejection(run, 'the server never answered')
  }
  return [...cases, [`${operation}: a server that never answers rejects within ${limit} ms`, hang, limit]]
}

/** Skips a test if the runner can do that. The context of vitest is a function with properties. */
function skip([context]: readonly unknown[]): void {
  const { skip: skipTest }: { readonly skip?: unknown } = Object(context)
  if (typeof skipTest === 'function') skipTest.call(context)
}

/** A sender with one of these violations has it in every call, so one test is enough to say so. */
const COMMON_KEYWORDS: readonly string[] = ['path', 'method', 'app-key', 'signature']

/**
 * Registers the tests; see `ContractTests`. Each test has its own mock. The first one that runs makes a valid call. If there
 * is no call, if its path, its method or its signature is wrong, or if it does not end within 30 seconds, that test fails alone:
 * the others are skipped, and pass in a runner that cannot skip, such as jest.
 *
 * @throws TypeError for a wrong option
 */
export function describeContract<K extends OperationId = FirstOperation>(options: ContractTests<K>): void {
  checkOptions(options, CONTRACT_TEST_OPTIONS, 'describeContract')
  const { test, send, timeout, operation = operationIds[0] as K } = options
  if (typeof test !== 'function') throw new TypeError(`"test" must be a function. Received ${typeof test}`)
  if (typeof send !== 'function') throw new TypeError(`"send" must be a function. Received ${typeof send}`)
  for (const name of ['expect', 'serve', 'expresses'] as const) mustBeFunction(name, options[name])
  if (!Object.hasOwn(operations, operation)) {
    throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${shortJson(operation)}`)
  }
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0 && timeout <= MAX_SENDER_TIMEOUT_MS)) {
    throw new TypeError(
      `"timeout" must be milliseconds, more than 0 and at most ${MAX_SENDER_TIMEOUT_MS}. Received ${String(timeout)}`,
    )
  }
  const good = vectorFields(operation, vectorsOf(operation)[0]?.request.body)
  /** What is wrong with the first call; undefined if nothing is. */
  let firstFailure: Promise<unknown> | undefined
  /** The test that made the first call, and fails for it. */
  let firstTest: string | undefined
  const makeFirstCall = async () => {
    const run = await runSender(options, operation, good, { reason: ' for a valid message' })
    expectCall(run, '. It must send to the target\'s "baseUrl", or with its "fetch"')
    const { api } = run
    if (api.violations.some(({ keyword }) => COMMON_KEYWORDS.includes(keyword))) api.verify()
  }
  const cases: Case[] = [
    [`${operation}: the signature is right`, async () => {}, callLimit(timeout)],
    ...vectorCases(options, operation),
    ...answerCases(options, operation, good),
    ...faultCases(options, operation, good),
    [
      `${operation}: two calls have two signatures`,
      async () => expectTwoSignatures(await runSender(options, operation, good, { times: 2 })),
    ],
  ]
  for (const [name, run, limit] of cases) {
    const runUnlessFirstFailed = async (...context: readonly unknown[]) => {
      firstTest ??= name
      firstFailure ??= makeFirstCall().then(
        () => undefined,
        (error: unknown) => error,
      )
      const wrong = await firstFailure
      if (wrong === undefined) return run()
      if (name === firstTest) throw wrong
      skip(context)
    }
    test(name, runUnlessFirstFailed, limit === undefined ? undefined : runnerLimit(limit))
  }
}
