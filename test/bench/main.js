/**
 * `npm run bench`: all parts; `npm run bench -- clients sizes` runs those alone.
 *
 * - `clients`: time of a call, beside `fetch` by hand and other clients (`clients.js`)
 * - `servers`, `inProcess`: time of the mock, over HTTP and without
 * - `heap`, `memory`: heap of client and mock after many calls
 * - `sizes`: of the entry point "."
 * - `generate`: time and memory of `npm run generate` for 1, 30, 100 and 400 operations, and of the build of 400; asked for by name alone
 * - `prism <its dist/index.js> <a node that it runs on>`: only by hand; Prism is not installed here
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { createClient } from '../../dist/src/index.js'
import { handlers } from '../../dist/src/msw.js'
import { createMockApi } from '../../dist/src/testing.js'
import { clients } from './clients.js'
import { measureGenerate } from './generate.js'
import { compare, timeCalls, timeOf } from './measure.js'
import { BODY, FIELDS, KEYS, PATH, serve, signed } from './world.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Milliseconds for one request of Node's own HTTP client, ten connections: as fast as most clients are. */
async function httpLoad(port, requests) {
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
  const took = await timeCalls(one, requests, 10)
  agent.destroy()
  return took
}

/** Milliseconds for one request over raw sockets, ten connections, one request at a time on each. */
async function socketLoad(port, requests) {
  const connections = 10
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
  return timeOf(requests, () => Promise.all(Array.from({ length: connections }, worker)))
}

async function servers() {
  const [raw, mock] = await Promise.all([serve('raw'), serve('mock')])
  const variants = (aim) => ({ 'raw node:http': { run: raw.port }, "the mock's server": { run: mock.port, aim } })
  const title = 'Server, 10 connections'
  // The aim is 0.85 of the requests that `node:http` answers.
  await compare(`${title} of Node's HTTP client`, variants(1.18), { measure: httpLoad, calls: 1_000 })
  await compare(`${title} that do nothing else`, variants(), { measure: socketLoad, calls: 2_000 })
  raw.stop()
  mock.stop()
}

async function inProcess() {
  const options = { ...KEYS, rateLimit: false, maxCalls: 100 }
  const api = createMockApi(options)
  const client = createClient({ ...KEYS, baseUrl: 'http://mock', fetch: api.fetch, limiter: false })
  const core = createMockApi(options)
  const request = { method: 'POST', path: PATH, headers: signed(), body: BODY }
  const url = `https://api.rong-api.com${PATH}`
  const init = { method: 'POST', headers: signed(), body: BODY }
  const all = handlers(api)
  const nothing = async () => new Response('{"code":200}', { headers: { 'content-type': 'application/json' } })
  const intercepted = globalThis.fetch
  const variants = {
    'a fetch that answers at once': { run: async () => (await nothing()).json() },
    'injected fetch (14k calls/s or more, where MSW does 3-5k)': {
      run: async () => (await api.fetch(url, init)).json(),
    },
    'injected fetch: client and mock': { run: () => client.sendGroupStatusMessage(FIELDS) },
    'the core called directly': { run: async () => core.handle(request) },
    'MSW: getResponse, no interception': { run: async () => (await getResponse(all, new Request(url, init))).json() },
    'MSW: intercepted fetch': { run: async () => (await globalThis.fetch(url, init)).json() },
  }
  const server = setupServer(...all)
  server.listen({ onUnhandledRequest: 'error' })
  if (globalThis.fetch === intercepted) throw new Error('MSW does not intercept')
  await compare('In process', variants, { measure: (run, calls) => timeCalls(run, calls, 1), calls: 200 })
  server.close()
}

/** Prints the heap, collected, at the start and after each step; flat is the aim. */
async function heapAfter(title, { calls, step, run }) {
  const used = []
  console.log(`\n${title}: heap in MB, collected, after so many calls`)
  for (let done = 0; ; done += step) {
    globalThis.gc?.()
    used.push(process.memoryUsage().heapUsed / 1e6)
    console.log(`  ${String(done).padEnd(8)} ${used.at(-1).toFixed(1)}`)
    if (done === calls) break
    for (let i = 0; i < step; i++) await run(i)
  }
  // The first step fills caches and compiles.
  const growth = used.at(-1) - used[1]
  console.log(`  growth since the first step: ${growth.toFixed(1)} (aim: at most 1.0)${growth > 1 ? '!' : ''}`)
}

/** Against a fetch that answers at once. */
async function heap() {
  const answer = async () => new Response('{"code":200}')
  const client = createClient({ ...KEYS, baseUrl: 'http://mock', limiter: false, fetch: answer })
  await heapAfter('The client', { calls: 100_000, step: 25_000, run: () => client.sendGroupStatusMessage(FIELDS) })
}

/** With its record as by default, full after the first thousand calls. */
async function memory() {
  const api = createMockApi({ ...KEYS, rateLimit: false })
  const init = { method: 'POST', headers: signed(), body: BODY }
  // Half of them by `fetch`, and one in ten off the contract.
  const run = async (i) => {
    const body = i % 10 === 0 ? `${BODY}&toGroupId=1&toGroupId=2` : BODY
    if (i % 2 === 0) await (await api.fetch(`http://mock${PATH}`, { ...init, body })).text()
    else api.handle({ method: 'POST', path: PATH, headers: init.headers, body })
  }
  await heapAfter('The mock', { calls: 200_000, step: 50_000, run })
}

async function prism([script, node = process.execPath]) {
  const port = 4_010
  const spec = `${ROOT}generated/openapi.yaml`
  const child = spawn(node, [script, 'mock', '-p', port, '-v', 'silent', spec], { stdio: 'ignore' })
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  while (!(await isUp())) await new Promise((done) => setTimeout(done, 200))
  const [raw, mock] = await Promise.all([serve('raw'), serve('mock')])
  const variants = {
    "the mock's server": { run: mock.port },
    'raw node:http': { run: raw.port },
    'Prism, silent (10 or more is what we want)': { run: port },
  }
  const title = "Server, 10 connections of Node's HTTP client"
  await compare(title, variants, { measure: httpLoad, calls: 500, pairs: 20 })
  for (const { stop } of [raw, mock, { stop: () => child.kill() }]) stop()
}

/** What a bundler makes of an import, with all that it needs. */
async function sizeOf(contents) {
  const stdin = { contents, resolveDir: ROOT }
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', write: false }
  const { outputFiles } = await build({ stdin, ...options })
  const bytes = outputFiles[0].contents
  return { gzipped: gzipSync(bytes, { level: 9 }).length / 1_000, minified: bytes.length / 1_000 }
}

async function sizes() {
  console.log('\nSize of the entry point "." with openapi-fetch, minified by esbuild, in kB')
  const rows = [
    { name: 'everything', contents: "export * from './dist/src/index.js'", aim: 16 },
    { name: 'createClient alone', contents: "export { createClient } from './dist/src/index.js'" },
    { name: 'createSigner alone', contents: "export { createSigner } from './dist/src/index.js'", aim: 2 },
    { name: 'of it openapi-fetch', contents: "export { default } from 'openapi-fetch'" },
    {
      name: 'of it the validators',
      contents: "export { headers, messages, requests } from './generated/validators.js'",
    },
  ]
  console.log(`  ${''.padEnd(28)}   gzip  minified   aim (gzip)`)
  for (const { name, contents, aim } of rows) {
    const { gzipped, minified } = await sizeOf(contents)
    const cells = `${gzipped.toFixed(2).padStart(7)}${minified.toFixed(1).padStart(10)}`
    const goal = aim === undefined ? '' : `   <= ${aim}${gzipped > aim ? '!' : ''}`
    console.log(`  ${name.padEnd(28)}${cells}${goal}`)
  }
}

const parts = { clients, heap, memory, servers, inProcess, sizes }
const chosen = process.argv.slice(2)
const unknown = chosen.find((name) => !(name in parts))
if (chosen[0] === 'prism') await prism(chosen.slice(1))
else if (chosen[0] === 'generate') measureGenerate()
else if (unknown !== undefined)
  throw new TypeError(
    `a part must be one of ${[...Object.keys(parts), 'generate', 'prism'].join(', ')}. Received ${unknown}`,
  )
else for (const [name, run] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await run()
