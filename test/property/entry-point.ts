/** Whatever comes, over a socket or as a plain request: an answer within the contract of errors, and the next good request is served. */
import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { ContractViolationError, createMockApi } from '../../src/testing.js'
import { checkedKeywords, createAjv, mapValues } from '../../src/tooling/generate/ajv.js'
import { answersOf } from '../../src/tooling/generate/tables/answers.js'
import { prove, type Setup } from './prove.js'
import { bytes, good, plain } from './soup.js'
import { operations, spec, vectors } from './values.js'

const KEYS = vectors['credentials'] as unknown as { readonly appKey: string; readonly appSecret: string }

/** For each status of the contract, whether a body fits an answer of that status. */
function contract(): (status: number, body: unknown) => boolean {
  const ajv: Ajv2020 = createAjv()
  const components = { schemas: mapValues(spec['components']?.['schemas'] ?? {}, checkedKeywords) }
  ajv.addSchema({ $id: 'spec', components }, 'spec', false, false)
  const answers = operations
    .flatMap((operation) => answersOf(spec, operation))
    .map(({ status, schema }) => ({ status, fits: ajv.compile(checkedKeywords(schema ?? {}) as object) }))
  return (status, body) => answers.some((one) => one.status === status && one.fits(body))
}

const isAnswer = contract()

/** The server's own paths answer beside the contract. */
const isControl = (status: number, body: unknown) =>
  (status === 200 && Array.isArray(body)) || (status === 204 && body === undefined)

interface Answer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

const CHUNK = /^([0-9a-f]+)\r\n/i

/** The answers in what came back, one behind another. Bodies are as long as they say, but for those that answer HEAD. */
function answersIn(raw: string): Answer[] {
  const answers: Answer[] = []
  for (let rest = raw; rest !== ''; ) {
    const [whole = '', status = '', headers = ''] =
      /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(rest) ?? []
    if (whole === '') throw new Error(`no HTTP: ${JSON.stringify(rest.slice(0, 200))}`)
    rest = rest.slice(whole.length)
    let body = ''
    const length = Number(/^content-length: (\d+)\r$/im.exec(headers)?.[1] ?? 0)
    if (length > 0 && rest !== '' && !rest.startsWith('HTTP/1.1 ')) {
      body = rest.slice(0, length)
      rest = rest.slice(length)
    }
    if (/^transfer-encoding: chunked\r$/im.test(headers)) {
      for (let size = CHUNK.exec(rest); size; size = CHUNK.exec(rest)) {
        const count = Number.parseInt(size[1] as string, 16)
        body += rest.slice(size[0].length, size[0].length + count)
        rest = rest.slice(size[0].length + count + 2)
        if (count === 0) break
      }
    }
    answers.push({ status: Number(status), headers, body })
  }
  return answers
}

/** @throws for an answer that the contract of errors does not allow */
function judge({ status, headers, body }: Answer, mayBeBare: boolean): void {
  const refuse = (why: string) => new Error(`${why}: ${status} ${headers} ${body.slice(0, 500)}`)
  if (status === 100) return
  if (body === '' && mayBeBare && (status === 204 || /^4\d\d$/.test(String(status)))) return
  // To HEAD the headers alone are the answer.
  if (body === '' && mayBeBare && /content-type: application\/json/.test(headers)) return
  let json: unknown
  try {
    json = body === '' ? undefined : JSON.parse(Buffer.from(body, 'latin1').toString())
  } catch {
    throw refuse('no JSON')
  }
  if (!isAnswer(status, json) && !(mayBeBare && isControl(status, json))) throw refuse('off the contract of errors')
  const told = /^x-contract-violations: (.*)\r$/im.exec(headers)?.[1]
  if (told !== undefined && !Array.isArray(JSON.parse(told))) throw refuse('violations that are no list')
}

interface Server {
  readonly port: number
  readonly child: ChildProcess
}

async function start(): Promise<Server> {
  const file = fileURLToPath(new URL('./server.ts', import.meta.url))
  const child = fork(file, Object.values(KEYS), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const port = await new Promise<number>((done, fail) => {
    child.once('message', (message) => done(message as number)).once('exit', () => fail(new Error('no server')))
  })
  return { port, child }
}

/** Sends bytes, ends its own side, and gives what comes back until the server ends its side. */
function talk(port: number, sent: string): Promise<string> {
  return new Promise((done, fail) => {
    let got = ''
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(sent, 'latin1'))
    const timer = setTimeout(() => {
      socket.destroy()
      fail(new Error(`the server does not end the connection; so far it said ${JSON.stringify(got)}`))
    }, 15_000)
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      got += chunk
    })
    // It may have been closed while there was more to send.
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(timer)
      done(got)
    })
  })
}

/** A good request through Node's own client, on a connection that is kept. */
function ask(port: number, agent: Agent, { method, path, headers, body }: (typeof good)[number]): Promise<number> {
  return new Promise((done, fail) => {
    const options = {
      port,
      host: '127.0.0.1',
      agent,
      method,
      path,
      headers: { ...headers, 'content-length': body.length },
    }
    httpRequest(options, (response) => response.resume().on('end', () => done(response.statusCode ?? 0)))
      .on('error', fail)
      .end(body)
  })
}

/**
 * What a server may leave unanswered: line ends, in front of which a request could still come, and a CONNECT, to which
 * `node:http` closes the connection where nobody is a proxy.
 */
const mayBeSilent = (sent: string) => /^[\r\n]*(CONNECT |$)/.test(sent) || isCutOffUpgrade(sent)

/** A request that asks for another protocol and ends before its body: `node:http` closes, where for others it answers 400. */
function isCutOffUpgrade(sent: string): boolean {
  const [head = '', body = ''] = sent.split(/\r\n\r\n(.*)/s)
  const length = /^content-length: *(\d+) *$/im.exec(head)?.[1]
  return /^upgrade:/im.test(head) && body.length < Number(length)
}

export async function entryPointHolds(setup: Setup): Promise<string> {
  if (good.length === 0) throw new Error('no operation has a good request')
  let server = await start()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let turn = 0
  const property = fc.asyncProperty(bytes, async (sent) => {
    if (server.child.exitCode !== null) server = await start()
    const answers = answersIn(await talk(server.port, sent))
    if (answers.length === 0 && !mayBeSilent(sent)) throw new Error('no answer')
    for (const answer of answers) judge(answer, true)
    const next = good[turn++ % good.length] as (typeof good)[number]
    const status = await ask(server.port, agent, next)
    if (!(status >= 200 && status < 300)) throw new Error(`the good request behind it got ${status}`)
    if (server.child.exitCode !== null) throw new Error(`the server ended with ${server.child.exitCode}`)
  })
  try {
    return await prove('the server answers, and lives', property, setup)
  } finally {
    agent.destroy()
    server.child.disconnect()
  }
}

export async function mockHolds(setup: Setup): Promise<string> {
  const api = createMockApi({ ...KEYS, rateLimit: false, maxCalls: 5 })
  let turn = 0
  const property = fc.property(plain, (request) => {
    const { status, headers, body } = api.handle(request)
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    judge({ status, headers: lines.join(''), body: Buffer.from(body).toString('latin1') }, false)
    JSON.stringify(api.calls)
    try {
      api.verify()
    } catch (error) {
      if (!(error instanceof ContractViolationError)) throw error
    }
    const next = good[turn++ % good.length] as (typeof good)[number]
    const lower = Object.entries(next.headers).map(([name, value]) => [name.toLowerCase(), value])
    const after = api.handle({ ...next, headers: Object.fromEntries(lower) }).status
    if (!(after >= 200 && after < 300)) throw new Error(`the good request behind it got ${after}`)
  })
  return prove('the mock answers, and never throws', property, setup)
}
