import {
  createClient,
  message,
} from 'rongcloud-status-message'

const rongcloud = createClient({
  appKey: process.env['RONGCLOUD_APP_KEY']!,
  appSecret: process.env['RONGCLOUD_APP_SECRET']!,
  baseUrl: process.env['RONGCLOUD_BASE_URL']!,
})

const sent = await rongcloud.sendGroupStatusMessage({
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  ...message('RC:TypSts', {
    typingContentType: 'RC:TxtMsg',
  }),
})
console.log(sent.messageUIDs)
