import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createMockApi } from 'rongcloud-status-message/testing'
import { createCursors } from '../src/cursors.js'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const cursors = createCursors({ ...keys, fetch: api.fetch })

after(() => api.verify())

test('a cursor is shown at every table', async () => {
  await cursors.draw('ann', ['north', 'south'], '3,4')
  const { fromUserId, toGroupId } = api.calls.at(-1).body
  assert.deepEqual({ fromUserId, toGroupId }, { fromUserId: 'ann', toGroupId: ['north', 'south'] })
})

test('a cursor may be shown at any number of tables', async () => {
  await cursors.draw('ann', ['a', 'b', 'c', 'd', 'table 7'], '3,4')
  assert.deepEqual(api.calls.at(-1).body.toGroupId, ['d', 'table 7'])
})

test('a drawing that is too long is cut', () => cursors.draw('ann', ['north'], '好'.repeat(50_000)))
