/**
 * Readers of captures take each character once. A reader that takes some of them again and again needs minutes for one
 * megabyte, and so exceeds the time limit of a test many times over; these need some hundredths of a second.
 */
import { describe, expect, test } from 'vitest'
import { CaptureError } from '../../src/cli/captures/capture.js'
import { readCapture } from '../../src/cli/captures/read.js'
import { readSignedCalls } from '../../src/cli/captures/signed-calls.js'
import { form, PAIRS, PATH, signedHeaders } from '../support/raw-request.js'

const SIZE = 2 ** 20
const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length))
const lines = Object.entries(signedHeaders()).map(([name, value]) => `${name}: ${value}`)
const FORM = 'Content-Type: application/x-www-form-urlencoded'

/** How many requests are read of a text; the reason where it is refused. */
function requestsIn(text: string): number | string {
  try {
    return readCapture(Buffer.from(text)).requests.length
  } catch (error) {
    if (error instanceof CaptureError) return error.message
    throw error
  }
}

const http = `POST ${PATH} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${form(PAIRS).length}\r\n\r\n${form(PAIRS)}`
const editor = `### one\nPOST http://h${PATH}\n${lines.join('\n')}\n\n${form(PAIRS)}\n\n`
const curl = `curl http://h${PATH} \\\n${lines.map((line) => `  -H '${line}' \\\n`).join('')}  -d '${form(PAIRS)}'\n`
const trace = `> POST ${PATH} HTTP/1.1\n${lines.map((line) => `> ${line}\n`).join('')}> \n< HTTP/1.1 200 OK\n< \n{"code":200}\n`
const head = `POST ${PATH} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
const addressed = (text: string) =>
  [...text.matchAll(/.*\r\n/g)]
    .map((line) => `${line.index.toString(16).padStart(4, '0')}: ${line[0].trimEnd()}\n`)
    .join('')
const dump = `=> Send header, ${head.length} bytes (0x0)\n${addressed(head)}=> Send data, 3 bytes (0x3)\n0000: a=1\n`
const entry = {
  request: { method: 'POST', url: `http://127.0.0.1${PATH}`, headers: [], postData: { text: form(PAIRS) } },
  response: { status: 200 },
}
const har = (count: number) => JSON.stringify({ log: { entries: Array.from({ length: count }, () => entry) } })

describe('a megabyte of right requests is read whole', () => {
  test.each([
    ['HTTP', fill(http), Math.ceil(SIZE / http.length)],
    ['an editor', fill(editor), Math.ceil(SIZE / editor.length)],
    ['curl commands', fill(curl), Math.ceil(SIZE / curl.length)],
    ['the output of curl -v', fill(trace), Math.ceil(SIZE / trace.length)],
    ['the output of curl --trace-ascii', fill(dump), Math.ceil(SIZE / dump.length)],
    ['HAR', har(2_000), 2_000],
  ])('%s', (_name, text, count) => {
    expect(requestsIn(text)).toBe(count)
    expect(readSignedCalls(Buffer.from(text)).calls.length).toBe(_name === 'HAR' ? 0 : count)
  })
})

describe('a megabyte of what slows a careless reader down', () => {
  test.each([
    ['spaces', fill(' '), /Received no request/],
    ['line breaks', fill('\n'), /Received no request/],
    ['carriage returns', fill('\r'), /Received no request/],
    ['comments', fill('#\n'), /Received no request/],
    ['letters', fill('A'), 0],
    ['spaces within a header', `POST ${PATH}\nX: a${fill(' ')}b\n\n`, 1],
    ['spaces within a request line', `POST ${fill(' ')}x\n\n`, 0],
    ['braces', `POST ${PATH}\n\na${fill('{{')}`, 1],
    ['braces that no line closes', `POST ${PATH}\n\n${fill('{{')}`, 0],
    ['variables within one another', fill('@a = {{a}}{{a}}\n'), /Received no request/],
    ['a line of --trace after the other', `=> Send header, ${SIZE} bytes\n${fill('0000: a\n')}`, 0],
    ['chunks', `POST ${PATH}\nTransfer-Encoding: chunked\n\n${fill('1\na\n')}0\n\n`, 1],
    ['chunks without a last one', `POST ${PATH}\nTransfer-Encoding: chunked\n\n${fill('1\na\n')}`, 0],
    [
      'answers whose length is not theirs',
      fill(`POST ${PATH} HTTP/1.1\nContent-Length: 0\n\nHTTP/1.1 200 OK\nContent-Length: 900\n\n{\n}\n`),
      9710,
    ],
    ['values that are not there', `x\n${fill('"Nonce": nonce, ')}`, 0],
    ['prompts of a terminal', `curl x ${fill('\\\n> -s ')}`, 1],
    ['fields on lines of their own', `POST ${PATH}\n${FORM}\n\n${fill('a=1&\n')}`, 1],
    ['a form with many spaces', `POST ${PATH}\n${FORM}\n\na${fill(' ')}`, 1],
    ['a request that is not understood, many times', fill(`### x\nPOST http://h${PATH}\nhello\n\n`), 0],
    ['a quote that is not closed', `curl '${fill('a')}`, 0],
    ['variables of a shell', `curl "${fill('${')}"`, 0],
    ['line breaks after backslashes', `curl x ${fill('\\\n')}`, 1],
    ['a long word of a shell', `curl ${fill('a/')}`, 1],
    ['numbers like those of a progress meter', `> POST ${PATH} HTTP/1.1\n< HTTP/1.1 200 OK\n${fill(' 1')}\n`, 1],
  ])('%s', (_name, text, result) => {
    const found = requestsIn(text)
    if (result instanceof RegExp) expect(found).toMatch(result)
    else expect(found).toBe(result)
    expect(readSignedCalls(Buffer.from(text)).calls).toEqual([])
  })
})

test('a megabyte of headers by themselves is read, each block as a call', () => {
  expect(readSignedCalls(Buffer.from(fill('Nonce: 1\n\n'))).calls).toHaveLength(Math.ceil(SIZE / 10))
})

test('variables within one another do not grow without end', () => {
  const text = Array.from({ length: 40 }, (_, i) => `@v${i + 1} = {{v${i}}}{{v${i}}}`).join('\n')
  const { requests, unreadable } = readCapture(
    Buffer.from(`@v0 = 0123456789\n${text}\n\nPOST /x\n\n{{v3}}\n\n###\nPOST /x\n\n{{v40}}`),
  )
  expect(requests.map(({ body }) => body?.length)).toEqual([80])
  expect(unreadable.map(({ reason }) => reason)).toEqual(['uses the variable {{v40}}, which only the editor knows'])
})
