/** Shows the waiting rooms what the support desk is doing. */
import { createClient, message } from 'rongcloud-status-message'

const NOTICE = 'desk:notice'

/** As much of the text as one message may hold. */
const cut = (text) => text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(131_072)).read)

export function createDesk({ appKey, appSecret }) {
  const rongcloud = createClient({ appKey, appSecret, region: 'singapore' })

  /** Any number of rooms, three in one call. */
  async function send(agent, rooms, status) {
    for (let i = 0; i < rooms.length; i += 3) {
      const toGroupId = rooms.slice(i, i + 3)
      await rongcloud.sendGroupStatusMessage({ fromUserId: agent, toGroupId, ...status })
    }
  }

  return {
    typing: (agent, rooms) => send(agent, rooms, message('RC:TypSts', { typingContentType: 'RC:TxtMsg' })),
    tell: (agent, rooms, notice) => send(agent, rooms, message(NOTICE, cut(notice))),
  }
}
