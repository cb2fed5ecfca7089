/** Shows groups that somebody is writing a text. */
import { type Client, message } from 'rongcloud-status-message'

export const showTyping = (rongcloud: Client, user: string, groups: string[]) =>
  rongcloud.sendGroupStatusMessage({
    fromUserId: user,
    toGroupId: groups,
    ...message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }),
  })
