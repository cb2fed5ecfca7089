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

test('typing is shown in both rooms', async () => {
  await desk.typing('2191', ['2193', '2192'])
  const body = { toGroupId: ['2193', '2192'], objectName: 'RC:TypSts' }
  expect(api.calls).toMatchObject([{ body }])
})

test('a refused call rejects', async () => {
  api.respondOnce('sendGroupStatusMessage', 'appLocked')
  const call = desk.typing('2191', ['2193'])
  await expect(call).rejects.toMatchObject({ code: 1006, processed: 'no' })
})

test('without an agent, nothing is sent', async () => {
  const call = desk.typing('', ['2193'])
  await expect(call).rejects.toMatchObject({ kind: 'contract' })
  expect(api.calls).toEqual([])
})

test('a notice may go to any number of rooms', async () => {
  await desk.tell('2191', ['a', 'b', 'c', 'd', 'room 7'], 'closed')
  expect(api.calls.flatMap(({ body }) => body.toGroupId)).toEqual(['a', 'b', 'c', 'd', 'room 7'])
})

test('a notice that is too long is cut', () => desk.tell('2191', ['north'], '好'.repeat(50_000)))
