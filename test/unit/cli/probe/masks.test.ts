/** What a server repeats of a request stands in no output: ids, keys, nonces, timestamps and signatures. */
import { createHash } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { exchange } from '../../../../src/cli/probe/exchange.js'
import { createMask } from '../../../../src/cli/probe/mask.js'
import { reportJson, reportText } from '../../../../src/cli/probe/report.js'
import type { ReadyRequest } from '../../../../src/cli/probe/requests.js'
import { IDS, KEYS, mockServer, type Probed, probe } from '../../../support/probe/run.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const NAMES = /^(rc-)?(app-key|nonce|timestamp|signature)$/i
const SHORTEST = 8

/** The signature that the server expects for the nonce and the timestamp of a request. */
function expected(headers: Headers): string {
  const [nonce, timestamp] = ['nonce', 'timestamp'].map((name) => headers.get(name) ?? headers.get(`rc-${name}`) ?? '')
  return createHash('sha1').update(`${KEYS.appSecret}${nonce}${timestamp}`).digest('hex')
}

const base64 = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex').toString('base64')

/** How a server may repeat a text. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'cut off': (text) => `${text.slice(0, Math.max(SHORTEST, text.length - 3))}...`,
  'between letters': (text) => `got${text}end`,
}

/** All texts of the requests that no output may have. */
function forbidden({ seen }: Probed): string[] {
  const all = seen.flatMap(({ headers, body }) => {
    const signed = [...headers].filter(([name]) => NAMES.test(name)).map(([, value]) => value)
    const ids = body
      .split('&')
      .flatMap((pair) => (/^(toGroupId|fromUserId)/.test(pair) ? (pair.split('=')[1] ?? '') : []))
    return [...signed, expected(headers), base64(expected(headers)), ...ids]
  })
  const short = [...new Set(all)].map((text) => text.slice(0, Math.max(SHORTEST, text.length - 3)).toLowerCase())
  return short.filter((text) => text.length >= SHORTEST)
}

describe.each(Object.entries(WAYS))('a server that repeats what it got, %s', (_name, repeat) => {
  test.each([
    ['without ids of the user', undefined],
    ['with them', IDS],
  ])('has none of it in any output, %s', async (_tier, ids) => {
    const { server } = mockServer()
    const probed = await probe(
      async (request, n) => {
        const body = await request.clone().text()
        const answer = await server(request, n)
        const own = [...request.headers].filter(([name]) => NAMES.test(name)).map(([, value]) => value)
        const right = expected(request.headers)
        const values = body.slice(0, 2_000).split(/[&=]/)
        const words = [...own, right, base64(right), KEYS.appSecret, ...values].map(repeat).join(' ')
        const found = JSON.parse(await answer.text()) as { readonly errorMessage?: string }
        const [field] = found.errorMessage?.split(':') ?? []
        const text = JSON.stringify(answer.status === 200 ? found : { ...found, errorMessage: `${field}: ${words}` })
        return new Response(text, {
          status: answer.status,
          headers: {
            'content-type': 'application/json',
            server: repeat(right),
            'x-request-id': repeat(own.at(-1) ?? ''),
          },
        })
      },
      { ids },
    )
    const json = reportJson(probed.result, probed.summary, { host: 'h', appKey: KEYS.appKey, at: 0 })
    const output = `${json}\n${reportText(probed.result, probed.summary)}`.toLowerCase()
    expect(probed.seen.length).toBeGreaterThan(100)
    expect(forbidden(probed).filter((text) => output.includes(text))).toEqual([])
    expect(output).not.toContain(KEYS.appSecret.slice(0, SHORTEST))
    expect(output).toContain('<nonce>')
  })
})

describe('texts of a request in an answer', () => {
  const OWN = [
    ['my-test-group', '<id:13>'],
    ['my-test-user', '<id:12>'],
    ['lab', '<id:3>'],
  ] as const

  test.each([
    ['two that begin alike', 'my-test-user and my-test-group', '<id:12> and <id:13>'],
    ['the same twice, once cut off', 'my-test-group, my-test-g…', '<id:13>, <id:13>…'],
    ['cut off where both are alike', 'my-test-…', '<id:13>…'],
    ['in another case', 'MY-TEST-USER', '<id:12>'],
    ['too little of it', 'my-test', 'my-test'],
    ['a short one as a word', 'no group lab: "lab"', 'no group <id:3>: "<id:3>"'],
    ['a short one within a word', 'label of a collab', 'label of a collab'],
  ])('%s', (_name, text, masked) => {
    expect(createMask(OWN)(text)).toBe(masked)
  })
})

test('the id of a call stands in a report also where it begins as the App Key does', async () => {
  const requestId = 'probe-apk8n1xzpz0jta54042z'
  const request: ReadyRequest = {
    method: 'POST',
    path: '/',
    headers: {},
    body: '',
    cost: 1,
    texts: [['probe-app-key-7Q4x', '<appKey>']],
    isOtherAddress: false,
    requestId,
  }
  const words = `no app probe-app-key-7Q4x, nor probe-app-k (call ${requestId})`
  const outcome = await exchange(request, {
    baseUrl: 'http://h',
    fetch: async () => Response.json({ code: 1002, errorMessage: words }, { status: 400 }),
    timeout: 1_000,
    appSecret: KEYS.appSecret,
  })
  expect(outcome).toMatchObject({ message: `no app <appKey>, nor <appKey> (call ${requestId})` })
})
