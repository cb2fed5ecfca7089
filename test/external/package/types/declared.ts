/** What a program may export without a type of its own: its declarations must name no file of the package. */
import { createClient, message } from 'rongcloud-status-message'
import { createMockApi } from 'rongcloud-status-message/testing'

export const client = createClient()
export const { sendGroupStatusMessage, safe, batch } = client
export const send = (groups: readonly string[]) =>
  client.sendGroupStatusMessage({ fromUserId: '1', toGroupId: groups, ...message('app:note', 'x') })
export const sendSafely = (groups: string[]) =>
  client.safe.sendGroupStatusMessage({ fromUserId: '1', toGroupId: groups, ...message('app:note', 'x') })
export const sendBeneath = client.api.POST
export const typing = message('RC:TypSts', { typingContentType: 'RC:TxtMsg' })
export const api = createMockApi({ appKey: 'k', appSecret: 's' })
export const bodies = () => api.calls.map(({ body }) => body)
