/** The client on real sockets: what is on the wire, and what ends a call. */
import { afterEach, describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../../src/index.js'
import { answers, type Behaviour, OK, startFaultyServer } from '../support/faulty-server.js'
import { sha1 } from '../support/raw-request.js'

const KEYS = { appKey: 'the-app-key', appSecret: 'canary-app-secret' }
const FIELDS = { fromUserId: '2191', toGroupId: ['2193', '2192'], objectName: 'app:note', content: 'a b+c&中' } as const
const BODY = 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=app%3Anote&content=a%20b%2Bc%26%E4%B8%AD'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function against(behaviour: Behaviour, options: Partial<ClientOptions> = {}) {
  const server = await startFaultyServer(behaviour)
  closing.push(server.stop)
  return { server, client: createClient({ ...KEYS, baseUrl: `http://127.0.0.1:${server.port}`, ...options }) }
}

describe('both ways out send the same signed form post', () => {
  test.each(['a method', 'client.api'])('%s', async (way) => {
    const { server, client } = await against(answers(200, OK))
    if (way === 'a method') await client.sendGroupStatusMessage(FIELDS)
    else await client.api.POST('/statusmessage/group/publish.json', { body: FIELDS })
    const [{ head = '', body = '' } = {}] = server.requests
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim()
    expect(head.split('\r\n')[0]).toBe('POST /statusmessage/group/publish.json HTTP/1.1')
    expect(header('content-type')).toBe('application/x-www-form-urlencoded')
    expect(header('app-key')).toBe('the-app-key')
    expect(header('signature')).toBe(sha1(`canary-app-secret${header('nonce')}${header('timestamp')}`))
    expect(header('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(header('user-agent')).toMatch(/^rongcloud-status-message\/\d+\.\d+\.\d+$/)
    expect(body).toBe(BODY)
  })
})

test('a redirect is not followed, so that the signed headers stay here', async () => {
  const elsewhere = await startFaultyServer(answers(200, OK))
  closing.push(elsewhere.stop)
  const { client } = await against(answers(307, '', { Location: `http://127.0.0.1:${elsewhere.port}/` }))
  const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
  expect(error).toMatchObject({ kind: 'api', status: 307, retryable: false })
  expect(error?.message).toContain('a redirect, which is not followed')
  const { response } = await client.api.POST('/statusmessage/group/publish.json', { body: FIELDS })
  expect(response.status).toBe(307)
  expect(elsewhere.requests).toHaveLength(0)
})

test('status and headers of the answer are there, of a success and of an error', async () => {
  const headers = { 'X-Trace': 'abc', 'Set-Cookie': 'session=1' }
  const good = await against(answers(200, OK, headers))
  const { response } = await good.client.sendGroupStatusMessage(FIELDS)
  expect([response.status, response.headers.get('x-trace')]).toEqual([200, 'abc'])
  const bad = await against(answers(500, '', headers))
  const { error } = await bad.client.safe.sendGroupStatusMessage(FIELDS)
  expect([error?.status, error?.headers?.get('x-trace'), error?.headers?.get('set-cookie')]).toEqual([500, 'abc', null])
})

test("the caller's signal ends a call under way, and closes its connection", async () => {
  let closed: () => void = () => {}
  const isClosed = new Promise<void>((done) => {
    closed = done
  })
  const controller = new AbortController()
  const reason = new Error('user left')
  const { client } = await against((socket) => {
    socket.on('close', closed)
    controller.abort(reason)
  })
  const { error } = await client.safe.sendGroupStatusMessage(FIELDS, { signal: controller.signal })
  expect(error).toMatchObject({ kind: 'aborted', processed: 'unknown', retryable: false, cause: reason })
  await isClosed
})

test('an answer that does not end is given up after a mebibyte, and its connection is closed', async () => {
  const isClosed: boolean[] = []
  const { client } = await against((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
    const more = () => {
      while (!socket.destroyed && socket.write(chunk));
    }
    socket.on('drain', more).on('close', () => isClosed.push(true))
    more()
  })
  const { error } = await client.safe.sendGroupStatusMessage(FIELDS)
  expect(error).toMatchObject({ kind: 'api', status: 200, processed: 'unknown' })
  await expect.poll(() => isClosed).toEqual([true])
})

test.each(['before the headers', 'inside the body'])(
  'no end of the answer in time is a time-out: %s',
  async (where) => {
    const { client } = await against(
      (socket) => void (where === 'inside the body' && socket.write('HTTP/1.1 200 OK\r\n\r\n{')),
    )
    const { error } = await client.safe.sendGroupStatusMessage(FIELDS, { timeout: 100 })
    expect(error).toMatchObject({ kind: 'timeout', processed: 'unknown', retryable: true })
    expect(error?.message).toBe('sendGroupStatusMessage: no complete answer within 100 ms')
  },
)
