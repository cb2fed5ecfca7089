/** What the parts share: keys, fields, requests signed by hand, and servers. */
import { fork } from 'node:child_process'
import { hash, randomUUID } from 'node:crypto'

export const PATH = '/statusmessage/group/publish.json'
export const KEYS = { appKey: 'bench-key', appSecret: 'bench-secret' }
export const FIELDS = {
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  objectName: 'RC:TxtMsg',
  content: '{"content":"hello","extra":"helloExtra"}',
}
export const BODY =
  'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%2C%22extra%22%3A%22helloExtra%22%7D'

/** The headers of one call. */
export function signed() {
  const nonce = randomUUID().slice(0, 18)
  const timestamp = String(Date.now())
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'app-key': KEYS.appKey,
    nonce,
    timestamp,
    signature: hash('sha1', KEYS.appSecret + nonce + timestamp),
  }
}

/** Starts a server in a process of its own: `raw`, `vendor` or `mock`. */
export function serve(kind) {
  const child = fork(new URL('./server.js', import.meta.url), [kind])
  return new Promise((done) => child.once('message', (port) => done({ port, stop: () => child.kill() })))
}
