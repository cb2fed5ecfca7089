/**
 * What a rejected `fetch` means. Each error was recorded on its runtime, together with the requests that the server counted.
 * An error is `no` only if no request had arrived. `test/integration/faults.test.ts` causes them again on real sockets.
 */
import { describe, expect, test } from 'vitest'
import { causeMessage, failureOf } from '../../../src/client/failure.js'

/** An error with the properties of a runtime. */
function thrown(message: string, facts: object = {}, name = 'Error'): Error {
  return Object.assign(new Error(message), { name }, facts)
}
/** Errors of undici, and so of Node and Deno. */
const failed = (cause: Error): Error => thrown('fetch failed', { cause }, 'TypeError')
const ssl = (reason: string, code: string) =>
  thrown(`80BC10DE117F0000:error:0A00010B:SSL routines:ssl3_get_record:${reason}:record.c:350:\n`, {
    code,
    library: 'SSL routines',
    reason,
  })
const connecting = (code: string) => thrown(`connect ${code} 127.0.0.1:1`, { code, syscall: 'connect' })
const deno = (words: string) => failed(thrown(`error sending request for url (http://127.0.0.1:1/x): ${words}`))
const nodeFetch = (reason: string, code: string) =>
  thrown(`request to https://localhost:1/x failed, reason: ${reason}`, { code, type: 'system' }, 'FetchError')
const bun = (message: string, code: string) => thrown(message, { code, errno: 0 }, 'TypeError')
const BUN_CLOSED =
  'ECONNRESET: The socket connection was closed unexpectedly. For more information, pass `verbose: true` in the second argument to fetch()'
const tunnel = (status: number) =>
  thrown(
    'Request was cancelled.',
    { code: 0, cause: thrown(`Proxy response (${status}) !== 200 when HTTP Tunneling`, { code: 'UND_ERR_ABORTED' }) },
    'Error',
  )

describe('nothing was sent', () => {
  test.each([
    ['Node: refused', failed(connecting('ECONNREFUSED')), 'connect ECONNREFUSED 127.0.0.1:1'],
    [
      'Node: refused at every address of the host',
      failed(thrown('', { code: 'ECONNREFUSED', errors: [connecting('ECONNREFUSED'), connecting('ECONNREFUSED')] })),
      'connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
      'Node: no address of the host answered in time',
      failed(thrown('', { code: 'ETIMEDOUT', errors: [connecting('ETIMEDOUT'), connecting('ENETUNREACH')] })),
      'connect ETIMEDOUT 127.0.0.1:1',
    ],
    [
      'Node: unknown name',
      failed(thrown('getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
      'getaddrinfo ENOTFOUND x',
    ],
    [
      'Node: name server without an answer',
      failed(thrown('getaddrinfo EAI_AGAIN x', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' })),
      'getaddrinfo EAI_AGAIN x',
    ],
    [
      'Node: no file left to look a name up',
      failed(thrown('getaddrinfo EMFILE x', { code: 'EMFILE', syscall: 'getaddrinfo' })),
      'getaddrinfo EMFILE x',
    ],
    ['Node: no way to the host', failed(connecting('EHOSTUNREACH')), 'connect EHOSTUNREACH 127.0.0.1:1'],
    ['Node: no way to the network', failed(connecting('ENETUNREACH')), 'connect ENETUNREACH 127.0.0.1:1'],
    ['Node: timed out while connecting', failed(connecting('ETIMEDOUT')), 'connect ETIMEDOUT 127.0.0.1:1'],
    ['Node: reset while connecting', failed(connecting('ECONNRESET')), 'connect ECONNRESET 127.0.0.1:1'],
    [
      'undici: connect time-out',
      failed(thrown('Connect Timeout Error', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'ConnectTimeoutError')),
      'Connect Timeout Error (UND_ERR_CONNECT_TIMEOUT)',
    ],
    ['Node: blocked port', failed(thrown('bad port')), 'bad port'],
    [
      'Node: self-signed',
      failed(thrown('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
      'self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [
      'Node: expired',
      failed(thrown('certificate has expired', { code: 'CERT_HAS_EXPIRED' })),
      'certificate has expired (CERT_HAS_EXPIRED)',
    ],
    [
      'Node: unknown authority',
      failed(thrown('unable to verify the first certificate', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })),
      'unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    ],
    [
      'Node: misnamed',
      failed(
        thrown("Hostname/IP does not match certificate's altnames: Host: a. is not b", {
          code: 'ERR_TLS_CERT_ALTNAME_INVALID',
          reason: 'Host: a. is not b',
        }),
      ),
      'Host: a. is not b (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
    [
      'Node: dropped in the handshake',
      failed(
        thrown('Client network socket disconnected before secure TLS connection was established', {
          code: 'ECONNRESET',
          host: 'localhost',
        }),
      ),
      'Client network socket disconnected before secure TLS connection was established (ECONNRESET)',
    ],
    [
      'Node: https to a plain port',
      failed(ssl('wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER')),
      'wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)',
    ],
    [
      'Node 20: no version in common',
      failed(ssl('tlsv1 alert protocol version', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')),
      'tlsv1 alert protocol version (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
    ],
    [
      'Node 20: handshake refused',
      failed(ssl('sslv3 alert handshake failure', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')),
      'sslv3 alert handshake failure (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE)',
    ],
    [
      'Node 22 to 26: handshake refused',
      failed(ssl('ssl/tls alert handshake failure', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')),
      'ssl/tls alert handshake failure (ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE)',
    ],
    [
      'Node: plain HTTP to a TLS port that answers by an alert',
      failed(
        thrown('Response does not match the HTTP/1.1 protocol', { data: '\x15\x03\x03\0\x02\x02P' }, 'HTTPParserError'),
      ),
      'Response does not match the HTTP/1.1 protocol',
    ],
    [
      'undici: 407 to CONNECT',
      failed(tunnel(407)),
      'Proxy response (407) !== 200 when HTTP Tunneling (UND_ERR_ABORTED)',
    ],
    [
      'undici: 502 to CONNECT',
      failed(tunnel(502)),
      'Proxy response (502) !== 200 when HTTP Tunneling (UND_ERR_ABORTED)',
    ],
    [
      'undici 8: the proxy closed at CONNECT',
      failed(
        thrown('Proxy Connection failed', {
          code: 'UND_ERR_PRX_CONN',
          cause: thrown('other side closed', { code: 'UND_ERR_SOCKET' }),
        }),
      ),
      'other side closed (UND_ERR_SOCKET)',
    ],
    [
      'Bun: refused',
      bun('ECONNREFUSED: Unable to connect. Is the computer able to access the url?', 'ECONNREFUSED'),
      'ECONNREFUSED: Unable to connect. Is the computer able to access the url?',
    ],
    [
      'Bun before 1.3: refused',
      bun('Unable to connect.', 'ConnectionRefused'),
      'Unable to connect. (ConnectionRefused)',
    ],
    [
      'Bun: no way to the host',
      bun('EHOSTUNREACH: Unable to connect. Is the computer able to access the url?', 'EHOSTUNREACH'),
      'EHOSTUNREACH: Unable to connect. Is the computer able to access the url?',
    ],
    [
      'Bun: no way to the network',
      bun('ENETUNREACH: Was there a typo in the url or port?', 'ENETUNREACH'),
      'ENETUNREACH: Was there a typo in the url or port?',
    ],
    ['Bun: expired', bun('certificate has expired', 'CERT_HAS_EXPIRED'), 'certificate has expired (CERT_HAS_EXPIRED)'],
    [
      'Bun: 407 to CONNECT',
      thrown('Proxy refused to open a tunnel: 407 Proxy Authentication Required', { code: 'ERR_PROXY_TUNNEL' }),
      'Proxy refused to open a tunnel: 407 Proxy Authentication Required (ERR_PROXY_TUNNEL)',
    ],
    [
      'Deno: refused',
      deno('client error (Connect): tcp connect error: Connection refused (os error 111)'),
      'tcp connect error: Connection refused (os error 111)',
    ],
    [
      'Deno: expired',
      deno('client error (Connect): invalid peer certificate: certificate expired'),
      'invalid peer certificate: certificate expired',
    ],
    ['Deno: dropped in the handshake', deno('client error (Connect): tls handshake eof'), 'tls handshake eof'],
    [
      'Deno: blocked port',
      thrown('Fetch failed: Requests to port 6667 are blocked', {}, 'TypeError'),
      'Fetch failed: Requests to port 6667 are blocked',
    ],
    [
      'node-fetch: no way to the host',
      nodeFetch('connect EHOSTUNREACH 100::1:80', 'EHOSTUNREACH'),
      'connect EHOSTUNREACH 100::1:80',
    ],
    [
      'node-fetch: https to a plain port',
      nodeFetch('write EPROTO 40BD:error:0A00010B:SSL routines:x:wrong version number:y.c:77:\n', 'EPROTO'),
      'write EPROTO 40BD:error:0A00010B:SSL routines:x:wrong version number:y.c:77:',
    ],
  ])('%s', (_shape, error, why) => {
    expect(failureOf(error, 'host')).toEqual({
      kind: 'network',
      processed: 'no',
      retryable: true,
      message: `no connection to host: ${why}`,
    })
  })
})

test.each([
  ...['ECONNREFUSED', 'ConnectionRefused', 'FailedToOpenSocket', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['UND_ERR_PRX_TLS', 'ERR_PROXY_TUNNEL', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_NOT_YET_VALID', 'CRL_HAS_EXPIRED'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT', 'HOSTNAME_MISMATCH'],
  ...['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'],
])('the code %s alone means that nothing was sent', (code) => {
  expect(failureOf(thrown('x', { code }), 'host')).toMatchObject({ kind: 'network', processed: 'no' })
})

describe('the request may have been processed', () => {
  test.each<readonly [shape: string, error: unknown]>([
    ['Node: reset', failed(thrown('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }))],
    ['Node: reset while writing', failed(thrown('write ECONNRESET', { code: 'ECONNRESET', syscall: 'write' }))],
    ['Node: closed', failed(thrown('other side closed', { code: 'UND_ERR_SOCKET' }, 'SocketError'))],
    [
      'Node: closed inside the body',
      thrown('terminated', { cause: thrown('other side closed', { code: 'UND_ERR_SOCKET' }) }, 'TypeError'),
    ],
    ['Node: timed out later', failed(thrown('read ETIMEDOUT', { code: 'ETIMEDOUT', syscall: 'read' }))],
    ['Node: timed out, nobody knows when', failed(thrown('late', { code: 'ETIMEDOUT' }))],
    ['Node: no way to the host any more', failed(thrown('x', { code: 'EHOSTUNREACH', syscall: 'read' }))],
    ['Node: no way to the network, nobody knows when', failed(thrown('x', { code: 'ENETUNREACH' }))],
    [
      'Node: connecting to one of two addresses',
      failed(thrown('', { code: 'ECONNRESET', errors: [connecting('ECONNRESET'), thrown('x', { syscall: 'read' })] })),
    ],
    [
      'Node: no HTTP',
      failed(thrown('Response does not match the HTTP/1.1 protocol', { data: 'garbage' }, 'HTTPParserError')),
    ],
    ['Node: 407 without a proxy', failed(thrown(''))],
    ['Node: too many headers', failed(thrown('Headers Overflow Error', { code: 'UND_ERR_HEADERS_OVERFLOW' }))],
    [
      'undici 8: 407 of a proxy that had read the request',
      failed(thrown('Proxy Authentication Required (407)', { code: 'UND_ERR_INVALID_ARG' }, 'InvalidArgumentError')),
    ],
    ['Node: TLS alert that comes after the request', failed(ssl('x', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'))],
    // Counted 1 at the server: garbage in place of TLS, after the request.
    ['node-fetch: broken TLS', nodeFetch('SSL routines:x:wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER')],
    ['node-fetch: broken record', nodeFetch('SSL routines:x:bad record type', 'ERR_SSL_BAD_RECORD_TYPE')],
    ['node-fetch: reset', nodeFetch('read ECONNRESET', 'ECONNRESET')],
    ['node-fetch: closed', nodeFetch('socket hang up', 'ECONNRESET')],
    ['Bun: closed', bun(BUN_CLOSED, 'ECONNRESET')],
    // Bun says this of a handshake, and also of garbage after the request.
    ['Bun: broken TLS', bun('EPROTO: The TLS handshake failed. Does the server speak TLS on this port?', 'EPROTO')],
    ['Bun: another way to say that', bun('EHOSTUNREACH: The connection broke', 'EHOSTUNREACH')],
    ['Deno: closed', deno('client error (SendRequest): connection closed before message completed')],
    ['Deno: reset', failed(thrown('Connection reset by peer (os error 104)'))],
    ['Deno: broken body', thrown('error reading a body from connection', {}, 'TypeError')],
    ['Chromium', thrown('Failed to fetch', {}, 'TypeError')],
    ['workerd', thrown('Network connection lost.')],
    ['a code like one that is known', failed(thrown('x', { code: 'XECONNREFUSED' }))],
    ['another code like one that is known', failed(thrown('x', { code: 'ECONNREFUSEDX' }))],
    ['no code, no cause', thrown('fetch failed', {}, 'TypeError')],
    ['no address of the host', failed(thrown('x', { errors: [] }))],
    ['an alert in an error of somebody else', failed(thrown('x', { data: '\x15\x03' }))],
    ['a handshake in an error of somebody else', thrown('x', { cause: ssl('x', 'ERR_SSL_WRONG_VERSION_NUMBER') })],
    ['a code like one of a handshake', failed(ssl('x', 'XERR_SSL_WRONG_VERSION_NUMBER'))],
    ['another code like one of a handshake', failed(ssl('x', 'ERR_SSL_WRONG_VERSION_NUMBERS'))],
    ['a code like one of a closed dispatcher', failed(thrown('x', { code: 'XUND_ERR_CLOSED' }))],
    ['another code like one of a closed dispatcher', failed(thrown('x', { code: 'UND_ERR_CLOSEDX' }))],
    ['a name like one of the language', thrown('x', {}, 'MyRangeError')],
    ['another name like one of the language', thrown('x', {}, 'RangeErrors')],
    ['a message of the language in another kind of error', new Error('Cannot say')],
    ...[
      'Proxy response (407) !== 200 when HTTP Tunneling, it said',
      'not a bad port',
      'bad port number',
      'it said: Fetch failed: Requests to port 6667 are blocked',
      'it said: request to http://x failed, reason: connect ECONNREFUSED',
      'it said: EHOSTUNREACH: Unable to connect.',
      'an invalid onError method',
      'invalid onError method x',
      'x.dispatch is not a function, it said',
    ].map((words) => [`a message similar to a known one: ${words}`, new Error(words)] as const),
    // Words of `fetch` on Firefox, Safari, React Native and Chromium; the last three are of a body that broke.
    ...[
      'NetworkError when attempting to fetch resource.',
      'Load failed',
      'Could not connect to the server.',
      'The Internet connection appears to be offline.',
      'A server with the specified hostname could not be found.',
      'The request timed out.',
      'cancelled',
      'Network request failed',
      'error sending request for url (http://127.0.0.1:1/x)',
      'Error in input stream',
      'Error in body stream',
      'network error',
      '',
    ].map((words) => [`a TypeError of a runtime: ${words}`, new TypeError(words)] as const),
    ['a code like one of a mock', failed(thrown('x', { code: 'XUND_MOCK_ERR' }))],
    ['a scheme that is known', failed(thrown('an unknown scheme'))],
    ['an unknown error', new Error('out of luck')],
    ['an object', {}],
  ])('%s', (_shape, error) => {
    const { message, ...facts } = failureOf(error, 'host')
    expect(facts).toEqual({ kind: 'network', processed: 'unknown', retryable: true })
    expect(message).toMatch(/^connection lost to host: ./)
  })
})

describe("the caller's own mistake", () => {
  const invalid = (message: string) => failed(thrown(message, { code: 'UND_ERR_INVALID_ARG' }, 'InvalidArgumentError'))
  test.each([
    ['a dispatcher of a newer undici', invalid('invalid onRequestStart method')],
    ['a dispatcher of an older undici', invalid('invalid onError method')],
    ['no dispatcher at all', failed(thrown('agent.dispatch is not a function', {}, 'TypeError'))],
  ])('%s: nothing was sent', (_shape, error) => {
    const { message, ...facts } = failureOf(error, 'host')
    expect(facts).toEqual({ kind: 'usage', processed: 'no', retryable: false })
    expect(message).toMatch(/^"fetch" refuses its dispatcher, which belongs to another version of undici: /)
  })

  test.each<readonly [shape: string, error: unknown]>([
    ['a dispatcher that was closed', failed(thrown('The client is destroyed', { code: 'UND_ERR_DESTROYED' }))],
    ['a name that is none', new ReferenceError('x is not defined')],
    ['a wrapper, on V8', new TypeError("Cannot read properties of undefined (reading 'get')")],
    ['a wrapper, on JavaScriptCore', new TypeError("undefined is not an object (evaluating 'a.b')")],
    ['no function', new TypeError('log is not a function')],
    ['a constant', new TypeError('Assignment to constant variable.')],
    ['a circle', new TypeError('Converting circular structure to JSON')],
    ['a receiver, on Chromium', new TypeError("Failed to execute 'fetch' on 'Window': Illegal invocation")],
    ['a receiver, on workerd', new TypeError('Illegal invocation: function called with incorrect `this` reference')],
    ['a URL', new TypeError('Failed to parse URL from x', { cause: new TypeError('Invalid URL') })],
    ['a body that was read', new TypeError('Body is unusable: Body has already been read')],
    ['a dispatcher with a mistake', failed(new TypeError('x.y is not a function'))],
    ['a length', new RangeError('Invalid array length')],
    ['a text', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['null', null],
    ...[
      'RequestInit: duplex option is required when sending a body.',
      'Response.clone: Body has already been consumed.',
      'Request with GET/HEAD method cannot have body.',
      'Headers.append: "a\nb" is an invalid header value.',
      'Request constructor: Expected init ("RequestInit") to be an instance of AbortSignal.',
      "Failed to construct 'Request': member signal is not of type AbortSignal.",
      'We Cannot say',
      'Every Body is gone',
    ].map((words) => [`a TypeError of no connection: ${words}`, new TypeError(words)] as const),
    ['a scheme', failed(new Error('unknown scheme'))],
    ...[
      'UND_ERR_INVALID_ARG',
      'UND_ERR_NOT_SUPPORTED',
      'ERR_INVALID_ARG_TYPE',
      'ERR_HTTP_INVALID_HEADER_VALUE',
      'ERR_UNESCAPED_CHARACTERS',
      'ERR_ASSERTION',
      'ERR_ACCESS_DENIED',
      'ERR_NOCK_NO_MATCH',
      'UND_MOCK_ERR_MOCK_NOT_MATCHED',
    ].map((code) => [`the code ${code}`, failed(thrown('x', { code }))] as const),
  ])('%s: before or after sending', (_shape, error) => {
    const { message, ...facts } = failureOf(error, 'host')
    expect(facts).toEqual({ kind: 'usage', processed: 'unknown', retryable: false })
    expect(message).toMatch(/^"fetch" failed: ./)
  })
})

describe('a time limit or a signal of the caller in his own fetch', () => {
  test.each([
    ['AbortSignal.timeout', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
    ['the signal of a library', thrown('x', { cause: thrown('Request timed out', {}, 'TimeoutError') }, 'FetchError')],
    ['a dispatcher, for the head', failed(thrown('Headers Timeout Error', { code: 'UND_ERR_HEADERS_TIMEOUT' }))],
    ['a dispatcher, for the body', failed(thrown('Body Timeout Error', { code: 'UND_ERR_BODY_TIMEOUT' }))],
  ])('%s is a time-out', (_shape, error) => {
    const { message, ...facts } = failureOf(error, 'host')
    expect(facts).toEqual({ kind: 'timeout', processed: 'unknown', retryable: true })
    expect(message).toMatch(/^no complete answer: ./)
  })

  test.each([
    ['of the runtime', new DOMException('This operation was aborted', 'AbortError')],
    ['of a library', thrown('x', { cause: thrown('aborted', {}, 'AbortError') })],
  ])('an abort %s is an abort', (_shape, error) => {
    const { message, ...facts } = failureOf(error, 'host')
    expect(facts).toEqual({ kind: 'aborted', processed: 'unknown', retryable: false })
    expect(message).toMatch(/^aborted by "fetch": ./)
  })
})

describe('after the head of an answer', () => {
  test.each<readonly [shape: string, error: unknown, kind: string]>([
    ['a connection that could not be made', failed(connecting('ECONNREFUSED')), 'network'],
    ['the same, as an error of the body', connecting('ECONNREFUSED'), 'network'],
    ['a handshake', failed(ssl('wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER')), 'network'],
    ['a proxy', tunnel(407), 'network'],
    ['a foreign dispatcher', failed(thrown('invalid onError method')), 'network'],
    ['a text', 'over', 'network'],
    ['nothing', undefined, 'network'],
    ['a TypeError of no known runtime', new TypeError('We Cannot say'), 'network'],
    ['another one', new TypeError('Every Body is gone'), 'network'],
    ['a body that was read', new TypeError('Body is unusable: Body has already been read'), 'usage'],
  ])('%s proves nothing', (_shape, error, kind) => {
    expect(failureOf(error, 'host', true)).toMatchObject({ kind, processed: 'unknown' })
  })
})

test('what is thrown may have no cause', () => {
  expect(failureOf(new TypeError('fetch failed'), 'host')).toEqual({
    kind: 'network',
    processed: 'unknown',
    retryable: true,
    message: 'connection lost to host: fetch failed',
  })
})

describe('the innermost cause', () => {
  const chain = (...all: readonly string[]): Error =>
    all.reduceRight<Error | undefined>((cause, message) => new Error(message, { cause }), undefined) as Error
  test.each([
    ['of three', chain('a', 'b', 'c'), 'c'],
    ['that says something', chain('a', 'b', ''), 'b'],
    ['of ten, and no more', chain(...'abcdefghijk'), 'j'],
    ['of none', 'just a text', 'just a text'],
    ['on one line', new Error('a\n  b\r\nc'), 'a b c'],
    ['without colours and marks that turn text round', new Error('a\u001b[31mb\u202ec'), 'a [31mb c'],
    ['in few words', new Error('x'.repeat(300)), `${'x'.repeat(200)}…`],
  ])('%s', (_which, error, words) => {
    expect(causeMessage(error)).toBe(words)
  })

  test('of circular causes is found', () => {
    const error = new Error('round')
    Object.assign(error, { cause: error })
    expect(causeMessage(error)).toBe('round')
  })
})

describe('words and codes that only look like those of a mistake or a time limit', () => {
  const coded = (code: string) => Object.assign(new Error('reset'), { code })
  test.each([
    [new Error('an invalid onError method')],
    [new Error('invalid onError method of another')],
    [new Error('an unknown scheme')],
    [new Error('unknown scheme of another')],
    [new TypeError('network: must resolve')],
    [new TypeError('network: Cannot')],
    [new TypeError('network: Body of')],
    [coded('MY_ERR_INVALID_ARG')],
    [coded('UND_ERR_CLOSED_BY_PEER')],
    [coded('MY_UND_ERR_HEADERS_TIMEOUT')],
    [coded('UND_ERR_BODY_TIMEOUT_SOON')],
  ])('%s', (error) => {
    expect(failureOf(error, 'host')).toMatchObject({ kind: 'network', processed: 'unknown', retryable: true })
  })
})
