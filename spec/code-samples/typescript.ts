import {
  createClient,
  message,
} from 'rongcloud-status-message'

const rongcloud = createClient({
  appKey: process.env['APP_KEY']!,
  appSecret: process.env['APP_SECRET']!,
  baseUrl: process.env['BASE_URL']!,
})

const sent = await rongcloud.sendGroupStatusMessage({
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  ...message('RC:TxtMsg', { content: 'hello' }),
})
console.log(sent.messageUIDs)
