/** Bytes that no client should send: good requests with mistakes, odd requests, and plain noise. As Latin-1 text. */
import fc from 'fast-check'
import type { PlainRequest } from '../../src/testing.js'
import { operations, text, vectors } from './values.js'

interface Raw {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Written {
  readonly layer: string
  readonly request: Omit<Raw, 'body'> & { readonly body: readonly (string | { repeat: string; times: number })[] }
  readonly expect: { readonly verdict: string }
}

const all = (vectors['vectors'] as unknown as Written[]).map(({ request, layer, expect }) => ({
  layer,
  isGood: expect.verdict === 'accepted',
  request: {
    ...request,
    body: request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join(''),
  },
}))

/** The requests of the contract's vectors, on the contract and off it, that are small. */
const requests: readonly Raw[] = all.map(({ request }) => request).filter(({ body }) => body.length < 2_000)

/** One good request of each operation, which must be answered whatever came before. */
export const good: readonly Raw[] = all
  .filter(({ layer, isGood }) => layer === 'fields' && isGood)
  .map(({ request }) => request)
  .filter(({ path, method }, i, list) => list.findIndex((one) => one.path === path && one.method === method) === i)

export function written({ method, path, headers, body }: Raw): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\nHost: x\r\n${lines.join('')}Content-Length: ${body.length}\r\n\r\n${body}`
}

const latin = (max: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: max })
const token = fc.constantFrom(
  ...'\r\n|\r|\n|\0|: |:|;|,|&|=|+|%|%zz|%ff|%00|/|?|#|//|..|*|http://x/|[|"|{}|0|-1|9999999999999999999999|é|\xff|\x80'.split(
    '|',
  ),
  'chunked',
  'Transfer-Encoding: chunked\r\n',
  'Content-Length: 3\r\n',
  'Expect: 100-continue\r\n',
  'Connection: upgrade\r\nUpgrade: websocket\r\n',
  'Connection: close\r\n',
  'HTTP/1.0',
  'HTTP/2.0',
  'x'.repeat(20_000),
  'a: b\r\n'.repeat(300),
)
const METHODS = 'GET,HEAD,POST,PUT,DELETE,PATCH,OPTIONS,TRACE,CONNECT,PROPFIND,M-SEARCH,FOO,get,,P OST'.split(',')
const PATHS = [
  ...operations.flatMap(({ path }) => [
    path,
    `${path}?a=b`,
    `${path}/`,
    `http://api.example.com${path}`,
    path.toUpperCase(),
  ]),
  ...['/', '*', '/__calls', '/__reset', '/__calls?x', '/__proto__', 'x:443', '//', '/%zz', '/%2e%2e/', '', 'http://['],
]
const NAMES = [
  ...new Set(requests.flatMap(({ headers }) => Object.keys(headers))),
  ...['Prefer', 'X-Request-ID', '__proto__', 'constructor', 'Host', 'Cookie', 'Expect', 'Upgrade', 'Connection'],
]
const VALUES = [
  ...new Set(requests.flatMap(({ headers }) => Object.values(headers))),
  ...['code=429', 'code=1e9', 'example="', 'close', 'upgrade', '100-continue', '', ' ', '\t', 'x'.repeat(9_000)],
]

const path = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PATHS) }, { weight: 1, arbitrary: latin(30) })
const headers = fc.array(
  fc.tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: latin(12) }),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: latin(20) }),
  ),
  { maxLength: 12 },
)
const body = fc.oneof(fc.constantFrom(...requests.map((one) => one.body)), latin(200), text)

/** A request in which each piece may be odd; its length is right in most cases. */
const odd = fc
  .tuple(
    fc.constantFrom(...METHODS),
    path,
    headers,
    body,
    fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: -9, max: 9 })),
  )
  .map(([method, target, lines, content, off]) => {
    const bytes = Buffer.from(content).toString('latin1')
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    return `${method} ${target} HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${bytes.length + off}\r\n\r\n${bytes}`
  })

/** A cut of so many thousandths, a piece that goes in, and how much goes out. */
const change = fc.tuple(fc.nat(999), fc.oneof(token, latin(4), fc.constant('')), fc.oneof(fc.nat(3), fc.nat(80)))

type Change = readonly [at: number, piece: string, out: number]

const changed = (from: string, changes: readonly Change[]) =>
  changes.reduce((text, [at, piece, out]) => {
    const place = Math.floor((at / 1000) * text.length)
    return text.slice(0, place) + piece + text.slice(place + out)
  }, from)

const changes = fc.array(change, { minLength: 1, maxLength: 4 })

/** A request of the contract with some bytes changed, cut off, or said twice. */
const mutated = fc.tuple(fc.constantFrom(...requests), changes, fc.nat(9)).map(([request, some, end]) => {
  const bytes = changed(written(request), some)
  return end === 0 ? bytes + bytes : end === 1 ? bytes.slice(0, bytes.length >> 1) : bytes
})

/** A request whose frame is right, and whose body is not. */
const misspelt = fc
  .tuple(fc.constantFrom(...requests), changes)
  .map(([request, some]) => written({ ...request, body: changed(request.body, some) }))

/** What comes over a socket. */
export const bytes: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 3, arbitrary: misspelt },
  { weight: 4, arbitrary: odd },
  { weight: 1, arbitrary: latin(300) },
)

const header = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom<string | readonly string[] | undefined>(...VALUES, undefined, [], ['a', 'b']),
  },
  { weight: 1, arbitrary: text },
)

/** What an entry point hands to the mock: any method, path, headers and body. */
export const plain: fc.Arbitrary<PlainRequest> = fc
  .record({
    request: fc.constantFrom(...requests),
    method: fc.option(fc.oneof(fc.constantFrom(...METHODS), text), { freq: 4 }),
    path: fc.option(fc.oneof(fc.constantFrom(...PATHS), text), { freq: 4 }),
    headers: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), text), header, { maxKeys: 4 }),
    body: fc.option(fc.oneof(body, fc.constant(undefined), fc.constant('')), { freq: 3 }),
    cut: fc.array(change, { maxLength: 2 }),
  })
  .map(({ request, cut, ...own }) => {
    const content = own.body === null ? request.body : own.body
    const lower = (from: object) => Object.entries(from).map(([name, value]) => [name.toLowerCase(), value])
    return {
      method: own.method ?? request.method,
      path: own.path ?? request.path,
      headers: Object.fromEntries([...lower(request.headers), ...lower(own.headers)]),
      body: content && changed(content, cut),
    }
  })
