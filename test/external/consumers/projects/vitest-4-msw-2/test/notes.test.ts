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

test('a note reaches every board', async () => {
  await notes.show('ann', ['north', 'south'], 'hello')
  expect(api.calls).toMatchObject([{ body: { toGroupId: ['north', 'south'], content: 'hello' } }])
})

test('a note may go to any number of boards', async () => {
  await notes.show('ann', ['a', 'b', 'c', 'd', 'room 7'], 'hello')
  const boards = api.calls.flatMap((call) => (call.operation === 'sendGroupStatusMessage' ? call.body.toGroupId : []))
  expect(boards).toEqual(['a', 'b', 'c', 'd', 'room 7'])
})

test('a note that is too long is cut', () => notes.show('ann', ['north'], '好'.repeat(50_000)))
