import { jest } from '@jest/globals'
import { createMockApi } from 'rongcloud-status-message/testing'
import { createDesk } from '../src/desk.js'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const desk = createDesk(keys)

beforeEach(() => {
  api.reset()
  jest.spyOn(globalThis, 'fetch').mockImplementation(api.fetch)
})
afterEach(() => api.verify())

test('a notice reaches every room', async () => {
  await desk.tell(['north', 'south'], 'back in five minutes')
  expect(api.calls).toMatchObject([{ body: { toGroupId: ['north', 'south'], content: 'back in five minutes' } }])
})

test('a notice may go to any number of rooms', async () => {
  await desk.tell(['a', 'b', 'c', 'd', 'room 7'], 'closed')
  expect(api.calls.flatMap(({ body }) => body.toGroupId)).toEqual(['a', 'b', 'c', 'd', 'room 7'])
})

test('a notice that is too long is cut', () => desk.tell(['north'], '好'.repeat(50_000)))
