/**
 * `npm run bench`: ratios to a baseline, both measured in this run, in turns. Digits differ from machine to machine;
 * ratios hardly do. Every figure is the median of its rounds, with the smallest and the largest in brackets.
 */
import { fork, spawn } from 'node:child_process'
import { hash, randomUUID } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { createClient } from '../../dist/src/index.js'
import { createMockCore } from '../../dist/src/mock/api.js'
import { handlers } from '../../dist/src/mock/msw.js'
import { createMockApi } from '../../dist/src/mock/testing.js'

const PATH = '/statusmessage/group/publish.json'
const KEYS = { appKey: 'bench-key', appSecret: 'bench-secret' }
const FIELDS = {
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  objectName: 'RC:TxtMsg',
  content: '{"content":"hello","extra":"helloExtra"}',
}
const BODY =
  'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%2C%22extra%22%3A%22helloExtra%22%7D'

function signed() {
  const [nonce, timestamp] = [randomUUID().slice(0, 18), String(Date.now())]
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'app-key': KEYS.appKey,
    nonce,
    timestamp,
    signature: hash('sha1', KEYS.appSecret + nonce + timestamp),
  }
}

function serve(kind) {
  const child = fork(new URL('./server.js', import.meta.url), [kind])
  return new Promise((done) => child.once('message', (port) => done({ port, stop: () => child.kill() })))
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** Runs all variants in turns and prints each one's ratio to the first. */
async function compare(title, variants, { rounds = 15, measure }) {
  const times = new Map(Object.keys(variants).map((name) => [name, []]))
  for (const run of Object.values(variants)) await measure(run)
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(variants)) times.get(name).push(await measure(run))
  }
  const base = times.values().next().value
  console.log(`\n${title}`)
  for (const [name, taken] of times) {
    const ratios = taken.map((time, i) => time / base[i])
    const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
    const rate = Math.round(1000 / median(taken))
    console.log(`  ${name.padEnd(56)} ${median(ratios).toFixed(2)}  (${low.toFixed(2)}-${high.toFixed(2)})  ${rate}/s`)
  }
}

/** Milliseconds for one call, `at` calls at a time. */
const timed = (calls, at) => async (run) => {
  let left = calls
  const worker = async () => {
    while (left-- > 0) await run()
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: at }, worker))
  return (performance.now() - start) / calls
}

/** Milliseconds for one request of Node's own HTTP client, ten connections: as fast as most clients are. */
const httpLoad = (requests) => async (port) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 })
  const headers = { ...signed(), 'content-length': BODY.length }
  const one = () =>
    new Promise((done, fail) => {
      const request = httpRequest(
        { port, host: '127.0.0.1', path: PATH, method: 'POST', headers, agent },
        (response) => {
          response
            .resume()
            .on('end', () => (response.statusCode === 200 ? done() : fail(new Error(response.statusCode))))
        },
      )
      request.on('error', fail).end(BODY)
    })
  const took = await timed(requests, 10)(one)
  agent.destroy()
  return took
}

/** Milliseconds for one request over raw sockets, ten connections, one request at a time on each. */
const load =
  (requests, connections = 10) =>
  async (port) => {
    const headers = Object.entries(signed()).map(([name, value]) => `${name}: ${value}\r\n`)
    const request = `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\n${headers.join('')}Content-Length: ${BODY.length}\r\n\r\n${BODY}`
    let left = requests
    const worker = () =>
      new Promise((done, fail) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(request))
        let text = ''
        socket.on('error', fail)
        socket.on('data', (chunk) => {
          text += chunk.toString('latin1')
          const end = text.indexOf('\r\n\r\n')
          if (end < 0) return
          const length = Number(/content-length: (\d+)/i.exec(text)[1])
          if (text.length < end + 4 + length) return
          if (!text.startsWith('HTTP/1.1 200')) return fail(new Error(text))
          text = ''
          if (left-- > connections) socket.write(request)
          else socket.end(done)
        })
      })
    const start = performance.now()
    await Promise.all(Array.from({ length: connections }, worker))
    return (performance.now() - start) / requests
  }

async function clients() {
  const { port, stop } = await serve('raw')
  const baseUrl = `http://127.0.0.1:${port}`
  const full = { ...KEYS, baseUrl: [baseUrl, 'http://127.0.0.1:9'], limiter: false, onAttempt: () => {} }
  const client = createClient(full)
  const unchecked = createClient({ ...full, validate: false })
  const fixed = signed()
  const variants = {
    'bare fetch, fixed headers and body': async () =>
      (await fetch(baseUrl + PATH, { method: 'POST', headers: fixed, body: BODY })).json(),
    'bare fetch, signed by hand': async () =>
      (await fetch(baseUrl + PATH, { method: 'POST', headers: signed(), body: BODY })).json(),
    'bare fetch, signed, with request id and time limit': async () => {
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), 5_000)
      const headers = { ...signed(), 'x-request-id': randomUUID() }
      const { signal } = controller
      const answer = await fetch(baseUrl + PATH, { method: 'POST', redirect: 'manual', signal, headers, body: BODY })
      const data = await answer.json()
      clearTimeout(timer)
      return data
    },
    'this client: check, hosts, retries, hook (aim <= 1.15)': () => client.sendGroupStatusMessage(FIELDS),
    'the same, validate: false': () => unchecked.sendGroupStatusMessage(FIELDS),
  }
  await compare('Client, one call after another: time, ratio to bare fetch', variants, { measure: timed(1_000, 1) })
  await compare('Client, 32 calls at once: time, ratio to bare fetch', variants, { measure: timed(3_000, 32) })
  for (const [name, content] of [
    ['ASCII', 'x'.repeat(131_072)],
    ['CJK', '中'.repeat(43_690)],
  ]) {
    const large = { ...FIELDS, objectName: 'app:note', content }
    const body = `fromUserId=2191&toGroupId=2193&objectName=app%3Anote&content=${encodeURIComponent(content)}`
    const largeVariants = {
      'bare fetch, body made before': async () =>
        (await fetch(baseUrl + PATH, { method: 'POST', headers: fixed, body })).json(),
      'bare fetch, body made by URLSearchParams': async () =>
        (await fetch(baseUrl + PATH, { method: 'POST', headers: fixed, body: new URLSearchParams(large) })).json(),
      'this client': () => client.sendGroupStatusMessage(large),
    }
    await compare(`Client, 128 KiB of ${name}: time, ratio to bare fetch`, largeVariants, {
      measure: timed(100, 1),
      rounds: 9,
    })
  }
  stop()
}

/** Heap after many calls, in one process, against a fetch that answers at once. */
async function heap() {
  const answer = async () => new Response('{"code":200}')
  const client = createClient({ ...KEYS, baseUrl: 'http://mock', limiter: false, fetch: answer })
  const used = () => {
    globalThis.gc?.()
    return (process.memoryUsage().heapUsed / 1e6).toFixed(1)
  }
  console.log('\nHeap in MB, collected, after so many calls (flat is the aim)')
  for (let calls = 0; calls <= 100_000; calls += 25_000) {
    console.log(`  ${String(calls).padEnd(8)} ${used()}`)
    for (let i = 0; calls < 100_000 && i < 25_000; i++) await client.sendGroupStatusMessage(FIELDS)
  }
}

async function servers() {
  const [raw, door] = await Promise.all([serve('raw'), serve('stand-in')])
  const variants = { 'raw node:http': raw.port, 'the server door (aim <= 1.18: 0.85 of raw)': door.port }
  const title = 'time, ratio to raw node:http'
  await compare(`Server, 10 connections of Node's HTTP client: ${title}`, variants, { measure: httpLoad(5_000) })
  await compare(`Server, 10 raw sockets that do nothing else: ${title}`, variants, { measure: load(10_000) })
  raw.stop()
  door.stop()
}

async function inProcess() {
  const options = { ...KEYS, rateLimit: false, record: 100 }
  const api = createMockApi(options)
  const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, limiter: false })
  const core = createMockCore(options)
  const request = { method: 'POST', path: PATH, headers: signed(), body: BODY }
  const url = `https://api.rong-api.com${PATH}`
  const init = { method: 'POST', headers: signed(), body: BODY }
  const all = handlers(api)
  const intercepted = globalThis.fetch
  const variants = {
    'a fetch that answers at once': async () => {
      const answer = async () => new Response('{"code":200}', { headers: { 'content-type': 'application/json' } })
      return (await answer()).json()
    },
    'injected fetch (aim >= 14k/s, where MSW does 3-5k)': async () => (await api.fetch(url, init)).json(),
    'injected fetch: client and stand-in': () => client.sendGroupStatusMessage(FIELDS),
    'the core called directly': async () => core.handle(request),
    'MSW: getResponse, no interception': async () => (await getResponse(all, new Request(url, init))).json(),
    'MSW: intercepted fetch': async () => (await globalThis.fetch(url, init)).json(),
  }
  const server = setupServer(...all)
  server.listen({ onUnhandledRequest: 'error' })
  if (globalThis.fetch === intercepted) throw new Error('MSW does not intercept')
  await compare('In process: time, ratio to a fetch that does nothing', variants, { measure: timed(2_000, 1) })
  server.close()
}

/** Heap of the stand-in, with its record as by default: full after the first thousand calls, and of one size from then on. */
async function memory() {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  const init = { method: 'POST', headers: signed(), body: BODY }
  console.log('\nThe stand-in: heap in MB, collected, after so many calls (flat is the aim)')
  for (let calls = 0; ; calls += 50_000) {
    globalThis.gc?.()
    console.log(`  ${String(calls).padEnd(8)} ${(process.memoryUsage().heapUsed / 1e6).toFixed(1)}`)
    if (calls === 200_000) break
    for (let i = 0; i < 50_000; i++) {
      // Half of them through the door, and one in ten off the contract.
      const body = i % 10 === 0 ? `${BODY}&toGroupId=1&toGroupId=2` : BODY
      if (i % 2 === 0) await (await api.fetch(`http://mock${PATH}`, { ...init, body })).text()
      else api.handle({ method: 'POST', path: PATH, headers: init.headers, body })
    }
  }
}

/** By hand: `npm run bench -- prism <its dist/index.js> <a node that it runs on>`. Prism is not installed here. */
async function prism([script, node = process.execPath]) {
  const port = 4_010
  const spec = new URL('../../generated/openapi.yaml', import.meta.url).pathname
  const child = spawn(node, [script, 'mock', '-p', port, '-v', 'silent', spec], { stdio: 'ignore' })
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  while (!(await isUp())) await new Promise((done) => setTimeout(done, 200))
  const [raw, door] = await Promise.all([serve('raw'), serve('stand-in')])
  const variants = { 'the server door': door.port, 'raw node:http': raw.port, 'Prism, silent (aim >= 10)': port }
  const title = "Server, 10 connections of Node's HTTP client: time, ratio to the server door"
  await compare(title, variants, { measure: httpLoad(2_000), rounds: 9 })
  for (const { stop } of [raw, door, { stop: () => child.kill() }]) stop()
}

async function sizes() {
  console.log('\nSize of door "." with openapi-fetch, minified by esbuild')
  const rows = {
    'everything (aim <= 6.0 kB gz)': "export * from './dist/src/index.js'",
    'createClient alone': "export { createClient } from './dist/src/index.js'",
    'createSigner alone': "export { createSigner } from './dist/src/index.js'",
    'of it openapi-fetch': "export { default } from 'openapi-fetch'",
    'of it the validators': "export { headers, messages, requests } from './generated/validators.js'",
  }
  for (const [name, contents] of Object.entries(rows)) {
    const stdin = { contents, resolveDir: process.cwd() }
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    })
    const bytes = outputFiles[0].contents
    console.log(
      `  ${name.padEnd(56)} ${(gzipSync(bytes, { level: 9 }).length / 1000).toFixed(2)} kB gz, ${(bytes.length / 1000).toFixed(1)} kB`,
    )
  }
}

const parts = { clients, heap, memory, servers, inProcess, sizes }
const chosen = process.argv.slice(2)
if (chosen[0] === 'prism') await prism(chosen.slice(1))
else for (const [name, run] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await run()
