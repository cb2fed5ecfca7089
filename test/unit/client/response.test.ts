/** What an answer means for the request, also for other contracts than ours. */
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { outcomeOf, readText, retryAfterOf } from '../../../src/client/response.js'
import type { Operation } from '../../../src/core/contract.js'

type Marks = Operation['success']['marks']

/** An operation with HTTP 202 and these marks for success. Code 7 means that a retry never helps, code 8 that it may after a wait. */
const operation = (marks: Marks): Operation => ({
  method: 'POST',
  path: '/x',
  success: { status: 202, marks },
  retry: { 7: 'never', 8: 'after-wait', 9: 'unknown' },
})
const answer = (status: number, type = 'basic', headers = new Headers()) => ({ status, type, headers }) as Response
const outcome = (marks: Marks, status: number, text: string | undefined) =>
  outcomeOf('send', operation(marks), answer(status), text, { requestId: 'r' })

const NONE: Marks = {}
const ONE: Marks = { code: [200] }
const MANY: Marks = { code: [200], state: ['moved', 'kept'] }

afterEach(() => vi.useRealTimers())

describe('a success', () => {
  test.each([
    ['has the mark, which is left out of the data', ONE, '{"code":200,"a":1}', { a: 1 }],
    ['has a mark that can have several values', MANY, '{"code":200,"state":"kept"}', { state: 'kept' }],
    ['may be empty where nothing marks it', NONE, '', {}],
    ['may have a code that is the status where nothing marks it', NONE, '{"code":202}', { code: 202 }],
    ['needs no code where nothing marks it', NONE, '{"a":1}', { a: 1 }],
  ])('%s', (_name, marks, text, data) => {
    expect(outcome(marks, 202, text)).toEqual({ data: { ...data, requestId: 'r' } })
  })

  test('has status and headers of the answer, in no copy, JSON or comparison', () => {
    const headers = new Headers({ 'x-trace': 't' })
    const { data } = outcomeOf('send', operation(ONE), answer(202, 'basic', headers), '{"code":200}', {})
    expect((data as { response?: unknown }).response).toEqual({ status: 202, headers })
    expect([JSON.stringify(data), Object.keys(data ?? {})]).toEqual(['{}', ['requestId']])
  })

  test('has them in no copy when the answer has a field of that name, too', () => {
    const { data } = outcome(ONE, 202, '{"code":200,"response":1}')
    expect(data).toMatchObject({ response: { status: 202 } })
    expect(Object.keys(data ?? {})).toEqual(['requestId'])
  })
})

describe('an error', () => {
  test.each([
    ['another HTTP status', ONE, 201, '{"code":200}', 'HTTP 201, code 200: no error message'],
    ['another mark', ONE, 202, '{"code":1}', 'HTTP 202, code 1: no error message'],
    ['one mark of two', MANY, 202, '{"code":200}', 'HTTP 202, code 200: no error message'],
    ['an empty body where there must be a mark', ONE, 202, '', 'HTTP 202: an empty body'],
    ['text that is no JSON', NONE, 202, '<html>', 'HTTP 202: a body that is not a JSON object'],
    ['a body that is too long', NONE, 202, undefined, 'HTTP 202: a body of more than 1048576 bytes'],
    ['a list where there must be a mark', ONE, 202, '[]', 'HTTP 202: no error message'],
    ['null', NONE, 202, 'null', 'HTTP 202: a body that is not a JSON object'],
    ['null where there must be a mark', ONE, 202, 'null', 'HTTP 202: a body that is not a JSON object'],
    ['a code other than the status', NONE, 202, '{"code":200}', 'HTTP 202, code 200: no error message'],
    ['a code that is text', ONE, 202, '{"code":"200"}', 'HTTP 202: "code" is a string, not a number'],
    ['a code that is text, with a message', ONE, 401, '{"code":"7","errorMessage":"no"}', 'HTTP 401: no'],
    ['a long message', ONE, 400, `{"errorMessage":"${'x'.repeat(300)}"}`, `HTTP 400: ${'x'.repeat(200)}…`],
    [
      'a message with lines, colours and marks that turn text round',
      ONE,
      400,
      '{"errorMessage":" a\\r\\nb\\u001b[31mc\\u202ed\\u2067e\\u0000 "}',
      'HTTP 400: a b [31mc d e',
    ],
    [
      'a message in another script, with a joined sign',
      ONE,
      400,
      '{"errorMessage":"不行 👩‍💻"}',
      'HTTP 400: 不行 👩‍💻',
    ],
    ['a message that is no text', ONE, 400, '{"errorMessage":5}', 'HTTP 400: no error message'],
    ['an empty body with another status', NONE, 500, '', 'HTTP 500: an empty body'],
  ])('%s', (_name, marks, status, text, words) => {
    expect(outcome(marks, status, text).error?.message).toBe(`send: ${words}`)
  })

  // Only the rate limit, and a code that the contract marks so, prove that nothing was processed.
  test.each([
    [202, undefined, { kind: 'api', processed: 'unknown', retryable: true }],
    [399, undefined, { kind: 'api', processed: 'unknown', retryable: false }],
    [400, undefined, { kind: 'api', processed: 'unknown', retryable: false }],
    [408, undefined, { kind: 'api', processed: 'unknown', retryable: false }],
    [499, undefined, { kind: 'api', processed: 'unknown', retryable: false }],
    [500, undefined, { kind: 'api', processed: 'unknown', retryable: true }],
    [429, undefined, { kind: 'rate-limit', processed: 'no', retryable: true }],
    [400, 7, { kind: 'api', processed: 'no', retryable: false, code: 7 }],
    [500, 7, { kind: 'api', processed: 'no', retryable: false, code: 7 }],
    [429, 7, { kind: 'api', processed: 'no', retryable: false, code: 7 }],
    [400, 8, { kind: 'rate-limit', processed: 'no', retryable: true, code: 8 }],
    [400, 9, { kind: 'api', processed: 'unknown', retryable: true, code: 9 }],
    [429, 9, { kind: 'api', processed: 'unknown', retryable: true, code: 9 }],
    [500, 10, { kind: 'api', processed: 'unknown', retryable: true, code: 10 }],
    [400, 10, { kind: 'api', processed: 'unknown', retryable: false, code: 10 }],
  ])('HTTP %s and code %s decide whether a retry may help, the code first', (status, code, facts) => {
    expect(outcome(ONE, status, JSON.stringify({ code })).error).toMatchObject({ status, ...facts })
  })

  test.each([
    [300, 'basic', true],
    [399, 'basic', true],
    [299, 'basic', false],
    [400, 'basic', false],
    // What a browser gives for a redirect that is not followed.
    [0, 'opaqueredirect', true],
  ])('HTTP %i of type %s is a redirect, which is never retried: %s', (status, type, redirect) => {
    const { error } = outcomeOf('send', operation(ONE), answer(status, type), '', {})
    expect(error?.message.endsWith('a redirect, which is not followed')).toBe(redirect)
    if (redirect) expect(error?.retryable).toBe(false)
  })

  test('has the headers of the answer, but no cookies; they are in no log', () => {
    const headers = new Headers({ 'x-trace': 't', 'x-set-cookie-policy': 'p', 'Set-Cookie2': 'session=1' })
    headers.append('Set-Cookie', 'session=1')
    const { error } = outcomeOf('send', operation(ONE), answer(500, 'basic', headers), '', {})
    expect([...(error?.headers ?? [])]).toEqual([
      ['x-set-cookie-policy', 'p'],
      ['x-trace', 't'],
    ])
    expect(JSON.stringify(error)).not.toContain('trace')
    expect(Object.keys(error ?? {})).not.toContain('headers')
  })

  test("may have no headers, when the caller's own fetch made it", () => {
    const { error } = outcomeOf('send', operation(ONE), { status: 500 } as Response, '', {})
    expect([error?.status, error?.headers]).toEqual([500, undefined])
  })
})

describe('the body of an answer', () => {
  const MAX = 2 ** 20
  /** A stream of chunks, and whether it was cancelled. */
  function streamed(chunks: readonly Uint8Array[], ends = true) {
    const left = [...chunks]
    const state = { isCancelled: false, read: 0 }
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = left.shift()
          if (chunk) controller.enqueue(chunk)
          else if (ends) controller.close()
          state.read++
        },
        cancel() {
          state.isCancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return { response: new Response(body), state }
  }
  const bytes = (length: number) => new Uint8Array(length).fill(0x61)

  test.each([
    ['nothing', []],
    ['one chunk', [bytes(10)]],
    ['all that is allowed', [bytes(MAX - 1), bytes(1)]],
  ])('is read completely: %s', async (_name, chunks) => {
    const { response } = streamed(chunks)
    expect((await readText(response))?.length).toBe(chunks.reduce((sum, one) => sum + one.length, 0))
  })

  test('is not read beyond that size, and the rest is cancelled', async () => {
    const { response, state } = streamed([bytes(MAX), bytes(1), bytes(MAX)], false)
    expect(await readText(response)).toBeUndefined()
    expect(state).toEqual({ isCancelled: true, read: 2 })
  })

  test('is measured after decompression', async () => {
    const small = gzipSync(bytes(3 * MAX))
    expect(small.length).toBeLessThan(10_000)
    const inflated = new Blob([small]).stream().pipeThrough(new DecompressionStream('gzip'))
    expect(await readText(new Response(inflated))).toBeUndefined()
  })

  test('may have a character that is split between two chunks', async () => {
    const whole = new TextEncoder().encode('汉')
    const { response } = streamed([whole.subarray(0, 1), whole.subarray(1)])
    expect(await readText(response)).toBe('汉')
  })

  test.each([
    ['a stream of Node, as node-fetch has it', { body: Readable.from([Buffer.from('ab'), Buffer.from('c')]) }, 'abc'],
    ['no stream at all, as a stub has it', { text: async (): Promise<string> => 'abc' }, 'abc'],
    ['null', new Response(null), ''],
  ])('may be %s', async (_name, response, text) => {
    expect(await readText(response as unknown as Response)).toBe(text)
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-28T12:00:00Z')
  test.each([
    ['0', 0],
    ['7', 7_000],
    ['15', 15_000],
    [' 7 ', 7_000],
    ['5, 5', 5_000],
    ['5,5,   5', 5_000],
    ['on Sat Nov 28 12:00:30 2026', undefined],
    ['Sat Nov 28 12:00:30 2026 PST', undefined],
    ['5, 7', undefined],
    ['Sat Nov 28 12:00:30 2026', 30_000],
    ['Saturday, 28-Nov-26 12:00:30 GMT', 30_000],
    ['Sat, 28 Nov 2026 12:00:30 PST', undefined],
    ['Sat, 28 Nov 2026 12:00:30', undefined],
    ['wait 3000', undefined],
    ['Sat 3000', undefined],
    ['Sat, 28 Nov 2026 12:00:30 GMT', 30_000],
    ['Sat, 28 Nov 2026 11:59:30 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
    ['7 seconds', undefined],
    ['28 Nov 2026 12:00:30 GMT', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is a wait of %s ms', (value, wait) => {
    vi.useFakeTimers({ now })
    expect(retryAfterOf(new Headers(value === undefined ? {} : { 'Retry-After': value }))).toBe(wait)
  })

  test.each([
    ['Sat, 28 Nov 2026 13:00:00 GMT', 30_000],
    ['Sat Nov 28 13:00:00 2026', 30_000],
    ['Sat, 28 Nov 2026 13:01:00 GMT', 0],
    ['now', 3_630_000],
    ['', 3_630_000],
  ])("a date is compared with the server's own: %j gives %i ms", (date, wait) => {
    vi.useFakeTimers({ now })
    const headers = new Headers({ date, 'Retry-After': 'Sat, 28 Nov 2026 13:00:30 GMT' })
    expect(retryAfterOf(headers)).toBe(wait)
  })

  test('without headers there is none', () => {
    expect(retryAfterOf(undefined)).toBeUndefined()
  })
})

test.each(['5a', 'a5', '5, 6', 'Sat, 28 Nov 2026 12:00:04 GMT+0100'])('Retry-After: %s names no time', (value) => {
  expect(retryAfterOf(new Headers({ 'retry-after': value }))).toBeUndefined()
})
