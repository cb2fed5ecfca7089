import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createMockApi } from 'rongcloud-status-message/testing'
import { createCursors } from '../src/cursors.js'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const cursors = createCursors({ ...keys, fetch: api.fetch })

after(() => api.verify())

test('typing is shown at both tables', async () => {
  await cursors.typing('2191', ['2193', '2192'])
  const { objectName, toGroupId } = api.calls.at(-1).body
  assert.equal(objectName, 'RC:TypSts')
  assert.deepEqual(toGroupId, ['2193', '2192'])
})

test('four tables in one call are refused', async () => {
  api.expectViolation('maxItems', { field: 'toGroupId' })
  const cursor = { objectName: 'game:cursor', content: '3,4' }
  const toGroupId = ['a', 'b', 'c', 'd']
  await assert.rejects(cursors.publish({ fromUserId: '2191', toGroupId, ...cursor }), /1002/)
  api.verify() // the expectation ends with this test
})

test('a cursor may be shown at any number of tables', async () => {
  await cursors.draw('ann', ['a', 'b', 'c', 'd', 'table 7'], '3,4')
  assert.deepEqual(api.calls.at(-1).body.toGroupId, ['d', 'table 7'])
})

test('a drawing that is too long is cut', () => cursors.draw('ann', ['north'], '好'.repeat(50_000)))
