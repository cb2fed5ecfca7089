import { setupServer } from 'msw/node'
import { handlers, listenOptions } from 'rongcloud-status-message/msw'
import { createMockApi } from 'rongcloud-status-message/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createNotes } from '../src/notes.js'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const server = setupServer(...handlers(api))
const notes = createNotes(keys)

beforeAll(() => server.listen(listenOptions))
afterAll(() => server.close())
beforeEach(() => api.reset())
afterEach(() => api.verify())

test('typing is shown on every board', async () => {
  await notes.typing('2191', ['2193', '2192'])
  const body = { toGroupId: ['2193', '2192'], objectName: 'RC:TypSts' }
  expect(api.calls).toMatchObject([{ body }])
})

test('four boards in one call are refused', async () => {
  api.expectViolation('maxItems', { field: 'toGroupId' })
  const note = { objectName: 'acme:note', content: 'hello' }
  const call = notes.publish('2191', ['a', 'b', 'c', 'd'], note)
  await expect(call).rejects.toThrow('1002')
})

test('a note may go to any number of boards', async () => {
  await notes.show('ann', ['a', 'b', 'c', 'd', 'room 7'], 'hello')
  const boards = api.calls.flatMap((call) => (call.operation === 'sendGroupStatusMessage' ? call.body.toGroupId : []))
  expect(boards).toEqual(['a', 'b', 'c', 'd', 'room 7'])
})

test('a note that is too long is cut', () => notes.show('ann', ['north'], '好'.repeat(50_000)))
