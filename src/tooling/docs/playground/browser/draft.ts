/**
 * The call to be sent: the texts of the form, and the request that the client makes of them.
 *
 * @module
 */
import { FORM, mockTables, type OperationId, operations, security, servers } from '../../../../core/contract.js'
import { decodeForm, encodeForm } from '../../../../core/form.js'
import { type Parts, signatureOf } from '../../../../core/signature.js'
import type { Fault } from '../../../../testing.js'

/** Credentials of the playground's app. They are of no use elsewhere. */
export const APP_KEY = 'playground'
export const APP_SECRET = 'not-a-secret'
/** Signs the calls that are to be refused. */
export const WRONG_SECRET = 'another-secret'

/** How long the playground's client waits for an answer: shorter than usual, because somebody is watching. */
export const TIMEOUT_MS = 3_000

/** How late an answer may come: not at all, late, and later than the client waits. */
export const DELAYS_MS: readonly number[] = [300, 1_000, TIMEOUT_MS + 500]

/** How a call is sent. */
export interface Settings {
  /** Name of the example to answer with; empty to let the mock decide. */
  scenario: string
  /** How the answer is broken; empty when it is not. */
  fault: Fault | ''
  /** Milliseconds before the answer. */
  delay: number
  /** The client validates the request before it sends it. */
  validate: boolean
  /** The client keeps the rate limit. */
  limiter: boolean
  /** The client signs with a wrong secret. */
  wrongSecret: boolean
  /** Base URL of the real host that is shown. */
  server: string
}

/** One call as the form has it: texts, one or more for each name. */
export interface Draft {
  operation: OperationId
  fields: Readonly<Record<string, readonly string[]>>
  headers: Readonly<Record<string, string>>
  settings: Settings
}

export const DEFAULTS: Settings = {
  scenario: '',
  fault: '',
  delay: 0,
  validate: true,
  limiter: true,
  wrongSecret: false,
  server: servers.find(({ backup }) => !backup)?.url ?? 'https://api.example.com',
}

/** What differs from call to call. */
export interface CallIdentity {
  readonly nonce: string
  readonly timestamp: number
  readonly requestId: string
}

/** Length of the nonces, in characters. */
export const NONCE_LENGTH: number = Math.min(18, security.nonceLength ?? 18)

/** A new nonce, time and request id. */
export function newCallIdentity(): CallIdentity {
  const requestId = crypto.randomUUID()
  const digits = crypto.randomUUID().replaceAll('-', '')
  return { nonce: digits.slice(0, NONCE_LENGTH), timestamp: Date.now(), requestId }
}

/** The fields as a caller passes them to the client: numbers where the contract has numbers. */
export function typedFields({ operation, fields }: Pick<Draft, 'operation' | 'fields'>): Record<string, unknown> {
  return decodeForm(encodeForm(fields), mockTables[operation].fields).fields
}

const isRequestId = (name: string): boolean => name.toLowerCase() === 'x-request-id'

/** The headers without the request id, and the request id, which the client takes as an option. */
export function splitHeaders({ headers }: Pick<Draft, 'headers'>): {
  headers: Record<string, string>
  requestId?: string
} {
  const entries = Object.entries(headers)
  const others = Object.fromEntries(entries.filter(([name]) => !isRequestId(name)))
  const [, requestId] = entries.find(([name]) => isRequestId(name)) ?? []
  return requestId === undefined ? { headers: others } : { headers: others, requestId }
}

/** A request on the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly host: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** What was signed, and the signature. */
  readonly parts: Parts
}

/** The request that the client makes of a draft. */
export function wireRequest(draft: Draft, { nonce, timestamp, requestId }: CallIdentity): WireRequest {
  const { method, path } = operations[draft.operation]
  const appSecret = draft.settings.wrongSecret ? WRONG_SECRET : APP_SECRET
  const signed = { appKey: APP_KEY, appSecret, nonce, timestamp: String(timestamp) }
  const parts: Parts = { ...signed, [security.signature]: signatureOf(signed) }
  const signingHeaders = Object.entries(security.headers).map(([part, name]) => [name, parts[part] ?? ''] as const)
  const own = splitHeaders(draft)
  const { host, pathname } = new URL(draft.settings.server)
  return {
    method,
    path: pathname.replace(/\/$/, '') + path,
    host,
    headers: [
      ...signingHeaders,
      ['X-Request-ID', own.requestId ?? requestId],
      ...Object.entries(own.headers),
      ['Content-Type', FORM],
    ],
    body: encodeForm(typedFields(draft)),
    parts,
  }
}
