import { createClient } from 'rongcloud-status-message'
import { createMockApi } from 'rongcloud-status-message/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { showTyping } from '../src/typing.js'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const rongcloud = createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch })

beforeEach(() => api.reset())
afterEach(() => api.verify())

test('both groups see that someone is typing', async () => {
  await showTyping(rongcloud, '2191', ['2193', '2192'])
  const body = { toGroupId: ['2193', '2192'], objectName: 'RC:TypSts' }
  expect(api.calls).toMatchObject([{ body }])
})

test('the caller learns that nothing was sent', async () => {
  api.respondOnce('sendGroupStatusMessage', 'appLocked')
  const call = showTyping(rongcloud, '2191', ['2193'])
  await expect(call).rejects.toMatchObject({ code: 1006, processed: 'no' })
})
