/** What an answer, or an error in its place, says of the request; also for contracts other than ours. */
import { describe, expect, test } from 'vitest'
import { judge, neverSent } from '../../../src/client/response.js'
import type { Operation } from '../../../src/core/contract.js'

type Marks = Operation['success']['marks']

/** An operation whose success is HTTP 202 and these marks; code 7 says that a retry never helps, code 8 that it may after a wait. */
const operation = (marks: Marks): Operation => ({
  method: 'POST',
  path: '/x',
  success: { status: 202, marks },
  retry: { 7: 'never', 8: 'after-wait', 9: 'unknown' },
})
const answer = (status: number, type = 'basic') => ({ status, type }) as Response
const judged = (marks: Marks, status: number, text: unknown) =>
  judge('send', operation(marks), answer(status), text, {})

const NONE: Marks = {}
const ONE: Marks = { code: [200] }
const MANY: Marks = { code: [200], state: ['moved', 'kept'] }

describe('a success', () => {
  test.each([
    ['has the mark, which is left out of the data', ONE, '{"code":200,"a":1}', { a: 1 }],
    ['keeps a mark that can have several values', MANY, '{"code":200,"state":"kept"}', { state: 'kept' }],
    ['may be empty where nothing marks it', NONE, '', {}],
    ['may be nothing at all where nothing marks it', NONE, undefined, {}],
    ['may have a code that is the status where nothing marks it', NONE, '{"code":202}', { code: 202 }],
    ['needs no code where nothing marks it', NONE, '{"a":1}', { a: 1 }],
  ])('%s', (_name, marks, text, data) => {
    expect(judged(marks, 202, text)).toEqual({ data })
  })
})

describe('no success', () => {
  test.each([
    ['another HTTP status', ONE, 201, '{"code":200}', 'HTTP 201, code 200: no error message'],
    ['another mark', ONE, 202, '{"code":1}', 'HTTP 202, code 1: no error message'],
    ['one mark of two', MANY, 202, '{"code":200}', 'HTTP 202, code 200: no error message'],
    ['an empty body where there must be a mark', ONE, 202, '', 'HTTP 202: an empty body'],
    ['text that is no JSON', NONE, 202, '<html>', 'HTTP 202: a body that is not a JSON object'],
    ['a list where there must be a mark', ONE, 202, '[]', 'HTTP 202: no error message'],
    ['null', NONE, 202, 'null', 'HTTP 202: a body that is not a JSON object'],
    ['null where there must be a mark', ONE, 202, 'null', 'HTTP 202: a body that is not a JSON object'],
    ['a code other than the status', NONE, 202, '{"code":200}', 'HTTP 202, code 200: no error message'],
    ['a code that is text', ONE, 401, '{"code":"7","errorMessage":"no"}', 'HTTP 401: no'],
    ['a long message', ONE, 400, `{"errorMessage":"${'x'.repeat(300)}"}`, `HTTP 400: ${'x'.repeat(200)}…`],
    ['a message that is no text', ONE, 400, '{"errorMessage":5}', 'HTTP 400: no error message'],
    ['an empty body with another status', NONE, 500, '', 'HTTP 500: an empty body'],
  ])('%s', (_name, marks, status, text, words) => {
    expect(judged(marks, status, text).error?.message).toBe(`send: ${words}`)
  })

  test.each([
    [399, undefined, { kind: 'api', sent: 'unknown', retryable: false }],
    [400, undefined, { kind: 'api', sent: 'no', retryable: false }],
    [499, undefined, { kind: 'api', sent: 'no', retryable: false }],
    [500, undefined, { kind: 'api', sent: 'unknown', retryable: true }],
    [429, undefined, { kind: 'rate-limit', sent: 'no', retryable: true }],
    [500, 7, { kind: 'api', sent: 'no', retryable: false, code: 7 }],
    [400, 8, { kind: 'rate-limit', sent: 'no', retryable: true, code: 8 }],
    [400, 9, { kind: 'api', sent: 'unknown', retryable: true, code: 9 }],
    [500, 10, { kind: 'api', sent: 'unknown', retryable: true, code: 10 }],
  ])('HTTP %s and code %s decide what a retry is worth, the code first', (status, code, facts) => {
    expect(judged(ONE, status, JSON.stringify({ code })).error).toMatchObject({ status, ...facts })
  })

  test.each([
    [300, 'basic', true],
    [399, 'basic', true],
    [299, 'basic', false],
    [400, 'basic', false],
    // What a browser gives for a redirect that is not followed.
    [0, 'opaqueredirect', true],
  ])('HTTP %i of type %s is a redirect, and is never worth a retry: %s', (status, type, redirect) => {
    const { error } = judge('send', operation(ONE), answer(status, type), '', {})
    expect(error?.message.endsWith('a redirect, which is not followed')).toBe(redirect)
    if (redirect) expect(error?.retryable).toBe(false)
  })
})

describe('a request was surely never sent', () => {
  const [made, read] = ['connect', 'read'].map((syscall) => ({ code: 'EHOSTUNREACH', syscall }))
  test.each([
    ['in the answer to a request', { cause: read }],
    ['nobody knows when', { cause: { code: 'ENETUNREACH' } }],
    ['by a code like that', { cause: { ...made, code: 'XEHOSTUNREACH' } }],
    ['by another code like that', { cause: { ...made, code: 'EHOSTUNREACHX' } }],
    ['at one address of two', { cause: { code: 'EHOSTUNREACH', errors: [made, read] } }],
  ])('not where there is no way to the host, %s: it may have been', (_when, error) => {
    expect(neverSent(error)).toBe(false)
  })

  test.each([
    ['Node', { cause: { code: 'ECONNREFUSED' } }],
    ['Node, for a host without a way', { cause: made }],
    ['Node, for all addresses of one', { cause: { code: 'EHOSTUNREACH', errors: [made, made] } }],
    ['Bun', { code: 'ConnectionRefused' }],
    ['Deno', { cause: { message: 'error sending request: client error (Connect): refused' } }],
  ])('where %s says so', (_name, error) => {
    expect(neverSent(error)).toBe(true)
  })

  test.each([
    null,
    undefined,
    'ECONNREFUSED',
    {},
    { code: 'XECONNREFUSED' },
    { code: 'ECONNREFUSEDX' },
    { code: 'ECONNRESET' },
    { cause: null },
    { cause: { message: 'reset' } },
  ])('but not where %j is all that is known', (error) => {
    expect(neverSent(error)).toBe(false)
  })
})
