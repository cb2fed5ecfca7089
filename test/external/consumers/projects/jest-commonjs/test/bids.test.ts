import { createMockApi } from 'rongcloud-status-message/testing'
import { Bids } from '../src/bids'

const keys = { appKey: 'test-key', appSecret: 'test-secret' }
const api = createMockApi(keys)
const bids = new Bids(keys)

beforeEach(() => {
  api.reset()
  jest.spyOn(globalThis, 'fetch').mockImplementation(api.fetch)
})
afterEach(() => api.verify())

test('typing is shown in both rooms', async () => {
  await bids.typing('2191', ['2193', '2192'])
  const body = { toGroupId: ['2193', '2192'], objectName: 'RC:TypSts' }
  expect(api.calls).toMatchObject([{ body }])
})

test('a bid reaches every room', async () => {
  await bids.show('ann', ['north', 'south'], { lot: 7, amount: 120 })
  expect(api.calls).toMatchObject([{ body: { toGroupId: ['north', 'south'], content: '{"lot":7,"amount":120}' } }])
})

test('a bidder may be an address', async () => {
  await bids.show('ann@example.com', ['north', 'south'], { lot: 7, amount: 130 })
  expect(api.calls).toMatchObject([{ body: { fromUserId: 'ann@example.com' } }])
})
