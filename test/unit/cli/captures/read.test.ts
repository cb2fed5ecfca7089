/** The requests that the readers of captures find: method, URL, headers and body, character by character. */
import { describe, expect, test } from 'vitest'
import type { CapturedRequest } from '../../../../src/cli/captures/capture.js'
import { readCapture } from '../../../../src/cli/captures/read.js'

const FORM = 'Content-Type: application/x-www-form-urlencoded'

/** The requests of a text that has nothing else. */
function requestsOf(text: string): readonly CapturedRequest[] {
  const { requests, unreadable, notSent } = readCapture(Buffer.from(text))
  expect([unreadable, notSent]).toEqual([[], []])
  return requests
}

describe('HTTP', () => {
  const bodyOf = (...lines: string[]) => requestsOf(['POST http://h/p', FORM, '', ...lines].join('\n'))[0]?.body

  test.each<[name: string, lines: readonly string[], body: string]>([
    ['one line', ['a=1&b=2'], 'a=1&b=2'],
    ['blank lines behind it', ['a=1', '', ''], 'a=1'],
    ['comments before, within and behind it', ['# one', 'a=1', '// two', '&b=2', '', '# three'], 'a=1&b=2'],
    ['a field on each line, & in front', ['a=1', '&b=2', '  &c=3'], 'a=1&b=2&c=3'],
    ['a field on each line, & at the end', ['a=1&', 'b=2 &', 'c = 3'], 'a=1&b=2&c=3'],
    ['a line break in a value', ['a=1', '2'], 'a=1\n2'],
    ['a response handler', ['a=1', '> {%', 'a=2', '%}'], 'a=1'],
    ['a response handler on one line', ['a=1', '> {% a=2 %}', ''], 'a=1'],
    ['files of responses', ['a=1', '> ./x.js', '>> out.json', '<> in.json'], 'a=1'],
    ['assertions', ['a=1', '?? status == 200'], 'a=1'],
    ['JSON with braces', ['a={"b":{"c":1}}'], 'a={"b":{"c":1}}'],
  ])('takes from the body of an editor: %s', (_name, lines, body) => {
    expect(bodyOf(...lines)).toBe(body)
  })

  test('ends bodies without a length at the rule between two exchanges', () => {
    const exchange = `POST http://h/p\n${FORM}\n\na=1\n\nHTTP/1.1 200 OK\n\n{}\n\n`
    const text = [exchange, exchange.split('HTTP')[0], exchange].join(`${'-'.repeat(66)}\n`)
    const found = requestsOf(text).map(({ body, answer }) => [body, answer?.body])
    expect(found).toEqual([
      ['a=1', '{}'],
      ['a=1', undefined],
      ['a=1', '{}'],
    ])
  })

  test('keeps all of a body with a length, whatever it looks like', () => {
    const body = '# a\n> {% b %}\n{{c}}\n###\n'
    const text = `POST /p HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    expect(requestsOf(text).map((request) => request.body)).toEqual([body])
  })

  test('reads methods, URLs of several lines, and a URL by itself', () => {
    const text = 'post http://h/p\n  /q\n?a=1\n&b=2 HTTP/1.1\n\n###\nhttp://h/x\n\n### three\nPUT /y\n'
    expect(requestsOf(text).map(({ at, method, url }) => [at, method, url])).toEqual([
      [1, 'POST', 'http://h/p/q?a=1&b=2'],
      [7, 'GET', 'http://h/x'],
      [10, 'PUT', '/y'],
    ])
  })

  test('reads headers as a server does: some once, others joined', () => {
    const headers = 'Content-Type: a\nX-A: 1\n# no header\nx-a:2  \ncontent-type: b\n'
    expect(requestsOf(`POST /p\n${headers}`)[0]?.headers).toEqual({ 'content-type': 'a', 'x-a': '1, 2' })
  })

  test.each([
    ['a variable in the URL', 'POST http://{{h}}/p\n', 'uses the variable {{h}}, which only the editor knows'],
    ['a variable in a header', 'POST /p\nX: {{x}}\n', 'uses the variable {{x}}, which only the editor knows'],
    ['a variable in the body', 'POST /p\n\n{{ b }}\n', 'uses the variable {{ b }}, which only the editor knows'],
    ['a body from a file', 'POST /p\n\n<@utf8 ./x\n', 'has a body from a file (<@utf8 ./x)'],
    ['a script before the request', '< {% x %}\nPOST /p\n', 'has a script that runs before the request'],
    ['another file', 'import ./x.http\n', 'refers to another file (import ./x.http)'],
  ])('refuses %s', (_name, text, reason) => {
    expect(readCapture(Buffer.from(text))).toMatchObject({ requests: [], unreadable: [{ at: 1, reason }] })
  })
})

describe('HAR', () => {
  const bodyOf = (postData: object) =>
    requestsOf(JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: 'http://h/p', postData } }] } }))[0]
      ?.body

  test.each<[name: string, postData: object, body: string]>([
    ['the text', { text: 'a=%7B', params: [{ name: 'a', value: '{' }] }, 'a=%7B'],
    ['Base64', { text: 'YT0x', encoding: 'base64' }, 'a=1'],
    [
      'parameters that are encoded',
      {
        params: [
          { name: 'a', value: '%7B%7D' },
          { name: 'b', value: 'x' },
        ],
      },
      'a=%7B%7D&b=x',
    ],
    ['parameters that are not', { params: [{ name: 'a', value: '{"b":"50%25"}' }] }, 'a=%7B%22b%22%3A%2250%2525%22%7D'],
    ['parameters without a value', { text: '', params: [{ name: 'a' }, { name: 'b', value: '' }] }, 'a=&b='],
  ])('takes as body %s', (_name, postData, body) => {
    expect(bodyOf(postData)).toBe(body)
  })
})

describe('the output of curl -v', () => {
  const command = "$ curl -v http://h/p -d 'a=1'\n"
  const trace = '> POST /p HTTP/2\n> x-a: 1\n> \n< HTTP/2 100 \n< \n< HTTP/2 200 \n< content-length: 2\n< \n'

  test('takes the body from the command in front of it, and from no other', () => {
    const text = `${command}${trace}{}* Connection #0 to host h left intact\n${trace}{}\n`
    expect(requestsOf(text)).toMatchObject([
      { at: 2, url: '/p', headers: { 'x-a': '1' }, body: 'a=1', answer: { status: 200, body: '{}' } },
      { at: 11, url: '/p', body: undefined, answer: { status: 200, body: '{}' } },
    ])
  })

  test('reads a command that no trace follows as a request of its own', () => {
    const text = `${command}${trace}{}\n$ curl http://h/q -d 'b=2'\n{"c":3}\n${command}${trace}{}\n$ curl http://h/r\n`
    const found = requestsOf(text).map(({ at, url, body, answer }) => [at, url, body, answer?.body])
    expect(found).toEqual([
      [2, '/p', 'a=1', '{}'],
      [11, 'http://h/q', 'b=2', undefined],
      [14, '/p', 'a=1', '{}'],
      [23, 'http://h/r', '', undefined],
    ])
  })

  test('names what else is in it: HTTP, and commands that are not understood', () => {
    const { requests, unreadable } = readCapture(Buffer.from(`${trace}\nPOST /p HTTP/1.1\nX: 1\n\n$ curl $U\n`))
    expect(requests).toHaveLength(1)
    expect(unreadable).toEqual([
      { at: 10, reason: 'is HTTP behind the output of curl -v, which is not read' },
      { at: 13, reason: 'uses the variable $U, which only the shell knows' },
    ])
  })

  test('does not take a body of another length', () => {
    const sent = trace.replace('> x-a: 1', '> content-length: 3')
    const bodies = ['a=1', 'a=12'].map((body) => requestsOf(`$ curl -v http://h/p -d '${body}'\n${sent}{}\n`)[0]?.body)
    expect(bodies).toEqual(['a=1', undefined])
  })

  test.each(['0:00:01 ', ' 0:00:01'])('reads the line behind a progress meter: %j', (time) => {
    const meter = `\r  0     0    0     0    0     0      0      0 --:--:-- ${time} --:--:--     0`
    const text = trace.replace('< HTTP/2 200', `${meter}< HTTP/2 502`)
    expect(requestsOf(text)[0]?.answer?.status).toBe(502)
  })

  test.each([
    ['went elsewhere', '{ [2 bytes data]\n'],
    ['is longer than its length', '{"code":200}\n'],
    ['is shorter than its length', '{\n'],
  ])('does not take an answer whose body %s', (_name, body) => {
    expect(requestsOf(`${trace}${body}`)[0]?.answer).toEqual({ status: 200, body: undefined })
  })
})
