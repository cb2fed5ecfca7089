/**
 * Every way in which a call can fail on the network, and the outcome that its caller must see: a table for any runtime.
 *
 * Each fault of a connection is tested twice: with a client of that host only, and with a client that has a backup host.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SecureVersion } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { selfSigned } from './certificate.js'
import {
  answer,
  answers,
  BEHAVIOURS,
  closedPort,
  type FaultyServer,
  OK,
  RULED,
  startFaultyServer,
  startRawServer,
  startSilentServer,
} from './faulty-server.js'

/** The outcome that a caller saw: `ok`, or kind and `processed`. */
export interface SeenOutcome {
  readonly outcome: string
  readonly attempts?: number
  readonly message?: string
}

/** One fault on one runtime. */
export interface FaultResult {
  /** With a client of this host only. */
  readonly alone: SeenOutcome
  /** With a client whose first host it is. */
  readonly withBackup: SeenOutcome
  /** Requests that the host has read completely, and those that its backup has read. */
  readonly requests: readonly [host: number, backup: number]
  /** Tunnels that the proxy was asked for. */
  readonly tunnels: number
}

/** A runtime to test against the table. */
export interface FaultsOptions {
  /** Program and arguments. */
  readonly runtime: readonly string[]
  /** A module with the `fetch` for the client. */
  readonly fetch?: string
  /** Variables of its environment. */
  readonly env?: NodeJS.ProcessEnv
}

/** A fault that takes time: no answer to the first packet. The outcome depends on who limits the time to connect. */
export const SILENCE = 'the host drops packets'

/** The fault that needs a runtime which uses the proxy from its environment. Node 20 does not. */
export const PROXY = 'the proxy refuses the tunnel'

/** Names of the other connections that cannot be made. */
export const CONNECTIONS = [
  'nobody listens',
  'nobody has the name',
  'no network leads to the address',
  'the port is blocked',
  'the certificate is self-signed',
  'the certificate has expired',
  'the certificate has another name',
  'the TLS handshake is dropped',
  'TLS to a plain port',
  'no TLS version in common',
  'the server wants a certificate of the client',
  'plain HTTP to a TLS port',
  'the proxy refuses the tunnel',
] as const
export type Connection = (typeof CONNECTIONS)[number] | typeof SILENCE

/** The outcome for a host that answers, or breaks the connection, after it has read the request. */
export const ANSWERS: Readonly<Record<string, string>> = {
  'a success': 'ok',
  'a success that closes the connection': 'ok',
  'a success, and the connection closes unannounced': 'ok',
  'a success after a while': 'ok',
  'a success in pieces': 'ok',
  'a reset before the answer': 'network unknown',
  'a close before the answer': 'network unknown',
  'a reset inside the headers': 'network unknown',
  'a reset inside the body': 'network unknown',
  'a close inside the body': 'network unknown',
  'no answer at all': 'timeout unknown',
  'half an answer': 'timeout unknown',
  'no HTTP': 'network unknown',
  'an error of the server': 'api unknown',
  'a busy server': 'api unknown',
  'a proxy without its server': 'api unknown',
  'an empty success': 'api unknown',
  'half of the JSON': 'api unknown',
  'a success that is too long': 'api unknown',
  'a success that inflates': 'api unknown',
  'a redirect': 'api unknown',
  'a page of a gateway that refuses': 'api unknown',
  'a refusal': 'api no',
  'a refusal with HTTP 200': 'api no',
  'the rate limit': 'rate-limit no',
}

const PROGRAM = fileURLToPath(new URL('../external/runtimes/programs/faults.mjs', import.meta.url))
/** The built package. */
const MODULE = new URL('../../dist/src/index.js', import.meta.url).href
/** A deadline that leaves time for the backup, also on a busy machine. */
const AMPLE_MS = 10_000
/** A deadline that leaves no time for another attempt after a refusal by the rate limit. */
const SHORT_MS = 1_900
/** A port that the fetch standard blocks: that of IRC. */
const BLOCKED_PORT = 6_667
/** A TLS alert: internal error. */
const ALERT = Buffer.from([0x15, 3, 3, 0, 2, 2, 0x50])

/** A proxy that refuses every request, and counts the requests. */
async function startRefusingTunnels(): Promise<FaultyServer & { readonly tunnels: () => number }> {
  let asked = 0
  const server = await startRawServer((socket) => {
    socket.once('data', (chunk) => {
      if (chunk.toString('latin1').startsWith('CONNECT ')) asked++
      socket.end('HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n')
    })
  })
  return { ...server, tunnels: () => asked }
}

/** Servers for all connections that fail; the certificates that their clients trust. */
async function startConnections(): Promise<{
  hosts: Record<Connection, { url: string; server?: FaultyServer }>
  trusted: string
}> {
  const good = answers(200, OK)
  const named = selfSigned('localhost')
  const expired = selfSigned('localhost', [-9, -2])
  const misnamed = selfSigned('other')
  const overTls = async (tls: Parameters<typeof startFaultyServer>[1]) => {
    const server = await startFaultyServer(good, tls)
    return { url: `https://localhost:${server.port}`, server }
  }
  const raw = async (scheme: string, onConnection: Parameters<typeof startRawServer>[0]) => {
    const server = await startRawServer(onConnection)
    return { url: `${scheme}://localhost:${server.port}`, server }
  }
  const silent = await startSilentServer()
  const old: SecureVersion = 'TLSv1.1'
  const client = { ...named, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' as const }
  return {
    hosts: {
      'nobody listens': { url: `http://127.0.0.1:${await closedPort()}` },
      'nobody has the name': { url: 'http://no-such-host.invalid' },
      // The system refuses to connect to the broadcast address of a network.
      'no network leads to the address': { url: 'http://127.255.255.255:81' },
      'the port is blocked': { url: `http://127.0.0.1:${BLOCKED_PORT}` },
      'the certificate is self-signed': await overTls(selfSigned('localhost')),
      'the certificate has expired': await overTls(expired),
      'the certificate has another name': await overTls(misnamed),
      'the TLS handshake is dropped': await raw('https', (socket) => void socket.once('data', () => socket.end())),
      'TLS to a plain port': await raw(
        'https',
        (socket) => void socket.once('data', () => socket.end(answer(400, ''))),
      ),
      'no TLS version in common': await overTls({
        ...named,
        minVersion: old,
        maxVersion: old,
        ciphers: 'ALL@SECLEVEL=0',
      }),
      'the server wants a certificate of the client': await overTls(client),
      'plain HTTP to a TLS port': await raw('http', (socket) => void socket.once('data', () => socket.end(ALERT))),
      // Any host: the proxy is in between.
      [PROXY]: { url: 'https://proxied.test' },
      [SILENCE]: { url: `http://127.0.0.1:${silent.port}`, server: silent },
    },
    trusted: [named, expired, misnamed].map(({ cert }) => cert).join(''),
  }
}

/** Runs the program on the runtime. */
async function callHosts(
  { runtime, fetch, env }: FaultsOptions,
  calls: Readonly<Record<string, string | readonly string[]>>,
  deadline: number,
  more: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, SeenOutcome>>> {
  const [program = '', ...flags] = runtime
  const FAULTS = JSON.stringify({ module: MODULE, calls, fetch, deadline })
  const { stdout } = await promisify(execFile)(program, [...flags, PROGRAM], {
    env: { ...process.env, ...more, ...env, FAULTS },
  })
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Readonly<Record<string, SeenOutcome>>
}

/** Calls hosts with faults of connections on a runtime. */
export async function testConnections<Name extends Connection>(
  options: FaultsOptions,
  names: readonly Name[],
): Promise<Readonly<Record<Name, FaultResult>>> {
  const { hosts, trusted } = await startConnections()
  const proxy = await startRefusingTunnels()
  const backups = new Map<Connection, FaultyServer>()
  for (const name of names) backups.set(name, await startFaultyServer(answers(200, OK)))
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  const file = join(folder, 'trusted.pem')
  await writeFile(file, trusted)
  const trust = { NODE_EXTRA_CA_CERTS: file, DENO_CERT: file }
  const proxied = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NODE_USE_ENV_PROXY: '1' }
  try {
    const seen: Record<string, SeenOutcome> = {}
    for (const isProxied of [false, true]) {
      const calls: Record<string, string | readonly string[]> = {}
      for (const name of names) {
        if ((name === PROXY) !== isProxied) continue
        calls[`${name}, alone`] = hosts[name].url
        calls[name] = [hosts[name].url, `http://127.0.0.1:${backups.get(name)?.port}`]
      }
      if (Object.keys(calls).length === 0) continue
      Object.assign(seen, await callHosts(options, calls, AMPLE_MS, { ...trust, ...(isProxied && proxied) }))
    }
    const results = names.map((name): [Name, FaultResult] => {
      const requests = [hosts[name].server?.requests.length ?? 0, backups.get(name)?.requests.length ?? 0] as const
      const tunnels = name === PROXY ? proxy.tunnels() : 0
      return [
        name,
        { alone: seen[`${name}, alone`] as SeenOutcome, withBackup: seen[name] as SeenOutcome, requests, tunnels },
      ]
    })
    // `fromEntries` forgets the names.
    return Object.fromEntries(results) as Record<Name, FaultResult>
  } finally {
    await rm(folder, { recursive: true, force: true })
    const servers = [proxy, ...backups.values(), ...Object.values(hosts).flatMap(({ server }) => server ?? [])]
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** Gets every answer once on a runtime. `requests` are those that the host has read completely. */
export async function testAnswers(
  options: FaultsOptions,
): Promise<Readonly<Record<string, SeenOutcome & { readonly requests: number }>>> {
  const servers = new Map<string, FaultyServer>()
  const behaviours = Object.entries(BEHAVIOURS).map(([name, [, behaviour]]) => [name, behaviour] as const)
  for (const [name, behaviour] of [...behaviours, ...Object.entries(RULED)]) {
    servers.set(name, await startFaultyServer(behaviour))
  }
  try {
    const urls = [...servers].map(([name, { port }]) => [name, `http://127.0.0.1:${port}`])
    const seen = await callHosts(options, Object.fromEntries(urls), SHORT_MS, {})
    const results = [...servers].map(([name, { requests }]) => [name, { ...seen[name], requests: requests.length }])
    return Object.fromEntries(results) as Awaited<ReturnType<typeof testAnswers>>
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()))
  }
}
