/** The installed package on every runtime: the same calls, the same outcomes. And what must not stay behind. */
import { cp } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../src/mock/server.js'
import { createMockApi } from '../src/mock/testing.js'
import { ROOT, run, TSX } from './house-copy.js'
import { installed, type Stranger, shell } from './stranger.js'

const closing: (() => unknown)[] = []
let stranger: Stranger
let urls: Record<string, string>

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => listener(request, response))
    request.on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  stranger = await installed()
  await cp(join(ROOT, 'test/runtimes/suite.mjs'), join(stranger.folder, 'suite.mjs'))
  const standIn = await startServer(createMockApi({ appKey: 'k', appSecret: 's' }))
  const down = await startServer(createMockApi({ appKey: 'k', appSecret: 's' }))
  await down.close()
  closing.push(() => standIn.close())
  urls = {
    good: standIn.url,
    closed: down.url,
    reset: await listen((request) => request.socket.resetAndDestroy()),
    resetInside: await listen((request, response) => {
      response.writeHead(200, { 'content-length': '99' }).write('{"code"')
      setTimeout(() => request.socket.resetAndDestroy(), 50)
    }),
    hang: await listen(() => {}),
    hangInside: await listen((_, response) => void response.writeHead(200).write('{')),
    redirect: await listen((_, response) => response.writeHead(307, { location: standIn.url }).end()),
    limited: await listen((_, response) => response.writeHead(429).end('{"code":1008}')),
  }
}, 120_000)
afterAll(async () => {
  for (const close of closing) await close()
  await stranger.remove()
})

const bin = (name: string) => join(ROOT, 'node_modules/.bin', name)
/** Other versions of Node, which `.ci/run` brings. */
const nodes = (process.env['OTHER_NODES'] ?? '').split(':').filter(Boolean)

test.each([
  [`Node ${process.versions.node}`, process.execPath, ['suite.mjs']],
  ['Bun', bin('bun'), ['suite.mjs']],
  ['Deno', bin('deno'), ['run', '--allow-env', '--allow-net', '--no-remote', '--node-modules-dir=manual', 'suite.mjs']],
  ...nodes.map((path) => [path, path, ['suite.mjs']] as [string, string, string[]]),
])('sends and fails alike on %s', { timeout: 60_000 }, async (_name, program, args) => {
  const printed = await shell(program, args, stranger.folder, { SUITE_URLS: JSON.stringify(urls) })
  expect(JSON.parse(printed)).toEqual({
    good: { groups: 2 },
    refused: { kind: 'network', sent: 'no', attempts: 1 },
    unknownHost: { kind: 'network', sent: 'no', attempts: 1 },
    failover: { groups: 2 },
    reset: { kind: 'network', sent: 'unknown', attempts: 1 },
    resetInside: { kind: 'network', sent: 'unknown', attempts: 1 },
    hang: { kind: 'timeout', sent: 'unknown', attempts: 1 },
    hangInside: { kind: 'timeout', sent: 'unknown', attempts: 1 },
    redirect: { kind: 'api', sent: 'unknown', attempts: 1 },
    limited: { kind: 'rate-limit', sent: 'no', attempts: expect.any(Number) },
    aborted: { kind: 'aborted', sent: 'unknown', attempts: 1 },
    wrongSecret: { kind: 'api', sent: 'no', attempts: 1 },
  })
})

describe('nothing stays behind', () => {
  test('two apps, a thousand calls at once, aborted at random: no timer is left, and the process ends by itself', async () => {
    const url = await listen((_, response) => void setTimeout(() => response.end('{"code":200}'), Math.random() * 200))
    const { code, stdout, stderr } = await run(ROOT, TSX, ['test/runtimes/leak.ts', url])
    const ended = Date.now()
    expect([code, stderr]).toEqual([0, ''])
    const { kinds, handles, done } = JSON.parse(stdout) as {
      kinds: Record<string, number>
      handles: string[]
      done: number
    }
    expect(Object.values(kinds).reduce((sum, one) => sum + one)).toBe(1_000)
    expect(Object.keys(kinds).toSorted()).toEqual(['aborted', 'ok'])
    expect(handles.filter((name) => name === 'Timeout')).toEqual([])
    expect(ended - done).toBeLessThan(1_000)
  })
})

test('goes over to the backup on TLS, when the primary is killed', async () => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(stranger.folder, name)) as [string, string]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert]
  await shell('openssl', [...request, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], ROOT)
  const { stdout, stderr } = await run(ROOT, TSX, ['test/runtimes/tls.ts', key, cert], { NODE_EXTRA_CA_CERTS: cert })
  expect(stderr).toBe('')
  const { counted, outcomes } = JSON.parse(stdout) as { counted: Record<string, number>; outcomes: string[] }
  expect(outcomes.slice(0, 15)).toEqual(Array(15).fill('ok'))
  // The one that met the kill may be lost with its connection; it is not sent twice.
  const lost = outcomes.slice(15).filter((one) => one !== 'ok')
  expect(lost.length).toBeLessThanOrEqual(1)
  for (const one of lost) expect(one).toBe('network unknown')
  expect(counted).toEqual({ primary: 15, backup: 25 - lost.length })
})
