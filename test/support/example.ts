/**
 * `npm start`: one signed group status message through the real client to the mock, over real HTTP, and one that is off
 * the contract.
 */
import { createClient, message } from '../../src/index.js'
import { startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'

const keys = { appKey: 'walk-app-key', appSecret: 'walk-app-secret' }
const print = (title: string, value: unknown) =>
  console.log(`\n${title}\n${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}`)

const api = createMockApi(keys)
const server = await startServer(api)
const rongcloud = createClient({ ...keys, baseUrl: server.url })

const sent = await rongcloud.sendGroupStatusMessage({
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  ...message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }),
})
const [call] = api.calls
print(`The mock at ${server.url} received`, `${call?.method} ${call?.path}`)
print('with the headers', call?.headers)
print('and the fields', call?.body)
print('The client got back', sent)

const groups = ['1', '2', '3', '4'] as unknown as ['1', '2', '3']
const refused = await rongcloud.safe.sendGroupStatusMessage({
  fromUserId: '2191',
  toGroupId: groups,
  ...message('app:cursor', { x: 120, y: 48 }),
})
print('Four groups, refused before anything is sent', refused.error?.message ?? 'not refused')

await server.close()
api.verify()
