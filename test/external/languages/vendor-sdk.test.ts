/** Needs: the vendor's `rongcloud-sdk` from npm. What the contract's own tests say of it. */
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { startServer } from '../../../src/server.js'
import { contractFailures } from '../../support/contract-failures.js'

/**
 * The SDK by its own public method for groups. It has none for status messages, so the server below takes its path for
 * ours; all else is as the SDK sends it.
 */
test("the vendor's rongcloud-sdk fails for what it really gets wrong, and for nothing else", async () => {
  // It ships no types.
  const sdk = createRequire(import.meta.url)('rongcloud-sdk') as (config: object) => {
    Message: { Group: { send: (message: object) => Promise<unknown> } }
  }
  const failed = await contractFailures({
    strict: { uniqueNonce: true },
    serve: (api) => {
      const handle: typeof api.handle = (request) =>
        api.handle({ ...request, path: request.path.replace('/message/', '/statusmessage/') })
      return startServer({ ...api, handle })
    },
    send: ({ fromUserId, toGroupId, ...others }, { baseUrl, appKey, appSecret }) => {
      const { Message } = sdk({ appkey: appKey, secret: appSecret, api: baseUrl })
      return Message.Group.send({ ...others, senderId: fromUserId, targetId: toGroupId })
    },
  })
  // What it sends is right.
  expect([...failed.keys()].filter((name) => name.endsWith('is sent unchanged'))).toEqual([])
  // A refusal is a value like any other to it, a 401 too.
  expect(failed.get('the answer signatureError (HTTP 401, code 1004) rejects')).toMatch(/^"send" resolved although/)
  expect(failed.get('the answer internalError (HTTP 500, code 1000) rejects')).toMatch(/^"send" resolved although/)
  expect(failed.has('toGroupId: 4 items: is refused')).toBe(true)
  // One nonce for the life of the process.
  expect(failed.get('two calls have two signatures')).toContain('Nonce: a new nonce for each call')
})
