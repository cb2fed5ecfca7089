/**
 * Faults of the network on each runtime, with its own `fetch` and with those that applications give: what callers are told,
 * what the servers count, and which host is asked. `test/integration/faults.test.ts` has the same for the Node of the developer.
 *
 * `processed: 'no'` stands only where the host counted no request. Chromium and workerd tell nothing apart: the remarks of
 * `table.ts` hold them to that.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { runChaos } from '../../support/chaos.js'
import {
  ANSWERS,
  CONNECTIONS,
  type Connection,
  type FaultResult,
  PROXY,
  SILENCE,
  testAnswers,
  testConnections,
} from '../../support/faults.js'
import { BEHAVIOURS, RULED } from '../../support/faulty-server.js'
import { CHAOS, commandOf } from './tools.js'

/** How the message of an error ends. */
type Causes = Readonly<Record<Connection, RegExp>>

const EPROTO = (reason: string) => new RegExp(`: write EPROTO \\w+:error:\\w+:SSL routines:\\w+:${reason}:\\S+?:\\d+:`)
const BUN_TLS = /: EPROTO: The TLS handshake failed\. Does the server speak TLS on this port\?$/
const BUN_REFUSED = /: ECONNREFUSED: Unable to connect\. Is the computer able to access the url\?$/
const BUN_CLOSED = /: ECONNRESET: The socket connection was closed unexpectedly\./
const TIME_OUT = /: no complete answer within 1500 ms$/

/** Node's `fetch` is an undici of its own. */
const UNDICI: Causes = {
  'nobody listens': /: connect ECONNREFUSED 127\.0\.0\.1:\d+$/,
  'nobody has the name': /: getaddrinfo ENOTFOUND no-such-host\.invalid$/,
  'no network leads to the address': /: connect ENETUNREACH 127\.255\.255\.255:81 - Local \(0\.0\.0\.0:0\)$/,
  'the port is blocked': /: bad port$/,
  'the certificate is self-signed': /: self-signed certificate(;.+)? \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
  'the certificate has expired': /: certificate has expired \(CERT_HAS_EXPIRED\)$/,
  'the certificate has another name':
    /: Host: localhost\. is not in the cert's altnames: DNS:other \(ERR_TLS_CERT_ALTNAME_INVALID\)$/,
  'the TLS handshake is dropped':
    /: Client network socket disconnected before secure TLS connection was established \(ECONNRESET\)$/,
  'TLS to a plain port': /: wrong version number \(ERR_SSL_WRONG_VERSION_NUMBER\)$/,
  'no TLS version in common': /: tlsv1 alert protocol version \(ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION\)$/,
  'the server wants a certificate of the client':
    /: (sslv3|ssl\/tls) alert handshake failure \(ERR_SSL_(SSLV3|SSL\/TLS)_ALERT_HANDSHAKE_FAILURE\)$/,
  'plain HTTP to a TLS port': /: Response does not match the HTTP\/1\.1 protocol \(Expected HTTP\/.*\)$/,
  [PROXY]: /: Proxy response \(407\) !== 200 when HTTP Tunneling \(UND_ERR_ABORTED\)$/,
  [SILENCE]: TIME_OUT,
}

/** The package, with a dispatcher that has 300 ms to connect. */
const UNDICI_IN_TIME: Causes = {
  ...UNDICI,
  [SILENCE]:
    /: Connect Timeout Error \(attempted address: 127\.0\.0\.1:\d+, timeout: 300ms\) \(UND_ERR_CONNECT_TIMEOUT\)$/,
}

/** It is made on `node:http`, and knows no blocked ports. */
const NODE_FETCH: Causes = {
  ...UNDICI,
  'the port is blocked': /: connect ECONNREFUSED 127\.0\.0\.1:6667$/,
  'the certificate has another name':
    /: Hostname\/IP does not match certificate's altnames: Host: localhost\. .+ \(ERR_TLS_CERT_ALTNAME_INVALID\)$/,
  'TLS to a plain port': EPROTO('wrong version number'),
  'no TLS version in common': EPROTO('tlsv1 alert protocol version'),
  'the server wants a certificate of the client': EPROTO('(sslv3|ssl/tls) alert handshake failure'),
  'plain HTTP to a TLS port': /: Parse Error: Expected HTTP\/.* \(HPE_INVALID_CONSTANT\)$/,
  [PROXY]: /: Failed to establish tunnel to proxied\.test:443 via \S+: HTTP\/1\.1 407 X \(ERR_PROXY_TUNNEL\)$/,
}

const BUN: Causes = {
  ...UNDICI,
  'nobody listens': BUN_REFUSED,
  'no network leads to the address': /: ENETUNREACH: Was there a typo in the url or port\?$/,
  'the port is blocked': BUN_REFUSED,
  'the certificate is self-signed': /: self signed certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
  'the certificate has another name': /: ERR_TLS_CERT_ALTNAME_INVALID fetching "https:\/\/localhost:\d+\//,
  'the TLS handshake is dropped': BUN_CLOSED,
  'TLS to a plain port': BUN_TLS,
  'no TLS version in common': BUN_TLS,
  'the server wants a certificate of the client': BUN_TLS,
  'plain HTTP to a TLS port': BUN_CLOSED,
  [PROXY]: /: Proxy refused to open a tunnel: 407 X \(ERR_PROXY_TUNNEL\)$/,
}

const DENO: Causes = {
  'nobody listens': /: tcp connect error: Connection refused \(os error 111\)$/,
  'nobody has the name': /: dns error: failed to lookup address information: Name or service not known$/,
  'no network leads to the address': /: tcp connect error: Network is unreachable \(os error 101\)$/,
  'the port is blocked': /: Fetch failed: Requests to port 6667 are blocked$/,
  'the certificate is self-signed': /: invalid peer certificate: BadSignature$/,
  'the certificate has expired': /: invalid peer certificate: certificate expired: /,
  'the certificate has another name': /: invalid peer certificate: certificate not valid for name "localhost"; /,
  'the TLS handshake is dropped': /: tls handshake eof$/,
  'TLS to a plain port': /: received corrupt message of type InvalidContentType$/,
  'no TLS version in common': /: received fatal alert: ProtocolVersion$/,
  'the server wants a certificate of the client': /: received fatal alert: HandshakeFailure$/,
  'plain HTTP to a TLS port': /: invalid HTTP version parsed$/,
  [PROXY]: /: proxy authentication required$/,
  [SILENCE]: TIME_OUT,
}

/** What a caller is told, and how often the host is asked. */
type Ruled = Readonly<Record<string, readonly [outcome: string, requests: number]>>

/** By the fetch standard, a 407 is no answer, and a 421 asks for the request once more, on another connection. */
const BY_THE_STANDARD: Ruled = { 'a 407 without a tunnel': ['network unknown', 1], 'a 421': ['api unknown', 2] }
const AS_ANY_ANSWER: Ruled = { 'a 407 without a tunnel': ['api unknown', 1], 'a 421': ['api unknown', 1] }

interface Row {
  readonly name: string
  readonly runtime: readonly string[]
  /** A module whose `fetch` is given to the client. Default: the runtime's own. */
  readonly fetch?: string
  /** The one that meets the host that drops packets. Default: the same. */
  readonly fetchInTime?: string
  readonly causes: Causes
  readonly ruled: Ruled
  /** It takes no proxy from the environment. */
  readonly hasNoProxy?: true
  /** What it does not tell apart from a connection that broke later. */
  readonly unknown: readonly Connection[]
}

const moduleOf = (path: string) => new URL(path, import.meta.url).href
const undici = (major: number, milliseconds: number) =>
  moduleOf(`programs/undici.mjs?from=undici-${major}&timeout=${milliseconds}`)
/** With ten seconds to connect, as by default, but for the host that drops packets. */
const undiciRow = (major: number, runtime: readonly string[]): Row => ({
  name: `undici ${major}`,
  runtime,
  fetch: undici(major, 10_000),
  fetchInTime: undici(major, 300),
  causes: UNDICI_IN_TIME,
  ruled: BY_THE_STANDARD,
  unknown: [],
})

const ROWS: readonly Row[] = [
  {
    name: 'Node 20',
    runtime: commandOf('Node 20'),
    causes: UNDICI,
    ruled: BY_THE_STANDARD,
    hasNoProxy: true,
    unknown: [SILENCE],
  },
  ...['Node 22', 'Node 24', 'Node 26'].map(
    (name): Row => ({ name, runtime: commandOf(name), causes: UNDICI, ruled: BY_THE_STANDARD, unknown: [SILENCE] }),
  ),
  undiciRow(6, commandOf('Node 20')),
  undiciRow(7, commandOf('Node 20')),
  // It needs Node 22.19.
  undiciRow(8, commandOf('Node 24')),
  {
    name: 'node-fetch 3',
    runtime: commandOf('Node 24'),
    fetch: moduleOf('node_modules/node-fetch/src/index.js'),
    causes: NODE_FETCH,
    ruled: AS_ANY_ANSWER,
    unknown: [SILENCE, 'plain HTTP to a TLS port'],
  },
  {
    name: 'Bun',
    runtime: commandOf('Bun'),
    causes: BUN,
    ruled: AS_ANY_ANSWER,
    unknown: [
      SILENCE,
      // It says the same of TLS that breaks after the request.
      'the TLS handshake is dropped',
      'TLS to a plain port',
      'no TLS version in common',
      'the server wants a certificate of the client',
      'plain HTTP to a TLS port',
    ],
  },
  {
    name: 'Deno',
    runtime: commandOf('Deno'),
    causes: DENO,
    ruled: AS_ANY_ANSWER,
    unknown: [SILENCE, 'plain HTTP to a TLS port'],
  },
]

describe.each(ROWS)('$name', ({ runtime, fetch, fetchInTime = fetch, causes, ruled, hasNoProxy, unknown }) => {
  const options = { runtime, ...(fetch !== undefined && { fetch }) }
  const inTime = { runtime, ...(fetchInTime !== undefined && { fetch: fetchInTime }) }
  const faults = CONNECTIONS.filter((fault) => !hasNoProxy || fault !== PROXY)
  let connections: Readonly<Record<Connection, FaultResult>>
  let results: Awaited<ReturnType<typeof testAnswers>>
  beforeAll(async () => {
    const [quick, slow, answers] = await Promise.all([
      testConnections(options, faults),
      testConnections(inTime, [SILENCE]),
      testAnswers(options),
    ])
    connections = { ...quick, ...slow }
    results = answers
  })

  test.each<Connection>([...faults, SILENCE])('a connection that cannot be made: %s', (fault) => {
    const { alone, withBackup, requests, tunnels } = connections[fault]
    const isUnknown = unknown.includes(fault)
    const lost = fault === SILENCE ? 'timeout unknown' : 'network unknown'
    expect(alone).toMatchObject({ outcome: isUnknown ? lost : 'network no', attempts: 1 })
    expect(alone.message).toMatch(causes[fault])
    expect(withBackup.outcome).toBe(isUnknown ? lost : 'ok')
    expect(requests).toEqual([0, isUnknown ? 0 : 1])
    // Both calls have met the proxy.
    expect(tunnels).toBe(fault === PROXY ? 2 : 0)
  })

  test.each(Object.keys(BEHAVIOURS))('a host that read the request was asked once: %s', (fault) => {
    expect([results[fault]?.outcome, results[fault]?.requests]).toEqual([ANSWERS[fault], 1])
  })

  test.each(Object.keys(RULED))('a status for which the fetch standard has a rule: %s', (fault) => {
    expect([results[fault]?.outcome, results[fault]?.requests]).toEqual(ruled[fault])
  })
})

// `npm run test:runtimes -- chaos` makes 6 000 on each.
test.each(CHAOS)(
  '300 calls on %s to hosts that fail at random: none is processed twice, and no caller is told anything wrong',
  async (name) => {
    const { outcomes, requests, twice, wrong } = await runChaos(commandOf(name), 300)
    expect([twice, wrong]).toEqual([[], []])
    expect(Object.values(outcomes).reduce((sum, one) => sum + one)).toBe(300)
    expect(requests).toBeGreaterThan(200)
  },
)
