/** The collections for Postman and Bruno: what they send, how they sign, and the archive of the second. */
import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { brunoArchive } from '../../../../src/tooling/docs/bruno.js'
import { type Collection, collectionOf } from '../../../../src/tooling/docs/collections.js'
import { postmanCollection } from '../../../../src/tooling/docs/postman.js'
import { zip } from '../../../../src/tooling/docs/zip.js'
import { docsSite, SPEC, withOperations } from '../../../support/docs-site.js'
import { unzipped } from '../../../support/unzip.js'

const site = await docsSite()
const collection = collectionOf(site)

interface Script {
  readonly listen: string
  readonly script: { readonly exec: readonly string[] }
}
interface Postman {
  readonly info: { readonly schema: string }
  readonly item: readonly {
    readonly item: readonly {
      readonly name: string
      readonly event: readonly Script[]
      readonly request: {
        readonly method: string
        readonly header: readonly { readonly key: string; readonly value: string }[]
        readonly url: { readonly raw: string }
        readonly body: { readonly urlencoded: readonly { readonly key: string; readonly value: string }[] }
      }
    }[]
  }[]
  readonly event: readonly Script[]
  readonly variable: readonly { readonly key: string; readonly value: string; readonly type: string }[]
}
const postmanOf = (one: Collection) => JSON.parse(postmanCollection(one)) as Postman
const postman = postmanOf(collection)
const requests = postman.item.flatMap(({ item }) => item)
const bruno = unzipped(brunoArchive(collection))

/** Stands for CryptoJS, which both tools bring. */
const tools = (name: string) => {
  expect(name).toBe('crypto-js')
  return { SHA1: (text: string) => ({ toString: () => createHash('sha1').update(text).digest('hex') }) }
}

/** Runs the script that signs; gives the headers that it set. */
function signed(script: string, vars: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {}
  const get = (name: string) => vars[name]
  const upsert = ({ key, value }: { key: string; value: string }) => {
    headers[key] = value
  }
  const setHeader = (key: string, value: string) => upsert({ key, value })
  const pm = { variables: { get }, request: { headers: { upsert } } }
  runInNewContext(script, { require: tools, pm, bru: { getEnvVar: get }, req: { setHeader } })
  return headers
}

const SCRIPTS = {
  Postman: postman.event[0]?.script.exec.join('\n') ?? '',
  Bruno: /script:pre-request \{\n([\s\S]*)\n\}/.exec(bruno.get('collection.bru') ?? '')?.[1] ?? '',
}

test.each(Object.entries(SCRIPTS))(
  'the script for %s signs each request anew, in the limits of the contract',
  (_name, script) => {
    const vars = { appKey: 'k', appSecret: 's' }
    const first = signed(script, vars)
    expect(Object.keys(first).toSorted()).toEqual(['App-Key', 'Nonce', 'Signature', 'Timestamp'])
    expect(first['App-Key']).toBe('k')
    const { Nonce: nonce = '', Timestamp: timestamp = '' } = first
    expect(nonce).toMatch(/^[a-z0-9]{10,18}$/)
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(10_000)
    expect(first['Signature']).toBe(createHash('sha1').update(`s${nonce}${timestamp}`).digest('hex'))
    expect(signed(script, vars)['Nonce']).not.toBe(nonce)
  },
)

describe('the Postman collection', () => {
  test('names the format that its tools know', () => {
    expect(postman.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json')
  })

  test('sends every named example, with its list repeated and a new request id', () => {
    const operation = SPEC['paths']?.['/statusmessage/group/publish.json']?.['post']
    const media = operation?.['requestBody']?.['content']?.['application/x-www-form-urlencoded']
    expect(requests).toHaveLength(Object.keys(media?.['examples'] ?? {}).length)
    expect(requests.length).toBeGreaterThanOrEqual(4)
    for (const { request } of requests) {
      expect([request.method, request.url.raw]).toEqual(['POST', '{{baseUrl}}/statusmessage/group/publish.json'])
      expect(request.header).toContainEqual({ key: 'X-Request-ID', value: '{{$guid}}' })
    }
    const lists = requests.map(({ request }) =>
      request.body.urlencoded.filter(({ key }) => key === 'toGroupId').map(({ value }) => value),
    )
    expect(lists).toContainEqual(['2193', '2192'])
  })

  test.each([
    ['a success', 200, { code: 200 }, []],
    ['another status', 401, { code: 200 }, ['401 equals 200']],
    ['another code', 200, { code: 1004 }, ['1004 is one of 200']],
  ])('tells %s', (_name, code, body, failures) => {
    const failed: string[] = []
    const check = (fine: boolean, words: string) => fine || failed.push(words)
    const expectation = (value: unknown) => ({
      to: {
        equal: (other: unknown) => check(value === other, `${value} equals ${other}`),
        be: { oneOf: (all: unknown[]) => check(all.includes(value), `${value} is one of ${all}`) },
      },
    })
    const pm = {
      test: (_: string, run: () => void) => run(),
      expect: expectation,
      response: { code, json: () => body },
    }
    runInNewContext(requests[0]?.event[0]?.script.exec.join('\n') ?? '', { pm })
    expect(failed).toEqual(failures)
  })

  test('has a place for key and secret, with nothing in it, and hides the secret', () => {
    expect(postman.variable).toEqual([
      { key: 'baseUrl', value: 'https://api.rong-api.com', type: 'string' },
      { key: 'appKey', value: '', type: 'string' },
      { key: 'appSecret', value: '', type: 'secret' },
    ])
  })

  test('of a contract with two operations has a folder for each', () => {
    const both = collectionOf({ ...site, spec: withOperations('cursor_move') })
    expect(both.folders.map(({ name }) => name)).toContain('Move a cursor')
    expect(postmanOf(both).item).toHaveLength(2)
  })
})

describe('the Bruno collection', () => {
  test('holds the same requests, in files with names that all systems take', () => {
    const files = [...bruno.keys()]
    expect(files).toEqual(
      expect.arrayContaining(['bruno.json', 'collection.bru', 'environments/Production.bru', 'environments/Mock.bru']),
    )
    expect(files).toHaveLength(4 + requests.length)
    for (const file of files) expect(file).toMatch(/^[\p{L}\p{N} _/.-]+$/u)
    expect([...bruno.values()].filter((text) => /toGroupId: 2193\n {2}toGroupId: 2192\n/.test(text))).not.toEqual([])
  })

  test('has no value for the secret but that of the mock', () => {
    expect(bruno.get('environments/Production.bru')).toBe(
      'vars {\n  baseUrl: https://api.rong-api.com\n  appKey: \n}\n\nvars:secret [\n  appSecret\n]\n',
    )
    expect(bruno.get('environments/Mock.bru')).toContain('appSecret: ')
  })

  test('is the same bytes each time', () => {
    expect(Buffer.from(brunoArchive(collection)).equals(brunoArchive(collectionOf(site)))).toBe(true)
  })
})

test('an archive is laid out as the format has it', () => {
  // The CRC-32 of this text is the check value that the catalogue of CRCs publishes.
  const bytes = Buffer.from(zip(new Map([['a/ü.txt', '123456789']])))
  expect(bytes.readUInt32LE(14)).toBe(0xcbf43926)
  expect(unzipped(bytes)).toEqual(new Map([['a/ü.txt', '123456789']]))
  const end = bytes.subarray(-22)
  const directory = end.readUInt32LE(16)
  expect([end.readUInt32LE(0), end.readUInt16LE(10)]).toEqual([0x06054b50, 1])
  expect(bytes.readUInt32LE(directory)).toBe(0x02014b50)
  expect(directory + end.readUInt32LE(12)).toBe(bytes.length - 22)
})
