/**
 * `describeContract`: drives a sender of your own through the vectors of the contract, inside your own test run.
 *
 * @module
 */
import { fieldVectors } from '#vectors'
import { type Fields, type OperationId, operationIds, operations, standIn } from '../contract.js'
import { decodeForm } from '../form.js'
import type { MockApiOptions } from './api.js'
import { createMockApi, type MockApi } from './stand-in.js'

/** Where a sender must send to, and how it must sign. */
export interface Target {
  /** Base URL, without a path. Only `fetch` reaches it, unless `serve` was given. */
  readonly baseUrl: string
  /** The App Key that the stand-in knows. */
  readonly appKey: string
  /** Its App Secret: made up, and safe to print. */
  readonly appSecret: string
  /** Answers for every host, in place of the runtime's `fetch`. */
  readonly fetch: typeof globalThis.fetch
}

/** What `describeContract` needs to know. */
export interface ContractTests<K extends OperationId> {
  /** The test function of your runner: vitest, jest, `node:test`. */
  readonly test: (name: string, run: () => Promise<void>) => unknown
  /** The runner's `expect`, for its diffs. Default: none; errors then tell both values. */
  readonly expect?:
    | ((value: unknown) => {
        /** Compares by value, and throws with a diff. */
        toEqual(expected: unknown): unknown
      })
    | undefined
  /** Sends one message by your own code. Must reject when the API refuses it. */
  readonly send: (fields: Fields<K>, target: Target) => unknown
  /** Which operation it sends. Default: the first of the contract. */
  readonly operation?: K | undefined
  /** Passes over what the sender has no way to express. Default: all is expressed. */
  readonly expresses?: ((fields: Fields<K>) => boolean) | undefined
  /** `strict` also wants fresh nonces and headers of the documented form. Default `lenient`. */
  readonly freshness?: MockApiOptions['freshness'] | undefined
  /** Serves the stand-in to senders that take no `fetch`: `startServer` of the door `./server`. */
  readonly serve?:
    | ((api: MockApi) => Promise<{
        /** Base URL, without a path. */
        readonly url: string
        /** Stops serving; called after each test. */
        readonly close: () => Promise<void>
      }>)
    | undefined
}

type Plain = Readonly<Record<string, unknown>>

/** The fields of a vector. */
function fieldsOf(operation: OperationId, body: (typeof fieldVectors)[number]['body']): Plain {
  const text = body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  return { ...decodeForm(text, standIn[operation].fields).fields }
}

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

/** A diff of longer values helps nobody. */
const MOST_DIFFED = 2_000

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text
}

/** Registers the tests; see `ContractTests`. Each runs against a stand-in of its own. */
export function describeContract<K extends OperationId = OperationId>(options: ContractTests<K>): void {
  const { test, send, operation = operationIds[0] as K, expresses = () => true, freshness = 'lenient', serve } = options
  if (typeof test !== 'function') throw new TypeError(`"test" must be a function. Received ${typeof test}`)
  if (typeof send !== 'function') throw new TypeError(`"send" must be a function. Received ${typeof send}`)
  if (!Object.hasOwn(operations, operation)) {
    throw new TypeError(`"operation" must be one of ${operationIds.join(', ')}. Received ${shown(operation)}`)
  }
  const vectors = fieldVectors.filter((vector) => vector.operation === operation)
  const good = fieldsOf(operation, vectors[0]?.body ?? [])
  const { examples, fields: kinds } = standIn[operation]

  /** Sends to a new stand-in; tells whether the sender rejected, and with what. */
  async function attempt(fields: Plain, prepare?: (api: MockApi) => void, times = 1): Promise<[MockApi, unknown]> {
    const keys = { appKey: 'contract-app-key', appSecret: 'contract-app-secret' }
    const api = createMockApi({ ...keys, freshness, rateLimit: false })
    prepare?.(api)
    const server = await serve?.(api)
    const target = { ...keys, baseUrl: server?.url ?? 'http://contract.invalid', fetch: api.fetch }
    try {
      for (let i = 0; i < times; i++) await send({ ...fields } as Fields<K>, target)
      return [api, undefined]
    } catch (error) {
      return [api, error ?? new Error('nothing was said')]
    } finally {
      await server?.close()
    }
  }

  /** Throws unless all that was to be sent arrived: lists may come in several calls, other fields in each. */
  function arrived(api: MockApi, fields: Plain): void {
    const bodies = api.calls.map(({ body }) => (body ?? {}) as Plain)
    if (bodies.length === 0) throw new Error('"send" resolved, and made no call')
    for (const [name, wanted] of Object.entries(fields)) {
      if (!Object.hasOwn(kinds, name)) continue
      const list = Array.isArray(wanted)
      const seen = list ? [bodies.flatMap((body) => body[name] ?? [])] : bodies.map((body) => body[name])
      const wrong = seen.find((got) => JSON.stringify(meaning(got)) !== JSON.stringify(meaning(wanted)))
      if (wrong === undefined && seen.every((got) => got !== undefined)) continue
      const size = Math.max(...[wanted, wrong].map((one) => JSON.stringify(one)?.length ?? 0))
      if (size <= MOST_DIFFED) options.expect?.({ [name]: wrong }).toEqual({ [name]: wanted })
      throw new Error(`${name}: all of it must arrive. Expected ${shown(wanted)}, received ${shown(wrong)}`)
    }
  }

  for (const { name, body, breach } of vectors) {
    const fields = fieldsOf(operation, body)
    if (!expresses(fields as Fields<K>)) continue
    test(`${name}: ${breach ? 'is not taken for sent' : 'is sent as it is'}`, async () => {
      const [api, error] = await attempt(fields)
      if (breach && error !== undefined) return
      api.verify()
      if (error !== undefined)
        throw new Error(`"send" rejected what is on the contract: ${said(error)}`, { cause: error })
      arrived(api, fields)
    })
  }

  const { success } = operations[operation]
  const succeeds = (status: number, answer: unknown) =>
    status === success.status &&
    Object.entries(success.marks).every(([mark, values]) => values.includes((answer as Plain | null)?.[mark]))

  for (const [name, { status, body }] of Object.entries(examples)) {
    const fine = succeeds(status, body)
    const told = `HTTP ${status}${fine ? '' : `, code ${String((body as Plain | null)?.['code'])}`}`
    test(`${operation}: the answer ${name} (${told}) ${fine ? 'resolves' : 'rejects'}`, async () => {
      const [api, error] = await attempt(good, (one) => one.next(operation, name as never))
      judge(api, error, fine, told)
    })
  }

  const [first] = Object.values(examples).filter(({ status, body }) => !succeeds(status, body) && body)
  if (first && Object.keys(success.marks).length > 0) {
    test(`${operation}: an error that comes with HTTP ${success.status} rejects`, async () => {
      const told = `HTTP ${success.status} with an error in its body`
      const [api, error] = await attempt(good, (one) =>
        one.next(operation, { status: success.status, body: first.body }),
      )
      judge(api, error, false, told)
    })
  }

  test(`${operation}: two calls are signed one by one`, async () => {
    const [api, error] = await attempt(good, undefined, 2)
    api.verify()
    if (error !== undefined) throw new Error(`"send" rejected the second call: ${said(error)}`, { cause: error })
    if (api.calls.length < 2) throw new Error(`two calls must be made. Received ${api.calls.length}`)
  })

  /** A sender that tries again after an error may resolve when that helped. */
  function judge(api: MockApi, error: unknown, fine: boolean, told: string): void {
    api.verify()
    if (api.calls.length === 0) throw new Error(`"send" made no call. ${said(error)}`)
    if (fine && error !== undefined) throw new Error(`"send" rejected a success: ${said(error)}`, { cause: error })
    if (!fine && error === undefined && api.calls.length < 2) {
      throw new Error(`"send" resolved although the API answered ${told}: nobody learns that nothing was sent`)
    }
  }
}

const said = (error: unknown) => (error === undefined ? '' : error instanceof Error ? error.message : shown(error))
