/** Tells the waiting rooms what the support desk is doing. */
import { createClient } from 'rongcloud-status-message'

const TYPE = 'desk:notice'

/** As much of the text as one message may hold. */
const cut = (text) => text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(131_072)).read)

export function createDesk({ appKey, appSecret }) {
  const rongcloud = createClient({ appKey, appSecret, region: 'singapore' })

  return {
    /** Any number of rooms, three in one call. */
    async tell(rooms, notice) {
      for (let i = 0; i < rooms.length; i += 3) {
        const toGroupId = rooms.slice(i, i + 3)
        await rongcloud.sendGroupStatusMessage({
          fromUserId: 'desk',
          toGroupId,
          objectName: TYPE,
          content: cut(notice),
        })
      }
    },
  }
}
