/**
 * A sender under test: what it is asked to send, and whether that arrived and its outcome was told.
 *
 * @module
 */
import { type Fields, type OperationId, standIn } from '../core/contract.js'
import type { MockApiOptions } from './mock-api.js'
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

/** The sender, and how it is met. */
export interface Sender<K extends OperationId> {
  /** The runner's `expect`, for its diffs. Default: none; errors then tell both values. */
  readonly expect?:
    | ((value: unknown) => {
        /** Compares by value, and throws with a diff. */
        toEqual(expected: unknown): unknown
      })
    | undefined
  /** Sends one message by your own code. Must reject when the API refuses it. */
  readonly send: (fields: Fields<K>, target: Target) => unknown
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

export type Plain = Readonly<Record<string, unknown>>

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
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text
}

const said = (error: unknown) => (error === undefined ? '' : error instanceof Error ? error.message : shown(error))

/** A diff of longer values helps nobody. */
const MOST_DIFFED = 2_000

/** One meeting of a sender with a stand-in of its own. */
export interface Meeting {
  readonly api: MockApi
  /** What the sender rejected with; undefined when it resolved. */
  readonly error: unknown
}

/** Sends to a new stand-in, so many times or until the sender rejects. */
export async function meet<K extends OperationId>(
  { send, serve, freshness = 'lenient' }: Sender<K>,
  fields: Plain,
  prepare?: (api: MockApi) => void,
  times = 1,
): Promise<Meeting> {
  const keys = { appKey: 'contract-app-key', appSecret: 'contract-app-secret' }
  const api = createMockApi({ ...keys, freshness, rateLimit: false })
  prepare?.(api)
  const server = await serve?.(api)
  const target = { ...keys, baseUrl: server?.url ?? 'http://contract.invalid', fetch: api.fetch }
  try {
    // Decoded by the table of the operation.
    for (let i = 0; i < times; i++) await send({ ...fields } as unknown as Fields<K>, target)
    return { api, error: undefined }
  } catch (error) {
    return { api, error: error ?? new Error('nothing was said') }
  } finally {
    await server?.close()
  }
}

/** Throws unless all that was to be sent arrived: lists may come in several calls, other fields in each. */
function checkArrival(api: MockApi, operation: OperationId, fields: Plain, expect: Sender<never>['expect']): void {
  const bodies = api.calls.map(({ body }) => (body ?? {}) as Plain)
  if (bodies.length === 0) throw new Error('"send" resolved, and made no call')
  for (const [name, wanted] of Object.entries(fields)) {
    if (!Object.hasOwn(standIn[operation].fields, name)) continue
    const list = Array.isArray(wanted)
    const seen = list ? [bodies.flatMap((body) => body[name] ?? [])] : bodies.map((body) => body[name])
    const wrong = seen.find((got) => JSON.stringify(meaning(got)) !== JSON.stringify(meaning(wanted)))
    if (wrong === undefined && seen.every((got) => got !== undefined)) continue
    const size = Math.max(...[wanted, wrong].map((one) => JSON.stringify(one)?.length ?? 0))
    if (size <= MOST_DIFFED) expect?.({ [name]: wrong }).toEqual({ [name]: wanted })
    throw new Error(`${name}: all of it must arrive. Expected ${shown(wanted)}, received ${shown(wrong)}`)
  }
}

/** Throws unless all is well with calls that must succeed: no breach, no rejection, all of it arrived. */
export function mustArrive<K extends OperationId>(
  { api, error }: Meeting,
  { expect }: Sender<K>,
  operation: K,
  fields: Plain,
): void {
  api.verify()
  if (error !== undefined) throw new Error(`"send" rejected what is on the contract: ${said(error)}`, { cause: error })
  checkArrival(api, operation, fields, expect)
}

/** Throws unless the sender's outcome is that of the answer. One that tries again after an error may resolve when that helped. */
export function mustTell({ api, error }: Meeting, fine: boolean, told: string): void {
  api.verify()
  if (api.calls.length === 0) throw new Error(`"send" made no call. ${said(error)}`)
  if (fine && error !== undefined) throw new Error(`"send" rejected a success: ${said(error)}`, { cause: error })
  if (!fine && error === undefined && api.calls.length < 2) {
    throw new Error(`"send" resolved although the API answered ${told}: nobody learns that nothing was sent`)
  }
}

/** Throws unless both of two calls were made, each with a signature that fits. */
export function mustSignTwice({ api, error }: Meeting): void {
  api.verify()
  if (error !== undefined) throw new Error(`"send" rejected the second call: ${said(error)}`, { cause: error })
  if (api.calls.length < 2) throw new Error(`two calls must be made. Received ${api.calls.length}`)
}
