/**
 * What became of a request: judged from the answer, or from the error that came in its place.
 *
 * @module
 */
import type { Operation, Retry } from '../core/contract.js'
import { type ErrorFacts, RongCloudError } from '../core/error.js'
import { cut } from '../core/redact.js'

/** The answer of a call that succeeded, or why it did not. */
export type Outcome =
  | { readonly data: object; readonly error?: never }
  | { readonly data?: never; readonly error: RongCloudError }

/** Codes of connections that were never made: Node (also inside `cause`) and Bun. */
const NEVER_MADE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/
/** Codes that say so of a connection being made, and of one that had been made the contrary. */
const NO_ROUTE = /^(EHOSTUNREACH|ENETUNREACH)$/

/** An error of the system; one for each address where a name has several. */
interface SystemError {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
  readonly errors?: readonly SystemError[]
  readonly cause?: SystemError
}

/** Whether it came while a connection was being made. */
const isConnecting = ({ syscall, errors }: SystemError): boolean =>
  errors?.length ? errors.every(isConnecting) : syscall === 'connect'

/** True only when the request surely never left: a shape that nobody knows counts as "it may have". */
export function neverSent(error: unknown): boolean {
  const whole = (error ?? {}) as SystemError
  const { cause } = whole
  const told = whole.code === undefined ? (cause ?? {}) : whole
  const code = String(told.code ?? '')
  return (
    NEVER_MADE.test(code) ||
    (NO_ROUTE.test(code) && isConnecting(told)) ||
    // Deno
    String(cause?.message ?? '').includes('client error (Connect)')
  )
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What an HTTP status says by itself, where the answer has no code that the contract knows. */
function retryOf(status: number): Retry {
  if (status === 429) return 'after-wait'
  return status >= 400 && status < 500 ? 'never' : 'unknown'
}

/** What a refusal says for itself, in few words. */
function said(text: unknown, body: unknown): string {
  if (typeof body !== 'object' || body === null) return text ? 'a body that is not a JSON object' : 'an empty body'
  const { errorMessage } = body as { errorMessage?: unknown }
  return typeof errorMessage === 'string' ? cut(errorMessage, 200) : 'no error message'
}

/** The answer without the values that can be no others. Copied: an object that lost a field is slow from then on. */
function withoutMarks(object: object, marks: readonly (readonly [string, readonly unknown[]])[]): object {
  let left = object
  for (const [mark, values] of marks) {
    if (values.length !== 1) continue
    const { [mark]: _, ...rest } = left as Record<string, unknown>
    left = rest
  }
  return left
}

/** Success is the HTTP status of the contract and each value that marks a success; all else is an error. */
export function judge(
  name: string,
  { success, retry: table }: Operation,
  response: Response,
  text: unknown,
  facts: Partial<ErrorFacts>,
): Outcome {
  const body = parsed(text)
  const object = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const { status } = response
  const code = typeof object['code'] === 'number' ? object['code'] : undefined
  const known = code === undefined ? undefined : table[code]
  const marks = Object.entries(success.marks)
  // Without a mark, a code that is not the status says that it is none; an answer may then be empty, too.
  const marked =
    marks.length > 0 ? marks.every(([mark, values]) => values.includes(object[mark])) : (code ?? status) === status
  const readable = body === object || !text
  if (status === success.status && readable && marked) {
    return { data: withoutMarks(object, marks) }
  }
  const retry = known ?? retryOf(status)
  const redirected = response.type === 'opaqueredirect' || (status >= 300 && status < 400)
  const words = redirected ? 'a redirect, which is not followed' : said(text, body)
  const error = new RongCloudError(`${name}: HTTP ${status}${code === undefined ? '' : `, code ${code}`}: ${words}`, {
    ...facts,
    kind: retry === 'after-wait' ? 'rate-limit' : 'api',
    code,
    status,
    sent: retry === 'unknown' ? 'unknown' : 'no',
    retryable: retry !== 'never' && !redirected,
  })
  return { error }
}
