/**
 * Turns an answer into a result or an error.
 *
 * @module
 */

import { errorFields, isSuccess, type Operation, type Retry } from '../core/contract.js'
import { type ErrorFacts, RongCloudError } from '../core/error.js'
import { parseJson } from '../core/json.js'
import { isRecord } from '../core/record.js'
import { oneLine } from '../core/redact.js'

/** The data of a call that succeeded, or the error of one that failed. */
export type Outcome =
  | { readonly data: object; readonly error?: never }
  | { readonly data?: never; readonly error: RongCloudError }

/** Longest body that is read, in bytes after decompression. Answers of the contract have a few kilobytes. */
const MAX_BODY_BYTES = 2 ** 20

/** Reads the body of an answer; undefined when it is too long. Leaving the loop cancels the rest. */
export async function readText(response: Response): Promise<string | undefined> {
  // A web stream, or a Node stream from node-fetch. Other bodies, such as stubs in tests, are read without a limit.
  const body = response.body as AsyncIterable<Uint8Array> | null | undefined
  if (typeof body?.[Symbol.asyncIterator] !== 'function') return response.text()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Whether the rate limit refused the call. Without an error code that the contract knows, the HTTP status decides. */
const isRateLimit = (status: number, retry: Retry | undefined): boolean =>
  retry === undefined ? status === 429 : retry === 'after-wait'

/** Whether sending the request again may help. */
const mayHelp = (status: number, retry: Retry | undefined): boolean =>
  retry === undefined ? status === 429 || status < 300 || status >= 500 : retry !== 'never'

const isRedirect = ({ type, status }: Response) => type === 'opaqueredirect' || (status >= 300 && status < 400)

/** A short description of an answer that is an error. */
function describeAnswer(response: Response, text: string | undefined, body: unknown): string {
  if (isRedirect(response)) return 'a redirect, which is not followed'
  if (text === undefined) return `a body of more than ${MAX_BODY_BYTES} bytes`
  if (text === '') return 'an empty body'
  if (!isRecord(body)) return 'a body that is not a JSON object'
  const { [errorFields.message]: message, [errorFields.code]: code } = body
  if (typeof message === 'string') return oneLine(message)
  return typeof code === 'string' ? `"${errorFields.code}" is a string, not a number` : 'no error message'
}

/** A copy of the answer without the marks that have only one value. Deleting fields would make the object slow. */
function withoutMarks(object: Readonly<Record<string, unknown>>, { success }: Operation): object {
  let left = object
  for (const [mark, values] of Object.entries(success.marks)) {
    if (values.length !== 1) continue
    const { [mark]: _, ...rest } = left
    left = rest
  }
  return left
}

/** Copies the headers of an answer, without cookies. */
function withoutCookies({ headers }: Response): Headers | undefined {
  // A caller's own `fetch` may answer without headers.
  if (typeof headers?.entries !== 'function') return undefined
  return new Headers([...headers].filter(([name]) => !/^set-cookie/i.test(name)))
}

/**
 * An answer that is no success, or whose body is neither an object nor empty, is an error.
 *
 * @param text the body; undefined when it was too long
 */
export function outcomeOf(
  name: string,
  operation: Operation,
  response: Response,
  text: string | undefined,
  facts: Partial<ErrorFacts>,
): Outcome {
  const { status, headers } = response
  const body = text ? parseJson(text) : undefined
  const object = isRecord(body) ? body : {}
  const { [errorFields.code]: sent } = object
  const code = typeof sent === 'number' ? sent : undefined
  const isReadable = body === object || text === ''
  if (isReadable && isSuccess(operation, status, object)) {
    const data = Object.assign(withoutMarks(object, operation), { requestId: facts.requestId })
    return { data: Object.defineProperty(data, 'response', { value: { status, headers }, enumerable: false }) }
  }
  const retry = code === undefined ? undefined : operation.retry[code]
  const hasLimit = isRateLimit(status, retry)
  const description = describeAnswer(response, text, body)
  const error = new RongCloudError(
    `${name}: HTTP ${status}${code === undefined ? '' : `, code ${code}`}: ${description}`,
    {
      ...facts,
      kind: hasLimit ? 'rate-limit' : 'api',
      code,
      status,
      headers: withoutCookies(response),
      processed: hasLimit || retry === 'never' ? 'no' : 'unknown',
      retryable: mayHelp(status, retry) && !isRedirect(response),
    },
  )
  return { error }
}

/** The time of an HTTP date; NaN for any other text. The form of `asctime` names no zone and means GMT. */
function httpDate(text: string): number {
  const date = /^[a-z]{3} .* \d{4}$/i.test(text) ? `${text} GMT` : text
  return /^[a-z]+,? .* [\d:]{8} .*GMT$/i.test(date) ? Date.parse(date) : Number.NaN
}

/**
 * Milliseconds to wait, from the header `Retry-After`: seconds, which may be set twice, or a date. A date is compared with the
 * server's own, in the header `Date`, because the clock of this machine may differ.
 */
export function retryAfterOf(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after') ?? ''
  const seconds = /^(\d+)(, *\1)*$/.exec(value)?.[1]
  if (seconds !== undefined) return Number(seconds) * 1_000
  const date = httpDate(value)
  const now = httpDate(headers?.get('date') ?? '') || Date.now()
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
