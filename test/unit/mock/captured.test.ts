/** Requests captured from the vendor's own SDKs, replayed byte for byte. */
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { createMockApi } from '../../../src/testing.js'
import { connectInMemory } from '../../support/in-memory-http.js'
import { KEYS } from '../../support/raw-request.js'

const api = createMockApi(KEYS)
const server = createHttpServer(api)
beforeEach(() => api.reset())

/** Sends the bytes on a connection that stays open, and reads the answer: HTTP status and JSON. */
function replay(bytes: Buffer): Promise<{ status: number; json: unknown }> {
  const client = connectInMemory(server)
  client.write(bytes)
  return new Promise((done) => {
    let text = ''
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [head = '', body = ''] = text.split('\r\n\r\n')
      if (body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.POSITIVE_INFINITY)) return
      client.end()
      done({ status: Number(text.split(' ')[1]), json: JSON.parse(body) })
    })
  })
}

const captured = (file: string) => readFileSync(new URL(`../../support/captured/${file}`, import.meta.url))

const hello = '{"content":"hello","extra":"helloExtra"}'
const user = '{"id":"","name":"","icon":"","portrait":"","extra":""}'
const common = { fromUserId: '2191', toGroupId: ['2193', '2192'], objectName: 'RC:TxtMsg', isIncludeSender: 0 }

describe.each([
  { file: 'node-status.http', body: { ...common, content: hello } },
  { file: 'php.http', body: { ...common, content: hello } },
  { file: 'java.http', body: { ...common, content: hello, verifyBlacklist: '0', isPersisted: '0', isCounted: '0' } },
  {
    file: 'go-sdk.http',
    body: { ...common, content: `{"content":"hello","user":${user},"extra":"helloExtra"}`, verifyBlacklist: '0' },
  },
])('$file', ({ file, body }) => {
  test('is accepted as captured, and decoded correctly', async () => {
    const { status, json } = await replay(captured(file))
    expect(status).toBe(200)
    expect(json).toMatchObject({ code: 200, messageUIDs: [{ groupId: '2193' }, { groupId: '2192' }] })
    expect(api.calls.map((call) => call.body)).toEqual([body])
    expect(api.violations).toEqual([])
  })

  test('is refused with 401 and 1004 when one byte of the signature is changed', async () => {
    const bytes = captured(file)
    const at = /Signature: ?([0-9a-f]{40})/.exec(bytes.toString('latin1'))
    const index = (at?.index ?? 0) + (at?.[0].length ?? 0) - 1
    bytes[index] = bytes[index] === 0x30 ? 0x31 : 0x30
    const { status, json } = await replay(bytes)
    expect(status).toBe(401)
    expect(json).toMatchObject({ code: 1004 })
    expect(api.violations).toMatchObject([{ keyword: 'signature', field: 'Signature' }])
  })
})
