/**
 * What is to be sent: the texts of the form, and the request that the client makes of them.
 *
 * @module
 */
import { FORM, mockTables, type OperationId, operations, security, servers } from '../../../../core/contract.js'
import { decodeForm, encodeForm } from '../../../../core/form.js'
import { type Parts, signatureOf } from '../../../../core/signature.js'

/** The app of the playground. Neither is of any use elsewhere. */
export const APP_KEY = 'playground'
export const APP_SECRET = 'not-a-secret'
/** What a wrong secret signs with. */
export const WRONG_SECRET = 'another-secret'

/** How it is sent. */
export interface Settings {
  /** Name of the example that answers; empty where the mock decides. */
  scenario: string
  /** The client checks before it sends. */
  check: boolean
  /** The client keeps the rate limit. */
  limiter: boolean
  /** The client signs with a wrong secret. */
  wrong: boolean
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
  check: true,
  limiter: true,
  wrong: false,
  server: servers.find(({ backup }) => !backup)?.url ?? 'https://api.example.com',
}

/** What is new in each call. */
export interface Draw {
  readonly nonce: string
  readonly timestamp: number
  readonly requestId: string
}

/** A new nonce, time and request id. */
export function draw(): Draw {
  const requestId = crypto.randomUUID()
  const digits = crypto.randomUUID().replaceAll('-', '')
  return { nonce: digits.slice(0, Math.min(18, security.nonceLength ?? 18)), timestamp: Date.now(), requestId }
}

/** The fields as a caller of the client would give them: numbers where the contract has numbers. */
export function fieldsOf({ operation, fields }: Pick<Draft, 'operation' | 'fields'>): Record<string, unknown> {
  return decodeForm(encodeForm(fields), mockTables[operation].fields).fields
}

/** The headers of the form by lower-case name, without the request id, and that. */
export function headersOf({ headers }: Pick<Draft, 'headers'>): { own: Record<string, string>; requestId?: string } {
  const { 'x-request-id': requestId, ...own } = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return requestId === undefined ? { own } : { own, requestId }
}

/** The request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly host: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** What the signature was made of. */
  readonly parts: Parts
}

/** The request that the client makes of a draft. */
export function requestOf(draft: Draft, { nonce, timestamp, requestId }: Draw): WireRequest {
  const { method, path } = operations[draft.operation]
  const parts: Record<string, string> = { appKey: APP_KEY, nonce, timestamp: String(timestamp) }
  parts['appSecret'] = draft.settings.wrong ? WRONG_SECRET : APP_SECRET
  parts[security.signature] = signatureOf(parts)
  const signed = Object.entries(security.headers).map(([part, name]) => [name, parts[part] ?? ''] as const)
  const given = headersOf(draft).requestId
  const others = Object.entries(draft.headers).filter(([name]) => name.toLowerCase() !== 'x-request-id')
  const { host, pathname } = new URL(draft.settings.server)
  return {
    method,
    path: pathname.replace(/\/$/, '') + path,
    host,
    headers: [...signed, ['X-Request-ID', given ?? requestId], ...others, ['Content-Type', FORM]],
    body: encodeForm(fieldsOf(draft)),
    parts,
  }
}
