/** The Postman collection: what it sends, how it signs, and how it tests the answer. */
import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { postmanCollection } from '../../../../src/tooling/docs/postman-collection.js'
import type { Site } from '../../../../src/tooling/docs/site.js'
import { docsSite, FIRST_PATH, SPEC, withOperations } from '../../../support/docs-site.js'

const site = await docsSite()

interface Script {
  readonly listen: string
  readonly script: { readonly exec: readonly string[] }
}
interface Postman {
  readonly info: { readonly schema: string }
  readonly item: readonly {
    readonly name: string
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
const collectionOf = (one: Site) => JSON.parse(postmanCollection(one)) as Postman
const postman = collectionOf(site)
// Those of the first operation; others may stand beside it.
const requests = postman.item[0]?.item ?? []

/** Takes the place of CryptoJS, which Postman brings. */
const requireModule = (name: string) => {
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
  const pm = { variables: { get }, request: { headers: { upsert } } }
  runInNewContext(script, { require: requireModule, pm })
  return headers
}

test('the script signs each request anew, within the limits of the contract', () => {
  const script = postman.event[0]?.script.exec.join('\n') ?? ''
  const vars = { appKey: 'k', appSecret: 's' }
  const first = signed(script, vars)
  expect(Object.keys(first).toSorted()).toEqual(['App-Key', 'Nonce', 'Signature', 'Timestamp'])
  expect(first['App-Key']).toBe('k')
  const { Nonce: nonce = '', Timestamp: timestamp = '' } = first
  expect(nonce).toMatch(/^[a-z0-9]{10,18}$/)
  expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(10_000)
  expect(first['Signature']).toBe(createHash('sha1').update(`s${nonce}${timestamp}`).digest('hex'))
  expect(signed(script, vars)['Nonce']).not.toBe(nonce)
})

describe('the Postman collection', () => {
  test('names its format', () => {
    expect(postman.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json')
  })

  test('sends every named example, repeats the list and makes a new request id', () => {
    const operation = SPEC.paths?.[FIRST_PATH]?.post
    const media = operation?.requestBody?.content['application/x-www-form-urlencoded']
    expect(requests).toHaveLength(Object.keys(media?.examples ?? {}).length)
    expect(requests.length).toBeGreaterThanOrEqual(4)
    for (const { request } of requests) {
      expect([request.method, request.url.raw]).toEqual(['POST', `{{baseUrl}}${FIRST_PATH}`])
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
  ])('tests the answer: %s', (_name, code, body, failures) => {
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

  test('has empty variables for key and secret, and hides the secret', () => {
    expect(postman.variable).toEqual([
      { key: 'baseUrl', value: 'https://api.rong-api.com', type: 'string' },
      { key: 'appKey', value: '', type: 'string' },
      { key: 'appSecret', value: '', type: 'secret' },
    ])
  })

  test('has a folder for each operation', () => {
    const both = collectionOf({ ...site, spec: withOperations('cursor_move') })
    expect(both.item.map(({ name }) => name)).toContain('Move a cursor')
    expect(both.item).toHaveLength(2)
  })
})
