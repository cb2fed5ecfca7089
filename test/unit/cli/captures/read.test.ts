/** The requests that the readers of captures find: method, URL, headers and body, character by character. */
import { describe, expect, test } from 'vitest'
import type { CapturedRequest } from '../../../../src/cli/captures/capture.js'
import { readCapture } from '../../../../src/cli/captures/read.js'

const FORM = 'Content-Type: application/x-www-form-urlencoded'

const CUT = 'has a body in chunks that is cut off'
const NO_BODY = 'has none of the 9 bytes of its body'

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

  test('joins headers of one name, but for the length of the body', () => {
    const headers =
      'Content-Type: a\nX-A: 1\n# no header\nx-a:2  \ncontent-type: b\nContent-Length: 3\ncontent-length: 9\n'
    expect(requestsOf(`POST /p\n${headers}\na=1`)).toMatchObject([
      { headers: { 'content-type': 'a, b', 'x-a': '1, 2', 'content-length': '3' }, body: 'a=1' },
    ])
  })

  test.each([
    ['a variable in the URL', 'POST http://{{h}}/p\n', 'uses the variable {{h}}, which only the editor knows'],
    ['a variable in a header', 'POST /p\nX: {{x}}\n', 'uses the variable {{x}}, which only the editor knows'],
    ['a variable in the body', 'POST /p\n\n{{ b }}\n', 'uses the variable {{ b }}, which only the editor knows'],
    ['a body from a file', 'POST /p\n\n<@utf8 ./x\n', 'has a body from a file (<@utf8 ./x)'],
    ['a script before the request', '< {% x %}\nPOST /p\n', 'has a script that runs before the request'],
    ['a script behind a body', `POST /p\n\na=1\n\n{{\n  if (x) {\n  }\n}}\n`, 'has a script of the editor'],
    ['a script about the answer', `POST /p\n\na=1\n\n{{@response\n  if (x) {\n  }\n}}\n`, 'has a script of the editor'],
    ['a script at its beginning', '{{\n  x = 1\n}}\nPOST /p\n', 'has a script of the editor'],
    ['a status of Hurl', `POST /p\n\na=1\n\nHTTP 200\n`, 'is of Hurl, which is not read'],
    ['a section of Hurl', `POST /p\n\n[Asserts]\nstatus == 200\n`, 'is of Hurl, which is not read'],
    ['a body of Hurl', 'POST /p\n\n`a=1`\n', 'is of Hurl, which is not read'],
    ['chunks without a last one', 'POST /p\nTransfer-Encoding: chunked\n\n3\na=1\n', CUT],
    ['a chunk that is cut off', 'POST /p\nTransfer-Encoding: chunked\n\n9\na=1', CUT],
    ['headers without their body', 'POST /p\nContent-Length: 3\n', 'has none of the 3 bytes of its body'],
    ['headers with a blank line', 'POST /p\nContent-Length: 3\n\n\n', 'has none of the 3 bytes of its body'],
    ['an answer in place of the body', 'POST /p\nContent-Length: 9\n\nHTTP/1.1 200 OK\n\n{}', NO_BODY],
    ['a separator in place of the body', 'POST /p\nContent-Length: 9\n\n### two', NO_BODY],
    ['a request in place of the body', 'POST /p\nContent-Length: 9\n\nPOST /q HTTP/1.1\n\na=1', NO_BODY],
    ['another file', 'import ./x.http\n', 'refers to another file (import ./x.http)'],
  ])('refuses %s', (_name, text, reason) => {
    expect(readCapture(Buffer.from(text))).toMatchObject({ requests: [], unreadable: [{ at: 1, reason }] })
  })
})

const HTTP = 'POST /a HTTP/1.1\nHost: h\n\n\n'
test.each([
  ['as --dry-run writes it, is the same request', `### HTTP\n${HTTP}### curl\ncurl http://h/a -d x=1\n`, ['/a']],
  [
    'twice as --dry-run writes it',
    `### HTTP\n${HTTP}### curl\ncurl http://h/a\n### HTTP\n${HTTP}### curl\ncurl http://h/a\n`,
    ['/a', '/a'],
  ],
  ['behind another title', `### mine\n${HTTP}### curl\ncurl http://h/b\n`, ['/a', 'http://h/b']],
  ['behind no title', `${HTTP}### curl\ncurl http://h/b\n`, ['/a', 'http://h/b']],
  ['behind itself', `### HTTP\n${HTTP}### curl\ncurl http://h/a\n### curl\ncurl http://h/c\n`, ['/a', 'http://h/c']],
  ['first', '### curl\ncurl http://h/b\n', ['http://h/b']],
])('a section with the title curl: %s', (_name, text, urls) => {
  expect(requestsOf(text).map(({ url }) => url)).toEqual(urls)
})

test.each([
  ['wget', '@a = 1\n###\nwget http://h/p\n'],
  ['GraphQL', 'GRAPHQL http://h/p\n'],
])('takes no other word for a method: %s', (_name, text) => {
  expect(readCapture(Buffer.from(text))).toMatchObject({ requests: [], unreadable: [{ kind: 'no-request' }] })
})

describe('an answer behind a request', () => {
  const LENGTH = 'Content-Length: 12'
  const CHUNKED = 'Transfer-Encoding: chunked'
  const PRETTY = '{\n    "code": 200\n}'
  test.each<[name: string, header: string, text: string, body: string | undefined]>([
    ['of its length', LENGTH, '{"code":200}', '{"code":200}'],
    ['printed in another form', LENGTH, PRETTY, PRETTY],
    ['printed in another form, with a line that ends where the length does', 'Content-Length: 1', PRETTY, PRETTY],
    ['printed without its chunks', CHUNKED, PRETTY, PRETTY],
    ['printed without its chunks, no JSON', CHUNKED, '<p>', undefined],
    ['of its length, no JSON', 'Content-Length: 3', '<p>', '<p>'],
    ['cut off', LENGTH, '{"code":', undefined],
    ['in chunks', CHUNKED, 'c\n{"code":200}\n0\n', '{"code":200}'],
    ['with the time it took', 'X: 1', `${PRETTY}\n\nElapsed time: 0.1s`, PRETTY],
  ])('%s', (_name, header, text, body) => {
    const request = 'POST /p HTTP/1.1\nContent-Length: 3\n\na=1'
    const found = requestsOf(`${request}\n\nHTTP/1.1 200 OK\n${header}\n\n${text}\n\n${request}`)
    expect(found.map((one) => one.answer)).toEqual([{ status: 200, body }, undefined])
  })
})

test('the body of an answer in chunks that the end of the file cuts off is not known', () => {
  const text = 'POST /p HTTP/1.1\nContent-Length: 0\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nc\n{"code":'
  expect(requestsOf(text)[0]?.answer).toEqual({ status: 200, body: undefined })
})

describe('HAR', () => {
  const readEntry = (request: object, content?: object) =>
    readCapture(
      Buffer.from(
        JSON.stringify({
          log: {
            entries: [
              { request: { method: 'POST', url: 'http://h/p', ...request }, response: { status: 200, content } },
            ],
          },
        }),
      ),
    )

  test.each<[name: string, request: object, body: string | undefined]>([
    ['-1 is an unknown size', { bodySize: -1 }, undefined],
    ['no size is known', {}, undefined],
    ['an empty text of unknown size', { bodySize: -1, postData: { text: '', params: [] } }, undefined],
    ['none was sent', { bodySize: 0 }, ''],
    ['none was sent, by its header', { bodySize: -1, headers: [{ name: 'Content-Length', value: '0' }] }, ''],
  ])('without a body: %s', (_name, request, body) => {
    expect(readEntry(request).requests).toMatchObject([{ body }])
  })

  test('refuses a compressed body, as in HTTP', () => {
    const headers = [{ name: 'Content-Encoding', value: 'gzip' }]
    const reason = 'has a body in gzip, which is not unpacked'
    expect(readEntry({ headers, postData: { text: 'a=1' } })).toMatchObject({ requests: [], unreadable: [{ reason }] })
  })

  test.each([
    ['cut off', { size: 500, text: '{"code":20' }, undefined],
    ['of another size', { size: 500, text: '{"code":200}' }, '{"code":200}'],
    ['no JSON', { size: 3, text: '<p>' }, '<p>'],
  ])('an answer that is %s', (_name, content, body) => {
    expect(readEntry({ bodySize: 0 }, content).requests[0]?.answer).toEqual({ status: 200, body })
  })

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
    expect(unreadable).toMatchObject([
      { at: 10, reason: 'is HTTP behind the output of curl -v, which is not read' },
      { at: 13, reason: 'uses the variable $U, which only the shell knows' },
    ])
  })

  test('takes no text of an answer for a command', () => {
    const text = `${trace}{"hint":"> curl http://h/q -d b=2"}\n${trace}<pre>$ curl http://h/q</pre>\n`
    expect(requestsOf(text).map(({ url }) => url)).toEqual(['/p', '/p'])
  })

  test('does not take what curl writes behind an answer in chunks', () => {
    const text = `${trace.replace('content-length: 2', 'transfer-encoding: chunked')}{"code":200}{"time":1}\n`
    expect(requestsOf(text)[0]?.answer).toEqual({ status: 200, body: undefined })
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
