/** What the cases share: keys, fields, a client, and requests made without the package. */
import { createClient } from 'rongcloud-status-message'

export const PATH = '/statusmessage/group/publish.json'
export const KEYS = { appKey: 'matrix-app-key', appSecret: 'matrix-app-secret' }
export const FIELDS = { fromUserId: 'ann', toGroupId: ['north', 'south'], objectName: 'app:note', content: 'hello' }

/** In a page the client signs only where it is told that it may. */
export const isPage = typeof document !== 'undefined'

export const clientOf = (options) =>
  createClient({ ...KEYS, ...(isPage ? { dangerouslyAllowBrowser: true } : {}), ...options })

/** What became of a call, without what differs from call to call. */
export async function outcome(client, options, fields = FIELDS) {
  const { data, error } = await client.safe.sendGroupStatusMessage(fields, options)
  if (!error) return { groups: data.messageUIDs.length }
  return { kind: error.kind, processed: error.processed, attempts: error.attempts }
}

/** SHA-1 by the runtime's WebCrypto, which every runtime has. */
export async function sha1(words) {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(words))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A request signed by hand, as `fetch` takes it. */
export async function byHand(change = {}, { appSecret = KEYS.appSecret, headers = {} } = {}) {
  const [nonce, timestamp] = [crypto.randomUUID().slice(0, 18), String(Date.now())]
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...FIELDS, ...change })) {
    for (const one of [value].flat()) body.append(name, one)
  }
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'App-Key': KEYS.appKey,
      Nonce: nonce,
      Timestamp: timestamp,
      Signature: await sha1(appSecret + nonce + timestamp),
      ...headers,
    },
    body: body.toString(),
  }
}
